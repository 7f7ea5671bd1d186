"""Generated parts of a page are replaced, what is kept by hand is not."""

from __future__ import annotations

import pytest

from evaluation import floors, score, tables, tasks
from evaluation.__main__ import PAGE, others, renewed

PAGE_BEFORE = "# P\n\nby hand\n\n{}\nold\n{}\n\nby hand too\n".format(tables.begin("figures"), tables.end("figures"))


def test_only_the_generated_part_changes() -> None:
    page = tables.replaced(PAGE_BEFORE, "figures", "new")
    assert page == PAGE_BEFORE.replace("old", "new")
    assert tables.replaced(page, "figures", "new") == page
    assert tables.generated(page, "figures") == "new"


def test_a_page_without_the_part_is_refused() -> None:
    with pytest.raises(ValueError, match="substring"):
        tables.replaced(PAGE_BEFORE, "history", "new")


def test_tables_have_a_dash_for_what_is_missing() -> None:
    assert tables.table(["set", "F1"], [["a", 0.5], ["b", None]]) == "| set | F1 |\n| --- | --: |\n| a | 0.500 |\n| b | – |"


def test_the_history_gains_one_line_a_label() -> None:
    results = {"own": score.as_report(score.score([], {}))}
    page = PAGE.read_text(encoding="utf-8")
    once = renewed(page, results, "a change")
    twice = renewed(renewed(once, results, "another"), results, "a change")
    before = tables.generated(page, "history").splitlines()[2:]
    labels = [line.split(" | ")[0] for line in tables.generated(twice, "history").splitlines()[2:]]
    assert labels[len(before) :] == ["| another", "| a change"]
    assert "What to think of them" in twice


def test_claims_are_told_by_kind_and_slot() -> None:
    printed = tables.claims_tables({"own": score.as_report(score.score([], {}))})
    assert "| own, control | 0 | 0 | 0 |" in printed
    assert all(f"| {kind} | factuality |" in printed for kind in score.KINDS)


def test_others_stand_below_the_set_they_read() -> None:
    reports = {"LGL": {"strict": {"f1": 0.8}}, "TR": {"strict": {"f1": 0.7}}}
    lines = tables.simple_table("places", reports, {"LGL": [{"who": "X", "strict": {"f1": 0.6}}]}).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| LGL", "| · X", "| TR"]
    assert "| 0.600 |" in lines[3]


@pytest.mark.parametrize("group", ["times", "places"])
def test_others_are_of_known_sets_and_figures(group: str) -> None:
    known = {task.name for task in tasks.SHARED_TASKS}
    listed = others(group)
    assert listed
    for name, rows in listed.items():
        assert f"{group}.{name}" in known
        for row in rows:
            figures = dict(floors.flatten(row))
            assert figures
            assert set(figures) <= set(tables.COLUMNS[group].values())
            assert all(0 < value < 1 for value in figures.values())
