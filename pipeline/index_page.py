"""The page that lists all articles which have a page of their own."""

from __future__ import annotations

from pipeline.cache import digest
from pipeline.export import FORMATS
from pipeline.outputs import Outputs
from pipeline.publication import imprint
from pipeline.render.labels import load_labels
from pipeline.source import picture_at, source_name
from pipeline.toolchain import toolchain
from pipeline.workspace import Workspace

INDEX = "html/index.html"


def get_ready(workspace: Workspace) -> None:
    """Read what it is made with: an index of nothing takes as much of it as one of thousands."""
    from pipeline.export.html import index

    config = workspace.config
    index((), imprint(config), language=config.language, theme=config.theme)
    load_labels(config.language).date(workspace.as_of)


def add_index(workspace: Workspace, outputs: Outputs) -> None:
    """Make it anew where what it lists has changed; nothing is listed that was not proven."""
    from pipeline.export.html import index  # a build of other formats does not pay for it

    entries = [
        entry
        for entry in workspace.library.entries.values()
        if f"html/{entry.slug}{FORMATS['html'].suffix}" in outputs.rows
    ]
    config = workspace.config
    logo = picture_at(workspace.content, config.logo) if config.logo else None
    shown = ((e.slug, e.title, e.description, e.profile, e.language, e.reviewed) for e in entries)
    look = (imprint(config), config.language, config.theme, logo and logo.data)
    key = digest((toolchain(), repr(look), *map(repr, shown)))
    if entries and outputs.current(INDEX, key):
        return
    # it goes with the style sheet of each article that is made anew, whatever it lists
    page = outputs.made_before(INDEX, key)
    sources = tuple(sorted(source_name(workspace.content, entry.path) for entry in entries))
    outputs.replace_shared(INDEX)
    if entries:
        files = index(entries, imprint(config), language=config.language, theme=config.theme, logo=logo, page=page)
        outputs.add(files, format_name="html", sources=sources, key=key)
