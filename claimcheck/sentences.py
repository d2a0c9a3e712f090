"""Sentences of an article: where each starts and ends.

The work is done by `sentencex` (Wikimedia, MIT), which knows abbreviations, initials and numbers. It keeps a quotation
or a bracket in one piece, however many sentences it holds, and takes every question mark for an end. This room shows
it the text without marks and brackets, one blank for each, and mends what comes back: whose sentence a mark belongs
to, and which ends are none (`"Why?" he asked`). The comparison that chose it is in `docs/sentences.md`.
"""

import re
from collections import deque
from functools import lru_cache
from itertools import pairwise

import sentencex

from claimcheck import quotations
from claimcheck.paragraphs import Span, paragraphs
from claimcheck.quotations import Mark, find_marks

__all__ = ["MAX_SENTENCE", "Span", "quotation_spans", "split"]

MAX_SENTENCE = 4000
"""Longest sentence, in code points; a longer one is broken where its grammar allows it best."""

_PIECE = 8192
"""Code points handed to sentencex at a time: its cost grows with the square of the sentences in a paragraph."""

_PUNCTUATION = re.compile(r"[^\w\s,'’-]")
"""Anything without which a paragraph is one sentence, as most headlines and bylines are."""

_ASIDE = 80
"""Longest quotation, in code points, that is kept in one piece inside the sentence that goes on after it."""

_MID_SENTENCE = frozenset(",;:—–-()")

_PLAIN = {ord(char): " " for char in '"“”„‟«»‹›〝〞＂()[]{}\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029'}
_PLAIN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # lone surrogates, which have no UTF-8 for sentencex to read
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|citation needed)\]")
_ALIKE = re.compile(r"''|``|‘‘|’’")

_NOT_LAST = re.compile(
    # Abbreviations that stand before a name or a number, which sentencex takes for the end of a sentence.
    r"(?:^|[\s(“\"'‘«—–-])(?:Adm|Ald|Asst|Assoc|Attys?|Brig|Capt|Cllr|Cmdr|Cols?|Cpl|Cpt|Dets?|Dist|Drs?|Fr|Ft|Gens?"
    r"|Govs?|Hon|Insp|Lt|Maj|Messrs|Mlle|Mmes?|Mr|Mrs|Ms|Mt|Mx|Nos|Ofc|Pfc|Pres|Profs?|Pvt|Reps?|Revs?|Rt|Sens?|Sgts?"
    r"|Spc|Supt|Treas|approx|ca|cf|vs?|viz)\.$"
)
_INITIALS = re.compile(
    r"(?<!\ba )(?<!\ban )(?<!\bhis )(?<!\bher )(?<![\w.])(?!U\.[SKN]\.|E\.U\.|D\.C\.|[AP]\.M\.)(?:[A-Z]\.){2,3}$"
)
"""Initials before a surname: sentencex takes those of a degree ("B.S.", "M.A.") for the end of a sentence."""
_SURNAME = re.compile(
    r"(?!(?:He|She|They|We|It|I|The|A|An|This|That|These|Those|His|Her|Their|Its|But|And|Then|When|As|If|In|On|At|By|For|So|No|Not|Now|After|Before)\b)[A-Z][a-z]+"
)
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_ZONE = re.compile(
    # What goes on after a time of day: its zone, or the day, as American papers have it.
    r"(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|Eastern|Central|Pacific|Mountain|local"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.|(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\s\d)(?!\w)"
)
_BARE_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]$")
_REPORTING = re.compile(
    # "Why?" Smith asked: a name and a verb of saying after the quotation belong to it. A capital pronoun or article
    # would start a sentence, as it would be in lower case here.
    r"(?!(?:He|She|They|We|It|The|A|An|This|That|These|Those|But|And|Then|When|As|In|On|At|So)\s)"
    r"(?:[A-Z][\w.'’-]*\s+){1,4}"
    r"(?:said|says|asked|asks|cried|shouted|exclaimed|yelled|wrote|tweeted|replied|told|added|wondered|demanded"
    r"|inquired|continued|recalled|joked|screamed|called)\b"
)
_WORD_LIKE_ABBREVIATION = re.compile(
    # sentencex reads these words as abbreviations ("no. 10", "Me. senator") in lower case too and waits for more.
    r"\b(?:me|no|may|ill|art|miss|con|ore|id|ref|fed|med)\.(?=\s+[A-Z])"
)
_ELISION = re.compile(r"(?<!\S)['’‘](?=\w)")
_CLAUSE_END = re.compile(r"[.!?…;:][\"”»’')\]]*\s|[,–—]\s")


