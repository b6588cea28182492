#!/usr/bin/env bash
# Resolves every dependency of every extra anew and writes constraints.txt: for the oldest Python that counts, the one
# of Debian 12, whichever Python runs this. Run by `make lock`:
#
#   .ci/lock.sh .venv/bin/python
set -euo pipefail

python=$1
oldest=3.11.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Resolving for another Python takes wheels only, and dkimpy is published as source alone.
"$python" -m pip wheel --quiet --no-deps --wheel-dir "$work/wheels" dkimpy

"$python" -m pip install --quiet --find-links "$work/wheels" --dry-run --ignore-installed --report "$work/report.json" \
    --target "$work" --python-version "$oldest" --only-binary=:all: '.[cluster,dev,fuzz,lsp,preview,send]' pip

"$python" - "$work/report.json" >"$work/constraints.txt" <<'PYTHON'
import json
import sys

print("# Every package of every extra at the version that the tests run with. Refresh it with: make lock")
with open(sys.argv[1], encoding="utf-8") as report:
    packages = [entry["metadata"] for entry in json.load(report)["install"] if "archive_info" in entry["download_info"]]
for package in sorted(packages, key=lambda package: package["name"].lower()):
    print(f"{package['name']}=={package['version']}")
PYTHON
cp "$work/constraints.txt" constraints.txt
