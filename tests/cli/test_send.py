"""``pipeline send`` says what it would do, does it when told to, and says what came of it."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dkim
import keyring
import pytest
import trustme
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from keyring.backend import KeyringBackend

from tests.cli.conftest import Run
from tests.cli.test_bad_input import prepare
from tests.delivery.issue import MESSAGE, build, members
from tests.delivery.post import PostOffice, post_office, sign_in

ROOT = Path(__file__).parent.parent.parent
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "send_bad_input.yaml").read_text("utf-8"))
BREAK = b"Subject: =?utf-8?q?Hi=0D=0ABcc:=20x@members.example?=\r\nX-Was: "


@dataclass(frozen=True)
class Post:
    """The mail servers of these tests."""

    plain: PostOffice
    guarded: PostOffice
    """Wants STARTTLS and anna's password."""
    nobody: int
    trusted: Path


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    authority = trustme.CA()
    trusted = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    settings: dict[str, Any] = {
        "tls_context": context,
        "require_starttls": True,
        "authenticator": sign_in,
        "auth_required": True,
    }
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        nobody = taken.getsockname()[1]
    with post_office() as plain, post_office(**settings) as guarded:
        yield Post(plain, guarded, nobody, trusted)


@pytest.fixture
def post(servers: Post, project: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Servers that have had no mail, and an issue with two members to send it to."""
    for office in (servers.plain, servers.guarded):
        office.received.clear()
        office.seen.clear()
        office.event = lambda _kind, _of: None
    build(project / "build")
    members(project / "members.csv", ["anna", "bo"])
    for name in ("PIPELINE_SMTP_USER", "PIPELINE_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return servers


def at(office: PostOffice) -> str:
    return f"smtp://127.0.0.1:{office.port}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_bad_input(project: Path, run: Run, post: Post, monkeypatch: pytest.MonkeyPatch, case: dict[str, Any]):
    if case.get("issue") == "broken":
        build(project / "build", MESSAGE.replace(b"Subject: ", BREAK), slug="broken")
    prepare(project, case)
    for name, value in case.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    places = {"port": post.guarded.port, "plain": post.plain.port, "nobody": post.nobody, "ca": post.trusted}
    ran = run("send", case.get("issue", "june"), *shlex.split(case["arguments"].format(**places)))
    assert ran.code == case["exit"], ran.said
    for words in case["says"]:
        assert words in re.sub(r" +", " ", ran.said)
    for words in ["Traceback", "pipeline itself has failed", *case.get("never", [])]:
        assert words not in ran.said
    assert len(post.plain.received) + len(post.guarded.received) == case.get("sends", 0)
    assert ran.code == 5 or "sends" in case or not (project / "sent").exists()


def test_a_rehearsal_says_what_would_be_done(project: Path, run: Run, post: Post):
    ran = run("send", "june", "--to", "members.csv", "--smtp", at(post.plain))
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Issue june, edition k3x9q2m4, from news@northside.example: {{name}}: water, tea, café",
        "members.csv: 2 rows",
        "        2 would get it now",
        "Nothing was sent. --test you@example.org sends one message to you; --yes sends to all of them.",
    ]
    assert (post.plain.received, (project / "sent").exists()) == ([], False)


def test_a_rehearsal_counts_who_is_passed_over(project: Path, run: Run, post: Post):
    (project / "members.csv").write_text(
        "email,consent,name,unsubscribed\na@b.example,2026-01-05,,\nb@b.example,,B,\nc@b.example,2026-01-05,C,yes\n"
        "A@B.example,2026-01-05,A,\n"
    )
    shown = run("send", "june", "--to", "members.csv").out
    assert [line.strip() for line in shown.splitlines()[2:-1]] == [
        "1 would get it now",
        "1 of them have no name, where the message writes {{name}} without a fallback",
        "1 passed over: no date of consent",
        "1 passed over: unsubscribed",
        "1 named before in the list, counted once",
    ]
    assert post.plain.received == []


def test_a_test_goes_to_one_address_and_is_not_remembered(project: Path, run: Run, post: Post):
    ran = run("send", "june", "--smtp", at(post.plain), "--test", "Zoë Berg <you@members.example>")
    assert (ran.code, ran.out) == (
        0,
        "Sent a test to Zoë Berg <you@members.example>; the server says: 250 2.0.0 kept\n",
    )
    assert post.plain.received[0].message["Subject"] == "[Test] Zoë Berg: water, tea, café"
    assert not (project / "sent").exists()


def test_yes_sends_once_with_a_password_from_the_environment(
    project: Path, run: Run, post: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PIPELINE_SMTP_USER", "anna")
    monkeypatch.setenv("PIPELINE_SMTP_PASSWORD", "correct horse")
    command = [
        "send",
        "june",
        "--to",
        "members.csv",
        "--smtp",
        at(post.guarded),
        "--ca-file",
        str(post.trusted),
        "--yes",
    ]
    ran = run(*command, "--rate", "6000/m")
    assert ran.code == 0, ran.said
    assert "2 sent\n" in ran.out
    again = run(*command)
    assert (again.code, "2 have it already" in again.out) == (0, True)
    assert sorted(post.guarded.names.items()) == [("anna@members.example", 1), ("bo@members.example", 1)]
    assert (project / "sent" / "june.sqlite").exists()
    assert "correct horse" not in ran.said + again.said


def test_an_issue_that_holds_a_withdrawn_article_is_not_sent(project: Path, run: Run, post: Post):
    build(project / "build", sources=["articles/sound.md", "newsletters/june.md"])
    command = ["send", "june", "--to", "members.csv", "--smtp", at(post.plain)]
    assert run(*command).code == 0
    article = project / "content" / "articles" / "sound.md"
    article.write_text(article.read_text().replace("profile:", "status: withdrawn\nprofile:"))
    for last in ("--yes", "--test=you@members.example"):
        ran = run(*command, last)
        assert ran.code == 1
        assert "content/articles/sound.md: the issue holds this article, which has been withdrawn" in ran.err
    assert post.plain.received == []


class Remembered(KeyringBackend):
    """A keyring that has one password."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return "correct horse" if (service, username) == ("127.0.0.1", "anna") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError(service, username, password)


def test_yes_sends_with_a_password_from_the_keyring(run: Run, post: Post):
    before = keyring.get_keyring()
    keyring.set_keyring(Remembered())  # type: ignore[no-untyped-call]
    try:
        address = at(post.guarded).replace("//", "//anna@")
        ran = run("send", "june", "--to", "members.csv", "--smtp", address, "--ca-file", str(post.trusted), "--yes")
    finally:
        keyring.set_keyring(before)
    assert (ran.code, len(post.guarded.received)) == (0, 2), ran.said


def test_json_is_the_whole_summary(project: Path, run: Run, post: Post):
    members(project / "members.csv", ["anna", "gone", "busy9", "mute", "no one"])
    command = ["send", "june", "--to", "members.csv", "--smtp", at(post.plain), "--retries", "0", "--json"]
    rehearsed = json.loads(run(*command).out)
    assert (rehearsed["dry_run"], rehearsed["counts"]["to_send"], rehearsed["counts"]["sent"]) == (True, 4, 0)
    ran = run(*command, "--yes")
    assert ran.code == 5
    summary = json.loads(ran.out)
    assert (summary["schema_version"], summary["issue"], summary["edition"]) == (1, "june", "k3x9q2m4")
    assert summary["counts"]["sent"] == 1
    assert [row["address"] for row in summary["failed"]] == ["gone@members.example"]
    assert [row["address"] for row in summary["later"]] == ["busy9@members.example"]
    assert [row["address"] for row in summary["unknown"]] == ["mute@members.example"]
    assert [row["line"] for row in summary["refused"]] == [6]
    again = json.loads(run(*command, "--yes", "--skip-unknown").out)
    assert (again["unknown"], again["counts"]["skipped"], again["counts"]["have_it"]) == ([], 1, 1)
    assert [row["address"] for row in again["failed"]] == ["gone@members.example"]


def started(project: Path, *arguments: str, **more: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "send", "june", *arguments], cwd=project, env=environment, text=True, **more
    )


