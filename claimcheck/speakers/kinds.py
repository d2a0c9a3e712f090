"""Which of the five kinds of source an entity is: by what it was resolved as, and the head of its name.

A log-linear model over the words, endings and clues of a name was tried (softmax regression, cross-validated by article)
and came out level with these rules, so the rules stand: 1,600 described speakers are too few to learn more from.
"""

from __future__ import annotations

import re

from claimcheck import report
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity
from claimcheck.speakers.head_zones import owns_office

_LONGEST = 12
"""Words of a name that are looked at."""
_ABBREVIATED = re.compile(r"[A-Z]{2,5}s$")
"""Several people with the same office or title: "MPs"."""
_MANY = re.compile(
    r"(?:more|fewer|dozens|hundreds|thousands|scores|two|three|four|five|six|seven|eight|nine|ten|both)$"
)
_POLLS = frozenset(["poll", "polls", "survey", "surveys"])
"""What the name of a poll ends with; a pollster's ends with "Polling"."""
_SURVEYED = frozenset(["geological", "antarctic", "ordnance", "geodetic", "archaeological", "hydrographic"])
"""What a survey that is an office looks at: the U.S. Geological Survey."""
_PARENTS = frozenset(["mum", "mom", "dad", "mummy", "daddy", "grandma", "grandpa", "gran", "granny", "nan"])
_OFFICES = lex.words(
    "minister secretary officer director chairman spokesperson manager deputy commissioner collector registrar reviewer"
)
"""What the name of an office ends with whose bearer the article does not name: "the Police Minister"."""
_MASTHEADS = frozenset(
    ["record", "post", "journal", "story", "account", "order", "platform", "page", "paper", "model", "ledger"]
)
"""Documents whose word in a proper name is rather an outlet's or a body's."""
_PUBLIC = frozenset(["police", "government", "opposition", "jury", "military"])
"""Groups that count as bodies where the article speaks of the one: "the police"."""
_PRIVATE = lex.FIRMS | lex.words(
    """company firm business shop store hotel restaurant mill factory plant bank lender lobby broadcaster network
    newspaper daily tabloid weekly magazine newsletter podcast website blog radio body supermarket nightclub"""
)
"""Bodies of which a place has many, so that "the lender" without a name says nobody."""
_ONLY = lex.NATIONALITIES | lex.words(
    """central national public state municipal city power water electricity gas grid network system airport port rail
    railway transport postal utility"""
)
"""Words before such a noun that make it the one of its place: "the power company", "state radio"."""
_OUTLETS = lex.words("website platform newsletter podcast blog channel")
"""What is read or heard, and yet speaks as an outlet where it is nobody's ("a trade website")."""
_CALL_A_PERSON = nouns.PEOPLE - lex.FIRMS - nouns.BODIES - lex.GROUPS
"""Nouns that call a person, whatever body's name stands beside them: "opposition housing spokesman"."""
_ENDS_HEAD = lex.PREPOSITIONS | lex.RELATIVES
_OPENS = frozenset(["", ".", "!", "?", "“", '"', "‘", "”", ":", "("])
"""What stands before a word that is capitalised for its place."""


def kind(doc: Document, e: Entity) -> report.Kind:
    """Which of the five kinds of source an entity is."""
    tokens = list(doc.tokens_in(*e.name))[:_LONGEST]
    if not tokens:
        return "document" if e.document else "unnamed_person"
    words = [doc.words[k] for k in tokens]
    low = [w.lower() for w in words]
    ends = (k for k in range(1, len(low)) if low[k] in _ENDS_HEAD and not owns_office(doc, tokens[k]))
    end = next(ends, len(low))
    if not e.named and nouns.singular(low[end - 1]) in _OUTLETS:
        return "unnamed_group"
    if e.document or (e.named and low in (["fir"], ["pil"])):
        return "document"  # a first information report, a petition: so Indian papers call them
    if words[-2:-1] == ["Local"] and words[-1].isdigit():
        return "named_organization"  # a union's: "Dockers Local 771"
    if low[:end] == ["comptroller", "and", "auditor", "general"]:
        return "named_organization"  # India's audit office
    return _of_name(e, words, low, end) if e.named else _of_phrase(doc, e, tokens, low, end)


def _of_name(e: Entity, words: list[str], low: list[str], end: int) -> report.Kind:
    """The kind of an entity with a proper name, whose head is the word before ``end``."""
    if words[:2] == ["Friends", "of"]:
        return "named_organization"
    if e.plural or (_ABBREVIATED.match(words[-1]) and len(words) < 3):
        return "unnamed_group"
    if end > 1 and low[end - 1] == "polling":
        return "named_organization"
    if end > 1 and low[end - 1] in _POLLS:
        return "named_organization" if low[end - 2] in _SURVEYED else "document"
    if len(low) == 1 and (low[0] in lex.KIN or low[0] in _PARENTS):
        return "unnamed_person"
    if words[end - 1].islower() and low[end - 1] in nouns.BODIES:
        return "named_organization"
    if len(low) > 1 and low[end - 1] in _OFFICES and "last_alone" not in e.clues:
        return "unnamed_person"
    if e.is_person:
        return "named_person"
    if end > 1 and low[end - 1] in nouns.DOCUMENTS - nouns.BODIES - _MASTHEADS:
        return "document"
    return "named_organization"


def _of_phrase(doc: Document, e: Entity, tokens: list[int], low: list[str], end: int) -> report.Kind:
    """The kind of an entity that is called by a noun phrase, whose head is the word before ``end``."""
    while end > 1 and nouns.cannot_head(low[end - 1]) and nouns.is_known(low[end - 2]):
        end -= 1  # "a tenant upstairs"
    head, before = low[end - 1], low[end - 2] if end > 1 else ""
    upper = [doc.words[k][0].isupper() for k in tokens]
    capitals = all(upper) or (len(upper) > 2 and all(upper[:2]))  # "Haute Autorité de santé"
    proper = capitals and not any(nouns.is_known(w) or w in lex.FUNCTION for w in low)
    if proper and (len(low) > 1 or doc.before(tokens[0]) not in _OPENS):
        person = e.gender or low[0] in lex.GIVEN_NAMES
        return "named_person" if person else "named_organization"
    loose = doc.words[tokens[end - 1]] == "opposition"  # in capitals it is that of a parliament
    if f"{before} {head}" in lex.COMPOUNDS or (head in _PUBLIC and e.unique and not loose):
        return "named_organization"
    if head == "dealer" or (head == "operator" and before in lex.OPERATED):
        return "unnamed_person"
    if nouns.singular(head) in _CALL_A_PERSON and not nouns.is_plural(head):
        return "unnamed_person"
    if e.organization:
        known = e.unique and (nouns.singular(head) not in _PRIVATE or not _ONLY.isdisjoint(low[:end]))
        return "named_organization" if known else "unnamed_group"
    return "unnamed_group" if e.plural or _MANY.match(low[0]) else "unnamed_person"
