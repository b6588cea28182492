#!/usr/bin/env bash
# Installs what the project needs from the operating system and cannot have as a Python package. Does nothing, and asks
# for nothing, where it is all there. Run by make:
#
#   .ci/system.sh venv         what `python3 -m venv` needs
#   .ci/system.sh pdf          the libraries that WeasyPrint draws with
#   .ci/system.sh validators   Java, Chromium, veraPDF's XML binding, shells and a reader of manual pages, for the tests
set -euo pipefail

python=${PYTHON:-python3}

has() { command -v "$1" >/dev/null 2>&1; }

# Whether the system's loader finds shared libraries, given by their names on Linux and macOS, however they came there.
has_libraries() {
    "$python" - "$@" <<'PYTHON'
import ctypes
import sys

FOLDERS = ["", "/opt/homebrew/lib/", "/usr/local/lib/"]


def loads(name):
    for folder in FOLDERS:
        try:
            ctypes.CDLL(folder + name)
        except OSError:
            continue
        return True
    return False


sys.exit(not all(any(map(loads, names.split("|"))) for names in sys.argv[1:]))
PYTHON
}

has_browser() {
    has chromium || has chromium-browser || has google-chrome || has google-chrome-stable ||
        [[ -d /Applications/Chromium.app || -d "/Applications/Google Chrome.app" ]]
}

# macOS has programs of these names that only say that there is no Java.
has_jdk() { java -version >/dev/null 2>&1 && javac -version >/dev/null 2>&1; }

debian=()
homebrew=()
case ${1:?which group: venv, pdf or validators} in
venv)
    "$python" -c 'import ensurepip, venv' 2>/dev/null || debian+=(python3-venv)
    ;;
pdf)
    if ! has_libraries 'libpango-1.0.so.0|libpango-1.0.dylib' 'libpangoft2-1.0.so.0|libpangoft2-1.0.dylib' \
        'libharfbuzz-subset.so.0|libharfbuzz-subset.dylib'; then
        debian+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
        homebrew+=(pango harfbuzz)
    fi
    ;;
validators)
    has_jdk || { debian+=(default-jdk-headless) && homebrew+=(openjdk); }
    [[ $(uname -s) != Linux ]] || has strace || debian+=(strace)
    has_browser || { debian+=(chromium) && homebrew+=(--cask chromium); }
    [[ -e ${JAXB_JARS:-/usr/share/java}/jaxb-runtime.jar ]] || debian+=(libjaxb-java)
    for program in zsh fish mandoc; do
        has "$program" || { debian+=("$program") && homebrew+=("$program"); }
    done
    # Playwright's own Node.js is linked to it.
    has_libraries 'libatomic.so.1|libSystem.dylib' || debian+=(libatomic1)
    ;;
*)
    echo "no such group: $1" >&2
    exit 2
    ;;
esac

((${#debian[@]} + ${#homebrew[@]})) || exit 0

type_this() {
    echo "This needs packages of your system. Type this, then make again:" >&2
    echo "    $*" >&2
    exit 1
}

if [[ $(uname -s) == Darwin ]]; then
    ((${#homebrew[@]})) && type_this brew install "${homebrew[@]}"
    echo "veraPDF's XML binding (JAXB 2.3) has no Homebrew formula: CONTRIBUTING.md says where to put its jars." >&2
    exit 1
fi
has apt-get || {
    echo "This needs packages of your system, by Debian's names: ${debian[*]}. Install them, then make again." >&2
    exit 1
}

if ((EUID == 0)); then
    root=()
elif has sudo && sudo -n true 2>/dev/null; then
    root=(sudo -n)
else
    type_this sudo apt-get install -y --no-install-recommends "${debian[@]}"
fi

echo "Installing ${debian[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${debian[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install ${debian[*]}" >&2
    exit 1
fi
