"""The report of a build: what is known of each source, and what was made and proven of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import nullcontext, suppress
from operator import attrgetter

from pipeline.cache import digest
from pipeline.limits import OVER, within_limits
from pipeline.manifest import Output
from pipeline.model.diagnostic import Severity
from pipeline.model.proof import OutputFile
from pipeline.outputs import Outputs
from pipeline.report import contact_sheet, facts, overview
from pipeline.report.earlier import Earlier
from pipeline.report.facts import Facts
from pipeline.source import source_name
from pipeline.toolchain import toolchain
from pipeline.workspace import Checked, Workspace


def add_overview(workspace: Workspace, checked: Iterable[Checked], outputs: Outputs) -> None:
    """Make report and facts anew where anything in them has changed; sources that were not asked for keep their facts."""
    before = outputs.read(facts.PATH) or b""
    known = facts.load(before)
    rows = _facts(workspace, checked, known)
    titles = {name: profile.title(workspace.config.language) for name, profile in workspace.profiles.items()}
    key = _key(workspace, titles, before, outputs.rows)
    if rows == known and outputs.current(overview.PAGE, key) and outputs.current(facts.PATH, key):
        return
    data = facts.dump(rows.values())
    key = _key(workspace, titles, data, outputs.rows)
    page = outputs.made_before(overview.PAGE, _key(workspace, titles, before, outputs.before))
    earlier = Earlier(page, tuple(known.values()), tuple(outputs.before.values())) if page else None
    outputs.replace_shared(overview.PAGE)
    outputs.replace_shared(facts.PATH)
    if not rows:
        return
    made = overview.page(
        rows.values(),
        outputs.rows.values(),
        outputs.read,
        publisher=workspace.config.name,
        colour=workspace.config.colour,
        titles=titles,
        sheet=contact_sheet.SHEET if contact_sheet.SHEET in outputs.rows else "",
        earlier=earlier,
    )
    sources = tuple(sorted({source for row in outputs.rows.values() if row.edition for source in row.sources}))
    for file in (made, OutputFile(facts.PATH, "application/json", data)):
        outputs.add([file], format_name="report", sources=sources, key=key)


def add_contact_sheet(workspace: Workspace, outputs: Outputs) -> None:
    """Make the contact sheet of all PDFs anew where one of them has changed, or an article's title."""
    there = outputs.rows
    pdfs = sorted(
        (row for path, row in there.items() if contact_sheet.strip_path(path) in there), key=attrgetter("path")
    )
    entries = workspace.library.entries if pdfs else {}
    marks = [(row.path, row.sha256, row.pages, row.edition) for row in pdfs]
    titles = [(slug, entry.title, entry.language) for slug, entry in entries.items()]
    key = digest((toolchain(), json.dumps((marks, titles)))) if pdfs else ""
    if pdfs and outputs.current(contact_sheet.SHEET, key):
        return
    outputs.replace_shared(contact_sheet.SHEET)
    if pdfs:
        sources = tuple(sorted({source for row in pdfs for source in row.sources}))
        outputs.add([contact_sheet.sheet(pdfs, entries)], format_name="report", sources=sources, key=key)


def source_facts(workspace: Workspace, checked: Checked, known: Facts | None = None) -> Facts:
    """The facts of one checked source; ``known`` are those of an earlier build, whose readability holds for the same text."""
    article = checked.article
    profile = workspace.profiles.get(article.metadata.profile)
    same = known.reading if known is not None and known.digest == article.digest else None
    measure = checked.record.measure if checked.record else None
    errors = sum(one.severity is Severity.ERROR for one in checked.diagnostics)
    # a picture that nothing shows is told with every article, and is the fault of none
    own = [one for one in checked.diagnostics if one.path == article.path]
    warnings = sum(one.severity is Severity.WARNING for one in own)
    return facts.facts(
        article,
        source_name(workspace.content, article.path),
        facts.reading(article, profile, workspace.config, same or measure),
        (errors, warnings, checked.suppressed),
        review_months=workspace.config.policy.review_months,
    )


def _facts(workspace: Workspace, checked: Iterable[Checked], known: Mapping[str, Facts]) -> dict[str, Facts]:
    """By source: those of this build, and ``known`` ones of earlier builds where the source is still there."""
    paths = [*(entry.path for entry in workspace.library.entries.values()), *workspace.holders]
    there = {source_name(workspace.content, path) for path in paths}
    rows = {source: row for source, row in known.items() if source in there}
    for one in checked:
        source, row = source_name(workspace.content, one.article.path), None
        limits = nullcontext() if one.record else within_limits()  # what the checks have measured takes no time
        with suppress(*OVER), limits:
            row = source_facts(workspace, one, known.get(source)) if one.article.parsed else None
        if row is not None:
            rows[source] = row
        else:  # of what takes too much there are no facts, as of what cannot be read, whatever it said before
            rows.pop(source, None)
    return rows


def _key(workspace: Workspace, titles: Mapping[str, str], data: bytes, outputs: Mapping[str, Output]) -> str:
    """What the report is made from, with the facts in ``data``: the same key, the same bytes."""
    # a row says no more of a file than what the file shows, which its digest stands for, and what the checks found
    made = [
        [row.path, row.sha256, row.sources, row.edition, row.pages, row.checks.warnings, row.checks.suppressed]
        for _, row in sorted(outputs.items())
        if row.edition is not None
    ]
    look = [workspace.config.name, workspace.config.colour, sorted(titles.items()), contact_sheet.SHEET in outputs]
    total = hashlib.sha256(f"{toolchain()}\n{json.dumps([look, made])}\n".encode())
    total.update(data)
    return total.hexdigest()
