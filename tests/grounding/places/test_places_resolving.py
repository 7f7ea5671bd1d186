"""Which of several namesakes a document means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import report
from tests.grounding.places.atlas import atlas
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places import find_places, resolver_for, scoring
from whoholds.grounding.places.features import NAMES
from whoholds.model import Document, Place


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return atlas(tmp_path_factory.mktemp("places"))


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


def test_a_bare_name_is_the_town_of_its_area(gazetteer: Gazetteer) -> None:
    assert place_of(gazetteer, "Kherson", line("Kherson")).feature == "P"
    assert place_of(gazetteer, "Mykolaiv", line("Mykolaiv"), line("Kherson")).feature == "P"


def test_the_most_prominent_gives_way_to_the_town_of_a_local_report(gazetteer: Gazetteer) -> None:
    local = [line("Woodstock"), line("Tillsonburg"), line("Ingersoll"), line("Ontario")]
    assert place_of(gazetteer, "London", line("London")).country == "GB"
    assert place_of(gazetteer, "London", line("London"), *local).country == "CA"


def test_an_area_among_areas_is_no_town_of_its_name(gazetteer: Gazetteer) -> None:
    states = [line("Illinois"), line("Massachusetts")]
    assert place_of(gazetteer, "California", line("California"), *states).feature == "A"
    assert place_of(gazetteer, "Ontario", line("Ontario"), line("Woodstock"), line("Tillsonburg")).feature == "A"


def test_those_listed_together_lie_together(gazetteer: Gazetteer) -> None:
    after = "=,/PUNCT/punct>6 Fizuli/PROPN/conj>4/LOC and/CCONJ/cc>8 Jabrayil/PROPN/conj>4/LOC"
    assert place_of(gazetteer, "Jabrayil", line("Jabrayil")).country == "IQ"
    assert place_of(gazetteer, "Jabrayil", line("Agdam", after)).country == "AZ"


def test_the_outlet_tells_of_its_town_and_country(gazetteer: Gazetteer) -> None:
    document, sentences = report(line("Springfield"))
    told = Document(text=document.text, url="https://www.chicagoherald.com/news/1")
    assert round(find_places(told, sentences, gazetteer)[0][0].place.lon) == -90  # type: ignore[union-attr]


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
    assert "country named" in dict(next(choice for choice in choices if choice.place.country == "LB").features)
    weights = scoring.weights().second
    told = sum(value * weights[NAMES.index(name)] for name, value in choices[0].features)
    assert choices[0].score == pytest.approx(told)


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


def test_the_order_of_paragraphs_does_not_matter(gazetteer: Gazetteer) -> None:
    lines = [line("Tripoli"), LEBANON, line("Springfield"), CHICAGO, line("London"), line("Woodstock"), line("Goma")]

    def choices(told: list[str]) -> dict[str, Place | None]:
        return {where.name: where.place for where in find_places(*report(*told), gazetteer)[0]}

    assert choices(lines) == choices(lines[::-1]) == choices(lines[3:] + lines[:3])


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


def test_a_small_namesake_abroad_is_none_of_these(gazetteer: Gazetteer) -> None:
    text = report(line("Laurel"), line("Agdam"), line("Fizuli"), line("Azerbaijan"))
    resolver = resolver_for(*text, gazetteer)
    found = next(where for where in resolver.places if where.name == "Laurel")
    assert found.place is None or found.place.country == "AZ"
    problem = next(problem for problem in resolver.problems if problem.span == found.span)
    assert problem.code == "place-unknown"
    assert "Laurel (US" in problem.message


def test_what_ties_a_namesake_abroad_to_the_text_keeps_it(gazetteer: Gazetteer) -> None:
    assert place_of(gazetteer, "Hartford", line("Hartford"), line("Agdam"), line("Fizuli"), line("Azerbaijan")).country == "US"
    named = line("Laurel"), line("Agdam"), line("Fizuli"), line("Azerbaijan"), line("US")
    assert place_of(gazetteer, "Laurel", *named).country == "US"


def test_of_few_places_none_is_abroad(gazetteer: Gazetteer) -> None:
    assert place_of(gazetteer, "Laurel", line("Laurel"), line("Agdam")).country == "US"
