"""Which words carried a label: roles for a claim, leaving words out for an opinion.

    >>> checker = load()
    >>> report = checker.check("The budget is a disgrace, and nothing but a disgrace.")
    >>> checker.explain(report)

A report in, explanations out; the report is not changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from claimcheck import labels, windows
from claimcheck.explain.lime import METHOD, carried
from claimcheck.explain.types import ROLES, SCHEMA, Explained, Explanation, Part, Word
from claimcheck.model import Model
from claimcheck.report import Report

__all__ = ["METHOD", "ROLES", "SCHEMA", "Explained", "Explanation", "Part", "Word", "explain"]


def explain(report: Report, model: Model, tokenizer: Tokenizer) -> list[Explanation]:
    """Explanations of a report's labels, in the order of its sentences.

    A claim is explained by the source, cue and content of its claims; an opinion, and the opinion that frames a claim,
    by the words without which it is less probable (:mod:`claimcheck.explain.lime`). A fact is what is left where
    there is neither, and has none.

    Args:
        model, tokenizer: those the report was made with.
    """
    judged = [k for k, s in enumerate(report.sentences) if s.label == "opinion" or labels.is_framed(s)]
    spans = [(s.start, s.end) for s in report.sentences]
    tokens = windows.tokenize(tokenizer, report.text, spans)
    found = dict(zip(judged, carried(model, tokens, report.text, judged), strict=True))
    explanations: list[Explanation] = []
    for k, sentence in enumerate(report.sentences):
        if sentence.label == "claim":
            parts = _parts(report, sentence.claims)
            explanations.append(Explanation(k, "claim", ROLES, sentence.scores.claim, parts=parts))
        if k in found:
            o = found[k]
            explanations.append(Explanation(k, "opinion", METHOD, o.probability, o.words, o.enough, o.becomes))
    return explanations


def _parts(report: Report, claims: Sequence[int]) -> list[Part]:
    parts = []
    for i in claims:
        claim = report.claims[i]
        parts += [Part(i, "source", claim.source.start, claim.source.end)] if claim.source else []
        parts += [Part(i, "cue", claim.cue.start, claim.cue.end)] if claim.cue else []
        parts += [Part(i, "content", s.start, s.end) for s in claim.content]
    return parts
