"""The robustness set is sound, and the shipped model passes a part of it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import robustness  # noqa: E402
import robustness_sets  # noqa: E402
from robustness_sets import LABELS, Pair, Side, Template, Variant  # noqa: E402

from claimcheck import load  # noqa: E402
from claimcheck.sentences import split  # noqa: E402

MOST_WORDS = 11
"""Words that a passage may have and its partner not."""
BOTH_FLOOR = 0.55
SIDES_FLOOR = 0.75
LABEL_FLOOR = 0.5
FLIP_CEILING = 0.05
"""Clearly under (the ceiling: over) what `claimcheck-en` 1 reaches, `docs/robustness.md`: it sees a great fall."""


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return robustness_sets.pairs()


@pytest.fixture(scope="module")
def templates() -> list[Template]:
    return robustness_sets.templates()


@pytest.fixture(scope="module")
def variants(templates: list[Template]) -> list[Variant]:
    fillers = robustness_sets.fillers()
    return [v for t in templates for v in robustness_sets.variants(t, fillers)]


def test_there_are_enough_pairs_of_every_phenomenon(pairs: list[Pair]) -> None:
    assert len(pairs) >= 180
    assert min(Counter(p.phenomenon for p in pairs).values()) >= 12
    assert {p.english for p in pairs} == {"British", "American", "Indian", "African", "Australian"}
    assert {"politics", "courts", "sport", "business", "culture", "science", "local"} <= {p.desk for p in pairs}


def test_ids_are_unique_and_say_the_phenomenon(pairs: list[Pair], templates: list[Template]) -> None:
    for ids in ([p.id for p in pairs], [t.id for t in templates]):
        assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [p.id for p in pairs if not re.fullmatch(rf"{p.phenomenon}-\d\d", p.id)] == []


def test_no_passage_stands_twice(pairs: list[Pair]) -> None:
    assert [t for t, n in Counter(s.text for p in pairs for s in p.sides).items() if n > 1] == []


def test_the_sides_of_a_pair_differ_in_few_words_and_in_the_label(pairs: list[Pair]) -> None:
    for p in pairs:
        one, other = p.sides
        assert one.label != other.label, p.id
        assert one.text != other.text, p.id
        assert p.differing <= MOST_WORDS, p.id


def test_the_marked_sentence_is_one_sentence_of_the_passage(pairs: list[Pair]) -> None:
    for p in pairs:
        for side in p.sides:
            spans = [tuple(s) for s in split(side.text)]
            assert (side.start, side.end) in spans, p.id
            assert len(spans) <= 4, p.id
            assert not re.search(r"\s[,.]|\s\s|\.\.|[\[\]{}|]", side.text), p.id


def test_a_claim_has_a_speaker_who_stands_in_its_passage(pairs: list[Pair]) -> None:
    for p in pairs:
        assert {s.speaker is not None for s in p.sides if s.label == "claim"} <= {True}, p.id
        assert all(s.speaker in s.text for s in p.sides if s.speaker), p.id


def test_alternatives_and_marks_are_read_as_written(tmp_path: Path) -> None:
    entry = "- {id: x-01, english: British, desk: local, labels: [%s], speaker: Ann Poe, text: %r}\n"
    file = tmp_path / "x.yaml"
    file.write_text(entry % ("fact, claim", "It rained. [[It {ended|ended, Ann Poe said}.]] Then it{| all} dried."))
    (pair,) = robustness_sets.pairs(tmp_path)
    assert pair.sides == (
        Side("It rained. It ended. Then it dried.", 11, 20, "fact", None),
        Side("It rained. It ended, Ann Poe said. Then it all dried.", 11, 34, "claim", "Ann Poe"),
    )
    assert pair.sides[1].sentence == "It ended, Ann Poe said."
    assert pair.differing == 4
    for labels, text in (
        ("fact, claim", "It {ended|began}."),
        ("fact, claim", "[[It {ended.]]"),
        ("fact, hm", "[[A.]]"),
    ):
        file.write_text(entry % (labels, text))
        with pytest.raises(ValueError, match="x-01"):
            robustness_sets.pairs(tmp_path)


def test_there_are_enough_variants_and_all_differ(templates: list[Template], variants: list[Variant]) -> None:
    assert len(templates) >= 40
    assert len(variants) - len(templates) >= 1500
    assert len({v.text for v in variants}) == len(variants)


def test_every_slot_has_fillers_and_every_filler_a_slot(templates: list[Template]) -> None:
    fillers = robustness_sets.fillers()
    assert {slot for t in templates for slot in t.slots} == set(fillers)
    for slot, names in fillers.items():
        assert len(set(names)) == len(names) >= 10
        if slot in robustness_sets.PEOPLE:
            assert {n[:2] for n in names} == {"m ", "f "}


def test_a_variant_has_the_sentences_of_its_template_and_no_slot_left(variants: list[Variant]) -> None:
    for v in variants:
        assert [tuple(s) for s in split(v.text)] == v.spans, (v.template, v.filler)
        assert len(v.spans) == len(v.labels)
        assert not re.search(r"[<>]", v.text)


def test_pronouns_go_with_the_name() -> None:
    template = Template(
        "x", "local", [("claim", "<person> said <person.he> lost <person.his> hat."), ("fact", "<person.He> did.")]
    )
    one, other = robustness_sets.variants(template, {"person": ["m Al Poe", "f Ann Poe"]})
    assert (one.text, one.kind) == ("Al Poe said he lost his hat. He did.", "original")
    assert (other.text, other.kind) == ("Ann Poe said she lost her hat. She did.", "gender")


def test_names_are_the_same_without_title_and_first_name() -> None:
    assert robustness.same_speaker("Mayor Dana Kell", "Kell")
    assert robustness.same_speaker("the police", "police")
    assert not robustness.same_speaker("Dana Kell", "Dana Poe")
    assert not robustness.same_speaker("", "Dana Poe")


def test_the_shipped_model_tells_pairs_apart_and_holds_still_where_names_are_swapped() -> None:
    """A model that gives one label to everything gets no pair right; one that reads names moves."""
    figures = robustness.measure(load(threads=1), sample=80, seed=1)
    everything = figures["pairs"]["all"]
    assert everything["both"] >= BOTH_FLOOR
    assert everything["sides"] >= SIDES_FLOOR
    assert min(everything[label] for label in LABELS) >= LABEL_FLOOR
    invariance = figures["invariance"]
    assert invariance["all"]["variants"] == 80
    assert invariance["all"]["moved"] <= FLIP_CEILING
    assert invariance["originals_right"] >= 0.7


def test_the_command_explains_itself() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "robustness.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for option in ("--model", "--json", "--seed", "--sample"):
        assert option in done.stdout
