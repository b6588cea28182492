#!/usr/bin/env bash
# Installs the pipeline into an environment, with every package at its locked version and nothing that has not one of the
# locked hashes. Run by make:
#
#   .ci/install.sh .venv/bin/python build                  what installs the rest
#   .ci/install.sh .venv/bin/python pipeline               the pipeline itself
#   .ci/install.sh .venv/bin/python pipeline preview       and the editor's desk
#   .ci/install.sh .venv/bin/python pipeline preview development
#
# The words are sections of constraints.txt, which .ci/lock.sh makes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=$1
shift
wanted=$(mktemp)
trap 'rm -f "$wanted"' EXIT
awk -v sections=" $* " '/^## /{ on = index(sections, " " $2 " ") } on && !/^#/' constraints.txt >"$wanted"

pip=("$python" -m pip install --quiet --disable-pip-version-check)
# The lock names each package, so none is looked for; what is published as source alone is built with what is locked.
"${pip[@]}" --require-hashes --no-deps --no-build-isolation --requirement "$wanted"
[[ " $* " == *' pipeline '* ]] && "${pip[@]}" --no-deps --no-build-isolation --no-index --editable .
exit 0
