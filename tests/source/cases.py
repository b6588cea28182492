"""Cases as data, and findings in the form in which cases write them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.diagnostic import Finding


def cases(name: str) -> pytest.MarkDecorator:
    """Run a test once for each case of a YAML file in this folder."""
    found: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in found])


def written(findings: Iterable[Finding]) -> list[str]:
    """Findings as ``P05 1:1-1:19 message``."""
    return [
        f"{f.code} {f.span.line}:{f.span.column}-{f.span.end_line}:{f.span.end_column} {f.message}" for f in findings
    ]
