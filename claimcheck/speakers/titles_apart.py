"""Titles that stand apart from a name: "As mayor, Ana Sousa", "The presenter was Ana Sousa", "She is a nurse"."""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns, titles_after, trades
from claimcheck.speakers.boundaries import trimmed
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.roles import Roles, learn, title_value

_LONGEST = 120
"""Code points between the beginning of a sentence and a name, at most."""
_AS = re.compile(r"As\s+(?:(?:a|an|the|its|his|her|their|our|my)\s+)?([^,.;:()\[\]\"“”«»–—\n]+),\s+")
_WAS = re.compile(
    r"(?:(?:The|Its|Their|Our|My|His|Her)\s+|[A-Z][\w’'\s-]*[’']s?\s+)([^,.;:()\[\]\"“”«»–—\n]+?)\s+(?:is|was|remains)\s+"
)
_AFTER = re.compile(r"[,.;)]|\s+who\b|\s*$")
_PRONOUN = re.compile(r"(She|He)\s+")
_PASSING = lex.KIN | lex.words(
    """man woman boy girl child person friend guest victim witness student pupil teenager toddler youngster winner loser suspect source
    fan expert resident neighbour neighbor guide star"""
)
"""What somebody is for a while, or is called in passing."""


def note(doc: Document, cast: Cast, roles: Roles) -> None:
    """Note the titles that sentences give to those they name, and to whom the sentence before named alone."""
    for m in cast.mentions:
        if m.entity is not None and m.entity.person > -2 and doc.quotation_at(m.start) < 0:
            _before_name(doc, m, m.entity, roles)
    for k, (start, end) in enumerate(doc.sentences[1:], 1):
        if (found := _PRONOUN.match(doc.text, start, end)) is None or doc.quotation_at(start) >= 0:
            continue
        is_role = titles_after.IS_ROLE.match(doc.text, found.end(), end)
        if is_role and (entity := _alone(doc, cast, doc.sentences[k - 1], found.group(1))):
            titles_after.role_at(doc, cast, is_role.end(), end, entity, roles, 0.6)


def _before_name(doc: Document, m: NameMention, entity: Entity, roles: Roles) -> None:
    """A title that the sentence begins with, parted from the name by a comma or a verb."""
    start = doc.sentence_span(m.start)[0]
    if not 0 < m.whole - start <= _LONGEST:
        return
    found = _AS.fullmatch(doc.text, start, m.whole)
    if found is None and _AFTER.match(doc.text, m.end):
        found = _WAS.fullmatch(doc.text, start, m.whole)
    if found is None:
        return
    tokens = list(doc.tokens_in(*found.span(1)))
    zone = tokens[: next((i for i, k in enumerate(tokens) if doc.low[k] in lex.PREPOSITIONS), len(tokens))]
    if not zone or not _is_office(doc.low[zone[-1]]):
        return
    learn(doc, entity, tokens)
    roles.add_title(entity, trimmed(doc, found.span(1)), title_value(doc, zone, 0.6))


def _is_office(head: str) -> bool:
    """Whether a noun surely says what one person is: "matter" and "winter" only end as trades do."""
    known = head in nouns.PEOPLE or head in trades.TRADES or head.endswith(("ologist", "ographer"))
    return known and head not in _PASSING and not nouns.is_plural(head)


def _alone(doc: Document, cast: Cast, sentence: Span, pronoun: str) -> Entity | None:
    """The one person whom a sentence names outside quotations, if a pronoun may mean them."""
    named = {id(m.entity): m.entity for m in cast.within(*sentence) if m.entity and doc.quotation_at(m.start) < 0}
    people = [e for e in named.values() if e.is_person]
    if len(people) != 1:
        return None
    wrong = people[0].gender < 0 if pronoun == "He" else people[0].gender > 0
    return None if wrong else people[0]
