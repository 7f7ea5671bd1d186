"""The place a report is about, from its names alone."""

from __future__ import annotations

from tests.grammar.build import claim_at, parsed, told, word
from whoholds.grammar.setting import Setting, is_country, is_region, leads
from whoholds.model import Document, Place, Use, Where


def _where(
    document: Document, name: str, country: str = "CD", feature: str = "P", use: Use = Use.LITERAL, at: int = 0
) -> Where:
    start = document.text.index(name, at)
    place = Place(name=name, lat=0.0, lon=0.0, country=country, feature=feature)
    return Where(name=name, place=place, use=use, span=document.span(start, start + len(name)))


def test_no_places_are_no_setting() -> None:
    setting = Setting(Document(text=""), [], [])
    assert setting.main_place() is setting.main_country() is None


def test_a_report_is_about_the_place_of_its_title() -> None:
    document = Document(text="Sake, Goma. Sake is calm.", title="Goma shelled")
    order = [_where(document, "Sake"), _where(document, "Goma"), _where(document, "Sake", at=10)]
    main = Setting(document, [], order).main_place()
    assert main is not None and main.name == "Goma"


def test_what_happened_there_weighs_and_what_was_signed_there_does_not() -> None:
    document = Document(text="Goma, Doha.", title="Goma and Doha")
    goma, doha = _where(document, "Goma"), _where(document, "Doha")
    setting = Setting(document, [], [goma, doha])
    assert setting.main_place([doha, doha]) == doha
    assert setting.main_place([], [goma]) == doha
    assert setting.main_place([], [goma, doha]) is None


def test_a_government_is_no_scene() -> None:
    document = Document(text="Goma", title="Goma")
    assert Setting(document, [], [_where(document, "Goma", use=Use.METONYM)]).main_place() is None


def test_a_title_that_speaks_of_a_country_names_no_one_place() -> None:
    text = "Mobs attacked a church in Jos on Monday.\n\nTen people were killed."
    assert claim_at(told(text, title="Killings in Nigeria"), "Ten people").where is None
    where = claim_at(told(text, title="Mobs riot in Jos"), "Ten people").where
    assert where is not None and where.name == "Jos"


def test_a_dateline_is_where_it_was_written() -> None:
    assert claim_at(told("BAMAKO, June 12 (Wire) - Gunmen burned 30 houses, the army said."), "burned").where is None


def test_kinds_of_places() -> None:
    document = Document(text="Ukraine Kharkiv Lyman")
    state, region = _where(document, "Ukraine", "UA", "A"), _where(document, "Kharkiv", "UA", "A")
    assert is_country(state) and not is_country(region)
    assert is_region(Place(name="Kharkiv", lat=0.0, lon=0.0, country="UA", feature="A", radius_m=100_000))
    assert not is_region(Place(name="Lyman", lat=0.0, lon=0.0, country="UA", feature="P", radius_m=100_000))


def test_a_road_leads_to_a_place() -> None:
    sentence = parsed("the/DET/det>2 road/NOUN/obj>0 to/ADP/case>4 Gao/PROPN/nmod>2")
    assert leads(word(sentence, "Gao")) and not leads(word(sentence, "road")) and not leads(None)
