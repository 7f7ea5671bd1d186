"""Single noun phrases: name, country, role and organisation as the phrase itself tells them."""

from __future__ import annotations

import pytest

from tests.builders import report, token_of
from whoholds.grounding.actors import ActorContext

# words of the phrase with UPOS, its head last but for complements; the head's words; name, country, role
MUST = [
    ("Azerbaijani/ADJ troops/NOUN", "troops", "Azerbaijani troops", "AZE", "MIL"),
    ("Azerbaijan/PROPN ='s/PART defence/NOUN ministry/NOUN", "ministry", "Azerbaijan's defence ministry", "AZE", "MIL"),
    ("the/DET general/ADJ staff/NOUN of/ADP Ukraine/PROPN", "general staff", "general staff of Ukraine", "UKR", "MIL"),
    ("Armenian/ADJ officials/NOUN", "officials", "Armenian officials", "ARM", "GOV"),
    ("the/DET government/NOUN of/ADP Syria/PROPN", "government", "government of Syria", "SYR", "GOV"),
    ("Chile/PROPN ='s/PART foreign/ADJ minister/NOUN", "minister", "Chile's foreign minister", "CHL", "GOV"),
    ("Iranian/ADJ riot/NOUN police/NOUN", "police", "Iranian riot police", "IRN", "COP"),
    ("Ukraine/PROPN ='s/PART military/ADJ intelligence/NOUN", "intelligence", "Ukraine's military intelligence", "UKR", "SPY"),
    ("Syrian/ADJ rebels/NOUN", "rebels", "Syrian rebels", "SYR", "REB"),
    ("M23/PROPN rebels/NOUN", "rebels", "M23 rebels", "COD", "REB"),
    ("Maute/PROPN gunmen/NOUN", "gunmen", "Maute gunmen", "PHL", "REB"),
    ("RSF/PROPN fighters/NOUN", "fighters", "RSF fighters", "SDN", "REB"),
    ("Houthi/PROPN officials/NOUN", "officials", "Houthi officials", "YEM", "REB"),
    ("Libyan/ADJ militiamen/NOUN", "militiamen", "Libyan militiamen", "LBY", "UAF"),
    ("members/NOUN of/ADP the/DET Gulf/PROPN Clan/PROPN", "members", "members of the Gulf Clan", "COL", "UAF"),
    ("Sudan/PROPN ='s/PART main/ADJ opposition/NOUN party/NOUN", "party", "Sudan's main opposition party", "SDN", "OPP"),
    ("Syrian/ADJ opposition/NOUN senator/NOUN", "senator", "Syrian opposition senator", "SYR", "OPP"),
    ("Yemeni/ADJ civilians/NOUN", "civilians", "Yemeni civilians", "YEM", "CVL"),
    ("hundreds/NOUN of/ADP Syrian/ADJ residents/NOUN", "hundreds", "hundreds of Syrian residents", "SYR", "CVL"),
    ("two/NUM Chinese/ADJ warplanes/NOUN", "warplanes", "two Chinese warplanes", "CHN", "MIL"),
    ("Syrian/ADJ refugees/NOUN", "refugees", "Syrian refugees", "SYR", "REF"),
    ("the/DET United/PROPN Nations/PROPN", "Nations", "United Nations", None, "IGO"),
    ("the/DET African/PROPN Union/PROPN", "Union", "African Union", None, "IGO"),
    ("UN/PROPN officials/NOUN", "officials", "UN officials", None, "IGO"),
    ("UN/PROPN peacekeepers/NOUN", "peacekeepers", "UN peacekeepers", None, "PPL"),
    ("Russian/ADJ peacekeepers/NOUN", "peacekeepers", "Russian peacekeepers", "RUS", "PPL"),
    ("aid/NOUN agencies/NOUN", "agencies", "aid agencies", None, "NGO"),
    ("Doctors/PROPN Without/ADP Borders/PROPN", "Borders", "Doctors Without Borders", None, "NGO"),
    (
        "the/DET Syrian/PROPN Observatory/PROPN for/ADP Human/PROPN Rights/PROPN",
        "Observatory",
        "Syrian Observatory for Human Rights",
        "SYR",
        "NGO",
    ),
    ("Syrian/ADJ state/NOUN media/NOUN", "media", "Syrian state media", "SYR", "MED"),
    ("an/DET Iranian/ADJ court/NOUN", "court", "Iranian court", "IRN", "JUD"),
    ("the/DET Armenian/ADJ parliament/NOUN", "parliament", "Armenian parliament", "ARM", "LEG"),
    ("Baku/PROPN", "Baku", "Baku", "AZE", "GOV"),
    ("the/DET Kremlin/PROPN", "Kremlin", "Kremlin", "RUS", "GOV"),
    ("a/DET Kremlin/PROPN spokesman/NOUN", "spokesman", "Kremlin spokesman", "RUS", "GOV"),
    ("Kosovo/PROPN", "Kosovo", "Kosovo", "XKX", "GOV"),
    ("the/DET Kosovo/PROPN Liberation/PROPN Army/PROPN", "Army", "Kosovo Liberation Army", "XKX", "REB"),
    ("the/DET Armenians/PROPN", "Armenians", "Armenians", "ARM", None),
    ("Armenian/ADJ hands/NOUN", "hands", "Armenian", "ARM", None),
    ("a/DET Russian/ADJ withdrawal/NOUN", "Russian", "Russian", "RUS", "MIL"),
    ("a/DET French/ADJ draft/NOUN", "French", "French", "FRA", "GOV"),
    ("General/PROPN John/PROPN de/PROPN Chastelain/PROPN", "Chastelain", "John de Chastelain", None, "IGO"),
    (
        "the/DET secretary/NOUN =-/PUNCT =general/NOUN of/ADP the/DET U.N./PROPN",
        "general",
        "secretary-general",
        None,
        "IGO",
    ),
    ("rebels/NOUN of/ADP M23/PROPN", "rebels", "rebels of M23", "COD", "REB"),
    ("Taliban/PROPN", "Taliban", "Taliban", "AFG", "REB"),
    ("al/X =-/PUNCT =Shabaab/PROPN", "Shabaab", "al-Shabaab", "SOM", "REB"),
    ("al-Shabaab/PROPN", "al-Shabaab", "al-Shabaab", "SOM", "REB"),
    ("SPLM/PROPN =-/PUNCT =IO/PROPN", "IO", "SPLM-IO", "SSD", "REB"),
    ("Nicolas/PROPN Maduro/PROPN", "Maduro", "Nicolas Maduro", "VEN", "GOV"),
]
# what is no actor: things, notions, days, villages; and capitals where the table wants them
MUST_NOT = [
    ("part/NOUN of/ADP Syria/PROPN", "part"),
    ("an/DET agreement/NOUN", "agreement"),
    ("the/DET village/NOUN", "village"),
    ("Wednesday/PROPN", "Wednesday"),
    ("Charektar/PROPN", "Charektar"),
    ("northern/ADJ Syria/PROPN", "Syria"),
    ("Syrian/ADJ wine/NOUN", "wine"),
    ("heavy/ADJ snow/NOUN", "snow"),
    ("gam/NOUN", "gam"),
    ("wagner/NOUN", "wagner"),
]


