"""Which clauses beside a name say why somebody may speak."""

from __future__ import annotations

import pytest

from claimcheck import speakers
from claimcheck.attribution import Attribution, RoleSpan


def justification(clause: str) -> str | None:
    """What justifies a speaker of whom a clause says something."""
    text = f"Work went on. Orla Keane, {clause}, said the pier was closed."

    def span(words: str) -> RoleSpan:
        start = text.index(words)
        return RoleSpan(0, 1, start, start + len(words), 1.0)

    found = [Attribution(span("Orla Keane"), None, [span("the pier was closed")], 1.0)]
    resolved = speakers.resolve(text, [(0, len(text))], found)
    return resolved.speakers[resolved.of_claim[0][0]].justification


@pytest.mark.parametrize(
    "clause",
    [
        "who was pleased with the planks",
        "who is keen on piers",
        "who was visibly tired of it all",
        "who was gracious about it",
        "who is fourteen",
    ],
)
def test_mood_and_age_say_nothing_of_why_somebody_may_speak(clause: str) -> None:
    assert justification(clause) is None


@pytest.mark.parametrize(
    "clause",
    [
        "who was delighted when she saw the planks",
        "who is mending the pier",
        "who was taken to the pier",
        "who worked on the St. Orla ferry",
        "who has led the choir since Sept. 9",
    ],
)
def test_what_somebody_has_seen_or_undergone_does(clause: str) -> None:
    assert justification(clause) == clause


def test_standing_after_an_apposition_is_read() -> None:
    assert justification("a nurse at Tarn Hospital, who was not involved in the study") == (
        "who was not involved in the study"
    )
    assert justification("a nurse at Tarn Hospital, who resigned in tears") is None


def test_a_relative_pronoun_alone_is_no_ground() -> None:
    assert justification("who") is None
