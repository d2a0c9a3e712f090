"""Sources the network did not see: the noun phrase, name or pronoun beside a cue or a verb of speech."""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document

_SKIPPED = frozenset(
    [
        "also",
        "has",
        "had",
        "have",
        "is",
        "was",
        "would",
        "will",
        "did",
        "does",
        "do",
        "later",
        "then",
        "again",
        "still",
        "once",
        "both",
        "all",
        "now",
        "never",
        "always",
        "often",
        "not",
        "long",
        "already",
        "even",
        "who",
    ]
)
"""Words between a subject and its verb."""
_SUBJECTS = frozenset(["he", "she", "they", "it", "i", "we"])
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "this",
        "some",
        "many",
        "several",
        "most",
        "other",
        "one",
        "two",
        "three",
        "no",
    ]
)
_PASSIVE = re.compile(r"(?:(?:has|have|had)\s+been|was|were|is|are|been|being)\s+\w+ed\b(?!.*\bby\b)", re.IGNORECASE)
_PREDICATE = re.compile(r"\b(?:is|was|remains|became)\s+(?:\w+ly\s+|also\s+|now\s+|both\s+)?an?\s")
_AFTER = re.compile(r"(?:according|by|from|in the words|citing|quoting|as per)\b", re.IGNORECASE)
_IN_PHRASES = frozenset(["of", "for", "first", "second", "former", "new", "old", "long", "own"])
"""Function words that a noun phrase goes on over: "the second line", "the head of the board"."""
_LONGEST_APPOSITION = 160
_REACH = 6
"""Tokens a noun phrase is followed for, to its determiner or its end."""


def cue(doc: Document, cast: Cast, span: Span, contents: list[Span]) -> Span | None:
    """The source beside a cue (a span of code points): its subject, or what stands after it; ``None`` if unclear."""
    text = doc.text
    words = text[span[0] : span[1]]
    if _PASSIVE.match(words):
        return None
    tokens = doc.tokens_in(*span)
    if not tokens:
        return None
    first, last = tokens[0], tokens[-1]
    said_before = any(end <= span[0] and not any(c.isalnum() for c in text[end : span[0]]) for _, end in contents)
    if _AFTER.match(words):
        return _after(doc, cast, last, contents)
    if said_before:
        return _after(doc, cast, last, contents) or _before(doc, cast, first, contents)
    return _before(doc, cast, first, contents) or _after(doc, cast, last, contents)


def speech(doc: Document, cast: Cast, sentence: Span) -> Span | None:
    """The source beside the first verb of speech of a sentence outside quotation marks, or after "according to"."""
    for k in list(doc.tokens_in(*sentence))[:200]:
        word = doc.words[k]
        if doc.quotation_at(doc.starts[k]) >= 0:
            continue
        if word.lower() == "according" and k + 1 < len(doc.words) and doc.words[k + 1] == "to":
            return _after(doc, cast, k + 1, [])
        if word not in lex.SAID:
            continue
        said_before = (
            doc.before(k) in ("”", '"', "»", ",", "’", "'") and doc.quotation_at(max(0, doc.starts[k] - 3)) >= 0
        )
        ways = (_after(doc, cast, k, []), _before(doc, cast, k, []))
        for found in ways if said_before else reversed(ways):
            if found is not None and sentence[0] <= found[0] and found[1] <= sentence[1] and _can_speak(doc, found):
                return _of_predicate(doc, cast, sentence, found, k) or found
    return None


def _of_predicate(doc: Document, cast: Cast, sentence: Span, found: Span, verb: int) -> Span | None:
    """Who a relative clause tells something of: "Ana Sousa is a critic who has pledged" -> Ana Sousa."""
    if not any(doc.words[k].lower() == "who" for k in doc.tokens_in(found[1], doc.starts[verb])):
        return None
    named = next((m for m in cast.within(*sentence) if m.entity is not None and doc.quotation_at(m.start) < 0), None)
    if named is None or named.end >= found[0] or not _PREDICATE.search(doc.text, named.end, found[0]):
        return None
    return named.whole, named.end


