"""What is prose, and where each word of it stands in the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.checks.prose import PROSE, TEXT, prose
from pipeline.checks.works import works
from pipeline.model.article import Article
from pipeline.model.lines import LineIndex
from tests.articles import load_snippet

TEXT_OF_ALL = """
Lead *with* emphasis, [a link](https://example.org/a) and `code`
over two lines.[^1]

## Technique

1. **Sit:** on the bench:
   - low
   - near

> A quotation.

> [!WARNING]
> Stop if it hurts.

| Head |
| ---- |
| Cell |

![Alt](images/squat.svg "Caption")

```
not prose
```

:::disclaimer stop
Stop now.
:::

## Sources

- A source

[^1]: A footnote.
"""


@pytest.fixture
def article(tmp_path: Path) -> Article:
    return load_snippet(TEXT_OF_ALL, tmp_path)[0]


def test_prose_is_paragraphs_and_list_items_and_alerts(article: Article) -> None:
    assert [passage.text for passage in prose(article)] == [
        "Lead with emphasis, a link and \ufffc over two lines.",
        "Sit: on the bench:",
        "low",
        "near",
        "Stop if it hurts.",
    ]


@pytest.mark.parametrize(
    ("region", "texts"),
    [
        ("quotation", ["A quotation."]),
        ("disclaimer", ["Stop now."]),
        ("sources", ["A source"]),
        ("footnote", ["A footnote."]),
    ],
)
def test_other_regions_are_read_when_asked_for(region: str, texts: list[str], article: Article) -> None:
    assert [p.text for p in prose(article, PROSE, frozenset({region}))] == texts  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "texts"), [("heading", ["Technique"]), ("cell", ["Head", "Cell"]), ("caption", ["Caption"])]
)
def test_headings_cells_and_captions_are_read_when_asked_for(kind: str, texts: list[str], article: Article) -> None:
    assert [p.text for p in prose(article, frozenset({kind}), TEXT)] == texts  # type: ignore[arg-type]


def test_every_word_is_found_in_the_source_where_the_passage_says(article: Article) -> None:
    index = LineIndex(article.source)
    for passage in prose(article):
        for word in passage.text.replace("\ufffc", " ").replace(":", " ").split():
            start = passage.text.index(word)
            first, last = index.offsets(passage.place(start, start + len(word)))
            assert article.source[first:last] == word


def test_items_go_on_with_a_lead_that_ends_in_a_colon(article: Article) -> None:
    assert [p.text for p in prose(article) if p.continues] == ["low", "near"]


def test_a_passage_knows_its_sections(article: Article) -> None:
    lead, step, *_ = prose(article)
    assert (lead.section, lead.role, step.role) == (None, "", "technique")


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ("- [One](https://doi.org/10.1000/ab)\n- [The same](https://dx.doi.org/10.1000/AB)\n", 1),
        ("- [One](https://www.example.org/a/)\n- [The same](http://example.org/a#part)\n", 1),
        ("- [One](https://example.org/a?id=1)\n- [Two](https://example.org/a?id=2)\n", 2),
        ("- One work with [a link](https://example.org/a) and [another](https://example.org/b)\n", 1),
        ("[One](https://example.org/a). [Two](https://example.org/b).\n", 2),
        (
            "- Neto WK, Vieira TL. Barbell hip thrust. J Sports Sci Med. 2019.\n- Plotkin D. Hip thrust and squat training. 2023.\n",
            2,
        ),
        ("- A book\n- [our squat guide](squat.md)\n- <hello@northside.example>\n", 0),
        ("- **Guidelines:** [UK](https://example.org/uk)\n- doi:10.1000/xyz\n", 2),
        ("### Reviews\n\n- [One](https://example.org/a)\n\n### Trials\n\n- [Two](https://example.org/b)\n", 2),
        ("| Work | Link |\n| - | - |\n| One | [a](https://example.org/a) |\n| Two | [b](https://example.org/b) |\n", 2),
        (
            "1. Neto, 2019: [review](https://example.org/neto)\n\n[^1]: Neto WK and others, 2019, the review of all trials.\n",
            1,
        ),
    ],
)
def test_each_work_counts_once(sources: str, count: int, tmp_path: Path) -> None:
    article, _ = load_snippet(f"Text.[^1]\n\n## Sources\n\n{sources}", tmp_path)
    assert len(list(works(article))) == count