def _line(words: str) -> str:
    """The words as a sentence of their own, each hanging on the next noun."""
    parts = words.split()
    relations = {
        "DET": "det",
        "ADJ": "amod",
        "NOUN": "compound",
        "PROPN": "compound",
        "PART": "case",
        "NUM": "nummod",
        "ADP": "case",
    }
    marked = []
    for i, part in enumerate(parts, 1):
        upos = part.rpartition("/")[2]
        last = i == len(parts) or parts[i].endswith("/ADP")
        marked.append(f"{part}/root>0" if last else f"{part}/{relations.get(upos, 'dep')}>{len(parts)}")
    return " ".join(marked)


@pytest.mark.parametrize(("words", "head", "name", "country", "role"), MUST, ids=[case[2] for case in MUST])
def test_a_phrase_names_its_actor(words, head, name, country, role):
    document, sentences = report(_line(words))
    actor = ActorContext(document, sentences).actor(*token_of(sentences, head))
    assert actor is not None
    assert (actor.name, actor.country, actor.role) == (name, country, role)
    assert actor.span is not None
    assert actor.span.quote == name


@pytest.mark.parametrize(("words", "head"), MUST_NOT, ids=[case[1] for case in MUST_NOT])
def test_a_thing_is_no_actor(words, head):
    document, sentences = report(_line(words))
    assert ActorContext(document, sentences).actor(*token_of(sentences, head)) is None


def test_organisations_go_by_one_name():
    document, sentences = report(_line("Ansar/PROPN Allah/PROPN"))
    actor = ActorContext(document, sentences).actor(*token_of(sentences, "Allah"))
    assert (actor.name, actor.organisation) == ("Ansar Allah", "Houthis")


def test_a_possessor_is_an_actor_of_its_own():
    document, sentences = report(_line("Azerbaijan/PROPN ='s/PART defence/NOUN ministry/NOUN"))
    actor = ActorContext(document, sentences).actor(*token_of(sentences, "Azerbaijan"))
    assert (actor.name, actor.country, actor.role) == ("Azerbaijan", "AZE", "GOV")
