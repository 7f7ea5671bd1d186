"""Which of several namesakes a document means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import report
from tests.grounding.gazetteer.small import small_gazetteer
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places import find_places, resolver_for
from whoholds.model import Document, Place


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return small_gazetteer(tmp_path_factory.mktemp("places"))


def line(place: str, *more: str) -> str:
    return f"They/PRON/nsubj>2 were/VERB/root>0 in/ADP/case>4 {place}/PROPN/obl>2/LOC {' '.join(more)}".strip()


LEBANON = "Lebanon/PROPN/nsubj>2/LOC fired/VERB/root>0 back/ADV/advmod>2"
CHICAGO = line("Chicago")


def place_of(gazetteer: Gazetteer, name: str, *lines: str) -> Place:
    found = [where for where in find_places(*report(*lines), gazetteer)[0] if where.name == name]
    assert found and found[0].place is not None
    return found[0].place


def test_the_most_prominent_without_context(gazetteer: Gazetteer) -> None:
    assert place_of(gazetteer, "Tripoli", line("Tripoli")).country == "LY"
    assert place_of(gazetteer, "Moscow", line("Moscow")).country == "RU"


def test_the_country_mentioned(gazetteer: Gazetteer) -> None:
    assert place_of(gazetteer, "Tripoli", line("Tripoli"), LEBANON, LEBANON).country == "LB"


def test_the_neighbourhood(gazetteer: Gazetteer) -> None:
    place = place_of(gazetteer, "Springfield", line("Springfield"), CHICAGO, line("Illinois"))
    assert round(place.lon) == -90


def test_the_state_after_a_comma(gazetteer: Gazetteer) -> None:
    after = "=,/PUNCT/punct>6 Massachusetts/PROPN/nmod>4/LOC"
    assert round(place_of(gazetteer, "Springfield", line("Springfield", after)).lon) == -73
    assert round(place_of(gazetteer, "Springfield", line("Springfield", "=,/PUNCT/punct>6 MA/PROPN/nmod>4")).lon) == -73


def test_a_feature_word(gazetteer: Gazetteer) -> None:
    def feature(word: str) -> str:
        text = f"They/PRON/nsubj>2 hit/VERB/root>0 the/DET/det>5 Kherson/PROPN/compound>5/LOC {word}/NOUN/obj>2"
        return place_of(gazetteer, "Kherson", text).feature

    assert feature("region") == "A"
    assert feature("city") == "P"


def test_one_name_is_one_place_throughout(gazetteer: Gazetteer) -> None:
    places, _ = find_places(*report(line("Tripoli"), LEBANON, line("Tripoli"), LEBANON), gazetteer)
    assert len({where.place for where in places if where.name == "Tripoli"}) == 1


def test_alternatives_are_kept_and_the_choice_explained(gazetteer: Gazetteer) -> None:
    resolver = resolver_for(*report(line("Tripoli"), LEBANON), gazetteer)
    tripoli = resolver.places[0]
    assert [place.country for place in tripoli.alternatives] != []
    choices = resolver.explain(tripoli)
    assert choices[0].place == tripoli.place
    assert choices[0].score >= choices[1].score
    assert "prominence" in dict(choices[0].features)


RESOLVED = [
    ("Kalbajar", "AZ"),
    ("the Kalbajar region", "AZ"),
    ("district of Kalbajar", "AZ"),
    ("northern Syria", "SY"),
    ("Kelbadjor", "AZ"),
    ("Aleppo airport", "SY"),
]


@pytest.mark.parametrize(("name", "country"), RESOLVED)
def test_further_names(gazetteer: Gazetteer, name: str, country: str) -> None:
    document = Document(text=f"It was {name}.")
    where = resolver_for(document, [], gazetteer).resolve(name, document.span(7, 7 + len(name)))
    assert where.place is not None and where.place.country == country
    assert not where.name.startswith("the ")


def test_an_unknown_name_has_no_place(gazetteer: Gazetteer) -> None:
    document = Document(text="the road to Qwrtzp")
    assert resolver_for(document, [], gazetteer).resolve("road to Qwrtzp", document.span(4, 18)).place is None


def test_a_building_stands_in_the_town_before_it(gazetteer: Gazetteer) -> None:
    lines = (line("Kherson"), "Crowds/NOUN/nsubj>2 filled/VERB/root>0 Qwrtzp/PROPN/compound>4 Square/PROPN/obj>2")
    document, sentences = report(*lines)
    start = document.text.index("Qwrtzp")
    where = resolver_for(document, sentences, gazetteer).resolve("Qwrtzp Square", document.span(start, start + 13))
    assert where.place is not None and (where.place.feature, where.place.country) == ("S", "UA")


def test_documents_do_not_disturb_each_other(gazetteer: Gazetteer) -> None:
    beirut = report(line("Tripoli"), LEBANON, LEBANON)
    other = report(line("Tripoli"))
    first = [find_places(*pair, gazetteer)[0] for pair in (beirut, other)]
    second = [find_places(*pair, gazetteer)[0] for pair in (other, beirut)]
    assert first == second[::-1]


WORDS = [
    "Goma",
    "Springfield",
    ",",
    "MA",
    "the",
    "al",
    "-",
    "Syria",
    "Syrian",
    "'s",
    "of",
    "in",
    "region",
    "Kherson",
    "(",
    "Ill.",
    "army",
    "said",
    "É",
    "🙂",
]
TOKENS = st.builds(
    lambda word, upos, deprel, head, entity: f"{word}/{upos}/{deprel}>{head}" + (f"/{entity}" if entity else ""),
    st.sampled_from(WORDS),
    st.sampled_from(["PROPN", "NOUN", "ADJ", "ADP", "VERB", "PUNCT"]),
    st.sampled_from(["nsubj", "nmod", "nmod:poss", "compound", "amod", "conj", "root", "obl:agent"]),
    st.just(0),
    st.sampled_from(["", "LOC", "PERSON", "ORG", "NORP", "DATE", "MISC"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TOKENS, min_size=1, max_size=12).map(" ".join), max_size=4))
def test_whatever_the_parse_spans_quote_the_text_in_order(gazetteer: Gazetteer, lines: list[str]) -> None:
    document, sentences = report(*lines)
    places, _ = find_places(document, sentences, gazetteer)
    end = 0
    for where in places:
        assert where.span is not None
        assert where.span.start >= end
        assert document.text[where.span.start : where.span.end] == where.span.quote
        end = where.span.end


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_no_text_and_no_name_raise(gazetteer: Gazetteer, text: str) -> None:
    document = Document(text=text, url=text, outlet=text)
    resolver = resolver_for(document, [], gazetteer)
    resolver.resolve(text, document.span(0, len(text)))
