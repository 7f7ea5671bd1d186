"""The register's speed on a synthetic war, beside PostgreSQL tables with GiST ranges that hold the same data, in one run.

`python -m bench.register [--claims N] [--places N] [--days N] [--write]`. The rival needs PostgreSQL's programs and psycopg;
without them its column says so.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench import war
from bench.ranges import Claimed, HoldingRow, Ranges
from evaluation import tables
from whoholds.model import Act, Asserted, Change, Claim, Control, Document, Filed, Holding, When, Where, key_of
from whoholds.questions.deriving import settle_all
from whoholds.questions.picture import Picture
from whoholds.questions.siding import sides_of
from whoholds.questions.who import who
from whoholds.reconcile.sides import Sides
from whoholds.register import open_store
from whoholds.register.store import Sought, Store

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_AT = datetime(2024, 1, 1, tzinfo=UTC)
_DOCUMENTS = 500  # of one append
_ASKED = 300
_MAPS = 15
_ADDED = 100


@dataclass(slots=True)
class Figures:
    """What was measured of one of the two, in seconds and bytes."""

    load: float = 0.0
    derive: float = 0.0
    who: list[float] = field(default_factory=list)
    map: list[float] = field(default_factory=list)
    add: list[float] = field(default_factory=list)
    size: int = 0


def main() -> int:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims (1,000,000)")
    parser.add_argument("--places", type=int, default=30_000, help="places (30,000)")
    parser.add_argument("--days", type=int, default=1_826, help="days of war (1,826)")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    args = parser.parse_args()
    report = measured(args.claims, args.places, args.days)
    print(report)
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(tables.replaced(page, "register", f"\n{report}\n"), encoding="utf-8")
    return 0


def measured(claims: int, places: int, days: int) -> str:
    """The table."""
    land = war.country(places)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "war.gpkg"
        store = stack.enter_context(open_store(str(path), situate=land.situate, create=True))
        own = Figures()
        count = _load(store, war.documents(land, claims, days), own)
        _ask(store, land, days, own)
        own.size = sum(file.stat().st_size for file in Path(folder).iterdir())
        rival = _rival(stack, store, war.documents(land, claims, days), land, days)
        _add(store, land, days, own)
        return table(count, own, rival)


def _load(store: Store, documents: Iterable[list[Act]], own: Figures) -> int:
    count = 0
    for batch in _batched(documents):
        acts = [act for one in batch for act in one]
        count += sum(isinstance(act, Asserted) for act in acts)
        own.load += timed(store.append, acts, by="bench", at=_AT)
        say(f"{count:,} claims taken in")
    own.derive = timed(settle_all, store, lambda: sides_of(store), lambda what, done, of: say(f"{what}: {done:,} of {of:,}"))
    return count


def _ask(store: Store, land: war.Country, days: int, own: Figures) -> None:
    rng = random.Random(2)
    sides = sides_of(store)
    sites = [site for place in rng.choices(land.places, k=_ASKED) if (site := store.site(key_of(place)))]
    for site in sites:
        day = war.FIRST_DAY + timedelta(rng.randrange(days))
        own.who.append(timed(lambda site=site, day=day: who(Picture(store, sides), site, day)))  # type: ignore[misc]
    for day in _days(days):
        own.map.append(timed(lambda day=day: Picture(store, sides).rows(day)))  # type: ignore[misc]


def _add(store: Store, land: war.Country, days: int, own: Figures) -> None:
    """One claim after another, each taken in and what it changes derived again."""
    rng = random.Random(3)
    sides = sides_of(store)
    for number in range(_ADDED):
        acts = _one_claim(land, rng.randrange(len(land.places)), war.FIRST_DAY + timedelta(days), number)
        store.append(acts[:1], by="bench", at=_AT)
        own.add.append(timed(lambda acts=acts: _added(store, acts[1:], sides)))  # type: ignore[misc]


def _added(store: Store, acts: list[Act], sides: Sides) -> None:
    store.append(acts, by="bench", at=_AT)
    settle_all(store, lambda: sides)


def _one_claim(land: war.Country, place: int, day: date, number: int) -> list[Act]:
    text = f"The Northern army took {land.places[place].name}, message {number}."
    document = Document(text=text, name=f"message {number}", outlet=war.OUTLETS[0], published=day)
    claim = Claim(
        matter=Control(change=Change.GAINS, holder=war.SIDES[0], former=war.SIDES[1]),
        evidence=document.span(0, len(text) - 1),
        when=When(day.isoformat()),
        where=Where(name=land.places[place].name, place=land.places[place]),
    )
    return [Filed(document), Asserted(claim)]


def _rival(stack: ExitStack, store: Store, documents: Iterable[list[Act]], land: war.Country, days: int) -> Figures | str:
    try:
        import psycopg

        from tests.register.server import UnavailableError, private_server
    except ImportError as error:
        return f"not measured: {error}"
    try:
        address = stack.enter_context(private_server())
    except UnavailableError as error:
        return f"not measured: {error}"
    ranges, figures = Ranges(stack.enter_context(psycopg.connect(address))), Figures()
    figures.load = timed(_copied, ranges, documents)
    figures.load += timed(ranges.load_holdings, _ranges_of(store))
    rng = random.Random(2)
    for place in rng.choices(land.places, k=_ASKED):
        day = war.FIRST_DAY + timedelta(rng.randrange(days))
        figures.who.append(timed(ranges.who, key_of(place), day))
    for day in _days(days):
        figures.map.append(timed(ranges.map, day))
    rng = random.Random(3)
    for _ in range(_ADDED):
        key = key_of(land.places[rng.randrange(len(land.places))])
        figures.add.append(timed(ranges.correct, key, war.FIRST_DAY + timedelta(days), "UKR"))
    figures.size = ranges.size()
    return figures


def _copied(ranges: Ranges, documents: Iterable[list[Act]]) -> None:
    filed: list[tuple[int, date, str, str]] = []
    rows: list[Claimed] = []
    for number, acts in enumerate(documents):
        for act in acts:
            match act:
                case Filed(document):
                    filed.append((number, document.published or date.min, document.outlet or "", document.text))
                case Asserted(claim):
                    rows.append(_row(number, claim))
                case _:
                    raise TypeError(act)
    ranges.load(filed, rows)


def _row(number: int, claim: Claim) -> Claimed:
    control = claim.matter if isinstance(claim.matter, Control) else None
    place = claim.where and claim.where.place
    return (
        number,
        key_of(place) if place else None,
        claim.kind,
        control and control.change.value,
        control and control.holder and control.holder.country,
        claim.said_by[0].name if claim.said_by else None,
        claim.when and claim.when.begin.not_before,
        claim.when and claim.when.end.not_after,
        claim.evidence.quote,
        "{}",
    )


def _ranges_of(store: Store) -> Iterator[HoldingRow]:
    for holding in store.findings(Sought(kind="holding")):
        assert isinstance(holding, Holding)
        last = holding.end.not_after
        after = last + timedelta(1) if last else None
        first = holding.begin.not_before
        if not (first and after and first >= after):
            holder = holding.holder.key if holding.holder else None
            yield holding.site.key, holder, holding.standing.value, first, after, list(holding.supporting)


def table(count: int, own: Figures, rival: Figures | str) -> str:
    """The figures of both, side by side."""
    rows: list[tuple[str, list[str]]] = [
        ("claims a second taken in", _each(own, rival, lambda of: f"{count / of.load:,.0f}")),
        ("all findings derived, seconds", [f"{own.derive:.0f}", "not derived"]),
        ("who holds a place on a day, median ms", _each(own, rival, lambda of: f"{1000 * statistics.median(of.who):.1f}")),
        ("the same, 95th percentile", _each(own, rival, lambda of: f"{1000 * statistics.quantiles(of.who, n=20)[-1]:.1f}")),
        ("the whole map of a day, median ms", _each(own, rival, lambda of: f"{1000 * statistics.median(of.map):.0f}")),
        ("one more claim, median ms", _each(own, rival, lambda of: f"{1000 * statistics.median(of.add):.1f}")),
        ("bytes a claim, words and indexes included", _each(own, rival, lambda of: f"{of.size / count:,.0f}")),
    ]
    heads = [f"{count:,} claims", "register", "PostgreSQL, ranges with GiST"]
    return tables.table(heads, [[name, *figures] for name, figures in rows])


def _each(own: Figures, rival: Figures | str, show: Callable[[Figures], str]) -> list[str]:
    return [show(own), rival if isinstance(rival, str) else show(rival)]


def _days(days: int) -> Iterator[date]:
    rng = random.Random(4)
    for _ in range(_MAPS):
        yield war.FIRST_DAY + timedelta(rng.randrange(days))


def _batched(documents: Iterable[list[Act]]) -> Iterator[list[list[Act]]]:
    waiting = iter(documents)
    while batch := list(islice(waiting, _DOCUMENTS)):
        yield batch


def timed(run: Callable[..., object], *args: object, **options: object) -> float:
    """The seconds that it takes."""
    begin = time.perf_counter()
    run(*args, **options)
    return time.perf_counter() - begin


def say(words: str) -> None:
    """How far it is, on standard error."""
    print(f"\r{words:<60}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
