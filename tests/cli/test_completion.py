"""Real shells complete what the command line knows: commands, options, article types, slugs, codes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run

STARTS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'PS1="> "; eval "$(pipeline completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'PS1="> "; autoload -Uz compinit; compinit -u -D; eval "$(pipeline completion zsh)"'),
    "fish": (["fish", "--private", "--no-config", "-i"], "pipeline completion fish | source"),
}
TYPED = [
    ("pipeline expl", "pipeline explain"),
    ("pipeline check --form", "--format"),
    ("pipeline check --format sar", "sarif"),
    ("pipeline new exercise-g", "exercise-guide"),
    ("pipeline explain late-d", "late-disclaimer"),
    ("pipeline disclaimers preg", "pregnancy"),
    ("pipeline withdraw sou", "sound"),
    ("pipeline build news", "newsletter"),
    ("pipeline check content/articles/so", "content/articles/sound.md"),
]
SIZE = (50, 200)
"""Lines and columns."""
CLEAR = "\x15"
"""Control-U: the line that was begun is given up."""
ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|[()][A-B0-2]|\][^\x07]*\x07|[=>78MPk\\])|[\x00-\x07\x0e-\x1f]")


class Terminal:
    """A shell in a terminal of its own, at which somebody types."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
            os.execvpe(command[0], command, environment)  # noqa: S606 -- what is tested is a shell
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self.descriptor, text.encode())

    def wait_for(self, words: str, seconds: float = 30) -> bool:
        """Whether ``words`` appear on the screen within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if words in ESCAPES.sub("", self.shown):
                return True
            if select.select([self.descriptor], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self.descriptor, 65536).decode("utf-8", "replace")
                except OSError:
                    return False
        return False

    def close(self) -> None:
        os.close(self.descriptor)
        os.waitpid(self.child, 0)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home without settings, and the command as it is installed."""
    home = tmp_path / "home"
    home.mkdir()
    program = tmp_path / "bin" / "pipeline"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom pipeline.cli import main\nmain()\n")
    program.chmod(0o755)
    path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    return {"PATH": path, "HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8", "COLUMNS": "200", "LINES": "50"}


@pytest.mark.parametrize("shell", sorted(STARTS))
def test_what_is_begun_is_completed(shell: str, project: Path, environment: dict[str, str]):
    command, start = STARTS[shell]
    terminal = Terminal([shutil.which(command[0]) or command[0], *command[1:]], project, environment)
    try:
        terminal.type(f"{start}; echo rea''dy\r")
        assert terminal.wait_for("ready"), terminal.shown
        for begun, completed in TYPED:
            terminal.shown = ""
            terminal.type(f"{begun}\t")
            assert terminal.wait_for(completed), f"{begun}: {terminal.shown!r}"
            terminal.type(CLEAR)
    finally:
        terminal.close()


@pytest.mark.parametrize("shell", sorted(STARTS))
def test_the_script_is_one_that_the_shell_can_read(shell: str, run: Run, tmp_path: Path):
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out)
    subprocess.run([shell, "-n", str(script)], check=True)


def test_codes_are_completed_one_after_the_other(project: Path, environment: dict[str, str]):
    assert [
        line.split("\t")[0] for line in offered(project, environment, "pipeline check --select D01,L0", "D01,L0")
    ] == [f"plain,D01,L0{number}" for number in (1, 2, 3, 4)]


def offered(folder: Path, environment: dict[str, str], line: str, word: str) -> list[str]:
    """What the program answers a shell that asks how a word may go on."""
    asked = {"_PIPELINE_COMPLETE": "fish_complete", "COMP_WORDS": line, "COMP_CWORD": word}
    ran = subprocess.run(
        ["pipeline"], cwd=folder, env={**environment, **asked}, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.split("\n")[:-1]


def test_a_broken_content_tree_completes_nothing_and_says_nothing(project: Path, environment: dict[str, str]):
    (project / "content" / "publisher.toml").write_text("[publisher\n")
    (project / "content" / "profiles").mkdir()
    (project / "content" / "profiles" / "own.toml").write_text("name = [\n")
    assert offered(project, environment, "pipeline new ", "") == [""]
