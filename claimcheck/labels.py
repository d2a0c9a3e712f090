"""Probabilities to labels: which one a sentence is given, how sure that is, and what stands beside it.

Works on the numbers of a report alone, so that whoever holds a report can ask again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from claimcheck.report import Label, Scores, Sentence

LABELS: tuple[Label, ...] = ("fact", "claim", "opinion")
"""In the order of :class:`claimcheck.report.Scores`."""

PRECEDENCE: tuple[Label, ...] = ("claim", "opinion", "fact")
"""What wins where two labels are equally far over their thresholds, as in a mixed sentence."""

UNSURE = 0.3
"""Margin under which a label is called unsure: such labels are right little more than half the time (``docs/labels.md``)."""

FRAMED = 0.3
"""Probability of opinion from which a claim is said to be framed by one (``docs/labels.md``)."""

DECIMALS = 4
"""Of the probabilities in a report. Thresholds are held against these, so that a report agrees with itself."""

Thresholds = Mapping[Label, float]
"""The probability from which each label is given; labels that are left out go by the highest."""


def choose(
    probabilities: Sequence[float], thresholds: Thresholds | None = None, among: Sequence[Label] = LABELS
) -> Label:
    """The label of a sentence.

    Without thresholds the most probable. A label with a threshold is given where its probability reaches it and only
    there: the one furthest over, if several do. Where none does, it is the most probable of the labels without a
    threshold, or of all if each has one. Probabilities being calibrated, a threshold *t* is the best choice of somebody to
    whom a missed label costs *(1 - t) / t* times what a false one does (Elkan, 2001).

    Args:
        probabilities: of fact, claim and opinion.
        among: the labels to choose from, at least one.
    """
    p = dict(zip(LABELS, probabilities, strict=True))
    bars = {label: bar for label, bar in (thresholds or {}).items() if label in among}
    over = {label: gap for label, bar in bars.items() if (gap := round(p[label], DECIMALS) - bar) >= 0}
    if over:
        return max((label for label in PRECEDENCE if label in over), key=over.__getitem__)
    return max([label for label in among if label not in bars] or among, key=p.__getitem__)


def checked(thresholds: Mapping[str, float] | Thresholds | None) -> dict[Label, float]:
    """Thresholds that can be used.

    Raises:
        ValueError: if a name is no label, or a value no number from 0 to 1.
    """
    found: dict[Label, float] = {}
    for name, value in (thresholds or {}).items():
        label = next((label for label in LABELS if label == name), None)
        if label is None:
            raise ValueError(f"{name!r} is no label. The labels are {', '.join(LABELS)}.")
        found[label] = probability(value)
    return found


def probability(value: float) -> float:
    """The value, if it is a probability.

    Raises:
        ValueError: if it is no number from 0 to 1.
    """
    if not (isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= 1):
        raise ValueError(f"{value!r} is no probability. Give a number from 0 to 1, such as 0.6.")
    return float(value)


def parse(words: Iterable[str]) -> dict[Label, float]:
    """Thresholds as people write them: "opinion=0.6", several with commas; a number alone is for opinion.

    Raises:
        ValueError: if it reads otherwise, names a label twice, or one that :func:`checked` refuses.
    """
    found: dict[str, float] = {}
    for part in (part for word in words for part in word.split(",")):
        name, equals, value = part.partition("=")
        name, value = (name.strip(), value.strip()) if equals else ("opinion", part.strip())
        try:
            number = float(value)
        except ValueError:
            raise ValueError(f"{part.strip()!r} is no threshold. Write 0.6, or opinion=0.6.") from None
        if name in found:
            raise ValueError(f"{name} has two thresholds. Give one.")
        found[name] = number
    return checked(found)


def three(scores: Scores) -> tuple[float, float, float]:
    """The probabilities in the order of :data:`LABELS`."""
    return scores.fact, scores.claim, scores.opinion


def margin(sentence: Sentence) -> float:
    """How far the sentence's label is more probable than the best other one; below 0 where a threshold overruled it."""
    p = dict(zip(LABELS, three(sentence.scores), strict=True))
    return p.pop(sentence.label) - max(p.values())


def is_unsure(sentence: Sentence) -> bool:
    """Whether the label leads by less than :data:`UNSURE`: a person should look."""
    return margin(sentence) < UNSURE


def is_framed(sentence: Sentence) -> bool:
    """Whether the sentence is a claim in words that judge: "In a shameful speech, Smith said taxes will fall."."""
    return sentence.label == "claim" and sentence.scores.opinion >= FRAMED
