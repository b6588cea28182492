#!/usr/bin/env bash
# Resolves every dependency of every extra anew and writes constraints.txt: for every platform, and the oldest Python that
# counts, the one of Debian 12, with the hash of every file that a package has at its version. Run by `make lock`:
#
#   .ci/lock.sh .venv/bin/python
#
# With KEEP=1, versions that are locked already stay, and only what is new is resolved.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=$1
oldest=3.11.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m venv "$work/uv"
"$work/uv/bin/python" -m pip install --quiet --disable-pip-version-check uv
# What installs the rest: pip itself, and the build backends of this project and of what is published as source alone.
printf '%s\n' pip setuptools hatchling==1.33.0 editables >"$work/build.in"
kept=()
if [[ ${KEEP:-} ]]; then
    sed -n 's/^\([A-Za-z0-9._-]*==[^ ;]*\).*/\1/p' constraints.txt >"$work/kept"
    kept=(--constraint "$work/kept")
fi

resolve() {
    local name=$1
    shift
    "$work/uv/bin/uv" pip compile --quiet --universal --generate-hashes --no-annotate --no-header --no-emit-index-url \
        --python-version "$oldest" "${kept[@]}" "$@" --output-file "$work/$name"
    kept+=(--constraint "$work/$name")
}

resolve development pyproject.toml "$work/build.in" --all-extras
kept=(--constraint "$work/development")
resolve build "$work/build.in"
resolve pipeline pyproject.toml
resolve preview pyproject.toml --extra preview

"$python" - "$work" >"$work/constraints.txt" <<'PYTHON'
import re
import sys
from pathlib import Path

print("# Every package of every extra at the version that the tests run with, with the hashes of its files.")
print("# Refresh it with `make lock`. Each package stands in the first section that wants it.")
entries = {
    name: dict(re.findall(r"^([^\s=]+)(==(?:.*\\\n)+.*\n)", (Path(sys.argv[1]) / name).read_text("utf-8"), re.M))
    for name in ("build", "pipeline", "preview", "development")
}
seen = set()
for section, packages in entries.items():
    print(f"\n## {section}")
    for name in sorted(packages.keys() - seen):
        # where it is wanted at all is said by the resolution of everything together
        print(f"{name}{entries['development'][name]}", end="")
    seen |= packages.keys()
PYTHON
cp "$work/constraints.txt" constraints.txt
