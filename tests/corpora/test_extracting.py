"""Records to documents: pages, texts, PDF files, mails, Markdown, and that everything else is told with a way out."""

from __future__ import annotations

import io
import time
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.corpora.charsets import in_utf8
from whoholds.corpora.extracting import document_of
from whoholds.corpora.markdown import plain_text
from whoholds.corpora.parts import Options
from whoholds.corpora.pdf import MOST_PAGES
from whoholds.corpora.pdf_paragraphs import Line, paragraphs
from whoholds.corpora.records import Raw, Told, Written
from whoholds.model import Document, Problem

pypdf = pytest.importorskip("pypdf")

PROSE = "The army entered the town on Wednesday after the last of its defenders had left, the ministry said."
PAGE = (
    "<!DOCTYPE html><html><head><title>Army enters town</title><meta property='og:site_name' content='Example Wire'></head>"
    f"<body><article><p>{PROSE}</p><p>{PROSE[4:]}</p></article></body></html>"
)


def raw(data: bytes | str, name: str = "report.txt", **others: object) -> Raw:
    data = data.encode() if isinstance(data, str) else data
    return Raw(place=f"in/{name}", name=name, data=data, **others)  # type: ignore[arg-type]


def document(record: Raw | Written, **options: object) -> Document:
    found, problems = document_of(record, Options(**options))  # type: ignore[arg-type]
    assert found is not None, problems
    return found


def refusal(record: Raw | Written) -> Problem:
    found, problems = document_of(record, Options())
    assert found is None
    assert problems[-1].message and problems[-1].hint
    assert record.place in problems[-1].message
    return problems[-1]  # which is why it is set aside


# What the container tells


def test_a_text_and_a_page() -> None:
    assert document(raw(PROSE)).text == PROSE
    page = document(raw(PAGE, "a/story.html"))
    assert (page.name, page.title, page.outlet) == ("a/story.html", "Army enters town", "Example Wire")


def test_what_the_container_tells_wins() -> None:
    told = Told(
        title="T", url="https://u.example/", outlet="O", author="A", published=date(2024, 3, 2), retrieved=date(2024, 3, 9)
    )
    for record in (raw(PAGE, told=told), Written(place="p", name="n", text=PROSE, told=told)):
        found = document(record, published=date(1999, 1, 1))
        assert (found.title, found.url, found.outlet, found.author) == ("T", "https://u.example/", "O", "A")
        assert (found.published, found.retrieved) == (date(2024, 3, 2), date(2024, 3, 9))


def test_the_day_of_the_options_is_that_of_reports_that_tell_none() -> None:
    assert document(raw(PROSE), published=date(1999, 1, 1)).published == date(1999, 1, 1)
    dated = f"Army enters town\n\n2 March 2024\n\n{PROSE}"
    assert document(raw(dated), published=date(1999, 1, 1)).published == date(2024, 3, 2)


def test_a_written_text_stays_as_it_is() -> None:
    assert document(Written(place="p", name="n", text=f"{PROSE}\r\n \U0001f680")).text == f"{PROSE}\r\n \U0001f680"
    assert document(Written(place="p", name="n", text=f"{PROSE}\ud83d")).text == f"{PROSE}\ufffd"


@pytest.mark.parametrize("text", ["", " \n", "---", "\u2014"])
def test_a_written_text_without_words_is_told(text: str) -> None:
    assert refusal(Written(place="t.csv:3", name="n", text=text)).code == "empty"


@pytest.mark.parametrize("ending", ["txt", "html", "md", "eml", "pdf", "mht", "gz", "x"])
def test_empty_files_are_told_by_place(ending: str) -> None:
    assert refusal(raw(b"", f"a.{ending}")).code in ("empty", "damaged")


def test_the_charset_of_the_answer_counts_where_the_bytes_do_not_tell() -> None:
    russian = "Войска вошли в город в среду, сообщило министерство обороны. " * 3
    assert document(raw(russian.encode("koi8-r"), charset="koi8-r")).text == russian
    assert document(raw(russian.encode(), charset="koi8-r")).text == russian
    assert in_utf8(b"caf\xe9", "latin-1") == "café".encode()
    assert in_utf8(b"caf\xe9", "no-such") == b"caf\xe9" == in_utf8(b"caf\xe9", "rot13")


