"""Fuzz with atheris, guided by coverage: ``python -m tests.fuzz --minutes 10 [TARGET ...]``; run by ``make fuzz``.

Each target gets its share of the time in a process of its own. What it finds worth keeping lies in ``.fuzz/`` and is the
start of the next run; what crashes it goes to ``tests/fuzz/crashes/TARGET/``, where the tests find it as a case.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
from pathlib import Path
from time import monotonic

import click

from tests.fuzz.seeds import HERE, PROJECT, seeds
from tests.fuzz.targets import TARGETS

WORK = PROJECT / ".fuzz"
LONGEST_INPUT = 8192
"""Bytes; size has tests of its own."""
SLOW = 120
"""Seconds that one input may take; what is instrumented takes ten times as long, more on a busy machine."""
MEMORY = 3072
"""MB."""
CHILD = """
import sys

import click
import atheris
with atheris.instrument_imports(include=["pipeline", "markdown_it", "mdit_py_plugins"]):
    from tests.fuzz.targets import run
atheris.Setup(sys.argv[2:], lambda data: run(sys.argv[1], data))
atheris.Fuzz()
"""


def fuzz(target: str, seconds: int) -> bool:
    """Fuzz one target for so long, also beyond a crash, and say what came of it; whether nothing crashed."""
    corpus, crashes = WORK / target, HERE / "crashes" / target
    corpus.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (corpus / f"seed-{number:04}").write_bytes(data[:LONGEST_INPUT])
    before, runs, places = set(crashes.iterdir()), 0, 0
    log = WORK / f"{target}.log"
    log.unlink(missing_ok=True)
    started, busy = monotonic(), _processor_seconds()
    while (left := round(started + seconds - monotonic())) > 0:
        known = set(crashes.iterdir())
        said = _run(target, left, corpus, crashes, log)
        runs += sum(map(int, re.findall(r"number_of_executed_units: (\d+)", said)))
        places = max([places, *map(int, re.findall(r"cov: (\d+)", said))])
        if not set(crashes.iterdir()) - known:
            break
    took = f"{monotonic() - started:.0f} s, {_processor_seconds() - busy:.0f} s of a processor"
    click.echo(f"{target}: {took}, {runs} inputs, {places} places reached")
    found = sorted(set(crashes.iterdir()) - before)
    for file in found:
        click.echo(f"  {file.relative_to(PROJECT)}: see {log.relative_to(PROJECT)}")
    if not any(crashes.iterdir()):
        crashes.rmdir()
    return not found and runs > 0


def _run(target: str, seconds: int, corpus: Path, crashes: Path, log: Path) -> str:
    """Run the fuzzer until its time is over or something crashes; what it said."""
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={SLOW}",
        f"-report_slow_units={SLOW}",
        f"-rss_limit_mb={MEMORY}",
        f"-max_len={LONGEST_INPUT}",
        f"-artifact_prefix={crashes}/",
        f"-dict={HERE / 'words.dict'}",
        "-print_final_stats=1",
        str(corpus),
    ]
    with log.open("ab+") as stream:
        start = stream.tell()
        subprocess.run(
            [sys.executable, "-c", CHILD, target, sys.argv[0], *options],
            stdout=stream,
            stderr=stream,
            check=False,
            cwd=PROJECT,
        )
        stream.seek(start)
        return stream.read().decode("utf-8", "replace")


def _processor_seconds() -> float:
    """What the processes that have ended took of a processor; a share of a busy machine says little by the clock."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for all targets together (default: 10)")
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET", help=", ".join(TARGETS))
    arguments = parser.parse_args()
    targets = arguments.targets or list(TARGETS)
    seconds = max(1, round(arguments.minutes * 60 / len(targets)))
    clean = [fuzz(target, seconds) for target in targets]
    return 0 if all(clean) else 1


if __name__ == "__main__":
    sys.exit(main())
