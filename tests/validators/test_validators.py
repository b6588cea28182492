"""Each validator passes a sound file, names what is wrong with a broken one, and never passes what it did not see."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from pipeline.report import FORMATTERS, Report
from tests.validators import (
    Message,
    MissingToolError,
    ValidatorError,
    audit_epub,
    audit_html,
    installation,
    validate_epub,
    validate_html,
    validate_pdf,
    validate_sarif,
)
from tests.validators.samples import page, write_epub, write_html, write_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

pytestmark = pytest.mark.validator


def rules(messages: Iterable[Message]) -> dict[str, set[str]]:
    """Return the broken rules by the name of the file."""
    found: dict[str, set[str]] = defaultdict(set)
    for message in messages:
        found[message.path.name].add(message.rule)
    return dict(found)


def test_verapdf_tells_sound_pdf_ua_from_broken(tmp_path: Path):
    sound = write_pdf(tmp_path / "sound ü.pdf", page(), "pdf/ua-1")
    no_title = write_pdf(tmp_path / "no-title.pdf", page(title=""), "pdf/ua-1")
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(sound.read_bytes()[:200])

    found = rules(validate_pdf([sound, no_title, damaged]))

    assert found == {"no-title.pdf": {"ua1 7.1-9"}, "damaged.pdf": {"ua1 unreadable"}}


def test_verapdf_judges_by_the_flavours_asked_for(tmp_path: Path):
    archival = write_pdf(tmp_path / "archival.pdf", page(), "pdf/a-2a")
    accessible = write_pdf(tmp_path / "accessible.pdf", page(), "pdf/ua-1")

    found = rules(validate_pdf([archival, accessible], ["2a", "ua1"]))

    assert {rule.split()[0] for rule in found["archival.pdf"]} == {"ua1"}
    assert {rule.split()[0] for rule in found["accessible.pdf"]} == {"2a"}


def test_verapdf_refuses_a_flavour_that_it_does_not_know(tmp_path: Path):
    with pytest.raises(ValidatorError, match="no flavour ua9"):
        validate_pdf([write_pdf(tmp_path / "sound.pdf", page(), "pdf/ua-1")], ["ua9"])


def test_epubcheck_tells_a_sound_book_from_broken_ones(tmp_path: Path):
    sound = write_epub(tmp_path / "sound ü.epub")
    no_title = write_epub(tmp_path / "no-title.epub", title="")
    lost_image = write_epub(tmp_path / "lost-image.epub", chapter='<p><img src="lost.png" alt="Lost"/></p>')
    damaged = tmp_path / "damaged.epub"
    damaged.write_bytes(b"PK")

    found = rules(validate_epub(sound, no_title, lost_image, damaged))

    assert found.keys() == {"no-title.epub", "lost-image.epub", "damaged.epub"}
    assert "RSC-005" in found["no-title.epub"]
    assert "RSC-007" in found["lost-image.epub"]


def test_ace_passes_an_accessible_book(tmp_path: Path):
    assert audit_epub(write_epub(tmp_path / "sound.epub")) == []


def test_ace_names_an_image_without_alternative_text(tmp_path: Path):
    broken = write_epub(tmp_path / "broken.epub", chapter='<h1>Squat</h1><p><img src="nav.xhtml"/></p>')

    assert "image-alt" in rules(audit_epub(broken))["broken.epub"]


def test_nu_tells_sound_pages_and_their_parts_from_broken_ones(tmp_path: Path):
    sound = write_html(tmp_path / "sound ü.html", page())
    nested = write_html(tmp_path / "nested.html", page(body="<h1>Squat</h1><p><div>Stand</div></p>"))
    odd_style = write_html(tmp_path / "odd.css", "p { colour: green }")
    sound_style = write_html(tmp_path / "sound.css", "p { color: green }")

    messages = validate_html([sound, nested, sound_style, odd_style])

    assert rules(messages).keys() == {"nested.html", "odd.css"}
    assert all(message.severity == "error" for message in messages)


def test_nu_warns_of_a_page_without_language(tmp_path: Path):
    [message] = validate_html([write_html(tmp_path / "page.html", page(lang=""))])

    assert (message.severity, message.path) == ("warning", tmp_path / "page.html")


def test_the_multitool_tells_a_sound_report_from_broken_ones(tmp_path: Path):
    sound = tmp_path / "sound.sarif"
    sound.write_text(FORMATTERS["sarif"](Report((), 0)), "utf-8")
    invented = tmp_path / "invented.sarif"
    invented.write_text(sound.read_text("utf-8").replace('"columnKind"', '"columnSort"'), "utf-8")
    damaged = tmp_path / "damaged.sarif"
    damaged.write_bytes(sound.read_bytes()[:200])

    found = rules(validate_sarif([sound, invented, damaged]))

    assert found == {"invented.sarif": {"JSON1005"}, "damaged.sarif": {"JSON0001"}}


def test_axe_tells_an_accessible_page_from_one_that_is_not(tmp_path: Path):
    sound = write_html(tmp_path / "sound ü.html", page())
    pale = write_html(tmp_path / "pale.html", page(head="<style>p { color: #ddd }</style>"))
    no_heading = write_html(tmp_path / "no-heading.html", page(body="<p>Stand with your feet apart.</p>"))
    lost_image = write_html(tmp_path / "lost-image.html", page(body='<h1>Squat</h1><img src="lost.png" alt="Lost">'))
    remote = '<h1>Squat</h1><img src="https://tracker.invalid/1.png" alt="Pixel">'
    remote_image = write_html(tmp_path / "remote-image.html", page(body=remote))

    messages = audit_html([sound, pale, no_heading, lost_image, remote_image])

    assert {(message.path.name, message.severity, message.rule) for message in messages} == {
        ("pale.html", "error", "color-contrast"),
        ("no-heading.html", "warning", "page-has-heading-one"),
        ("lost-image.html", "error", "not-loaded"),
        ("remote-image.html", "error", "not-loaded"),
    }


VALIDATORS: dict[str, Callable[[list[Path]], list[Message]]] = {
    "veraPDF": validate_pdf,
    "EPUBCheck": lambda files: validate_epub(*files),
    "Ace": lambda files: audit_epub(*files),
    "Nu": validate_html,
    "axe": audit_html,
    "SARIF Multitool": validate_sarif,
}


@pytest.mark.parametrize("name", VALIDATORS)
def test_nothing_to_validate_is_a_failure(name: str, tmp_path: Path):
    with pytest.raises(ValidatorError, match="no files"):
        VALIDATORS[name]([])
    with pytest.raises(ValidatorError, match="is no file"):
        VALIDATORS[name]([tmp_path / "missing"])


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_missing_validator_is_a_failure_that_says_what_to_do(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = write_html(tmp_path / "page.html", page())
    monkeypatch.setattr(installation, "HOME", tmp_path / "nowhere")

    with pytest.raises(MissingToolError, match="make validators"):
        VALIDATORS[name]([file])
