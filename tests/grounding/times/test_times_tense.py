"""Tense, and the days it decides. Trees are written out: word/UPOS/TAG/relation/head."""

from __future__ import annotations

from datetime import date

import pytest

from tests.grounding.times.reading import parsed, times_in_parsed
from whoholds.grounding.times.tense import Tense, tense_at

LEFT = "They/PRON/PRP/nsubj/2 left/VERB/VBD/root/0 on/ADP/IN/case/4 Friday/PROPN/NNP/obl/2"
WILL = "They/PRON/PRP/nsubj/3 will/AUX/MD/aux/3 leave/VERB/VB/root/0 on/ADP/IN/case/5 Friday/PROPN/NNP/obl/3"
SHOULD = (
    "They/PRON/PRP/nsubj/4 should/AUX/MD/aux/4 have/AUX/VB/aux/4 left/VERB/VBN/root/0 on/ADP/IN/case/6 Friday/PROPN/NNP/obl/4"
)
AGREED = (
    "They/PRON/PRP/nsubj/2 agreed/VERB/VBD/root/0 to/PART/TO/mark/4 go/VERB/VB/xcomp/2 on/ADP/IN/case/6 Friday/PROPN/NNP/obl/4"
)
IS_TO = "They/PRON/PRP/nsubj/4 is/AUX/VBZ/aux/4 to/PART/TO/mark/4 leave/VERB/VB/root/0 on/ADP/IN/case/6 Friday/PROPN/NNP/obl/4"
HAD_TO = (
    "They/PRON/PRP/nsubj/2 had/VERB/VBD/root/0 to/PART/TO/mark/4 leave/VERB/VB/xcomp/2 on/ADP/IN/case/6 Friday/PROPN/NNP/obl/4"
)
EXPECTED = "Talks/NOUN/NNS/nsubj/3 is/AUX/VBZ/aux/3 expected/VERB/VBN/root/0 on/ADP/IN/case/5 Friday/PROPN/NNP/obl/3"
DUE = "Aid/NOUN/NN/nsubj/3 is/AUX/VBZ/cop/3 due/ADJ/JJ/root/0 on/ADP/IN/case/5 Friday/PROPN/NNP/obl/3"
STARTS = "It/PRON/PRP/nsubj/2 start/VERB/VBZ/root/0 on/ADP/IN/case/4 Friday/PROPN/NNP/obl/2"
STANDS = "It/PRON/PRP/nsubj/2 stand/VERB/VBZ/root/0 until/ADP/IN/case/4 Friday/PROPN/NNP/obl/2"
COP_TO = "It/PRON/PRP/nsubj/4 is/AUX/VBZ/cop/4 to/PART/TO/mark/4 open/VERB/VB/root/0 on/ADP/IN/case/6 Friday/PROPN/NNP/obl/4"
ORDER = (
    "An/DET/DT/det/2 order/NOUN/NN/nsubj:pass/8 to/PART/TO/mark/4 go/VERB/VB/acl/2 on/ADP/IN/case/6 Friday/PROPN/NNP/obl/4 "
    "was/AUX/VBD/aux:pass/8 withdrawn/VERB/VBN/root/0"
)
CALL = "They/PRON/PRP/nsubj/2 call/VERB/VBD/root/0 it/PRON/PRP/obj/2 from/ADP/IN/case/5 Friday/PROPN/NNP/obl/2"
EXTEND = "They/PRON/PRP/nsubj/2 extend/VERB/VBD/root/0 it/PRON/PRP/obj/2 until/ADP/IN/case/5 Friday/PROPN/NNP/obl/2"
HELD = "They/PRON/PRP/nsubj/2 held/VERB/VBD/root/0 it/PRON/PRP/obj/2 until/ADP/IN/case/5 Friday/PROPN/NNP/obl/2"
SIGNED = "a/DET/DT/det/2 pact/NOUN/NN/root/0 signed/VERB/VBN/acl/2 on/ADP/IN/case/5 Friday/PROPN/NNP/obl/3"


