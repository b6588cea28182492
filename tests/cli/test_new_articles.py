"""A new article of any type, in any language, can be published once its prompts are written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.checks.outline import main_sections
from pipeline.locales import load_locale
from pipeline.model.article import Article
from pipeline.profiles import load_profiles
from tests.articles import Place, load_in_place, make_tree
from tests.cli.conftest import Run

LANGUAGES = ("en-GB", "en-US", "es", "es-US")
SOUND: Mapping[str, Mapping[str, str]] = {
    "exercise-qa": {"en": "qa-en", "es": "qa-es"},
    "exercise-guide": {"en": "guide-us", "es": "guide-es-us"},
    "condition": {"en": "condition-en", "es": "condition-es"},
    "nutrition": {"en": "nutrition-en", "es": "nutrition-es"},
    "supplement": {"en": "d-supplement-en", "es": "supplement-es-us"},
    "workout-plan": {"en": "plan-en", "es": "plan-es"},
    "handout": {"en": "handout-en", "es": "handout-es"},
}
"""A sound article of the corpus for each type, by language: what an editor writes in the place of the prompts."""
BASE = Path(__file__).parents[1] / "corpus" / "base"
_LEAD = re.compile(r"\n---\n\n((?:[^:#\n].*\n)*)")
_DIRECTIVE = re.compile(r"(?m)^:::disclaimer .*\n:::\n\n?")
_NOTE = re.compile(r"(?m)^\[\^.*\n?")
_EMPTY_KEY = re.compile(r"(?m)^([ -]*)(title|description|name|credentials|reviewed):  #.*$")


@pytest.fixture
def started(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Path, tuple[str, str]]:
    """A new article of every type in every language, in one tree: type and language by path."""
    folder = tmp_path / "gym"
    folder.mkdir()
    make_tree(folder)
    monkeypatch.chdir(folder)
    found = {}
    for kind in SOUND:
        for language in LANGUAGES:
            slug = f"{kind}-{language.lower()}"
            assert run("new", kind, slug, "--language", language).code == 0
            found[Path("content", "articles", f"{slug}.md")] = kind, language
    return found


def sound(kind: str, language: str, folder: Path) -> Article:
    """The sound article of a type and language."""
    name = SOUND[kind][language[:2]]
    return load_in_place((BASE / f"{name}.md").read_text("utf-8"), Place(), folder / f"{kind}-{language}")[0]


def write(scaffold: str, model: Article, language: str) -> str:
    """A new article with each prompt written, in the words of a sound one."""
    say = load_locale(language).text
    profile = load_profiles(None)[model.metadata.profile]
    texts = {profile.heading(role, language).lower(): text for role, text in _sections(model).items()}
    lead = _LEAD.search(model.source)
    assert lead
    texts[say("prompt_opening")] = lead[1].strip()
    prompt = re.compile(rf"\[{say('to_be_written')}: (.+)\]")
    written = prompt.sub(lambda found: texts[found[1]], _EMPTY_KEY.sub(_facts(model), scaffold))
    return "\n".join([written, *_NOTE.findall(model.source)])


def _sections(model: Article) -> dict[str, str]:
    """What stands under each heading, by the section's role; disclaimers and notes apart."""
    lines = _NOTE.sub("", model.source).splitlines(keepends=True)
    starts = [(section.role, section.heading.span.line) for section in main_sections(model)]
    ends = [line - 1 for _, line in starts[1:]] + [len(lines)]
    return {
        role: _DIRECTIVE.sub("", "".join(lines[start:end])).strip()
        for (role, start), end in zip(starts, ends, strict=True)
    }


def _facts(model: Article) -> Callable[[re.Match[str]], str]:
    """What fills in the keys of the metadata."""
    about = model.metadata
    values = {
        "title": [about.title],
        "description": [about.description],
        "name": [about.authors[0].name, "Helen Ward"],
        "credentials": [about.authors[0].credentials, "MRCGP"],
        "reviewed": ["2026-06-01"],
    }

    def fact(found: re.Match[str]) -> str:
        value = values[found[2]].pop(0)
        return f"{found[1]}{found[2]}: " + (value if found[2] == "reviewed" else json.dumps(value, ensure_ascii=False))

    return fact


def test_every_type_of_article_is_tried():
    assert SOUND.keys() == load_profiles(None).keys() - {"newsletter"}


def test_a_new_article_of_any_type_and_language_can_be_published_once_its_prompts_are_written(
    run: Run, started: dict[Path, tuple[str, str]], tmp_path: Path
):
    for path, (kind, language) in started.items():
        path.write_text(write(path.read_text("utf-8"), sound(kind, language, tmp_path), language), "utf-8")
    assert run("check", "--fix", *map(str, started)).code == 0, "a disclaimer that the text calls for is added"
    built = run("build", "html", "--json", "--jobs", "1", *map(str, started))
    assert built.code == 0, built.err
    pages = {output["path"] for output in json.loads(built.out)["outputs"]}
    assert pages >= {f"html/{path.stem}.html" for path in started}
