"""Who wrote the letters, statements and reports that an article speaks of, so that "the letter says" has a speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity

_CONTRACTS = frozenset(["contract", "lease", "deed", "agreement", "deal", "treaty", "accord", "pact"])
_MADE = lex.words(
    """send sends sent release releases released issue issues issued publish publishes published post posts posted write
    writes wrote file files filed pen penned circulate circulated sign signed share shared mailed emailed authored
    submit submitted draft drafted launch launched air aired produce produced commission commissioned conduct
    conducted put deliver delivered"""
)
"""Verbs that make or send a document."""
_ASIDE = lex.words(
    "have has had also then later recently jointly already just first both together again and who which that"
)
_OPENS = lex.words("on in at after before during last this earlier late following since by for")
"""Words with which a sentence begins before its subject."""
_FROM = re.compile(
    r",?\s(?:(?:that\s|which\s)?(?:was|were|is|has been|had been)\s)?"
    r"(?:\w+ly\s)?(?:(?:sent|signed|written|issued|released|published|put out|posted|penned|filed|authored|drawn up"
    r"|prepared|produced|commissioned|obtained)\s)?(?:on\s\w+\s)?(?:from|by)\s(?=[\w“\"])",
    re.IGNORECASE,
)
_OF = re.compile(r"\sof\s(?=\w)")
_SPOKEN = frozenset(["statement", "remark", "remarks"])
"""What is its speaker's own words, "of" somebody as well as "by" them."""
_SENT = _SPOKEN | lex.words("tweet post posting message email e-mail comment release announcement answer reply")
"""What is sent in order to be read at once."""
_AFTER_SENDER = re.compile(
    r"[,;(–—]|\s(?:that|which|who|whom|obtained|seen|sent|posted|published|released|dated|addressed|to|about|on)\b"
)
"""What follows the sender of a message."""
_NOT_BEFORE = lex.words("of about on to from by at against after for over than like despite under")
"""Prepositions before a document that somebody speaks of, but did not write."""
_BEFORE_NOUN = 4
"""Tokens between a determiner and the noun it belongs to, at most."""
_BESIDE = 8
"""Tokens after a cue in which a document stands through which somebody speaks."""
_ZONE = 24
"""Tokens of a subject, at most."""
_DETERMINERS = lex.words("a an the this its his her their our my another")
_LETTERS = lex.MESSAGES | lex.words(
    "letter email e-mail memo message note petition lawsuit complaint suit filing testimony press"
)


class Writings:
    """The authors of documents, by the noun that calls the document; the last one counts."""

    def __init__(self) -> None:
        self._authors: dict[str, tuple[list[Entity], str]] = {}

    def note(self, head: str, authors: Sequence[Entity], relation: str) -> None:
        """Remember who wrote a document; ``relation`` tells how it is known: "said", "made" or "by"."""
        people = [e for e in authors if not e.document]
        if people:
            self._authors[head] = people, relation

    def of(self, head: str) -> tuple[list[Entity], str] | None:
        """Who wrote a document, and how that is known."""
        return self._authors.get(head)


def sort(head: str) -> str:
    """What a document's noun calls: a "letter" speaks for its author, a "poll" or a "report" rather for itself."""
    return "poll" if head in lex.POLLS else "letter" if head in _LETTERS else "report"


def beside(doc: Document, cue: Span, contents: Sequence[Span]) -> list[str]:
    """The documents through which somebody speaks, by canonical noun: "said in a statement", "sent a letter saying"."""
    first, last = doc.token_at(cue[0]), doc.token_at(max(cue[0], cue[1] - 1))
    near = range(first, min(last + _BESIDE, len(doc.words)))
    if not any(doc.words[k] in nouns.DOCUMENTS for k in near):
        return []
    end = doc.sentence_span(cue[0])[1]
    found = []
    for k in near:
        position = doc.starts[k]
        if position >= end or any(a <= position < b for a, b in contents):
            break
        if k > first and any(c in ",;:." for c in doc.gap(k - 1, k)) and k > last:
            break
        low = nouns.canonical(doc.words[k])
        if low in nouns.DOCUMENTS and (j := _determiner(doc, k)) >= 0:
            previous = doc.words[j - 1].lower() if j else ""
            if previous not in _NOT_BEFORE:
                found.append(low)
    return found


