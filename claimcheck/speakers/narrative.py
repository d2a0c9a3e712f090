"""The writer's own sentences: whom pronouns and nominals in them keep in mind, although they say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import mentions, nouns
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.references import Reference

_PRONOUNS = frozenset(["he", "she", "his", "her", "him"])
_DETERMINERS = frozenset(["the", "a", "an", "my", "our", "his", "her", "this"])
_TRADES = ("foreman", "woman", "smith", "keeper", "restaurateur")
_LONGEST_NOUN = 20


def references(doc: Document, cast: Cast, sources: Iterable[Span]) -> list[Reference]:
    """Personal pronouns and determined nominals outside quotation marks and sources, in the order of the text.

    One of each kind a sentence is enough. Nominals are people's roles ("the former president", "my father") and
    documents ("a letter").
    """
    taken = {k for s in sources for k in doc.tokens_in(*s)}
    seen: set[tuple[int, str]] = set()
    found = []
    for k, (word, low) in enumerate(zip(doc.words, doc.low, strict=True)):
        paradigm = lex.PRONOUNS[low] if low in _PRONOUNS else ""
        if not paradigm and word not in nouns.PEOPLE and word not in nouns.DOCUMENTS and not word.endswith(_TRADES):
            continue
        if k in taken or len(word) > _LONGEST_NOUN:
            continue
        role = "" if paradigm else nouns.canonical(word)
        start = doc.starts[k]
        mark = (doc.sentence_of(start), paradigm or role)
        if mark in seen or doc.quotation_at(start) >= 0:
            continue
        if paradigm:
            found.append(Reference("pronoun", start, doc.ends[k], paradigm=paradigm))
        elif (nominal := _nominal(doc, cast, k, role)) is not None:
            found.append(nominal)
        else:
            continue
        seen.add(mark)
    return sorted(found, key=lambda r: r.start)


def _nominal(doc: Document, cast: Cast, k: int, role: str) -> Reference | None:
    """The nominal whose head is the role word at token ``k``, with its determiner at most three words before."""
    if k + 1 < len(doc.words) and doc.gap(k, k + 1) == " " and doc.words[k + 1][0].isupper():
        return None  # a title
    for j in range(k - 1, max(-1, k - 4), -1):
        if doc.gap(j, j + 1) != " ":
            return None
        low = doc.words[j].lower()
        if low in _DETERMINERS:
            refs = mentions.parse(doc, cast, (doc.starts[j], doc.ends[k]))
            if refs and refs[0].type == "nominal" and not refs[0].plural and refs[0].head == role:
                return refs[0]
            return None
        if low in lex.FUNCTION:
            return None
    return None
