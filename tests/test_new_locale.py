"""A language that the pipeline has never heard of is added by files alone: its words, its locale, headings and disclaimers.

The language, of tag ``xq-AA``, is made up. Two files go where the pipeline keeps its data, the others into the content tree
as house rules; then the real commands run in a process of their own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import pipeline
from tests.articles import make_tree

DATA: Mapping[str, str] = {
    "language/xq.toml": 'negators = ["nal"]\nabbreviations = ["dok"]\n',
    "locales/xq.toml": """\
default = "xq-AA"
quotes = ["“", "”", "‘", "’"]
[strings]
to_be_written = "Skribota"
""",
    "locales/xq-AA.toml": 'emergency = ["123"]\n',
}
HOUSE: Mapping[str, str] = {
    "profiles/move.toml": """\
disclaimers = ["info"]
[[roles]]
id = "benefits"
required = true
heading.xq = "Bonoj"
synonyms.xq = ["bonoj"]
[[roles]]
id = "course"
required = true
heading.xq = "Pashoj"
synonyms.xq = ["pashoj", "kiel fari"]
[[roles]]
id = "risks"
required = true
heading.xq = "Danjeroj"
synonyms.xq = ["danjeroj"]
""",
    "disclaimers/info.toml": """\
[wording.xq]
title = "Informo"
text = "Tio chi estas informo, nal konsilo."
[[elements]]
id = "not-advice-xq"
says.xq = "nal konsilo"
languages = ["xq-AA"]
patterns.xq = ["nal konsilo"]
""",
    "disclaimers/stop.toml": """\
[wording.xq]
title = "Halto"
text = "Haltu tuj."
[[elements]]
id = "stop-at-once"
says.xq = "haltu tuj"
patterns.xq = ["haltu tuj"]
[triggers.words.xq]
run = ["kuru"]
""",
    "disclaimers/emergency.toml": """\
[numbers]
xq-AA = ["123"]
[calls]
xq = ["voku"]
""",
}
ARTICLE = """\
---
title: Movo
description: Movo por la tuta korpo.
profile: move
authors:
  - name: Ana Bel
    credentials: Trejnisto
language: xq-AA
published: 2026-03-02
---

La movo estas bona por vi kaj por via tuta korpo. Nal kuru.

:::disclaimer info
:::

## La bonoj de la movo

Via korpo estas pli forta kaj pli rapida post ghi, dum multaj tagoj.

## Kiel fari ghin

1. Staru kaj levu la manon.
2. Sidu kaj levu la piedon.
3. Restu tiel dum unu minuto.

## Danjeroj

La korpo povas esti laca, do faru ghin nur unu fojon dum la tago.
"""


@dataclass(frozen=True)
class Place:
    """The pipeline with the new language's data, and a project that uses it."""

    package: Path
    project: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.package)}
        command = [sys.executable, "-m", "pipeline", *arguments]
        return subprocess.run(
            command, cwd=self.project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def found(self, article: str) -> dict[str, str]:
        """Code and message of each finding in an article."""
        (self.project / "content" / "articles" / "movo.md").write_text(article, "utf-8")
        ran = self.run(
            "check", "--format", "json", "--ignore", "M05", "--as-of", "2026-11-22", "content/articles/movo.md"
        )
        assert ran.stderr == ""
        return {row["code"]: row["message"] for row in json.loads(ran.stdout)["diagnostics"]}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("locale")
    package = folder / "package"
    shutil.copytree(Path(pipeline.__file__).parent, package / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    content = make_tree(folder)
    for start, files in ((package / "pipeline", DATA), (content, HOUSE)):
        for name, text in files.items():
            file = start / name
            assert not file.exists(), f"{name} is no new file"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
    return Place(package, folder)


def test_a_sound_article_passes_with_its_headings_words_and_negation(place: Place):
    assert place.found(ARTICLE) == {}


def test_a_heading_in_it_means_its_role_and_a_stub_is_in_its_words(place: Place):
    article = ARTICLE.replace("## Danjeroj\n\nLa korpo povas", "Via korpo povas")
    assert "“Danjeroj” (risks)" in place.found(article)["S01"]
    assert "+## Danjeroj\n+\n+[Skribota: danjeroj]\n" in place.run("check", "--diff", "content/articles/movo.md").stdout


def test_its_words_trigger_a_disclaimer_and_its_patterns_judge_one(place: Place):
    running = ARTICLE.replace("Nal kuru.", "Kuru poste.")
    assert "Halto" in place.found(running)["D01"]
    own = running.replace(":::disclaimer info\n:::", ":::disclaimer stop\n{}\n:::\n\n:::disclaimer info\n:::")
    assert place.found(own.format("Haltu tuj.")) == {}
    assert "D01" in place.found(own.format("Tio estas bona."))


def test_its_emergency_number_is_the_one_that_fits(place: Place):
    article = ARTICLE + "\n:::disclaimer emergency\nVoku {}.\n:::\n"
    assert "D06" in place.found(article.format("911"))
    assert "D06" not in place.found(article.format("123"))


def test_its_wording_reaches_the_page(place: Place):
    place.found(ARTICLE)
    (place.project / "content" / "articles" / "squat.md").unlink()
    ran = place.run("build", "html", "--as-of", "2026-11-22")
    assert ran.returncode == 0, ran.stderr
    page = (place.project / "build" / "html" / "movo.html").read_text("utf-8")
    assert 'lang="xq-AA"' in page
    assert "Tio chi estas informo, nal konsilo." in page
    assert ">2026-03-02<" in page
    assert re.search("(?i)by ana bel", re.sub("<[^>]+>", "", page))