@pytest.mark.parametrize(
    ("tagged", "tense", "day"),
    [
        (LEFT, Tense.PAST, "2020-11-20"),
        (WILL, Tense.FUTURE, "2020-11-27"),
        (SHOULD, Tense.PAST, "2020-11-20"),
        (AGREED, Tense.FUTURE, "2020-11-27"),
        (IS_TO, Tense.FUTURE, "2020-11-27"),
        (HAD_TO, Tense.UNKNOWN, "2020-11-20"),
        (EXPECTED, Tense.FUTURE, "2020-11-27"),
        (DUE, Tense.FUTURE, "2020-11-27"),
        (SIGNED, Tense.PAST, "2020-11-20"),
        (STARTS, Tense.FUTURE, "2020-11-27"),
        (STANDS, Tense.PRESENT, "2020-11-27"),
        (COP_TO, Tense.FUTURE, "2020-11-27"),
        (ORDER, Tense.UNKNOWN, "2020-11-20"),
        (CALL, Tense.PAST, "2020-11-27"),
        (EXTEND, Tense.PAST, "2020-11-27"),
        (HELD, Tense.PAST, "2020-11-20"),
    ],
)
def test_tense_decides_the_weekday(tagged: str, tense: Tense, day: str) -> None:
    text, sentence = parsed(tagged)
    start = text.index("Friday")
    assert tense_at(sentence, start, start + 6) is tense
    assert [time.value for time in times_in_parsed(tagged)] == [day]


def test_no_words_have_no_tense() -> None:
    _, sentence = parsed(LEFT)
    assert tense_at(sentence, 900, 905) is Tense.UNKNOWN


DAY = "They/PRON/PRP/nsubj/2 left/VERB/VBD/root/0 on/ADP/IN/case/4 {month}/PROPN/NNP/obl/2 5/NUM/CD/nummod/4"
LATER = (
    "They/PRON/PRP/nsubj/3 will/AUX/MD/aux/3 leave/VERB/VB/root/0 on/ADP/IN/case/5 {month}/PROPN/NNP/obl/3 5/NUM/CD/nummod/5"
)


@pytest.mark.parametrize(
    ("tagged", "month", "value"),
    [
        (DAY, "April", "2020-04-05"),
        (DAY, "November", "2020-11-05"),
        (LATER, "June", "2021-06-05"),
        (LATER, "December", "2020-12-05"),
    ],
)
def test_tense_decides_the_year_of_a_day(tagged: str, month: str, value: str) -> None:
    assert [time.value for time in times_in_parsed(tagged.format(month=month))] == [value]


def test_a_past_deadline_far_off_is_the_nearest_one() -> None:
    tagged = (
        "They/PRON/PRP/nsubj/2 had/VERB/VBD/root/0 to/PART/TO/mark/4 leave/VERB/VB/xcomp/2 by/ADP/IN/case/6"
        " November/PROPN/NNP/obl/4 15/NUM/CD/nummod/6"
    )
    assert [time.value for time in times_in_parsed(tagged, date(2020, 11, 25))] == ["2020-11-15"]


PERFECT = (
    "Rebels/NOUN/NNS/nsubj/3 {aux}/AUX/{tag}/aux/3 held/VERB/VBN/root/0 it/PRON/PRP/obj/3 for/ADP/IN/case/7"
    " 27/NUM/CD/nummod/7 years/NOUN/NNS/obl/3"
)


@pytest.mark.parametrize(("aux", "tag", "edtf"), [("has", "VBZ", "1993~/.."), ("had", "VBD", "1993~/2020-11-25")])
def test_a_perfect_hangs_for_so_long_on_publication(aux: str, tag: str, edtf: str) -> None:
    found = times_in_parsed(PERFECT.format(aux=aux, tag=tag))
    assert [(time.value, time.when and time.when.edtf) for time in found] == [("P27Y", edtf)]
