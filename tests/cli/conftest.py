"""A small project to run the command line in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main

PUBLISHER = """\
[publisher]
name = "Northside Strength"
url = "https://northside.example"
contact = "hello@northside.example"
[brand]
colour = "#0b5d4e"
"""

SOUND = """\
---
title: Beans for people who lift
description: What beans give you, how much to eat and who should take care.
profile: nutrition
authors:
  - name: Priya Nair
    credentials: BSc Nutrition
published: 2026-06-01
reviewed: 2026-06-01
---

Beans are a cheap food with a lot of protein in it. A cup of them goes well with rice or bread.

:::disclaimer info
:::

## Summary

Beans have protein and fibre. They keep for years in a tin, and they cost very little in any shop.

:::disclaimer diet
:::

## Evidence

Beans have about nine grams of protein in a hundred grams when they are cooked.[^usda] That is close to what eggs have.[^nhs]

## Amounts

Eat half a tin with a meal. Rinse the beans first, since the water in the tin holds salt.

## Who should be careful

Talk to a dietitian first if you have trouble with your bowel, or if you must watch what you eat for any reason.

## Sources

- [Beans, cooked: what is in them](https://food.example/beans), Food Tables, 2024.
- [Eating well on beans](https://health.example/pulses), Health Pages, 2025.

[^usda]: [Beans, cooked: what is in them](https://food.example/beans), Food Tables, 2024.
[^nhs]: [Eating well on beans](https://health.example/pulses), Health Pages, 2025.
"""


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one sound article, as the working directory."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "images").mkdir()
    (tmp_path / "content" / "publisher.toml").write_text(PUBLISHER)
    (tmp_path / "content" / "articles" / "sound.md").write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Run:
    """Run the command line in the project."""
    request.getfixturevalue("project")

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr("signal.signal", lambda *_: None)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        printed = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run
