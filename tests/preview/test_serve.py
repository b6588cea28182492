"""The desk opens where it can, says where, and closes when it is told to."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import PUBLISHER, SOUND
from tests.preview.desks import ADDRESS, opened_desk

pytestmark = pytest.mark.xdist_group("desk")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    (tmp_path / "content" / "publisher.toml").write_text(PUBLISHER, "utf-8")
    (articles / "beans.md").write_text(SOUND, "utf-8")
    return tmp_path


def preview(folder: Path, *options: str, before: str = "") -> subprocess.CompletedProcess[str]:
    program = f"import sys; {before}from pipeline.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", program, "preview", "--no-browser", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_a_port_that_is_taken_is_named_with_the_way_out(folder: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = preview(folder, "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"cannot listen on port {port}" in done.stderr
    assert "--port" in done.stderr


def test_without_the_extra_one_line_says_what_to_install(folder: Path):
    done = preview(folder, before="sys.modules['uvicorn'] = None; ")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].strip() == "help: Install them: pip install 'fitness-press[preview]'"
    assert "needs uvicorn" in done.stderr


def test_without_a_content_tree_it_does_not_open(tmp_path: Path):
    done = preview(tmp_path)
    assert done.returncode == 2
    assert "pipeline init" in done.stderr


def test_ctrl_c_closes_it_cleanly_while_pages_are_open(folder: Path):
    with opened_desk(folder) as desk, httpx.Client(base_url=desk.address, timeout=60) as client:
        client.get("/", params={"token": desk.token})
        heard: list[str] = []

        def listen() -> None:
            with client.stream("GET", "/events") as events:
                heard.extend(events.iter_lines())

        page = threading.Thread(target=listen)
        page.start()
        client.get("/work/articles/beans.md", params={"tab": "pdf"})  # starts a PDF in the background
        code, said = desk.close()
        page.join(10)
    assert code == 0
    assert said.splitlines()[-1] == "The desk is closed."
    assert "Traceback" not in said
    assert heard[0] == "retry: 1000"
    assert not page.is_alive()


def test_where_no_port_is_asked_for_the_next_free_one_is_taken(folder: Path):
    command = [sys.executable, "-m", "pipeline", "preview", "--no-browser"]
    desks = [subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        addresses = {ADDRESS.search(desk.stdout.readline()).group(1) for desk in desks}  # type: ignore[union-attr]
        assert len(addresses) == 2
    finally:
        for desk in desks:
            desk.terminate()
            desk.communicate(timeout=30)
