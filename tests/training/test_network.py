"""The network: shapes of what it says, padding that changes nothing, exits, and the weights of a base encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install -e '.[train]'")

from safetensors.torch import save_file  # noqa: E402

from training.batches import Coder, Labels  # noqa: E402
from training.network import Heads, Layer, Network, Sizes  # noqa: E402
from whoholds.language.wordpieces import WordPieces  # noqa: E402

SIZES = Sizes(upos=3, xpos=4, deprel=5, entities=7)
SHORT, LONG = ("Goma", "fell"), ("rebels", "of", "M23", "took", "it", ".")

pytestmark = pytest.mark.usefixtures("small_layers")


@pytest.fixture
def network() -> Network:
    torch.manual_seed(0)
    return Network(SIZES, exits=(1, 2)).eval()


@pytest.fixture(scope="module")
def coder(pieces: WordPieces) -> Coder:
    return Coder(Labels((), (), (), ("O",)), pieces)


def test_scores_of_every_word_at_every_exit(network: Network, coder: Coder) -> None:
    found = network(coder.inputs([SHORT, LONG]))
    assert list(found) == [1, 2]
    for scores in found.values():
        assert scores.arcs.shape == (2, 7, 7)
        assert (scores.upos.shape, scores.xpos.shape, scores.entities.shape) == ((2, 7, 3), (2, 7, 4), (2, 7, 7))
        assert scores.starts.shape == (2, 7)
        assert scores.dependents.shape == scores.governors.shape == (2, 7, 64)
    heads = network.heads["2"]
    assert isinstance(heads, Heads)
    pairs = torch.randn(11, 64), torch.randn(11, 64)
    assert heads.relations(*pairs).shape == (11, 5)


def test_relations_are_scored_by_their_own_matrices(network: Network) -> None:
    heads = network.heads["1"]
    assert isinstance(heads, Heads)
    left, right = torch.randn(64), torch.randn(64)
    one = torch.ones(1)
    expected = torch.einsum("i,rij,j->r", torch.cat([left, one]), heads.label, torch.cat([right, one]))
    assert torch.allclose(heads.relations(left[None], right[None])[0], expected, atol=1e-5)


def test_padding_changes_nothing(network: Network, coder: Coder) -> None:
    alone, padded = network(coder.inputs([SHORT])), network(coder.inputs([SHORT, LONG]))
    for exit_ in network.exits:
        assert torch.allclose(alone[exit_].arcs[0], padded[exit_].arcs[0, :3, :3], atol=1e-5)
        for name in ("upos", "xpos", "entities", "starts", "dependents", "governors"):
            one, other = getattr(alone[exit_], name)[0], getattr(padded[exit_], name)[0, :3]
            assert torch.allclose(one, other, atol=1e-5), name


def test_an_exit_does_not_depend_on_deeper_layers(network: Network, coder: Coder) -> None:
    batch = coder.inputs([LONG])
    before = network(batch)
    deeper = network.layers[1]
    assert isinstance(deeper, Layer)
    with torch.no_grad():
        deeper.up.weight.add_(1.0)
    after = network(batch)
    assert torch.equal(before[1].arcs, after[1].arcs)
    assert not torch.equal(before[2].arcs, after[2].arcs)


def test_capitals_are_seen_although_the_vocabulary_has_none(network: Network, coder: Coder) -> None:
    lower, upper = network(coder.inputs([("us",)])), network(coder.inputs([("US",)]))
    assert not torch.allclose(lower[1].entities, upper[1].entities)


def base_weights(network: Network) -> dict[str, torch.Tensor]:
    """Random weights under the names of a BERT encoder, of the sizes of the network."""
    width = network.segment.shape[0]
    inner = network.layers[0].up.weight.shape[0]  # type: ignore[union-attr]
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": tuple(network.word.weight.shape),
        "embeddings.position_embeddings.weight": tuple(network.position.weight.shape),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for number in range(len(network.layers)):
        layer = f"encoder.layer.{number}."
        for part in ("query", "key", "value"):
            shapes[f"{layer}attention.self.{part}.weight"] = (width, width)
            shapes[f"{layer}attention.self.{part}.bias"] = (width,)
        for part, out, in_ in (
            ("attention.output.dense", width, width),
            ("intermediate.dense", inner, width),
            ("output.dense", width, inner),
        ):
            shapes[f"{layer}{part}.weight"], shapes[f"{layer}{part}.bias"] = (out, in_), (out,)
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes[f"{layer}{part}.weight"] = shapes[f"{layer}{part}.bias"] = (width,)
    generator = torch.Generator().manual_seed(3)
    return {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}


@pytest.mark.parametrize("prefix", ["", "bert."])
def test_weights_of_a_base_encoder(network: Network, tmp_path: Path, prefix: str) -> None:
    weights = base_weights(network)
    save_file({prefix + name: value for name, value in weights.items()}, tmp_path / "model.safetensors")
    network.start_from(tmp_path / "model.safetensors")
    assert torch.equal(network.word.weight, weights["embeddings.word_embeddings.weight"])
    assert torch.equal(network.segment, weights["embeddings.token_type_embeddings.weight"][0])
    second = network.layers[1]
    assert isinstance(second, Layer)
    width = network.segment.shape[0]
    assert torch.equal(second.qkv.weight[width : 2 * width], weights["encoder.layer.1.attention.self.key.weight"])
    assert torch.equal(second.down.bias, weights["encoder.layer.1.output.dense.bias"])
    assert torch.equal(second.norm1.weight, weights["encoder.layer.1.attention.output.LayerNorm.weight"])


def test_a_base_encoder_that_lacks_a_layer(network: Network, tmp_path: Path) -> None:
    weights = {name: value for name, value in base_weights(network).items() if "layer.1" not in name}
    save_file(weights, tmp_path / "model.safetensors")
    with pytest.raises(KeyError, match=r"encoder\.layer\.1"):
        network.start_from(tmp_path / "model.safetensors")


def test_the_embeddings_of_the_base_encoder_are_kept(network: Network) -> None:
    kept = {name for name, weights in network.named_parameters() if not weights.requires_grad}
    assert kept == {"word.weight", "position.weight"}


def test_a_network_cut_at_an_exit_says_what_the_whole_says_there() -> None:
    whole = Network(SIZES, exits=(1, 2)).eval()
    cut = whole.up_to(1)
    assert cut.exits == (1,)
    assert {name for name, _ in cut.named_parameters()} < {name for name, _ in whole.named_parameters()}
    for name, weights in cut.named_parameters():
        assert torch.equal(weights, dict(whole.named_parameters())[name])
