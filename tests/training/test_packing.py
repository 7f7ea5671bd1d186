"""Packing: a model's folder that the reader loads, and whose answers are those of the network it came from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install -e '.[train]'")

import onnxruntime  # noqa: E402

from training import learning, packing  # noqa: E402
from training.batches import Coder, labels_of  # noqa: E402
from training.examples import Example, Syntax, joined  # noqa: E402
from training.learning import Plan, masked_arcs, train  # noqa: E402
from training.network import Heads, Network  # noqa: E402
from whoholds.language.manifest import read_model  # noqa: E402
from whoholds.language.shipped import Shipped  # noqa: E402
from whoholds.language.wordpieces import WordPieces  # noqa: E402

FELL = Example(
    ("Goma", "fell", "."),
    ("B-LOC", "O", "O"),
    (True, False, False),
    Syntax(("PROPN", "VERB", "PUNCT"), ("NNP", "VBD", "."), (2, 0, 2), ("nsubj", "root", "punct")),
)
TOOK = Example(
    ("Rebels", "took", "Al", "Bab", "."),
    ("O", "O", "B-LOC", "I-LOC", "O"),
    (True, False, False, False, False),
    Syntax(
        ("NOUN", "VERB", "PROPN", "PROPN", "PUNCT"),
        ("NNS", "VBD", "NNP", "NNP", "."),
        (2, 0, 2, 3, 2),
        ("nsubj", "root", "obj", "flat", "punct"),
    ),
    opens_paragraph=False,
)
LABELS = labels_of([FELL, TOOK])
ABOUT: dict[str, object] = {"name": "made up", "version": "0", "licence": "none", "data": [], "window": 60, "figures": {}}
SENTENCES = [["Rebels", "took", "Goma", "."], ["Al", "Bab", "fell"], ["It", "was", "M23", ",", "they", "said", "."]]

pytestmark = pytest.mark.usefixtures("small_layers", "few_towns")


@pytest.fixture(scope="module")
def network(small_layers: None, few_towns: None, pieces: WordPieces, tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A network with two exits that knows two sentences by heart."""
    torch.manual_seed(5)
    network = Network(LABELS.sizes, exits=(1, 2))
    plan = Plan(epochs=12, shares={}, longest=40, encoder_rate=2e-3, head_rate=1e-2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learning, "PIECES_A_BATCH", 200)
        patch.setattr(learning, "varied", lambda example, rng: example)
        patch.setattr(learning, "renamed", lambda example, names, rng: example)
        train(network, Coder(LABELS, pieces), {"trees": [FELL, TOOK] * 16}, plan, tmp_path_factory.mktemp("run") / "state.pt")
    return network


