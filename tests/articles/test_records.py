"""JSON records: what is read from them and how bad ones are told apart."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.articles import from_record, read_jsonl
from whoholds.articles.encoding import no_json_lines

GOOD: dict[str, object] = {"id": "a-1", "text": "The army entered the town.", "published": "2020-11-25"}


def test_a_full_record() -> None:
    record = {**GOOD, "title": "Army enters town", "outlet": "Wire", "url": "https://wire.example/1", "claims": []}
    document, problems = from_record(record, place="IN.jsonl:1")
    assert document and not problems
    assert (document.name, document.text, document.published) == ("a-1", GOOD["text"], date(2020, 11, 25))
    assert (document.title, document.outlet, document.url) == ("Army enters town", "Wire", "https://wire.example/1")


def test_a_bare_record() -> None:
    document, problems = from_record(
        {"text": "The army entered the town.", "title": None, "published": None}, place="IN.jsonl:7"
    )
    assert document and not problems
    assert (document.name, document.published, document.title) == ("IN.jsonl:7", None, None)


def test_a_number_as_id() -> None:
    document, _ = from_record({**GOOD, "id": 17}, place="IN.jsonl:1")
    assert document and document.name == "17"


BAD: dict[str, object] = {
    "a list": [],
    "a string": "text",
    "null": None,
    "no text": {"id": "x"},
    "text a number": {"id": "x", "text": 1},
    "text null": {"id": "x", "text": None},
    "text empty": {"id": "x", "text": ""},
    "text blank": {"id": "x", "text": " \n"},
    "no such day": {**GOOD, "published": "2020-13-45"},
    "no day": {**GOOD, "published": "yesterday"},
    "day a number": {**GOOD, "published": 20201125},
    "title a list": {**GOOD, "title": ["x"]},
    "outlet a number": {**GOOD, "outlet": 3},
    "url an object": {**GOOD, "url": {}},
    "id a list": {**GOOD, "id": []},
    "id true": {**GOOD, "id": True},
}


@pytest.mark.parametrize("name", BAD)
def test_bad_records(name: str) -> None:
    document, problems = from_record(BAD[name], place="IN.jsonl:3")
    assert document is None
    assert len(problems) == 1
    assert problems[0].code == "record"
    assert problems[0].message.startswith("IN.jsonl:3: ") and problems[0].hint


def test_every_fault_of_a_record_is_told() -> None:
    _, problems = from_record({"text": 1, "published": "2020-13-45", "url": 2}, place="p")
    assert len(problems) == 3


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    document, problems = from_record(json.loads('{"text": "The army \\ud800 entered."}'), place="p")
    assert document and document.text == "The army \ufffd entered." and not problems
    document.text.encode()


def test_lines_go_on_after_a_bad_one() -> None:
    good = json.dumps(GOOD).encode()
    lines = [
        b"\xef\xbb\xbf" + good + b"\n",
        b"\n",
        b"{oops\n",
        b"\xff\xfe{}\n",
        b"[" * 100_000 + b"\n",
        b"9" * 10_000,
        b"  \r\n",
        good,
    ]
    results = list(read_jsonl(iter(lines), place="IN.jsonl"))
    assert [document is not None for document, _ in results] == [True, False, False, False, False, True]
    places = [problems[0].message.split(": ")[0] for document, problems in results if document is None]
    assert places == ["IN.jsonl:3", "IN.jsonl:4", "IN.jsonl:5", "IN.jsonl:6"]


def test_lines_are_read_one_at_a_time() -> None:
    asked: list[int] = []

    def lines() -> object:
        for number in range(3):
            asked.append(number)
            yield json.dumps(GOOD).encode()

    reading = read_jsonl(lines(), place="p")  # type: ignore[arg-type]
    next(reading)
    assert asked == [0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "published", "title", "x"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_record_raises(record: object) -> None:
    document, problems = from_record(record, place="p")
    assert document is not None or problems


@given(st.lists(st.binary(max_size=40)))
def test_no_line_raises(lines: list[bytes]) -> None:
    first = [line.removeprefix(b"\xef\xbb\xbf") for line in lines[:1]]
    results = list(read_jsonl(lines, place="p"))
    if any(map(no_json_lines, first)):
        assert len(results) == 1
    else:
        assert len(results) == sum(bool(line.strip()) for line in first + lines[1:])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("\ufeff{}".encode("utf-16-le"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\n\n\n", "a PNG image"),
        (b"PK\x03\x04\n\n", "a ZIP archive"),
    ],
)
def test_files_of_another_kind_give_one_problem(data: bytes, kind: str) -> None:
    ((document, (problem,)),) = read_jsonl(data.splitlines(keepends=True), place="IN.jsonl")
    assert document is None
    assert problem.code == "record"
    assert problem.message.startswith(f"IN.jsonl: not JSON Lines but {kind}")


def test_repeated_ids_are_told_and_read() -> None:
    lines = [json.dumps({**GOOD, "id": name}).encode() for name in ("a", "b", "a")]
    (_, first), (_, second), (document, (problem,)) = read_jsonl(lines, place="IN.jsonl")
    assert document and not first and not second
    assert (problem.code, problem.message) == ("repeated-id", 'IN.jsonl:3: the id "a" stood in line 1 already')


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"[" * 100_000, "brackets within brackets"),
        (b'{"id": ' + b"1" * 10_000 + b"}", "a number too long"),
        (b'{"text": "...!? \xf0\x9f\x94\xa5"}', '"text" has no words in it'),
        (b'"half', "not JSON: Unterminated string starting at character 1"),
    ],
)
def test_what_is_wrong_with_a_line(line: bytes, message: str) -> None:
    ((document, (problem,)),) = read_jsonl([line], place="IN.jsonl")
    assert document is None
    assert problem.message.startswith(f"IN.jsonl:1: {message}")
