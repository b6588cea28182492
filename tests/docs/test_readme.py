"""What the README shows in Python runs."""

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]


def test_the_lines_of_python_run_as_they_stand():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"(?:^ {4}from .*\n)+(?:^(?: {4}.*)?\n)+", readme, re.MULTILINE)
    assert len(shown) == 1
    done = subprocess.run(
        [sys.executable, "-c", dedent(shown[0])], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stderr == ""
    assert "deadlift True" in done.stdout.splitlines()
