"""The plan of a run: its partitions, how they are found again, and sources that change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.corpora.small_runs import RECIPE, STORY, planned, written
from whoholds.corpora.layout import Layout
from whoholds.corpora.plan import Plan, changed, make_plan, partitions, set_aside
from whoholds.corpora.sources import records
from whoholds.corpora.tasks import StoppedError
from whoholds.corpora.terms import Terms, agree, refuse_others, terms_of


def test_every_record_is_in_one_partition(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", STORY)
    layout, terms = planned(tmp_path / "run", source, size=3)
    plan = Plan(layout)
    found = [[one.place for one in records(plan.part(at), terms.options)] for at in range(partitions(layout))]
    assert [len(places) for places in found] == [3, 3, 2]
    assert len({place for places in found for place in places}) == len(STORY)
    assert terms_of(layout) == terms


def test_what_cannot_be_read_at_all_is_set_aside_in_the_plan(tmp_path: Path) -> None:
    layout, _ = planned(tmp_path / "run", tmp_path / "nothing.jsonl")
    assert partitions(layout) == 0
    (aside,) = set_aside(layout)
    assert aside["code"] == "missing"
    assert aside["place"].endswith("nothing.jsonl")


def test_a_source_named_twice_is_planned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = written(tmp_path / "in.jsonl", STORY)
    (tmp_path / "link.jsonl").symlink_to(source)
    monkeypatch.chdir(tmp_path)
    layout = Layout(tmp_path / "run")
    make_plan(layout, Terms(named=("in.jsonl", str(source), "./in.jsonl", "in.jsonl", "link.jsonl")))
    assert partitions(layout) == 1
    told = list(set_aside(layout))
    assert [one["code"] for one in told] == ["repeated"] * 4
    assert told[0]["message"] == f"{source} is named already, as in.jsonl"
    assert told[2]["message"] == "in.jsonl is named already"


def test_a_source_that_changed_is_told(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", STORY)
    layout, _ = planned(tmp_path / "run", source)
    changed(layout)
    source.write_text(source.read_text("utf-8") + "{}\n", "utf-8")
    with pytest.raises(StoppedError, match=r"in\.jsonl has changed") as error:
        changed(layout)
    assert "--out" in error.value.hint
    with pytest.raises(StoppedError):
        Plan(layout).part(0)
    source.unlink()
    with pytest.raises(StoppedError, match=r"in\.jsonl is gone"):
        changed(layout)


def test_a_source_of_another_time_with_the_same_content_is_the_same(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", STORY)
    layout, _ = planned(tmp_path / "run", source)
    os.utime(source, (1, 1))
    changed(layout)
    data = source.read_bytes()
    source.write_bytes(data[:-3] + b"  \n")
    os.utime(source, (1, 1))
    with pytest.raises(StoppedError):
        changed(layout)


def test_a_file_of_a_folder_that_changed_is_told(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "pages" / name).write_text(RECIPE, "utf-8")
    layout, _ = planned(tmp_path / "run", tmp_path / "pages")
    changed(layout)
    (tmp_path / "pages" / "b.txt").write_text("another", "utf-8")
    with pytest.raises(StoppedError, match="has changed"):
        changed(layout)


def test_other_terms_are_refused(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", STORY)
    layout, terms = planned(tmp_path / "run", source)
    agree(layout, terms)
    with pytest.raises(StoppedError, match="all was False and is now True") as error:
        agree(layout, Terms(named=terms.named, all=True))
    assert "--out" in error.value.hint


def test_another_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout, terms = planned(tmp_path / "run", written(tmp_path / "in.jsonl", STORY))
    monkeypatch.setenv("WHOHOLDS_MODEL", "another")
    with pytest.raises(StoppedError, match="model was shipped and is now another"):
        agree(layout, terms)


def test_another_model_in_the_same_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"one")
    monkeypatch.setenv("WHOHOLDS_MODEL", str(model))
    layout, terms = planned(tmp_path / "run", written(tmp_path / "in.jsonl", STORY))
    agree(layout, terms)
    (model / "weights").write_bytes(b"two")
    with pytest.raises(StoppedError, match=r"model was .* and is now "):
        agree(layout, terms)


def test_of_many_other_sources_only_those_are_told_that_differ(tmp_path: Path) -> None:
    many = tuple(f"{number}.txt" for number in range(300))
    agree(Layout(tmp_path), Terms(named=many))
    with pytest.raises(StoppedError) as error:
        agree(Layout(tmp_path), Terms(named=(*many[2:], "x.txt")))
    assert error.value.message.endswith("sources were 300 (0.txt, 1.txt) and are now 299 (x.txt)")


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    layout, _ = planned(tmp_path / "run", written(tmp_path / "in.jsonl", STORY))
    refuse_others(layout)
    layout.run.unlink()
    with pytest.raises(StoppedError, match=r"is not the folder of a run: it holds plan\.jsonl"):
        refuse_others(layout)