def test_a_killed_send_goes_on_where_it_was_and_names_the_one_nobody_knows(project: Path, run: Run, post: Post):
    members(project / "members.csv", ["anna", "slow", "zoe"])
    at_data = threading.Event()
    post.plain.event = lambda kind, of: at_data.set() if (kind, of) == ("kept", "slow@members.example") else None
    command = ["--to", "members.csv", "--smtp", at(post.plain), "--yes"]
    first = started(project, *command)
    assert at_data.wait(60)
    first.kill()
    assert first.wait() == -signal.SIGKILL
    ran = run("send", "june", *command)
    assert ran.code == 5
    assert "members.csv:3: of unknown fate, slow@members.example: handed over on 20" in ran.err
    assert "--resend-unknown sends again, --skip-unknown does not" in ran.err
    assert run("send", "june", *command, "--skip-unknown").code == 0
    assert sorted(post.plain.names.values()) == [1, 1, 1]
    assert run("send", "june", *command).code == 0
    assert len(post.plain.received) == 3


def test_a_person_at_the_terminal_is_asked_and_may_stop_it(project: Path, run: Run, post: Post):
    members(project / "members.csv", ["mute"])
    command = ["--to", "members.csv", "--smtp", at(post.plain), "--yes"]
    assert run("send", "june", *command).code == 5
    members(project / "members.csv", ["mute", "slow", "zoe"])
    in_time = threading.Event()
    post.plain.event = lambda kind, of: in_time.set() if (kind, of) == ("data", "slow@members.example") else None
    ours, theirs = pty.openpty()
    try:
        asked = started(project, *command, stdin=theirs, stdout=theirs, stderr=theirs)
        shown = b""
        while b"decide later?" not in shown:
            shown += os.read(ours, 1024)
        assert b"The message to mute@members.example was handed over on 20" in shown
        os.write(ours, b"again\n")
        assert in_time.wait(60)
        asked.send_signal(signal.SIGINT)
        assert asked.wait(60) == 130
        rest = os.read(ours, 65536).decode()
        assert "Stopping after this message" in rest
    finally:
        os.close(ours)
        os.close(theirs)
    assert post.plain.names == {"mute@members.example": 2, "slow@members.example": 1}
    assert run("send", "june", *command).code == 0
    assert post.plain.names["zoe@members.example"] == 1


def test_a_letter_is_signed(project: Path, run: Run, post: Post):
    key = rsa.generate_private_key(65537, 2048)
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    (project / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, plain))
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    record = "v=DKIM1; k=rsa; p=" + "".join(public.splitlines()[1:-1])
    command = ["--to", "members.csv", "--smtp", at(post.plain), "--dkim-key", "key.pem", "--dkim-selector", "june26"]
    assert run("send", "june", *command, "--yes").code == 0
    for received in post.plain.received:
        asked: list[bytes] = []

        def look_up(name: bytes, timeout: int = 0, asked: list[bytes] = asked) -> str:
            assert timeout >= 0
            asked.append(name)
            return record

        assert dkim.verify(received.data, dnsfunc=look_up)
        assert asked == [b"june26._domainkey.northside.example."]
        assert not dkim.verify(received.data.replace(b"water first", b"whey first"), dnsfunc=look_up)
        signed = str(received.message["DKIM-Signature"])
        assert "list-unsubscribe : list-unsubscribe-post" in re.sub(r"\s*:\s*", " : ", signed)
