"""Article types as data: which sections an article has, in which order, and what else is asked of it."""

from pipeline.profiles.headings import is_question
from pipeline.profiles.loader import any_profile, know_kinds, load_profiles
from pipeline.profiles.profile import Profile, Role, base_language

__all__ = ["Profile", "Role", "any_profile", "base_language", "is_question", "know_kinds", "load_profiles"]
