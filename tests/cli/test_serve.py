"""`whoholds serve` and `whoholds tokens` on the command line."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from tests.atlas.running import served
from tests.questions.build import kalbajar
from whoholds.cli import app
from whoholds.questions import Register

runner = CliRunner()


def run(*arguments: str | Path) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "war.whoholds"
    with Register(path) as made:
        kalbajar(made)
    return path


def make_token(register: Path, name: str = "ana", role: str = "keeper") -> str:
    return str(run("tokens", "add", register, name, "--role", role).stdout.strip())


def test_it_ends_when_it_is_told_to_and_closes_what_holds_on(register: Path) -> None:
    with served(register, "--role", "reader") as running:
        port = int(running.address.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port)) as holding, httpx.Client() as idle:
            holding.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
            assert idle.get(running.address).status_code == 200
            began = time.monotonic()
            status, told = running.stop(signal.SIGTERM)
    assert status == 0
    assert time.monotonic() - began < 10
    assert "the register's reader" in told
    assert "Traceback" not in told


def test_tokens_are_asked_for_and_revoked_without_a_restart(register: Path) -> None:
    token = make_token(register)
    with served(register) as running:
        ask = {"Authorization": f"Bearer {token}"}
        assert running.address.startswith("http://127.0.0.1:")
        assert "server" not in httpx.get(running.address).headers
        assert httpx.get(running.address).status_code == 401
        assert httpx.get(running.address, headers=ask).status_code == 200
        assert httpx.get(running.address, headers={**ask, "Host": "evil.example"}).status_code == 421
        assert run("tokens", "revoke", register, "ana").exit_code == 0
        assert httpx.get(running.address, headers=ask).status_code == 401
        status, told = running.stop(signal.SIGINT)
    assert status == 0
    assert "viewers need a token" in told
    assert "Traceback" not in told


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not installed")
    found, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    kind = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split()
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", found]
    subprocess.run(["openssl", "req", *kind, *named], check=True, capture_output=True)
    return found, key


def test_in_public_over_tls_everybody_looks(register: Path, certificate: tuple[Path, Path]) -> None:
    make_token(register)
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    names = ("--name", "localhost", "--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1]))
    with served(register, "--public", "--host", "0.0.0.0", *names) as running:
        assert running.address.startswith("https://localhost:")
        answer = httpx.get(running.address, verify=trusting)
        assert answer.status_code == 200
        assert "max-age" in answer.headers["strict-transport-security"]
        assert httpx.post(running.address + "api/documents", json={}, verify=trusting).status_code == 403
        told = running.stop()[1]
    assert "less than 24 hours ago is not shown" in told


def test_a_certificate_that_cannot_be_used(register: Path, certificate: tuple[Path, Path]) -> None:
    result = run("serve", register, "--port", "0", "--tls-cert", register, "--tls-key", certificate[1])
    assert result.exit_code == 1
    assert "cannot be used with the key" in result.stderr


@pytest.mark.parametrize(
    ("options", "reason", "way"),
    [
        (["--host", "0.0.0.0", "--name", "localhost"], "this register has none", "whoholds tokens add"),
        (["--host", "0.0.0.0"], "by which name", "--name"),
        (["--behind-proxy", "--name", "atlas.example"], "this register has none", "--public"),
        (["--name", "atlas.example"], "this register has none", "--public"),
        (["--host", "0.0.0.0", "--name", "localhost", "--public"], "can read along", "--tls-cert"),
        (["--host", "0.0.0.0", "--behind-proxy", "--public"], "a proxy on this machine", "leave --host out"),
        (["--host", "203.0.113.9", "--public", "--insecure"], "no address of this machine", "leave --host out"),
        (["--host", "nowhere.invalid"], "no address", "own addresses"),
    ],
)
def test_what_others_could_reach_is_refused(register: Path, options: list[str], reason: str, way: str) -> None:
    result = run("serve", register, "--port", "0", *options)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert way in result.stderr


def test_with_tokens_another_address_still_needs_tls(register: Path) -> None:
    make_token(register)
    result = run("serve", register, "--host", "0.0.0.0", "--name", "localhost", "--port", "0")
    assert result.exit_code == 1
    assert "can read along" in result.stderr


def test_roles_are_the_tokens_where_there_are_tokens(register: Path) -> None:
    make_token(register)
    result = run("serve", register, "--port", "0", "--role", "keeper")
    assert result.exit_code == 1
    assert "each has its own role" in result.stderr


def test_tokens_that_have_all_expired(register: Path) -> None:
    from whoholds.atlas.roles import Role
    from whoholds.atlas.safety.tokens import TokenBook, book_path

    day = datetime.now(UTC).date() - timedelta(3)
    TokenBook(book_path(str(register))).add("ana", Role.KEEPER, made=day, expires=day)
    result = run("serve", register, "--port", "0")
    assert result.exit_code == 1
    assert "have expired" in result.stderr
    assert "expired" in run("tokens", "list", register).stdout


def test_a_port_in_use(register: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", register, "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "is in use" in result.stderr
    assert "--port 0" in result.stderr


@pytest.mark.parametrize(
    "command", [["serve"], ["tokens", "add", "--role", "reader"], ["tokens", "list"], ["tokens", "revoke"]]
)
def test_what_is_no_register(tmp_path: Path, command: list[str]) -> None:
    foreign = tmp_path / "notes.txt"
    foreign.write_text("not a register" * 100, encoding="utf-8")
    name = ["ana"] if command[-1] in ("reader", "revoke") else []
    for path in (foreign, tmp_path / "nowhere.whoholds", Path(":memory:")):
        result = run(*command, path, *name)
        assert result.exit_code == 1, result.output
        assert result.stderr.startswith("whoholds: ")
        assert len(result.stderr.splitlines()) == 2  # what is wrong and the way out
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "options",
    [
        ["--tls-cert", "a"],
        ["--tls-cert", "a", "--tls-key", "b", "--behind-proxy"],
        ["--behind-proxy", "--insecure"],
        ["--delay", "48h"],
        ["--public", "--delay", "soon"],
        ["--public", "--delay", "-1h"],
        ["--public", "--role", "keeper"],
        ["--role", "god"],
        ["--tiles", "https://tiles.example/"],
        ["--tiles", "https://[tiles.example/{z}/{x}/{y}"],
        ["--tile-credit", "Example"],
        ["--port", "70000"],
    ],
)
def test_options_that_do_not_go(register: Path, options: list[str]) -> None:
    assert run("serve", register, *options).exit_code == 2


def test_making_listing_and_revoking(register: Path) -> None:
    made = run("tokens", "add", register, "ana", "--role", "reviewer", "--expires", "2999-12-31")
    assert made.exit_code == 0
    assert made.stdout.startswith("whoholds_")
    assert "shown this once" in made.stderr
    again = run("tokens", "add", register, "ana", "--role", "reader")
    assert again.exit_code == 1
    assert "revoke it first" in again.stderr
    other = json.loads(run("tokens", "add", register, "bo", "--role", "reader", "--json").stdout)
    assert other["token"].startswith("whoholds_")
    listed = run("tokens", "list", register).stdout
    assert [line.split() for line in listed.splitlines()] == [
        ["name", "role", "made", "expires", "state"],
        ["ana", "reviewer", str(datetime.now(UTC).date()), "2999-12-31", "good"],
        ["bo", "reader", str(datetime.now(UTC).date()), "-", "good"],
    ]
    assert made.stdout.strip() not in listed
    assert [row["name"] for row in json.loads(run("tokens", "list", register, "--json").stdout)] == ["ana", "bo"]
    assert run("tokens", "revoke", register, "ana").stdout == "revoked the token of ana, reviewer\n"
    assert run("tokens", "revoke", register, "ana").exit_code == 1
    run("tokens", "revoke", register, "bo")
    assert run("tokens", "list", register).stdout == "# nobody has a token\n"


def test_tokens_that_are_not_made(register: Path) -> None:
    assert run("tokens", "add", register, "ana").exit_code == 2
    assert run("tokens", "add", register, "ana", "--role", "god").exit_code == 2
    assert run("tokens", "add", register, "", "--role", "reader").exit_code == 2
    assert run("tokens", "add", register, "ana", "--role", "reader", "--expires", "soon").exit_code == 2
    past = run("tokens", "add", register, "ana", "--role", "reader", "--expires", "2020-01-01")
    assert past.exit_code == 1
    assert "2020-01-01 is past" in past.stderr
    assert run("tokens", "list", register).stdout == "# nobody has a token\n"
