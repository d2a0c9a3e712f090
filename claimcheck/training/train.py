"""The training loop: seeded, logged, checkpointed, resumed where it stopped."""

from __future__ import annotations

import copy
import itertools
import json
import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, track
from tokenizers import Tokenizer
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from transformers import AutoTokenizer

from claimcheck.training import checkpoint
from claimcheck.training.batches import batches, collate, forever
from claimcheck.training.config import Config
from claimcheck.training.data import Example, encode, read_articles, sentence_spans, taught_as_well, training_articles
from claimcheck.training.evaluate import figures, read
from claimcheck.training.export import load_run
from claimcheck.training.in_blocks import InBlocks
from claimcheck.training.large_graph import vocabulary_rows
from claimcheck.training.losses import losses
from claimcheck.training.losses import total as total_loss
from claimcheck.training.network import Network, freeze
from claimcheck.training.nodes import feeds
from claimcheck.training.noise import Noise
from claimcheck.training.shipped import beginning, is_model
from claimcheck.training.store import examples_in
from claimcheck.training.swaps import Swaps
from claimcheck.training.teacher import taught

_FITTED_ON = 60
"""Articles on which a network in blocks, or the map to a teacher's states, is fitted before its training."""

_RIDGE = 1e-3
"""What the least squares of such a map are held to zero by, a part of the mean variance of the inputs."""


def load_tokenizer(encoder: str) -> Tokenizer:
    """The fast tokenizer of an encoder or of a model that ships, truncation and padding off."""
    if is_model(encoder):
        return Tokenizer.from_file(str(Path(encoder) / "tokenizer.json"))
    tokenizer: Tokenizer = AutoTokenizer.from_pretrained(encoder, use_fast=True).backend_tokenizer
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def learning_rate_factor(step: int, total: int, warmup: float) -> float:
    """Linear rise over the warm-up, then linear fall to zero."""
    rise = max(1, round(total * warmup))
    return min((step + 1) / rise, max(0.0, (total - step) / max(1, total - rise)))


