"""What an explanation is. These types make the JSON that ``claimcheck check --format explain`` writes.

The report contract has no place for explanations, so they stand beside the report, never in it. Offsets as there.
"""

from __future__ import annotations

import json
from typing import Literal

import msgspec

from claimcheck.report import Label, Report

SCHEMA: Literal["claimcheck-explanation/1"] = "claimcheck-explanation/1"

ROLES = "roles"
"""The method for claims: the spans that the network itself marked."""


class Part(msgspec.Struct, frozen=True):
    """Source, cue or content of a claim (its id in the report)."""

    claim: int
    role: Literal["source", "cue", "content"]
    start: int
    end: int


class Word(msgspec.Struct, frozen=True):
    """A word that carried the label.

    Attributes:
        weight: what it adds to the log-odds (natural) of the label.
        left: probability that the label has left without this word and all that come before it in the list.
    """

    start: int
    end: int
    weight: float
    left: float


class Explanation(msgspec.Struct, frozen=True):
    """Why a sentence (index in the report) has a label, or is framed by one.

    Attributes:
        method: :data:`ROLES`, or the attribution method in words.
        probability: of the label, with all words.
        words: the strongest first; empty where no word stands out.
        enough: how many of the first words, all left out together, make another label more probable; ``None`` if all of
            them do not, or if another label is more probable anyhow.
        becomes: that label.
        parts: of the sentence's claims.
    """

    sentence: int
    label: Label
    method: str
    probability: float
    words: list[Word] = []
    enough: int | None = None
    becomes: Label | None = None
    parts: list[Part] = []


class Explained(msgspec.Struct, frozen=True):
    """A report, word for word as ``--format json`` writes it, and its explanations."""

    schema: Literal["claimcheck-explanation/1"]
    report: Report
    explanations: list[Explanation]

    def to_json(self) -> str:
        """One JSON object, indented."""
        rest = msgspec.json.encode(self.explanations).decode()
        # The report writes itself: it knows what to do about texts that are no valid Unicode.
        whole = f'{{"schema":"{self.schema}","report":{self.report.to_json()},"explanations":{rest}}}'
        try:
            return msgspec.json.format(whole, indent=2)
        except msgspec.DecodeError:  # escaped lone surrogates
            return json.dumps(json.loads(whole), indent=2)
