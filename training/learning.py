"""Training: losses, the schedule, and a run that can be interrupted and taken up again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import UNKNOWN, Coder, Targets, batches
from training.examples import Example, runs, varied
from training.network import FORBIDDEN, Heads, Network, Scores
from training.renaming import Names, renamed

PIECES_A_BATCH = 1400
WEIGHTS = {"arcs": 1.0, "relations": 1.0, "upos": 0.3, "xpos": 0.5, "entities": 2.0, "starts": 0.5}
_EARLY = 0.5  # the weight of an exit that is not the deepest
_SAVE_EVERY = 200  # steps


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train, with what rates, and how often each corpus is read in an epoch."""

    epochs: int
    shares: dict[str, float]
    longest: int
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    seed: int = 1


def masked_arcs(arcs: Tensor, sentences: Tensor) -> Tensor:
    """Arc scores without heads outside the sentence, the word itself and padding; the root column stays."""
    place = torch.arange(sentences.shape[1])
    other = (sentences.unsqueeze(1) != sentences.unsqueeze(2)) | (place.unsqueeze(0) == place.unsqueeze(1))
    other = other & (place > 0)  # the root's column stays
    return arcs.masked_fill(other, FORBIDDEN)


def losses(heads: Heads, scores: Scores, targets: Targets) -> dict[str, Tensor]:
    """The summed cross-entropy of each task over the words whose answer is known."""
    rows, words = (targets.heads >= 0).nonzero(as_tuple=True)
    found = {
        "arcs": _entropy(masked_arcs(scores.arcs, targets.sentences), targets.heads),
        "upos": _entropy(scores.upos, targets.upos),
        "xpos": _entropy(scores.xpos, targets.xpos),
        "entities": _entropy(scores.entities, targets.entities),
    }
    known = targets.starts != UNKNOWN
    found["starts"] = functional.binary_cross_entropy_with_logits(
        scores.starts[known], targets.starts[known].float(), reduction="sum"
    )
    if len(rows):
        governors = scores.governors[rows, targets.heads[rows, words]]
        relations = heads.relations(scores.dependents[rows, words], governors)
        found["relations"] = _entropy(relations, targets.relations[rows, words])
    return found


def _entropy(scores: Tensor, answers: Tensor) -> Tensor:
    flat = scores.reshape(-1, scores.shape[-1])
    return functional.cross_entropy(flat, answers.reshape(-1), ignore_index=UNKNOWN, reduction="sum")


def epoch(corpora: dict[str, list[Example]], names: Names, plan: Plan, coder: Coder, number: int) -> list[list[Example]]:
    """The batches of one epoch: every corpus as often as its share says, newly cut into runs and dressed, in random order."""
    rng = random.Random(f"{plan.seed}/{number}")
    chosen: list[Example] = []
    for name, examples in corpora.items():
        share = plan.shares.get(name, 1.0)
        for _ in range(int(share)):
            chosen += runs(examples, coder.pieces, plan.longest, rng)
        rest = share - int(share)
        if rest:
            chosen += [run for run in runs(examples, coder.pieces, plan.longest, rng) if rng.random() < rest]
    return batches([varied(renamed(example, names, rng), rng) for example in chosen], coder, PIECES_A_BATCH, rng)


def train(
    network: Network,
    coder: Coder,
    corpora: dict[str, list[Example]],
    plan: Plan,
    state: Path,
    after_epoch: Callable[[int], None] = lambda number: None,
) -> None:
    """Train the network in place. The state is saved to `state` now and then; a run that finds it there goes on from it."""
    torch.manual_seed(plan.seed)
    optimiser = _optimiser(network, plan)
    rates = [group["lr"] for group in optimiser.param_groups]
    done, known = 0, 0
    if state.exists():
        saved = torch.load(state)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        torch.set_rng_state(saved["random"])
        done, known = saved["step"], saved["steps"]
    names = Names(corpora.get("texts", []))
    step, began, words = 0, time.monotonic(), 0
    sums: dict[str, float] = {}
    for number in range(plan.epochs):
        parts = epoch(corpora, names, plan, coder, number)
        known = known or len(parts) * plan.epochs
        for part in parts:
            step += 1
            if step <= done:
                continue
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * _pace(min(step / known, 1.0), plan.warm_up)
            tasks = _learn(network, optimiser, coder, part)
            words += sum(map(len, part))
            for task, loss in tasks.items():
                sums[task] = sums.get(task, 0.0) + loss / 100
            if step % 100 == 0:
                _report(step, known, sums, words / (time.monotonic() - began))
                sums = {}
            if step % _SAVE_EVERY == 0:
                _save(state, network, optimiser, step, known)
        if step > done:
            after_epoch(number + 1)
    _save(state, network, optimiser, step, known)


def _optimiser(network: Network, plan: Plan) -> torch.optim.Optimizer:
    encoder, heads = [], []
    for name, weights in network.named_parameters():
        if weights.requires_grad:
            (heads if name.startswith(("heads", "shape")) else encoder).append(weights)
    groups = [
        {"params": encoder, "lr": plan.encoder_rate, "weight_decay": 0.01},
        {"params": heads, "lr": plan.head_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def _pace(done: float, warm_up: float) -> float:
    """The share of the full rate: up in a line, then down in a line."""
    rising = done / warm_up if warm_up else 1.0
    return max(min(rising, (1 - done) / (1 - warm_up)), 0.002)


def _learn(network: Network, optimiser: torch.optim.Optimizer, coder: Coder, part: Sequence[Example]) -> dict[str, float]:
    """One step; the loss of each task per word at the deepest exit."""
    network.train()
    batch, targets = coder.inputs([example.words for example in part]), coder.targets(part)
    count = sum(map(len, part))
    total = torch.zeros(())
    tasks: dict[str, Tensor] = {}
    for exit_, scores in network(batch).items():
        heads = network.heads[str(exit_)]
        assert isinstance(heads, Heads)
        tasks = losses(heads, scores, targets)
        loss = sum((WEIGHTS[task] * value for task, value in tasks.items()), torch.zeros(()))
        total = total + loss / count * (1.0 if exit_ == max(network.exits) else _EARLY)
    optimiser.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 2.0)
    optimiser.step()
    return {task: float(value.detach()) / count for task, value in tasks.items()}


def _report(step: int, steps: int, sums: dict[str, float], rate: float) -> None:
    tasks = " ".join(f"{task} {loss:.3f}" for task, loss in sums.items())
    print(f"step {step} of {steps} · {tasks} · {rate:.0f} words/s", flush=True)


def _save(state: Path, network: Network, optimiser: torch.optim.Optimizer, step: int, steps: int) -> None:
    saved = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "random": torch.get_rng_state(),
        "step": step,
        "steps": steps,
    }
    partial = state.with_suffix(".partial")
    torch.save(saved, partial)
    partial.replace(state)
