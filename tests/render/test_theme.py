"""Themes are folders over the default one; their style sheets and fonts are the same every time."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
import tinycss2
from fontTools.ttLib import TTFont

from pipeline.errors import ContentError
from pipeline.render import theme
from pipeline.render.colours import brand_tokens, contrast, parse
from pipeline.render.fonts import characters, notation, ranges
from pipeline.render.scene import Target
from pipeline.render.theme import load_theme, resolved, theme_names

TARGETS: tuple[Target, ...] = get_args(Target)
BRAND = "#0b5d4e"
THEMES = Path(theme.__file__).parents[1] / "themes"
KINDS = ("info", "clearance", "stop", "emergency", "risk", "pregnancy", "minors", "supplement", "diet", "commercial")


@pytest.mark.parametrize("name", theme_names())
@pytest.mark.parametrize("target", TARGETS)
def test_a_style_sheet_has_no_mistakes_and_names_nothing_from_elsewhere(name: str, target: Target) -> None:
    css = load_theme(name).stylesheet(target, BRAND)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    assert not [rule for rule in rules if rule.type == "error"]
    assert not re.findall(r"url\(\"(?!data:image/svg\+xml,)", css)
    assert ("var(" in css) == (target == "screen")


@pytest.mark.parametrize("name", theme_names())
def test_every_variable_has_a_value(name: str) -> None:
    css = load_theme(name).stylesheet("screen", BRAND)
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", css)) <= set(re.findall(r"--([a-z0-9-]+):", css))


def test_kinds_of_disclaimer_have_symbols_of_their_own() -> None:
    look = load_theme("default")
    css = look.stylesheet("print", BRAND)
    assert len({look.read(f"symbols/{kind}.svg") for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert f".disclaimer-{kind} .disclaimer-title" in css


def test_a_theme_changes_what_it_holds_and_keeps_the_rest() -> None:
    default, studio = load_theme("default"), load_theme("studio")
    assert studio.read("shells/screen.xhtml") == default.read("shells/screen.xhtml")
    for target in TARGETS:
        assert studio.stylesheet(target, BRAND) != default.stylesheet(target, BRAND)
        assert ".disclaimer-stop" in studio.stylesheet(target, BRAND)
    assert default.family("head")[0].family != studio.family("head")[0].family
    assert default.family("text")[0].family == studio.family("text")[0].family


@pytest.mark.parametrize("name", [name for name in theme_names() if name != "default"])
def test_a_theme_holds_nothing_that_the_default_theme_has_alike(name: str) -> None:
    for mine in (THEMES / name).rglob("*.*"):
        other = THEMES / "default" / mine.relative_to(THEMES / name)
        assert not other.exists() or other.read_text("utf-8") != mine.read_text("utf-8"), mine


def test_one_folder_is_all_that_a_new_theme_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(THEMES / "default", tmp_path / "default")
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "theme.toml").write_text("# nothing but this\n", "utf-8")
    (tmp_path / "plain" / "base.css").write_text("h2 { color: var(--ink); }\n", "utf-8")
    monkeypatch.setattr(theme, "_root", lambda: tmp_path)
    plain = load_theme.__wrapped__("plain")
    assert theme_names() == ["default", "plain"]
    assert plain.faces == load_theme("default").faces
    for target in TARGETS:
        own, default = plain.stylesheet(target, BRAND), load_theme("default").stylesheet(target, BRAND)
        rule = "h2{color:" if target == "screen" else "h2 { color:"
        assert own.count(rule) == 1 + default.count(rule)


@pytest.mark.parametrize("name", theme_names())
@pytest.mark.parametrize("brand", [BRAND, "#ffe066", "#101018", "#d4001a"])
def test_the_sign_of_a_disclaimer_can_be_seen_in_any_brand_colour(name: str, brand: str) -> None:
    look = load_theme(name)
    tokens = "".join(f"--{token}:{value};" for token, value in brand_tokens(brand).items())
    for kind in KINDS:
        drawing = resolved(look.read(f"symbols/{kind}.svg"), tokens)
        ground, sign = dict.fromkeys(re.findall(r"(?:fill|stroke)='(#\w+)'", drawing.partition(">")[2] + drawing))
        assert contrast(parse(ground), parse(sign)) >= 4.5, kind


def test_an_unknown_theme_is_refused_with_a_name_that_is_like_it() -> None:
    with pytest.raises(ContentError, match="no theme 'studoi'") as caught:
        load_theme("studoi")
    assert "'studio'" in caught.value.help


def test_paper_decides_the_size_of_pages_and_the_small_one_the_scale() -> None:
    theme = load_theme("default")
    sheets = {paper: theme.stylesheet("print", BRAND, paper=paper) for paper in ("A4", "Letter", "A5")}
    for paper, css in sheets.items():
        assert f"@page{{size:{paper}}}" in css
    assert "html { font-size: 10pt; }" in sheets["A5"]
    assert "html { font-size: 10pt; }" not in sheets["A4"]


def test_disclaimers_are_set_at_the_size_of_the_text() -> None:
    css = load_theme("default").stylesheet("print", BRAND)
    sizes = re.findall(r"\.disclaimer(?:-[a-z]+)? \{[^}]*font-size[^}]*\}", css)
    assert sizes == []


def test_web_fonts_are_small_and_hold_what_their_rules_say() -> None:
    theme = load_theme("default")
    fonts = theme.web_fonts()
    for rule in re.findall(r"@font-face\{(.*?)\}", theme.web_faces("fonts/")):
        name = re.search(r'url\("fonts/([^"]+)"\)', rule)
        points = re.search(r"unicode-range:([^;]+)", rule)
        assert name
        assert points
        with TTFont(io.BytesIO(fonts[name[1]])) as font:
            assert set(font.getBestCmap()) <= ranges(points[1])
    first_view = ("Regular", "Bold", "Italic")
    assert sum(len(fonts[f"AtkinsonHyperlegible-{face}.woff2"]) for face in first_view) < 45_000


def test_fonts_lose_no_character_between_their_files() -> None:
    theme = load_theme("default")
    offered = re.findall(r"unicode-range:([^;]+);src:url\(\"(.+?)(?:-more)?\.woff2\"", theme.web_faces(""))
    for face in theme.faces:
        files = [ranges(written) for written, stem in offered if stem == face.stem]
        assert frozenset().union(*files) >= characters(face)
        assert sum(len(each & characters(face)) for each in files) == len(characters(face)), (
            "a character is in two files"
        )


def test_ranges_are_read_as_they_are_written() -> None:
    points = frozenset({0x20, 0x21, 0x22, 0x41, 0x20AC})
    assert notation(points) == "U+20-22,U+41,U+20AC"
    assert ranges(notation(points)) == points
