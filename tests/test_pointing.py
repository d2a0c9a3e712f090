"""What a network says of antecedents, as one clue of the ranking. The networks here are made by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from tokenizers import Tokenizer

from claimcheck import speakers
from claimcheck.attribution import POINTERS, VECTORS, Antecedents, Attribution, RoleSpan, Scores
from claimcheck.paragraphs import Span
from claimcheck.sentences import split
from claimcheck.speakers import Pointer
from claimcheck.speakers.antecedents import HAND_SET, Features
from claimcheck.speakers.references import Reference
from claimcheck.speakers.resolver import Resolver
from claimcheck.windows import tokenize

TRUSTING = {kind: {**weights, "network": 1.0} for kind, weights in HAND_SET.items()}
TWO = "Orla Penhallow met Vera Lund on the pier. She said the planks were rotten."


@dataclass
class Preferring:
    """Points at mentions that end with some words, at nobody else, and keeps what it was asked."""

    text: str
    logit_of: Mapping[str, float]
    otherwise: float = -8.0
    asked: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)

    def logits(self, reference: Span, mentions: Sequence[Span]) -> list[float]:
        self.asked.append(self.text[slice(*reference)])
        words = [self.text[slice(*m)] for m in mentions]
        self.offered += words
        return [
            next((logit for w, logit in self.logit_of.items() if word.endswith(w)), self.otherwise) for word in words
        ]


def said(text: str, source: str, content: str) -> Attribution:
    """An attribution by the last place that has the source."""
    at, start = text.rindex(source), text.index(content)
    return Attribution(
        RoleSpan(0, 0, at, at + len(source), 1.0), None, [RoleSpan(0, 0, start, start + len(content), 1.0)]
    )


def speaker(text: str, source: str, content: str, pointer: Pointer | None = None) -> str:
    """Who a source means if the network's word counts much."""
    found = Resolver(text, split(text), [said(text, source, content)], TRUSTING, pointer=pointer).run()
    return found.speakers[found.of_claim[0][0]].name


def clues(text: str, ref: Reference, pointer: Pointer) -> dict[str, Features]:
    """What a network adds, by the name of the candidate; "" for nobody."""
    found = Resolver(text, split(text), [], TRUSTING, pointer=pointer).compare(ref)
    return {
        text[slice(*group[0].name)] if group else "": {k: v for k, v in f.items() if k.startswith("network")}
        for group, f in found
    }


def pronoun(text: str, word: str = "She") -> Reference:
    start = text.rindex(word)
    return Reference("pronoun", start, start + len(word), paradigm=word.lower())


@pytest.mark.parametrize("name", ["Vera Lund", "Orla Penhallow"])
def test_a_pronoun_means_whom_the_network_points_at(name: str) -> None:
    assert speaker(TWO, "She", "the planks were rotten", Preferring(TWO, {name: 8.0})) == name


def test_a_definite_nominal_means_whom_the_network_points_at() -> None:
    text = "Orla Penhallow, a councillor, met the engineer Vera Lund on the pier.\n\nThe specialist said the planks were rotten."
    found = [
        speaker(text, "The specialist", "the planks were rotten", Preferring(text, {name: 8.0}))
        for name in ("Vera Lund", "Orla Penhallow")
    ]
    assert found == ["Vera Lund", "Orla Penhallow"]


def test_a_pronoun_goes_back_to_a_noun_phrase_that_the_network_points_at() -> None:
    text = "Orla Penhallow hired an inspector on Monday. She said the planks were rotten."
    pointer = Preferring(text, {"an inspector": 8.0})
    assert speaker(text, "She", "the planks were rotten", pointer) == "inspector"
    assert speaker(text, "She", "the planks were rotten") == "Orla Penhallow"


def test_a_network_that_knows_nothing_changes_nothing() -> None:
    silent = Preferring(TWO, {}, otherwise=0.0)
    assert clues(TWO, pronoun(TWO), silent) == {"Orla Penhallow": {}, "Vera Lund": {}, "": {}}
    assert silent.asked == ["She"]


def test_without_a_weight_its_word_changes_nothing() -> None:
    attributions = [said(TWO, "She", "the planks were rotten")]
    resolved = [
        Resolver(TWO, split(TWO), attributions, HAND_SET, pointer=pointer).run()
        for pointer in (None, Preferring(TWO, {"Vera Lund": 8.0}))
    ]
    assert resolved[0] == resolved[1]


