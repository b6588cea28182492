"""The real command line, given a hostile tree, touches no network and no file but its own, and writes nothing that runs.

It is watched from inside, by an audit hook in each of its processes, and from outside, by ``strace``, which sees the libraries in C
as well.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.export.html.reading import open_page
from tests.guard.hostile import CANARY, REFUSED, make_hostile_project
from tests.guard.inside import caches
from tests.guard.watch import MACHINE, PYTHON, is_below
from tests.secure import unsafe_in

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
pytestmark = [pytest.mark.xdist_group("guard"), pytest.mark.timeout(900)]

OPENED = re.compile(r'\bopen(?:at2?)?\((?:AT_FDCWD(?:<[^>]*>)?|\d+<(?P<at>[^>]*)>)?(?:, )?"(?P<path>[^"]*)".* = \d+')
CONNECTED = re.compile(r"\b(?:connect|bind|sendto|sendmsg)\(.*sa_family=(AF_INET6?|AF_NETLINK|AF_PACKET)")
STARTED = re.compile(r'\bexecve\("(?P<path>[^"]*)".* = 0')
REPORT = Path("report/index.html")
SYSTEM = (
    *MACHINE,
    "/usr/lib/locale",
    "/usr/share/locale",
    "/etc/ld.so.cache",
    "/etc/locale.alias",
    "/usr/share/fontconfig/conf.avail",  # looked through for the names of rules that could be chosen, none of which is
    "/etc/ld.so.preload",
    "/etc/mime.types",
    "/etc/apache2/mime.types",
    "/dev/tty",
    "/dev/shm",  # noqa: S108 -- where the semaphores of workers are
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
    "/proc/filesystems",
    "/proc/cpuinfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/etc/gnutls",
    "/etc/ssl/openssl.cnf",
    "/usr/lib/ssl",
)
"""What the C library and the libraries of the exporters read of the machine, none of which anybody writes articles into."""


@dataclass(frozen=True)
class Watched:
    """What a build of the hostile tree did."""

    project: Path
    code: int
    said: str
    noted: list[str]
    traced: list[str]


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp("hostile")
    project = make_hostile_project(folder)
    scratch = folder / "scratch"
    scratch.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{HERE}:{ROOT}",
        "WATCH_LOG": str(folder / "noted"),
        "WATCH_READ": f"{project}:{ROOT}:/etc/mime.types",
        "WATCH_WRITE": f"{project / 'build'}:{scratch}:{os.pathsep.join(caches())}:/dev/null",
        "TMPDIR": str(scratch),
    }
    command = [sys.executable, "-m", "pipeline", "build", "all", "--jobs", "2", "--as-of", "2026-11-22"]
    trace = ["strace", "-f", "-y", "-s", "4096", "-e", "trace=%file,%network", "-o", str(folder / "traced")]
    ran = subprocess.run(
        [*trace, *command], cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=800
    )
    noted = (folder / "noted").read_text().splitlines()
    return Watched(
        project, ran.returncode, ran.stdout + ran.stderr, noted, (folder / "traced").read_text().splitlines()
    )


def test_what_is_hostile_is_refused_by_name_and_the_rest_is_built(watched: Watched):
    assert watched.code == 1, watched.said
    for name in (*REFUSED, "linked", "hard-linked", "pipe", "folder", "Raw-HTML"):
        assert f"content/articles/{name}" in watched.said
        assert not list(watched.project.glob(f"build/*/{name.lower()}.*"))
    built = {path.name for path in watched.project.glob("build/*/tame.*")}
    assert built == {"tame.html", "tame.pdf", "tame.epub"}
    assert "Traceback" not in watched.said


def test_no_process_opened_a_socket_a_program_or_a_file_outside(watched: Watched):
    assert watched.noted == []


def test_no_system_call_reached_the_network(watched: Watched):
    assert watched.traced
    assert [line for line in watched.traced if CONNECTED.search(line)] == []


def test_no_system_call_opened_a_file_outside(watched: Watched):
    folder = watched.project.parent
    own = (watched.project, folder / "scratch", folder / "noted", *caches(), ROOT)
    allowed = (*SYSTEM, *PYTHON, *map(str, own), os.path.realpath("/proc/self"))
    opened = (_opened(line, watched.project) for line in watched.traced)
    assert sorted({path for path in opened if path and not is_below(path, allowed)}) == []


def test_no_system_call_started_a_program_but_python(watched: Watched):
    started = {os.path.realpath(match["path"]) for line in watched.traced if (match := STARTED.search(line))}
    assert started == {os.path.realpath(sys.executable)}


def _opened(line: str, project: Path) -> str:
    """The real path that a line of the trace opens; empty where it opens none."""
    match = OPENED.search(line)
    return os.path.realpath(Path(match["at"] or project) / match["path"]) if match else ""


def test_no_output_holds_what_runs_loads_or_was_never_to_be_read(watched: Watched):
    files = [path for path in (watched.project / "build").rglob("*") if path.is_file()]
    found = {path.relative_to(watched.project / "build"): unsafe_in(path.name, path.read_bytes()) for path in files}
    # The editors' report sorts and filters its table by a script of its own, which stands in the page.
    found[REPORT] = [part for part in found[REPORT] if part not in {"<form>", "<input>", "<script>"}]
    assert {str(name): parts for name, parts in found.items() if parts} == {}
    (script,) = (each for each in open_page((watched.project / "build" / REPORT).read_bytes()).iter("script"))
    assert script.text in (ROOT / "pipeline" / "report" / "page" / "report.js").read_text("utf-8")
    assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path):
    """A watch that sees nothing would pass everything above."""
    program = (
        "import socket, subprocess; socket.socket(); open('/etc/hostname'); open('here', 'w');"
        "subprocess.run(['true']); socket.getaddrinfo('127.0.0.1', 80)"
    )
    log = tmp_path / "noted"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{HERE}:{ROOT}",
        "WATCH_LOG": str(log),
        "WATCH_READ": str(ROOT),
        "WATCH_WRITE": "/nowhere",
    }
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True)
    noted = log.read_text().splitlines()
    assert [line.partition(" ")[0] for line in noted] == [
        "socket",
        "read",
        "write",
        "subprocess.Popen",
        "socket.getaddrinfo",
    ]
