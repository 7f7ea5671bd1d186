"""What is measured: each task names its gold, the command that is run over it and the scorer that compares the two."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import actors, gold, score
from whoholds.pipeline import Reader

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One measurement: `gold` is a path in the shared folder, `score` a script there, run with `options`, or a function."""

    name: str
    title: str
    gold: str
    command: str = "read"
    score: str | Callable[[list[dict[str, Any]], Mapping[str, Report]], Report] = "claims.py"
    options: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The first word of the name: tasks of a group share a table."""
        return self.name.partition(".")[0]


SHARED_TASKS = (
    Task(name="claims.seed", title="the seed report", gold="gold/seed.json"),
    Task(name="claims.articles", title="gold articles", gold="gold/articles"),
    Task(name="types.gsr", title="PLOVER gold standard records", gold="corpora/events/plover_gsr.jsonl", score="events.py"),
    Task(name="types.plv", title="PLV sentences", gold="corpora/events/plv_train.jsonl", score="events.py"),
    Task(name="times.wikiwars", title="WikiWars", gold="corpora/times/wikiwars.jsonl", command="ground", score="times.py"),
    Task(name="times.timebank", title="TimeBank", gold="corpora/times/timebank.jsonl", command="ground", score="times.py"),
    Task(name="places.lgl", title="LGL", gold="corpora/places/lgl.jsonl", command="ground", score="places.py"),
    Task(name="places.trnews", title="TR-News", gold="corpora/places/trnews.jsonl", command="ground", score="places.py"),
    Task(
        name="places.geovirus",
        title="GeoVirus (without demonyms)",
        gold="corpora/places/geovirus.jsonl",
        command="ground",
        score="places.py",
        options=("--no-demonyms",),
    ),
    Task(
        name="places.geowebnews",
        title="GeoWebNews",
        gold="corpora/places/geowebnews.jsonl",
        command="ground",
        score="places.py",
    ),
    Task(
        name="actors.strings",
        title="single actor strings (NGEC's tests)",
        gold="corpora/actors/ngec.jsonl",
        command="ground",
        score=actors.score_strings,
    ),
    Task(
        name="actors.articles",
        title="actors of gold articles",
        gold="gold/articles",
        command="ground",
        score=actors.score_articles,
    ),
)


def own_gold(reader: Reader) -> Report:
    """The figures over the project's own gold, the reports in `examples/`, by our own scorer."""
    rows = gold.load(gold.OWN_GOLD)
    predictions = {row["id"]: row["claims"] for row in gold.read(rows, reader)}
    return score.as_report(score.score(rows, predictions))


def run(task: Task, shared: Path, reader: Reader, errors: int = 0) -> Report:
    """Run the product over the gold of one task and score it; the first `errors` faults go to standard error.

    Raises CalledProcessError when the scorer fails.
    """
    path = shared / task.gold
    rows = gold.load(path)
    produced = (gold.read if task.command == "read" else gold.ground)(rows, reader)
    if callable(task.score):
        return task.score(rows, {row["id"]: row for row in produced})
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        gold.write_lines(produced, predictions)
        command = [sys.executable, "-B", str(shared / "score" / task.score), str(path), str(predictions), *task.options]
        if errors:
            command += ["--errors", str(errors)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    faults, report = split(done.stdout)
    print(faults, end="", file=sys.stderr, flush=True)
    return report


def split(printed: str) -> tuple[str, Report]:
    """What a scorer printed: the lines of faults, then the report, an object that begins on a line of its own."""
    start = 0 if printed.startswith("{") else printed.index("\n{") + 1
    report: Report = json.loads(printed[start:])
    return printed[:start], report


def language(shared: Path) -> Report | None:
    """The figures of the language model by test set, or None where the recipe has no evaluation."""
    try:
        from training.evaluate import figures
    except ImportError:
        return None
    report: Report = figures(shared / "corpora")
    return report
