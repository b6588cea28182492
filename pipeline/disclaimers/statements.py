"""Which disclaimers an article has, and what their words say or leave out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from pipeline.disclaimers.kind import DisclaimerKind, Element, OlderWording, by_language
from pipeline.disclaimers.reading import Reading, read_blocks
from pipeline.disclaimers.triggers import SECTION_ROLE
from pipeline.frozen import dataclass
from pipeline.language import Break, Match, Text, analyse, compile_patterns, find, sentences, stem
from pipeline.language.rules import load_rules
from pipeline.model.article import Article
from pipeline.model.nodes import Disclaimer, Link, Paragraph, Section, Span
from pipeline.model.walk import block_lines, plain_text, walk, walk_blocks


@dataclass(frozen=True, slots=True)
class Statement:
    """One place where an article states a kind of disclaimer."""

    kind: str
    form: Literal["approved", "own", "section"]
    """An empty directive, a directive with the article's own words, or a section that is a disclaimer in itself."""
    node: Disclaimer | Section
    order: int
    """Place among all blocks, items and cells of the article's body."""
    reading: Reading
    """Its own words; empty for approved wording."""

    @property
    def span(self) -> Span:
        """Where it stands: the directive, or the section's heading."""
        return self.node.heading.span if isinstance(self.node, Section) else self.node.span


def missing_elements(
    kind: DisclaimerKind, text: str | Text, language: str, groups: Collection[str] = ()
) -> tuple[Element, ...]:
    """What the kind must say and ``text`` does not; ``groups`` are the groups of words that triggered the kind."""
    words = analyse(text, language) if isinstance(text, str) else text
    wanted = (element for element in kind.elements if element.wanted(language))
    return tuple(
        element
        for element in wanted
        if (not element.when or element.when in groups) and not says(element, words, language)
    )


def says(element: Element, text: Text, language: str) -> bool:
    """Whether ``text`` says what the element must say."""
    if element.verbatim:
        squeezed = squeeze(text)
        return any(squeeze(analyse(sentence, "en")) in squeezed for sentence in element.verbatim)
    parts = by_language(element.parts, language)
    if parts is not None:
        found = {match.label for match in find(compile_patterns(parts, language), text) if not match.negated}
        return len(found) >= element.at_least
    return any(not match.negated for match in _matches(element, text, language))


def _matches(element: Element, text: Text, language: str) -> list[Match]:
    """The matches of each of its patterns by itself, so that a longer one that is negated hides no other."""
    patterns = by_language(element.patterns, language) or ()
    exceptions = [pattern for pattern in patterns if pattern.startswith("!")]
    groups = {pattern: (pattern, *exceptions) for pattern in patterns if not pattern.startswith("!")}
    return find(compile_patterns(groups, language), text)


def squeeze(text: Text) -> str:
    """A text as legal wording is compared: case, white space, emphasis and quotation marks apart."""
    return " ".join(text.normal.text.replace('"', "").replace("'", "").split())


def says_any(kind: DisclaimerKind, text: Text, language: str, *, weak: bool = True) -> bool:
    """Whether ``text`` says anything of what the kind must say; without ``weak``, something that is the kind's own."""
    if weak and find(compile_patterns(by_language(kind.hints, language) or (), language), text):
        return True
    return any(
        says(element, text, language) or bool(element.verbatim and altered_sentences(element, text))
        for element in kind.elements
        if element.wanted(language) and (weak or not element.weak)
    )


def denied(kind: DisclaimerKind, text: Text, language: str, *, weak: bool = True) -> list[Match]:
    """Where ``text`` says the opposite of what the kind must say; without ``weak``, of something that is the kind's own."""
    opposites = find(compile_patterns(by_language(kind.contradictions, language) or (), language), text)
    found = [match for match in opposites if not match.negated and not match.quoted]
    for element in kind.elements:
        if element.deniable and element.wanted(language) and (weak or not element.weak):
            matches = _matches(element, text, language)
            if matches and all(match.negated for match in matches) and not _any_of_replacing(text, matches):
                found.append(matches[0])
    return found