@lru_cache(maxsize=1)  # several rooms ask for those of one article, one after another
def quotation_spans(text: str) -> tuple[Span, ...]:
    """As :func:`claimcheck.quotations.quotation_spans`, found once."""
    return tuple(quotations.quotation_spans(text))


def split(text: str) -> list[Span]:
    """Spans of the sentences of `text` as half-open ranges of code points, in order and without overlap.

    No span starts or ends with whitespace, none is empty, and every character that is not whitespace is in one. A
    paragraph ends its last sentence. Each sentence of a quotation is a sentence, and has the marks that open or close
    the quotation with it. A sentence of more than `MAX_SENTENCE` code points is broken at the end of a clause or at a
    space. Takes time linear in the length of the text and never raises, whatever the string.
    """
    return [span for start, end in paragraphs(text) for span in _split_paragraph(text, start, end)]


def _split_paragraph(text: str, start: int, end: int) -> list[Span]:
    paragraph = text[start:end]
    if end - start <= MAX_SENTENCE and not _PUNCTUATION.search(paragraph):
        return [(start, end)]
    marks = find_marks(paragraph)
    plain = _without_marks(paragraph, marks)
    opening = {mark.start for mark in marks if mark.opens}
    opening.update(match.start() for match in _ELISION.finditer(plain))
    plain = _ELISION.sub(" ", plain)
    asides = _asides(paragraph, marks)
    cuts = [0]
    for boundary in _boundaries(plain):
        last = _last_visible(plain, boundary)
        while asides and asides[0][1] < boundary:
            asides.popleft()
        if asides and asides[0][0] < last:
            continue
        if last < cuts[-1] or _goes_on(paragraph, plain, cuts[-1], last, boundary):
            continue
        cut = _cut(paragraph, last + 1, boundary, opening)
        if cut > cuts[-1]:
            cuts.append(cut)
    cuts.append(len(paragraph))
    spans: list[Span] = []
    for first, after in pairwise(cuts):
        piece = paragraph[first:after]
        if not piece.strip():
            continue
        if spans and not any(char.isalnum() for char in piece):
            spans[-1] = (spans[-1][0], first + len(piece.rstrip()))  # stray marks belong to what they follow
        else:
            spans.append((first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())))
    return [(start + a, start + b) for span in spans for a, b in _capped(paragraph, *span)]


def _without_marks(paragraph: str, marks: list[Mark]) -> str:
    """The paragraph as sentencex is to see it: marks, brackets, footnotes and line ends blank, offsets unchanged."""
    plain = _FOOTNOTE.sub(lambda match: " " * len(match.group()), paragraph)
    plain = _ALIKE.sub("  ", plain).translate(_PLAIN)
    pieces, done = [], 0
    for mark in marks:
        if mark.single:
            pieces += [plain[done : mark.start], " " * (mark.end - mark.start)]
            done = mark.end
    return "".join(pieces) + plain[done:]


def _boundaries(plain: str) -> list[int]:
    """Offsets at which sentencex starts a sentence, the first aside, and those it misses."""
    found = {match.end() for match in _WORD_LIKE_ABBREVIATION.finditer(plain)}
    position = 0
    while position < len(plain):
        piece = plain[position : position + _PIECE]
        starts = _sentence_starts(piece)
        found.update(position + start for start in starts[1:])
        if position + len(piece) == len(plain):
            break
        # The last sentence of a piece may go on in the next one, which therefore starts with it.
        position += starts[-1] if len(starts) > 1 else len(piece)
    return sorted(_first_visible(plain, boundary) for boundary in found)


