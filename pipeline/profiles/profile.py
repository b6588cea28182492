"""What an article type asks of its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from pipeline.frozen import dataclass
from pipeline.model.diagnostic import Severity
from pipeline.profiles.headings import HeadingIndex, QuestionWords, folded, words

FALLBACK_LANGUAGE = "en"


def base_language(language: str) -> str:
    """The language of a BCP 47 tag without its region, in lower case: ``es`` of ``es-US``."""
    return language.replace("_", "-").partition("-")[0].lower()


@dataclass(frozen=True, slots=True)
class Role:
    """What a section is for, and what the profile asks of it."""

    id: str
    required: bool = False
    common: bool = False
    """Allowed in every profile, and not part of this one's order."""
    repeats: bool = False
    """Whether several sections may have it."""
    min_words: int | None = None
    """Fewest words under the heading; None takes the profile's."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """What a new section of this role is called, by base language."""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Headings that mean it, by base language; ``=`` in front: the whole heading, ``^``: its beginning."""
    outward: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Whole headings that mean it where all links below them lead to other sites, by base language."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An article type: its sections in order, and what else is asked of it."""

    name: str
    titles: Mapping[str, str]
    """By base language."""
    roles: tuple[Role, ...]
    """In order."""
    common: tuple[Role, ...] = ()
    """Roles that may stand anywhere in every article."""
    disclaimers: tuple[str, ...] = ()
    """Kinds that every article of the type needs."""
    min_words: int | None = None
    """Fewest words of a section; None takes the publisher's policy."""
    steps: tuple[int, int] | None = None
    """Fewest and most steps in a how-to section; None leaves them free."""
    reviewer_required: bool = False
    sources_required: bool = False
    """Whether an article without sources is an error rather than a warning."""
    question_title: bool = False
    """Whether title or first heading is a question, answered in the opening."""
    plan_table: bool = False
    """Whether the schedule is a table with exercise, sets, reps and rest in each row."""
    max_grade: float | None = None
    """Reading grade that is a warning; None takes the publisher's policy."""
    error_grade: float | None = None
    max_pages: int | None = None
    min_font_points: float | None = None
    """Smallest body type in points."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """How bad findings are in articles of this type, by code or its letter; what it says goes before the publisher's policy."""
    path: str = ""
    """Of the house rules file it comes from, relative to the working directory; empty for a built-in profile."""
    index: Mapping[str, HeadingIndex] = field(default_factory=dict, repr=False, compare=False)
    """Synonyms by base language, ready to be looked up."""

    @property
    def required(self) -> tuple[str, ...]:
        """The required roles, in order."""
        return tuple(role.id for role in self.roles if role.required)

    def severity_of(self, code: str) -> Severity | None:
        """How bad the type says that findings of a code are; None where it says nothing of it."""
        return self.severity.get(code) or self.severity.get(code[:1])

    def role(self, name: str) -> Role | None:
        """The role of that id, the profile's own or common; None when there is none."""
        for roles in (self.roles, self.common):
            for role in roles:
                if role.id == name:
                    return role
        return None

    def title(self, language: str) -> str:
        """The article type's name in ``language``, else in English, else as its id."""
        return self.titles.get(base_language(language)) or self.titles.get(FALLBACK_LANGUAGE) or self.name

    def heading(self, role: str, language: str) -> str:
        """What a new section of ``role`` is called in ``language``, else in English, else as its id."""
        known = self.role(role)
        headings = known.headings if known else {}
        return headings.get(base_language(language)) or headings.get(FALLBACK_LANGUAGE) or role

    def role_of(self, heading: str, language: str, *, opens: bool = True) -> str:
        """The role that a heading means in ``language``; empty when it means none of this profile's or the common ones.

        The profile's own ids come first, then the longest synonym at word boundaries; of two as long the profile's own
        role has it. Case, accents, quotation marks and hyphens do not count. A language without synonyms is looked up in
        English. ``opens`` tells whether the heading is the article's first.
        """
        return self._role_of(heading, language, question=self.role("question") is not None, opens=opens)

    def outward_role(self, heading: str, language: str) -> str:
        """The role that a heading means over links to other sites, such as *Further reading*; empty when it means none."""
        base = base_language(language)
        meaning = [role for role in (*self.roles, *self.common) if base in role.outward]
        found = tuple(words(heading)) if meaning else ()
        return next((role.id for role in meaning if found in folded(tuple(role.outward[base]))), "")

    def topic_of(self, heading: str, language: str) -> str:
        """The role whose synonym a heading holds, also where ``role_of`` takes the heading for the question."""
        return self._role_of(heading, language, question=False)

    def any_means(self, headings: Iterable[str], role: str, language: str) -> bool:
        """Whether one of ``headings`` is one of ``role``'s own, also where another role has the better claim to it."""
        known = self.role(role)
        synonyms = known.synonyms.get(base_language(language), ()) if known else ()
        index = HeadingIndex.of(((role, synonyms),), QuestionWords())
        return any(index.role(heading, question=False) == role for heading in headings)

    def _role_of(self, heading: str, language: str, *, question: bool, opens: bool = True) -> str:
        found = words(heading)
        for role in self.roles:
            if found == role.id.split("-"):
                return role.id
        base = base_language(language)
        index = self.index.get(base) or self.index.get(FALLBACK_LANGUAGE)
        return (index.role(heading, question=question, opens=opens) if index else None) or ""
