"""Learning: what the losses look at, that they fall, and that a run which was interrupted ends as if it had not been."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install -e '.[train]'")

from training import learning  # noqa: E402
from training.batches import UNKNOWN, Coder, labels_of  # noqa: E402
from training.examples import Example, Syntax, joined  # noqa: E402
from training.learning import Plan, epoch, losses, masked_arcs, train  # noqa: E402
from training.network import FORBIDDEN, Heads, Network  # noqa: E402
from training.renaming import Names  # noqa: E402
from whoholds.language.wordpieces import WordPieces  # noqa: E402

pytestmark = pytest.mark.usefixtures("small_layers", "few_towns")

FELL = Example(
    ("Goma", "fell", "."),
    ("B-LOC", "O", "O"),
    (True, False, False),
    Syntax(("PROPN", "VERB", "PUNCT"), ("NNP", "VBD", "."), (2, 0, 2), ("nsubj", "root", "punct")),
)
TOOK = Example(
    ("Rebels", "took", "Homs"),
    ("O", "O", "B-LOC"),
    (True, False, False),
    Syntax(("NOUN", "VERB", "PROPN"), ("NNS", "VBD", "NNP"), (2, 0, 2), ("nsubj", "root", "obj")),
    opens_paragraph=False,
)
NAMED = Example(("M23", "left", "Goma"), ("B-ORG", "O", None), None, None)
CORPORA = {"trees": [FELL, TOOK] * 12, "names": [NAMED] * 4, "texts": [replace(NAMED, starts=(True, False, False))]}
PLAN = Plan(epochs=2, shares={"texts": 2.0, "names": 0.5}, longest=40)


@pytest.fixture(scope="module")
def coder(pieces: WordPieces) -> Coder:
    return Coder(labels_of(example for examples in CORPORA.values() for example in examples), pieces)


@pytest.fixture(scope="module")
def names(few_towns: None) -> Names:
    return Names(CORPORA["texts"])


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch, names: Names) -> None:
    """Several steps an epoch, with a save after every third; names are collected once."""
    monkeypatch.setattr(learning, "PIECES_A_BATCH", 100)
    monkeypatch.setattr(learning, "_SAVE_EVERY", 3)
    monkeypatch.setattr(learning, "Names", lambda examples: names)


def fresh() -> Network:
    torch.manual_seed(5)
    labels = labels_of(example for examples in CORPORA.values() for example in examples)
    return Network(labels.sizes, exits=(1,))


def test_no_word_hangs_on_itself_or_outside_its_sentence() -> None:
    sentences = torch.tensor([[0, 1, 1, 2, 2, -1]])
    allowed = masked_arcs(torch.zeros(1, 6, 6), sentences)[0] > FORBIDDEN
    assert [row.nonzero().flatten().tolist() for row in allowed[1:5]] == [[0, 2], [0, 1], [0, 4], [0, 3]]


def test_losses_look_at_known_answers_only(coder: Coder) -> None:
    network = fresh().eval()
    heads = network.heads["1"]
    assert isinstance(heads, Heads)
    examples = [joined([FELL, TOOK]), NAMED]
    scores, targets = network(coder.inputs([example.words for example in examples]))[1], coder.targets(examples)
    before = losses(heads, scores, targets)
    assert set(before) == {"arcs", "relations", "upos", "xpos", "entities", "starts"}
    assert all(value > 0 for value in before.values())
    for name in ("upos", "xpos", "entities", "starts"):
        known = getattr(targets, name) != UNKNOWN
        getattr(scores, name).data[~known] = 50.0  # whatever is said where nobody knows
    after = losses(heads, scores, targets)
    assert after.keys() == before.keys()
    assert all(after[name].item() == pytest.approx(before[name].item()) for name in before)


def test_losses_of_a_batch_without_trees(coder: Coder) -> None:
    network = fresh().eval()
    heads = network.heads["1"]
    assert isinstance(heads, Heads)
    found = losses(heads, network(coder.inputs([NAMED.words]))[1], coder.targets([NAMED]))
    assert "relations" not in found
    assert float(found["arcs"]) == float(found["starts"]) == 0.0
    assert float(found["entities"]) > 0


def test_a_right_answer_costs_nothing(coder: Coder) -> None:
    network = fresh().eval()
    heads = network.heads["1"]
    assert isinstance(heads, Heads)
    targets = coder.targets([FELL])
    scores = network(coder.inputs([FELL.words]))[1]
    for name in ("upos", "entities"):
        answers = getattr(targets, name).clamp(min=0)
        getattr(scores, name).data.zero_().scatter_(2, answers.unsqueeze(-1), 50.0)
    scores.arcs.data.zero_().scatter_(2, targets.heads.clamp(min=0).unsqueeze(-1), 50.0)
    found = losses(heads, scores, targets)
    assert max(float(found[name]) for name in ("upos", "entities", "arcs")) < 1e-6
    assert float(found["xpos"]) > 0.1


def words_of(parts: list[list[Example]]) -> int:
    return sum(len(example) for part in parts for example in part)


def test_an_epoch_reads_each_corpus_as_often_as_its_share(coder: Coder, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "varied", lambda example, rng: example)
    monkeypatch.setattr(learning, "renamed", lambda example, names, rng: example)
    parts = epoch(CORPORA, names, PLAN, coder, 0)
    found = [example for part in parts for example in part]
    assert sum(len(example) for example in found if example.syntax) == 3 * 24
    assert sum(example.starts is not None and example.syntax is None for example in found) == 2
    halves = [
        sum(example.starts is None for part in epoch(CORPORA, names, PLAN, coder, n) for example in part) for n in range(60)
    ]
    assert 60 * 4 * 0.35 < sum(halves) < 60 * 4 * 0.65
    assert words_of(epoch({"trees": []} | {"texts": CORPORA["texts"]}, names, PLAN, coder, 0)) == 6


def test_epochs_differ_but_are_the_same_each_time(coder: Coder, names: Names) -> None:
    assert epoch(CORPORA, names, PLAN, coder, 0) == epoch(CORPORA, names, PLAN, coder, 0)
    assert epoch(CORPORA, names, PLAN, coder, 0) != epoch(CORPORA, names, PLAN, coder, 1)
    assert epoch(CORPORA, names, PLAN, coder, 0) != epoch(CORPORA, names, replace(PLAN, seed=2), coder, 0)


def total(network: Network, coder: Coder) -> dict[str, float]:
    network.eval()
    heads = network.heads["1"]
    assert isinstance(heads, Heads)
    examples = [FELL, joined([FELL, TOOK]), NAMED]
    with torch.no_grad():
        scores = network(coder.inputs([example.words for example in examples]))[1]
        return {name: float(value) for name, value in losses(heads, scores, coder.targets(examples)).items()}


def test_every_loss_falls(coder: Coder, tmp_path: Path) -> None:
    network = fresh()
    before, word = total(network, coder), network.word.weight.clone()
    train(network, coder, CORPORA, replace(PLAN, epochs=8, encoder_rate=2e-3, head_rate=1e-2), tmp_path / "state.pt")
    after = total(network, coder)
    assert {name for name in before if after[name] < before[name] / 2} == set(before)
    assert torch.equal(network.word.weight, word)


class PlugPulledError(Exception):
    """What an interrupted run sees."""


def interrupt(number: int) -> None:
    raise PlugPulledError


def test_an_interrupted_run_ends_with_the_weights_of_one_that_was_not(coder: Coder, tmp_path: Path) -> None:
    whole = fresh()
    train(whole, coder, CORPORA, PLAN, tmp_path / "whole.pt")
    with pytest.raises(PlugPulledError):
        train(fresh(), coder, CORPORA, PLAN, tmp_path / "state.pt", interrupt)
    step = torch.load(tmp_path / "state.pt")["step"]
    steps = torch.load(tmp_path / "whole.pt")["step"]
    assert 0 < step < steps
    random.seed(99)
    torch.manual_seed(99)
    again = fresh()
    train(again, coder, CORPORA, PLAN, tmp_path / "state.pt")
    assert torch.load(tmp_path / "state.pt")["step"] == steps
    for (name, ours), theirs in zip(again.state_dict().items(), whole.state_dict().values(), strict=True):
        assert torch.equal(ours, theirs), name


def test_a_run_that_is_over_is_only_taken_up(coder: Coder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fresh()
    train(whole, coder, CORPORA, PLAN, tmp_path / "state.pt")

    def no_step(*_: object) -> None:
        raise AssertionError("a step was made")

    monkeypatch.setattr(learning, "_learn", no_step)
    again = fresh()
    train(again, coder, CORPORA, PLAN, tmp_path / "state.pt", no_step)
    assert torch.equal(again.layers[0].up.weight, whole.layers[0].up.weight)  # type: ignore[union-attr]


@pytest.fixture
def rates(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[float, float]]]:
    """The rates of encoder and heads at every step."""
    seen: list[tuple[float, float]] = []
    learn = learning._learn

    def noted(network: Network, optimiser: torch.optim.Optimizer, coder: Coder, part: list[Example]) -> dict[str, float]:
        encoder, heads = (group["lr"] for group in optimiser.param_groups)
        seen.append((encoder, heads))
        return learn(network, optimiser, coder, part)

    monkeypatch.setattr(learning, "_learn", noted)
    return seen


def test_rates_rise_and_then_fall(coder: Coder, tmp_path: Path, rates: list[tuple[float, float]]) -> None:
    train(fresh(), coder, CORPORA, replace(PLAN, epochs=4, warm_up=0.25), tmp_path / "state.pt")
    encoder = [rate for rate, _ in rates]
    top = encoder.index(max(encoder))
    assert encoder[:top] == sorted(encoder[:top])
    assert encoder[top:] == sorted(encoder[top:], reverse=True)
    assert 0.15 < top / len(encoder) < 0.35
    assert max(encoder) <= PLAN.encoder_rate
    assert encoder[-1] < PLAN.encoder_rate / 5
    assert all(heads == pytest.approx(rate * PLAN.head_rate / PLAN.encoder_rate) for rate, heads in rates)
