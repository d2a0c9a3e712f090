"""What labels and kinds are called where people read them, and who stands behind a claim in words."""

from __future__ import annotations

from claimcheck import labels
from claimcheck.report import Claim, Kind, Label, Quotation, Report, Sentence

LABELS: dict[Label, str] = {
    "fact": "the writer reports",
    "claim": "a source says so",
    "opinion": "the writer judges",
}
"""The labels in the order they are listed, and who stands behind such a sentence."""
KINDS: dict[Kind, str] = {
    "named_person": "named person",
    "named_organization": "named organization",
    "document": "document",
    "unnamed_person": "unnamed person",
    "unnamed_group": "unnamed group",
}
QUOTATIONS: dict[Quotation, str] = {
    "direct": "direct quotation",
    "indirect": "indirect quotation",
    "mixed": "partly in quotation marks",
}
UNKNOWN = "speaker unknown"


def remarks(sentence: Sentence) -> list[str]:
    """What a reader should know of a sentence beside its label: that an opinion frames it, that the label is unsure."""
    found = []
    if labels.is_framed(sentence):
        found.append("framed by opinion")
    if labels.is_unsure(sentence):
        found.append("unsure")
    return found


def speaker_ids(report: Report, claim: Claim) -> list[int]:
    """The ids of a claim's speakers, outermost first, each once; those that lead nowhere, as in a report that was
    edited by hand, are left out."""
    return [i for i in dict.fromkeys(claim.speakers) if i < len(report.speakers)]


def count(number: int, noun: str) -> str:
    """A number and its noun: "1 claim", "2 claims"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def ranges(numbers: list[int]) -> str:
    """Whole numbers in order, neighbours drawn together: "1, 4 to 6 and 9"."""
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    words = [str(a) if a == b else f"{a} to {b}" for a, b in runs]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
