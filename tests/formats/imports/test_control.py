"""Maps of control: what is asked of the register equals what lies in the polygons, day by day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("shapely", reason="maps of control need shapely")

from tests.formats.imports import maps
from whoholds.formats.imports import Fault
from whoholds.formats.imports.control import ControlMap, control_documents
from whoholds.formats.imports.ground import Ground
from whoholds.formats.imports.legend import Contested, Legend, holder_called
from whoholds.formats.imports.polygons import dated_files
from whoholds.model import Asserted, Change, Control, Place
from whoholds.questions import Register
from whoholds.questions.importing import Coded, Taken, take_in

ONE = Legend([("occupied", "Russia")])
TWO = Legend([("ours", "Ukraine"), ("theirs", "Russia")])
CODES = {"occupied": "RUS", "ours": "UKR", "theirs": "RUS"}
LEAST = 2_000


def read(folder: Path, chart: ControlMap, register: Register, least: int = LEAST) -> tuple[list[Coded], list[Fault], Ground]:
    files, faults = dated_files(folder)
    ground = Ground(register.store.sites(), least=least)
    found: list[Coded] = []
    for _, coded, wrong in control_documents(files, chart, ground):
        faults += wrong
        found += [coded] if coded else []
    return found, faults, ground


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def imported(folder: Path, chart: ControlMap, register: Register) -> Ground:
    coded, faults, ground = read(folder, chart, register)
    assert faults == []
    assert {one.taken for one in take_in(register.store, coded, by=chart.name)} == {Taken.NEW}
    register.settle()
    return ground


def holders(register: Register, day: date) -> dict[str, str | None]:
    return {held.site: held.holder for held in register.store.held(day)}


def check(register: Register, ground: Ground, days: dict[date, maps.Drawn], gone: str | None) -> int:
    """Compare every settlement on every day from its first polygon on; how many comparisons that were."""
    seen: set[str] = set()
    compared = 0
    for day, drawn in days.items():
        held = holders(register, day)
        for settlement in ground.settlements:
            inside = {CODES[value] for value in maps.at(drawn, settlement.place.lat, settlement.place.lon)}
            if inside:
                seen.add(settlement.key)
            if settlement.key in seen:
                compared += 1
                assert held[settlement.key] == (inside.pop() if inside else gone), (day, settlement)
    return compared


@pytest.mark.parametrize(("against", "gone"), [("Ukraine", "UKR"), (None, None), ("contested", None)])
@pytest.mark.parametrize("step", [1, 5])
def test_one_side(tmp_path: Path, register: Register, against: str | None, gone: str | None, step: int) -> None:
    days = maps.one_sided(seed=step, days=15, step=step)
    chart = ControlMap(name="Map", legend=ONE, against=holder_called(against) if against else None)
    ground = imported(maps.write(tmp_path, days), chart, register)
    assert check(register, ground, days, gone) > 500


@pytest.mark.parametrize(("gap", "against"), [(0.0, None), (0.15, Contested())])
def test_two_sides(tmp_path: Path, register: Register, gap: float, against: Contested | None) -> None:
    days = maps.two_sided(seed=7, days=15, gap=gap)
    ground = imported(maps.write(tmp_path, days), ControlMap(name="Map", legend=TWO, against=against), register)
    assert check(register, ground, days, None) > 500


def test_who_tells_what_the_polygons_tell(tmp_path: Path, register: Register) -> None:
    days = maps.one_sided(seed=3, days=12)
    chart = ControlMap(name="Example Map", legend=ONE, against=holder_called("Ukraine"))
    ground = imported(maps.write(tmp_path, days), chart, register)
    rng = random.Random(11)
    known = {site.key for site in register.store.sites()}
    asked = [(rng.choice(ground.settlements), rng.choice(list(days))) for _ in range(60)]
    for settlement, day in asked:
        if settlement.key not in known:
            continue
        who = register.who(settlement.key, day)
        inside = maps.at(days[day], settlement.place.lat, settlement.place.lon)
        earlier = any(maps.at(drawn, settlement.place.lat, settlement.place.lon) for on, drawn in days.items() if on <= day)
        held = who.holding.holder if who.holding else None
        if inside or earlier:
            assert held is not None
            assert held.key == ("RUS" if inside else "UKR")
            assert who.holding is not None
            claim = register.store.claim(who.holding.supporting[0])
            assert claim is not None
            assert claim.outlets == ("Example Map",)
            assert claim.claim.evidence.quote.startswith(settlement.where.name)


def test_lines_are_anchored_and_plain(tmp_path: Path, register: Register) -> None:
    days: dict[date, maps.Drawn] = {
        date(2023, 5, 19): [("occupied", (37.95, 48.5, 38.05, 48.62))],
        date(2023, 5, 20): [("occupied", (37.95, 48.55, 38.05, 48.62))],
        date(2023, 5, 23): [],
    }
    chart = ControlMap(name="Map", legend=ONE, against=holder_called("Ukraine"))
    first, second, third = read(maps.write(tmp_path, days), chart, register, least=50_000)[0]
    assert first.document.text == "Map: who holds what on 2023-05-19\n\nBakhmut (UA 48.5942 37.9989): Russia holds\n"
    assert second.document.text == "Map: what changed hands from 2023-05-19 to 2023-05-20\n\nNothing changed hands.\n"
    assert second.claims == ()
    (claim,) = third.claims
    assert claim.evidence.quote == "Bakhmut (UA 48.5942 37.9989): Ukraine gains from Russia"
    assert claim.when is not None
    assert claim.when.edtf == "2023-05-21/2023-05-23"
    assert third.document.outlet == "Map"
    assert third.document.published == date(2023, 5, 23)
    for coded in (first, third):
        for claim in coded.claims:
            assert coded.document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_the_same_maps_add_nothing(tmp_path: Path, register: Register) -> None:
    folder = maps.write(tmp_path, maps.one_sided(seed=5, days=6))
    chart = ControlMap(name="Map", legend=ONE)
    imported(folder, chart, register)
    size = register.size()
    again = list(take_in(register.store, read(folder, chart, register)[0], by="Map"))
    assert {one.taken for one in again} == {Taken.KNOWN}
    assert register.size() == size


def test_a_folder_that_grows(tmp_path: Path, register: Register) -> None:
    days = maps.one_sided(seed=9, days=10)
    chart = ControlMap(name="Map", legend=ONE, against=holder_called("Ukraine"))
    imported(maps.write(tmp_path, dict(list(days.items())[:6])), chart, register)
    coded, _, ground = read(maps.write(tmp_path, days), chart, register)
    taken = [one.taken for one in take_in(register.store, coded, by="Map")]
    assert taken == [Taken.KNOWN] * 6 + [Taken.NEW] * 4
    register.settle()
    assert check(register, ground, days, "UKR") > 300


def test_a_map_drawn_anew(tmp_path: Path, register: Register) -> None:
    days = maps.one_sided(seed=13, days=5)
    chart = ControlMap(name="Map", legend=ONE, against=holder_called("Ukraine"))
    imported(maps.write(tmp_path, days), chart, register)
    days[maps.FIRST.replace(day=3)] = maps.one_sided(seed=14, days=1)[maps.FIRST]
    coded, _, ground = read(maps.write(tmp_path, days), chart, register)
    taken = [one.taken for one in take_in(register.store, coded, by="Map")]
    assert taken == [Taken.KNOWN, Taken.KNOWN, Taken.CHANGED, Taken.CHANGED, Taken.KNOWN]
    register.settle()
    check(register, ground, days, "UKR")


def test_a_value_that_the_legend_does_not_have_leaves_the_day_out(tmp_path: Path, register: Register) -> None:
    box = (37.9, 48.5, 38.1, 48.7)
    days: dict[date, maps.Drawn] = {
        date(2023, 1, 1): [("occupied", box)],
        date(2023, 1, 2): [("grey", box)],
        date(2023, 1, 3): [],
    }
    coded, (fault,), _ = read(maps.write(tmp_path, days), ControlMap(name="Map", legend=ONE), register)
    assert (fault.problem.code, fault.lost) == ("unknown-holder", True)
    assert "'grey'" in fault.problem.message
    assert [one.document.published for one in coded] == [date(2023, 1, 1), date(2023, 1, 3)]


def test_polygons_of_two_sides_over_one_place_are_contested(tmp_path: Path, register: Register) -> None:
    box = (37.9, 48.5, 38.1, 48.7)
    days: dict[date, maps.Drawn] = {date(2023, 1, 1): [("ours", box), ("theirs", box), ("ours", box)]}
    (coded,), (fault,), _ = read(maps.write(tmp_path, days), ControlMap(name="Map", legend=TWO), register)
    assert (fault.problem.code, fault.lost) == ("overlap", False)
    assert {claim.matter for claim in coded.claims} == {Control(change=Change.CONTESTED)}


def test_holders_are_told_again(tmp_path: Path, register: Register) -> None:
    days: dict[date, maps.Drawn] = {date(2023, 1, day): [("occupied", (37.9, 48.5, 38.1, 48.7))] for day in range(1, 10)}
    coded, _, _ = read(maps.write(tmp_path, days), ControlMap(name="Map", legend=ONE, restate=4), register)
    told = [one.document.published.day for one in coded if one.claims and one.document.published]
    assert told == [1, 5, 9]
    list(take_in(register.store, coded, by="Map"))
    register.settle()
    holding = register.who("Bakhmut", date(2023, 1, 9)).holding
    assert holding is not None
    assert holding.retold == date(2023, 1, 9)


def test_the_register_s_own_places_count_whatever_their_size(tmp_path: Path, register: Register) -> None:
    days: dict[date, maps.Drawn] = {date(2023, 1, 1): [("occupied", (37.9, 48.5, 38.1, 48.7))]}
    folder = maps.write(tmp_path, days)
    chart = ControlMap(name="Map", legend=ONE)
    small = read(folder, chart, register, least=0)[0]
    list(take_in(register.store, small, by="Map"))
    again = read(folder, chart, register, least=10_000_000)[0]
    assert [one.document.id for one in again] == [one.document.id for one in small]
    assert len(small[0].claims) > 1


def test_claims_are_entered_as_the_map_s(tmp_path: Path, register: Register) -> None:
    imported(maps.write(tmp_path, maps.one_sided(seed=1, days=1)), ControlMap(name="Map", legend=ONE), register)
    assert {entry.by for entry in register.log() if isinstance(entry.act, Asserted)} == {"Map"}


def test_a_place_keeps_its_key(register: Register) -> None:
    """A claim that names a settlement by its site comes back to that site."""
    from whoholds.grounding.gazetteer.around import situate

    ground = Ground((), least=500)
    ground.reach((36.0, 47.0, 39.0, 49.5))
    assert len(ground) > 300
    assert [situate(one.where).key for one in ground.settlements] == [one.key for one in ground.settlements]
    assert all(isinstance(one.place, Place) and one.place.population >= 500 for one in ground.settlements if one.key[0] == "g")
