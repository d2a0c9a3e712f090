"""Sources that are not there: who goes on speaking, signs below, or is asked and answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.attribution import Attribution
from claimcheck.paragraphs import Span
from claimcheck.speakers import antecedents
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.antecedents import Features
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.discourse import Discourse
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention

_LABEL = re.compile(
    r"[*_#\s\"“„«‘']*((?:[^\W\d_][\w.'’-]*)(?:[ \u00a0][\w.'’-]+){0,4})\s*(?:\([^)\n]{1,40}\))?[*_]*:[*_]*(?=\s|$)"
)
_CAPITALS = re.compile(
    r"(?<=[.?!…—–\"”’)\]-][ \u00a0])[\"“]?([A-Z][A-Z.'’-]*[A-Z](?:[ \u00a0][A-Z][A-Z.'’-]*[A-Z]){0,2}):(?=\s)"
)
"""A label in capitals inside a paragraph: transcripts are set in one run, too."""
_TITLED = re.compile(r"(?:^|[\s(])(?:MR|MRS|MS|MX|DR|PROF|SEN|REP|GEN|GOV|LT|COL|CAPT|SGT|ST|HON|REV|JR|SR|[A-Z])\. $")
"""What stands before the surname in a label: "MR. ALVES:" is one."""
_ANNOUNCED = re.compile(r"transcript\b[^\n.]{0,40}:\s", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s*[-–—―~]+\s*(?=@?[^\W\d_])")
_SIGNED = re.compile(r"[\w.!?”\"’»)][ \u00a0]?[–—―][ \u00a0]?(?=@?[^\W\d_])")
_AFTER_SIGNATURE = re.compile(r"[ \u00a0]\(@")
"""A handle: without one a name after a dash may be an apposition."""
_LONGEST_POST = 600
"""Code points from a content to the signature of the post it is in, at most."""
_LONGEST_SIGNATURE = 120
"""Code points in a line that signs a quotation, at most."""
_LONGEST_LINE, _FEWEST_LINES = 6, 2
"""Paragraphs that one voice of a transcript speaks on, at most; lines that are no transcript yet."""
_FEWEST_QUESTIONS = 3
"""Questions that make an interview without labels."""
_LONGEST_QUESTION = 300
"""Code points up to the question mark, at most."""
_SINCE, _HERE = 6, 8
"""Entities mentioned since the last turn, and names in the same sentence, that may go on speaking."""
_QUESTION_LABELS = frozenset(["q", "question", "interviewer"])
_ANSWER_LABELS = frozenset(["a", "answer", "interviewee"])
_LABELS = _QUESTION_LABELS | _ANSWER_LABELS


def label(doc: Document, position: int) -> Span | None:
    """The ``NAME:`` that opens the paragraph around a position, in front of it: a transcript's speaker."""
    if not doc.paragraphs:
        return None
    start, end = doc.paragraphs[doc.paragraph_of(position)]
    found = _label(doc, start, end)
    return found.span(1) if found and found.end() <= position + 1 else None


def _label(doc: Document, start: int, end: int, *, of_name: bool = True) -> re.Match[str] | None:
    """The label that opens a paragraph; ``of_name``: that of a question or an answer, or in capitals like a name."""
    found = _LABEL.match(doc.text, start, min(end, start + 80))
    if not found:
        return None
    words = found.group(1).split()
    if not of_name:
        return found if words[0][0].isupper() else None
    if words[0].lower() in _LABELS or all(w[0].isupper() or w.lower() in lex.PARTICLES for w in words):
        return found
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """What one voice of a transcript says: from ``start`` to ``end``, after the label ``name``. Code points."""

    start: int
    end: int
    name: Span


