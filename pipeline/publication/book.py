"""One book as a publication: its articles as chapters, and the matter around them.

Every general disclaimer stands once in the front matter, before anything that tells readers how to move. One whose text not
all chapters share stands at the head of its chapters as well, and ``stop`` and ``emergency`` stay beside the steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.config import Config
from pipeline.config.settings import Paper
from pipeline.model.article import Person
from pipeline.model.book import Book
from pipeline.model.nodes import Block, Disclaimer
from pipeline.model.publication import Chapter, Picture, Publication
from pipeline.model.volume import SharedBox, Volume, VolumePart
from pipeline.model.walk import find
from pipeline.publication.article import imprint
from pipeline.publication.edition import edition
from pipeline.publication.exercises import exercises
from pipeline.publication.placement import BESIDE_STEPS
from pipeline.publication.shown import box_words, shown_pictures
from pipeline.publication.works import gather


def book_publication(
    book: Book,
    *,
    chapters: Sequence[Chapter],
    config: Config,
    pictures: Mapping[str, Picture],
    sources: Sequence[str],
    paper: Paper,
) -> Publication:
    """Make the publication of one sound book.

    ``chapters`` are its articles in order, with their disclaimers in place; ``pictures`` holds every picture that they, the
    cover and the imprint name; ``sources`` are paths below ``content/``, the book's own first.
    """
    metadata = book.sheet.metadata
    shorter, works = gather(chapters)
    volume = Volume(
        subtitle=metadata.subtitle,
        description=metadata.description,
        authors=metadata.authors,
        editors=book.editors,
        published=metadata.published,
        cover=metadata.cover,
        parts=tuple(VolumePart(part.title, tuple(entry.article for entry in part.entries)) for part in book.parts),
        front=_front(shorter, metadata.language),
        works=works,
        exercises=exercises(shorter),
    )
    shown = shown_pictures(chapters) | {config.logo, metadata.cover}
    publication = Publication(
        kind="book",
        slug=book.slug,
        title=metadata.title,
        language=metadata.language,
        chapters=shorter,
        imprint=imprint(config),
        edition="",
        theme=config.theme,
        paper=paper,
        pictures={path: pictures[path] for path in sorted(shown) if path in pictures},
        sources=tuple(sources),
        volume=volume,
    )
    return replace(publication, edition=edition(publication))


def own_front(chapter: Chapter, volume: Volume) -> tuple[Block, ...]:
    """What of a chapter's front matter the book's own does not say for all chapters."""
    everywhere = {box_words(each.box) for each in volume.front if each.everywhere}
    return tuple(
        block for block in chapter.front if not isinstance(block, Disclaimer) or box_words(block) not in everywhere
    )


def people(publication: Publication) -> tuple[Person, ...]:
    """Who wrote a publication: a book's own authors or editors, else those of all chapters, each once."""
    if publication.volume:
        return publication.volume.authors or publication.volume.editors
    return tuple({author.name: author for chapter in publication.chapters for author in chapter.authors}.values())


def _front(chapters: Sequence[Chapter], language: str) -> tuple[SharedBox, ...]:
    """Each text of a general disclaimer once, with the first chapter that has it; those in the book's language lead.

    Where there is but one chapter, every text.
    """
    single = len(chapters) == 1
    stated = []
    for chapter in chapters:
        boxes = find((*chapter.front, *chapter.body) if single else chapter.front, Disclaimer)
        stated.append({box_words(box): box for box in boxes if single or box.kind not in BESIDE_STEPS})
    found: dict[tuple[str, ...], SharedBox] = {}
    foreign = set()
    for chapter, texts in zip(chapters, stated, strict=True):
        for words, box in texts.items():
            everywhere = not single and all(words in others for others in stated)
            if found.setdefault(words, SharedBox(chapter.slug, box, everywhere)).chapter == chapter.slug:
                foreign |= {words} if chapter.language != language else set()
    return tuple(found[words] for words in sorted(found, key=lambda each: each in foreign))
