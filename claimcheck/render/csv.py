"""The claims of reports as a table, one row a claim, for a spreadsheet or a data frame."""

from __future__ import annotations

import csv
import io
import re

from claimcheck.render.safe import one_line
from claimcheck.render.words import speaker_ids
from claimcheck.report import Claim, Report, Span

COLUMNS = (
    "article",
    "claim",
    "sentences",
    "label",
    "quotation",
    "confidence",
    "speaker",
    "kind",
    "title",
    "justification",
    "chain",
    "source",
    "source_start",
    "source_end",
    "cue",
    "cue_start",
    "cue_end",
    "content",
    "content_spans",
)
"""What a row has. ``article`` is the report's id; ``claim`` and ``sentences`` are numbers as in the report, from 0.

``label`` is that of the sentence in which the content begins. ``speaker`` to ``justification`` are of the innermost
speaker, whose words these are; ``chain`` has all the names, outermost first, as in "Kiev media > intelligence sources".
Offsets are code points into the report's text. Where the content is in several parts, they are joined by "[...]", and
``content_spans`` is "120-140 155-190".
"""

_FORMULA = re.compile(r"[=+\-@＝＋－＠]")


def render(report: Report, *, header: bool = True) -> str:
    """The claims of a report as comma-separated values, a line each, after a line with the columns' names.

    For several reports in one table leave out the ``header`` of all but the first.

    A cell that a spreadsheet would run as a formula is kept from it by an apostrophe; offsets say what the text has.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    of_claim: list[list[int]] = [[] for _ in report.claims]
    for number, sentence in enumerate(report.sentences):
        for i in sentence.claims:
            if i < len(of_claim):
                of_claim[i].append(number)
    for i, claim in enumerate(report.claims):
        writer.writerow([cell(value) for value in _row(report, i, claim, of_claim[i])])
    return out.getvalue()


def _row(report: Report, number: int, claim: Claim, sentences: list[int]) -> tuple[str, ...]:
    speakers = [report.speakers[i] for i in speaker_ids(report, claim)]
    innermost = speakers[-1] if speakers else None
    return (
        report.id,
        str(number),
        " ".join(map(str, sentences)),
        report.sentences[sentences[0]].label if sentences else "",
        claim.quotation,
        f"{claim.confidence:.4f}",
        innermost.name if innermost else "",
        innermost.kind if innermost else "",
        (innermost.title or "") if innermost else "",
        (innermost.justification or "") if innermost else "",
        " > ".join(s.name for s in speakers),
        *_span(report, claim.source),
        *_span(report, claim.cue),
        " [...] ".join(span.of(report.text) for span in claim.content),
        " ".join(f"{span.start}-{span.end}" for span in claim.content),
    )


def _span(report: Report, span: Span | None) -> tuple[str, str, str]:
    return (span.of(report.text), str(span.start), str(span.end)) if span else ("", "", "")


def cell(value: str) -> str:
    value = one_line(value)
    return f"'{value}" if _FORMULA.match(value) else value
