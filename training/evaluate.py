"""Measure a pipeline on held-out test sets: `python -m training.evaluate CORPORA [--model NAME] [--gold-tokens]`.

Figures are shares from 0 to 1, counts are whole numbers. Words, sentences and entities are half-open spans of characters, so a
prediction is right only where its ends are the gold's. Treebanks are read a paragraph at a time, the way the reader is given
blocks of an article. As in the CoNLL 2018 shared task (https://universaldependencies.org/conll18/evaluation.html), a figure
is the F1 over all gold and all predicted words, punctuation included, and LAS looks at relations without their subtypes.
Tags are those of the model; lemmas are those of `whoholds.language.lemmas`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from training import entities, treebanks
from whoholds.language import choice
from whoholds.language.english import pipeline, visible
from whoholds.language.lemmas import lemma
from whoholds.language.parsed import Parsed, Pipeline

TREEBANKS = ("ewt_{}", "gum_{}")
ENTITIES = ("re3d_{}", "wikigold_{}", "gumclean_{}", "uner_{}", "ww_{}")
GOLD_TOKENS = ", gold tokens"  # what the name of a treebank ends with where tokens and sentences were given
AGREEING = ("UPOS", "XPOS", "lemmas", "UAS", "LAS")

Figures = dict[str, float]
Span = tuple[int, int]


def figures(corpora: Path, model: str | Path | None = None, split: str = "test") -> dict[str, Figures]:
    """The figures of the model in a folder (without one, the model the reader uses) by test set.

    A treebank has two rows, from raw text and with gold tokens and sentences; an entity corpus one over all labels and one
    a label. Test sets that are not in `corpora` are left out. Raises ModelError when there is no model, ValueError
    for bad rows.
    """
    reader = choice.load(str(model)) if model else pipeline()
    report: dict[str, Figures] = {}
    for name in (form.format(split) for form in TREEBANKS):
        path = corpora / "treebanks" / f"{name}.conllu.gz"
        if path.exists():
            runs = list(whole_paragraphs(treebanks.read_treebank(path)))
            report |= _treebank_figures(reader, name, runs)
    for name in (form.format(split) for form in ENTITIES):
        path = corpora / "entities" / f"{name}.iob"
        if path.exists():
            for label, row in _entity_corpus(reader, list(entities.read_iob(path))).items():
                report[f"{name} {label}".strip()] = row
    return report


def _treebank_figures(reader: Pipeline, name: str, runs: list[list[treebanks.Sentence]]) -> dict[str, Figures]:
    """The rows of one treebank: from raw text, and with its tokens and sentences."""
    pairs = [treebanks.parsed(run) for run in runs]
    raw = reader.read_texts([visible(text) for text, _ in pairs])
    words = [[[word.form for word in sentence.words] for sentence in run] for run in runs]
    spaced = [treebanks.parsed(treebanks.spaced(run)) for run in runs]
    return {
        name: syntax_figures(pairs, raw),
        name + GOLD_TOKENS: syntax_figures(spaced, reader.read_words(words), given=True),
    }


def whole_paragraphs(sentences: Iterable[treebanks.Sentence]) -> Iterator[list[treebanks.Sentence]]:
    """Sentences in runs, one a paragraph of the treebank."""
    run: list[treebanks.Sentence] = []
    for sentence in sentences:
        if run and sentence.opens_paragraph:
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def syntax_figures(
    gold: Iterable[tuple[str, list[treebanks.Gold]]], predicted: Iterable[list[Parsed]], *, given: bool = False
) -> Figures:
    """Agreement of two readings of the same texts; nought for none.

    With `given` tokens the figures of tokens and sentences, 1 by construction, give way to the lemmas found from gold tags.
    """
    expected, found, agreed = Counter[str](), Counter[str](), Counter[str]()
    for (text, ours), theirs in zip(gold, predicted, strict=True):
        words: dict[Span, dict[str, object]] = {}
        for sentence in ours:
            words |= _words(sentence.parsed, sentence.lemmas)
            guessed = zip(_lemmas(text, sentence.parsed), sentence.lemmas, strict=True)
            agreed["lemmas by gold tags"] += sum(guess == lemma for guess, lemma in guessed)
        guesses: dict[Span, dict[str, object]] = {}
        for parsed in theirs:
            guesses |= _words(parsed, _lemmas(text, parsed))
        expected["words"] += len(words)
        found["words"] += len(guesses)
        agreed["tokens"] += len(words.keys() & guesses.keys())
        for span in words.keys() & guesses.keys():
            agreed.update(name for name in AGREEING if words[span][name] == guesses[span][name])
        sentences, cuts = {_extent(sentence.parsed) for sentence in ours}, {_extent(parsed) for parsed in theirs}
        expected["sentences"] += len(sentences)
        found["sentences"] += len(cuts)
        agreed["sentences"] += len(sentences & cuts)
    row: Figures = {"words": expected["words"]}
    if not given:
        row["tokens"] = _f1(agreed["tokens"], expected["words"], found["words"])
        row["sentences"] = _f1(agreed["sentences"], expected["sentences"], found["sentences"])
    row |= {name: _f1(agreed[name], expected["words"], found["words"]) for name in AGREEING}
    if given:
        row["lemmas by gold tags"] = _share(agreed["lemmas by gold tags"], expected["words"])
    return row


def _words(parsed: Parsed, lemmas: Iterable[str]) -> dict[Span, dict[str, object]]:
    """What is compared of each word, by its span; a head is the span of the head, None for a root."""
    words: dict[Span, dict[str, object]] = {}
    rows = zip(parsed.spans, parsed.upos, parsed.tags, lemmas, parsed.heads, parsed.relations, strict=True)
    for span, upos, tag, lemma_, head, relation in rows:
        governor = None if head < 0 else parsed.spans[head]
        label = "root" if governor is None else relation.partition(":")[0]
        words[span] = dict(zip(AGREEING, (upos, tag, lemma_, governor, (governor, label)), strict=True))
    return words


def _lemmas(text: str, parsed: Parsed) -> list[str]:
    """The lemmas that whoholds would give the words."""
    found = []
    for (start, end), upos in zip(parsed.spans, parsed.upos, strict=True):
        found.append(lemma(text[start:end].lower(), upos))
    return found


def _extent(parsed: Parsed) -> Span:
    return parsed.spans[0][0], parsed.spans[-1][1]


def _entity_corpus(reader: Pipeline, rows: list[list[tuple[str, str]]]) -> dict[str, Figures]:
    """The rows of one entity corpus, each of its blocks read from its text."""
    texts, gold, unknown = [], [], []
    for row in rows:
        text, names = entities.text_of(row)
        texts.append(visible(text))
        gold.append(names)
        unknown.append(entities.unlabelled(row))
    return entity_figures(gold, map(named, reader.read_texts(texts)), unknown)


def named(sentences: Iterable[Parsed]) -> list[tuple[int, int, str]]:
    """The entities of sentences as half-open spans of characters with their labels."""
    return [name for sentence in sentences for name in entities.names_of(sentence.spans, sentence.entities)]


def entity_figures(
    gold: Iterable[list[tuple[int, int, str]]], predicted: Iterable[list[tuple[int, int, str]]], unknown: Iterable[list[Span]]
) -> dict[str, Figures]:
    """Precision, recall and F1 of strict spans, over all labels under "", then by label.

    Only labels that the gold has are judged (some corpora have no MISC), and no prediction that touches a word without
    annotation. Nought for no entities.
    """
    expected, found, agreed = Counter[str](), Counter[str](), Counter[str]()
    for ours, theirs, blanks in zip(gold, predicted, unknown, strict=True):
        names = set(ours)
        guesses = {name for name in theirs if not any(a < name[1] and b > name[0] for a, b in blanks)}
        for counter, spans in ((expected, names), (found, guesses), (agreed, names & guesses)):
            counter.update(label for _, _, label in spans)
    labels = sorted(expected)
    rows = {"": _entity_row(*(sum(counter[label] for label in labels) for counter in (expected, found, agreed)))}
    return rows | {label: _entity_row(expected[label], found[label], agreed[label]) for label in labels}


def headline(rows: Mapping[str, Figures]) -> Figures:
    """The figures by which models are compared: UPOS and LAS of the treebanks, F1 of the entity corpora."""
    found = {}
    for name, row in rows.items():
        for figure in ("UPOS", "LAS", "F1"):
            if figure in row and not name.endswith(("DATE", "LOC", "MISC", "NORP", "ORG", "PERSON")):
                found[f"{name} {figure}"] = round(row[figure], 3)
    return found


def _entity_row(expected: int, found: int, agreed: int) -> Figures:
    return {
        "entities": expected,
        "precision": _share(agreed, found),
        "recall": _share(agreed, expected),
        "F1": _f1(agreed, expected, found),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(agreed: int, expected: int, found: int) -> float:
    return _share(2 * agreed, expected + found)


def table(rows: Mapping[str, Figures]) -> str:
    """A Markdown table, a row a test set and a column a figure, three digits; the empty string for no rows."""
    if not rows:
        return ""
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = [["test set", *columns], ["---", *["--:"] * len(columns)]]
    lines += [[name, *(_cell(row.get(column)) for column in columns)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(figure: float | None) -> str:
    if figure is None:
        return "–"
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def tables(report: Mapping[str, Figures], gold_tokens: bool | None = None) -> str:
    """The report as Markdown tables; of the treebanks' rows those with or without gold tokens, or both."""
    syntax = {name: row for name, row in report.items() if "UAS" in row}
    parts = []
    for given in (False, True) if gold_tokens is None else (gold_tokens,):
        parts.append(table({name: row for name, row in syntax.items() if name.endswith(GOLD_TOKENS) == given}))
    parts.append(table({name: row for name, row in report.items() if name not in syntax}))
    return "\n\n".join(part for part in parts if part)


def main(arguments: list[str] | None = None) -> None:
    """Print the tables. Exits with 2 when `CORPORA` holds none of the test sets."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, help="folder with treebanks/ and entities/")
    parser.add_argument("--model", help="folder of a model, or a spaCy pipeline; without it, the one the reader uses")
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    parser.add_argument("--gold-tokens", action="store_true", help="treebanks with gold tokens and sentences")
    asked = parser.parse_args(arguments)
    report = figures(asked.corpora, asked.model, asked.split)
    if not report:
        parser.error(f"no test set in {asked.corpora}")
    print(tables(report, asked.gold_tokens))


if __name__ == "__main__":
    main()