def transcript(doc: Document) -> list[Line]:
    """The lines of the transcripts in an article, in order; none where fewer than two voices take turns.

    A line goes on over paragraphs up to the next label if that is near; the last one as far as its quotation goes.
    Beside labels in capitals one that stands only once and is not ("Sousa: Harbour will close") is a headline's.
    """
    found = [(p, m) for p, span in enumerate(doc.paragraphs) if (m := _label(doc, *span, of_name=False)) is not None]
    times = Counter(m.group(1) for _, m in found)
    labels = [(p, m.span(1)) for p, m in found if times[m.group(1)] > 1 or _label(doc, *doc.paragraphs[p]) is not None]
    capitals = Counter(words for _, (a, b) in labels if (words := doc.text[a:b]).isupper() and b - a > 1)
    labels += _inside_paragraphs(doc, capitals)
    if len(capitals) > 1 and capitals.total() > _FEWEST_LINES:
        labels = [(p, (a, b)) for p, (a, b) in labels if times[words := doc.text[a:b]] > 1 or words.isupper()]
    labels.sort(key=lambda label: label[1])
    lines: list[Line] = []
    for k, (p, name) in enumerate(labels):
        start, end = doc.paragraphs[p]
        start = max(start, name[0] - 1)
        following, at = labels[k + 1] if k + 1 < len(labels) else (None, name)
        if following == p:
            end = at[0]
        elif following is not None and following - p <= _LONGEST_LINE:
            end = max(doc.paragraphs[following - 1][1], min(at[0], doc.paragraphs[following][0]))
        elif (quotation := doc.quotation_at(start)) >= 0:
            end = max(end, doc.quotations[quotation][1])
        lines.append(Line(start, end, name))
    voices = {doc.text[a:b] for a, b in (line.name for line in lines)}
    announced = bool(lines) and _ANNOUNCED.search(doc.text, max(0, lines[0].start - 80), lines[0].start) is not None
    return lines if len(voices) > 1 and (len(lines) > _FEWEST_LINES or announced) else []


def _inside_paragraphs(doc: Document, capitals: Counter[str]) -> list[tuple[int, Span]]:
    """Labels in capitals inside paragraphs, with their paragraph, if some label takes turns; ``capitals`` gets them."""
    inside = [
        m.span(1)
        for m in _CAPITALS.finditer(doc.text)
        if not _TITLED.search(doc.text, max(0, m.start() - 12), m.start())
    ]
    here = Counter(doc.text[a:b] for a, b in inside)
    if len(here | capitals) < 2 or (max((here + capitals).values()) < 2 and not _ANNOUNCED.search(doc.text)):
        return []
    capitals.update(here)
    return [(doc.paragraph_of(a), (a, b)) for a, b in inside]


def role_of_label(words: str) -> str:
    """ "question" or "answer" if a source is the label of a question or an answer ("Q", "A:"), else ""."""
    low = words.strip(" .:*_").lower()
    return "question" if low in _QUESTION_LABELS else "answer" if low in _ANSWER_LABELS else ""


def signature(doc: Document, cast: Cast, position: int) -> NameMention | None:
    """The name after a dash on the line below the quotation around a position: "- Ana Sousa"."""
    following = _below(doc, position)
    if (begin := _sign(doc, following)) < 0:
        return None
    for m in cast.within(begin, doc.paragraphs[following][1]):
        if m.whole <= begin + 1:
            return m
    return None


def signatures(doc: Document) -> list[Span]:
    """The lines that sign a quotation above them, without their dash."""
    found = [(begin, doc.paragraphs[p][1]) for p in range(1, len(doc.paragraphs)) if (begin := _sign(doc, p)) >= 0]
    return [s for s in found if doc.quotation_at(doc.paragraphs[doc.paragraph_of(s[0]) - 1][1] - 1) >= 0]


def signed_below(doc: Document, source: Span, content: Span) -> bool:
    """Whether a quotation is signed on the line below it, so that a source above, which signs the one before, is not its own."""
    above, own = doc.paragraph_of(source[0]), doc.paragraph_of(content[0])
    if doc.quotation_at(content[0]) < 0 or above >= own or _sign(doc, _below(doc, content[0])) < 0:
        return False
    if _sign(doc, above) < 0:
        return doc.text[doc.paragraphs[above][1] - 1] == ":"  # a heading
    first = next(p for p in range(above + 1) if _sign(doc, p) >= 0)  # signatures stand above or below, not both
    return first > 0 and doc.quotation_at(doc.paragraphs[first - 1][1] - 1) >= 0


