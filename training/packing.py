"""From trained weights to the packaged model: an ONNX graph with whole-number weights, its vocabulary and its manifest.

The graph does what the reader would else do a word at a time: it decides where sentences start, keeps trees within sentences,
and labels the arcs it likes best. Its inputs and outputs are described in `whoholds.language.encoder`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.batches import Labels
from training.learning import masked_arcs
from training.network import Batch, Heads, Network

INPUTS = ("pieces", "piece_shapes", "first", "last", "shapes", "starts")
OUTPUTS = ("arcs", "heads", "relations", "upos", "xpos", "entities", "starts_scores", "dependents", "governors")
FILES = frozenset({"encoder.onnx", "labels.npz", "tokenizer.json", "manifest.json"})
_OPSET = 17


class Reader(nn.Module):
    """The network up to one of its exits, with the decisions that the reader needs."""

    def __init__(self, network: Network, exit_: int) -> None:
        super().__init__()
        heads = network.heads[str(exit_)]
        assert isinstance(heads, Heads)
        self.network, self.heads, self.exit = network, heads, exit_

    def forward(
        self, pieces: Tensor, piece_shapes: Tensor, first: Tensor, last: Tensor, shapes: Tensor, starts: Tensor
    ) -> tuple[Tensor, ...]:
        batch = Batch(pieces, piece_shapes, first, last, shapes)
        scores = self.heads(self.network.words(batch, self.exit)[self.exit], shapes)
        arcs = masked_arcs(scores.arcs, _sentences(scores.starts, shapes, starts))
        heads = arcs.argmax(-1)
        governors = torch.gather(scores.governors, 1, heads.unsqueeze(-1).expand(-1, -1, scores.governors.shape[-1]))
        relations = self.heads.relations(scores.dependents, governors).argmax(-1)
        tags = scores.upos.argmax(-1), scores.xpos.argmax(-1)
        return arcs, heads, relations, *tags, scores.entities, scores.starts, scores.dependents, scores.governors


def _sentences(logits: Tensor, shapes: Tensor, starts: Tensor) -> Tensor:
    """The number of each word's sentence: 0 for the root, -1 for padding; the caller's word counts before the model's."""
    place = torch.cumsum(torch.ones_like(shapes), 1) - 1
    begins = ((logits > 0) & (starts == 0)) | (starts == 1) | (place == 1)
    numbers = torch.cumsum((begins & (place > 0)).to(torch.int64), 1)
    return torch.where(shapes == 0, torch.full_like(numbers, -1), numbers)


def export(network: Network, exit_: int, path: Path) -> None:
    """Write the graph up to an exit, its weights as 8-bit whole numbers."""
    reader = Reader(network, exit_).eval()
    words, pieces = 7, 9
    example = (
        torch.randint(1, network.word.num_embeddings, (2, pieces)),
        torch.ones(2, pieces, dtype=torch.long),
        *(torch.zeros(2, words, dtype=torch.long) for _ in range(2)),
        torch.ones(2, words, dtype=torch.long),
        torch.zeros(2, words, dtype=torch.long),
    )
    axes = {name: {0: "batch", 1: "pieces" if name.startswith("piece") else "words"} for name in (*INPUTS, *OUTPUTS)}
    axes["arcs"][2] = "words"
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            reader,
            example,
            str(full),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # seven bits: with eight, processors without VNNI overflow, and machines read differently
            nodes_to_exclude=_vectors(full),  # one-dimensional weights break per-channel quantisation
            extra_options={"MatMulConstBOnly": True},
        )


def _vectors(path: Path) -> list[str]:
    """The multiplications by a matrix of one column."""
    graph = onnx.load(str(path)).graph
    shapes = {weights.name: tuple(weights.dims) for weights in graph.initializer}
    return [
        node.name
        for node in graph.node
        if node.op_type == "MatMul"
        and any(len(shapes.get(name, ())) == 1 or shapes.get(name, (0,))[-1] == 1 for name in node.input)
    ]


def pack(network: Network, labels: Labels, exit_: int, tokenizer: Path, about: dict[str, object], out: Path) -> None:
    """Write the model directory anew: graph, label weights, vocabulary, and a manifest with the hash of each.

    `about` goes into the manifest: name, version, licence, data, figures, window.
    """
    checked(out).mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    heads = network.heads[str(exit_)]
    assert isinstance(heads, Heads)
    np.savez_compressed(out / "labels.npz", U=heads.label.detach().numpy().astype(np.float32))
    export(network, exit_, out / "encoder.onnx")
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    names = {"upos": labels.upos, "xpos": labels.xpos, "deprel": labels.deprel, "entities": labels.entities}
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}
    manifest = about | {"language": "en", "labels": {kind: list(values) for kind, values in names.items()}, "files": files}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def checked(out: Path) -> Path:
    """The folder, if a model may be written there. Raises SystemExit when it holds anything but a model."""
    strange = sorted(path.name for path in out.glob("*") if path.name not in FILES)
    if strange:
        raise SystemExit(f"{out} holds {strange[0]}, which is no part of a model: name an empty folder with --out")
    return out


def add_figures(out: Path, figures: dict[str, float]) -> None:
    """Write measured figures into the manifest of a packaged model."""
    path = out / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"figures": figures}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
