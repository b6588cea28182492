"""Prove from a finished message that its safety text is in both parts, and before the steps that it protects.

The HTML is handed on to be proven as a page, as far as Gmail shows it; here the text is looked at, by the letters alone, since
lines may break anywhere. What the first steps are, and of which article, the HTML says with its ids.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from functools import cached_property
from posixpath import dirname
from typing import Any

from pipeline.export.browsed import read_page
from pipeline.export.format import Read
from pipeline.model.proof import DisclaimerProof, OutputFile, Proof, Requirement

CLIP = 102 * 1024
"""Bytes of HTML that Gmail shows; it hides the rest behind a link."""
HEADING = "\ue001"
"""Stands for a heading's underline; a private character."""
BESIDE_STEPS = frozenset({"stop", "emergency"})
_INSTRUCTION = re.compile(r"(?:(?P<slug>[a-z0-9-]+)-)?first-instruction")
_MARKS = re.compile(r"\[\d+\]|\*\d+|^[ \t]*(?:>[ \t]*)*(?:[-*]|\d+\.)[ \t]", re.MULTILINE)
_UNDERLINE = re.compile(r"^(?:=+|-+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Step:
    """The first step of one article, by its letters."""

    title: str
    """Of the article; empty for the editor's note."""
    words: str


class _Message:
    """A finished message, open."""

    def __init__(self, data: bytes) -> None:
        self.message = BytesParser(policy=default).parsebytes(data)
        assert isinstance(self.message, EmailMessage)

    def part(self, subtype: str) -> str | None:
        """The text of a part; None when the message has none of that kind."""
        found = self.message.get_body((subtype,))
        return None if found is None else str(found.get_content())

    @cached_property
    def steps(self) -> list[_Step]:
        """The first steps that the HTML part names."""
        root = read_page(self.part("html") or "")
        by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
        found = ((_INSTRUCTION.fullmatch(id_), element) for id_, element in by_id.items())
        return [
            _Step(letters(_words(by_id.get(f"{match['slug']}-title"))), letters(_words(element)))
            for match, element in found
            if match
        ]


def verify(file: OutputFile, requirements: Sequence[Requirement], read: Read) -> Proof:
    """Re-open the message and the text beside it, and look for every required text; the HTML is proven as a page."""
    opened = _Message(file.data)
    problems = [f"the message breaks the rules for messages: {defect}" for defect in _defects(opened.message)]
    problems += [f"the message has no {kind} part" for kind in ("html", "plain") if not opened.part(kind)]
    beside = read(f"{dirname(file.path)}/email.txt")
    texts = {"the text part": opened.part("plain") or "", "email.txt": (beside or b"").decode("utf-8", "replace")}
    proofs: list[DisclaimerProof] = []
    for place, text in texts.items():
        page = _Text(text, opened.steps)
        for number, wanted in enumerate(requirements):
            earlier = sum(other.words == wanted.words for other in requirements[:number])
            found, in_time = page.find(wanted, earlier)
            if not found:
                problems.append(f"the {wanted.kind} disclaimer is not in {place}, or not word for word")
            elif not in_time:
                problems.append(f"the {wanted.kind} disclaimer stands after the first instruction in {place}")
            if place == "the text part" and found:
                proofs.append(DisclaimerProof(wanted.kind, wanted.version, "text/plain", found, in_time))
    return Proof(tuple(proofs), tuple(problems))


def pages(file: OutputFile, read: Read) -> list[tuple[str, OutputFile]]:
    """The HTML of the message and that beside it, as far as Gmail shows them, each as a page."""
    html = _Message(file.data).part("html") or ""
    beside = read(f"{dirname(file.path)}/email.html") or b""
    found = (("HTML part", html.encode()), ("email.html", beside))
    return [("html", OutputFile(f"{file.path}: {name}", "text/html", _clipped(data))) for name, data in found]


def weight(data: bytes) -> int:
    """Bytes of a message's HTML part."""
    return len((_Message(data).part("html") or "").encode())


def letters(text: str) -> str:
    """Letters and digits alone, in small letters; a heading's underline is ``HEADING``."""
    plain = unicodedata.normalize("NFKC", _UNDERLINE.sub(HEADING, _MARKS.sub("", text))).casefold()
    return "".join(character for character in plain if character.isalnum() or character == HEADING)


class _Text:
    """A text part, by its letters, and where in it the first steps stand."""

    def __init__(self, text: str, steps: Iterable[_Step]) -> None:
        self.text = letters(text)
        starts = [(self._heading(step.title), step) for step in steps]
        heads = sorted(start for start, _ in starts)
        self.steps = sorted(
            (start, self.text.rfind(step.words, start, self._end(start, heads))) for start, step in starts
        )
        """Where each article that instructs starts, and its first step."""

    def _heading(self, title: str) -> int:
        return max(self.text.find(title + HEADING), 0) if title else 0

    def _end(self, start: int, heads: list[int]) -> int:
        return next((head for head in heads if head > start), len(self.text))

    def find(self, wanted: Requirement, earlier: int) -> tuple[bool, bool]:
        """Whether the text is there, and whether in time; ``earlier`` occurrences are those of other articles."""
        if not wanted.texts:
            return True, True  # an article's own words: the HTML is held against them, and both are made from one model
        ends = sorted({end for text in wanted.texts for end in self._occurrences(text)})[earlier:]
        if not ends:
            return False, False
        end = ends[0]
        limits = [step for start, step in self.steps if start < end] if wanted.kind in BESIDE_STEPS else []
        first = min((step for _, step in self.steps), default=len(self.text))
        return True, end <= max([first, *limits[-1:]])

    def _occurrences(self, text: str) -> Iterator[int]:
        """Where each occurrence of all lines of a text ends, one behind the other."""
        lines = [letters(line) for line in text.split("\n") if letters(line)]
        at = 0
        while lines and at >= 0:
            for line in lines:
                at = self.text.find(line, at)
                if at < 0:
                    return
                at += len(line)
            yield at


def _defects(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        yield from (str(defect) or type(defect).__name__ for defect in part.defects)


def _clipped(html: bytes) -> bytes:
    return html[:CLIP].decode("utf-8", "ignore").encode()


def _words(element: Any) -> str:
    """The words of an element without footnote marks; nothing where there is none."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag == "sup" else _words(child), child.tail or ""]
    return "".join(parts)
