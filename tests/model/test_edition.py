"""How an edition stands follows from the record alone."""

from __future__ import annotations

import pytest

from pipeline.model.edition import Entry, Ledger, Released
from tests.editions.entries import reinstated, released, withdrawn

ONE, TWO, THREE = "1" * 8, "2" * 8, "3" * 8
HANDOUT = "9" * 8
BOOK = "b" * 8

CASES: dict[str, tuple[list[Entry], dict[str, str]]] = {
    "released once": ([released(ONE)], {ONE: "current"}),
    "replaced": ([released(ONE), released(TWO)], {ONE: f"superseded by {TWO}", TWO: "current"}),
    "replaced twice": (
        [released(ONE), released(TWO), released(THREE)],
        {ONE: f"superseded by {THREE}", TWO: f"superseded by {THREE}", THREE: "current"},
    ),
    "the same words in other bytes": ([released(ONE), released(ONE)], {ONE: "current"}),
    "another format of the same words": ([released(ONE), released(ONE, format_="epub")], {ONE: "current"}),
    "new words in one format of two": (
        [released(ONE), released(ONE, format_="html"), released(TWO, format_="html")],
        {ONE: f"superseded by {TWO}", TWO: "current"},
    ),
    "a handout beside the article": (
        [released(ONE), released(HANDOUT, format_="handout")],
        {ONE: "current", HANDOUT: "current"},
    ),
    "back to the old words": (
        [released(ONE), released(TWO), released(ONE)],
        {ONE: "current", TWO: f"superseded by {ONE}"},
    ),
    "back to the old words in one format of two": (
        [
            *(released(id_, format_=format_) for id_ in (ONE, TWO) for format_ in ("html", "pdf")),
            released(ONE, format_="html"),
        ],
        {ONE: "current", TWO: f"superseded by {ONE}"},
    ),
    "another article": ([released(ONE), released(TWO, "bench")], {ONE: "current", TWO: "current"}),
    "a book of the article's name": (
        [released(ONE), released(BOOK, kind="book", articles=["squat", "bench"])],
        {ONE: "current", BOOK: "current"},
    ),
    "withdrawn": ([released(ONE), withdrawn()], {ONE: "withdrawn: Step 2 was wrong."}),
    "withdrawn before it was released": ([withdrawn(), released(ONE)], {ONE: "current"}),
    "withdrawn in every edition so far": (
        [released(ONE), released(TWO), withdrawn()],
        {ONE: "withdrawn: Step 2 was wrong.", TWO: "withdrawn: Step 2 was wrong."},
    ),
    "corrected after it was withdrawn": (
        [released(ONE), withdrawn(), released(TWO)],
        {ONE: f"withdrawn: Step 2 was wrong. newer {TWO}", TWO: "current"},
    ),
    "corrected in another format": (
        [released(ONE), withdrawn(), released(TWO, format_="html")],
        {ONE: f"withdrawn: Step 2 was wrong. newer {TWO}", TWO: "current"},
    ),
    "released again, word for word": (
        [released(ONE), withdrawn(), released(ONE)],
        {ONE: "withdrawn: Step 2 was wrong."},
    ),
    "withdrawn by mistake": ([released(ONE), withdrawn(), reinstated()], {ONE: "current"}),
    "withdrawn by mistake after an older withdrawal": (
        [released(ONE), withdrawn(), released(TWO), withdrawn(reason="No."), reinstated()],
        {ONE: f"withdrawn: Step 2 was wrong. newer {TWO}", TWO: "current"},
    ),
    "reinstated without having been withdrawn": ([released(ONE), reinstated()], {ONE: "current"}),
    "a book that holds a withdrawn article": (
        [released(ONE), released(BOOK, "strong", kind="book", articles=["squat", "bench"]), withdrawn("bench")],
        {ONE: "current", BOOK: "withdrawn: Step 2 was wrong."},
    ),
    "a book with two withdrawn articles, one by mistake": (
        [
            released(BOOK, "strong", kind="book", articles=["squat", "bench"]),
            withdrawn("bench", "A mistake."),
            withdrawn("squat"),
            reinstated("bench"),
        ],
        {BOOK: "withdrawn: Step 2 was wrong."},
    ),
    "never released": ([released(ONE)], {TWO: "unknown"}),
}


def said(ledger: Ledger, id_: str) -> str:
    standing = ledger.standing(id_)
    if standing is None:
        return "unknown"
    assert {entry.id for entry in standing.releases} == {id_}
    match standing.state:
        case "withdrawn":
            assert standing.withdrawal is not None
            newer = f" newer {standing.newer.id}" if standing.newer else ""
            return f"withdrawn: {standing.withdrawal.reason}{newer}"
        case "superseded":
            assert standing.newer is not None
            return f"superseded by {standing.newer.id}"
        case "current":
            assert (standing.newer, standing.withdrawal) == (None, None)
            return "current"


@pytest.mark.parametrize("case", CASES)
def test_an_edition_stands(case: str):
    entries, expected = CASES[case]
    ledger = Ledger(tuple(entries))
    assert {id_: said(ledger, id_) for id_ in expected} == expected


@pytest.mark.parametrize(
    ("entries", "slugs"),
    [
        ([withdrawn()], {"squat"}),
        ([released(ONE), withdrawn(), reinstated()], set()),
        ([released(ONE), withdrawn(), released(TWO)], set()),
        ([withdrawn(), withdrawn("bench"), released(BOOK, kind="book", articles=["bench"])], {"squat"}),
    ],
)
def test_a_withdrawal_is_in_force_until_it_is_undone_or_the_article_released_anew(
    entries: list[Entry], slugs: set[str]
):
    assert set(Ledger(tuple(entries)).withdrawals) == slugs


def test_thousands_of_editions_are_judged_at_once():
    entries = [released(f"{number:08d}", f"article-{number % 1000}") for number in range(4000)]
    ledger = Ledger(tuple(entries))
    states = [standing.state for entry in entries if (standing := ledger.standing(entry.id))]
    assert (states.count("superseded"), states.count("current")) == (3000, 1000)
    assert isinstance(ledger.entries[-1], Released)
