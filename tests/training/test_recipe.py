"""The recipe short of training: corpora are converted, configurations written, two models packed into one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from spacy.training.initialize import init_nlp
from spacy.util import load_config

from training import __main__ as recipe

SENTENCE = """\
1\tRebels\trebel\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\ttook\ttake\tVERB\tVBD\tTense=Past\t0\troot\t_\t_
3\tHoms\tHoms\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with corpora of every name that the recipe reads, converted, and both configurations."""
    corpora, work = tmp_path_factory.mktemp("corpora"), tmp_path_factory.mktemp("work")
    for folder in ("treebanks", "entities"):
        (corpora / folder).mkdir()
    for split in ("train", "dev"):
        for name in recipe.TREEBANKS[split]:
            (corpora / "treebanks" / f"{name}.conllu.gz").write_bytes(gzip.compress((SENTENCE * 10).encode()))
        for name in recipe.ENTITIES[split]:
            (corpora / "entities" / f"{name}.iob").write_text("Rebels\tO\ntook\tO\nHoms\tB-LOC\n.\tO\n\n" * 10)
    recipe.convert(corpora, work)
    for part in ("syntax", "entities"):
        recipe.write_config(part, work, steps=500)
    return work


def test_every_corpus_is_converted(work: Path) -> None:
    assert {path.stem for path in work.glob("*.spacy")} == {"syntax_train", "syntax_dev", "entities_train", "entities_dev"}


@pytest.mark.parametrize(
    ("part", "components", "score"),
    [
        ("syntax", ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser"], "dep_las"),
        ("entities", ["tok2vec", "ner"], "ents_f"),
    ],
)
def test_a_configuration_is_complete(work: Path, part: str, components: list[str], score: str) -> None:
    config = load_config(work / f"{part}.cfg", interpolate=True)
    assert config["nlp"]["pipeline"] == components
    assert config["paths"]["train"] == str(work / f"{part}_train.spacy")
    assert config["corpora"]["dev"]["path"] == str(work / f"{part}_dev.spacy")
    assert config["training"]["max_steps"] == config["training"]["optimizer"]["learn_rate"]["total_steps"] == 500
    assert config["training"]["seed"] == config["system"]["seed"] == 1
    assert config["training"]["optimizer"]["use_averages"] is True
    assert config["components"]["tok2vec"]["model"]["embed"]["width"] == 96
    weights = config["training"]["score_weights"]
    assert max(weights, key=lambda name: weights[name] or 0.0) == score
    assert Path(config["corpora"]["train"]["augmenter"]["orth_variants"]["path"]).exists()


def test_two_models_are_packed_into_one_that_names_no_folder_of_this_machine(work: Path, tmp_path: Path) -> None:
    for part in ("syntax", "entities"):  # initialised, not trained
        (work / part).mkdir()
        init_nlp(load_config(work / f"{part}.cfg", interpolate=False)).to_disk(work / part / "model-best")
    nlp = recipe.pack(work, tmp_path / "packed")
    assert nlp.pipe_names == ["tok2vec", "tagger", "morphologizer", "parser", "ner"]
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert {source["name"] for source in nlp.meta["sources"]} == {*recipe.TREEBANKS["train"], *recipe.ENTITIES["train"]}
    for name in ("config.cfg", "meta.json"):
        assert str(work) not in (tmp_path / "packed" / name).read_text()
        assert str(recipe.HERE) not in (tmp_path / "packed" / name).read_text()
