"""Disclaimers as boxes that readers, screen readers and the proof find alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.model.nodes import Block, Disclaimer
from pipeline.render.elements import EPUB_TYPE, Element, element
from pipeline.render.scene import Scene

Blocks = Callable[[Iterable[Block], Scene], list[Element]]


def notice(node: Disclaimer, scene: Scene, blocks: Blocks) -> Element:
    """A box: heading and words in a ``<section role="doc-notice">`` with the id ``disclaimer-<kind>``.

    The heading stands one level below the section around it (WCAG 1.3.1).
    """
    id_ = scene.claim(f"disclaimer-{node.kind}")
    level, heading = scene.level, scene.heading
    scene.level = min(level + 1, 6)
    scene.heading = f"{id_}-title"
    title = element(f"h{scene.level}", node.title or node.kind, id=scene.heading, class_="disclaimer-title")
    made = element(
        "section",
        title,
        *blocks(node.blocks, scene),
        id=id_,
        role="doc-notice",
        class_=f"disclaimer disclaimer-{node.kind}",
        # Landmarks of one page have different names: one said again is told by its section.
        aria_labelledby=scene.heading
        if id_ == (scene.apart or scene.prefix) + f"disclaimer-{node.kind}"
        else f"{scene.heading} {heading}",
        # where one box states several kinds, the proof finds them all
        data_kinds=" ".join((node.kind, *node.also)) if node.also else None,
    )
    if scene.target == "epub":
        made.set(EPUB_TYPE, "notice")
    scene.level, scene.heading = level, heading
    return made
