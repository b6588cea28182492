"""What an editor-in-chief wants to know of each article, kept beside the report so that a build of one keeps the others'."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any, Literal, get_args

from pipeline.checks.review_overdue import review_due
from pipeline.checks.sentences import measured
from pipeline.config import Config
from pipeline.frozen import dataclass
from pipeline.language.readability import Measure, flesch_kincaid, szigriszt_pazos
from pipeline.locales import load_locale
from pipeline.manifest import indented
from pipeline.model.article import Article, ArticleMetadata, Status
from pipeline.profiles import Profile

PATH = "report/articles.json"
"""Where the facts lie, below ``build/``."""
SCHEMA_VERSION = 1

FEWEST_WORDS = 20
"""A text of fewer has no grade worth telling."""
HARD_INFLESZ = 55.0
"""Under it a Spanish text is hard for the average reader (Barrio-Cantalejo and others 2008)."""

Kind = Literal["article", "newsletter", "book"]
KINDS: Mapping[str, Kind] = {f"{kind}s": kind for kind in get_args(Kind)}
"""By the folder of the source."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is to read."""

    scale: str = ""
    """``flesch-kincaid``, where less is easier, or ``inflesz``, where more is; empty where there is no formula."""
    score: float | None = None
    """School year or points, to one decimal; None for a language without a formula and a text too short for one."""
    limit: float = 0.0
    """What the house rules allow."""

    @property
    def hard(self) -> bool:
        """Whether it is harder than the house rules allow."""
        if self.score is None:
            return False
        return self.score < self.limit if self.scale == "inflesz" else self.score > self.limit


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one source. It holds dates and no ages, so that it is the same on any day."""

    source: str
    """Relative to ``content/``."""
    kind: Kind
    slug: str
    title: str
    language: str
    profile: str
    status: Status
    topics: tuple[str, ...]
    published: date | None
    reviewed: date | None
    due: date | None
    """The last day on which its review holds."""
    reading: Reading
    errors: int
    warnings: int
    suppressed: int
    digest: str
    """SHA-256 of its text."""

    @property
    def oldest(self) -> date | None:
        """When somebody last answered for what it says: its review, else its publication."""
        return self.reviewed or self.published


def reading(
    article: Article, profile: Profile | None, config: Config, known: Reading | Measure | None = None
) -> Reading:
    """How hard an article is to read; ``known`` is the score or the measure of the same text, where there is one."""
    scale = load_locale(article.language).readability
    limit = HARD_INFLESZ if scale == "inflesz" else _limit(profile, config)
    if not scale:
        return Reading()
    if isinstance(known, Reading) and known.scale == scale:
        return replace(known, limit=limit)
    text = known if isinstance(known, Measure) else measured(article)
    if text.words < FEWEST_WORDS:
        return Reading(scale, None, limit)
    score = szigriszt_pazos(text) if scale == "inflesz" else flesch_kincaid(text)
    return Reading(scale, round(score, 1), limit)


def _limit(profile: Profile | None, config: Config) -> float:
    own = profile.max_grade if profile else None
    return config.policy.max_grade if own is None else own


def facts(
    article: Article, source: str, reading: Reading, counts: tuple[int, int, int], *, review_months: int
) -> Facts:
    """The facts of one checked source; ``counts`` are its errors, warnings and allowed findings."""
    metadata: ArticleMetadata = article.metadata
    return Facts(
        source=source,
        kind=KINDS.get(source.partition("/")[0], "article"),
        slug=article.slug,
        title=metadata.title or article.slug,
        language=article.language,
        profile=metadata.profile,
        status=metadata.status,
        topics=metadata.topics,
        published=metadata.published,
        reviewed=metadata.reviewed,
        due=review_due(metadata, review_months),
        reading=reading,
        errors=counts[0],
        warnings=counts[1],
        suppressed=counts[2],
        digest=article.digest,
    )


def dump(rows: Iterable[Facts]) -> bytes:
    """The facts as a JSON document, sorted by source."""
    ordered = [_document(row) for row in sorted(rows, key=lambda row: row.source)]
    return indented({"schema_version": SCHEMA_VERSION, "articles": ordered})


def _document(row: Facts) -> dict[str, Any]:
    made = {name: getattr(row, name) for name in _NAMES}
    days = {name: made[name] and made[name].isoformat() for name in _DAYS}
    return {**made, **days, "reading": asdict(row.reading)}


_DAYS = ("published", "reviewed", "due")
_NAMES = tuple(each.name for each in fields(Facts))


def load(data: bytes) -> dict[str, Facts]:
    """What ``dump`` wrote, by source; nothing where it cannot be understood, so that it is gathered anew."""
    try:
        document = json.loads(data)
        if document["schema_version"] != SCHEMA_VERSION:
            return {}
        return {row["source"]: _row(row) for row in document["articles"]}
    except (ValueError, KeyError, TypeError):
        return {}


def _row(row: dict[str, Any]) -> Facts:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
    return Facts(**{**row, **days, "topics": tuple(row["topics"]), "reading": Reading(**row["reading"])})
