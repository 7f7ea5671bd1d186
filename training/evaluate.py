"""Measure a pipeline on held-out test sets: `python -m training.evaluate CORPORA [--model DIR] [--gold-tokens]`.

Figures are shares from 0 to 1, counts are whole numbers. Words, sentences and entities are half-open spans of characters, so a
prediction is right only where its ends are the gold's. Treebanks are read a paragraph at a time, the way the reader is given
blocks of an article. As in the CoNLL 2018 shared task (https://universaldependencies.org/conll18/evaluation.html), a figure
is the F1 over all gold and all predicted words, punctuation included, and LAS looks at relations without their subtypes.
Tags are those of the model; lemmas are those of `whoholds.language.lemmas`, which corrects a few tags first.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan
from spacy.vocab import Vocab

from training import entities, treebanks
from whoholds.language.english import pipeline, visible
from whoholds.language.lemmas import lemma, settled

TREEBANKS = ("ewt_test", "gum_test")
ENTITIES = ("re3d_test", "wikigold_test", "gumclean_test", "uner_test", "ww_test")
GOLD_TOKENS = ", gold tokens"  # what the name of a treebank ends with where tokens and sentences were given
AGREEING = ("UPOS", "XPOS", "lemmas", "UAS", "LAS")

Figures = dict[str, float]
Span = tuple[int, int]


def figures(corpora: Path, model: Path | None = None) -> dict[str, Figures]:
    """The figures of the pipeline in `model` (without one, the pipeline the reader uses) by test set.

    A treebank has two rows, from raw text and with gold tokens and sentences; an entity corpus one over all labels and one
    a label. Test sets that are not in `corpora` are left out. Raises OSError when there is no model, ValueError for bad rows.
    """
    nlp = spacy.load(model) if model else pipeline()
    report: dict[str, Figures] = {}
    for name in TREEBANKS:
        path = corpora / "treebanks" / f"{name}.conllu.gz"
        if path.exists():
            gold = [treebanks.to_doc(nlp.vocab, run) for run in whole_paragraphs(treebanks.read_treebank(path))]
            report[name] = syntax_figures(gold, read_raw(nlp, gold))
            report[name + GOLD_TOKENS] = syntax_figures(gold, read_tokens(nlp, gold), given=True)
    for name in ENTITIES:
        path = corpora / "entities" / f"{name}.iob"
        if path.exists():
            gold = [entities.to_doc(nlp.vocab, rows) for rows in entities.read_iob(path)]
            for label, row in entity_figures(gold, read_raw(nlp, gold)).items():
                report[f"{name} {label}".strip()] = row
    return report


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


def read_raw(nlp: Language, gold: Iterable[Doc]) -> Iterator[Doc]:
    """The pipeline's own reading of the texts, seen as the reader sees them."""
    return nlp.pipe(visible(doc.text) for doc in gold)


def read_tokens(nlp: Language, gold: Iterable[Doc]) -> Iterator[Doc]:
    """The pipeline's reading of the gold's tokens, in the gold's sentences."""
    return nlp.pipe(_bare(nlp.vocab, doc) for doc in gold)


def _bare(vocab: Vocab, doc: Doc) -> Doc:
    spaces = [bool(token.whitespace_) for token in doc]
    starts: list[bool | int | None] = [bool(token.is_sent_start) for token in doc]
    return Doc(vocab, words=[token.text for token in doc], spaces=spaces, sent_starts=starts)


def syntax_figures(gold: Iterable[Doc], predicted: Iterable[Doc], *, given: bool = False) -> Figures:
    """Agreement of two readings of the same texts; nought for none.

    With `given` tokens the figures of tokens and sentences, 1 by construction, give way to the lemmas found from gold tags.
    """
    expected, found, agreed = Counter[str](), Counter[str](), Counter[str]()
    for ours, theirs in zip(gold, predicted, strict=True):
        words, guesses = _words(ours, _gold_lemma), _words(theirs, _our_lemma)
        expected["words"] += len(words)
        found["words"] += len(guesses)
        agreed["tokens"] += len(words.keys() & guesses.keys())
        for span in words.keys() & guesses.keys():
            agreed.update(name for name in AGREEING if words[span][name] == guesses[span][name])
        agreed["lemmas by gold tags"] += sum(_our_lemma(token) == _gold_lemma(token) for token in ours)
        sentences, cuts = _sentences(ours), _sentences(theirs)
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


def _words(doc: Doc, lemma_of: Callable[[Token], str]) -> dict[Span, dict[str, object]]:
    """What is compared of each word, by its span; a head is the span of the head, None for a root."""
    words: dict[Span, dict[str, object]] = {}
    for token in doc:
        if token.is_space:
            continue
        head = None if token.head.i == token.i else _span(token.head)
        relation = "root" if head is None else token.dep_.partition(":")[0]
        facts = (token.pos_, token.tag_, lemma_of(token), head, (head, relation))
        words[_span(token)] = dict(zip(AGREEING, facts, strict=True))
    return words


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token)


def _gold_lemma(token: Token) -> str:
    return token.lemma_.lower()


def _our_lemma(token: Token) -> str:
    word = token.text.lower()
    upos, _ = settled(word, token.pos_, token.tag_)
    return lemma(word, upos)


def _sentences(doc: Doc) -> set[Span]:
    spans = [[token for token in sentence if not token.is_space] for sentence in doc.sents]
    return {(_span(tokens[0])[0], _span(tokens[-1])[1]) for tokens in spans if tokens}


def entity_figures(gold: Iterable[Doc], predicted: Iterable[Doc]) -> dict[str, Figures]:
    """Precision, recall and F1 of strict spans, over all labels under "", then by label.

    Only labels that the gold has are judged (some corpora have no MISC), and no prediction that touches a token without
    annotation. Nought for no entities.
    """
    expected, found, agreed = Counter[str](), Counter[str](), Counter[str]()
    for ours, theirs in zip(gold, predicted, strict=True):
        unknown = [_span(token) for token in ours if token.ent_iob == 0]
        names = _entities(ours.ents)
        guesses = {name for name in _entities(theirs.ents) if not any(a < name[1] and b > name[0] for a, b in unknown)}
        for counter, spans in ((expected, names), (found, guesses), (agreed, names & guesses)):
            counter.update(label for _, _, label in spans)
    labels = sorted(expected)
    rows = {"": _entity_row(*(sum(counter[label] for label in labels) for counter in (expected, found, agreed)))}
    return rows | {label: _entity_row(expected[label], found[label], agreed[label]) for label in labels}


def _entities(spans: Iterable[DocSpan]) -> set[tuple[int, int, str]]:
    return {(span.start_char, span.end_char, span.label_) for span in spans}


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


def main(arguments: list[str] | None = None) -> None:
    """Print the tables. Exits with 2 when `CORPORA` holds none of the test sets."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, help="folder with treebanks/ and entities/")
    parser.add_argument("--model", type=Path, help="folder of a spaCy pipeline; without it, the one the reader uses")
    parser.add_argument("--gold-tokens", action="store_true", help="treebanks with gold tokens and sentences")
    asked = parser.parse_args(arguments)
    report = figures(asked.corpora, asked.model)
    if not report:
        parser.error(f"no test set in {asked.corpora}")
    syntax = {name: row for name, row in report.items() if name.removesuffix(GOLD_TOKENS) in TREEBANKS}
    shown = {name: row for name, row in syntax.items() if name.endswith(GOLD_TOKENS) == asked.gold_tokens}
    names = {name: row for name, row in report.items() if name not in syntax}
    print("\n\n".join(part for part in (table(shown), table(names)) if part))


if __name__ == "__main__":
    main()
