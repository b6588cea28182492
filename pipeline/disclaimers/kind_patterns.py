"""The patterns of all kinds of disclaimers, so that a text is gone through once for all of them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.disclaimers.kind import DisclaimerKind, by_language
from pipeline.frozen import dataclass
from pipeline.language import Patterns, compile_patterns

SEPARATOR = "\n"
"""Stands between the kind and the group in the label of a trigger."""
_MOST = 32


@dataclass(frozen=True, slots=True)
class KindPatterns:
    """Of one language; labelled with the kind, and triggers with their group too."""

    words: Patterns
    """What calls for a kind in the text and in topics."""
    topics: Patterns
    """What does so in topics only."""
    denials: Patterns
    """What no part of an article may say."""
    contradictions: Patterns
    """What no disclaimer may say."""


_compiled: dict[tuple[int, str], tuple[Mapping[str, DisclaimerKind], KindPatterns]] = {}
"""By the identity of the kinds, which are the same for all articles of a run, and by language."""


def patterns_of(kinds: Mapping[str, DisclaimerKind], language: str) -> KindPatterns:
    """The patterns of all kinds for a language."""
    known = _compiled.get((id(kinds), language))
    if known is None or known[0] is not kinds:
        if len(_compiled) >= _MOST:
            _compiled.clear()
        known = _compiled[id(kinds), language] = kinds, _compile(kinds, language)
    return known[1]


def _compile(kinds: Mapping[str, DisclaimerKind], language: str) -> KindPatterns:
    words = {
        f"{name}{SEPARATOR}{group}": patterns
        for name, kind in kinds.items()
        for group, patterns in (by_language(kind.triggers.words, language) or {}).items()
    }
    topics = {f"{name}{SEPARATOR}": by_language(kind.triggers.topics, language) or () for name, kind in kinds.items()}
    denials = {name: by_language(kind.denials, language) or () for name, kind in kinds.items()}
    contradictions = {name: by_language(kind.contradictions, language) or () for name, kind in kinds.items()}
    return KindPatterns(
        *(compile_patterns(patterns, language) for patterns in (words, topics, denials, contradictions))
    )
