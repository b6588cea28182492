"""What a check may know besides the article itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pipeline.config import Config
from pipeline.disclaimers import DisclaimerKind
from pipeline.frozen import dataclass
from pipeline.locales import Locale
from pipeline.model.article import Library
from pipeline.model.diagnostic import Severity
from pipeline.model.newsletter import Newsletter
from pipeline.profiles import Profile


@dataclass(frozen=True, slots=True)
class Issue:
    """The newsletter whose note is being checked, and what is known of the articles that it holds."""

    newsletter: Newsletter
    unsound: Mapping[str, str] = field(default_factory=dict)
    """By slug, what keeps an article from being published, in words."""
    stated: frozenset[str] = frozenset()
    """The kinds of disclaimer that the articles state."""
    weight: int | None = None
    """Bytes of the HTML part of its e-mail; None where none can be made."""


@dataclass(frozen=True, slots=True)
class Context:
    """The rules and surroundings against which one article is checked."""

    config: Config
    profile: Profile | None
    """None when the article names none, or one that does not exist."""
    profiles: Mapping[str, Profile]
    """All profiles by name, house rules included."""
    disclaimers: Mapping[str, DisclaimerKind]
    """All disclaimer kinds by name, house rules included."""
    locale: Locale
    """Of the article's language."""
    library: Library
    as_of: date
    """The day that dates are judged against."""
    issue: Issue | None = None
    """Where the article is a newsletter's note."""

    def severity(self, code: str) -> Severity | None:
        """What house rules say of a check: the article type's, else the publisher's; None where they say nothing."""
        own = self.profile.severity_of(code) if self.profile else None
        return own or self.config.policy.severity.get(code)
