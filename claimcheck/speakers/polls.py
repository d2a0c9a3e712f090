"""Polls by name: "a new poll" in the headline is the Tarn University poll further down."""

from __future__ import annotations

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import SPACES, Document

_KINDS = lex.words("""opinion tracking national statewide exit online telephone phone daily weekly monthly state public swing-state
    preference approval post-debate""")
"""What stands between a pollster and the word "poll"."""
_LINKS = frozenset(["and", "of", "the", "for", "&"])
_LONGEST = 10
"""Tokens of a poll's name, at most."""
_MOST = 20
"""Polls of an article that are looked at."""


def named(doc: Document) -> list[Span]:
    """Where polls are called by who took them, the word "poll" included, in the order of the text."""
    found: list[Span] = []
    for k, word in enumerate(doc.words):
        if word not in lex.POLLS or len(found) == _MOST:
            continue
        first = k
        j = k - 1
        while j >= 0 and k - j < _LONGEST and doc.gap(j, j + 1) in SPACES and not doc.possessive[j]:
            low = doc.words[j].lower()
            if doc.words[j][0].isupper() and low not in lex.FUNCTION and low not in lex.NATIONALITIES:
                first = j
            elif low not in _KINDS and not (low in _LINKS and first < k):
                break
            j -= 1
        opens = doc.sentence_span(doc.starts[first])[0] == doc.starts[first]
        if first < k and not (opens and k - first < 2):
            found.append((doc.starts[first], doc.ends[k]))
    return found


def is_named(doc: Document, phrase: Span) -> bool:
    """Whether a poll's phrase has a name in it already."""
    start = doc.sentence_span(phrase[0])[0]
    return any(doc.words[k][0].isupper() for k in doc.tokens_in(*phrase) if doc.starts[k] > start)
