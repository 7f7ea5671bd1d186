"""Reports as Markdown: one table a group of figures, and the parts of a page that are generated, kept between markers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Report = Mapping[str, Any]

SLOTS = {
    "event": ("factuality", "when", "where", "said_by", "actors", "recipients", "numbers"),
    "control": ("factuality", "when", "where", "said_by", "holder", "from"),
    "obligation": ("factuality", "when", "where", "said_by", "step", "obligors", "due"),
}
# Columns of the simple groups: heading, then the dotted path inside a report.
COLUMNS = {
    "types": {
        "sentences": "sentences",
        "precision": "micro.p",
        "recall": "micro.r",
        "F1": "micro.f1",
        "macro F1": "macro_f1",
        "one-type sentences found": "found_it",
        "nothing found": "found_nothing",
    },
    "times": {
        "gold": "gold",
        "predicted": "predicted",
        "strict F1": "strict_f1",
        "relaxed F1": "relaxed_f1",
        "type F1": "type_f1",
        "value F1": "value_f1",
    },
    "places": {
        "gold": "gold",
        "predicted": "predicted",
        "strict F1": "strict.f1",
        "relaxed F1": "relaxed.f1",
        "within 161 km, of matched": "resolved_within_161km_of_matched",
        "end to end recall": "end_to_end_161km.r",
        "end to end F1": "end_to_end_161km.f1",
        "median km": "median_km",
    },
    "actors": {"asked": "asked", "found": "found", "country": "country", "role": "role", "both": "both"},
}
# One line a change: heading and dotted name of the figure.
HISTORY = {
    "own gold F1": "own.all.f1",
    "seed F1": "claims.seed.all.f1",
    "event F1": "claims.articles.event.f1",
    "control F1": "claims.articles.control.f1",
    "obligation F1": "claims.articles.obligation.f1",
    "types GSR F1": "types.gsr.micro.f1",
    "WikiWars value F1": "times.wikiwars.value_f1",
    "TimeBank value F1": "times.timebank.value_f1",
    "LGL end to end F1": "places.lgl.end_to_end_161km.f1",
    "TR-News": "places.trnews.end_to_end_161km.f1",
    "GeoVirus": "places.geovirus.end_to_end_161km.f1",
    "GeoWebNews": "places.geowebnews.end_to_end_161km.f1",
    "actor strings": "actors.strings.both",
}


def dig(report: Report, path: str) -> Any:
    """The value at a dotted path, or None."""
    value: Any = report
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def cell(value: object) -> str:
    """A figure as it is printed: three digits, none for counts, a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.1f}" if value > 1 else f"{value:.3f}"
    return str(value)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the rest are figures."""
    lines = [headings, ["---", *["--:"] * (len(headings) - 1)], *([cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def claims_tables(reports: Mapping[str, Report]) -> str:
    """Claims: one table of matches for all sets, one of slots for each kind. `reports` is by title of the set."""
    headings = ["set, kind", "gold", "predicted", "matched", "precision", "recall", "F1"]
    matches = [
        [f"{title}, {kind}", *(report[kind][key] for key in ("gold", "predicted", "matched", "precision", "recall", "f1"))]
        for title, report in reports.items()
        for kind in ("event", "control", "obligation", "all")
    ]
    parts = [table(headings, matches), "Slots, as shares of the matched pairs that agree:"]
    for kind, slots in SLOTS.items():
        rows = [[title, *(report[kind]["slots"].get(slot) for slot in slots)] for title, report in reports.items()]
        parts.append(table([kind, *(slot.replace("_", " ") for slot in slots)], rows))
    return "\n\n".join(parts)


def simple_table(group: str, reports: Mapping[str, Report], others: Mapping[str, Sequence[Report]] | None = None) -> str:
    """The table of a group whose reports have the same columns; `others` are rows of other systems, by title of the set."""
    columns = COLUMNS[group]
    rows = []
    for title, report in reports.items():
        rows.append([title, *(dig(report, path) for path in columns.values())])
        for other in (others or {}).get(title, ()):
            rows.append([f"· {other['who']}", *(dig(other, path) for path in columns.values())])
    return table(["set", *columns], rows)


def language_table(report: Report) -> str:
    """Figures of the language model: a table for treebanks and one for entities, a row a test set, a column a figure."""
    treebanks = {title: figures for title, figures in report.items() if "entities" not in figures}
    entities = {title: figures for title, figures in report.items() if "entities" in figures}
    return "\n\n".join(_figures(part) for part in (treebanks, entities) if part)


def _figures(report: Report) -> str:
    columns = list(dict.fromkeys(name for figures in report.values() for name in figures))
    rows = [[title, *(figures.get(name) for name in columns)] for title, figures in report.items()]
    return table(["test set", *columns], rows)


def history_row(label: str, figures: Mapping[str, float]) -> str:
    """One line of the history table."""
    return "| " + " | ".join([label, *(cell(figures.get(name)) for name in HISTORY.values())]) + " |"


def begin(name: str) -> str:
    """The marker that opens a generated part."""
    return f"<!-- begin generated: {name} -->"


def end(name: str) -> str:
    """The marker that closes it."""
    return f"<!-- end generated: {name} -->"


def generated(page: str, name: str) -> str:
    """What stands between the markers of a part. Raises ValueError when the page lacks them."""
    start = page.index(begin(name)) + len(begin(name))
    return page[start : page.index(end(name), start)].strip("\n")


def replaced(page: str, name: str, content: str) -> str:
    """The page with another content between those markers; the rest, kept by hand, stays as it is."""
    start = page.index(begin(name)) + len(begin(name))
    stop = page.index(end(name), start)
    return f"{page[:start]}\n{content}\n{page[stop:]}"
