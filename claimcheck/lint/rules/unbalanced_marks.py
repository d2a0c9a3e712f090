"""CC401: a quotation that opens and never closes, closes and never opened, or closes in another style."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.rule import Edit, Example, Fix, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.quotations import Mark, find_marks
from claimcheck.report import Span

_CLOSES = {
    '"': '"',
    "“": "”",
    "„": "“",
    "«": "»",
    "»": "«",
    "‹": "›",
    "‘": "’",
    "‚": "‘",
    "'": "'",
    "``": "''",
}
"""The mark that closes what another one opens, where a fix has to choose."""
_PAIRS = set(_CLOSES.items()) | {
    ("„", "”"),
    ("”", "”"),
    ("’", "’"),
    ("‚", "’"),
    ("″", "″"),
    ("＂", "＂"),
    ("〝", "〞"),
    ("‘‘", "’’"),
    ("''", "''"),
    ("``", '"'),
}
_NEVER_OPENED = "This quotation mark closes a quotation that never opened."
_TURNED = "This quotation mark begins a paragraph and closes: turn it, or close the quotation before it."
_RUNS_ON = "The quotation that opens here goes on in the next paragraph: open it there again."


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Unbalanced marks, paragraph by paragraph, and the first pair of each mixture of styles."""
    mixed: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], tuple[Span, Span]] = {}
    running: Problem | None = None  # the paragraph before ends inside a quotation that never closes
    for number, paragraph in enumerate(story.paragraphs):
        text = story.text[paragraph.start : paragraph.end]
        marks = find_marks(text)
        if running is not None:
            if marks and not marks[0].opens and marks[0].level < 0:
                marks = marks[1:]  # it closes here: one mark is missing, not two
                running = Problem(running.start, running.end, _RUNS_ON)
            yield running
            running = None
        opened: list[Mark] = []
        turned = False  # the paragraph begins with a closing mark that is meant to open
        for mark in marks:
            span = Span(paragraph.start + mark.start, paragraph.start + mark.end)
            if mark.opens:
                opened.append(mark)
                continue
            if mark.level < 0:
                if turned:
                    turned = False  # closes what the turned mark opened: told there
                else:
                    turned = mark.start == 0
                    yield Problem(span.start, span.end, _TURNED if turned else _NEVER_OPENED)
                continue
            while len(opened) > mark.level + 1:
                opened.pop()  # a single quotation that the double mark ended as well
            if not opened:
                continue
            partner = opened.pop()
            pair = (text[partner.start : partner.end], text[mark.start : mark.end])
            if pair not in _PAIRS:
                mixed[pair] = mixed.get(pair, 0) + 1
                first.setdefault(pair, (Span(paragraph.start + partner.start, paragraph.start + partner.end), span))
        goes_on = any(not mark.single for mark in opened) and _continued(story, number)
        for mark in opened:
            if mark.single or goes_on:
                continue
            problem = _never_closed(story, paragraph, Span(paragraph.start + mark.start, paragraph.start + mark.end))
            if mark is opened[-1] and _runs_to_the_end(story, problem.end, paragraph.end):
                running = problem
            else:
                yield problem
    if running is not None:
        yield running
    for pair, (opening, closing) in first.items():
        times = f", {mixed[pair]} times in this article" if mixed[pair] > 1 else ""
        yield Problem(
            opening.start,
            closing.end,
            f"The quotation opens with {pair[0]} and closes with {pair[1]}{times}: use marks of one style.",
            Fix((Edit(closing.start, closing.end, _CLOSES[pair[0]]),), safe=True) if pair[0] in _CLOSES else None,
        )


def _continued(story: Story, number: int) -> bool:
    """Whether the next paragraph opens with a mark: a quotation of several paragraphs closes in the last one only."""
    if number + 1 >= len(story.paragraphs):
        return False
    paragraph = story.paragraphs[number + 1]
    marks = find_marks(story.text[paragraph.start : paragraph.end])
    return bool(marks) and marks[0].start == 0 and marks[0].opens


def _runs_to_the_end(story: Story, start: int, end: int) -> bool:
    """Whether a quotation fills the rest of its paragraph: nobody is said to speak behind its first words."""
    return not any(
        span is not None and start <= span.start < end
        for claim in story.claims_at(start, end)
        for span in (claim.cue, claim.source)
    )


def _never_closed(story: Story, paragraph: Span, mark: Span) -> Problem:
    """The problem, with a fix where the report knows how far the quoted words go."""
    ends = {
        c.end
        for claim in story.claims
        for c in claim.content
        if c.start == mark.start and c.end <= paragraph.end and claim.quotation != "indirect"
    }
    fix = None
    opening = mark.of(story.text)
    if len(ends) == 1 and opening in _CLOSES:
        end = ends.pop()
        if story.text[end - 1] in ".,!?…" and not story.text[mark.end : end].count(opening):
            fix = Fix((Edit(end, end, _CLOSES[opening]),), safe=True)
    return Problem(mark.start, mark.end, "The quotation that opens here is never closed.", fix)


RULE = Rule(
    code="CC401",
    name="unbalanced-marks",
    severity="error",
    summary="Quotation marks that do not balance: opened and never closed, closed and never opened, or of two styles.",
    rationale=(
        "Where the closing mark is missing, nobody can tell the source's words from the writer's, neither the reader "
        "nor the court."
    ),
    limits=(
        "A quotation of several paragraphs opens in each and closes in the last. Single marks that never close are "
        "left alone, as they are mostly apostrophes. A missing mark is put in only where the report says how far the "
        "quoted words go."
    ),
    references=(
        ref.CHICAGO.on("quotation marks come in pairs, and how quotations of several paragraphs are marked"),
        ref.AP.on("how running quotations open and close"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.sato]
            name = "Emi Sato"
            kind = "named_person"
            title = "the conductor"
            +++
            claim sato | {con1|“We played in coats,} {cue1|said} {src1=sato|Emi Sato, the conductor}.

            fact | The heating failed at noon.” Forty people left.
            """,
            finds=("“", "”"),
            fixed=(
                "“We played in coats,” said Emi Sato, the conductor.\n\nThe heating failed at noon.” Forty people left."
            ),
        ),
        Example(
            """
            +++
            [speakers.sato]
            name = "Emi Sato"
            kind = "named_person"
            title = "the conductor"
            +++
            claim sato | {con1|«We played in coats”}, {cue1|said} {src1=sato|Emi Sato, the conductor}.
            """,
            finds=("«We played in coats”",),
            fixed="«We played in coats», said Emi Sato, the conductor.",
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.sato]
            name = "Emi Sato"
            kind = "named_person"
            title = "the conductor"
            +++
            claim sato | {con1|“We played in coats.} {src1=sato|Emi Sato, the conductor}, {cue1|said}.

            claim sato | {con2=sato|“Nobody in the players' room complained. It's a cold house.”}
            fact | He is 6'3" tall and was born in the '90s.
            """
        ),
    ),
    check=check,
)
