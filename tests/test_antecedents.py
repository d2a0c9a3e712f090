"""Whom a pronoun of the writer's own means, and what grammar and coreference corpora contribute."""

from __future__ import annotations

import pytest

from claimcheck.sentences import split
from claimcheck.speakers import antecedents, given_names
from claimcheck.speakers.document import Document
from claimcheck.speakers.references import Reference
from claimcheck.speakers.resolver import Resolver
from claimcheck.speakers.syntax import Syntax
from claimcheck.training.antecedents import Example, fit
from claimcheck.training.coreference import gap, gum


def meant(text: str, pronoun: str, paradigm: str) -> str:
    """The name that the pronoun at the last ``pronoun`` in a text means by the weights that ship, "" for nobody."""
    start = text.rindex(pronoun) + len(pronoun) - len(pronoun.lstrip())
    resolver = Resolver(text, split(text), [])
    ref = Reference("pronoun", start, start + len(pronoun.strip()), paradigm=paradigm)
    compared = resolver.compare(ref)
    group = compared[antecedents.best([f for _, f in compared], antecedents.load()["silent"])][0]
    return text[slice(*group[0].name)] if group else ""


def role(text: str, word: str) -> str:
    """The grammatical role of a pronoun in a text."""
    doc = Document(text, split(text))
    return Syntax(doc).of_pronoun(doc.words.index(word))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("On Monday she left early.", "she", "subject"),
        ("The board praised her.", "her", "object"),
        ("The board spoke with her on Monday.", "her", "oblique"),
        ("The board read her letter.", "her", "possessive"),
        ("The board thanked him.", "him", "object"),
    ],
)
def test_a_pronoun_has_the_role_its_neighbours_give_it(text: str, word: str, expected: str) -> None:
    assert role(text, word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Sousa met Vera Lund in Oslo.", {"Ana Sousa": "subject", "Vera Lund": "object"}),
        ("Ana Sousa, the mayor of Tarn, resigned.", {"Ana Sousa": "subject"}),
        ("The bridge was designed by Ana Sousa.", {"Ana Sousa": "agent"}),
        ("Voters liked Ana Sousa's plan.", {"Ana Sousa": "possessive"}),
        ("Officials argued with Ana Sousa for hours.", {"Ana Sousa": "oblique"}),
    ],
)
def test_a_name_has_the_role_the_order_of_words_gives_it(text: str, expected: dict[str, str]) -> None:
    resolver = Resolver(text, split(text), [])
    found = {text[m.start : m.end]: resolver.discourse.syntax.of_name(m) for m in resolver.cast.mentions}
    assert {name: found[name] for name in expected} == expected


def test_clauses_are_counted_between_two_words() -> None:
    doc = Document("Ana Sousa left because the rain had stopped, and she wanted tea.", [(0, 64)])
    syntax = Syntax(doc)
    assert syntax.clauses_between(doc.words.index("Sousa"), doc.words.index("left")) == 0
    assert syntax.clauses_between(doc.words.index("Sousa"), doc.words.index("she")) == 2


def test_what_a_possessive_pronoun_owns_is_seen() -> None:
    text = "Per Lund thanked his brother Jonas Lund."
    resolver = Resolver(text, split(text), [])
    syntax, token = resolver.discourse.syntax, resolver.doc.words.index("his")
    assert [syntax.is_owned(token, m) for m in resolver.cast.mentions] == [False, True]


def test_given_names_tell_a_gender_unless_both_have_them() -> None:
    assert [given_names.gender(n) for n in ("Mykhailo", "Ingrid", "Kim", "Qqzzx")] == [1.0, -1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("text", "pronoun", "paradigm", "expected"),
    [
        ("Ingrid Vale met Mykhailo Horak in Oslo. Later she left.", " she ", "she", "Ingrid Vale"),
        ("Ingrid Vale visited Martha Quill in Oslo. She left early.", "She ", "she", "Ingrid Vale"),
    ],
)
def test_a_pronoun_means_the_name_of_its_gender_and_then_the_subject(
    text: str, pronoun: str, paradigm: str, expected: str
) -> None:
    assert meant(text, pronoun, paradigm) == expected


def test_a_text_without_words_or_names_has_nobody_to_mean() -> None:
    for text in ("", "...", "he"):
        compared = Resolver(text, split(text), []).compare(Reference("pronoun", 0, len(text), paradigm="he"))
        assert [group for group, _ in compared] == [[]]


def test_a_gap_text_gives_its_two_names_and_the_right_one() -> None:
    text = "Ingrid Vale met Martha Quill in Oslo, where she was born."
    candidates = [
        {"start": 0, "end": 11, "antecedent": True},
        {"start": 16, "end": 28, "antecedent": False},
    ]
    record = {"text": text, "pronoun": [44, 47], "candidates": candidates}
    (found,) = gap([record], antecedents.HAND_SET)
    assert found.feminine
    assert found.right == [found.named[0]]
    assert -1 not in found.named


def test_a_gap_text_where_neither_name_is_right_leaves_everybody_else() -> None:
    text = "Ingrid Vale met Martha Quill in Oslo. Vera Lund said she was born there."
    candidates = [{"start": 0, "end": 11, "antecedent": False}, {"start": 16, "end": 28, "antecedent": False}]
    (found,) = gap([{"text": text, "pronoun": [53, 56], "candidates": candidates}], antecedents.HAND_SET)
    assert len(found.candidates) - 1 in found.right
    assert not set(found.named) & set(found.right)


def test_a_gum_chain_makes_its_name_the_right_one_for_its_pronoun() -> None:
    text = "Ingrid Vale met Martha Quill in Oslo. Then she left."
    gold = [(0, 11, 1), (16, 28, 2), (32, 36, 3), (43, 46, 1)]
    mentions = [{"start": a, "end": b, "cluster": c, "type": "person"} for a, b, c in gold]
    sentences = [{"start": 0, "end": 37}, {"start": 38, "end": 52}]
    (found,) = gum([{"text": text, "sentences": sentences, "mentions": mentions}], antecedents.HAND_SET)
    assert found.kind == "silent"
    assert len(found.right) == 1
    assert found.right[0] != len(found.candidates) - 1


def test_fitting_raises_what_the_right_candidates_share() -> None:
    examples = [Example([{"good": 1.0}, {"bad": 1.0}, {"new": 1.0}], [0]), Example([{"bad": 1.0}, {"good": 1.0}], [1])]
    weights = fit(examples * 5, {"new": 0.5})
    assert weights["good"] > 0.5 > -0.5 > weights["bad"]
