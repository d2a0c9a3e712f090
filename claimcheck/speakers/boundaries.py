"""How far a title and a clause reach: where an apposition or relative clause ends, what is cut off the end of a title."""

from __future__ import annotations

import re

from claimcheck.paragraphs import Span
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import Document

_WORK = re.compile(r"[\"“][A-Z][^\"“”\n]{1,80}[\"”]")
_BEFORE_WORK = re.compile(
    r"\b(?:of|books?|novels?|memoir|film|play|podcast|show|series|documentary|biography|called|titled|entitled|newsletter|blog) $"
)
"""What stands before the title of a work: "author of ", "host of the podcast "."""
_PLACE = re.compile(r"\s+(?:(?:in|on|near|from|at|with)\s|there\b|here\b)")
"""A phrase right after the head that says where: cut off, unless it names a body or a field of work."""
_FIELD = re.compile(
    r"\s+(?:in\s+[a-z]|on\s+[a-z]|at\s.*(?:[Uu]niversit|[Cc]ollege|[Ii]nstitut|[Ss]chool|[Hh]ospital|[Bb]ank|insurer|[Cc]ent(?:er|re)\b))"
)
_SCHOLAR = re.compile(
    r"(?:[a-z]ist|[a-z]ician|analyst|student|researcher|scholar|professor|lecturer|driver|superintendent)$"
)
"""Where such people work is part of what they are: "economist in Tampere", unlike "shopkeeper in Tampere"."""
_RURAL = re.compile(r"(?:farmer|grower|miner|herder|fisherman|rancher)$")
_CIRCUMSTANCE = re.compile(
    r"\s+(?:since|during|until|through|that|who|when|where|whose)\b|\s+for\s+(?:\d|[a-z-]+\s+(?:years|decades|seasons|months)\b|one\b|its\b)"
    r"|\s+to\s+(?=[a-z]+\s)(?!(?:the|a|an|his|her|its|their)\b)"
    r"|\s+(?:called|known|named|hired|charged|representing|travelling|working|living|leading|speaking|specialising|specializing)\b"
)
_ABBREVIATED = re.compile(
    r"\b(?:St|Mt|Ft|Mr|Mrs|Ms|Dr|Rev|Sgt|Lt|Capt|Col|Gen|Gov|Sen|Rep|Prof|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.\s[A-Z\d]$"
)
"""A word whose full stop ends no clause: "who worked at St. Orla's"."""


def clause_end(doc: Document, start: int, limit: int) -> int:
    """Where an apposition or relative clause ends: before the next comma, bracket, dash, mark or end of sentence."""
    i, text = start, doc.text
    while i < limit:
        c = text[i]
        if c in '"“' and (work := _WORK.match(text, i, limit)) and _BEFORE_WORK.search(text, start, i):
            i = work.end()
            if text[i - 2] in ",.":
                return i
            continue
        if c in ',;:()[]"“”«»\n?!–—' and not (c == "," and text[i + 1 : i + 2].isdigit()):
            break
        if c == "." and (i + 1 >= limit or text[i + 1].isspace() or text[i + 1] in '"”’»'):
            initial = i >= 2 and text[i - 1].isupper() and not text[i - 2].isalnum()
            if i + 1 >= limit or not (initial or _ABBREVIATED.search(text, max(start, i - 5), i + 3)):
                break
        i += 1
    while i > start and (text[i - 1].isspace() or text[i - 1] in ".,"):
        i -= 1
    return max(i, min(start + 1, limit))


def trimmed(doc: Document, span: Span) -> Span:
    """A title without what is said of place, time and circumstances: "nurse in Leeds" -> "nurse"."""
    start, end = span
    if doc.text.startswith("own ", start):
        start += 4
    if found := _CIRCUMSTANCE.search(doc.text, start, end):
        end = found.start()
    preposition = next(
        (j for j in doc.tokens_in(start, end) if doc.words[j] in lex.PREPOSITIONS or doc.words[j] in ("there", "here")),
        -1,
    )
    if preposition > 0 and doc.ends[preposition - 1] > start:
        at = doc.ends[preposition - 1]
        scholar = _SCHOLAR.search(doc.words[preposition - 1]) and doc.words[preposition] in ("in", "at", "from")
        scholar = scholar or (
            doc.words[preposition] == "at"
            and not _RURAL.search(doc.words[preposition - 1])
            and doc.text[at + 4 : at + 5].isupper()
        )
        if not scholar and _PLACE.match(doc.text, at, end + 1) and not _FIELD.match(doc.text, at, end):
            end = at
    while end > start and not doc.text[end - 1].isalnum() and doc.text[end - 1] not in '."”':
        end -= 1
    return start, end
