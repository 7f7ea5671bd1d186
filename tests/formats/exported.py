"""A register for the exports: a handover, a disputed town, an inherited one, strikes, and text that means harm."""

from __future__ import annotations

from tests.questions.build import BAKHMUT, KALBAJAR, kalbajar, say
from whoholds.questions import Register
from whoholds.questions.extract import Extract, Told

HARM = '=HYPERLINK("https://evil.example","</script><script>alert(1)</script>")'
SHELLED = "2023-03-05"


def war(register: Register) -> None:
    """File and assert it all."""
    kalbajar(register)
    owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
    say(register, f"2020-11-10 obligation {KALBAJAR}: set {owed}", "due 2020-11-15", "under truce", on="2020-11-10")
    harmful = '"=HYPERLINK(\\"https://evil.example\\",\\"</script><script>alert(1)</script>\\")"'
    takes = f"2023-05-20 control {BAKHMUT}: {harmful} [RUS UAF {harmful}] gains"
    say(register, takes, on="2023-05-20", outlet="@Cmd & <b>Sons</b>")
    denied = "said by Ukraine's military [UKR MIL]; denied"
    say(register, takes, on="2023-05-20", voice=denied)
    assault = f"event {BAKHMUT}: ASSAULT by Russian forces [RUS MIL]"
    say(register, f"{SHELLED} {assault} on villagers [UKR CVL]", "killed 3..5", "injured 9", on="2023-03-06")
    say(register, f"{SHELLED} {assault} on villagers [UKR CVL]", "killed 7..", on="2023-03-06", outlet="Other Post")
    say(register, "2023-04 event: PROTEST by crowd [UKR CVL]", "crowd 4000", on="2023-04-30")
    say(register, "undated event: ASSAULT by gunmen [UKR UAF]", on="2023-06-01")
    say(register, f"2023-06-02 event {BAKHMUT}: AID to 👩‍👩‍👧 [UKR CVL]", on="2023-06-02", outlet="قناة")
    register.settle()


def told(extract: Extract, type: str) -> Told:
    """The one incident of a type that has a day."""
    (found,) = [one for one in extract.told() if one.incident.type.value == type and one.incident.when.not_before]
    return found
