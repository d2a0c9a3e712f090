"""What stands beside a reference and settles whom it means: the noun phrase before "who", the name before a comma."""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import mentions, nouns
from claimcheck.speakers.boundaries import clause_end
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.clues import log_odds
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.references import Reference

_REACH = 80
"""Code points before a relative pronoun in which its antecedent's name stands."""
_LONGEST_PHRASE = 10
"""Tokens of a noun phrase before a relative pronoun."""
_OCCURRENCES = 100
"""Places of a noun that are looked at for its owner's name."""
_CITING = re.compile(
    r",\s(?:citing|quoting)\s([^,;:()“”\"«»]{2,80}?)(?=,|;|\s(?:that|as saying|to the effect)\b|[.!?]?\s*$)"
)
_QUOTED = re.compile(
    r"\s(?:quoted|quotes|cited)\s([^,;:()“”\"«»]{2,80}?)\sas\s(?:saying|telling|stating)\b"
    r"|,\swhich\s(?:cited|cites|quoted|quotes)\s([^,;:()“”\"«»]{2,80}?)(?=,|;|\sas\ssaying\b|[.!?]?\s*$)"
)
_POLL, _LATELY = 6, 80
"""Tokens from an article to the word "poll"; from there to a share of those who were asked."""
_LONGEST_SENTENCE = 600
"""Code points of a sentence that are searched."""
_LONGEST_TELLING = 60
"""Code points of what says that a name follows."""
_GAVE_NAME = re.compile(
    r",?\s(?:who\s)?(?:\w+ly\s|only\s)?(?:(?:(?:gave|would\sgive)\sonly|(?:asked|agreed)\sto\sbe\s(?:identified|named|quoted)\s(?:only\s)?by)"
    r"\s(?:his|her|their)\sfirst\sname(?:\sonly)?,|(?:gave|would\sgive)\s(?:his|her|their)\s(?:first\s)?name\s(?:only\s|simply\s)?as"
    r"|(?:was\s)?(?:later\s|only\s)?identified\s(?:only\s)?as|identified\s(?:himself|herself|themselves)\s(?:only\s)?as"
    r"|asked\sto\sbe\s(?:called|identified)(?:\sonly)?(?:\sas)?|(?:was\s)?(?:later\s)?named\s(?:only\s)?as)\s"
)
_WHOSE = re.compile(r",\s+whose\s+[^,;:.]{2,40},?\s+$")
_OPENS = frozenset(["in", "at", "on", "since", "under", "during", "before", "after"])
"""Prepositions of a phrase that a comma ends: "In Ottawa, the minister"."""
_POSSESSIVES = frozenset(["my", "his", "her", "their", "our", "those"])


def name_before_relative(doc: Document, cast: Cast, start: int) -> NameMention | None:
    """The name that a relative pronoun at ``start`` follows: "Ana Sousa of the Harbour Institute, who" -> Ana Sousa."""
    near = [m for m in cast.within(max(0, start - _REACH), start) if m.entity is not None]
    if not near or doc.text[near[-1].end : start].strip(" ,"):
        return None
    paragraph = doc.paragraph_of(start)
    for m in reversed(near[-2:]):
        if m.entity is not None and m.entity.is_person and doc.paragraph_of(m.start) == paragraph:
            return m
    return near[-1]


def of_whom(doc: Document, cast: Cast, source: Span) -> Span | None:
    """The name that ends a source and speaks for its head: "the Harbour Union, whose president, Ana Sousa" -> Ana Sousa."""
    named = cast.within(*source)
    if len(named) < 2 or doc.text[named[-1].end : source[1]].strip(" ,"):
        return None
    m = named[-1]
    if not _WHOSE.search(doc.text, source[0], m.whole):
        return None
    k = m.first - len(m.title) - 1
    apposed = doc.gap(k, k + 1) == ", " and m.entity is not None and m.entity.is_person
    # "Ana Sousa, whose shop is in Tarn" speaks herself.
    return (m.whole, m.end) if m.title or apposed or nouns.is_role(doc.low[k]) else None


def phrase_before_relative(doc: Document, start: int) -> Span | None:
    """The noun phrase that a relative pronoun at ``start`` follows, from its determiner on."""
    last = doc.token_at(start) - 1
    for j in range(last, max(-1, last - _LONGEST_PHRASE), -1):
        low = doc.words[j].lower()
        if j < last and any(c in doc.gap(j, j + 1) for c in ",.;:"):
            return None
        if low in lex.ARTICLES or low in lex.INDEFINITE or low in _POSSESSIVES:
            return doc.starts[j], doc.ends[last]
    return None


def apposed_to(doc: Document, cast: Cast, ref: Reference) -> Entity | None:
    """The entity whose name a noun phrase follows after a comma: "Ana Sousa, the former governor"."""
    before = doc.text[max(0, ref.start - 3) : ref.start]
    if not before.rstrip().endswith(",") or ref.plural or ref.determiner not in ("definite", "indefinite"):
        return None
    after = doc.token_at(ref.end)
    if after < len(doc.words) and doc.text[ref.end : doc.starts[after]] == " " and doc.words[after] in lex.SAID:
        return None  # "It rained in Tarn, the forecaster said"
    comma = ref.start - len(before) + len(before.rstrip()) - 1
    for m in cast.within(max(0, comma - 2), comma):
        if m.end == comma and m.entity is not None and m.entity.is_person == (ref.kind == "person"):
            first = m.first - len(m.title)
            opening = first > 0 and doc.words[first - 1].lower() in _OPENS and doc.gap(first - 1, first) == " "
            return None if opening else m.entity
    return None


