"""What the heads are taught by: one loss each, in nats, averaged over what it counts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it
from torch import Tensor

from claimcheck.attribution import LABELS, POINTERS, ROLES
from claimcheck.training.batches import Batch
from claimcheck.training.config import Config
from claimcheck.training.network import Network, Outputs, pointer_scores, pool

ANTECEDENT = "antecedent"


def label_loss(outputs: Outputs, batch: Batch, smoothing: float) -> Tensor:
    """Cross-entropy of sentence labels; where only the probability of ``claim`` is known, of claim against the rest."""
    logits = pool(outputs.label, outputs.salience, batch.sentence, batch.labels.shape[1])
    log_p = logits.log_softmax(-1)
    smooth = batch.labels * (1 - smoothing) + smoothing / len(LABELS)
    full = -(smooth * log_p).sum(-1)
    claim = LABELS.index("claim")
    others = [i for i in range(len(LABELS)) if i != claim]
    target = batch.labels[..., claim]
    binary = -(target * log_p[..., claim] + (1 - target) * log_p[..., others].logsumexp(-1))
    loss = torch.where(batch.weak, binary, full)
    return (loss * batch.weights).sum() / batch.weights.sum().clamp(min=1.0)


def role_loss(network: Network, outputs: Outputs, batch: Batch) -> Tensor:
    """Negative log-likelihood of the tags, by the chains or piece by piece, averaged over pieces and roles."""
    if not batch.tagged.any():
        return outputs.role.sum() * 0.0
    scores = outputs.role.view(*outputs.role.shape[:-1], len(ROLES), 3)
    pieces = (batch.mask.sum(1) * batch.tagged).sum() * len(ROLES)
    if network.crf is not None:
        loss: Tensor = network.crf(scores, batch.tags, batch.mask.bool()).sum(1)
        return (loss * batch.tagged).sum() / pieces
    token_loss = F.cross_entropy(scores.flatten(0, 2), batch.tags.flatten(), reduction="none").view(batch.tags.shape)
    return (token_loss.sum(-1) * batch.mask * batch.tagged.unsqueeze(1)).sum() / pieces


def link_loss(outputs: Outputs, batch: Batch, pointers: Sequence[str]) -> Tensor:
    """Cross-entropy of what each cue, content or reference points at, over all pieces of the window and nothing."""
    total = outputs.pointer.sum() * 0.0
    counted = 0
    for pointer in pointers:
        rows, queries, targets = batch.links[pointer]
        if not len(rows):
            continue
        scores = pointer_scores(outputs, pointer, rows, queries)
        padding = torch.cat([batch.mask[rows] == 0, torch.zeros(len(rows), 1, dtype=torch.bool)], 1)
        total = total + F.cross_entropy(scores.masked_fill(padding, -1e4), targets, reduction="sum")
        counted += len(rows)
    return total / max(1, counted)


def taught_label_loss(outputs: Outputs, batch: Batch) -> Tensor:
    """Cross-entropy of the labels against the teachers' probabilities (Hinton, Vinyals and Dean, 2015)."""
    logits = pool(outputs.label, outputs.salience, batch.sentence, batch.labels.shape[1])
    sentences = batch.taught_labels.sum()
    return -(batch.taught_labels * logits.log_softmax(-1)).sum() / sentences.clamp(min=1.0)


def taught_role_loss(network: Network, outputs: Outputs, batch: Batch) -> Tensor:
    """Cross-entropy of each piece's tag, as all paths have it, against the teachers' (Wang et al., ACL 2020)."""
    scores = outputs.role.view(*outputs.role.shape[:-1], len(ROLES), 3)
    mask = batch.mask.bool()
    log_p = network.crf.log_marginals(scores, mask) if network.crf is not None else scores.log_softmax(-1)
    loss = -(batch.taught_tags * log_p).sum(-1) * mask.unsqueeze(2)
    return loss.sum() / batch.taught_tags.sum().clamp(min=1.0)


def taught_state_loss(network: Network, outputs: Outputs, batch: Batch) -> Tensor:
    """What part of the variance of the teacher's states cannot be told from the student's by a linear map.

    States of the last layer, piece by piece (FitNets: Romero et al., ICLR 2015; for encoders Jiao et al., *TinyBERT*, 2020).
    """
    if network.imitation is None or not batch.stated.any():
        return outputs.states.sum() * 0.0
    theirs = batch.taught_states
    missed: Tensor = (network.imitation(outputs.states[batch.stated]) - theirs).square().sum()
    return missed / (theirs - theirs.mean(0)).square().sum().clamp(min=1e-6)


def losses(network: Network, outputs: Outputs, batch: Batch, config: Config) -> dict[str, Tensor]:
    """The losses of all heads, not yet weighted."""
    parts = {
        "label": label_loss(outputs, batch, config.loss.smoothing),
        "role": role_loss(network, outputs, batch),
        "link": link_loss(outputs, batch, [p for p in POINTERS if p != ANTECEDENT]),
        "antecedent": link_loss(outputs, batch, [ANTECEDENT]),
    }
    if config.teachers and config.loss.taught_label:
        parts["taught_label"] = taught_label_loss(outputs, batch)
    if config.teachers and config.loss.taught_role:
        parts["taught_role"] = taught_role_loss(network, outputs, batch)
    if config.state_teacher and config.loss.taught_state:
        parts["taught_state"] = taught_state_loss(network, outputs, batch)
    return parts


def total(parts: dict[str, Tensor], config: Config) -> Tensor:
    """The sum of the losses, weighted as the recipe says."""
    weights = msgspec.structs.asdict(config.loss)
    return torch.stack([weights[name] * loss for name, loss in parts.items()]).sum()
