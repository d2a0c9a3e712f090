"""Reports without the claims that are not sure enough: ``--min-confidence``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from claimcheck import attribution, labels
from claimcheck.report import Claim, Report, Sentence, Span, Speaker
from claimcheck.sentences import quotation_spans
from claimcheck.speakers.describe import share


def at_least(report: Report, confidence: float, thresholds: labels.Thresholds | None = None) -> Report:
    """The report without the claims below a confidence, and without the speakers who then stand behind none.

    Label and claims go on saying the same. A sentence labelled ``claim`` that loses all its claims keeps its label where
    that is as sure as was asked for: somebody says this, and who and where exactly is not known well enough, so the
    sentence as a whole becomes a claim without cue, source and speaker. Else it has the label that it would have were
    ``claim`` none.

    Args:
        confidence: 0 to 1. A claim of just this confidence stays.
        thresholds: those that the labels were chosen by.
    """
    if all(c.confidence >= confidence for c in report.claims):
        return report
    kept = {c.id for c in report.claims if c.confidence >= confidence}
    claims = [c for c in report.claims if c.id in kept]
    sentences: list[tuple[Sentence, list[int]]] = []
    quotations = quotation_spans(report.text)
    next_id = len(report.claims)
    for s in report.sentences:
        ids = [i for i in s.claims if i in kept]
        if s.label == "claim" and not ids:
            if s.scores.claim >= confidence:
                claims.append(_whole(s, next_id, quotations, report.text))
                ids = [next_id]
                next_id += 1
            else:
                s = replace(s, label=labels.choose(labels.three(s.scores), thresholds, among=("fact", "opinion")))
        sentences.append((s, ids))
    claims.sort(key=_place)
    number = {c.id: i for i, c in enumerate(claims)}
    speaking = sorted({k for c in claims for k in c.speakers})
    person = {k: i for i, k in enumerate(speaking)}
    words = [m.start() for m in re.finditer(r"\S+", report.text)]
    return replace(
        report,
        sentences=[replace(s, claims=sorted(number[i] for i in ids)) for s, ids in sentences],
        claims=[replace(c, id=number[c.id], speakers=[person[k] for k in c.speakers]) for c in claims],
        speakers=[_left(report.speakers[k], person[k], k, claims, words) for k in speaking],
    )


def _whole(s: Sentence, id: int, quotations: Sequence[tuple[int, int]], text: str) -> Claim:
    """A sentence as a claim of nobody known."""
    span = attribution.RoleSpan(-1, -1, s.start, s.end, s.scores.claim)
    kind = attribution.quotation(attribution.Attribution(None, None, [span]), quotations, text)
    return Claim(id, kind, s.scores.claim, [Span(s.start, s.end)], None, None, [])


def _place(claim: Claim) -> tuple[int, int]:
    """Where a claim begins, and where its content does."""
    return min(s for s in (claim.source, claim.cue, *claim.content) if s).start, min(claim.content).start


def _left(speaker: Speaker, id: int, before: int, claims: list[Claim], words: list[int]) -> Speaker:
    """The speaker with the share that is left to them; where the source of a claim left out stands is still a mention."""
    said = [(s.start, s.end) for c in claims if before in c.speakers for s in c.content]
    return replace(speaker, id=id, share=share(said, words))
