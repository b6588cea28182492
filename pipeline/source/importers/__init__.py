"""From what others write in, plain text, HTML and Word, to an article in Markdown; what is left out is listed.

A reader makes blocks of a file, the stages after it know nothing of its format: furniture of the site is cleared away, lost
headings and lists are found, the title is settled, the article type proposed. Nothing here touches the disk or the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.errors import ContentError
from pipeline.frozen import dataclass
from pipeline.model.nodes import Figure, Heading, Image, Node
from pipeline.model.rewriting import changed
from pipeline.model.walk import find
from pipeline.profiles import Profile
from pipeline.source.importers.bare_headings import mark_headings
from pipeline.source.importers.clearing import clear_edges, clear_lines, clear_opening, clear_tails
from pipeline.source.importers.draft import Draft, Dropped, words_of
from pipeline.source.importers.file_kinds import Kind, kind_of
from pipeline.source.importers.front_matter import Guess, description_of, write_front_matter
from pipeline.source.importers.labels import mark_labels, mark_lists, mark_sources, mark_steps
from pipeline.source.importers.languages import language_of
from pipeline.source.importers.markdown import write_markdown
from pipeline.source.importers.readers import READERS
from pipeline.source.importers.roles import Proposal, propose, role_names
from pipeline.source.importers.shapes import is_prose, text_of
from pipeline.source.importers.titles import settle_title

__all__ = ["Dropped", "Guess", "Imported", "Options", "import_article"]


@dataclass(frozen=True, slots=True)
class Options:
    """What is known of a file before it is read."""

    profiles: Mapping[str, Profile]
    language: str
    """BCP 47, of a text that is not plainly in another language."""
    profile: str = ""
    """The article type, where the user has named it."""
    asked_language: str = ""
    """The language, where the user has named it."""
    encoding: str = ""
    """Of text and HTML, where the user has named it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An article made of a file."""

    kind: Kind
    title: str
    front_matter: str
    body: Callable[[Mapping[str, str]], str]
    """The Markdown below the metadata; it takes where each picture of ``pictures`` was put, by its reference."""
    pictures: tuple[str, ...]
    """References of the pictures that the article shows, as the file has them."""
    embedded: Mapping[str, bytes]
    """Pictures that the file itself holds, by reference."""
    proposal: Proposal
    guesses: tuple[Guess, ...]
    dropped: tuple[Dropped, ...]
    changed: tuple[str, ...]
    """What is there in another form, in words."""
    language: str
    address: str = ""
    """Of the page on the web, to which the references of its pictures are added."""


def import_article(data: bytes, name: str, options: Options) -> Imported:
    """An article made of the bytes of a file, whose ``name`` helps to tell what it is.

    Raises UnreadableError for what cannot be read (encrypted, damaged, of another kind, far too large), ContentError for a
    file that holds no text, UsageError for an encoding that does not exist.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise ContentError("the file is empty", path=name, help="Name a file that has text in it.")
    kind = kind_of(data, name)
    draft = Draft()
    READERS[kind](data, draft, options.encoding)
    if not any(words_of(block) for block in draft.blocks):
        raise ContentError("there is no text in it", path=name, help="Name a file that has text in it.")
    _settle(draft, name, options)
    return _imported(draft, kind, options)


def _settle(draft: Draft, name: str, options: Options) -> None:
    """Make an article of what a reader has found."""
    text = " ".join(words_of(block) for block in draft.blocks)
    draft.language = options.asked_language or language_of(text, draft.language, options.language)

    def roles(heading: str) -> frozenset[str]:
        return role_names(heading, options.profiles.values(), draft.language)

    clear_tails(draft, roles)
    clear_opening(draft)
    clear_lines(draft)
    settle_title(draft, name.rpartition("/")[2].rpartition(".")[0], roles)
    if not draft.structured:
        mark_steps(draft)
    mark_lists(draft)
    mark_headings(draft, roles)
    clear_edges(draft)
    mark_sources(draft, roles)
    draft.blocks[:] = mark_labels(draft.blocks)
    if not draft.description:
        draft.description = description_of(text_of(block) for block in draft.blocks if is_prose(block))


def _imported(draft: Draft, kind: Kind, options: Options) -> Imported:
    headings = [text_of(block) for block in draft.blocks if isinstance(block, Heading)]
    proposal = propose(draft.title, headings, options.profiles, draft.language)
    name = options.profile or proposal.profile
    profile = options.profiles.get(name)
    optional = [role.id for role in profile.roles if not role.required] if profile else []
    front_matter, guesses = write_front_matter(draft, name, draft.language, optional)
    pictures = find([*draft.blocks, *draft.footnotes], Image)

    def body(places: Mapping[str, str]) -> str:
        def put(node: Node) -> tuple[Node, ...]:
            if isinstance(node, Figure):
                return (replace(node, image=replace(node.image, src=places.get(node.image.src, node.image.src))),)
            return (replace(node, src=places.get(node.src, node.src)) if isinstance(node, Image) else node,)

        return write_markdown(changed(draft.blocks, put), changed(draft.footnotes, put))

    return Imported(
        kind=kind,
        title=draft.title,
        front_matter=front_matter,
        body=body,
        pictures=tuple(dict.fromkeys(picture.src for picture in pictures)),
        embedded=draft.pictures,
        proposal=proposal,
        guesses=tuple(guesses),
        dropped=tuple(sorted(draft.dropped, key=lambda each: each.line or len(draft.dropped) * 1_000_000)),
        changed=tuple(dict.fromkeys(draft.changed)),
        language=draft.language,
        address=draft.address,
    )
