"""Speakers by the name that the text gives them."""

from __future__ import annotations

import pytest

from tests.grammar.build import claim_at, told


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        (
            "The army chief, General Tadesse Werede, told the station that his forces had entered Mekelle.",
            "entered",
            ["Tadesse Werede"],
        ),
        ("The mayor of Lachin, Narek Aleksanyan, said that soldiers had burned a house.", "burned", ["Narek Aleksanyan"]),
        ("Officials in Baku said that soldiers had burned a house.", "burned", ["Officials in Baku"]),
        (
            "The governor of Borno said insurgents had kidnapped 20 girls. He added that soldiers had shot three men in Bama.",
            "shot three",
            ["governor of Borno"],
        ),
        (
            'A Frelimo spokesman denied that mercenaries had attacked Palma. "Our troops burned the camp," he said.',
            "burned",
            ["Frelimo spokesman"],
        ),
        ("The army announced the fall of Tiba to its men, the last camp in central Sudan.", "announced", []),
        ("According to the governor, who banned marches on Monday, gunmen killed three guards.", "gunmen", ["governor"]),
        ("Investigators have documented 14 killings in Bucha since March.", "killings", ["Investigators"]),
        ("Gunmen attacked a post near Hasakah on Monday, as video released by the rebels showed.", "attacked", ["rebels"]),
        ("The general told reporters as he walked through Bria, which his men had stormed, that it was calm.", "stormed", []),
    ],
)
def test_speakers(text: str, words: str, speakers: list[str]) -> None:
    found = [claim for claim in told(text).claims if words in claim.evidence.quote]
    assert [actor.name for actor in (found[0].said_by if found else ())] == speakers


def test_the_outlet_is_no_speaker() -> None:
    assert claim_at(told("Shells killed two nurses in Toretsk."), "killed").said_by == ()
