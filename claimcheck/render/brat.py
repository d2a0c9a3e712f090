"""A report as brat standoff: the annotation that goes beside a file with the report's text.

    T1  Sentence 0 40       each sentence, with its label
    A1  Label T1 claim
    T2  Content 0 12;20 31  fragments of one span are separated by semicolons
    A2  Quotation T2 direct
    T3  Cue 13 17
    R1  HasCue Arg1:T2 Arg2:T3
    #1  AnnotatorNotes T2   who speaks, outermost first

The types are those of the corpus's own standoff. Offsets are code points, as brat counts them.
"""

from __future__ import annotations

import re
from collections import defaultdict

from claimcheck.render.safe import encodable, one_line
from claimcheck.render.words import KINDS, LABELS, QUOTATIONS, UNKNOWN, speaker_ids
from claimcheck.report import Claim, Report, Span

CONFIGURATION = f"""[entities]
Sentence
Source
Cue
Content

[relations]
HasSource Arg1:Content, Arg2:Source
HasCue Arg1:Content, Arg2:Cue
<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Label Arg:Sentence, Value:{"|".join(LABELS)}
Quotation Arg:Content, Value:{"|".join(QUOTATIONS)}
"""
"""What brat must know to show the files, as ``annotation.conf`` beside them."""

_BREAK = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^\s{_BREAK}](?:[^{_BREAK}]*[^\s{_BREAK}])?")
"""What brat can have in one fragment: a span that runs over the end of a line is cut there."""


def render(report: Report) -> str:
    """The content of the ``.ann`` file of a report; :func:`text` is that of the ``.txt`` file beside it."""
    writer = _Writer(encodable(report.text))
    for sentence in report.sentences:
        if ref := writer.span("Sentence", [Span(sentence.start, sentence.end)]):
            writer.line("A", f"Label {ref} {sentence.label}")
    for claim in report.claims:
        content = writer.span("Content", claim.content)
        if content is None:
            continue
        writer.line("A", f"Quotation {content} {claim.quotation}")
        for type, span in (("Source", claim.source), ("Cue", claim.cue)):
            if span and (ref := writer.span(type, [span])):
                writer.line("R", f"Has{type} Arg1:{content} Arg2:{ref}")
        writer.line("#", f"AnnotatorNotes {content}\t{_note(report, claim)}")
    return "".join(writer.lines)


def text(report: Report) -> str:
    """The text that the offsets of :func:`render` are into. Write it without translating line ends."""
    return encodable(report.text)


def _note(report: Report, claim: Claim) -> str:
    said = []
    for i in speaker_ids(report, claim):
        speaker = report.speakers[i]
        about = [KINDS[speaker.kind], speaker.title or "", speaker.justification or ""]
        said.append(f"{one_line(speaker.name)} ({', '.join(one_line(x) for x in about if x)})")
    return f"{', citing '.join(said) or UNKNOWN}; confidence {claim.confidence:.2f}"


class _Writer:
    """Standoff lines, each kind numbered on its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._numbers: defaultdict[str, int] = defaultdict(int)

    def span(self, type: str, spans: list[Span]) -> str | None:
        """Write one span of any number of parts; ``None`` if there is nothing of it in the text."""
        parts = [
            (m.start(), m.end())
            for s in sorted(spans)
            for m in _LINE.finditer(self.text, s.start, min(s.end, len(self.text)))
        ]
        if not parts:
            return None
        offsets = ";".join(f"{start} {end}" for start, end in parts)
        return self.line("T", f"{type} {offsets}\t{' '.join(self.text[start:end] for start, end in parts)}")

    def line(self, kind: str, rest: str) -> str:
        """Write a line and return its id."""
        self._numbers[kind] += 1
        id = f"{kind}{self._numbers[kind]}"
        self.lines.append(f"{id}\t{rest}\n")
        return id
