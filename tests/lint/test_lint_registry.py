"""Which rules a choice of codes means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import InputError
from claimcheck.lint.registry import ALL, RULES, Choice, check_prefixes, resolve

CODES = [r.code for r in RULES]


def codes(*choices: Choice) -> list[str]:
    return [rule.code for rule in resolve(choices)]


def test_everything_applies_by_default() -> None:
    assert codes() == CODES


def test_prefix_selects_a_family() -> None:
    assert codes(Choice(("CC3",))) == ["CC301", "CC302", "CC303"]


def test_longer_prefix_wins_within_a_choice() -> None:
    assert codes(Choice(("CC301",), ("CC3",))) == ["CC301"]
    assert codes(Choice(("CC3",), ("CC301",))) == ["CC302", "CC303"]


def test_ignore_wins_over_a_select_as_specific() -> None:
    assert codes(Choice(("CC301",), ("CC301",))) == []


def test_all_is_less_specific_than_any_prefix() -> None:
    assert codes(Choice((ALL,), ("CC1", "CC2", "CC3"))) == ["CC401"]
    assert codes(Choice(("CC4",), (ALL,))) == ["CC401"]


def test_later_ignore_takes_away_and_later_select_starts_anew() -> None:
    assert codes(Choice(("CC3",)), Choice(ignore=("CC302",))) == ["CC301", "CC303"]
    assert codes(Choice(("CC3",), ("CC302",)), Choice(("CC302",))) == ["CC302"]


@given(
    st.lists(
        st.tuples(
            st.none() | st.lists(st.sampled_from([ALL, "CC", "CC1", "CC3", *CODES])),
            st.lists(st.sampled_from(["CC2", *CODES])),
        )
    )
)
def test_choices_always_give_known_rules_in_order(layers: list[tuple[list[str] | None, list[str]]]) -> None:
    chosen = codes(*(Choice(None if s is None else tuple(s), tuple(i)) for s, i in layers))
    assert chosen == [c for c in CODES if c in chosen]


def test_names_stand_for_codes_and_case_does_not_matter() -> None:
    assert check_prefixes(["loaded-verb", "cc4", "all"], "--select") == ("CC301", "CC4", ALL)


@pytest.mark.parametrize("wrong", ["CC9", "XX101", "", "loaded-verbs"])
def test_unknown_code_is_named_with_where_and_what_to_do(wrong: str) -> None:
    with pytest.raises(InputError, match=r"--select: no rule is called .*\. (Did you mean|Rules have codes)"):
        check_prefixes([wrong], "--select")
