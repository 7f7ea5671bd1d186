"""A town and an area of one name: the words for a kind tell which is meant. The sentences are our own."""

from __future__ import annotations

from functools import cache

import pytest

from tests.builders import report
from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.around import situate
from whoholds.grounding.places import find_places
from whoholds.model import Control, Document, Where
from whoholds.pipeline import Reader

# A text, and the class of each mention of the names in it that are not demonyms, in text order.
SENTENCES = {
    "The town of Lachin stayed under Russian control. The Lachin district was handed over.": "PA",
    "The Lachin district was handed over first. Soldiers entered the city of Lachin two years later.": "AP",
    "Soldiers entered the town of Agdam in the Agdam district.": "PA",
    "Shusha town was shelled at night. Shusha district stayed quiet.": "PA",
    "The district of Lachin was calm. The town of Lachin was not.": "AP",
    "Russian forces left the city of Kherson. Fighting went on in the Kherson region.": "PA",
    "The Kherson region was shelled forty times. Three people died in the city of Kherson.": "AP",
    "The governor of Kherson region left Kherson city in a car.": "AP",
    "Kherson Oblast was annexed. Kherson City was liberated weeks later.": "AP",
    "Shells hit Donetsk city. Ukrainian troops hold a third of Donetsk region.": "PA",
    "Officials in Donetsk Oblast counted the dead. The city of Donetsk had no water.": "AP",
    "Drones flew over Kharkiv region and hit a plant in Kharkiv city.": "AP",
    "Clashes broke out in Aleppo province and the city of Aleppo.": "AP",
    "Rebels entered the besieged city of Aleppo. Jets bombed the northern Aleppo countryside.": "PA",
    "Government troops hold Aleppo city. Most of Aleppo governorate is lost.": "PA",
    "Gunmen seized Idlib city. The army advanced in Idlib province.": "PA",
    "Clashes in southern Idlib province killed ten. Idlib city was calm.": "AP",
    "Strikes hit the Raqqa governorate and Raqqa city.": "AP",
    "Raqqa province fell to the group, but the town of Raqqa held out for a week.": "AP",
    "Militants attacked the Homs countryside on Monday. The city of Homs was spared.": "AP",
    "Hama province saw fresh fighting. The army kept Hama city.": "AP",
    "The city of Deir ez-Zor was under siege. Tribes rose in Deir ez-Zor province.": "PA",
    "Ghazni city was overrun. Other districts of Ghazni province fell without a fight.": "PA",
    "The Taliban took Kunduz city. Kunduz province followed.": "PA",
    "The town of Rutshuru fell at dawn. Rutshuru territory is half empty.": "PA",
    "Marib city filled with people fleeing the south of Marib governorate.": "PA",
    "The towns of Agdam and Lachin were returned.": "PP",
    "The districts of Agdam, Kalbajar and Lachin were returned.": "AAA",
    "The Agdam and Lachin districts were returned.": "AA",
    "Shelling was reported in the Kherson and Donetsk regions.": "AA",
    "Artillery hit the cities of Kherson and Donetsk.": "PP",
    "Fighting raged in Idlib, Aleppo and Hama provinces.": "AAA",
    "Soldiers captured Kherson, a city on the river. Kherson, a region in the south, was annexed.": "PA",
    "Lachin, the town, was returned in 2022. Lachin, the district, was returned in 2020.": "PA",
    "Fighters left the village of Lachin. Lachin district was mined.": "PA",
    "Troops crossed the Lachin district and reached Lachin city.": "AP",
}
NAMES = (
    "Lachin Agdam Shusha Kherson Donetsk Kharkiv Aleppo Idlib Raqqa Homs Hama Deir Ghazni Kunduz Rutshuru Marib Kalbajar"
).split()


@cache
def _found() -> dict[str, list[Where]]:
    groundings = Reader().ground_many(Document(text=text) for text in SENTENCES)
    return {text: list(grounding.places) for text, grounding in zip(SENTENCES, groundings, strict=True)}


@pytest.mark.parametrize("text", SENTENCES)
def test_words_for_a_kind_tell_town_and_area_apart(text: str) -> None:
    named = [where for where in _found()[text] if where.name.split()[0] in NAMES]
    assert "".join(where.place.feature if where.place else "-" for where in named) == SENTENCES[text]


def test_claims_about_a_district_and_its_town_land_on_two_sites() -> None:
    text = (
        "Armenian forces handed over the Lachin district to Azerbaijan on 1 December 2020. "
        "Azerbaijan took control of the city of Lachin on 26 August 2022."
    )
    reading = Reader().read(Document(text=text))
    sites = {situate(claim.where).key for claim in reading.claims if isinstance(claim.matter, Control) and claim.where}
    assert len(sites) == 2


def _places(*lines: str) -> list[str]:
    document, sentences = report(*lines)
    return [where.place.feature for where in find_places(document, sentences, gazetteer())[0] if where.place]


def test_a_plural_tells_nothing_of_one_name_alone() -> None:
    line = "Towns/NOUN/nsubj>4 of/ADP/case>3 Kherson/PROPN/nmod>1/LOC burn/VERB/root>0"
    assert _places(line) == ["P"]


def test_a_namesake_elsewhere_is_no_matter_of_kinds() -> None:
    line = "They/PRON/nsubj>2 left/VERB/root>0 the/DET/det>4 city/NOUN/obj>2 of/ADP/case>6 Armenia/PROPN/nmod>4/LOC"
    more = "Yerevan/PROPN/nsubj>2/LOC in/ADP/case>3 Armenia/PROPN/nmod>1/LOC slept/VERB/root>0"
    document, sentences = report(line, more)
    found = find_places(document, sentences, gazetteer())[0]
    assert found[0].place is not None
    assert found[0].place.country in ("AM", "CO")
