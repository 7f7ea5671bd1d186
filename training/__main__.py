"""Train the shipped pipeline: `python -m training CORPORA --out src/whoholds/language/models/en`.

CORPORA is a folder with `treebanks/` (CoNLL-U) and `entities/` (IOB); only the files named in TREEBANKS and ENTITIES below,
all licensed for training, are read. Two trainings run side by side, one core each (about half an hour), and are packed
into one pipeline. Seeds are fixed; figures vary in the third digit between processors.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import Config

from training import entities, treebanks

HERE = Path(__file__).parent
TREEBANKS = {"train": ["ewt_train", "gum_train"], "dev": ["ewt_dev", "gum_dev"]}
ENTITIES = {
    "train": ["uner_train", "wikigold_train", "re3d_train", "gumclean_train"],
    "dev": ["uner_dev", "gumclean_dev"],
}


def convert(corpora: Path, work: Path) -> None:
    """Raw corpora to DocBins `syntax_train`, `syntax_dev`, `entities_train`, `entities_dev` in `work`."""
    for split in ("train", "dev"):
        sources = [corpora / "treebanks" / f"{name}.conllu.gz" for name in TREEBANKS[split]]
        words = treebanks.write_corpus(sources, work / f"syntax_{split}.spacy")
        print(f"syntax {split}: {words} words")
        sources = [corpora / "entities" / f"{name}.iob" for name in ENTITIES[split]]
        words = entities.write_corpus(sources, work / f"entities_{split}.spacy")
        print(f"entities {split}: {words} words")


def write_config(part: str, work: Path, steps: int) -> Path:
    """The complete configuration of one training, written to `work`."""
    config = Config().from_disk(HERE / "base.cfg", interpolate=False)
    config = config.merge(Config().from_disk(HERE / f"{part}.cfg", interpolate=False))
    config["paths"] = {
        "train": str(work / f"{part}_train.spacy"),
        "dev": str(work / f"{part}_dev.spacy"),
        "variants": str(HERE / "variants.json"),
    }
    config["training"]["max_steps"] = steps
    partial, full = work / f"{part}.partial.cfg", work / f"{part}.cfg"
    config.to_disk(partial, interpolate=False)
    subprocess.run([sys.executable, "-m", "spacy", "init", "fill-config", partial, full], check=True, stdout=subprocess.DEVNULL)
    return full


def train(work: Path, steps: dict[str, int]) -> None:
    """Run both trainings at once; the log of each goes to `work/PART.log`. Raises CalledProcessError when one fails."""
    running = {}
    for part, count in steps.items():
        config = write_config(part, work, count)
        command: list[str | Path] = [sys.executable, "-m", "spacy", "train", config, "--output", work / part]
        with (work / f"{part}.log").open("w") as log:  # the child keeps its own handle
            running[part] = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    for part, process in running.items():
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, f"spacy train {part} (see {work / part}.log)")


def pack(work: Path, out: Path) -> Language:
    """Join the two best models into one pipeline and write it, without training state, to `out`."""
    nlp = spacy.load(work / "syntax" / "model-best")
    names = spacy.load(work / "entities" / "model-best")
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=names)
    nlp.remove_pipe("trainable_lemmatizer")  # a helping task of the shared layers; lemmas come from lemminflect
    nlp.meta.update(
        name="whoholds_english",
        version="1",
        description="English news: tags, morphology, lemmas, dependencies, entities",
        license="CC BY-SA 4.0",
        author="the whoholds project",
        url="",
        email="",
        sources=[{"name": name} for name in (*TREEBANKS["train"], *ENTITIES["train"])],
    )
    nlp.config["paths"] = {"vectors": None, "init_tok2vec": None}  # no path of the machine that trained it
    nlp.config["corpora"] = {}
    nlp.config["training"] = {}
    nlp.to_disk(out, exclude=["vectors"])
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder of the packaged model")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for intermediate files")
    parser.add_argument("--syntax-steps", type=int, default=7000)
    parser.add_argument("--entities-steps", type=int, default=6000)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    convert(arguments.corpora, arguments.work)
    train(arguments.work, {"syntax": arguments.syntax_steps, "entities": arguments.entities_steps})
    nlp = pack(arguments.work, arguments.out)
    print(json.dumps({"pipeline": nlp.pipe_names, "out": str(arguments.out)}))


if __name__ == "__main__":
    main()
