"""An imported article's metadata: what was guessed, marked to be confirmed, and prompts for what only a person knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from pipeline.frozen import dataclass
from pipeline.locales import Locale, load_locale
from pipeline.source.importers.draft import Draft
from pipeline.source.metadata_form import MAX_DESCRIPTION

_PLAIN = re.compile(r"[A-Za-zÀ-ɏ][\w À-ɏ,'()-]*")
_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_MOST_TOPICS = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """A value of the metadata that was guessed."""

    key: str
    """As messages name it: ``authors.0.name``."""
    value: str


def write_front_matter(
    draft: Draft, profile: str, language: str, optional: Iterable[str] = ()
) -> tuple[str, list[Guess]]:
    """The metadata's text with both lines of ``---``, and the values in it that were guessed.

    Each guess carries a mark, and is an error until that is deleted; what was not found is a prompt, and an error as well.
    """
    locale = load_locale(language)
    lines = _Lines(locale)
    lines.value("title", draft.title, "prompt_title")
    if draft.subtitle:
        lines.value("subtitle", draft.subtitle, "")
    lines.value("description", draft.description, "prompt_description")
    lines.value("profile", profile, "prompt_profile")
    lines.add("authors:")
    for number, (name, credentials) in enumerate(draft.authors.items() or [("", "")]):
        lines.value("name", name, "prompt_author", place=f"authors.{number}.name", indent="  - ")
        lines.value(
            "credentials", credentials, "prompt_credentials", place=f"authors.{number}.credentials", indent="    "
        )
    lines.add("reviewer:")
    lines.value("name", draft.reviewer, "prompt_reviewer", place="reviewer.name", indent="  ")
    lines.value(
        "credentials", draft.reviewer_credentials, "prompt_credentials", place="reviewer.credentials", indent="  "
    )
    lines.value("language", language, "prompt_title")
    lines.value("published", draft.published.isoformat() if draft.published else "", "prompt_published", quote=False)
    lines.value("reviewed", "", "prompt_reviewed")
    if topics := _topics(draft.keywords):
        lines.value("topics", f"[{', '.join(map(scalar, topics))}]", "", quote=False)
    if further := ", ".join(optional):
        lines.add(f"# {locale.text('prompt_sections', sections=further)}")
    return "\n".join(["---", *lines.lines, "---", ""]), lines.guesses


class _Lines:
    """Lines of YAML."""

    def __init__(self, locale: Locale) -> None:
        self.say = locale.text
        self.lines: list[str] = []
        self.guesses: list[Guess] = []

    def add(self, line: str) -> None:
        self.lines.append(line)

    def value(
        self, key: str, value: str, prompt: str, *, place: str = "", indent: str = "", quote: bool = True
    ) -> None:
        """A guess with its mark, or an empty value with what belongs there."""
        if value:
            self.guesses.append(Guess(place or key, value))
            self.add(f"{indent}{key}: {scalar(value) if quote else value}  # {self.say('to_be_confirmed')}")
        else:
            self.add(f"{indent}{key}:  # {self.say(prompt)}")


def scalar(text: str) -> str:
    """A text as YAML reads it back (YAML 1.1, section 5.7): bare where that is safe, else in quotation marks."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _YAML_WORDS and not text.endswith(" "):
        return text
    return json.dumps(text, ensure_ascii=False)


def _topics(keywords: Iterable[str]) -> list[str]:
    found = (" ".join(word.split()).lower() for word in keywords)
    return list(dict.fromkeys(word for word in found if 0 < len(word) <= 40))[:_MOST_TOPICS]  # noqa: PLR2004 -- longer is no topic


def description_of(texts: Iterable[str]) -> str:
    """The first sentences of an article's running text that fit a description; of a long one, its beginning."""
    text = next(iter(texts), "")
    kept = ""
    for sentence in _sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > MAX_DESCRIPTION:
            break
        kept = longer
    if kept or not text:
        return kept
    return text[: MAX_DESCRIPTION - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _sentences(text: str) -> Iterator[str]:
    yield from _SENTENCE.split(text)