@pytest.fixture(scope="module")
def packed(network: Network, tokenizer_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    (folder / "encoder.onnx").write_bytes(b"of another model")
    packing.pack(network, LABELS, 1, tokenizer_file, ABOUT, folder)
    return folder


def test_the_folder_is_a_model_of_its_own(packed: Path, network: Network) -> None:
    model = read_model(packed)
    assert (model.name, model.window) == ("made up", 60)
    assert set(model.contents) == {"encoder.onnx", "labels.npz", "tokenizer.json"}
    assert {path.name for path in packed.iterdir()} == {*model.contents, "manifest.json"}
    assert (model.labels.upos, model.labels.xpos, model.labels.deprel, model.labels.entities) == (
        LABELS.upos,
        LABELS.xpos,
        LABELS.deprel,
        LABELS.entities,
    )
    heads = network.heads["1"]
    assert isinstance(heads, Heads)
    with np.load(packed / "labels.npz") as table:
        assert np.array_equal(table["U"], heads.label.detach().numpy())


def test_the_packed_model_reads_what_was_learnt(packed: Path) -> None:
    both = joined([FELL, TOOK])
    reader = Shipped.load(packed)
    [given] = reader.read_words([[FELL.words, TOOK.words]])
    [read] = reader.read_texts(["Goma fell. Rebels took Al Bab."])
    assert FELL.syntax is not None
    assert TOOK.syntax is not None
    for found in (given, read):
        assert [len(sentence.spans) for sentence in found] == [3, 5]
        for sentence, example in zip(found, (FELL.syntax, TOOK.syntax), strict=True):
            assert list(sentence.heads) == [head - 1 for head in example.heads]
            assert tuple(sentence.relations) == example.deprels
            assert (tuple(sentence.upos), tuple(sentence.tags)) == (example.upos, example.xpos)
        assert tuple(tag for sentence in found for tag in sentence.entities) == both.tags


def feed(coder: Coder, starts: list[list[int]] | None = None) -> dict[str, np.ndarray]:
    batch = coder.inputs(SENTENCES)
    given = np.array(starts) if starts else np.zeros(tuple(batch.shapes.shape), dtype=np.int64)
    return {name: tensor.numpy() for name, tensor in batch._asdict().items()} | {"starts": given}


@pytest.mark.parametrize("exit_", [1, 2])
def test_the_graph_says_what_the_network_says(
    network: Network, pieces: WordPieces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exit_: int
) -> None:
    monkeypatch.setattr(packing, "quantize_dynamic", lambda full, path, **_: shutil.copyfile(full, path))
    monkeypatch.setattr(network, "exits", (1, 2))
    coder = Coder(LABELS, pieces)
    with torch.no_grad():
        scores = network.eval()(coder.inputs(SENTENCES))[exit_]
    packing.export(network, exit_, tmp_path / "exact.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "exact.onnx")
    # nothing given; then: every word goes on; then: the third word of each starts a sentence
    width = 1 + max(map(len, SENTENCES))
    third = [[0, 1, 2, 1, 2, 2, 2, 2][:width] for _ in SENTENCES]
    for starts, numbers in (([[2] * width for _ in SENTENCES], [1] * 7), (third, [1, 1, 2, 2, 2, 2, 2])):
        outputs = dict(zip(packing.OUTPUTS, session.run(list(packing.OUTPUTS), feed(coder, starts)), strict=True))
        for row, words in enumerate(SENTENCES):
            real = slice(1, len(words) + 1)
            for name, expected in (
                ("entities", scores.entities),
                ("starts_scores", scores.starts),
                ("governors", scores.governors),
            ):
                assert np.allclose(outputs[name][row, real], expected[row, real].numpy(), atol=1e-4), name
            assert outputs["upos"][row, real].tolist() == scores.upos[row, real].argmax(-1).tolist()
            assert outputs["xpos"][row, real].tolist() == scores.xpos[row, real].argmax(-1).tolist()
            sentences = torch.tensor([[0, *numbers]])
            arcs = masked_arcs(scores.arcs[row : row + 1], sentences)[0]
            count = len(words) + 1
            assert np.allclose(outputs["arcs"][row, 1:count, :count], arcs[1:count, :count].numpy(), atol=1e-4)
            heads = arcs[1:count, :count].argmax(-1)
            assert outputs["heads"][row, real].tolist() == heads.tolist()
            module = network.heads[str(exit_)]
            assert isinstance(module, Heads)
            with torch.no_grad():
                relations = module.relations(scores.dependents[row, real], scores.governors[row, heads]).argmax(-1)
            assert outputs["relations"][row, real].tolist() == relations.tolist()


def test_whole_number_weights_say_nearly_the_same(packed: Path, network: Network, pieces: WordPieces) -> None:
    coder = Coder(LABELS, pieces)
    network.exits = (1, 2)
    with torch.no_grad():
        scores = network.eval()(coder.inputs(SENTENCES))[1]
    session = onnxruntime.InferenceSession(packed / "encoder.onnx")
    entities, starts = session.run(["entities", "starts_scores"], feed(coder))
    for found, exact in ((entities, scores.entities), (starts, scores.starts)):
        for row, words in enumerate(SENTENCES):
            ours, theirs = found[row, 1 : len(words) + 1], exact[row, 1 : len(words) + 1].numpy()
            assert np.abs(ours - theirs).mean() < 0.15 * np.abs(theirs).mean()


def test_figures_are_added_to_the_manifest(packed: Path, tmp_path: Path) -> None:
    shutil.copytree(packed, tmp_path / "measured")
    packing.add_figures(tmp_path / "measured", {"ewt_test LAS": 0.9})
    manifest = json.loads((tmp_path / "measured" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["figures"] == {"ewt_test LAS": 0.9}
    assert manifest | {"figures": {}} == json.loads((packed / "manifest.json").read_text(encoding="utf-8"))
    assert read_model(tmp_path / "measured").name == "made up"


def test_nothing_of_this_machine_is_in_the_folder(packed: Path) -> None:
    for path in packed.iterdir():
        content = path.read_bytes()
        assert str(packed.parent).encode() not in content, path.name
        assert str(Path.cwd()).encode() not in content, path.name


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SystemExit, match=r"thesis\.txt"):
        packing.checked(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
