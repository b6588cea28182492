"""A content tree to build from, and what tests ask of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.build import Request, Result, build
from pipeline.disclaimers import load_disclaimers
from pipeline.origins import origins
from pipeline.verify import Verification, verify

CONTENT = Path(__file__).parent.parent / "content"
AS_OF = date(2026, 11, 22)
ALL = ("html", "pdf", "epub")
SLUGS = sorted(path.stem for path in (CONTENT / "articles").glob("*.md"))


@dataclass(frozen=True)
class Desk:
    """A content tree and what was built from it."""

    content: Path
    out: Path

    def build(self, *formats: str, **options: object) -> Result:
        request = {"content": self.content, "out": self.out, "formats": formats or ALL, "as_of": AS_OF, "jobs": 1}
        return build(Request(**{**request, **options}))  # type: ignore[arg-type]

    def copied(self, folder: Path) -> Desk:
        """A copy of both below a folder, for a test to change."""
        made = Desk(folder / "content", folder / "build")
        shutil.copytree(self.content, made.content)
        shutil.copytree(self.out, made.out)
        return made

    def verify(self) -> Verification:
        return verify(self.out, load_disclaimers(self.content), origins(self.content))

    def article(self, slug: str) -> Path:
        return self.content / "articles" / f"{slug}.md"

    def edit(self, slug: str, old: str, new: str) -> None:
        source = self.article(slug).read_text("utf-8")
        assert old in source
        self.article(slug).write_text(source.replace(old, new), "utf-8")

    def outputs(self) -> set[str]:
        return {path.relative_to(self.out).as_posix() for path in self.out.rglob("*") if path.is_file()}

    def outputs_of(self, slug: str) -> set[str]:
        return {path for path in self.outputs() if Path(path).stem == slug}

    def listed(self) -> dict[str, dict[str, object]]:
        manifest = json.loads((self.out / "manifest.json").read_text("utf-8"))
        return {row["path"]: row for row in manifest["outputs"]}


def build_content(folder: Path, *formats: str) -> Desk:
    """The real articles, built in ``formats`` (none means all) below ``folder``; newsletters and books have desks of their own."""
    shutil.copytree(CONTENT, folder / "content", ignore=shutil.ignore_patterns("newsletters", "books"))
    desk = Desk(folder / "content", folder / "build")
    result = desk.build(*formats)
    assert (result.exit_code, result.report.diagnostics, result.failures) == (0, (), ())
    return desk
