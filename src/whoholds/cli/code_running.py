"""Running `whoholds code`: the phases of a run, then the register, then what came of it; gives the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from whoholds.cli.code_progress import CodeProgress
from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_running import FAILED, INTERRUPTED, failed, print_json, told
from whoholds.cli.register_words import count
from whoholds.corpora.keeping import lines
from whoholds.corpora.layout import Layout
from whoholds.corpora.plan import partitions, set_aside
from whoholds.corpora.records import NO_LOSS
from whoholds.corpora.registering import Entered, enter
from whoholds.corpora.running import Ran, run
from whoholds.corpora.tasks import Done, Limits, StoppedError, Workforce
from whoholds.corpora.terms import Terms
from whoholds.questions import Register
from whoholds.questions.adding import Became
from whoholds.register.store import StoreError

_SHOWN = 20  # of what was set aside


@dataclass(frozen=True, slots=True)
class Hands:
    """Who reads: so many processes within limits, here or on the cluster of this name."""

    workers: int
    limits: Limits
    cluster: str | None = None


@told
def code(out: str, terms: Terms, hands: Hands, *, register: str | None, as_json: bool) -> int:
    """Read archives; 1 where something was set aside or the run had to stop, 130 where it was interrupted."""
    layout = Layout(Path(out))
    try:
        with CodeProgress() as progress:
            with _workforce(hands) as workforce:
                ran = run(layout, terms, workforce, progress)
            entered = _enter(layout, terms, register, progress) if register else None
    except KeyboardInterrupt:
        sys.stderr.write("whoholds: stopped; the same command goes on from here\n")
        return INTERRUPTED
    except (StoppedError, StoreError) as error:
        return failed(error.message, error.hint)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        words = os.strerror(error.errno).lower() if error.errno else str(error)
        return failed(f"{where}{words}", "see to that; the same command goes on from there")
    if as_json:
        print_json(ran.summary | ({"register": _entered_json(entered)} if entered else {}))
    else:
        _sum_up(Paper(sys.stdout), layout, ran, entered)
    _tell_passed_over(layout, ran.summary)
    _tell_aside(layout, ran.summary)
    return FAILED if ran.summary["set_aside"]["total"] else 0


@contextmanager
def _workforce(hands: Hands) -> Iterator[Workforce]:
    if hands.cluster is None:
        from whoholds.corpora.workers import Crew

        with Crew(hands.workers, hands.limits) as crew:
            yield crew
        return
    from whoholds.corpora.cluster import on

    with on(hands.cluster, workers=hands.workers, limits=hands.limits) as cluster:
        yield cluster


def _enter(layout: Layout, terms: Terms, locator: str, progress: CodeProgress) -> Entered:
    """Put what was read into the register and derive what follows."""
    number = partitions(layout)
    progress.begin("entering in the register", of=number)
    before = 0

    def tell(entered: Entered) -> None:
        nonlocal before
        documents = entered.became.total()
        progress.step(Done(partition=0, records=documents - before, aside=0))
        before = documents

    entered = enter(layout, terms, number, locator, tell)
    progress.say("deriving what follows")
    with Register(locator) as register:
        register.settle(progress.settling)
    return entered


def _sum_up(paper: Paper, layout: Layout, ran: Ran, entered: Entered | None) -> None:
    summary = ran.summary
    if ran.already:
        paper.line([("", shown(f"{layout.folder} is finished; nothing was left to do"))], hanging=4)
    about = [count(summary["documents"], "document")]
    for key, words in (("other_languages", "in other languages"), ("not_relevant", "not on conflict")):
        if summary[key]:
            about.append(f"{summary[key]:,} {words}")
    about.append(f"{summary['relevant']:,} relevant")
    if summary["printed_elsewhere"]:
        about.append(f"{summary['printed_elsewhere']:,} of them printed elsewhere before")
    about.append(f"{summary['read']:,} read")
    about.append(count(summary["claims"], "claim"))
    paper.line([("", "; ".join(about))], hanging=4)
    if entered:
        paper.line([("", _entered(entered))], hanging=4)
    paper.line([("", shown(f"claims are in {layout.folder / 'claims'}"))], hanging=4)
    paper.flush()


def _entered_json(entered: Entered) -> dict[str, int]:
    became = {kind.value: entered.became[kind] for kind in Became}
    return {**became, "reprints": entered.reprints, "claims": entered.claims}


def _entered(entered: Entered) -> str:
    new = entered.became[Became.NEW] + entered.became[Became.CHANGED]
    words = [f"{count(new, 'new document')} in the register", count(entered.claims, "new claim")]
    for became, what in ((Became.KNOWN, "known"), (Became.ERASED, "erased before and left out")):
        if entered.became[became]:
            words.append(f"{entered.became[became]:,} {what}")
    reprints = entered.reprints + entered.became[Became.REPRINTED]
    if reprints:
        words.append(f"{reprints:,} printed elsewhere")
    return "; ".join(words)


def _tell_passed_over(layout: Layout, summary: dict[str, Any]) -> None:
    """Tell on standard error what was left out and is no report, or read once though named twice."""
    if not summary["passed_over"]:
        return
    paper = Paper(sys.stderr)
    for one in islice((one for one in set_aside(layout) if one["code"] in NO_LOSS), _SHOWN):
        paper.line([("hint", shown(one["message"]))], hanging=4)
    if summary["passed_over"] > _SHOWN:
        paper.line([("hint", f"{summary['passed_over'] - _SHOWN:,} more such lines are in {layout.plan}")], hanging=4)
    paper.flush()


def _tell_aside(layout: Layout, summary: dict[str, Any]) -> None:
    """Tell on standard error what was set aside, by place, and how much for which reason."""
    total, reasons = summary["set_aside"]["total"], summary["set_aside"]["reasons"]
    if not total:
        return
    paper = Paper(sys.stderr)
    by_reason = ", ".join(f"{number:,} {code}" for code, number in reasons.items())
    paper.line([("", f"{total:,} set aside: {by_reason}")], hanging=4)
    for aside in islice(lines(layout.aside), _SHOWN):
        place, message = aside["place"], aside["message"]
        paper.line([("problem", shown(message if message.startswith(place) else f"{place}: {message}"))], hanging=4)
        if aside.get("hint"):
            paper.line([("hint", shown(f"    {aside['hint']}"))], hanging=4)
    if total > _SHOWN:
        paper.line([("hint", shown(f"{total - _SHOWN:,} more are in {layout.aside}"))], hanging=4)
    paper.flush()
