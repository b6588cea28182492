"""What fuzzing starts from: the cases that the tests have anyway, and what fuzzing has found worth keeping."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import yaml

from tests.articles import PNG, SVG, snippet

HERE = Path(__file__).parent
TESTS = HERE.parent
PROJECT = TESTS.parent
TOP = snippet("").source


def seeds(target: str) -> Iterator[bytes]:
    """The inputs of a target that are known: made ones, kept ones, and those that crashed it once."""
    made: Mapping[str, Callable[[], Iterator[bytes]]] = {
        "article": _articles,
        "markdown": _texts,
        "settings": lambda: _files("content/publisher.toml", "tests/torture/content/publisher.toml"),
        "house_rules": lambda: _files("pipeline/profiles/[a-q]*.toml", "pipeline/disclaimers/*.toml"),
        "book": lambda: _files("content/books/*.toml"),
        "newsletter": lambda: _files("content/newsletters/*.md"),
        "picture": _pictures,
        "imported": lambda: _files("tests/source/importers/cases/*/in/*.*", "content/articles/*.md"),
    }
    yield from made.get(target, lambda: iter(()))()
    yield from kept(target)


def kept(target: str) -> Iterator[bytes]:
    """Inputs that lie in files: the seed corpus, and former crashes."""
    for folder in ("corpus", "crashes"):
        for file in sorted((HERE / folder / target).glob("*")):
            yield file.read_bytes()


def _files(*patterns: str) -> Iterator[bytes]:
    for pattern in patterns:
        for file in sorted(path for path in PROJECT.glob(pattern) if path.is_file()):
            yield file.read_bytes()


def _articles() -> Iterator[bytes]:
    """Real and torture articles, and the sound ones of the corpus with each of its planted defects alone."""
    yield from _files("content/articles/*.md", "tests/torture/content/articles/*.md", "tests/torture/regressions/*.md")
    yield from _files("tests/corpus/base/*.md")
    for file in sorted((TESTS / "corpus").glob("*.yaml")):
        for case in yaml.safe_load(file.read_text("utf-8")):
            yield "\n\n".join([TOP, *(change["to"] for change in case.get("change", ()))]).encode("utf-8", "replace")


def _texts() -> Iterator[bytes]:
    """CommonMark's own examples, and the torture articles."""
    for example in json.loads((TESTS / "source" / "commonmark-0.31.2.json").read_text("utf-8")):
        yield example["markdown"].encode()
    yield from _files("tests/torture/content/articles/*.md", "tests/torture/regressions/*.md")


def _pictures() -> Iterator[bytes]:
    yield PNG
    yield SVG.encode()
    yield from _files("tests/torture/content/images/*", "content/images/*.svg", "pipeline/themes/*/symbols/*.svg")
