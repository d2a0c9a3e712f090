"""A linear-chain CRF over BIO tags (Lafferty, McCallum and Pereira, 2001), for several roles at once."""

from __future__ import annotations

import torch
from torch import Tensor, nn

ILLEGAL = -1e4
"""Score of a transition that BIO forbids; finite, so that gradients stay finite."""

B, I, O = 0, 1, 2  # the field's names


class Crf(nn.Module):
    """One chain a role, tags B, I, O; ``I`` never follows ``O`` and never starts a sequence."""

    def __init__(self, roles: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(roles, 3, 3))
        self.start = nn.Parameter(torch.zeros(roles, 3))
        self.illegal: Tensor
        self.illegal_start: Tensor
        illegal = torch.zeros(3, 3)
        illegal[O, I] = ILLEGAL
        illegal_start = torch.zeros(3)
        illegal_start[I] = ILLEGAL
        self.register_buffer("illegal", illegal, persistent=False)
        self.register_buffer("illegal_start", illegal_start, persistent=False)

    def matrices(self) -> tuple[Tensor, Tensor]:
        """Transition scores (roles, from, to) and start scores (roles, tag), what is illegal included."""
        return self.transitions + self.illegal, self.start + self.illegal_start

    def forward(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood of ``tags``.

        Args:
            scores: (batch, length, roles, 3).
            tags: (batch, length, roles), anything legal where ``mask`` is off.
            mask: (batch, length), on for a prefix of each row.

        Returns:
            (batch, roles), in nats, summed over the row.
        """
        transitions, start = self.matrices()
        gold = scores.gather(3, tags.unsqueeze(3)).squeeze(3)
        roles = torch.arange(scores.shape[2], device=scores.device)
        steps = transitions[roles, tags[:, :-1], tags[:, 1:]]
        path = (gold * mask.unsqueeze(2)).sum(1) + (steps * mask[:, 1:].unsqueeze(2)).sum(1) + start[roles, tags[:, 0]]
        alpha = start + scores[:, 0]
        for t in range(1, scores.shape[1]):
            step = torch.logsumexp(alpha.unsqueeze(3) + transitions, dim=2) + scores[:, t]
            alpha = torch.where(mask[:, t, None, None], step, alpha)
        return torch.logsumexp(alpha, dim=2) - path

    def log_marginals(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Log-probability of each tag at each place, all paths considered (forward-backward; Rabiner, 1989).

        Args:
            scores: (batch, length, roles, 3).
            mask: (batch, length), on for a prefix of each row.

        Returns:
            (batch, length, roles, 3), in nats; anything where ``mask`` is off.
        """
        transitions, start = self.matrices()
        length = scores.shape[1]
        alpha = [start + scores[:, 0]]
        for t in range(1, length):
            alpha.append(torch.logsumexp(alpha[-1].unsqueeze(3) + transitions, dim=2) + scores[:, t])
        beta = [torch.zeros_like(alpha[0])]
        for t in range(length - 1, 0, -1):
            step = torch.logsumexp(transitions + (scores[:, t] + beta[-1]).unsqueeze(2), dim=3)
            beta.append(torch.where(mask[:, t, None, None], step, torch.zeros_like(step)))
        return (torch.stack(alpha, 1) + torch.stack(beta[::-1], 1)).log_softmax(-1)
