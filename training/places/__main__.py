"""Learn the weights by which namesakes are told apart: `python -m training.places CORPORA [--out FILE]`.

CORPORA is a folder with `places/*.jsonl`, documents with toponyms and their coordinates (`examples.py` tells the format).
They are read with the installed reader and the user's gazetteer, the weights learned (`logit.py`) from all documents, and
written with what each feature says and with figures: shares of the mentions whose right place the gazetteer has under the
name, each document chosen for with weights that were learned from the others. Nothing is random: the same corpora, model and
gazetteer give the same table.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.places import logit, table
from training.places.examples import Example, examples, read, rows_of
from training.places.prior import prior
from whoholds.grounding.gazetteer import Gazetteer, gazetteer
from whoholds.grounding.places.scoring import Weights

FOLDS = 4
WIDTH = 0.8  # swept: .5 and 1.5 change the right share by less than half a point in any corpus
SHIPPED = Path("src/whoholds/grounding/places/weights.toml")


def load(corpora: Path, places: Gazetteer) -> Iterator[Example]:
    """The examples of every corpus in the folder, sorted by its name. Raises SystemExit when there is none."""
    paths = sorted((corpora / "places").glob("*.jsonl"))
    if not paths:
        raise SystemExit(f"no corpora: {corpora / 'places'} has no .jsonl files")
    for path in paths:
        yield from examples(path.stem, read(rows_of(path)), places)


def cross_validated(found: Sequence[Example], start: Weights, width: float) -> dict[str, tuple[int, int]]:
    """By corpus, how many mentions are right and how many there are, each document with weights learned from other ones."""
    total: dict[str, tuple[int, int]] = {}
    for fold in range(FOLDS):
        weights = logit.learn([example for i, example in enumerate(found) if i % FOLDS != fold], start, width)
        for corpus, (right, asked) in logit.right_share(found[fold::FOLDS], weights).items():
            before = total.get(corpus, (0, 0))
            total[corpus] = before[0] + right, before[1] + asked
    return total


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.places", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder with places/*.jsonl")
    parser.add_argument("--out", type=Path, default=SHIPPED, help=f"the table to write; {SHIPPED}")
    parser.add_argument("--width", type=float, default=WIDTH, help="how far from its prior a weight is expected to be")
    asked = parser.parse_args(arguments)
    try:
        found = list(load(asked.corpora, gazetteer()))
        figures = cross_validated(found, prior(), asked.width)
        weights = logit.learn(found, prior(), asked.width)
    except ValueError as error:
        raise SystemExit(str(error)) from error
    asked.out.write_text(table.written(weights, figures), "utf-8")
    print(table.told(figures))


if __name__ == "__main__":
    main()
