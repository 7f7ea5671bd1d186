"""Gathering: deriving what is fetched around a change is deriving everything, whatever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.duties import duty_testimony, heard_of_duties
from tests.reconcile.duty_reports import report
from whoholds.model import Control, Obligation, Testimony, Undertaking
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import Fetch, Near, affected, derive_undertakings, is_vague, neighbourhood, shown_at

_SIDES = Sides()
_DUTY = "undated obligation Zar (AZ 40.28 45.91 #2): set withdraw by Armenia [ARM GOV]\n  due 2020-11-25"


def fetching(every: Sequence[Testimony]) -> Fetch:
    """What a store answers: just what it is asked for."""
    return lambda near: [told for told in every if _is_near(told, near)]


def _is_near(told: Testimony, near: Near) -> bool:
    site = told.site
    match told.claim.matter:
        case Control():
            return site is not None and site.key in near.ground
        case Obligation():
            if near.every or told.claim.evidence.document in near.documents or (near.vague and is_vague(site)):
                return True
            return site is not None and (
                site.key in near.sites
                or not near.inside.isdisjoint(site.within)
                or (site.place is not None and any(_in(site.place.lat, site.place.lon, box) for box in near.beside))
            )
    return near.deals


def _in(lat: float, lon: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def _kept(before: Iterable[Undertaking], touched: set[str]) -> list[Undertaking]:
    return [found for found in before if touched.isdisjoint((*found.supporting, *found.opposing))]


@settings(max_examples=150, deadline=None)
@given(heard_of_duties, st.data())
def test_deriving_what_is_affected_again_is_deriving_everything(heard: list[Testimony], data: st.DataObject) -> None:
    heard = [told for told in heard if not isinstance(told.claim.matter, Control)]
    changed = data.draw(st.lists(st.sampled_from(heard), max_size=2)) if heard else []
    kept = [told for told in heard if told not in changed]
    for before, after in ((heard, kept), (kept, heard)):
        around = affected(changed, fetching(after), _SIDES)
        touched = {told.claim.id for told in (*around, *changed)}
        again = [*_kept(derive_undertakings(before, _SIDES), touched), *derive_undertakings(around, _SIDES)]
        assert sorted(again, key=lambda found: found.id) == list(derive_undertakings(after, _SIDES))


@settings(max_examples=100, deadline=None)
@given(heard_of_duties, st.data())
def test_deriving_a_neighbourhood_again_is_deriving_everything(heard: list[Testimony], data: st.DataObject) -> None:
    changed = data.draw(st.lists(st.sampled_from(heard), max_size=2)) if heard else []
    kept = [told for told in heard if told not in changed]
    around = neighbourhood(changed, kept, _SIDES)
    touched = {told.claim.id for told in (*around, *changed) if isinstance(told.claim.matter, Obligation)}
    again = [*_kept(derive_undertakings(heard, _SIDES), touched), *derive_undertakings(around, _SIDES)]
    assert sorted(again, key=lambda found: found.id) == list(derive_undertakings(kept, _SIDES))


@settings(max_examples=100, deadline=None)
@given(heard_of_duties, st.lists(duty_testimony(control=True), max_size=4, unique_by=lambda told: told.claim.id))
def test_control_changes_outcomes_and_never_which_claims_are_of_one_duty(
    heard: list[Testimony], shown: list[Testimony]
) -> None:
    """So what is kept of the changed places can be derived from its own claims of obligations alone."""
    before, every = derive_undertakings(heard, _SIDES), [*heard, *shown]
    after = derive_undertakings(every, _SIDES)
    duties = {told.claim.id: told for told in heard if isinstance(told.claim.matter, Obligation)}
    assert _parts(before, duties) == _parts(after, duties)
    places = {told.site.key for told in shown if told.site}
    there = {id for id, told in duties.items() if not places.isdisjoint(shown_at(told))}
    stale = [found for found in before if not there.isdisjoint((*found.supporting, *found.opposing))]
    claims = {claim for found in stale for claim in (*found.supporting, *found.opposing) if claim in duties}
    owed = [duties[id] for id in claims]
    listened = {key for told in owed for key in shown_at(told)}
    ground = [told for told in every if isinstance(told.claim.matter, Control) and told.site and told.site.key in listened]
    if any(isinstance(told.claim.matter, Obligation) and told.claim.matter.due_after for told in owed):
        ground += affected(owed, fetching(every), _SIDES)
    derived = [found for found in derive_undertakings([*owed, *ground], _SIDES) if not claims.isdisjoint(found.supporting)]
    others = [found for found in before if found not in stale]
    assert sorted({found.id: found for found in (*others, *derived)}.items()) == [(found.id, found) for found in after]


def _parts(found: Iterable[Undertaking], duties: dict[str, Testimony]) -> set[frozenset[str]]:
    return {frozenset(duties.keys() & {*one.supporting, *one.opposing}) for one in found}


def test_a_new_duty_at_a_place_asks_for_no_other_place() -> None:
    asked: list[Near] = []

    def fetch(near: Near) -> list[Testimony]:
        asked.append(near)
        return []

    (told,) = report("One", "2020-11-20", _DUTY, around={"Zar": ("geonames:1", "geonames:9")})
    assert affected([told], fetch, _SIDES) == ()
    (near,) = asked
    assert (near.sites, near.inside, near.every) == ({"geonames:2", "geonames:1"}, {"geonames:2"}, False)
