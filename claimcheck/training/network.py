"""The network: one encoder, read once, and small heads that share its work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import Tensor, nn
from transformers import AutoModel

from claimcheck.attribution import KEY_OF, LABELS, POINTERS, ROLES, VECTORS
from claimcheck.training.config import Config
from claimcheck.training.crf import Crf
from claimcheck.windows import CASES


@dataclass(slots=True)
class Outputs:
    """Scores for a batch of windows; the first dimensions are (batch, length).

    Attributes:
        label: (.., 4) each piece's vote on the label of its sentence, as logits.
        salience: (..) weight of that vote, a logit for a softmax over the pieces of the sentence.
        role: (.., 9) emissions of B, I, O for source, cue, content.
        pointer: (.., len(VECTORS) * pointer size).
        null: (.., len(POINTERS)) logit of pointing at nothing, for each pointer.
        states: (.., hidden) what the encoder gives the heads.
    """

    label: Tensor
    salience: Tensor
    role: Tensor
    pointer: Tensor
    null: Tensor
    states: Tensor

    NAMES = ("label", "salience", "role", "pointer", "null")


class Network(nn.Module):
    """Encoder and heads. Built from a :class:`Config`; the encoder's weights come from ``config.encoder``."""

    def __init__(self, config: Config, encoder: nn.Module | None = None) -> None:
        super().__init__()
        options: dict[str, Any] = {"attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": config.dropout}
        self.encoder = encoder or AutoModel.from_pretrained(config.encoder, add_pooling_layer=False, **options)
        hidden: int = self.encoder.config.hidden_size  # type: ignore[union-attr, assignment]
        # The encoder's own scale of input embeddings is kept: case starts as nothing and is learned.
        self.case = nn.Embedding(len(CASES), hidden) if config.case_embedding else None
        if self.case is not None:
            nn.init.zeros_(self.case.weight)
        self.mixed_precision: Literal["never", "training", "always"] = "training" if config.bfloat16 else "never"
        self.dropout = nn.Dropout(config.dropout)
        self.label = nn.Sequential(nn.Linear(hidden, hidden // 2), nn.GELU(), nn.Linear(hidden // 2, len(LABELS)))
        self.salience = nn.Linear(hidden, 1)
        self.role = nn.Linear(hidden, 3 * len(ROLES))
        self.pointer = nn.Linear(hidden, len(VECTORS) * config.pointer_size)
        self.null = nn.Linear(hidden, len(POINTERS))
        self.crf = Crf(len(ROLES)) if config.crf else None
        self.imitation: nn.Linear | None = None

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Outputs:
        """Read a batch of windows.

        Args:
            ids, cases: (batch, length) integers.
            mask: (batch, length), 1 for pieces and 0 for padding.
        """
        embedded = self.encoder.get_input_embeddings()(ids)  # type: ignore[operator]
        if self.case is not None:
            embedded = embedded + self.case(cases)
        mixed = self.mixed_precision == "always" or (self.training and self.mixed_precision == "training")
        with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
            states = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        states = self.dropout(states.float())
        return Outputs(
            self.label(states),
            self.salience(states).squeeze(-1),
            self.role(states),
            self.pointer(states),
            self.null(states),
            states,
        )

    def imitate(self, weight: Tensor, bias: Tensor) -> None:
        """Learn to tell a teacher's states from one's own as well, at first by a given map; only training has a use for it.

        Args:
            weight: (teacher's hidden, own hidden); bias: (teacher's hidden,).
        """
        self.imitation = nn.Linear(weight.shape[1], weight.shape[0])
        with torch.no_grad():
            self.imitation.weight.copy_(weight)
            self.imitation.bias.copy_(bias)


def freeze(network: Network, layers: int) -> None:
    """Leave the encoder's embeddings and first layers, and the case embedding below them, out of training.

    Nothing below the first trained layer is then differentiated, which saves its part of the time (Lee, Tang and Lin,
    *What Would Elsa Do? Freezing Layers During Transformer Fine-Tuning*, 2019).

    Args:
        layers: how many; with 0 everything is trained.

    Raises:
        ValueError: if the encoder has fewer layers.
    """
    if not layers:
        return
    encoder: Any = network.encoder
    if layers > len(encoder.encoder.layer):
        raise ValueError(f"the recipe freezes {layers} layers, and the encoder has {len(encoder.encoder.layer)}")
    for part in (encoder.embeddings, network.case, *encoder.encoder.layer[:layers]):
        if part is not None:
            part.requires_grad_(False)


def pool(label: Tensor, salience: Tensor, sentence: Tensor, sentences: int) -> Tensor:
    """Label logits of sentences from the votes of their pieces: attention pooling over logits.

    Args:
        label: (batch, length, labels); salience: (batch, length).
        sentence: (batch, length) index of the sentence in its window, -1 for padding.
        sentences: how many there are at most.

    Returns:
        (batch, sentences, labels); zeros where a window has fewer.
    """
    member = sentence.unsqueeze(1) == torch.arange(sentences, device=sentence.device)[:, None]
    weights = salience.unsqueeze(1).masked_fill(~member, -1e4).softmax(-1) * member
    return weights @ label


def pointer_scores(outputs: Outputs, pointer: str, rows: Tensor, queries: Tensor) -> Tensor:
    """Logits over all pieces of the window, and last over nothing, for some querying pieces.

    Args:
        rows, queries: (n,) batch row and position of each querying piece.

    Returns:
        (n, length + 1).
    """
    vectors = outputs.pointer.view(*outputs.pointer.shape[:-1], len(VECTORS), -1)
    query = vectors[rows, queries, VECTORS.index(f"query:{pointer}")]
    key = vectors[rows, :, VECTORS.index(KEY_OF[pointer])]
    scores = torch.einsum("nd,nld->nl", query, key) / query.shape[-1] ** 0.5
    return torch.cat([scores, outputs.null[rows, queries, POINTERS.index(pointer), None]], dim=1)
