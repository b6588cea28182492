"""The outputs below ``build/`` as they will be when the build is committed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from pipeline import manifest
from pipeline.errors import ExportError, ProofError
from pipeline.export.format import is_partial
from pipeline.files import plain_bytes
from pipeline.manifest import MANIFEST, CheckCounts, Output, record, record_known
from pipeline.model.proof import KnownFile, OutputFile, Proof
from pipeline.report import contact_sheet, spots
from pipeline.staging import Stage
from pipeline.state import STATE, Parts, State, digest_of, lies_at
from pipeline.toolchain import versions


@dataclass(slots=True)
class Outputs:
    """Rows of the manifest to come, with the files that are staged for them."""

    stage: Stage
    rows: dict[str, Output]
    keys: dict[str, str]
    before: dict[str, Output] = field(default_factory=dict)
    state: State = field(default_factory=State)
    """What the last build wrote down of them."""
    parts: dict[str, Parts] = field(default_factory=dict)
    """Path -> what its file was made from, in digests by what each is of."""
    fresh: set[str] = field(default_factory=set)
    """Paths of what this build has made; it waits on disk, so that thousands of files take no memory."""
    same: dict[str, bool] = field(default_factory=dict)
    """Path -> whether the file there is still the one that was proven, once looked at: articles share many."""
    paths: dict[str, set[str]] = field(default_factory=dict)
    """Source -> the paths of the rows that were made from it."""
    beside: set[str] = field(default_factory=set)
    """Paths of what is no publication, and lies beside some."""
    users: dict[str, set[str]] = field(default_factory=dict)
    """Path -> the sources that it was made from, as they will be; thousands of articles share a style sheet."""
    holders: dict[str, set[str]] = field(default_factory=dict)
    """Article -> the newsletters and books that hold it."""
    at_hand: dict[str, str] = field(default_factory=dict)
    """Path -> SHA-256 of what lies beside publications and is staged, or lies there, as this build has seen."""
    shared: dict[str, str] = field(default_factory=dict)
    """Those of them that have come more than once: nobody has to send them again."""

    def __post_init__(self) -> None:
        for row in self.rows.values():
            self._use(row)

    def _use(self, row: Output) -> None:
        users = row.sources if row.edition is None else (row.owner,)
        self.users.setdefault(row.path, set()).update(users)
        if row.edition is None:
            self.beside.add(row.path)
        for source in users:
            self.paths.setdefault(source, set()).add(row.path)
        for part in set(row.sources).difference(users):
            self.holders.setdefault(part, set()).update(users)

    def _of(self, source: str) -> list[Output]:
        """The rows of a source."""
        paths = sorted(self.paths.get(source, ()))
        return [self.rows[path] for path in paths if path in self.rows and source in self.users[path]]

    @classmethod
    def open(cls, stage: Stage, *, force: bool = False) -> Outputs:
        """Start from what ``build/manifest.json`` says; an unreadable one counts as none, so that all is built anew."""
        try:
            rows = manifest.load(stage.out)
        except ProofError:
            rows = {}
        stage.refuse_links(rows)
        state = State() if force else State.load(stage.out)
        return cls(stage, dict(rows), dict(state.keys), dict(rows), state, dict(state.parts))

    def keep_sources(self, sources: Collection[str]) -> None:
        """Drop the outputs of sources that are no longer in the content tree."""
        for source in (self.paths.keys() | self.holders.keys()) - set(sources):
            self.drop(source)

    def current(self, path: str, key: str) -> bool:
        """Whether the output at ``path`` was made with ``key``, and it and all it came with are still as they were."""
        row = self.rows.get(path)
        if row is None or self.keys.get(path) != key:
            return False
        # what came with it has all of its sources, so that any of them knows it
        source = next(iter(self.users[path]), "")
        return self._unchanged(row) and all(
            self.same.get(other) or self._lies_beside(other, row)
            for other in self.paths.get(source, set()) & self.beside
        )

    def _lies_beside(self, other: str, row: Output) -> bool:
        """Whether a file that came with a publication is as it was, or came with another format or source, or is gone."""
        found = self.rows.get(other)
        if found is None or found.format != row.format or not self.users[row.path] <= self.users[other]:
            return True
        return self._unchanged(found)

    def paths_of(self, source: str) -> list[str]:
        """Where the publication files of a source lie, sorted."""
        return [row.path for row in self._of(source) if row.edition]

    def kept(self, source: str) -> dict[str, str]:
        """The keys of a source's publication files that are there as they were proven, by path."""
        keys = {row.path: self.keys.get(row.path, "") for row in self._of(source) if row.edition}
        return {path: key for path, key in keys.items() if self.current(path, key)}

    def recount(self, path: str, checks: CheckCounts) -> None:
        """Write down what the checks find by now in the source of an output, if there is one."""
        row = self.rows.get(path)
        if row is not None and row.checks != checks:
            self.rows[path] = replace(row, checks=checks)

    def _unchanged(self, row: Output) -> bool:
        if row.path not in self.same:
            self.same[row.path] = digest_of(f"{self.stage.out}/{row.path}") == row.sha256
        return self.same[row.path]

    def drop(self, source: str) -> None:
        """Take away a source's outputs; a file that others share stays for them, and what holds the source goes as well."""
        for holder in self.holders.pop(source, set()):
            self.drop(holder)
        self._drop(source, lambda _row: True)

    def outdate(self, source: str, edition: str, paths: Collection[str], format_name: str) -> None:
        """Take away what is about to be made anew at ``paths``, and other editions of the source beside it.

        Beside it is the same folder of ``build/`` and format; what is no publication there, as a style sheet, goes as well.
        """
        folders = {path.partition("/")[0] for path in paths}
        gone = {*paths} | {
            row.path
            for row in self._of(source)
            if row.format == format_name and row.path.partition("/")[0] in folders and row.edition != edition
        }
        gone |= {beside(path) for path in gone for beside in (contact_sheet.strip_path, spots.spots_path)}
        self._drop(source, lambda row: row.path in gone)

    def _drop(self, source: str, goes: Callable[[Output], bool]) -> None:
        for row in self._of(source):
            if goes(row):
                self.keys.pop(row.path, None)
                self.paths[source].discard(row.path)
                self.users[row.path].discard(source)
                if not self.users[row.path]:
                    del self.rows[row.path]

    def add(  # noqa: PLR0913 -- one a fact of the record
        self,
        files: Iterable[OutputFile],
        *,
        format_name: str,
        sources: tuple[str, ...],
        edition: str | None = None,
        proof: Proof | None = None,
        checks: CheckCounts | None = None,
        key: str | None = None,
        parts: Parts | None = None,
        content: str | None = None,
        known: Iterable[KnownFile] = (),
    ) -> None:
        """Record finished files; the first is the publication file that ``proof`` and ``edition`` are of.

        ``known`` are further ones, of those that are ``shared``.
        """
        beside = sources if edition is None else sources[:1]
        for number, file in enumerate(files):
            if number == 0:
                pages = file.pages if proof is None or proof.pages is None else proof.pages
                row = record(
                    replace(file, pages=pages),
                    format=format_name,
                    sources=sources,
                    edition=edition,
                    disclaimers=proof.disclaimers if proof else (),
                    checks=checks,
                    content=content,
                )
                if key is not None:
                    self.keys[file.path] = key
                if parts is not None:
                    self.parts[file.path] = parts
            else:
                row = record(file, format=format_name, sources=beside)
            self._add(row, file.data, shared=number > 0)
        for each in known:
            self._add(record_known(each, format=format_name, sources=beside), None, shared=True)

    def _add(self, row: Output, data: bytes | None, *, shared: bool) -> None:
        other = self.rows.get(row.path)
        if other is not None and (shared or other.edition is None):
            if row.path in self.fresh and other.sha256 != row.sha256:
                message = f"two outputs want different contents at {row.path}"
                raise ExportError(message, help="Rename one of the pictures or articles.")
        else:
            self.users.pop(row.path, None)
        self.rows[row.path] = row
        self._use(row)
        if row.path not in self.fresh or other is None or other.sha256 != row.sha256:
            self.fresh.add(row.path)
            self._place(row, data, shared=shared)
        elif shared:
            self.shared[row.path] = row.sha256

    def _place(self, row: Output, data: bytes | None, *, shared: bool) -> None:
        if shared and self.at_hand.get(row.path) == row.sha256:
            return
        if data is None:
            raise ExportError(f"the file {row.path} got lost on its way", help="Build again.")
        if lies_at(f"{self.stage.out}/{row.path}", row.bytes, row.sha256):
            self.stage.forget(row.path)
        else:
            self.stage.put(row.path, data)
        if shared:
            self.at_hand[row.path] = row.sha256

    def replace_shared(self, path: str) -> None:
        """Forget a page that is made anew from all articles together."""
        self.rows.pop(path, None)
        self.users.pop(path, None)

    def read(self, path: str) -> bytes | None:
        """An output as it will be: staged by this build, or left by an earlier one; None where there is none."""
        if path not in self.rows:
            return None
        try:
            staged = self.stage.read(path)
            return plain_bytes(self.stage.out / path) if staged is None else staged
        except OSError:
            return None

    def made_before(self, path: str, key: str) -> bytes | None:
        """What the last build had at ``path``, where it was made with ``key`` and is as it was proven."""
        row = self.before.get(path)
        if row is None or self.state.keys.get(path) != key:
            return None
        with suppress(OSError):
            data = plain_bytes(self.stage.out / path)
            return data if hashlib.sha256(data).hexdigest() == row.sha256 else None
        return None

    def rows_at(self, paths: Iterable[str]) -> tuple[Output, ...]:
        """Those of the outputs at some paths that there are, sorted by path."""
        return tuple(self.rows[path] for path in sorted(set(paths)) if path in self.rows)

    def same_edition(self, path: str) -> list[Output]:
        """The other publication files of the same edition that earlier builds left, sorted by path.

        None where the file at ``path`` shows a part, and none that does.
        """
        mine = self.rows[path]
        if is_partial(path):
            return []
        rows = (row for row in self._of(mine.owner) if row.path not in self.fresh and not is_partial(row.path))
        return [row for row in rows if row.edition == mine.edition and row.sources == mine.sources]

    def commit(self, generator: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Put everything in its place, the manifest last; returns the paths that were written and removed."""
        for path in self.fresh - self.rows.keys():
            self.stage.forget(path)
        written = sorted(self.stage.put_files)
        removed = sorted(path for path in self.before if path not in self.rows)
        for path in removed:
            self.stage.remove(path)
        rows = {row.path: row for row in self._listed()}
        self.stage.refuse_links(rows)
        listed = digest_of(self.stage.out / MANIFEST)
        keys = {path: key for path, key in self.keys.items() if path in rows}
        data, as_it_was = b"", bool(listed) and listed == self.state.manifest
        # other keys come of other tools, which the manifest names
        if rows != self.before or keys != self.state.keys or not as_it_was:
            known = manifest.texts(self.before.values(), plain_bytes(self.stage.out / MANIFEST)) if as_it_was else {}
            data = manifest.dump(rows.values(), generator, versions(), known)
            listed = hashlib.sha256(data).hexdigest()
        parts = {path: self.parts[path] for path in keys if path in self.parts}
        state = State(keys, parts, listed)
        if state != self.state:
            self._put(STATE, state.dump())
        if data:
            self._put(MANIFEST, data)
        self.stage.commit()
        return tuple(written), tuple(removed)

    def _put(self, path: str, data: bytes) -> None:
        target = self.stage.out / path
        with suppress(OSError):
            if plain_bytes(target) == data:
                return
        self.stage.put(path, data)

    def _listed(self) -> Iterator[Output]:
        for path, row in self.rows.items():
            sources = tuple(sorted(self.users[path])) if row.edition is None else row.sources
            yield row if row.sources == sources else replace(row, sources=sources)
