"""The sections of an article as the structure checks see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from string import ascii_letters, digits

from pipeline.checks.nodes import in_body
from pipeline.checks.prose import PROSE, TEXT, Kind, Passage, Region, Same, prose
from pipeline.model.article import Article
from pipeline.model.nodes import Section
from pipeline.model.walk import plain_text
from pipeline.profiles import Profile, is_question

_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['.,-][A-Za-z0-9]+)*")
_ALPHANUMERIC = (ascii_letters + digits).encode()

IN_SECTION: frozenset[Kind] = PROSE | frozenset[Kind]({"cell", "caption"})
IN_ANY_REGION: frozenset[Region] = TEXT | frozenset[Region]({"quotation", "sources", "disclaimer"})


def count_words(text: str) -> int:
    """How many words a text has; numbers count."""
    return len((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def most_words(text: str) -> int:
    """How many words a text has at most, without looking for them: something stands between any two."""
    return len(text.encode(errors="surrogatepass").translate(None, _ALPHANUMERIC)) + 1


def heading_text(section: Section) -> str:
    """The words of a section's heading."""
    return plain_text(section.heading.children).strip()


def main_sections(article: Article) -> Iterator[Section]:
    """The sections that carry the article's structure, in order: those at the top, and below a title in the text."""
    for block in article.body:
        if isinstance(block, Section):
            yield block
            if block.heading.level == 1:
                yield from (inner for inner in block.blocks if isinstance(inner, Section))


def sections_by_role(article: Article) -> Mapping[str, Sequence[Section]]:
    """All sections that have a role, sub-sections included, in order."""
    return _by_role(Same(article))


@lru_cache(maxsize=2)
def _by_role(same: Same) -> Mapping[str, Sequence[Section]]:
    found: dict[str, list[Section]] = {}
    for section in in_body(same.article, Section):
        if section.role:
            found.setdefault(section.role, []).append(section)
    return found


def lead(article: Article) -> tuple[Passage, ...]:
    """The prose before the first heading, a title in the text apart."""
    return tuple(filter(_leads, prose(article)))


def _leads(passage: Passage) -> bool:
    return all(section.heading.level == 1 for section in passage.sections)


def opening_question(article: Article) -> str:
    """The question that an article puts: its title, else its first heading; empty when neither is a question."""
    if is_question(article.metadata.title):
        return article.metadata.title
    heading = _first_heading(article)
    return heading if is_question(heading) else ""


def missing_roles(article: Article, profile: Profile) -> tuple[str, ...]:
    """The required roles that no section has, in the profile's order."""
    present = set(sections_by_role(article))
    questions = sections_by_role(article).get("question", ())
    # "Do hip thrusts carry risks?" puts a question, and as a later heading it may well be the section on risks
    present.update(profile.topic_of(heading_text(section), article.language) for section in questions[1:])
    # an opening under a title that asks nothing is there: what it lacks is the question, which is S15
    if any(map(_leads, prose(article))) or is_question(_first_heading(article)):
        present.add("question")
    return tuple(role for role in profile.required if role not in present)


def _first_heading(article: Article) -> str:
    first = next(iter(in_body(article, Section)), None)
    return heading_text(first) if first else ""