def _any_of_replacing(text: Text, matches: list[Match]) -> bool:
    """Whether it is negated that something takes a match's place: *no substitute for a visit to a doctor*."""
    replacers = load_rules(text.language).replacers
    looked_at = -1
    for match in matches:
        word = match.first - 1
        while word > looked_at and text.negated[word] and text.breaks[word + 1] < Break.SENTENCE:
            if text.stems[word] in replacers:
                return True
            word -= 1
        looked_at = match.first - 1
    return False


def altered_sentences(element: Element, text: Text) -> tuple[int, int] | None:
    """First and last word of what was meant as the element's legal text but differs; None where nothing was.

    A sentence is meant when it holds most of the words that show it (``traces``).
    """
    if not element.verbatim or any(squeeze(analyse(legal, "en")) in squeeze(text) for legal in element.verbatim):
        return None
    traces = [(trace.at_least, frozenset(stem(word, "en") for word in trace.words)) for trace in element.traces]
    meant: list[tuple[int, int]] = []
    for sentence in sentences(text):
        stems = {stem(form, "en") for form in text.forms[sentence.first : sentence.last + 1]}
        if any(len(stems & words) >= enough for enough, words in traces):
            meant.append((sentence.first, sentence.last))
    return (meant[0][0], meant[-1][1]) if meant else None


def outdated(kind: DisclaimerKind, text: Text, language: str) -> OlderWording | None:
    """The older approved version that ``text`` holds word for word, if any; never one that still is approved."""
    words = f" {' '.join(text.forms)} "
    base = language.partition("-")[0]
    for old in kind.older:
        if any(locale.partition("-")[0] == base for locale in old.languages) and _words_of(old, language) in words:
            return old
    return None


@lru_cache(maxsize=256)
def _words_of(old: OlderWording, language: str) -> str:
    return f" {' '.join(analyse(old.text, language).forms)} "


def stated(article: Article, kinds: Mapping[str, DisclaimerKind]) -> tuple[Statement, ...]:
    """Every place where an article states a disclaimer, in document order; a section once for each kind it means."""
    language = article.language
    found: list[Statement] = []
    for order, node in enumerate(walk_blocks(article.body)):
        if isinstance(node, Disclaimer) and node.kind in kinds:
            form: Literal["approved", "own"] = "own" if node.blocks else "approved"
            found.append(Statement(node.kind, form, node, order, read_blocks(node.blocks, language)))
        elif isinstance(node, Section) and node.role == SECTION_ROLE:
            found.extend(_section(node, order, kinds, language))
    return tuple(found)


def _section(section: Section, order: int, kinds: Mapping[str, DisclaimerKind], language: str) -> Iterator[Statement]:
    reading = read_blocks(section.blocks, language)
    for kind in kinds.values():
        if says_any(kind, reading.text, language, weak=False) or denied(kind, reading.text, language, weak=False):
            yield Statement(kind.kind, "section", section, order, reading)


def section_kinds(article: Article, kinds: Mapping[str, DisclaimerKind]) -> dict[str, tuple[str, ...]]:
    """By heading id, the kinds that each section which is a disclaimer in itself states in full."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in stated(article, kinds):
        if isinstance(statement.node, Section):
            complete = not missing_elements(kinds[statement.kind], statement.reading.text, article.language)
            named = found.setdefault(statement.node.heading.id, ())
            found[statement.node.heading.id] = (*named, statement.kind) if complete else named
    return found


def approved_texts(kind: DisclaimerKind, version: str) -> tuple[str, ...]:
    """The approved words of a version in every locale, one line for each block; empty for an unknown version."""
    current = [words.blocks for words in kind.wordings.values() if words.version == version]
    older = [old.blocks for old in kind.older if old.version == version]
    return tuple(dict.fromkeys("\n".join(block_lines(blocks)) for blocks in (*current, *older)))


def only_link(node: Disclaimer | Section) -> bool:
    """Whether all the words of a disclaimer are one link, so that the wording itself stands elsewhere."""
    texts: list[str] = []
    links: list[str] = []
    for inner in walk(node.blocks):
        if isinstance(inner, Paragraph):
            texts.append(plain_text(inner.children))
            links.extend(plain_text(child.children) for child in walk(inner.children) if isinstance(child, Link))
    words = _letters(texts)
    return bool(links) and words == _letters(links)


def _letters(texts: Iterable[str]) -> str:
    return "".join(char for text in texts for char in text if char.isalnum())
