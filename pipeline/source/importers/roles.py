"""What the article types know of headings, and which type an article's sections fit best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.frozen import dataclass
from pipeline.profiles import Profile
from pipeline.profiles.headings import is_question

_FEWEST = 2
"""Required sections that an article must have to be proposed a type."""
_LEAST = 0.6
"""Part of the required sections that it must have, or three of them and half."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The article type that fits best."""

    profile: str = ""
    """Empty where none fits."""
    found: tuple[str, ...] = ()
    """Its required roles that the article has."""
    wanted: tuple[str, ...] = ()
    """All its required roles."""


def role_names(heading: str, profiles: Iterable[Profile], language: str) -> frozenset[str]:
    """The roles that a heading may mean, in any article type; questions mean none by themselves."""
    found = (profile.topic_of(heading, language) for profile in profiles)
    return frozenset(role for role in found if role and role != "question")


def propose(title: str, headings: Sequence[str], profiles: Mapping[str, Profile], language: str) -> Proposal:
    """The article type whose required sections an article has the largest part of; of equals, that with more of them."""
    best, rank = Proposal(), (0.0, 0)
    for profile in profiles.values():
        if profile.name == "newsletter" or not profile.required:
            continue
        roles = {profile.role_of(heading, language) for heading in headings}
        if profile.question_title and is_question(title):
            roles.add("question")
        found = tuple(role for role in profile.required if role in roles)
        asks = profile.question_title and "question" not in roles
        score = len(found) / len(profile.required) - (0.3 if asks else 0.0)
        if (
            len(found) >= min(_FEWEST, len(profile.required))
            and _is_enough(len(found), score)
            and (score, len(found)) > rank
        ):
            best, rank = Proposal(profile.name, found, profile.required), (score, len(found))
    return best


def _is_enough(found: int, score: float) -> bool:
    return score >= _LEAST or (found > _FEWEST and score >= 0.5)  # noqa: PLR2004 -- half of them
