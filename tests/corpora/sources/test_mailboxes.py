"""Mailboxes: a record a mail, whole in parts of any size."""

from __future__ import annotations

import mailbox
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora.sources.archives import PROSE, all_of
from tests.corpora.sources.wholes import PACKINGS, aside, at_leisure, planned, raws, read
from whoholds.corpora.extracting import document_of
from whoholds.corpora.parts import Options
from whoholds.corpora.sources import mailboxes


def made(path: Path, bodies: list[str]) -> Path:
    """A mailbox as the standard library writes it."""
    box = mailbox.mbox(path)
    for number, body in enumerate(bodies, 1):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "desk@wire.example", f"Report {number}"
        mail["Date"] = f"Wed, {number % 27 + 1:02} Nov 2020 10:00:00 +0000"
        mail.set_content(body)
        box.add(mail)
    box.close()
    return path


def test_each_mail_is_a_report(tmp_path: Path) -> None:
    bodies = [PROSE, f"From here they left.\n\nFrom Jon Wed Nov 25 10:00:00 2020\n{PROSE}", PROSE]
    found, set_aside = all_of(made(tmp_path / "a.mbox", bodies))
    assert not set_aside
    documents = [document_of(each, Options())[0] for each in found]
    assert [document and document.title for document in documents] == ["Report 1", "Report 2", "Report 3"]
    assert [document and document.published for document in documents] == [date(2020, 11, day) for day in (2, 3, 4)]
    assert [document and document.text.strip() for document in documents] == bodies


@pytest.mark.parametrize("packing", PACKINGS)
def test_parts_of_any_size_are_the_whole(packing: str, tmp_path: Path) -> None:
    path = made(tmp_path / "a.mbox", [PROSE] * 30)
    path.write_bytes(PACKINGS[packing](path.read_bytes()))
    whole = read(mailboxes, path)
    assert len(raws(whole)) == 30
    for size in (1, 7, 30):
        assert len(planned(mailboxes, path, size)) == -(-30 // size)
        assert read(mailboxes, path, size) == whole


@at_leisure
@given(st.lists(st.text(max_size=40) | st.just("From a@b Wed Nov 25 10:00:00 2020"), max_size=6), st.integers(1, 3))
def test_any_lines_are_whole_in_parts_and_never_raise(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.mbox"
    path.write_bytes("\n".join(lines).encode("utf-8", "replace"))
    whole = read(mailboxes, path)
    assert read(mailboxes, path, size) == whole


def test_a_file_without_mails_is_told_and_one_without_an_ending_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(b"nothing")
    assert aside(read(mailboxes, path)) == [("a.mbox", "empty")]
    named = made(tmp_path / "inbox", [PROSE, PROSE])
    assert len(all_of(named)[0]) == 2