def test_mentions_of_one_name_add_up_their_odds_and_the_highest_is_the_best() -> None:
    text = "Orla Penhallow met Vera Lund. Lund knew the pier. She said the planks were rotten."
    found = clues(text, pronoun(text), Preferring(text, {"Lund": 1.0, "Penhallow": 1.2}))
    assert found["Vera Lund"] == {"network": pytest.approx(1.0 + math.log(2)), "network_best": 1.0}
    assert found["Orla Penhallow"] == {"network": pytest.approx(1.2)}
    assert found[""] == {}


def test_where_nothing_is_likelier_than_nobody_nobody_is_best() -> None:
    found = clues(TWO, pronoun(TWO), Preferring(TWO, {"Lund": -1.0, "Penhallow": -2.0}))
    assert not any("network_best" in f for f in found.values())


@pytest.mark.parametrize("odd", [1e9, -1e9])
def test_its_word_is_bounded(odd: float) -> None:
    found = clues(TWO, pronoun(TWO), Preferring(TWO, {"Lund": odd, "Penhallow": 1.0}))
    assert found["Vera Lund"]["network"] == math.copysign(8.0, odd)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_word_that_is_no_number_is_not_heard(odd: float) -> None:
    found = clues(TWO, pronoun(TWO), Preferring(TWO, {"Lund": odd, "Penhallow": 1.0}))
    assert found["Vera Lund"] == {"network_unheard": 1.0}


def test_a_name_out_of_sight_is_marked_as_unheard_and_not_asked_about() -> None:
    filler = "The tide came in and went out again over the old stones of the harbour. " * 30
    text = f"Orla Penhallow built the pier. {filler}Vera Lund came. She said the planks were rotten."
    pointer = Preferring(text, {"Lund": 1.0})
    found = clues(text, pronoun(text), pointer)
    assert found["Orla Penhallow"] == {"network_unheard": 1.0}
    assert pointer.offered == ["Vera Lund"]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("she, a diver of note", ["she"]),
        ("the inspector of piers", ["the inspector"]),
        ("a diver of note", []),
        ("her campaign", ["her"]),
    ],
)
def test_it_is_asked_about_pronouns_and_heads_of_definite_nominals(source: str, asked: list[str]) -> None:
    text = f"Orla Penhallow met Vera Lund. On Monday {source} said the planks were rotten."
    pointer = Preferring(text, {"Lund": 1.0})
    Resolver(text, split(text), [said(text, source, "the planks were rotten")], pointer=pointer).run()
    assert list(dict.fromkeys(pointer.asked)) == asked


def graph(text: str, tokenizer: Tokenizer, at: str) -> Antecedents:
    """A graph whose antecedent pointer goes from everywhere to the last piece of some words."""
    tokens = tokenize(tokenizer, text, split(text))
    n, size = len(tokens), 2
    vectors = np.zeros((n, size * len(VECTORS)), np.float32)
    query, key = (VECTORS.index(f"{part}:antecedent") * size for part in ("query", "key"))
    vectors[:, query] = 4.0
    vectors[:, key] = -2.0
    vectors[int(np.searchsorted(tokens.starts, text.index(at) + len(at))) - 1, key] = 4.0
    nothing = np.zeros((n, len(POINTERS)), np.float32)
    return Antecedents(Scores(nothing, nothing, nothing, vectors, nothing), tokens)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    from claimcheck.model import default_folder

    return Tokenizer.from_file(str(default_folder() / "tokenizer.json"))


@pytest.mark.parametrize("name", ["Vera Lund", "Orla Penhallow"])
def test_a_graph_with_the_pointer_turns_the_choice(tokenizer: Tokenizer, name: str) -> None:
    pointer = graph(TWO, tokenizer, name)
    assert speaker(TWO, "She", "the planks were rotten", pointer) == name


def test_the_room_takes_a_pointer_or_none() -> None:
    sentences = split(TWO)
    found = [said(TWO, "She", "the planks were rotten")]
    pointer = Preferring(TWO, {})
    assert speakers.resolve(TWO, sentences, found).of_claim
    speakers.resolve(TWO, sentences, found, pointer)
    assert pointer.asked == ["She"]
