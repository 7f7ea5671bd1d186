"""The recipe for the weights of namesakes: examples from annotated documents, the logit, the table, the command."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.builders import report
from tests.grounding.places.atlas import atlas
from training.places import __main__ as recipe
from training.places import logit, table
from training.places.examples import Example, Row, examples, rows_of
from training.places.prior import HELD, PRIOR, prior
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places.features import FIRST, NAMES
from whoholds.grounding.places.scoring import Weights, softmax

PLACE = "They/PRON/nsubj>2 were/VERB/root>0 in/ADP/case>4 {}/PROPN/obl>2/LOC"
POINTS = {"Tripoli": (34.44, 35.83), "Springfield": (39.8, -89.64), "Goma": (-1.68, 29.23), "Chicago": (41.88, -87.63)}


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return atlas(tmp_path_factory.mktemp("weights"))


def annotated(*names: str, **more: object) -> tuple[Row, tuple[object, ...]]:
    """A document that names these places, each annotated with its point, and its parse."""
    document, sentences = report(*(PLACE.format(name) for name in names))
    toponyms: list[Row] = []
    for sentence, name in zip(sentences, names, strict=True):
        lat, lon = POINTS[name]
        toponyms.append({"start": sentence.tokens[3].start, "end": sentence.tokens[3].end, "lat": lat, "lon": lon, **more})
    return {"id": "-".join(names), "text": document.text, "toponyms": toponyms}, (document, sentences)


def examples_of(gazetteer: Gazetteer, *documents: tuple[Row, tuple[object, ...]]) -> list[Example]:
    parsed = ((row, *parse) for row, parse in documents)
    return list(examples("made-up", parsed, gazetteer))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def learnt_from(gazetteer: Gazetteer) -> list[Example]:
    return examples_of(gazetteer, annotated("Tripoli"), annotated("Springfield", "Springfield"), annotated("Goma", "Chicago"))


def test_the_right_candidates_are_the_annotated_ones(learnt_from: list[Example]) -> None:
    told = {
        (example.scene.names[gold.name].name, example.scene.candidate(row).place.country, gold.count)
        for example in learnt_from
        for gold in example.gold
        for row in gold.right
    }
    assert told == {("Tripoli", "LB", 1), ("Springfield", "US", 2), ("Goma", "CD", 1)}  # Chicago has no namesake


def test_a_feature_code_narrows_what_is_right(gazetteer: Gazetteer) -> None:
    POINTS["Kherson"] = (46.6, 32.6)
    for code, feature in (("PPLA", "P"), ("ADM1", "A")):
        (example,) = examples_of(gazetteer, annotated("Kherson", fcode=code))
        assert [example.scene.candidate(row).place.feature for row in example.gold[0].right] == [feature]
        assert len(example.gold[0].near) == 2


def test_what_the_gazetteer_lacks_teaches_nothing(gazetteer: Gazetteer) -> None:
    row, parse = annotated("Tripoli")
    row["toponyms"][0] |= {"lat": 0.0, "lon": 0.0}
    assert examples_of(gazetteer, (row, parse)) == []
    row["toponyms"][0] |= {"lat": None, "lon": None}
    assert examples_of(gazetteer, (row, parse)) == []


def test_learning_makes_the_right_ones_likelier(learnt_from: list[Example]) -> None:
    weights = logit.learn(learnt_from, prior(), 2.0)
    choices = logit.choices_of(learnt_from, [example.scene.first for example in learnt_from])
    assert logit.loss(choices, weights.first) < logit.loss(choices, prior().first)


def test_learning_finds_out_what_tells_the_right_ones(gazetteer: Gazetteer) -> None:
    """Of the Springfields the one near Chicago is less known than that of Missouri."""
    found = examples_of(gazetteer, annotated("Springfield", "Chicago"), annotated("Goma"))
    nothing = Weights(np.zeros(len(FIRST)), np.zeros(len(NAMES)))
    known = replace(nothing, second=np.array([float(name == "best known") for name in NAMES]))
    assert logit.right_share(found, known)["made-up"] == (1, 2)
    assert logit.right_share(found, logit.learn(found, nothing, 2.0))["made-up"] == (2, 2)


def test_held_weights_stay_and_none_changes_its_sign(learnt_from: list[Example]) -> None:
    weights = logit.learn(learnt_from, prior(), 2.0)
    for name, value in zip(NAMES, weights.second.tolist(), strict=True):
        assert value * PRIOR.get(name, 0.0) >= 0.0
        if name in HELD:
            assert abs(value - PRIOR.get(name, 0.0)) < 0.8


def test_the_gradient_is_the_slope_of_the_loss(learnt_from: list[Example]) -> None:
    choices = logit.choices_of(learnt_from, [example.scene.first for example in learnt_from])
    at = np.linspace(-0.5, 0.5, len(FIRST))
    for i in range(len(FIRST)):
        step = np.zeros(len(FIRST))
        step[i] = 1e-5
        slope = (logit.loss(choices, at + step) - logit.loss(choices, at - step)) / 2e-5
        assert logit.gradient(choices, at)[i] == pytest.approx(slope, abs=1e-4)


def test_every_prior_and_every_held_weight_is_a_feature() -> None:
    assert set(PRIOR) <= set(NAMES) and set(HELD) <= set(PRIOR)


def test_softmax_of_each_name() -> None:
    likely = softmax(np.array([1.0, 1.0, 900.0, 0.0, 5.0]), np.array([0, 2, 4]), np.array([0, 0, 1, 1, 2]))
    assert likely == pytest.approx([0.5, 0.5, 1.0, 0.0, 1.0])


def test_nothing_to_learn_from_is_told() -> None:
    with pytest.raises(ValueError, match="nothing to learn from"):
        logit.learn([], prior(), 1.0)


def test_the_table_is_read_as_it_was_written() -> None:
    weights = Weights(np.arange(len(FIRST)) / 4, -np.arange(len(NAMES)) / 4)
    read = tomllib.loads(table.written(weights, {"made-up": (3, 4)}))
    assert list(read["first"].values()) == pytest.approx(weights.first.tolist())
    assert dict(zip(NAMES, weights.second.tolist(), strict=True)) == pytest.approx(read["second"])
    assert read["figures"] == {"made-up": 0.75}


def test_the_command_writes_a_table(
    gazetteer: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = [annotated("Tripoli"), annotated("Springfield"), annotated("Goma"), annotated("Springfield", "Chicago")]
    (tmp_path / "places").mkdir()
    lines = "".join(json.dumps(row) + "\n" for row, _ in documents)
    (tmp_path / "places" / "made-up.jsonl").write_text(lines, "utf-8")

    def parsed(rows: list[Row]) -> Iterator[tuple[object, ...]]:
        for row, (_, parse) in zip(rows, documents, strict=True):
            yield row, *parse

    monkeypatch.setattr(recipe, "read", parsed)
    monkeypatch.setattr(recipe, "gazetteer", lambda: gazetteer)
    tables = [tmp_path / "one.toml", tmp_path / "other.toml"]
    for out in tables:
        recipe.main([str(tmp_path), "--out", str(out)])
    assert tables[0].read_text("utf-8") == tables[1].read_text("utf-8")
    assert set(tomllib.loads(tables[0].read_text("utf-8"))["figures"]) == {"made-up"}
    assert "made-up: " in capsys.readouterr().out


def test_no_corpora_and_bad_lines_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="no corpora"):
        list(recipe.load(tmp_path, None))  # type: ignore[arg-type]
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "1", "text": "a", "toponyms": []}\n\n{"id": "2"}\n', "utf-8")
    with pytest.raises(ValueError, match=r"bad\.jsonl:3"):
        rows_of(path)


def test_corpora_count_by_the_root_of_their_size(learnt_from: list[Example]) -> None:
    small, *large = learnt_from
    choices = logit.choices_of([replace(small, corpus="small"), *large], [example.scene.first for example in learnt_from])
    assert choices.weight[0] > choices.weight[-1]
