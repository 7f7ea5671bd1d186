"""Names gathered from mentions, their features in the scene of a document, and the probabilities they give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import report
from tests.grounding.places.atlas import atlas
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places import resolver_for, scoring
from whoholds.grounding.places.context import Scene
from whoholds.grounding.places.features import FIRST, NAMES, SECOND
from whoholds.grounding.places.names import Name, single


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return atlas(tmp_path_factory.mktemp("scene"))


def named(gazetteer: Gazetteer, *names: str) -> list[Name]:
    return [replace(single(name, gazetteer.candidates(name), ""), weight=1.0) for name in names]


def values(scene: Scene, likely: np.ndarray, feature: str) -> dict[tuple[str, str | None], float]:
    """A feature by name and country of the candidates."""
    column = scene.second_look(likely)[:, list(SECOND).index(feature)]
    return {
        (scene.names[owner].name, scene.candidate(row).place.country): float(column[row])
        for row, owner in enumerate(scene.owner.tolist())
    }


def settled(gazetteer: Gazetteer, *names: str) -> tuple[Scene, np.ndarray]:
    scene = Scene(named(gazetteer, *names), frozenset(), "")
    return scene, scoring.settle(scene).likely


def test_mentions_of_one_name_are_gathered(gazetteer: Gazetteer) -> None:
    in_goma = "They/PRON/nsubj>2 were/VERB/root>0 in/ADP/case>4 {}/PROPN/obl>2/LOC"
    springfield = in_goma.format("Springfield") + " =,/PUNCT/punct>6 Illinois/PROPN/nmod>4/LOC"
    lines = [in_goma.format("Goma"), in_goma.format("GOMA"), springfield, in_goma.format("Springfield")]
    names = resolver_for(*report(*lines), gazetteer).scene.names
    assert [(name.name, name.weight) for name in names] == [
        ("Goma", 2.0), ("Springfield", 1.0), ("Illinois", 1.0), ("Springfield", 1.0),
    ]  # fmt: skip
    assert names[1].container and not names[3].container


def test_a_name_does_not_speak_for_itself(gazetteer: Gazetteer) -> None:
    scene, likely = settled(gazetteer, "Tripoli", "Tripoli")
    seen = scene.second_look(likely)
    others = [i for i, name in enumerate(SECOND) if name not in ("prominence in a local report",)]
    assert not seen[:, others].any()


def test_a_country_named_speaks_for_what_lies_in_it(gazetteer: Gazetteer) -> None:
    named_in = values(*settled(gazetteer, "Tripoli", "Lebanon"), "country named")
    assert named_in["Tripoli", "LB"] > 0.4
    assert named_in["Tripoli", "LY"] == 0.0


def test_near_falls_with_the_distance(gazetteer: Gazetteer) -> None:
    near = values(*settled(gazetteer, "London", "Woodstock"), "near")
    assert near["London", "CA"] > 0.2
    assert near["London", "GB"] < 0.01


def test_a_state_after_another_name_speaks_for_its_towns(gazetteer: Gazetteer) -> None:
    one, other = named(gazetteer, "Springfield", "Chicago")
    scene = Scene([one, replace(other, state="MA")], frozenset(), "")
    column = list(SECOND).index("division named")
    rows = {scene.candidate(row).admin1 for row in np.flatnonzero(scene.second_look(scoring.settle(scene).likely)[:, column])}
    assert rows == {"MA"}


def test_company_counts_names_that_may_lie_close(gazetteer: Gazetteer) -> None:
    company = values(*settled(gazetteer, "London", "Woodstock", "Tillsonburg", "Ingersoll"), "company")
    assert company["London", "CA"] == pytest.approx(0.5)
    assert company["London", "GB"] == 0.0


def test_nothing_in_no_names() -> None:
    scene = Scene([], frozenset(), "")
    verdict = scoring.settle(scene)
    assert len(verdict.scores) == 0 and scene.second_look(verdict.likely).shape == (0, len(SECOND))


def test_the_table_has_a_weight_for_every_feature_and_no_other() -> None:
    weights = scoring.weights()
    assert (len(weights.first), len(weights.second)) == (len(FIRST), len(NAMES))
    assert weights.second[NAMES.index("prominence")] > 0 > weights.second[NAMES.index("alternate name")]


KNOWN = ["Goma", "London", "Springfield", "Tripoli", "Lebanon", "Illinois", "Kherson", "Syria", "Woodstock", "Europe", "Moscow"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=8))
def test_probabilities_of_a_name_sum_to_one_and_no_order_matters(gazetteer: Gazetteer, told: list[str]) -> None:
    scene, likely = settled(gazetteer, *told)
    assert np.add.reduceat(likely, scene.starts) == pytest.approx(np.ones(len(told)))
    back, others = settled(gazetteer, *reversed(told))
    best = {scene.names[i].name: float(likely[scene.owner == i].max()) for i in range(len(told))}
    assert best == pytest.approx({back.names[i].name: float(others[back.owner == i].max()) for i in range(len(told))})


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=6))
def test_features_stay_in_their_bounds(gazetteer: Gazetteer, told: list[str]) -> None:
    scene, likely = settled(gazetteer, *told)
    seen = scene.second_look(likely)
    unbounded = [list(SECOND).index(name) for name in SECOND if name.startswith(("prominence", "large town"))]
    bounded = np.delete(seen, unbounded, axis=1)
    assert np.isfinite(seen).all() and bounded.min() >= 0.0 and bounded.max() <= 1.0 + 1e-9
