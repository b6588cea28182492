"""Content trees that are made to break things: the torture articles, cases found before, and articles that hypothesis makes."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from pipeline.build import Request, Result, build
from tests.desk import AS_OF
from tests.torture import dialect

HERE = Path(__file__).parent
COUNT = int(os.environ.get("TORTURE_ARTICLES", "4"))
"""How many articles are made."""
SEED = int(os.environ.get("TORTURE_SEED", "0"))
"""Which articles are made."""
FARTHEST = 1_000_000
"""The runs of one number from those of the next."""


def made_articles(count: int = COUNT, number: int = SEED) -> list[str]:
    """The sources of so many different articles, the same for the same number; the first is the least that there is.

    Of one long run most would be like those before: hypothesis goes on from what it has. So each has a run of its own.
    """
    found: dict[str, None] = {}
    for run in itertools.count(number * FARTHEST):
        found |= dict.fromkeys(_least_and_another(run))
        if len(found) >= count:
            return list(found)[:count]
    raise AssertionError


def _least_and_another(number: int) -> list[str]:
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=2,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(dialect.articles())
    def collect(source: str) -> None:
        found.append(source)

    collect()
    return found


def make_content(folder: Path) -> Path:
    """A content tree of everything, in ``folder``."""
    content = folder / "content"
    shutil.copytree(HERE / "content", content)
    for file in sorted(HERE.glob("regressions/*.md")):
        shutil.copy(file, content / "articles")
    for number, source in enumerate(made_articles()):
        (content / "articles" / f"made-{number:03}.md").write_text(source, "utf-8")
    return content


def build_all(content: Path, out: Path, *formats: str, **options: object) -> Result:
    """Build a tree; whatever goes wrong fails with the article's name, which stays where it was made."""
    request = {"content": content, "out": out, "formats": formats, "as_of": AS_OF, "jobs": os.cpu_count(), **options}
    result = build(Request(**request))  # type: ignore[arg-type]
    unsound = [
        f"{each.path}:{each.line}: {each.code} {each.message}"
        for each in result.report.diagnostics
        if each.severity == "error"
    ]
    failed = [f"{each.path}: {each.error.message}" for each in result.failures]
    assert not [*unsound, *failed], "\n".join([f"in {content}", *unsound, *failed])
    return result
