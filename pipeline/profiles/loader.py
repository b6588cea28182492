"""Reads article types: the built-in ones, and a content tree's house rules over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.bundled import bundled_toml
from pipeline.model.diagnostic import Severity
from pipeline.profiles.headings import HeadingIndex, QuestionWords
from pipeline.profiles.profile import Profile, Role

DATA = Path(__file__).parent
VOCABULARY = DATA / "roles.toml"


@cache
def _built_in() -> tuple[Mapping[str, Any], Mapping[str, Mapping[str, Any]]]:
    """The vocabulary of roles, and the built-in profiles by name, as the files say them."""
    vocabulary = bundled_toml(VOCABULARY)
    profiles = {path.stem: bundled_toml(path) for path in sorted(DATA.glob("*.toml")) if path != VOCABULARY}
    return vocabulary, profiles


@cache
def _built_in_profiles() -> Mapping[str, Profile]:
    return {name: _profile(data, "") for name, data in _built_in()[1].items()}


def know_kinds(profiles: Mapping[str, Profile], kinds: Iterable[str]) -> None:
    """Raise ContentError, with file and line, for a house rules file that asks for a disclaimer of no known kind."""
    known = set(kinds)
    for profile in profiles.values():
        unknown = [kind for kind in profile.disclaimers if kind not in known]
        if profile.path and unknown:
            from pipeline.profiles.house import unknown_kind

            raise unknown_kind(profile.path, unknown[0], known)


def load_profiles(content: Path | None) -> Mapping[str, Profile]:
    """All article types by name: the built-in ones, and ``content/profiles/*.toml`` over them.

    A house rules file of a built-in name changes what it says and keeps the rest; one of another name adds an article
    type. Without ``content`` only the built-in ones. Raises ContentError, with file and line, when a file is wrong.
    """
    profiles = dict(_built_in_profiles())
    files = sorted((content / "profiles").glob("*.toml")) if content else []
    if content and files:
        from pipeline.profiles.house import read_house_rules  # pydantic is wanted for house rules only

        vocabulary, built_in = _built_in()
        for file in files:
            data = read_house_rules(file, content, built_in, frozenset(vocabulary))
            profiles[data["name"]] = _profile({**built_in.get(data["name"], {}), **data}, file.as_posix())
    return dict(sorted(profiles.items()))


@cache
def any_profile() -> Profile:
    """What may stand in every article type, for an article that does not name one that exists."""
    return _profile({"name": "", "roles": ()}, "")


def _profile(data: Mapping[str, Any], path: str) -> Profile:
    vocabulary = _built_in()[0]
    roles = tuple(_role(vocabulary.get(item["id"], {}), item, common=False) for item in data["roles"])
    own = {role.id for role in roles}
    own |= {vocabulary[name]["like"] for name in own if "like" in vocabulary.get(name, {})}
    common = tuple(
        _role(entry, {"id": name}, common=True)
        for name, entry in vocabulary.items()
        if entry.get("common") and name not in own and data.get("common_roles", True)
    )
    steps = data.get("steps")
    plain = ("common_roles", "disclaimers", "severity", "steps", "title", "roles", "name")
    return Profile(
        name=data["name"],
        titles=data.get("title", {}),
        roles=roles,
        common=common,
        disclaimers=tuple(data.get("disclaimers", ())),
        steps=(steps[0], steps[1]) if steps else None,
        severity={code: Severity(severity) for code, severity in data.get("severity", {}).items()},
        path=path,
        index=_Indexes((*roles, *common)),
        **{key: value for key, value in data.items() if key not in plain},
    )


def _role(entry: Mapping[str, Any], item: Mapping[str, Any], *, common: bool) -> Role:
    """A role as the vocabulary has it, with what the profile says of it: its synonyms are added, the rest replaced."""
    alike = _built_in()[0][entry["like"]]["synonyms"] if "like" in entry else {}
    known, added = entry.get("synonyms", {}), item.get("synonyms", {})
    return Role(
        id=item["id"],
        required=item.get("required", False),
        common=common,
        repeats=item.get("repeats", entry.get("repeats", False)),
        min_words=item.get("min_words", entry.get("min_words")),
        headings={**entry.get("heading", {}), **item.get("heading", {})},
        outward=entry.get("outward", {}),
        synonyms={
            language: (*added.get(language, ()), *known.get(language, ()), *alike.get(language, ()))
            for language in sorted({*known, *added})
        },
    )


class _Indexes(Mapping[str, HeadingIndex]):
    """The synonyms of some roles by language, indexed when first asked for: a run meets few types and languages."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self._roles = tuple(roles)
        self._languages = frozenset(language for role in self._roles for language in role.synonyms)
        self._made: dict[str, HeadingIndex] = {}

    def __getitem__(self, language: str) -> HeadingIndex:
        if language not in self._languages:
            raise KeyError(language)
        if language not in self._made:
            self._made[language] = _index(self._roles, language)
        return self._made[language]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._languages))

    def __len__(self) -> int:
        return len(self._languages)


def _index(roles: Iterable[Role], language: str) -> HeadingIndex:
    words, small = _built_in()[0]["question"], _built_in()[0][""]["small"]
    return HeadingIndex.of(
        ((role.id, (*role.synonyms.get(language, ()), f"={role.id}")) for role in roles if role.synonyms),
        QuestionWords(
            yes_no=frozenset(words["yes_no"].get(language, ())), open=frozenset(words["open"].get(language, ()))
        ),
        frozenset(small.get(language, ())),
    )