def _below(doc: Document, position: int) -> int:
    """The paragraph after the one around a position, or after the last one of its quotation."""
    following, quotation = doc.paragraph_of(position) + 1, doc.quotation_at(position)
    while quotation >= 0 and following < len(doc.paragraphs):
        if doc.quotation_at(doc.paragraphs[following][0]) != quotation:
            break
        following += 1
    return following


def _sign(doc: Document, paragraph: int) -> int:
    """Where the name begins in a paragraph that is a signature; -1 where it is none."""
    if paragraph >= len(doc.paragraphs):
        return -1
    start, end = doc.paragraphs[paragraph]
    sign = _SIGNATURE.match(doc.text, start, end)
    signs = sign and end - start <= _LONGEST_SIGNATURE and doc.text[end - 1] not in '"”»’:'
    return sign.end() if sign and signs else -1


def signed(doc: Document, cast: Cast, position: int) -> NameMention | None:
    """The name that signs a post or quotation behind it in its paragraph: "… — Ana Sousa (@anasousa) May 2, 2021", "” — @anasousa"."""
    start, end = doc.paragraphs[doc.paragraph_of(position)] if doc.paragraphs else (0, 0)
    for sign in _SIGNED.finditer(doc.text, max(start, position), min(end, position + _LONGEST_POST)):
        for m in cast.within(sign.end(), min(end, sign.end() + _LONGEST_SIGNATURE)):
            ends = m.end >= end and doc.text[sign.start()] in '”"’»'
            if m.whole <= sign.end() + 1 and (ends or _AFTER_SIGNATURE.match(doc.text, m.end, end)):
                return m
    return None


def interview(doc: Document, attributions: Sequence[Attribution], contents: Sequence[Sequence[Span]]) -> dict[int, str]:
    """Who speaks in an interview without labels: index of an attribution -> "question" or "answer".

    Its paragraphs are wholly said, without source, cue and quotation marks. One that begins with a question asks up to
    there, unless the paragraph before was a question and nothing else: then it answers.
    """
    bare: dict[int, list[int]] = {}
    for i, a in enumerate(attributions):
        if a.source is None and a.cue is None and contents[i] and doc.quotation_at(contents[i][0][0]) < 0:
            bare.setdefault(doc.paragraph_of(contents[i][0][0]), []).append(i)
    marks: dict[int, int] = {}
    only: set[int] = set()
    for paragraph in bare:
        start, end = doc.paragraphs[paragraph]
        marks[paragraph] = doc.text.find("?", start, min(end, start + _LONGEST_QUESTION)) + 1
        if marks[paragraph] and not doc.text[marks[paragraph] : end].strip():
            only.add(paragraph)
    apart = len(only) >= _FEWEST_QUESTIONS  # questions are paragraphs of their own
    roles: dict[int, str] = {}
    questions, asked = 0, False
    for paragraph in sorted(bare):
        asks = paragraph in only if apart else marks[paragraph] > 0
        if asked and paragraph not in only:
            asks = False
        questions += asks
        asked = asks and paragraph in only
        for i in bare[paragraph]:
            roles[i] = "question" if asks and contents[i][0][0] < marks[paragraph] else "answer"
    return roles if questions >= _FEWEST_QUESTIONS else {}


def interviewee(cast: Cast, before: int = 0) -> Entity | None:
    """Who is interviewed: the person an article names most before the interview begins, or in all, the first of equals."""
    people = [e for e in cast.entities if e.is_person and e.positions]
    introduced = [e for e in people if e.positions[0] < before]

    def often(e: Entity) -> tuple[int, int]:
        positions = [p for p in e.positions if p < before] if introduced else e.positions
        return len(positions) + 2 * (len(e.words) > 1), -e.positions[0]

    return max(introduced or people, key=often, default=None)


