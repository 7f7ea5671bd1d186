"""Fetching reports by address: what is public and text comes, all else is refused with words."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.articles.web import Web, leads_to, says, serving
from whoholds.articles import reachable
from whoholds.articles.fetching import (
    FEEDS,
    PDF,
    TYPES,
    Bounds,
    Declined,
    Fetched,
    LeadsOn,
    Saved,
    Unchanged,
    Validators,
    fetch,
    fetch_once,
    fetch_to,
)
from whoholds.articles.reachable import is_public
from whoholds.model import Problem

AT = datetime(2024, 3, 2, 12, tzinfo=UTC)
PAGE = b"<!doctype html><p>Rebels left Old Mill on Saturday.</p>"
PUBLIC = "127.0.0.2"  # stands for a machine on the public network


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server whose address counts as a public one, as the only one of this machine."""
    monkeypatch.setattr(reachable, "is_public", lambda address: address == PUBLIC or is_public(address))
    monkeypatch.setattr(reachable, "_is_ours", lambda address, port: False)
    try:
        with serving(PUBLIC) as found:
            yield found
    except OSError:
        pytest.skip(f"this system has no {PUBLIC}")


def refusal(address: str, **options: Any) -> Problem:
    found = fetch(address, **options)
    assert isinstance(found, Problem), found
    assert found.message
    assert found.hint
    return found


def test_a_page_comes_with_where_it_came_from(web: Web) -> None:
    web.answers["/a"] = leads_to("/b")
    web.answers["/b"] = says(PAGE, "Text/HTML; charset=windows-1251")
    found = fetch(web.at("/a#words"), allow_private=True, clock=lambda: AT)
    assert found == Fetched(PAGE, web.at("/b"), AT, "text/html", "windows-1251")