def _can_speak(doc: Document, span: Span) -> bool:
    """Whether a span ends with a name, a pronoun or a noun that is known to call somebody or something that speaks."""
    last = doc.words[doc.tokens_in(*span)[-1]]
    return last[0].isupper() or last.lower() in _SUBJECTS or nouns.is_known(last.lower()) or nouns.is_role(last.lower())


def _inside(position: int, contents: list[Span]) -> bool:
    return any(a <= position < b for a, b in contents)


def _before(doc: Document, cast: Cast, first: int, contents: list[Span]) -> Span | None:
    """The noun phrase that ends before token ``first``."""
    k = first - 1
    sentence = doc.sentence_span(doc.starts[first])
    while (
        k >= 0
        and first - k <= 4
        and (doc.words[k].lower() in _SKIPPED or doc.words[k].endswith("ly"))
        and not doc.words[k][0].isupper()
    ):
        k -= 1
    if k < 0 or doc.starts[k] < sentence[0] or _inside(doc.starts[k], contents):
        return None
    gap = doc.gap(k, k + 1)
    if "," in gap or "–" in gap or "—" in gap:
        return _before_apposition(doc, cast, doc.ends[k], sentence)
    if gap.strip() not in ("", "'", "’"):
        return None
    low = doc.words[k].lower()
    if low in _SUBJECTS:
        return doc.starts[k], doc.ends[k]
    for m in reversed(cast.within(doc.starts[k], doc.ends[k])):
        if m.last == k and (m.entity is not None or not m.weak):
            return m.whole, m.end
    if low in lex.FUNCTION or not doc.words[k].islower():
        return None
    for j in range(k - 1, max(-1, k - _REACH), -1):
        if doc.starts[j] < sentence[0] or doc.gap(j, j + 1).strip() not in ("", "'", "’", "'s"):
            return (doc.starts[j + 1], doc.ends[k]) if k - j <= 2 else None
        if doc.words[j].lower() in _DETERMINERS or doc.possessive[j]:
            return doc.starts[j], doc.ends[k]
        if doc.low[j] in lex.FUNCTION and doc.low[j] not in lex.PREPOSITIONS:
            return doc.starts[j + 1], doc.ends[k]
    return None


def _before_apposition(doc: Document, cast: Cast, end: int, sentence: Span) -> Span | None:
    """The name whose apposition ends before a comma: "Ana Sousa, a nurse, said"."""
    start = max(sentence[0], end - _LONGEST_APPOSITION)
    for m in reversed(cast.within(start, end)):
        after = doc.text[m.end : m.end + 1]
        if m.end < end and after == "," and m.entity is not None and doc.quotation_at(m.start) < 0:
            return m.whole, m.end
    return None


def _after(doc: Document, cast: Cast, last: int, contents: list[Span]) -> Span | None:
    """The noun phrase that begins after token ``last``."""
    k = last + 1
    if k >= len(doc.words) or doc.gap(last, k).strip() or _inside(doc.starts[k], contents):
        return None
    low = doc.words[k].lower()
    if low in ("he", "she", "they", "i", "we"):
        return doc.starts[k], doc.ends[k]
    for m in cast.within(doc.starts[k], doc.ends[k]):
        if m.whole == doc.starts[k] and (m.entity is not None or not m.weak):
            return m.whole, m.end
    if low not in _DETERMINERS and not (low.islower() and low not in lex.FUNCTION and doc.words[last] in lex.SPEECH):
        return None
    end = k
    while end + 1 < len(doc.words) and end - k < _REACH and doc.gap(end, end + 1) in (" ", "\u00a0"):
        low = doc.low[end + 1]
        if (low in lex.FUNCTION and low not in _IN_PHRASES) or _inside(doc.starts[end + 1], contents):
            break
        end += 1
    return (doc.starts[k], doc.ends[end]) if end > k or doc.low[k] not in lex.DETERMINERS else None