def spoken_again(doc: Document, words: frozenset[str], content: Span) -> float:
    """How much of a headline's quotation comes back in some content: 0 to 1."""
    if not words:
        return 0.0
    there = content_words(doc, content)
    return len(words & there) / len(words)


def content_words(doc: Document, span: Span) -> frozenset[str]:
    """The longer words in a span, in lower case."""
    return frozenset(doc.words[i].lower() for i in doc.tokens_in(*span)[:400] if len(doc.words[i]) > 3)


def compared(
    discourse: Discourse,
    cast: Cast,
    attribution: Attribution,
    contents: Sequence[Span],
    start: int,
    following: tuple[list[Entity], int, int] | None,
    author: Entity,
) -> list[tuple[list[Entity], Features]]:
    """Who may go on speaking where an attribution has no source, with features; nobody last.

    Args:
        start: where its content begins.
        following: who the next attribution names, the paragraph they are in, and the quotation of what they say or -1.
    """
    groups: list[tuple[list[Entity], Features]] = []

    def of(speakers: list[Entity]) -> Features:
        for known, features in groups:
            if known == speakers:
                return features
        groups.append((speakers, {}))
        return groups[-1][1]

    doc, turns = discourse.doc, discourse.turns
    paragraph, quotation = doc.paragraph_of(start), doc.quotation_at(start)
    quoted = quotation >= 0
    whole = bool(attribution.content) and attribution.content[0].first == -1
    if turns:
        f = of(turns[-1].speakers)
        f["previous"] = 1.0
        distance = max(0, paragraph - turns[-1].paragraph)
        f["previous_paragraph"] = float(distance == 0)
        f["previous_quotation"] = float(quoted and quotation == turns[-1].quotation)
        f["previous_distance"] = min(4.0, float(distance))
        f["previous_both_quoted"] = float(quoted and turns[-1].quotation >= 0)
        f["previous_unquoted"] = float(not quoted and turns[-1].quotation < 0)
        f["previous_cue"] = float(attribution.cue is not None)
        gap = doc.sentence_of(start) - doc.sentence_of(max(0, turns[-1].end - 1))
        f["previous_sentence"] = float(gap <= 1)
    if len(turns) > 1:
        of(turns[-2].speakers)["before_previous"] = 1.0
    since = turns[-1].end if turns else 0
    for entity, seen in discourse.candidates()[:_SINCE]:
        gap = discourse.narrative_distance(seen.narrative, doc.sentence_of(start))
        if seen.subject and seen.position >= since and gap <= 2 and entity is not author:
            f = of([entity])
            f["since"] = 1.0
            f["since_quoted"] = float(quoted)
            f["since_person"] = float(entity.is_person)
            f["since_near"] = float(gap <= 1)
            f["since_opens"] = float(quoted and (not turns or turns[-1].quotation != quotation))
    if following is not None:
        speakers, where, said_in = following
        f = of(speakers)
        f["next"] = 1.0
        f["next_paragraph"] = float(where == paragraph)
        f["next_quoted"] = float(quoted)
        f["next_quotation"] = float(quoted and said_in == quotation)
        f["next_opens"] = float(quoted and (not turns or turns[-1].paragraph < paragraph))
    if attribution.cue is not None or whole:
        for m in cast.within(*doc.sentence_span(start))[:_HERE]:
            said = not whole and any(b <= m.start < e for b, e in contents)
            if m.entity is None or said or doc.quotation_at(m.start) >= 0:
                continue
            f = of([m.entity])
            f["here"] = 1.0
            f["here_subject"] = float(discourse.is_subject(m))
            f["here_person"] = float(m.entity.is_person)
            f["here_cue"] = float(attribution.cue is not None)
    groups.append(([], antecedents.nobody(None)))
    return groups
