"""Registers by hand: claims written in the notation, each quoting a report of its own."""

from __future__ import annotations

from datetime import date

from whoholds.model import Document, Entry, Filed
from whoholds.notation.spelling import quoted
from whoholds.questions import Register

KALBAJAR = "Kalbajar district (AZ 40.1068 46.0367)"
LACHIN = "Lachin district (AZ 39.6375 46.5469)"
LACHIN_CITY = "Lachin (AZ 39.63742 46.54977 #147625)"
BAKHMUT = "Bakhmut (UA 48.59419 37.99886 #713174)"
AZERBAIJAN = "Azerbaijan's army [AZE MIL]"
ARMENIA = "Armenian forces [ARM MIL]"


def say(
    register: Register, head: str, *details: str, on: str, outlet: str = "Example Wire", voice: str = "own voice; actual"
) -> tuple[Entry, ...]:
    """File a report whose words are the claim's head, and enter the claim; the entries of both."""
    document = Document(
        text=f"{outlet} reports on {on}: {head} {' '.join(details)} {voice}",
        name=f"{outlet} {on}",
        outlet=outlet,
        language="en",
        published=date.fromisoformat(on),
    )
    filed = register.store.append([Filed(document)], by="tester")
    lines = "".join(f"  {line}\n" for line in (*details, voice))
    written = register.write(f"{head}\n{lines}  from {document.id} {quoted(document.text)}\n", name="claims", by="tester")
    assert not written.problems, written.problems
    return (*filed, *written.entries)


def claim_of(entries: tuple[Entry, ...]) -> str:
    """The id of the claim that entries assert."""
    from whoholds.model import Asserted

    (id,) = [entry.act.claim.id for entry in entries if isinstance(entry.act, Asserted)]
    return id


def kalbajar(register: Register) -> list[str]:
    """Kalbajar's handover, told by three; the ids of the claims."""
    return [
        claim_of(say(register, f"../2020-11-13 control {KALBAJAR}: {ARMENIA} holds", on="2020-11-13")),
        claim_of(
            say(
                register,
                f"2020-11-25 control {KALBAJAR}: {AZERBAIJAN} gains from {ARMENIA}",
                on="2020-11-25",
                voice="said by defence ministry [AZE MIL]; actual",
            )
        ),
        claim_of(
            say(
                register,
                f"2020-11-25 control {KALBAJAR}: {ARMENIA} loses",
                on="2020-11-26",
                outlet="Other Post",
                voice="said by ministry in Yerevan [ARM MIL]; actual",
            )
        ),
    ]