def parameter_groups(network: Network, config: Config) -> list[dict[str, Any]]:
    """The encoder learns slowly, the heads fast, the chains fastest; biases, norms and chains are not decayed.

    What is frozen is left out.
    """
    rates = {"encoder": config.learning_rate, "crf": config.chain_learning_rate}
    groups: dict[tuple[float, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        part = name.split(".")[0]
        rate = rates.get(part, config.head_learning_rate)
        groups.setdefault((rate, parameter.dim() > 1 and part != "crf"), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": config.weight_decay if decayed else 0.0}
        for (rate, decayed), parameters in groups.items()
    ]


class RunningMean:
    """The running mean of a network's weights over the steps of its training: a network of its own, never trained.

    What noise of the last batches is in the weights, it evens out (Polyak and Juditsky, 1992; as an exponential mean
    with a shorter memory at first, as in Tarvainen and Valpola, *Mean teachers are better role models*, 2017).

    Args:
        network: the network that is trained.
        decay: 0 to below 1, what the mean keeps of itself a step.
    """

    def __init__(self, network: Network, decay: float) -> None:
        self.network = copy.deepcopy(network).requires_grad_(False).eval()
        self._mean: list[torch.Tensor] = list(self.network.parameters())
        self._trained: list[torch.Tensor] = list(network.parameters())
        self._decay = decay

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Take in the weights after a step, counted from 0."""
        keeps = min(self._decay, (1 + step) / (10 + step))
        torch._foreach_lerp_(self._mean, self._trained, 1 - keeps)


def _examples(
    articles: Sequence[dict[str, Any]], tokenizer: Tokenizer, config: Config, console: Console
) -> Iterator[Example]:
    """Every article encoded, with what the teachers say of it; on a terminal with a progress bar."""
    shown = track(articles, "reading", console=console, disable=not console.is_terminal)
    encoded = ((a["text"], sentence_spans(a), encode(a, tokenizer, config)) for a in shown)
    if not config.teachers:
        return (example for _, _, example in encoded)
    return taught(
        encoded,
        config.teachers,
        taught_as_well(config),
        config.role_teachers,
        Path(config.output) / "said",
        config.state_teacher,
    )


def _weights_beside(network: Network, config: Config) -> dict[str, torch.Tensor]:
    """The weights of ``mean_with``; none, if the recipe names nothing.

    Raises:
        ValueError: if they are of a network of another shape.
    """
    if not config.mean_with:
        return {}
    weights: dict[str, torch.Tensor] = load_run(Path(config.mean_with))[0].state_dict()
    own = checkpoint.to_keep(network)
    if {k: v.shape for k, v in weights.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError(f"mean_with names {config.mean_with}, a network of another shape than the recipe's")
    return weights


def _in_blocks(network: Network, examples: Sequence[Example], tokenizer: Tokenizer, config: Config) -> InBlocks:
    """Round a network for its training, fitted on the first articles that are read.

    Raises:
        ValueError: if the recipe asks for what cannot be trained in blocks.
    """
    if config.average or config.soup or config.mean_with:
        raise ValueError(
            "a mean of weights is not in blocks: with in_blocks, set neither average nor soup nor mean_with"
        )
    first = itertools.islice(examples, _FITTED_ON)
    read = itertools.chain.from_iterable(feeds(e.tokens, window=config.window, context=config.context) for e in first)
    unknown = tokenizer.token_to_id(tokenizer.model.unk_token) or 0
    network.eval()
    return InBlocks(network, read, vocabulary_rows(tokenizer.get_vocab(), unknown))


def _told_from_states(
    network: Network, examples: Sequence[Example], config: Config
) -> tuple[torch.Tensor, torch.Tensor]:
    """How a teacher's states are best told from a network's before it learns to, by least squares over some articles.

    A map that begins with chance would at first teach the encoder nothing but chance, and loudly.

    Returns:
        (teacher's hidden, own hidden) weights and (teacher's hidden,) bias.

    Raises:
        ValueError: if the teacher was asked about no article.
    """
    own, theirs = [], []
    for example in examples:
        if example.taught is not None and (states := example.taught.states) is not None:
            own.append(read(network.eval(), example.tokens, config, [states.NAME])[states.NAME])
            theirs.append(states.read(0, len(example.tokens)).astype(np.float32))
            if len(own) == _FITTED_ON:
                break
    if not own:
        raise ValueError("state_teacher has no article to speak of: set data.unlabelled or data.taught")
    inputs, outputs = np.concatenate(own), np.concatenate(theirs)
    center, target = inputs.mean(0), outputs.mean(0)
    moments = (inputs - center).T @ (inputs - center)
    moments += np.eye(len(moments), dtype=np.float32) * (np.trace(moments) / len(moments) * _RIDGE)
    weight = np.linalg.solve(moments, (inputs - center).T @ (outputs - target)).T
    return torch.from_numpy(np.ascontiguousarray(weight)), torch.from_numpy(target - weight @ center)


def train(config: Config, *, console: Console | None = None) -> dict[str, dict[str, float]]:
    """Run a recipe to its end, or from where it stopped, and keep the best weights in ``config.output``.

    Writes ``config.json``, ``tokenizer.json``, ``log.jsonl``, ``checkpoint/`` and ``best/`` below ``config.output``.

    Returns:
        The best development figures, by development file.

    Raises:
        ValueError: if the recipe's data cannot be used, or the folder holds another recipe's run.
        OSError: if a file cannot be read or written.
    """
    console = console or Console(stderr=True)
    output = Path(config.output)
    output.mkdir(parents=True, exist_ok=True)
    written = output / "config.json"
    if written.exists() and msgspec.json.decode(written.read_bytes(), type=Config) != config:
        raise ValueError(
            f"{output} holds a run of another recipe: give this one another output folder, or remove that one"
        )
    written.write_bytes(msgspec.json.format(msgspec.json.encode(config), indent=1))
    if config.threads:
        torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)

    tokenizer = load_tokenizer(config.encoder)
    tokenizer.save(str(output / "tokenizer.json"))
    articles = training_articles(config)
    if not articles:
        raise ValueError("the recipe names no article to train on: set data.articles or data.corpus")
    examples = examples_in(output / "examples", _examples(articles, tokenizer, config, console))
    dev = {}
    for name, path in config.data.dev.items():
        records = list(read_articles([path]).values())
        dev[name] = (records, [encode(a, tokenizer, config) for a in records])

    noise = Noise(tokenizer, quotes=config.quote_noise, cases=config.case_noise)
    swaps = Swaps(tokenizer, (e.tokens for e in examples), config.name_noise)

    torch.manual_seed(config.seed)  # reading teachers has drawn numbers, where they were read
    network = beginning(config)
    # Read now, so that what cannot be read is said before hours of training and not after them.
    beside = _weights_beside(network, config)
    freeze(network, config.frozen_layers)
    if config.state_teacher:
        network.imitate(*_told_from_states(network, examples, config))
    as_exported = _in_blocks(network, examples, tokenizer, config).rounded if config.in_blocks else nullcontext
    optimizer = AdamW(parameter_groups(network, config), fused=True)
    first_epoch = batches(examples, config.window, config.batch_tokens, np.random.default_rng([config.seed, 0]))
    total = max(1, math.ceil(config.epochs * len(first_epoch)))
    mean = RunningMean(network, config.average) if config.average else None
    averaged = mean.network if mean else None
    kept = averaged or network
    saved = checkpoint.restore(output / "checkpoint", network, optimizer, averaged)
    state = saved or {"step": 0, "best": -1.0, "figures": {}}
    for group in optimizer.param_groups:
        group["initial_lr"] = group["lr"]  # where a scheduler that does not begin at the beginning looks for it
    scheduler = LambdaLR(
        optimizer, lambda step: learning_rate_factor(step, total, config.warmup), last_epoch=state["step"] - 1
    )
    pieces = sum(len(e.tokens) for e in examples)
    console.print(
        f"{len(articles)} articles, {pieces:,} pieces, {total} steps, {checkpoint.sizes(network)['parameters']:,} parameters"
    )

    def evaluated() -> tuple[dict[str, dict[str, float]], float]:
        """Development figures of the network that is kept, and the sum by which it is chosen."""
        with as_exported():
            now = {name: figures(kept, e, records, config) for name, (records, e) in dev.items()}
        return now, sum(f.get(k.strip(), 0.0) for k in config.keep.split("+") for f in now.values())

    with (
        open(output / "log.jsonl", "a", encoding="utf-8") as log,
        Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, disable=not console.is_terminal,
        ) as progress,
    ):  # fmt: skip
        bar = progress.add_task("training", total=total, completed=state["step"])
        running: dict[str, float] = {}
        began, counted = time.monotonic(), 0
        stream = forever(examples, config.window, config.batch_tokens, config.seed, state["step"])
        for step in range(state["step"], total):
            batch = collate(examples, next(stream))
            as_taught = batch.ids.clone()
            # Names first: in a window of capitals "green" is no party.
            swaps(batch, np.random.default_rng([config.seed, 2, step]))
            noise(batch, np.random.default_rng([config.seed, 1, step]))
            batch.forget_states(batch.ids != as_taught)  # of other words the teacher has said nothing
            torch.manual_seed(config.seed * 1_000_003 + step)  # dropout goes on as if never interrupted
            network.train()
            optimizer.zero_grad(set_to_none=True)
            with as_exported():
                parts = losses(network, network(batch.ids, batch.cases, batch.mask), batch, config)
                total_loss(parts, config).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), config.clip)
            optimizer.step()
            scheduler.step()
            if mean:
                mean.update(step)
            counted += int(batch.mask.sum())
            for name, value in parts.items():
                running[name] = 0.95 * running.get(name, value.item()) + 0.05 * value.item()
            done = step + 1
            if done % config.log_every == 0:
                entry = {
                    "step": done,
                    **{k: round(v, 4) for k, v in running.items()},
                    "pieces_per_s": round(counted / (time.monotonic() - began)),
                }
                log.write(json.dumps(entry) + "\n")
                log.flush()
            progress.update(bar, completed=done, description=" ".join(f"{k} {v:.3f}" for k, v in running.items()))
            if done % config.evaluate_every == 0 or done == total:
                now, criterion = evaluated()
                log.write(json.dumps({"step": done, "figures": now, "criterion": criterion}) + "\n")
                log.flush()
                state["step"] = done
                if criterion > state["best"] or not dev:
                    state |= {"best": criterion, "figures": now, "best_step": done}
                    (output / "best").mkdir(exist_ok=True)
                    with as_exported():
                        checkpoint.save_weights(output / "best" / "weights.safetensors", kept)
                checkpoint.save(output / "checkpoint", network, optimizer, state, averaged)
                began, counted = time.monotonic(), 0
        weights, mixed, averaged_with = (
            output / "best" / f"{name}.safetensors" for name in ("weights", "mixed", "averaged")
        )
        if config.soup and dev and "soup" not in state:
            checkpoint.mix(weights, kept)
            now, criterion = evaluated()
            log.write(json.dumps({"step": total, "soup": True, "figures": now, "criterion": criterion}) + "\n")
            state["soup"] = criterion
            if criterion > state["best"]:
                state |= {"best": criterion, "figures": now, "best_step": total}
                checkpoint.save_weights(mixed, kept)
            checkpoint.save(output / "checkpoint", network, optimizer, state, averaged)
        if "soup" in state and mixed.exists():
            os.replace(
                mixed, weights
            )  # only now: a run that is killed before it has said so mixes what it mixed before
        if beside and "mean" not in state:
            checkpoint.load_weights(weights, kept)
            checkpoint.mix_in(beside, kept)
            now, state["mean"] = evaluated()
            log.write(json.dumps({"step": total, "mean": True, "figures": now, "criterion": state["mean"]}) + "\n")
            state["figures"] = now
            checkpoint.save_weights(averaged_with, kept)
            checkpoint.save(output / "checkpoint", network, optimizer, state, averaged)
        if "mean" in state and averaged_with.exists():
            os.replace(averaged_with, weights)
    best: dict[str, dict[str, float]] = state["figures"]
    return best