def name_after(doc: Document, cast: Cast, ref: Reference) -> Entity | None:
    """The entity named right after a noun phrase: "One of them, Ana Sousa, said", "a nurse who gave her name as Ana"."""
    end = ref.end
    if ref.plural:
        return None
    told = _GAVE_NAME.match(doc.text, end, end + _LONGEST_TELLING) or _GAVE_NAME.search(doc.text, ref.start, end)
    if told is not None:
        for m in cast.within(told.end(), told.end() + 1):
            if m.whole == told.end():
                entity = m.entity or cast.adopt(m)
                if ref.kind == "person" and not entity.is_person:
                    entity.clues["person_apposition"] += 1
                    entity.person = max(1.0, log_odds(entity.clues, len(entity.words)))
                entity.clues["told"] += 1
                return entity
    if not doc.text.startswith(", ", end):
        return None
    for m in cast.within(end + 2, end + 3):
        fits = m.entity is not None and m.entity.is_person == (ref.kind == "person")
        if fits and m.whole == end + 2 and doc.text[m.end : m.end + 1] in (",", ";", ".", ")", " –", " —"):
            following = doc.text[m.end + 1 : m.end + 12].split()
            if not following or (following[0] != "and" and not following[0][0].isupper()):
                return m.entity
    return None


def cited(doc: Document, source: Span) -> tuple[Span | None, Span | None]:
    """Who hands on what another says, around one of the two: "Harbour radio reports, citing the police, that".

    Args:
        source: the one of them that is known.

    Returns:
        The spans of the outer source, if ``source`` is the inner, and of the inner one, if ``source`` is the outer.
    """
    start, end = doc.sentence_span(source[0])
    if (quoted := _QUOTED.match(doc.text, source[1], end)) is not None:
        return None, quoted.span(1 if quoted.group(1) else 2)
    found = _CITING.search(doc.text, start, min(end, start + _LONGEST_SENTENCE))
    if found is None:
        return None, None
    inner = found.span(1)
    if source[1] <= found.start() + 1:
        return None, inner
    if not inner[0] <= source[0] < inner[1]:
        return None, None
    tokens = doc.tokens_in(start, found.start())
    verb = next((i for i in tokens if doc.low[i] in lex.SPEECH), None)
    subject = tokens[0] if tokens else None
    if subject is None or verb == subject:
        return None, None
    last = verb - 1 if verb is not None else tokens[-1]
    return (doc.starts[subject], doc.ends[last]), None


def owned_phrase(doc: Document, places: list[int], owner: Entity) -> Span | None:
    """Where the article calls something by its owner's name: "Sanders' campaign" for "his campaign".

    Args:
        places: tokens at which the noun that heads the phrase stands.
    """
    for k in places[:_OCCURRENCES]:
        for j in (k - 1, k - 2):
            if j >= 0 and doc.words[j].lower() == owner.words[-1] and doc.ends[k] - doc.starts[j] < _REACH:
                while j > 0 and doc.words[j - 1].lower() in owner.words and doc.gap(j - 1, j) == " ":
                    j -= 1
                return doc.starts[j], doc.ends[k]
    return None


def poll_inside(doc: Document, source: Span) -> Span | None:
    """The poll that a source speaks of: "half of the voters in a Merton poll" -> "a Merton poll"."""
    for k in doc.tokens_in(*source):
        if doc.low[k] in lex.POLLS and (j := _article(doc, k, source[0])) >= 0:
            return doc.starts[j], source[1]
    return None


def poll_before(doc: Document, position: int) -> Span | None:
    """The poll that was spoken of last, not long before a position and outside quotation marks."""
    last = doc.token_at(position) - 1
    for k in range(last, max(-1, last - _LATELY), -1):
        if doc.low[k] not in lex.POLLS or doc.quotation_at(doc.starts[k]) >= 0:
            continue
        start, end = doc.sentence_span(doc.starts[k])
        if (j := _article(doc, k, start)) >= 0:
            return doc.starts[j], clause_end(doc, doc.ends[k], min(position, end))
    return None


def _article(doc: Document, noun: int, start: int) -> int:
    """The token of the article shortly before a noun and not before a position; -1 for none."""
    near = range(noun - 1, max(-1, noun - _POLL), -1)
    return next((j for j in near if doc.starts[j] >= start and doc.low[j] in lex.ARTICLES), -1)


def possessor(doc: Document, cast: Cast, ref: Reference) -> Reference | None:
    """The noun phrase without a name that possesses a nominal's head."""
    for k in doc.tokens_in(ref.start, ref.phrase[1]):
        if nouns.canonical(doc.words[k]) == ref.head:
            return None
        if doc.possessive[k]:
            refs = mentions.parse(doc, cast, (ref.start, doc.ends[k]))
            return (
                refs[0]
                if len(refs) == 1 and refs[0].type == "nominal" and refs[0].name is None and refs[0].kind == "person"
                else None
            )
    return None
