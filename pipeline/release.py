"""Write down what is given to readers: the proven files below ``build/``, in the record of editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from pipeline import manifest
from pipeline.build import Request, expected
from pipeline.disclaimers import load_disclaimers
from pipeline.editions import load_ledger, open_record
from pipeline.errors import ExportError, UsageError
from pipeline.export.format import copied_from
from pipeline.manifest import Output
from pipeline.model.edition import Ledger, Released, WordingVersion
from pipeline.model.layout import FOLDERS
from pipeline.model.publication import Publication
from pipeline.origins import origins
from pipeline.staging import locked
from pipeline.verify import problems_as_error, verify


@dataclass(frozen=True, slots=True)
class Release:
    """What a release wrote down."""

    added: tuple[Released, ...]
    already: int
    """How many files were in the record before."""


def release(request: Request, day: date) -> Release:
    """Append the files below ``request.out`` that belong to ``request.paths`` to the record, each once.

    Nothing is written unless all of ``build/`` is proven again and says what the content says now. Raises UsageError where
    there is nothing to release, ProofError, and ContentError for a record that somebody changed.
    """
    load_ledger(request.content)
    seen = _manifest(request)
    verification = verify(request.out, load_disclaimers(request.content), origins(request.content))
    if verification.problems:
        raise problems_as_error(verification.problems)
    wanted = expected(request)
    with locked(request.out), open_record(request.content) as record:
        if _manifest(request) != seen:
            raise ExportError(f"another build has changed {request.out} meanwhile", help="Release again.")
        rows = {path: row for path, row in manifest.load(request.out).items() if row.edition is not None}
        wanted |= {path: wanted[whole] for path in rows if (whole := copied_from(path)) in wanted}
        stale = tuple(_stale(request, rows, wanted, record.ledger))
        if stale:
            raise problems_as_error(stale)
        entries = [_entry(row, wanted[path], day) for path, row in sorted(rows.items()) if path in wanted]
        if not entries:
            raise UsageError(
                f"there is nothing in {request.out} to release",
                help="Run `pipeline build` first, or name other articles.",
            )
        added = [entry for entry in entries if not _known(entry, record.ledger)]
        if added:
            record.append(added)
    return Release(tuple(added), len(entries) - len(added))


def _manifest(request: Request) -> bytes:
    """What ``build/`` says of itself; empty where there is no manifest."""
    try:
        return (request.out / manifest.MANIFEST).read_bytes()
    except OSError:
        return b""


def _stale(
    request: Request, rows: Mapping[str, Output], wanted: Mapping[str, Publication], ledger: Ledger
) -> Iterator[tuple[str, str]]:
    """The files that do not say what the content says now, or that say what was withdrawn."""
    for path, row in rows.items():
        publication = wanted.get(path)
        if publication is None:
            if not request.paths or _all_within(row.sources, request):
                yield path, f"the content has changed, and would not make this file now; {_mend(path)}"
        elif publication.edition != row.edition:
            now = publication.edition
            yield path, f"this is edition {row.edition}, and the content now makes {now}; {_mend(path)}"
        elif withdrawal := ledger.called_back.get(publication.edition):
            yield path, f"these words were withdrawn on {withdrawal.since}: {withdrawal.reason}"


def _mend(path: str) -> str:
    """The build that makes a file of this folder anew."""
    layout = next((layout for layout, folder in FOLDERS.items() if path.startswith(f"{folder}/")), "standard")
    return "run `pipeline build`" if layout == "standard" else f"run `pipeline build --layout {layout}`"


def _all_within(sources: Iterable[str], request: Request) -> bool:
    """Whether all sources are among the files and folders that were named."""
    root = request.content.resolve()
    named = [(path if path.exists() else request.content / path).resolve() for path in request.paths]
    files = [(root / source).resolve() for source in sources]
    return all(any(file == path or path in file.parents for path in named) for file in files)


def _entry(row: Output, publication: Publication, day: date) -> Released:
    return Released(
        id=publication.edition,
        slug=publication.slug,
        kind=publication.kind,
        title=publication.title,
        language=publication.language,
        format=_format(row, publication),
        sha256=row.sha256,
        articles=tuple(dict.fromkeys(chapter.slug for chapter in publication.chapters)),
        disclaimers=tuple(dict.fromkeys(WordingVersion(proof.kind, proof.version) for proof in row.disclaimers)),
        checks=asdict(row.checks),
        released=day,
    )


def _format(row: Output, publication: Publication) -> str:
    """The format, and the layout where there are several: ``pdf``, ``pdf/handout``, ``pdf/copy``."""
    if copied_from(row.path):
        return f"{row.format}/copy"
    return row.format if publication.layout == "standard" else f"{row.format}/{publication.layout}"


def _known(entry: Released, ledger: Ledger) -> bool:
    """Whether the last release of the publication in that format is this very file; of personal copies, whether any is."""
    if entry.format.endswith("/copy"):
        return any(each.sha256 == entry.sha256 for each in ledger.releases.get(entry.id, ()))
    last = ledger.latest.get((entry.kind, entry.slug), {}).get(entry.format)
    return last is not None and (last.id, last.sha256) == (entry.id, entry.sha256)
