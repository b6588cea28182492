"""The articles that newsletters and books hold: none of them is read or checked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.config import Config
from pipeline.disclaimers import section_kinds
from pipeline.model.article import Article
from pipeline.model.diagnostic import Severity
from pipeline.model.publication import Chapter, Picture
from pipeline.publication import chapter
from pipeline.report.summary import plural
from pipeline.source import read_pictures
from pipeline.workspace import Checked, Workspace, check_article


class Held:
    """What there is to know of them. ``checked`` is what all checks have found already."""

    def __init__(self, workspace: Workspace, checked: Iterable[Checked] = ()) -> None:
        self._workspace = workspace
        self._checked = {one.article.path: one for one in checked}

    def articles(self, slugs: Iterable[str]) -> list[Article]:
        """Those that can be had, in order."""
        return [article for slug in slugs if (article := self._workspace.article(slug)) is not None]

    def fault(self, article: Article) -> str:
        """What keeps an article out of what would hold it, to follow its name; empty where it has no error."""
        if article.path not in self._checked:
            self._checked[article.path] = check_article(self._workspace, article)
        errors = sum(one.severity is Severity.ERROR for one in self._checked[article.path].diagnostics)
        return f"has {plural(errors, 'error')} and is not published" if errors else ""

    def read(self, articles: Iterable[Article], config: Config) -> tuple[list[Chapter], dict[str, Picture]]:
        """The articles as chapters, with their disclaimers in place; and every picture that they and the imprint name, by path.

        Each is asked for all of that in one go, since of many articles only the last ones are kept as they were read.
        """
        chapters: list[Chapter] = []
        pictures: dict[str, Picture] = {}
        kinds = self._workspace.kinds
        for article in articles:
            chapters.append(chapter(article, kinds, self._workspace.library, section_kinds(article, kinds)))
            pictures |= self.pictures(article, config)
        return chapters, pictures

    def pictures(self, article: Article, config: Config) -> Mapping[str, Picture]:
        """Every picture that an article and the imprint name, by path."""
        return read_pictures(self._workspace.content, article, config.logo)
