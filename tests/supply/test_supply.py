"""What is installed is locked by its hash, its licence is known, and its bill of materials is what the standard asks for."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.supply.bill import SECTIONS, bill_of_materials
from tests.supply.packages import LOCK, ROOT, Package, locked_packages

PACKAGES = locked_packages()
FREE = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python-2|MPL|ISC|HPND|Zlib|OFL|Unlicense|CC0|0BSD|LGPL|Bitstream|MIT-CMU)", re.IGNORECASE
)
"""Licences that put no duty on what is published with the pipeline."""
COPYLEFT = {"EbookLib": "AGPL", "ebooklib": "AGPL"}
"""What README and LICENSE tell adopters about."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_of_every_extra_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    names = {canonical(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in wanted}
    assert names - {canonical(package.name) for package in PACKAGES} == set(), "run `make lock KEEP=1`"


def test_every_line_of_the_lock_is_a_package_with_hashes_and_no_host():
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    assert text.count("==") - len(re.findall(r"; [^\n]*==", text)) == len(PACKAGES)
    assert [package.name for package in PACKAGES if not package.hashes] == []
    assert len({canonical(package.name) for package in PACKAGES}) == len(PACKAGES)


def test_the_lock_has_what_installs_it_first():
    assert {"pip", "hatchling", "setuptools"} <= {package.name for package in PACKAGES if package.section == "build"}


@pytest.mark.parametrize("package", [each for each in PACKAGES if each.section in SECTIONS], ids=lambda each: each.name)
def test_the_licence_of_what_users_install_is_known(package: Package):
    if package.marker and not package.licence:
        return  # not wanted on this machine
    allowed = COPYLEFT.get(package.name)
    assert FREE.search(package.licence) or (allowed and allowed in package.licence), package.licence


def test_the_bill_of_materials_is_valid_whole_and_the_same_each_time():
    text = bill_of_materials()
    bill = json.loads(text)
    assert bill["specVersion"] == "1.6"
    assert {one["name"] for one in bill["components"]} == {one.name for one in PACKAGES if one.section in SECTIONS}
    assert "timestamp" not in bill["metadata"]
    assert bill_of_materials() == text
