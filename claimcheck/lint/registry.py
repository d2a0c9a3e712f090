"""All rules, and which of them a choice of codes means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claimcheck.errors import InputError
from claimcheck.lint.rule import Rule
from claimcheck.lint.rules import (
    accused_without_reply,
    ambiguous_pronoun,
    hearsay,
    loaded_verb,
    opinion_in_news,
    quotation_without_speaker,
    scare_quotes,
    single_source_story,
    sole_unnamed_source,
    speaker_not_introduced,
    unbalanced_marks,
    unnamed_source,
)

RULES: tuple[Rule, ...] = (
    quotation_without_speaker.RULE,
    ambiguous_pronoun.RULE,
    speaker_not_introduced.RULE,
    hearsay.RULE,
    unnamed_source.RULE,
    sole_unnamed_source.RULE,
    single_source_story.RULE,
    accused_without_reply.RULE,
    loaded_verb.RULE,
    opinion_in_news.RULE,
    scare_quotes.RULE,
    unbalanced_marks.RULE,
)
"""Every rule, in the order of the codes."""

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}

ALL = "ALL"
"""Selects every rule, less specifically than any prefix."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one place says of the rules: ``select`` replaces what applied before, ``ignore`` takes away from it.

    Both hold prefixes of codes, names of rules, or "ALL"; ``select`` is ``None`` where the place leaves it open.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()


def resolve(choices: Iterable[Choice]) -> list[Rule]:
    """The rules that apply after several choices, the general ones first: defaults, configuration, section, command.

    Within a choice the longer prefix wins, and ``ignore`` where both are as long, as in ruff: ``select = ["CC301"]``
    with ``ignore = ["CC3"]`` leaves CC301.

    The prefixes have to be checked before, by :func:`check_prefixes`.
    """
    chosen = {rule.code for rule in RULES}
    for choice in choices:
        if choice.select is not None:
            chosen = {r.code for r in RULES if _weight(choice.select, r) > _weight(choice.ignore, r)}
        else:
            chosen = {code for code in chosen if _weight(choice.ignore, BY_CODE[code]) < 0}
    return [rule for rule in RULES if rule.code in chosen]


def check_prefixes(prefixes: Iterable[str], where: str) -> tuple[str, ...]:
    """The prefixes in canonical case.

    Args:
        where: names the place in the message, such as "--select" or a file.

    Raises:
        InputError: if one of them means no rule.
    """
    checked = []
    for prefix in prefixes:
        canonical = prefix.strip().upper()
        named = prefix.strip().lower()
        if named in {rule.name for rule in RULES}:
            canonical = next(rule.code for rule in RULES if rule.name == named)
        if canonical != ALL and not (canonical and any(rule.code.startswith(canonical) for rule in RULES)):
            known = [ALL, *BY_CODE, *(rule.name for rule in RULES)]
            similar = difflib.get_close_matches(canonical, known, n=2) or difflib.get_close_matches(named, known, n=2)
            hint = (
                f" Did you mean {' or '.join(similar)}?"
                if similar
                else f" Rules have codes from {RULES[0].code} to {RULES[-1].code}."
            )
            raise InputError(f"{where}: no rule is called {prefix!r}.{hint}")
        checked.append(canonical)
    return tuple(checked)


def _weight(prefixes: Sequence[str], rule: Rule) -> int:
    """How specifically some prefixes mean a rule: the length of the longest, 0 for "ALL", -1 if none does."""
    return max((0 if p == ALL else len(p) for p in prefixes if p == ALL or rule.code.startswith(p)), default=-1)
