"""Source spans to references: a name, a pronoun, a nominal ("the governor"), or several of them joined by "and"."""

from __future__ import annotations

from claimcheck.paragraphs import Span
from claimcheck.speakers import coordination, noun_phrases
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.head_zones import ENDS_HEAD, is_person
from claimcheck.speakers.nominals import POSSESSIVES
from claimcheck.speakers.references import Reference

_MAX_SOURCE = 80
"""Tokens of a source span that are looked at: a longer one is the network's mistake."""
_BEFORE_NOUNS = POSSESSIVES | {"that", "which", "whose"}


def parse(doc: Document, cast: Cast, span: Span) -> list[Reference]:
    """The references in a source span, in the order of the text; none for a span without a word."""
    tokens = list(doc.tokens_in(*span))[:_MAX_SOURCE]
    while tokens and (
        doc.words[tokens[0]].lower() in ("and", "but", "yet", "so", "even", "only", "then", "as", *lex.SAID)
    ):
        tokens.pop(0)
    if not tokens:
        return []
    start, end = span
    first = doc.words[tokens[0]]
    paradigm = lex.PRONOUNS.get(first.lower(), "")
    if first == "US" or (first == "IT" and len(tokens) == 1):
        paradigm = ""  # a country, a department
    mentions = [m for m in cast.within(start, end) if m.entity is not None or not m.bare]
    if first == "WHO" and (not doc.words[tokens[-1]].isupper() or any(m.first == tokens[0] for m in mentions)):
        paradigm = ""  # the World Health Organization, where not all is in capitals
    if paradigm in ("he", "she") and (pair := _with_another(doc, cast, tokens, end)):
        return pair
    alone = len(tokens) == 1 or not doc.gap(tokens[0], tokens[1]).isspace() or doc.words[tokens[1]].lower() in ENDS_HEAD
    if paradigm and (alone or first.lower() not in _BEFORE_NOUNS):
        plural = paradigm == "they"
        return [Reference("pronoun", start, end, paradigm=paradigm, plural=plural)]
    groups = coordination.coordinated(doc, mentions, tokens)
    if groups:
        return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in groups]
    if several := coordination.several(doc, mentions, tokens):
        return several
    single = noun_phrases.read(doc, mentions, tokens, start, end)
    if single.type == "name" and single.name is not None and single.name.first > tokens[0]:
        # "the mayor, Ana Sousa, and the police chief, Jo Bell"
        begins = single.name.first
        named = coordination.coordinated(
            doc, [m for m in mentions if m.first >= begins], [k for k in tokens if k >= begins]
        )
        if named and all(is_person(m) for m in named):
            return [Reference("name", m.whole, m.end, name=m, gender=m.gender) for m in named]
    return [single]


def _with_another(doc: Document, cast: Cast, tokens: list[int], end: int) -> list[Reference]:
    """A pronoun and who is named beside it: "He and the mayor", "She and her husband, Jo Bell"; none where it is alone."""
    if len(tokens) < 3 or doc.low[tokens[1]] != "and" or not doc.gap(tokens[0], tokens[1]).isspace():
        return []
    others = parse(doc, cast, (doc.starts[tokens[2]], end))
    if not others or others[0].type == "pronoun":
        return []
    first = tokens[0]
    return [Reference("pronoun", doc.starts[first], doc.ends[first], paradigm=lex.PRONOUNS[doc.low[first]]), *others]