def opening(doc: Document, source: int) -> str | None:
    """The document with which the sentence of a source begins: "In a letter to the board, Ana Sousa said" -> "letter".

    Args:
        source: where the source begins.
    """
    first = doc.token_at(doc.sentence_span(source)[0])
    if doc.low[first] != "in" or doc.starts[first] >= source:
        return None
    for k in range(first + 2, min(first + 3 + _BEFORE_NOUN, len(doc.words))):
        if doc.starts[k] >= source or doc.gap(k - 1, k) != " ":
            return None
        if doc.words[k] in nouns.DOCUMENTS and _determiner(doc, k) == first + 1:
            return None if by_whom(doc, doc.ends[k]) else nouns.canonical(doc.words[k])
    return None


def _determiner(doc: Document, noun: int) -> int:
    """The token of the determiner before a noun; -1 for none near."""
    for j in range(noun - 1, max(-1, noun - 1 - _BEFORE_NOUN), -1):
        if doc.gap(j, j + 1) != " ":
            return -1
        if doc.words[j].lower() in _DETERMINERS:
            return j
    return -1


def by_whom(doc: Document, end: int) -> Span | None:
    """What follows "from" or "by" right after a document's noun that ends at ``end``, to the end of the sentence."""
    sentence = doc.sentence_span(max(0, end - 1))
    found = _FROM.match(doc.text, end, sentence[1])
    return (found.end(), sentence[1]) if found and found.end() < sentence[1] else None


def sender(doc: Document, head: str, source: Span) -> Span | None:
    """Whose a statement or message is that is a source: "a statement from the Harbour Council" -> "the Harbour Council".

    Letters, memos and files are found and quoted long after, and are sources themselves.

    Args:
        head: the document's noun, canonical. source: with what follows it.
    """
    if head not in _SENT:
        return None
    for k in doc.tokens_in(*source):
        if nouns.canonical(doc.words[k]) == head:
            sent = _FROM.match(doc.text, doc.ends[k], source[1])
            if sent is None and head in _SPOKEN:
                sent = _OF.match(doc.text, doc.ends[k], source[1])
            if sent is None:
                return None
            after = _AFTER_SENDER.search(doc.text, sent.end(), source[1])
            end = after.start() if after else source[1]
            return (sent.end(), end) if any(w[0].isalpha() for w in doc.text[sent.end() : end].split()) else None
    return None


def maker(doc: Document, noun: int) -> Span | None:
    """The subject of the verb before a document: "The parents of both victims filed a lawsuit" -> its first words."""
    j = _determiner(doc, noun)
    if j < 1 or doc.words[j - 1].lower() not in _MADE or doc.gap(j - 1, j) != " ":
        return None
    if doc.low[j - 1] == "signed" and doc.low[noun] in _CONTRACTS:
        return None  # whoever signs a lease has not written it
    start = doc.sentence_span(doc.starts[noun])[0]
    last = j - 2
    while last >= 0 and doc.starts[last] >= start and doc.words[last].lower() in _ASIDE:
        last -= 1
    tokens = list(doc.tokens_in(start, doc.ends[last])) if last >= 0 and doc.starts[last] >= start else []
    if tokens and doc.words[tokens[0]].lower() in _OPENS:
        commas = [k for k in tokens[:-1] if "," in doc.gap(k, k + 1)]
        tokens = [k for k in tokens if k > commas[0]] if commas else []
    if not tokens or len(tokens) > _ZONE or doc.quotation_at(doc.starts[tokens[0]]) >= 0:
        return None
    return doc.starts[tokens[0]], doc.ends[tokens[-1]]
