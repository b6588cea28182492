"""axe-core, run on pages as Chromium shows them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.validators.installation import chromium, installed
from tests.validators.message import Message, ValidatorError, existing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import BrowserContext, Page

WCAG_A_OR_AA = re.compile(r"wcag\d+a{1,2}")
"""axe's tags for the rules of WCAG, such as wcag2a and wcag22aa; wcag2aaa is not among them."""


def audit_html(paths: Iterable[Path]) -> list[Message]:
    """Return every violation; those of WCAG's levels A and AA are errors, of mere good practice warnings.

    Whatever a page fails to load is an error as well, and so is all that it would fetch from a network: none is given.

    Raises:
        MissingToolError: axe-core or Chromium is not installed.
        ValidatorError: there is nothing to check, or axe did not run.
    """
    from playwright.sync_api import sync_playwright

    files = existing(paths)
    script = installed("node_modules", "axe-core", "axe.min.js").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        context = browser.new_context(bypass_csp=True, offline=True)
        messages = [message for file in files for message in audit(context, file, script)]
        browser.close()
    return messages


def audit(context: BrowserContext, file: Path, script: str) -> list[Message]:
    """Return what one page breaks."""
    page = context.new_page()
    lost: list[str] = []
    page.on("requestfailed", lambda request: lost.append(request.url))
    page.goto(file.as_uri())
    messages = [violation(file, found) for found in violations(page, script)]
    page.close()
    return [*messages, *[Message(file, "error", "not-loaded", url) for url in lost]]


def violations(page: Page, script: str) -> list[dict[str, Any]]:
    """Run axe in a page.

    Raises:
        ValidatorError: axe passed nothing and failed nothing.
    """
    page.evaluate(script)
    result: dict[str, list[dict[str, Any]]] = page.evaluate(
        "axe.run({resultTypes: ['violations', 'passes'], preload: false})"
    )
    if not result["passes"] and not result["violations"]:
        raise ValidatorError(f"axe found nothing to judge on {page.url}")
    return result["violations"]


def violation(file: Path, found: dict[str, Any]) -> Message:
    """Return the message for one entry of axe's result."""
    is_wcag = any(WCAG_A_OR_AA.fullmatch(tag) for tag in found["tags"])
    return Message(
        path=file,
        severity="error" if is_wcag else "warning",
        rule=found["id"],
        text=f"{found['help']} ({len(found['nodes'])} times)",
        where=" ".join(str(part) for part in found["nodes"][0]["target"]),
    )
