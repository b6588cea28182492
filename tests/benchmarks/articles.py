"""Articles to measure with: any number of them, the same for the same seed, sound, with figures and tables."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.articles import PUBLISHER, SVG, _toml

FEWEST, MOST = 300, 1_500
"""Words of an article's text."""
PARTS = ("foot", "knee", "hip", "hand", "elbow", "shoulder", "heel")
PLACES = ("wall", "chair", "mat", "floor", "step", "bench")
VERBS = ("Lift", "Turn", "Lower", "Move", "Press", "Slide")
MANNERS = ("slowly", "without haste", "as far as it goes with ease", "with a long breath", "in one calm move")
SENTENCES = (
    "{verb} your {part} {manner}.",
    "Keep the {part} near the {place}.",
    "Most people find that the {part} gets used to it in a few weeks.",
    "Put the {place} where you can reach it with one {part}.",
    "When the {part} is tired, sit down on the {place} and rest for a minute.",
    "You can do this at home, since a {place} is all you need.",
)


def make_tree(folder: Path, count: int, seed: int = 1) -> Path:
    """A content tree of ``count`` articles below ``folder``; returns ``content/``."""
    content = folder / "content"
    (content / "articles").mkdir(parents=True)
    (content / "images").mkdir()
    (content / "publisher.toml").write_text(_toml(PUBLISHER), "utf-8")
    (content / "images" / "move.svg").write_text(SVG, "utf-8")
    random = Random(seed)  # noqa: S311 -- for articles, not for secrets
    for number in range(count):
        (content / "articles" / f"move-{number}.md").write_text(make_article(random, number), "utf-8")
    return content


def make_article(random: Random, number: int) -> str:
    """One exercise guide in English."""
    words = random.randint(FEWEST, MOST)
    share = words // 5
    steps = "\n".join(f"{n}. {_sentence(random)}" for n in range(1, random.randint(4, 9)))
    rows = "\n".join(f"| Week {n} | {random.randint(1, 4)} | {random.randint(5, 15)} |" for n in range(1, 5))
    return f"""\
---
title: Move number {number}
description: A short guide to move number {number}, with steps, a table and a picture.
profile: exercise-guide
authors:
  - name: Priya Nair
    credentials: BSc Sport Science
language: en-GB
published: 2026-03-02
reviewed: 2026-03-02
---

{_paragraphs(random, 40)}

:::disclaimer info
:::

:::disclaimer clearance
:::

## Key points

- {_sentence(random)}
- {_sentence(random)}

## Muscles worked

{_paragraphs(random, share)}

## Setup

{_paragraphs(random, share)}

![A person beside a {random.choice(PLACES)}](images/move.svg "How it looks at the start")

## Technique

:::disclaimer stop
:::

:::disclaimer emergency
:::

{steps}

### How often

| When | Sets | Turns |
| --- | --- | --- |
{rows}

{_paragraphs(random, share)}

## Common mistakes

{_paragraphs(random, share)}

## Risks

{_paragraphs(random, share)}
"""


def _paragraphs(random: Random, words: int) -> str:
    """Text of about so many words, with a heading after every few paragraphs so that no run is long."""
    blocks: list[str] = []
    length = since = 0
    while length < words:
        paragraph = " ".join(_sentence(random) for _ in range(random.randint(2, 5)))
        blocks.append(paragraph)
        length += len(paragraph.split())
        since += len(paragraph.split())
        if since > 180 and length < words:
            blocks.append(f"### With the {random.choice(PARTS)} at the {random.choice(PLACES)}, part {len(blocks)}")
            since = 0
    return "\n\n".join(blocks)


def _sentence(random: Random) -> str:
    return random.choice(SENTENCES).format(
        verb=random.choice(VERBS), part=random.choice(PARTS), place=random.choice(PLACES), manner=random.choice(MANNERS)
    )