def _sentence_starts(piece: str) -> list[int]:
    """Offsets at which sentencex starts a sentence, the first one included."""
    return [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries("en", piece)]


def _first_visible(plain: str, position: int) -> int:
    while position < len(plain) and plain[position].isspace():
        position += 1
    return position


def _last_visible(plain: str, position: int) -> int:
    position -= 1
    while position >= 0 and plain[position].isspace():
        position -= 1
    return position


def _goes_on(paragraph: str, plain: str, first: int, last: int, boundary: int) -> bool:
    """Whether the sentence that started at `first` does not end at `last` after all, but goes on at `boundary`."""
    gap = paragraph[last + 1 : boundary]
    before = paragraph[max(first, last - 40) : last + 1]
    after = paragraph[boundary : boundary + 120]
    if not after or after[0].islower():
        return True
    if not any(char.isspace() for char in gap):
        return not _run_together(before, gap, after)
    if _NOT_LAST.search(before) or (_CLOCK.search(before) and _ZONE.match(after)):
        return True
    if _INITIALS.search(before) and _SURNAME.match(after):
        return True
    if last - first < 8 and _BARE_NUMBER.fullmatch(plain[first : last + 1].strip()):
        return True
    if gap.startswith((")", "]")) and _bracketed_word(before):
        return True
    return before[-1] in "?!" and not gap[:1].isspace() and _REPORTING.match(after) is not None


def _run_together(before: str, gap: str, after: str) -> bool:
    """Whether two sentences meet without a space ("ended.Then"), unlike the parts of a name or an address."""
    if gap:
        return before[-1] in ".!?…" and after[0].isupper()
    return re.search(r"[a-z]{2}[.!?]+$", before) is not None and re.match(r"[A-Z][a-z]+[\s,]", after) is not None


def _bracketed_word(before: str) -> bool:
    """Whether the text ends in a bracket around a single abbreviated word, such as "(R-Va."."""
    return re.search(r"[(\[]\w[^\s()\[\]]*\.$", before) is not None


def _asides(paragraph: str, marks: list[Mark]) -> deque[Span]:
    """Short outermost quotations that start and end in the middle of a sentence: `He asked: "Why? Now?" and left.`"""
    asides: deque[Span] = deque()
    opened: Mark | None = None
    for mark in marks:
        if mark.level != 0:
            continue
        if mark.opens:
            opened = mark
        elif opened is not None and mark.end - opened.start <= _ASIDE:
            before = paragraph[_last_visible(paragraph, opened.start)] if opened.start else ""
            following = _first_visible(paragraph, mark.end)
            after = paragraph[following : following + 1]
            if (before.isalnum() or before in _MID_SENTENCE) and (after.islower() or after in _MID_SENTENCE):
                asides.append((opened.start, mark.end))
    return asides


def _cut(paragraph: str, start: int, end: int, opening: set[int]) -> int:
    """Where, between the last letter of a sentence and the first of the next, the marks of one end and the other's
    begin: before the opening marks and brackets that no closing one follows."""
    cut = end
    for position in range(end - 1, start - 1, -1):
        char = paragraph[position]
        if position in opening or char in "([{":
            cut = position
        elif not char.isspace() and position - 1 not in opening:
            break
    return cut


def _capped(paragraph: str, start: int, end: int) -> list[Span]:
    """The span, broken into spans of at most `MAX_SENTENCE` where it is longer."""
    spans: list[Span] = []
    while end - start > MAX_SENTENCE:
        window = paragraph[start : start + MAX_SENTENCE]
        ends = [match.end() for match in _CLAUSE_END.finditer(window, MAX_SENTENCE // 2)]
        size = ends[-1] if ends else max(window.rfind(" "), window.rfind("\t"), window.rfind("\n")) + 1
        size = size or MAX_SENTENCE
        spans.append((start, start + len(window[:size].rstrip())))
        start = _first_visible(paragraph, start + size)
    return [*spans, (start, end)]
