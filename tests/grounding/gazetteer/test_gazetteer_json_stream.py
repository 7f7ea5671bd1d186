"""JSON in pieces reads as it does whole."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grounding.gazetteer.json_stream import JsonStream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


@given(st.lists(VALUES, max_size=6), st.integers(1, 30), st.sampled_from([None, 2]), st.booleans())
def test_any_pieces(values: list[object], size: int, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
    stream = JsonStream(pieces(text, size))
    found = []
    stream.expect("[")
    while not stream.take("]"):
        found.append(stream.value())
        stream.take(",")
    assert found == values
    assert stream.peek() == ""
    assert stream.line == 1 + text.count("\n")


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=6), st.integers(1, 30), st.sampled_from([None, 2]), st.booleans())
def test_members_in_any_pieces(values: dict[str, object], size: int, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps([values, 1], indent=indent, ensure_ascii=ascii_only)
    stream = JsonStream(pieces(text, size))
    stream.expect("[")
    assert list(stream.members()) == list(values.items())
    assert stream.take(",")
    assert stream.value() == 1
    stream.expect("]")
    assert stream.line == 1 + text.count("\n")


@pytest.mark.parametrize(
    "text", ['{"a": 1 "b": 2}', '{"a": [] "b": []}', '{"a" 1}', '{"a": [}', '{"a": []', "{1: 2}", '{"a": [],, "b": 1}']
)
@pytest.mark.parametrize("size", [1, 100])
def test_members_of_no_object(text: str, size: int) -> None:
    with pytest.raises(json.JSONDecodeError):
        list(JsonStream(pieces(text, size)).members())


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(("text", "line"), [('[1,\n"abc', 2), ("[1,\n\n nul]", 3), ('[{"a":\n\n', 1), ("[1,\n{]", 2)])
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, size: int) -> None:
    stream = JsonStream(pieces(text, size))
    stream.expect("[")
    with pytest.raises(json.JSONDecodeError):
        while True:
            stream.value()
            stream.take(",")
    assert stream.line >= line


def test_a_value_too_long_is_not_read_to_the_end() -> None:
    read = []

    def endless() -> Iterator[str]:
        yield '"'
        while True:
            read.append(1)
            yield "x" * 1000

    stream = JsonStream(endless(), largest=100)
    with pytest.raises(json.JSONDecodeError):
        stream.value()
    assert len(read) < 10