def test_the_media_type_wins_over_the_name() -> None:
    assert document(raw(PAGE, "https://x.example/readme.md", content_type="text/html")).title == "Army enters town"


# PDF


def pdf(*pages: str) -> bytes:
    """A PDF file whose pages have these streams of content, with a font called F."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for content in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in
             (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"), ("Encoding", "WinAnsiEncoding"))}
        )  # fmt: skip
        fonts = DictionaryObject({NameObject("/F"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(content.encode("cp1252"))
        page[NameObject("/Contents")] = stream
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def column(*lines: str, x: int = 60, y: int = 700, size: int = 11, leading: int = 14) -> str:
    """Lines one below the other; an empty one leaves a gap."""
    drawn = [f"BT /F {size} Tf {x} {y - i * leading} Td ({line}) Tj ET" for i, line in enumerate(lines) if line]
    return "\n".join(drawn) + "\n"


STORY = (
    "The army entered the southern districts of the town on Wednesday after the",
    "last of its defenders had left across the river, the defence ministry said in a",
    "statement. The humani-",
    "tarian corridor was closed by the self-",
    "proclaimed authorities, the ex-",
    "minister said.",
)
TOLD = (
    "The army entered the southern districts of the town on Wednesday after the last of its defenders had left across the"
    " river, the defence ministry said in a statement. The humanitarian corridor was closed by the self-proclaimed authorities,"
    " the ex-minister said."
)


def test_lines_of_a_pdf_become_paragraphs() -> None:
    found = document(
        raw(pdf(column("Front line moves", size=20, y=760) + column(*STORY, "", "A second paragraph stands here.")), "a.pdf")
    )
    assert found.text.split("\n\n") == ["Front line moves", TOLD, "A second paragraph stands here."]


def test_sentences_go_on_in_the_next_column_and_on_the_next_page() -> None:
    pages = (column(*STORY[:1]) + column(*STORY[1:2], x=520, y=740), column(*STORY[2:]))
    assert document(raw(pdf(*pages), "a.pdf")).text == TOLD


def test_heads_and_feet_of_pages_are_left_out() -> None:
    def page(number: int) -> str:
        return (
            column("Monitoring mission, weekly report", y=800)
            + column(f"These are the words of page {number}.")
            + column(f"Page {number} of 4", y=40)
        )

    assert document(raw(pdf(*map(page, range(1, 5))), "a.pdf")).text == "\n\n".join(
        f"These are the words of page {i}." for i in range(1, 5)
    )


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    assert document(raw(pdf(column(*STORY)), "report.txt")).text == TOLD
    assert document(raw(b"\r\n" + pdf(column(*STORY)), "x", content_type="text/html")).text == TOLD


def test_a_scanned_pdf_is_told_with_a_way_out() -> None:
    problem = refusal(raw(pdf("", "0 0 m 100 100 l S", column("7")), "scan.pdf"))
    assert problem.code == "no-text" and "ocrmypdf" in problem.hint and "3 pages" in problem.message


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(column(*STORY))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_locked_pdf_is_told_and_one_locked_against_changes_is_read() -> None:
    assert refusal(raw(encrypted("secret"), "a.pdf")).code == "encrypted"
    assert document(raw(encrypted(""), "a.pdf")).text == TOLD


def test_a_pdf_with_more_pages_than_any_report_is_told() -> None:
    writer = pypdf.PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(10, 10)
    written = io.BytesIO()
    writer.write(written)
    assert refusal(raw(written.getvalue(), "a.pdf")).code == "too-large"


def test_a_title_counts_where_it_stands_on_the_first_page() -> None:
    for title, found in (("Front line moves", "Front line moves"), ("Microsoft Word - template.doc", None)):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(column("FRONT LINE MOVES", "", *STORY))))
        writer.add_metadata({"/Title": title})
        written = io.BytesIO()
        writer.write(written)
        assert (document(raw(written.getvalue(), "a.pdf")).title == title) == bool(found)


@pytest.mark.parametrize("cut", [20, 300, 600, -200, -30])
def test_damaged_pdfs_never_raise(cut: int) -> None:
    found, problems = document_of(raw(pdf(column(*STORY))[:cut], "a.pdf"), Options())
    assert found is not None or problems[0].hint


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_changed_pdfs_never_raise(at: int, new: bytes) -> None:
    data = _PDF[:at] + new + _PDF[at + len(new) :]
    found, problems = document_of(raw(data, "a.pdf"), Options())
    assert found is not None or problems


_PDF = pdf(column(*STORY))


def test_a_hyphen_stays_where_the_document_writes_it_elsewhere() -> None:
    def lines(*texts: str) -> list[list[Line]]:
        return [[Line(text, 60, 700 - 14 * i, 11) for i, text in enumerate(texts)]]

    assert paragraphs(lines("a long cease-", "fire of the two")) == ["a long ceasefire of the two"]
    assert paragraphs(lines("a long cease-", "fire, not a cease-fire")) == ["a long cease-fire, not a cease-fire"]
    assert paragraphs(lines("from 2019-", "2020 on")) == ["from 2019- 2020 on"]
    assert paragraphs([]) == paragraphs([[]]) == []


def test_items_of_a_list_are_paragraphs() -> None:
    page = [Line(text, 60, 700 - 14 * i, 11) for i, text in enumerate(("Points:", "• one", "• two and", "more", "(a) three"))]
    assert paragraphs([page]) == ["Points:", "• one", "• two and more", "(a) three"]


# Mails


def mail(text: str | None = PROSE, page: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html") if text is not None else message.set_content(page, subtype="html")
    return message


def test_a_mail_tells_title_day_and_text() -> None:
    message = mail(Subject="Fwd: Re: Army enters town", Date="Sat, 02 Mar 2024 23:30:00 -0500", From="Jo <jo@example.org>")
    found = document(raw(message.as_bytes(), "a.eml"))
    assert found.text.strip() == PROSE
    assert (found.title, found.published, found.outlet) == ("Army enters town", date(2024, 3, 2), None)


@pytest.mark.parametrize(
    ("headers", "outlet"),
    [
        ({"List_Id": '"Example Updates" <updates.example.org>', "From": "x@example.org"}, "Example Updates"),
        ({"List_Id": "<updates.example.org>", "From": "Example Wire <x@example.org>"}, "Example Wire"),
        ({"List_Unsubscribe": "<https://example.org/u>", "From": "Daily Brief <x@example.org>"}, "Daily Brief"),
        ({"Precedence": "bulk", "From": "x@example.org"}, None),
        ({"From": "Jo Reader <jo@example.org>"}, None),
    ],
)
def test_the_outlet_of_a_newsletter(headers: dict[str, str], outlet: str | None) -> None:
    assert document(raw(mail(**headers).as_bytes(), "a.eml")).outlet == outlet


def test_the_page_is_read_where_the_text_only_points_to_it() -> None:
    assert PROSE in document(raw(mail("View this mail in your browser.", PAGE).as_bytes(), "a.eml")).text
    long = f"{PROSE} {PROSE} {PROSE}"
    assert document(raw(mail(long, PAGE).as_bytes(), "a.eml")).text.strip() == long
    assert PROSE in document(raw(mail(None, PAGE).as_bytes(), "a.eml")).text


def test_a_short_text_is_read_where_its_page_says_nothing() -> None:
    assert document(raw(mail("Rebels took Goma on Monday.", "<html>").as_bytes(), "a.eml")).text.strip() == (
        "Rebels took Goma on Monday."
    )


def test_attachments_are_told() -> None:
    message = mail(Subject="s")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    found, problems = document_of(raw(message.as_bytes(), "a.eml"), Options())
    assert found is not None
    assert [problem.code for problem in problems] == ["attachments"] and "report.pdf" in problems[0].message


def test_a_mail_without_text_is_told() -> None:
    message = EmailMessage()
    message["Subject"] = "s"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    assert refusal(raw(message.as_bytes(), "a.eml")).code == "empty"


def test_charsets_and_flowed_lines_of_mails() -> None:
    body = "Войска вошли \nв город.\n\n-- \nподпись\n".encode("koi8-r")
    head = (
        b"Subject: =?utf-8?B?0JLQvtC50YHQutCw?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=koi8-r; format=flowed\n"
    )
    found = document(raw(head + b"Content-Transfer-Encoding: 8bit\n\n" + body, "a.eml"))
    assert found.title == "Войска"
    assert found.text.startswith("Войска вошли в город.\n\n-- \n")


@pytest.mark.parametrize(
    "head", [b"Subject: \xff\xfe\nDate: soon\nFrom: <<<", b"Date: Tue, 99 Foo 20244", b"Subject: =?x?B?!!?="]
)
def test_headers_that_follow_no_standard(head: bytes) -> None:
    assert PROSE in document(raw(head + b"\nMIME-Version: 1.0\n\n" + PROSE.encode(), "a.eml")).text


def test_a_page_saved_as_a_mail() -> None:
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/a\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    )
    found = document(raw(f"{head}{PAGE}\r\n--b--\r\n", "a.mht"))
    assert PROSE in found.text
    assert (found.title, found.url) == ("Army enters town", "https://news.example/a")


def test_parts_within_parts_without_end() -> None:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(1_000))
    found, problems = document_of(raw(f"MIME-Version: 1.0\n{head}\n{PROSE}", "a.eml"), Options())
    assert found is not None or problems[0].hint


def test_a_page_that_is_sent_as_something_else() -> None:
    for media_type in ("application/pdf", "message/rfc822", "text/markdown"):
        assert document(raw(PAGE, content_type=media_type)).title == "Army enters town"


@given(st.binary(max_size=300), st.sampled_from(["a.eml", "a.mht", "a.md", "a.pdf", "a.html", "a.txt"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise(data: bytes, name: str) -> None:
    found, problems = document_of(raw(data, name), Options())
    assert found is not None or problems


# Markdown


def test_the_marks_are_taken_off() -> None:
    written = (
        "# Army enters *town*\n\nThe **army** entered [the town](https://x.example), it\nsaid.\n![map](m.png)\n\n"
        "- one\n- two `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "> quoted\n\n<!-- hidden -->\n<div>kept &amp; said</div>\n\n    indented\n"
    )
    assert plain_text(written).split("\n\n") == [
        "Army enters town", "The army entered the town, it said.", "- one", "- two code", "a | b", "1 | 2", "quoted",
        "kept & said", "indented",
    ]  # fmt: skip


def test_the_head_of_a_markdown_file_tells_of_it() -> None:
    head = 'title: "Army enters town"\ndate: 2024-03-02\nsource: Example Wire\nurl: https://x.example/a\ntags: [a]'
    written = f"---\n{head}\n---\n\n{PROSE}\n"
    found = document(raw(written, "a.md"))
    assert found.text == PROSE
    assert (found.title, found.published, found.outlet, found.url) == (
        "Army enters town", date(2024, 3, 2), "Example Wire", "https://x.example/a",
    )  # fmt: skip


def test_a_markdown_file_that_opens_with_a_heading() -> None:
    assert document(raw(f"# Army enters town\n\n{PROSE}", "a.md")).title == "Army enters town"


@pytest.mark.parametrize("text", ["![](a.png)", "<!-- x -->", "***", "---\ntitle: x\n---\n"])
def test_markdown_without_words_is_told(text: str) -> None:
    assert refusal(raw(text, "a.md")).code == "empty"


@pytest.mark.parametrize("mark", [">", "[", "*a ", "- ", "`", "<!--", "<!-- -->"])
def test_marks_without_end_take_no_time(mark: str) -> None:
    began = time.process_time()
    found, problems = document_of(raw(mark * 5_000 + PROSE, "a.md"), Options())
    assert found is not None or problems
    assert time.process_time() - began < 5  # seconds