def test_plain_text_comes_too(web: Web) -> None:
    web.answers["/"] = says(b"Rebels left.", "text/plain")
    found = fetch(web.at("/"), allow_private=True)
    assert isinstance(found, Fetched)
    assert (found.content_type, found.charset) == ("text/plain", None)
    assert found.retrieved.tzinfo is UTC


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",  # 127.0.0.1 as one number
        "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://0.0.0.0:{port}/",
        "http://[::1]:{port}/",
        "http://[::]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://①②⑦.⓪.⓪.①:{port}/",  # IDNA makes digits of these
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/metadata",
        "http://100.100.100.200/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
    ],
)
def test_what_is_not_public_is_not_asked(web: Web, address: str) -> None:
    assert refusal(address.format(port=web.port)).code in ("private", "unknown", "address")
    assert web.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/report.txt",
        "gopher://example.org/",
        "javascript:alert(1)",
        "data:text/html,words",
        "//example.org/",
        "example.org",
        "",
        "https://",
        "http://user:secret@example.org/",
        "http://example.org:25/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://[::1/",
        "http://example.org/\r\nHost: elsewhere",
        "http://example.org/" + "a" * 3_000,
        "http://\u202egro.elpmaxe/",
    ],
)
def test_odd_addresses_are_refused_before_anything_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_: object, **__: object) -> None:
        raise AssertionError("a name was resolved")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    found = refusal(address)
    assert found.code == "address"
    assert "secret" not in found.message


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192
    192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1
    ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 100::1 2001:db8::1 2001:0:7f00:1::1
    2002:7f00:1::1 2002:a00:1::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%lo fec0::1 ff02::1 2606:4700::1%eth0 nonsense""".split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_redirect_into_the_machine_is_refused(public: Web, web: Web) -> None:
    web.answers["/"] = says(b"a secret", "text/plain")
    public.answers["/a"] = leads_to("/b")
    public.answers["/b"] = leads_to(web.at("/"))
    assert refusal(public.at("/a", PUBLIC)).code == "private"
    assert [path for path, _ in public.asked] == ["/a", "/b"]
    assert web.asked == []


@pytest.mark.parametrize("where", ["file:///etc/passwd", "http://user:word@example.org/", "http://[::1", "", "gopher://x/"])
def test_a_redirect_to_an_odd_address_is_refused(public: Web, where: str) -> None:
    public.answers["/"] = leads_to(where)
    assert refusal(public.at("/", PUBLIC)).code in ("address", "redirects", "unreachable")
    assert len(public.asked) == 1


def test_a_name_is_resolved_once(public: Web, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a public address when it is checked and this machine when it is connected to (DNS rebinding)."""
    resolved: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        if host in ("news.example", b"news.example"):
            resolved.append(host)
            return real(PUBLIC if len(resolved) == 1 else "127.0.0.1", port, *arguments, **options)
        return real(host, port, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    public.answers["/"] = says(PAGE)
    found = fetch(public.at("/", "news.example"))
    assert isinstance(found, Fetched), found
    assert len(resolved) == 1
    assert public.asked == [("/", f"news.example:{public.port}")]
    assert found.url == public.at("/", "news.example")


def test_a_name_with_one_private_address_is_refused(public: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in (PUBLIC, "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert refusal(public.at("/", "news.example")).code == "private"
    assert public.asked == []


def test_redirects_come_to_an_end(web: Web) -> None:
    web.answers["/"] = leads_to("/")
    assert refusal(web.at("/"), allow_private=True).code == "redirects"
    assert len(web.asked) == 6


def test_five_redirects_are_followed(web: Web) -> None:
    for number in range(5):
        web.answers[f"/{number}"] = leads_to(f"/{number + 1}", (301, 302, 303, 307, 308)[number])
    web.answers["/5"] = says(PAGE)
    assert isinstance(fetch(web.at("/0"), allow_private=True), Fetched)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("application/pdf", "pdf"), ("image/png", "type"), ("application/json", "type"), ("text/html2", "type"), ("", "type")],
)
def test_other_types_are_refused(web: Web, kind: str, code: str) -> None:
    web.answers["/"] = says(PAGE, kind)
    assert refusal(web.at("/"), allow_private=True).code == code


@pytest.mark.parametrize("status", [204, 206, 304, 401, 404, 500, 503])
def test_other_answers_are_refused(web: Web, status: int) -> None:
    web.answers["/"] = says(b"" if status in (204, 304) else PAGE, status=status)
    assert refusal(web.at("/"), allow_private=True).code == "status"


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a" * 65_536)
    except OSError:
        pass


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Byte by byte, each in time for a limit that counts from the last one."""
    try:
        for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Slow: " + b"a" * 1_000:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)
    except OSError:
        pass


def test_huge_bodies_are_refused(web: Web) -> None:
    web.answers.update({"/endless": endless, "/told": says(b"a" * 2_000, "text/plain")})
    bounds = Bounds(largest=1_000)
    assert refusal(web.at("/endless"), allow_private=True, bounds=bounds).code == "too-large"
    assert refusal(web.at("/told"), allow_private=True, bounds=bounds).code == "too-large"


def test_packed_bodies_are_counted_unpacked(web: Web) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 60_000
    web.answers["/bomb"] = says(bomb, "text/plain", Content_Encoding="gzip")
    web.answers["/small"] = says(gzip.compress(PAGE), Content_Encoding="gzip")
    web.answers["/broken"] = says(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")
    web.answers["/other"] = says(PAGE, Content_Encoding="br")
    assert refusal(web.at("/bomb"), allow_private=True, bounds=Bounds(largest=1_000_000)).code == "too-large"
    small = fetch(web.at("/small"), allow_private=True)
    assert isinstance(small, Fetched)
    assert small.data == PAGE
    assert refusal(web.at("/broken"), allow_private=True).code == "packing"
    assert refusal(web.at("/other"), allow_private=True).code == "packing"


def test_slow_answers_come_to_an_end(web: Web) -> None:
    web.answers["/"] = dripping
    began = time.monotonic()
    assert refusal(web.at("/"), allow_private=True, bounds=Bounds(seconds=0.4)).code == "slow"
    assert time.monotonic() - began < 3


def test_nobody_there(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/", allow_private=True).code == "unreachable"


def test_an_answer_that_is_none(web: Web) -> None:
    web.answers["/"] = lambda handler: handler.wfile.write(b"\x00\x01\x02 nonsense\r\n\r\n") and None
    assert refusal(web.at("/"), allow_private=True).code == "unreachable"


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not installed")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    kind = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split()
    named = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run(["openssl", "req", *kind, *named], check=True, capture_output=True)
    with serving(tls=(str(certificate), str(key))) as web:
        web.answers["/"] = says(PAGE)
        assert refusal(web.at("/", "localhost", "https"), allow_private=True).code == "tls"
        assert web.asked == []


def test_what_is_unchanged_is_told_without_a_body(web: Web) -> None:
    web.answers["/"] = says(
        PAGE, ETag='"v1"', Last_Modified="Sat, 02 Mar 2024 10:00:00 GMT", Cache_Control="public, max-age=600"
    )
    first = fetch(web.at("/"), allow_private=True)
    assert isinstance(first, Fetched)
    assert first.validators == Validators(etag='"v1"', last_modified="Sat, 02 Mar 2024 10:00:00 GMT")
    assert first.max_age == 600
    sent: list[tuple[str | None, str | None]] = []

    def conditional(handler: BaseHTTPRequestHandler) -> None:
        sent.append((handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]))
        says(b"", status=304, ETag='"v2"')(handler)

    web.answers["/"] = conditional
    second = fetch(web.at("/"), allow_private=True, known=first.validators, clock=lambda: AT)
    kept = Validators(etag='"v2"', last_modified="Sat, 02 Mar 2024 10:00:00 GMT")
    assert second == Unchanged(web.at("/"), AT, kept)
    assert sent == [('"v1"', "Sat, 02 Mar 2024 10:00:00 GMT")]


@pytest.mark.parametrize("etag", ["", '"' + "x" * 600 + '"', "\x01"])
def test_validators_that_cannot_be_sent_back_are_not_kept(web: Web, etag: str) -> None:
    web.answers["/"] = says(PAGE, ETag=etag)
    found = fetch(web.at("/"), allow_private=True)
    assert not isinstance(found, Fetched) or found.validators == Validators()


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("9" * 18, 30 * 86_400),
        ("Sat, 02 Mar 2024 12:05:00 GMT", 300),
        ("Fri, 01 Mar 2024 12:05:00 GMT", 0),
        ("Sun, 02 Mar 2098 12:05:00 GMT", 30 * 86_400),
        ("soon", None),
        ("-5", None),
        ("Sat, 99 Mar 2024 12:05:00 GMT", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_come_later(web: Web, told: str, seconds: int | None, status: int) -> None:
    web.answers["/"] = says(b"", status=status, Retry_After=told)
    found = refusal(web.at("/"), allow_private=True, clock=lambda: AT)
    assert isinstance(found, Declined)
    assert (found.code, found.status) == ("status", status)
    assert found.again == (None if seconds is None else AT + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("max-age=60", 60),
        ("public, MAX-AGE = 5", 5),
        ("s-maxage=9", None),
        ("no-cache, max-age=60", 0),
        ("no-store", 0),
        ("", None),
        ("max-age=soon", None),
    ],
)
def test_how_long_an_answer_stays_fresh(web: Web, told: str, seconds: int | None) -> None:
    web.answers["/"] = says(PAGE, Cache_Control=told)
    found = fetch(web.at("/"), allow_private=True)
    assert isinstance(found, Fetched)
    assert found.max_age == seconds


def test_other_types_come_where_they_are_asked_for(web: Web) -> None:
    accepted: list[str] = []

    def telling(handler: BaseHTTPRequestHandler) -> None:
        accepted.append(handler.headers["Accept"])
        says(b"<rss/>", "application/rss+xml")(handler)

    web.answers["/"] = telling
    assert refusal(web.at("/"), allow_private=True).code == "type"
    for types in (FEEDS, None):
        found = fetch(web.at("/"), allow_private=True, types=types)
        assert isinstance(found, Fetched)
        assert found.data == b"<rss/>"
    assert accepted[0] == "text/html, application/xhtml+xml, text/plain;q=0.9"
    assert "application/rss+xml" in accepted[1]
    assert accepted[2] == "*/*"
    web.answers["/p"] = says(b"%PDF-1.7", "application/pdf")
    pdf = fetch(web.at("/p"), allow_private=True, types=TYPES | PDF)
    assert isinstance(pdf, Fetched)
    assert pdf.content_type == "application/pdf"
    web.answers["/none"] = says(b"words", "")
    assert isinstance(fetch(web.at("/none"), allow_private=True, types=None), Fetched)


def test_permanent_redirects_are_told_as_far_as_they_are_permanent(web: Web) -> None:
    web.answers.update({"/c": says(PAGE), "/b": leads_to("/c", 308), "/a": leads_to("/b", 301)})
    web.answers.update({"/x": leads_to("/a", 302), "/y": leads_to("/z", 301), "/z": leads_to("/c", 307)})
    for path, moved in (("/a", "/c"), ("/x", None), ("/y", "/z"), ("/c", None)):
        found = fetch(web.at(path), allow_private=True)
        assert isinstance(found, Fetched)
        assert found.moved == (web.at(moved) if moved else None)


def test_one_question_follows_nothing(web: Web) -> None:
    web.answers.update({"/a": leads_to("/b", 301), "/b": says(PAGE)})
    assert fetch_once(web.at("/a"), allow_private=True) == LeadsOn(web.at("/a"), web.at("/b"), permanent=True)
    assert isinstance(fetch_once(web.at("/b"), allow_private=True), Fetched)
    assert [path for path, _ in web.asked] == ["/a", "/b"]


def test_who_asks_is_told(web: Web) -> None:
    agents: list[str] = []

    def telling(handler: BaseHTTPRequestHandler) -> None:
        agents.append(handler.headers["User-Agent"])
        says(PAGE)(handler)

    web.answers["/"] = telling
    fetch(web.at("/"), allow_private=True)
    fetch(web.at("/"), allow_private=True, contact="desk@example.org")
    assert agents[0].startswith("whoholds/")
    assert agents[1] == f"{agents[0]} (+desk@example.org)"


def test_a_body_of_several_gzip_members_comes_whole(web: Web) -> None:
    web.answers["/"] = says(
        gzip.compress(b"Rebels ") + gzip.compress(b"left.") + bytes(8), "text/plain", Content_Encoding="gzip"
    )
    found = fetch(web.at("/"), allow_private=True)
    assert isinstance(found, Fetched)
    assert found.data == b"Rebels left."


def test_a_file_comes_whole_or_not_at_all(web: Web, tmp_path: Path) -> None:
    body = bytes(range(256)) * 20_000
    asked: list[str] = []

    def telling(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["Accept-Encoding"])
        says(body, "application/warc", ETag='"w"')(handler)

    web.answers["/a"] = leads_to("/b.warc")
    web.answers["/b.warc"] = telling
    path = tmp_path / "b.warc"
    found = fetch_to(path, web.at("/a"), allow_private=True, clock=lambda: AT)
    assert found == Saved(path, len(body), web.at("/b.warc"), AT, "application/warc", None, Validators(etag='"w"'))
    assert path.read_bytes() == body
    assert asked == ["identity"]
    for path_, answer, code in (
        ("/large", says(body), "too-large"),
        ("/endless", endless, "too-large"),
        ("/404", says(b"", status=404), "status"),
        ("/slow", dripping, "slow"),
    ):
        web.answers[path_] = answer
        failed = fetch_to(path, web.at(path_), allow_private=True, bounds=Bounds(largest=100_000, seconds=0.5))
        assert isinstance(failed, Problem)
        assert failed.code == code
    nowhere = fetch_to(tmp_path / "no" / "b", web.at("/b.warc"), allow_private=True)
    assert isinstance(nowhere, Problem)
    assert nowhere.code == "unwritable"
    assert [one.name for one in tmp_path.iterdir()] == ["b.warc"]
    assert path.read_bytes() == body


def test_a_connection_that_breaks_off_leaves_no_file(web: Web, tmp_path: Path) -> None:
    def breaking(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"only this")

    web.answers["/"] = breaking
    found = fetch_to(tmp_path / "a", web.at("/"), allow_private=True)
    assert isinstance(found, Problem)
    assert found.code == "unreachable"
    assert list(tmp_path.iterdir()) == []


def test_packed_files_are_kept_and_packed_answers_are_not(web: Web, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    web.answers["/a.warc.gz"] = says(packed, "application/octet-stream", Content_Encoding="gzip")
    web.answers["/a.jsonl"] = says(packed, "application/json", Content_Encoding="gzip")
    assert isinstance(fetch_to(tmp_path / "a", web.at("/a.warc.gz"), allow_private=True), Saved)
    assert isinstance(fetch_to(tmp_path / "b", web.at("/a.jsonl"), allow_private=True), Saved)
    assert (tmp_path / "a").read_bytes() == packed
    assert (tmp_path / "b").read_bytes() == PAGE
