"""What an article refers to on disk: found, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.files import ContentFolder
from pipeline.model.article import Article, ArticleMetadata, Resource
from pipeline.source import read_pictures, resources
from pipeline.source.findings import Findings
from pipeline.source.markdown import parse_markdown
from pipeline.source.resources import Resources
from tests.source.pictures.samples import SECRET, picture, png_of_size


@pytest.fixture
def content(tmp_path: Path) -> Path:
    images = tmp_path / "content/images"
    images.mkdir(parents=True)
    (images / "a.png").write_bytes(picture("png"))
    (images / "café pic.jpg").write_bytes(picture("jpeg"))
    (images / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="12" height="8"/>')
    (tmp_path / "content/log.pdf").write_bytes(b"%PDF-")
    (tmp_path / "secret.png").write_bytes(picture("png"))
    return tmp_path / "content"


def found(content: Path, markdown: str, *, cover: str = "", logo: str = "") -> dict[str, Resource]:
    parsed = parse_markdown(markdown, findings=Findings())
    return Resources(ContentFolder(content)).of(ArticleMetadata(cover=cover), parsed.body, logo)


def state(content: Path, reference: str) -> str:
    return found(content, f"![x](<{reference}>)")[reference].state


def test_pictures_cover_and_logo_are_looked_up(content: Path):
    facts = found(
        content, "![x](images/a.png) ![y](<images/café pic.jpg>)", cover="images/a.png", logo="images/logo.svg"
    )
    assert list(facts) == ["images/logo.svg", "images/a.png", "images/café pic.jpg"]
    assert {resource.state for resource in facts.values()} == {"ok"}
    logo, png, jpeg = facts.values()
    assert (logo.media_type, logo.width, logo.height) == ("image/svg+xml", 12, 8)
    assert (png.media_type, png.width, png.height) == ("image/png", 30, 20)
    assert jpeg.media_type == "image/jpeg"


def test_linked_files_are_looked_up_without_their_anchor_and_articles_are_not(content: Path):
    links = "[a](log.pdf#page=2) [b](other.md) [c](other.md#x) [d](#x) [e](https://a.example/b.pdf) [f](mailto:a@b.c)"
    facts = found(content, f"{links} [g](gone.pdf) [h](sub/other.md)")
    assert {reference: resource.state for reference, resource in facts.items()} == {
        "log.pdf#page=2": "ok",
        "gone.pdf": "missing",
        "sub/other.md": "missing",
    }
    assert facts["log.pdf#page=2"].media_type == "application/pdf"


@pytest.mark.parametrize("reference", ["https://a.example/x.png", "//a.example/x.png", "data:image/png;base64,AA"])
def test_what_is_no_local_file_is_for_the_check_on_links(content: Path, reference: str):
    assert found(content, f"![x]({reference})") == {}


@pytest.mark.parametrize(
    "reference",
    [
        "../secret.png",
        "images/../../secret.png",
        "images/../images/a.png",
        "/etc/passwd",
        "images\\a.png",
        "..\\secret.png",
    ],
)
def test_paths_that_lead_out_are_outside(content: Path, reference: str):
    assert Resources(ContentFolder(content)).picture(reference)[0].state == "outside"


def test_links_are_followed_within_and_refused_beyond(content: Path):
    (content / "images/in.png").symlink_to("a.png")
    (content / "images/out.png").symlink_to("../../secret.png")
    (content / "images/hard.png").hardlink_to(content.parent / "secret.png")
    (content / "away").symlink_to("..")
    assert state(content, "images/in.png") == "ok"
    assert state(content, "images/out.png") == "outside"
    assert state(content, "images/hard.png") == "outside"
    assert state(content, "away/secret.png") == "outside"


def test_what_is_there_but_no_picture(content: Path):
    (content / "images/b.jpg").write_bytes(picture("png"))
    (content / "images/c.png").write_bytes(b"words")
    (content / "images/d.bmp").write_bytes(picture("png"))
    (content / "images/e.png").mkdir()
    (content / "images/f.png").write_bytes(picture("png")[:100])
    facts = found(content, " ".join(f"![x](images/{name})" for name in ("b.jpg", "c.png", "d.bmp", "e.png", "f.png")))
    assert {name: (resource.state, resource.detail) for name, resource in facts.items()} == {
        "images/b.jpg": ("wrong-kind", "it is a PNG picture, not JPEG"),
        "images/c.png": ("wrong-kind", "it is no PNG picture"),
        "images/d.bmp": ("wrong-kind", "its name does not end in one of .png, .jpg, .jpeg, .gif, .webp, .svg"),
        "images/e.png": ("wrong-kind", "it is a directory"),
        "images/f.png": ("damaged", "it is cut off before its end"),
    }


def test_limits(content: Path, monkeypatch: pytest.MonkeyPatch):
    (content / "images/big.png").write_bytes(png_of_size(10_000, 5_001))
    (content / "images/long.png").write_bytes(picture("png") + bytes(20 * 1024 * 1024))
    (content / "images/long.svg").write_bytes(b"<svg/>" + b" " * (5 * 1024 * 1024))
    facts = found(content, "![x](images/big.png) ![x](images/long.png) ![x](images/long.svg)")
    assert {name: (resource.state, resource.detail) for name, resource in facts.items()} == {
        "images/big.png": ("too-large", "it has 10000 × 5001 pixels, more than 50 million"),
        "images/long.png": ("too-large", "it has 20.0 MB, more than 20"),
        "images/long.svg": ("too-large", "it has 5.0 MB, more than 5"),
    }
    monkeypatch.setattr(resources, "MAX_PIXELS", 60_000_000)
    assert state(content, "images/big.png") == "ok"


def test_pictures_travel_without_their_metadata(content: Path):
    parsed = parse_markdown(
        "![x](images/a.png) ![y](images/gone.png)\n\n[^a]: ![z](<images/café pic.jpg>)", findings=Findings()
    )
    article = Article("a.md", "a", "", ArticleMetadata(), parsed.body, parsed.footnotes)
    pictures = read_pictures(content, article, "images/logo.svg", "")
    assert list(pictures) == ["images/logo.svg", "images/a.png", "images/café pic.jpg"]
    assert not any(SECRET in one.data for one in pictures.values())
    assert (pictures["images/a.png"].media_type, pictures["images/a.png"].width) == ("image/png", 30)
