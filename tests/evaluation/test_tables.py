"""Generated parts of a page are replaced, what is kept by hand is not."""

from __future__ import annotations

import pytest

from evaluation import score, tables
from evaluation.__main__ import PAGE, renewed

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
