"""What the page shows, in the order it shows it: the report turned into paragraphs, notes and cards, but no markup."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from claimcheck.paragraphs import paragraphs
from claimcheck.render.pieces import Piece, pieces
from claimcheck.render.safe import one_line, shown
from claimcheck.render.words import KINDS, LABELS, QUOTATIONS, UNKNOWN, count, remarks, speaker_ids
from claimcheck.report import Claim, Label, Report, Sentence


@dataclass(frozen=True, slots=True)
class Run:
    """A piece with its words; ``refs`` are the numbers of the claims whose content ends with it."""

    piece: Piece
    words: str
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or what stands between two sentences, with ``number`` and ``label`` ``None``.

    ``speakers`` are the ids of the speakers of the sentence's claims, ``remarks`` what is said beside the label.
    """

    number: int | None
    label: Label | None
    speakers: tuple[int, ...]
    runs: tuple[Run, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A claim as it is noted beside its paragraph: its number on the page and its id in the report."""

    number: int
    claim: int
    names: tuple[str, ...]
    speakers: tuple[int, ...]
    details: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph with the notes on the claims that begin in it; ``headline`` if it is the article's title."""

    headline: bool = False
    units: list[Unit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """A speaker: id in the report, who they are, and the numbers on the page of their claims."""

    speaker: int
    name: str
    kind: str
    title: str
    justification: str
    share: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding: id in the report, and the number of the sentence that it begins in, if it does in one."""

    finding: int
    rule: str
    severity: str
    message: str
    sentence: int | None


class Page:
    """One report as a page."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.title = one_line(report.title or report.id) or "Article"
        self._sentences = _apart(report.sentences, len(report.text))
        ordered = sorted((min(c.content).start, i) for i, c in enumerate(report.claims) if c.content)
        self._numbers = {claim: number for number, (_, claim) in enumerate(ordered, 1)}
        self._refs = self._footnotes()

    def _footnotes(self) -> dict[int, list[int]]:
        """By offset the numbers of the claims that are noted there: where content ends, once in a sentence."""
        starts = [s.start for _, s in self._sentences]
        ends: dict[tuple[int, int], int] = {}
        for claim, number in self._numbers.items():
            for span in self.report.claims[claim].content:
                place = number, bisect.bisect(starts, span.start)
                ends[place] = max(span.end, ends.get(place, 0))
        refs: dict[int, list[int]] = {}
        for (number, _), end in sorted(ends.items()):
            refs.setdefault(min(end, len(self.report.text)), []).append(number)
        return refs

    def name(self, speaker: int) -> str:
        """What a speaker is called on the page."""
        return one_line(self.report.speakers[speaker].name) or UNKNOWN

    @property
    def summary(self) -> str:
        """How many sentences, claims and speakers there are."""
        r = self.report
        return ", ".join(
            [count(len(r.sentences), "sentence"), count(len(r.claims), "claim"), count(len(r.speakers), "speaker")]
        )

    @property
    def labels(self) -> list[tuple[Label, str, int]]:
        """The labels, what they mean, and how many sentences have them."""
        return [(x, meaning, sum(s.label == x for s in self.report.sentences)) for x, meaning in LABELS.items()]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The article."""
        text = self.report.text
        begins = [start for start, _ in paragraphs(text)]
        found: list[Paragraph] = []
        previous = -1
        for unit, start in self._units():
            blank = not text[start : unit.runs[-1].piece.end].strip()
            if blank and not found:
                continue
            # White space belongs to the paragraph before it: it never opens one.
            if not blank and (not found or bisect.bisect(begins, previous) != bisect.bisect(begins, start)):
                found.append(Paragraph())
            if not blank:
                previous = start
            found[-1].units.append(unit)
        if found and self.report.title:
            words = "".join(run.words for unit in found[0].units for run in unit.runs)
            found[0].headline = one_line(words) == one_line(self.report.title)
        self._note(found)
        return found

    def _units(self) -> Iterable[tuple[Unit, int]]:
        """Sentences and what stands between them, each with its start."""
        text, claims, cut = self.report.text, self.report.claims, pieces(self.report)
        starts = [piece.start for piece in cut]

        def runs(start: int, end: int) -> tuple[Run, ...]:
            within = cut[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
            return tuple(Run(p, shown(text[p.start : p.end]), tuple(self._refs.get(p.end, ()))) for p in within)

        position = 0
        for number, sentence in self._sentences:
            if position < sentence.start:
                yield Unit(None, None, (), runs(position, sentence.start)), position
            speakers = {k for i in sentence.claims if i < len(claims) for k in speaker_ids(self.report, claims[i])}
            yield (
                Unit(
                    number,
                    sentence.label,
                    tuple(sorted(speakers)),
                    runs(sentence.start, sentence.end),
                    tuple(remarks(sentence)),
                ),
                sentence.start,
            )
            position = sentence.end
        if position < len(text):
            yield Unit(None, None, (), runs(position, len(text))), position

    def _note(self, found: list[Paragraph]) -> None:
        """Put each claim's note beside the paragraph that the claim begins in."""
        begins = [paragraph.units[0].runs[0].piece.start for paragraph in found]
        for i, number in self._numbers.items():
            claim = self.report.claims[i]
            speakers = speaker_ids(self.report, claim)
            names = tuple(self.name(k) for k in speakers) or (UNKNOWN,)
            note = Note(number, i, names, tuple(speakers), self._details(claim))
            if found:
                found[max(0, bisect.bisect(begins, min(claim.content).start) - 1)].notes.append(note)

    def _details(self, claim: Claim) -> str:
        text = self.report.text
        parts = [QUOTATIONS[claim.quotation]]
        if claim.source:
            parts.append(f"source “{one_line(claim.source.of(text))}”")
        if claim.cue:
            parts.append(f"cue “{one_line(claim.cue.of(text))}”")
        if not claim.source and not claim.cue:
            parts.append("continued")
        return ", ".join([*parts, f"confidence {claim.confidence:.0%}"])

    @cached_property
    def cards(self) -> list[Card]:
        """The speakers, who says most first."""
        r = self.report
        own: list[list[int]] = [[] for _ in r.speakers]
        for i, number in self._numbers.items():
            for k in speaker_ids(r, r.claims[i]):
                own[k].append(number)
        order = sorted(range(len(r.speakers)), key=lambda k: (-r.speakers[k].share, -len(own[k])))
        return [
            Card(
                k,
                self.name(k),
                KINDS[s.kind],
                one_line(s.title or ""),
                one_line(s.justification or ""),
                f"{s.share:.0%}",
                tuple(own[k]),
            )
            for k, s in ((k, r.speakers[k]) for k in order)
        ]

    @cached_property
    def remarks(self) -> list[Remark]:
        """The findings in the order of the text."""
        starts = [s.start for _, s in self._sentences]
        found = []
        for i, f in sorted(enumerate(self.report.findings), key=lambda pair: (pair[1].start, pair[0])):
            k = bisect.bisect(starts, f.start) - 1
            within = self._sentences[k][0] if k >= 0 else None
            found.append(Remark(i, one_line(f.rule), f.severity, one_line(f.message), within))
        return found


def _apart(sentences: list[Sentence], length: int) -> list[tuple[int, Sentence]]:
    """The sentences with their numbers, in order; one that overlaps the one before or lies beyond the text, as no
    report should have, is left out."""
    found: list[tuple[int, Sentence]] = []
    for number, sentence in sorted(enumerate(sentences, 1), key=lambda pair: pair[1].start):
        after = found[-1][1].end if found else 0
        if after <= sentence.start < min(sentence.end, length):
            found.append((number, sentence))
    return found
