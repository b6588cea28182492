"""What the keys of an article's metadata are for, in words for whoever writes them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.source.metadata_form import REQUIRED

KEYS: Mapping[str, str] = {
    "title": "What the reader wants to do or know. It is the article's only heading of level 1.",
    "description": "One sentence of up to 160 characters, for search results and lists.",
    "profile": "The kind of article. It says which sections and disclaimers the article must have.",
    "authors": "Who wrote it: a list of `name`, `credentials` and `url`.",
    "language": "BCP 47 tag, such as `en-GB` or `es-US`; the publisher's where there is none.",
    "subtitle": "A second line below the title.",
    "reviewer": "Who checked the facts: `name` and `credentials`.",
    "published": "The day of publication, as `2026-03-31`.",
    "reviewed": "The day of the last review, as `2026-03-31`.",
    "next_review": "The day by which it must be reviewed again.",
    "topics": "What it is about, as a list. Topics can call for disclaimers.",
    "keywords": "Words that people search for, as a list.",
    "related": "Slugs of other articles that readers may want next.",
    "cover": "Path of a picture, relative to `content/`.",
    "disclaimers": "Disclaimers that are wanted besides those that the text calls for.",
    "allow": "Codes of findings to be silenced, each with a reason.",
    "status": "`draft`, `ready` or `withdrawn`.",
    "funding": "Who paid for it, or `none`.",
}
INSIDE: Mapping[str, Mapping[str, str]] = {
    "authors": {
        "name": "The author's name.",
        "credentials": "What makes them fit to say so, or `lay author`.",
        "url": "Their page on the web, or `mailto:`.",
    },
    "reviewer": {
        "name": "The reviewer's name.",
        "credentials": "What makes them fit to judge the facts.",
    },
}
"""The keys below another key."""


def described(key: str) -> str:
    """What a key is for, and whether every article must have it; empty for an unknown one."""
    text = KEYS.get(key, "")
    return f"{text} Required." if key in REQUIRED else text
