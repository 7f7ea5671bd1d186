"""Measure whoholds: `python -m evaluation [--shared FOLDER] [--only NAME ...] [--errors N] [--check] [--write] [--json]`.

The project's own gold is always measured; the gold and the corpora of the shared folder where it is there. `--errors` prints
what was missed and what was false; `--check` exits with 1 when a figure lies below its floor; `--write` renews the generated
parts of docs/evaluation.md, which needs every set.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation import floors, tables, tasks
from whoholds.pipeline import Reader

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "evaluation.md"
OTHERS = Path(__file__).parent / "others.toml"
OWN_TITLE = "own gold (examples/)"
HEADINGS = {
    "claims": "Claims",
    "types": "Event types of single sentences",
    "times": "Time expressions",
    "places": "Places",
    "actors": "Actors",
    "language": "The language model",
}


def main() -> int:
    """Measure, print, and check or write as asked."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/, corpora/ and score/")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="only tasks whose name begins so: own claims times.wikiwars"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first N misses and false alarms of each shared set"
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 when a figure is below its floor in floors.toml")
    parser.add_argument("--write", action="store_true", help="renew docs/evaluation.md")
    parser.add_argument("--label", help="with --write: add a line with this label to the history")
    parser.add_argument("--json", action="store_true", help="print the reports as JSON instead of tables")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        os.environ["WHOHOLDS_DATA"] = empty  # figures are of what is shipped, not of what somebody added
        results = measure(args.shared, tuple(args.only), args.errors)
    print(json.dumps(results, indent=1) if args.json else render(results))
    if args.write:
        if args.only or not args.shared.is_dir():
            parser.error("--write needs every set: no --only, and the shared folder")
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), results, args.label), encoding="utf-8")
    return check(results) if args.check else 0


def measure(shared: Path, only: tuple[str, ...], errors: int = 0) -> dict[str, Any]:
    """The reports, nested by the dotted names of the tasks; notes of what is left out, and errors, go to standard error."""
    reader = Reader()
    results: dict[str, Any] = {}
    if wanted("own", only):
        results["own"] = tasks.own_gold(reader)
    if not shared.is_dir():
        note(f"no folder {shared}: only the project's own gold is measured")
        return results
    for task in tasks.SHARED_TASKS:
        if not wanted(task.name, only):
            continue
        if not (shared / task.gold).exists():
            note(f"{task.name}: no {task.gold}, left out")
            continue
        note(task.name)
        results.setdefault(task.group, {})[task.name.partition(".")[2]] = tasks.run(task, shared, reader, errors)
    if wanted("language", only):
        report = tasks.language(shared)
        if report is None:
            note("language: training/evaluate.py is not there, left out")
        else:
            results["language"] = report
    return results


def wanted(name: str, only: tuple[str, ...]) -> bool:
    """Whether `--only` lets a task through."""
    return not only or name.startswith(only)


def note(text: str) -> None:
    """Progress, away from the figures."""
    print(text, file=sys.stderr, flush=True)


def render(results: Mapping[str, Any]) -> str:
    """All tables, by group."""
    titles = {task.name: task.title for task in tasks.SHARED_TASKS}
    parts = []
    for group, heading in HEADINGS.items():
        reports = {titles.get(f"{group}.{name}", name): report for name, report in results.get(group, {}).items()}
        if group == "claims" and "own" in results:
            reports[OWN_TITLE] = results["own"]
        if not reports:
            continue
        if group == "claims":
            body = tables.claims_tables(reports)
        elif group == "language":
            body = tables.language_table(reports)
        else:
            body = tables.simple_table(
                group, reports, {titles[f"{group}.{name}"]: rows for name, rows in others(group).items()}
            )
        parts.append(f"### {heading}\n\n{body}")
    return "\n\n".join(parts)


def others(group: str) -> Mapping[str, list[dict[str, Any]]]:
    """What other systems reach on the sets of a group, by name of the set."""
    told: Mapping[str, list[dict[str, Any]]] = tomllib.loads(OTHERS.read_text(encoding="utf-8")).get(group, {})
    return told


def renewed(page: str, results: Mapping[str, Any], label: str | None) -> str:
    """The page with its figures renewed and, where there is a label, a line added to its history."""
    page = tables.replaced(page, "figures", "\n" + render(results) + "\n")
    if label:
        row = tables.history_row(label, dict(floors.flatten(results)))
        head = tables.table(["change", *tables.HISTORY], [])
        earlier = [line for line in tables.generated(page, "history").splitlines()[2:] if not line.startswith(f"| {label} |")]
        page = tables.replaced(page, "history", "\n".join([head, *earlier, row]))
    return page


def check(results: Mapping[str, Any]) -> int:
    """1 when a figure lies below its floor, else 0; says which, and which floors could not be checked."""
    figures, limits = dict(floors.flatten(results)), floors.load()
    for name in floors.unmeasured(figures, limits):
        note(f"floor not checked, not measured here: {name}")
    broken = floors.below(figures, limits)
    print("\n".join(broken) if broken else f"all {sum(name in figures for name in limits)} floors hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
