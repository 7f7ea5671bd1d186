"""What an outlet's address and name tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grounding.places.atlas import atlas
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places import outlets
from whoholds.model import Document


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return atlas(tmp_path_factory.mktemp("outlets"))


NATIONS = [
    ("https://www.example.co.uk/a", None, ["GB"]),
    ("https://example.am/a", None, ["AM"]),
    ("https://example.com/a", None, []),
    ("https://example.tv/a", None, []),
    (None, "The Moscow Gazette", ["RU"]),
    (None, "Syrian News", ["SY"]),
    ("http://[broken", None, []),
    (None, None, []),
]


@pytest.mark.parametrize(("url", "outlet", "codes"), NATIONS)
def test_nations(url: str | None, outlet: str | None, codes: list[str]) -> None:
    assert outlets.nations(Document(text="x", url=url, outlet=outlet)) == codes


MASTHEADS = [
    ("http://www.hartforddailynews.com/1", None, "hartford"),
    ("http://thechicagosun.co.uk/1", None, "chicago"),
    ("http://www.thestate.com/1", None, None),
    ("http://www.herald.com/1", None, None),
    (None, "The Springfield News-Sun", "springfield"),
    (None, "Agency", None),
    (None, None, None),
]


@pytest.mark.parametrize(("url", "outlet", "town"), MASTHEADS)
def test_masthead(gazetteer: Gazetteer, url: str | None, outlet: str | None, town: str | None) -> None:
    found = outlets.masthead(Document(text="x", url=url, outlet=outlet), gazetteer)
    assert (found and found.name) == town
    assert found is None or (found.outlet and all(item.place.feature == "P" for item in found.candidates))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_address_and_no_name_raise(gazetteer: Gazetteer, url: str, outlet: str) -> None:
    document = Document(text="x", url=url, outlet=outlet)
    outlets.nations(document)
    outlets.masthead(document, gazetteer)
