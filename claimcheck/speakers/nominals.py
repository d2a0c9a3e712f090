"""Nominals: what a noun phrase without a name of its own calls, its head, determiner and modifiers."""

from __future__ import annotations

import re

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import NameMention
from claimcheck.speakers.head_zones import ENDS_HEAD, breaks, is_person, zone_end
from claimcheck.speakers.references import Determiner, Reference

_SHARE = re.compile(
    r"(?:(?:only|about|nearly|almost|some|just|(?:more|fewer|less) than|an average of|another|as many as|the|a|vast"
    r"|overwhelming|slim|paltry|of|–|-|,)\s+)*(?:(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|\w+ty)\s*(?:percent\b|per\s?cent\b|%)|(?:one|two|three|four|\d+) in"
    r" (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b|(?:half|two-thirds|three-quarters|third|quarter|majority)\s+of\b|majority\s*(?:[–—,-]|$)|(?:less|more) than (?:a|one) (?:third|quarter|half)$)"
    r"|.*\b(?:surveyed|polled|respondents)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A part of those who were asked: "41 percent of voters"."""
_MAX_PHRASE = 14
"""Tokens in the noun phrase that names an unnamed source, at most."""
POSSESSIVES = frozenset(["my", "our", "your", "his", "her", "its", "their"])
"""Possessive determiners."""
_OF_SEVERAL = frozenset(["one", "another", "other", "first", "second", "third", "fourth"])
"""Words that call one of several people, whom an apposition may describe: "Another, a nurse"."""
_STANDING = lex.words("senior leading prominent influential powerful respected opposition political religious")
"""Words before "figure" with which it is a person, and no number."""
_PAIRS = frozenset(["both", "pair", "couple", "two", "duo"])
_GENERAL = frozenset(
    [
        "people",
        "person",
        "persons",
        "official",
        "officials",
        "those",
        "company",
        "firm",
        "one",
        "someone",
        "somebody",
        "anyone",
        "engineers",
    ]
)


def _general(words: list[str]) -> bool:
    """Whether a noun phrase says so little that its relative clause is needed: "people who saw the offer"."""
    return bool(words) and words[-1] in _GENERAL and len(words) <= 2


def _is_figure(low: list[str], head: int) -> bool:
    """Whether figures are people: "a senior figure", "a figure close to the bishop", not "the latest figures"."""
    if low[head] not in ("figure", "figures"):
        return False
    return not _STANDING.isdisjoint(low[:head]) or low[head + 1 : head + 2] in (["close"], ["within"])


def _kind(low: list[str], head: int, share: bool) -> nouns.NounKind:
    """What a noun phrase speaks of, by its head and what stands before it."""
    if share or _is_figure(low, head):
        return "person"
    compound = " ".join(low[max(0, head - 1) : head + 1]) in lex.COMPOUNDS
    return "body" if compound else nouns.kind_of(low[head])


def read(doc: Document, mentions: list[NameMention], tokens: list[int], zone: int, start: int, end: int) -> Reference:
    """The nominal that some tokens are, of which the first ``zone`` are its head zone; its names say whose it is."""
    low = [doc.words[i].lower() for i in tokens]
    aside = next((j for j in (1, 2) if j < len(tokens) and low[j - 1] in _OF_SEVERAL), 0)
    aside = aside if aside and "," in doc.gap(tokens[aside - 1], tokens[aside]) else 0
    if aside and len(tokens) > aside + 1 and low[aside] in ("a", "an"):
        tokens = tokens[aside:]  # "The second, a nurse at the clinic": what the second is says more
        return read(doc, mentions, tokens, zone_end(doc, tokens, mentions), start, end)
    k = 0
    determiner: Determiner = "bare"
    paradigm = ""
    if low[0] in POSSESSIVES:
        determiner, paradigm = "possessive", lex.PRONOUNS[low[0]]
    elif low[0] in lex.DEFINITE:
        determiner, k = "definite", 1 if low[0] in ("the", "this", "that", "these", "those") and len(low) > 1 else 0
    elif low[0] in lex.INDEFINITE or low[0].isdigit():
        counted = low[0] in ("a", "an", "one", "another", "several", "most", "any") and len(low) > 1
        determiner, k = "indefinite", int(counted and low[1] not in lex.PREPOSITIONS and aside != 1)
    elif any(doc.possessive[i] for i in tokens[: zone - 1]):
        determiner = "possessive"
    zone = max(zone, k + 1)
    head_index = zone - 1
    if nouns.cannot_head(low[head_index]) or tokens[head_index] in {m.last for m in mentions}:
        head_index = next((j for j in range(zone - 1, k - 1, -1) if nouns.is_known(low[j])), head_index)
    last = len(tokens)
    for j in range(k + 1, len(tokens)):
        if (
            (low[j] in lex.RELATIVES and not _general(low[k:j]))
            or low[j] in ("himself", "herself", "themselves")
            or breaks(doc, tokens[j - 1], tokens[j])
        ):
            last = j
            break
    last = min(last, k + _MAX_PHRASE)
    while last - 1 > head_index and low[last - 1].endswith("ed") and nouns.cannot_head(low[last - 1]):
        last -= 1  # "A lawsuit filed"
    while last > zone and (low[last - 1] in ENDS_HEAD or low[last - 1] in lex.ARTICLES):
        last -= 1
    head = low[head_index]
    share = _SHARE.match(doc.text, start, min(end, start + 200)) is not None
    single = nouns.singular(head)
    pair = low[0] == "both" or (low[0] in lex.DEFINITE and any(w in _PAIRS for w in low[:zone]))
    possessor = next((m for m in mentions if m.last < tokens[head_index] or m.first > tokens[head_index]), None)
    # "critics of President Holm" have nothing of his.
    others = {
        i
        for m in mentions
        if m.first > tokens[head_index] and is_person(m)
        for i in range(m.first - len(m.title), m.last + 1)
    }
    return Reference(
        "nominal",
        start,
        end,
        paradigm=paradigm,
        name=possessor,
        head=nouns.canonical(head),
        kind=_kind(low, head_index, share),
        determiner=determiner,
        plural=nouns.is_plural(head) or low[0] in lex.NUMERALS or share,
        gender=nouns.gender(single),
        phrase=(doc.starts[tokens[k]], doc.ends[tokens[last - 1]]),
        modifiers=frozenset(
            w for j, w in enumerate(low[:last]) if j != head_index and w not in lex.FUNCTION and tokens[j] not in others
        ),
        pair=pair,
        plain=last - k <= 3 and last == zone,
        share=share,
        owned=possessor is not None and possessor.last < tokens[head_index] and doc.possessive[possessor.last],
    )
