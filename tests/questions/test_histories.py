"""Random histories of a register: whatever was entered in whatever order, what is kept is what follows, and answers agree."""

from __future__ import annotations

import os
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, KALBAJAR, LACHIN, LACHIN_CITY, say
from whoholds.model import Accepted, Asserted, Filed, Rejected, Verdict
from whoholds.notation.spelling import quoted
from whoholds.questions import Register
from whoholds.register.store import ConflictError

SEEDS = range(int(os.environ.get("WHOHOLDS_EXAMPLES", "15")))
PLACES = (KALBAJAR, LACHIN, LACHIN_CITY, BAKHMUT, "Azerbaijan (AZ 40.5 47.5 #587116)", "Nowhereville")
VOICES = (
    "own voice; actual",
    "own voice; denied",
    "own voice; possible",
    "said by ministry [AZE MIL]; actual",
    "said by ministry in Yerevan [ARM MIL]; actual",
    "said by residents [CVL]; actual",
)
DAYS = (date(2020, 10, 30), date(2020, 11, 15), date(2020, 12, 2), date(2021, 1, 5))
OWED = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"


class History:
    """A register and what was entered so far."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.register = Register(":memory:")
        self.claims: list[str] = []
        self.entries: list[int] = []

    def step(self) -> None:
        steps = (self.say, self.say, self.say, self.judge, self.withdraw, self.refile, self.erase, self.ally)
        with suppress(ConflictError):  # of what is erased
            self.chance.choice(steps if self.claims else steps[:1])()

    def day(self) -> date:
        return date(2020, 11, 1) + timedelta(self.chance.randrange(60))

    def claim(self) -> tuple[str, ...]:
        day, place = self.day(), self.chance.choice(PLACES)
        when = self.chance.choice((f"{day}", f"../{day}", "undated", f"{day}/{day + timedelta(5)}"))
        due = day + timedelta(self.chance.randrange(20))
        return self.chance.choice(
            (
                (f"{when} control {place}: {AZERBAIJAN} gains from {ARMENIA}",),
                (f"{when} control {place}: {ARMENIA} holds",),
                (f"{when} control {place}: {ARMENIA} loses",),
                (f"{day} obligation {place}: set {OWED}", f"due {due}", "under truce"),
                (f"{day} obligation {place}: set {OWED}", 'due P14D after "the ceasefire"'),
                (f"{day} obligation {place}: extended {OWED}", f"due {due}, was {day}"),
                (f"{day} obligation {place}: met {OWED}",),
                (f"{when} event {place}: ASSAULT by gunmen [ARM UAF] on villagers [AZE CVL]", "killed 3"),
                (f"{day} event {place}: AGREE by Armenia [ARM GOV] to Azerbaijan [AZE GOV]",),
            )
        )

    def say(self) -> None:
        head, *details = self.claim()
        outlet, voice = self.chance.choice(("Wire", "Post")), self.chance.choice(VOICES)
        for entry in say(self.register, head, *details, on=str(self.day()), outlet=outlet, voice=voice):
            self.entries.append(entry.seq)
            if isinstance(entry.act, Asserted):
                self.claims.append(entry.act.claim.id)

    def judge(self) -> None:
        claim = self.chance.choice(self.claims)
        with suppress(LookupError):
            shown = self.register.shown(claim)
            verdict: Verdict | None = self.chance.choice((Accepted(), Rejected()))
            if self.chance.random() < 0.6:
                evidence = shown.testimony.claim.evidence
                lines = (*self.claim(), "own voice; actual", f"from {evidence.document} {quoted(evidence.quote)}")
                verdict, _ = self.register.edited(claim, "\n  ".join(lines) + "\n")
            if verdict is not None:
                judged = self.register.judge(claim, verdict, because="test", words=shown.words, by="ann")
                self.entries += [entry.seq for entry in judged]

    def withdraw(self) -> None:
        self.entries += [entry.seq for entry in self.register.withdraw(self.chance.choice(self.entries), because="x", by="ann")]

    def refile(self) -> None:
        document = self.chance.choice(list(self.register.documents()) or [None])  # type: ignore[list-item]
        if document is not None:
            self.register.store.append([Filed(replace(document, outlet="Zed", published=self.day()))], by="ann")

    def erase(self) -> None:
        documents = list(self.register.documents())
        if documents and self.chance.random() < 0.4:
            self.register.erase(self.chance.choice(documents).id, because="law", by="counsel")

    def ally(self) -> None:
        stance = self.chance.choice(("with", "apart from"))
        text = f'{self.day()}/.. alliance: Armenia [ARM GOV] {stance} Azerbaijan [AZE GOV]\n  because "x"\n'
        self.entries += [entry.seq for entry in self.register.write(text, name="sides", by="ann").entries]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_kept_is_what_follows_and_place_and_map_agree(seed: int) -> None:
    history = History(seed)
    with history.register as register:
        for _ in range(history.chance.randrange(4, 14)):
            history.step()
            if history.chance.random() < 0.6:
                register.settle()
                assert [problem.message for problem in register.check()] == []
                for day in DAYS:
                    plots = {plot.site.key: (plot.holder, plot.standing) for plot in register.map(day).plots}
                    for site in register.store.sites():
                        held = register.who(site, day).holding
                        assert plots.get(site.key) == (held and (held.holder, held.standing)), (site.name, day)
