"""Polls: what those who were asked say, and figures without a source, are the poll's."""

from __future__ import annotations

import pytest
from speaker_texts import speaking, spoken

POLL = "A Harbour Times survey of 900 sailors was published on Monday."


@pytest.mark.parametrize(
    "share", ["only 24 percent", "Forty percent", "a paltry three percent", "the vast majority – 55 percent –"]
)
def test_a_share_of_those_who_were_asked_is_the_poll_that_was_spoken_of(share: str) -> None:
    text = f"{POLL} Of the new pier, {share} said it was unsafe."
    assert spoken(text, (share, "said", "it was unsafe")) == [["Harbour Times survey"]]


def test_a_share_without_a_poll_is_somebody_of_their_own() -> None:
    text = "Sailors met on Monday. Of the new pier, half of the captains said it was unsafe."
    assert spoken(text, ("half of the captains", "said", "it was unsafe")) == [["half of the captains"]]


@pytest.mark.parametrize(
    "sentence",
    ["Mara Lind leads Ana Sousa by 41 percent to 35 percent.", "Among captains, Lind trails Sousa by eight points."],
)
def test_figures_without_a_source_go_on_from_a_poll(sentence: str) -> None:
    text = f"A Harbour Times poll found that sailors want the pier. Mara Lind said it was unsafe. {sentence}"
    marked = ("A Harbour Times poll", "found", "that sailors want the pier"), ("Mara Lind", "said", "it was unsafe")
    names = spoken(text, *marked, (None, None, sentence))
    assert names == [["Harbour Times poll"], ["Mara Lind"], ["Harbour Times poll"]]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a Tarn County Poll", "document"),
        ("the Vessa Geological Survey", "named_organization"),
        ("Tarn Policy Polling", "named_organization"),
        ("Friends of the Tarn", "named_organization"),
    ],
)
def test_what_a_poll_a_survey_and_friends_in_capitals_are(name: str, kind: str) -> None:
    found = speaking(
        f"It rained in Ede. On Monday {name} found that most wanted it.", (name, "found", "that most wanted it")
    )
    assert [s.kind for s in found[0]] == [kind]
