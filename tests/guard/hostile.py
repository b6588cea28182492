"""A content tree of somebody who wants in: what can be refused, and what is sound and must come out harmless."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.source.pictures.samples import SECRET, picture

ROOT = Path(__file__).parents[2]
BASE = (ROOT / "tests" / "corpus" / "base" / "nutrition-en.md").read_text("utf-8")
CANARY = "CANARY-7f3a91"
"""Stands in every file that nothing may read, and so in no output."""

REFUSED: Mapping[str, str] = {
    "raw-html": "Words <b onclick=alert(1)>here</b>.\n\n<script src='https://evil.example/a.js'></script>",
    "script-link": "See [the table](java\\\nscript:alert(1)) or [this](&#106;avascript:alert(1)).",
    "data-link": "See [the table](data:text/html;base64,PHNjcmlwdD4=).",
    "file-link": "See [the table](file:///etc/passwd).",
    "vbscript-link": "See <vbscript:alert(1)>.",
    "remote-picture": "![A plate](https://evil.example/pixel.png)",
    "protocol-relative": "![A plate](//evil.example/pixel.png)",
    "data-picture": "![A plate](data:image/png;base64,iVBORw0KGgo=)",
    "outside-picture": "![A plate](../outside/secret.svg)",
    "outside-file": "See [the list](../../outside/secret.txt).",
    "linked-picture": "![A plate](images/link.svg)",
    "hard-linked-picture": "![A plate](images/hard.svg)",
    "piped-picture": "![A plate](images/pipe.png)",
    "device-picture": "![A plate](images/zero.png)",
    "script-drawing": "![A plate](images/script.svg)",
    "event-drawing": "![A plate](images/event.svg)",
    "foreign-drawing": "![A plate](images/foreign.svg)",
    "remote-drawing": "![A plate](images/remote.svg)",
    "entity-drawing": "![A plate](images/entity.svg)",
    "import-drawing": "![A plate](images/import.svg)",
    "doctype-drawing": "![A plate](images/parameter.svg)",
    "include-drawing": "![A plate](images/include.svg)",
    "trojan": "Take \u202eten\u202c grams.",
}
"""What is added to a sound article, by its slug; each makes it unsound."""

TAME = """
The code `<script>alert(1)</script>` and the words \\<img src=x onerror=alert(1)\\> and &lt;iframe&gt; are words.

```html
<script src="https://evil.example/a.js"></script><!-- --> ]]> </style></script>
```

[A "link' \\> \\"onmouseover=alert(1)](https://sources.example/?a="onload="alert(1)&b='%3Cscript%3E) and so on.

![A "plate" onerror='alert(1)' \\> \\<b\\>](images/photo.jpg "A caption \\" onload=alert(1) <script>")

![Styled](images/tame.svg "Its own styles")

## Notes "quoted' \\<b\\> {#x-onclick}

Odd characters: \ufeff \u200b \u00ad \U0001f4aa, all of which are only characters to a page and its readers.[^n]

[^n]: A note `</script><script>alert(1)</script>` and &lt;/script&gt;.
"""
TITLES = {
    "title: Protein for people who lift": "title: 'Protein </title><script>alert(1)</script> \"&amp; ''lift'''",
    "description: How": "description: '\"><script>alert(1)</script> How",
    "should ask first.": "should ask first.'",
    "  - name: Priya Nair": '  - name: \'Priya "onload="alert(1)" <b> Nair\'',
    "topics: [protein]": "topics: ['protein', '</script>']\nkeywords: ['\"><svg/onload=alert(1)>']\nfunding: '<i>none</i>'",
}


def make_hostile_project(folder: Path) -> Path:
    """A project with the tree; beside it lies what nothing may read."""
    project, outside = folder / "project", folder / "outside"
    articles, images = project / "content" / "articles", project / "content" / "images"
    for each in (articles, images, outside):
        each.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "torture" / "content" / "publisher.toml", project / "content")
    shutil.copy(ROOT / "tests" / "torture" / "content" / "images" / "logo.svg", images)
    for name, text in REFUSED.items():
        (articles / f"{name}.md").write_text(BASE + "\n" + text + "\n", "utf-8")
    source = BASE.replace("## Sources", TAME + "\n## Sources")
    for old, new in TITLES.items():
        assert old in source
        source = source.replace(old, new)
    (articles / "tame.md").write_text(source, "utf-8")
    _make_images(images)
    _make_outside(outside, articles, images)
    return project


def _make_images(images: Path) -> None:
    head = 'xmlns="http://www.w3.org/2000/svg" width="40" height="30"'
    drawings = {
        "script": f"<svg {head}><script>fetch('https://evil.example')</script></svg>",
        "event": f'<svg {head}><rect onload="alert(1)"/></svg>',
        "foreign": f'<svg {head}><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>',
        "remote": f'<svg {head}><image href="https://evil.example/a.png"/></svg>',
        "entity": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "../../../outside/secret.txt">]><svg {head}><text>&x;</text></svg>',
        "parameter": f'<!DOCTYPE svg [<!ENTITY % x SYSTEM "../../../outside/secret.txt"> %x;]><svg {head}/>',
        "import": f"<svg {head}><style>@\\69mport url(https://evil.example/a.css);</style></svg>",
        "include": f'<svg {head}><image xmlns:x="http://www.w3.org/1999/xlink" x:href="../../outside/secret.svg"/></svg>',
        "tame": f'<svg {head}><style>.a{{fill:#0b5d4e}}</style><metadata>{CANARY}</metadata><rect class="a" width="9" height="9"/></svg>',
    }
    for name, text in drawings.items():
        (images / f"{name}.svg").write_text(text, "utf-8")
    (images / "photo.jpg").write_bytes(picture("jpeg").replace(SECRET, CANARY.encode().ljust(len(SECRET), b"-")))
    os.mkfifo(images / "pipe.png")
    (images / "zero.png").symlink_to("/dev/zero")


def _make_outside(outside: Path, articles: Path, images: Path) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><title>{CANARY}</title></svg>'
    (outside / "secret.svg").write_text(drawing, "utf-8")
    (outside / "secret.txt").write_text(CANARY, "utf-8")
    (outside / "secret.md").write_text(BASE + CANARY, "utf-8")
    (images / "link.svg").symlink_to(outside / "secret.svg")
    os.link(outside / "secret.svg", images / "hard.svg")
    (articles / "linked.md").symlink_to(outside / "secret.md")
    os.link(outside / "secret.md", articles / "hard-linked.md")
    (articles / "folder").symlink_to(outside)
    os.mkfifo(articles / "pipe.md")
    (articles / "Fu\u0308llen.md").write_text(BASE, "utf-8")
    (articles / "Raw-HTML.md").write_text(BASE, "utf-8")
