"""What is installed is locked by its hash, its licence is known, and its bill of materials is what the standard asks for."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from tests.supply.audit import Verdict, verdict
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


KNOWN = {"name": "click", "version": "8.4.1", "vulns": []}
WEAK = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.0"]}]}
SKIPPED = {"name": "lxml", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("packages", "good", "said"),
    [
        ([KNOWN], True, "1 of 1 packages were looked up; 0 have known weaknesses."),
        ([KNOWN, WEAK], False, "pillow 1.0: PYSEC-1, mended in 2.0"),
        ([KNOWN, SKIPPED], False, "The advisory database knows nothing of: lxml."),
        (
            [SKIPPED],
            False,
            "PyPI's advisory database cannot be reached from here, so that nothing is known of any package.",
        ),
        ([], False, "0 of 0 packages were looked up; 0 have known weaknesses."),
    ],
)
def test_an_audit_is_good_where_all_is_looked_up_and_well(packages: list[dict[str, Any]], good: bool, said: str):
    found = verdict(json.dumps({"dependencies": packages, "fixes": []}))
    assert found.good is good
    assert said in found.lines


def test_an_audit_without_an_answer_is_none():
    assert verdict("") == Verdict(
        ("pip-audit gave no answer: PyPI's advisory database cannot be reached from here. Nothing was looked up.",),
        good=False,
    )
