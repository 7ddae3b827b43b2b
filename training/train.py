"""Trains the network on passages, with fixed seeds; the slice held out of training says which epoch is kept."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from copy import deepcopy

import torch
from msgspec import Struct

from detente.reading.encoder.pairs import numbered, paths
from detente.reading.encoder.windows import Pieces
from training.batches import Cut, Cutter
from training.examples import Example, Numbers
from training.losses import losses
from training.measuring import measure
from training.model import Encoder, from_minilm
from training.vocabulary import minilm


class Plan(Struct, frozen=True):
    """`layers` are those kept of MiniLM's six; `width` the pieces of a window, `batch` those of a step; `rate` is for
    what is pretrained, `head_rate` for what is new; `drop` the share of windows without a feature of the rules;
    `practice` the share of the practice sentences that is read in each epoch."""

    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    epochs: int = 10
    rate: float = 3e-4
    head_rate: float = 1e-3
    width: int = 320
    batch: int = 1536
    practice: float = 0.3
    drop: float = 0.15
    parse: bool = True
    seed: int = 7
    threads: int = 1


def train(
    examples: Sequence[Example],
    practice: Sequence[Example],
    held: Sequence[Example],
    vocabulary: list[str],
    numbers: Numbers,
    plan: Plan,
    log: Callable[[str], None],
) -> Encoder:
    """The network of the best epoch on `held`, by the F1 of triples; the last one where nothing is held."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    net = from_minilm(minilm(), vocabulary, list(plan.layers), parse=plan.parse, ways=len(numbers.ways) + 1)
    _start_ways(net, examples, numbers)
    cutter = Cutter(Pieces(vocabulary), numbers, plan.width)

    def dealt(rng: random.Random) -> list[list[Cut]]:
        some = rng.sample(list(practice), int(len(practice) * plan.practice))
        groups = cutter.groups([*examples, *some], plan.batch, rng)
        rng.shuffle(groups)
        return groups

    steps = len(dealt(random.Random(plan.seed))) * plan.epochs * 1.05
    optimiser = _optimiser(net, plan)
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: min(1, k / (0.06 * steps)) * max(0.02, 1 - k / steps))
    best, kept = -1.0, net
    began = time.monotonic()
    for epoch in range(plan.epochs):
        net.train()
        total = 0.0
        groups = dealt(rng)
        for group in groups:
            batch = cutter.batch(group, rng, plan.drop)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out = net(batch.pieces, batch.features, batch.slots, batch.heads, batch.mask)
            loss = torch.stack(list(losses(out, batch, net).values())).sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            pace.step()
            total += loss.item() / len(groups)
        log(f"epoch {epoch}: {time.monotonic() - began:.0f} s, loss {total:.3f}")
        if held and (epoch % 3 == 2 or epoch >= plan.epochs - 3):
            scores = measure(net, held, cutter)
            log("  held out: " + ", ".join(f"{name} {value:.3f}" for name, value in scores.items()))
            if scores["triples"] > best:
                best, kept = scores["triples"], deepcopy(net)
    return (kept if held else net).eval()


def _optimiser(net: Encoder, plan: Plan) -> torch.optim.Optimizer:
    old = [
        p for name, p in net.named_parameters() if p.requires_grad and name.startswith(("layers", "position", "norm"))
    ]
    known = {id(p) for p in old}
    new = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": old, "lr": plan.rate}, {"params": new, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def _start_ways(net: Encoder, examples: Sequence[Example], numbers: Numbers) -> None:
    """The weights of the ways begin at the logarithm of how often each leads to a party, against how often not."""
    counts = torch.ones(len(numbers.ways) + 1, 4, 2)
    counts[:, :, 0] = 0.05
    for one in examples:
        events = [(0, act.at, act.sources, act.targets) for act in one.labels.events]
        claims = [(1, act.at, act.sources, act.contents) for act in one.labels.claims]
        for kind, at, first, second in (*events, *claims):
            one.ways[at] = numbered(paths(one.sheet, one.tree, at), numbers.ways)
            for word, way in one.ways[at].items():
                counts[way, 2 * kind, 0 if word in first else 1] += 1
                counts[way, 2 * kind + 1, 0 if word in second else 1] += 1
    with torch.no_grad():
        net.way.weight.copy_((counts[:, :, 0] / counts[:, :, 1]).log().clamp(-4, 3) + 2.0)
