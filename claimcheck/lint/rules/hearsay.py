"""CC104: "reportedly", and nobody who reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Sentence

_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?redly"
    r"|(?:is|are|was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+|also\s+|now\s+|long\s+|even\s+)?"
    r"(?:said|believed|understood|thought|reported|rumou?red|alleged|reputed)\s+to"
    r"(?!\s+(?:him|her|them|me|us|it|you|the|a|an|his|their|my|our|its|police|reporters|authorities)\b)"
    r"|(?:alleged|rumou?red|reputed)\s+to\s+(?=be\b|have\b)"
    r"|it\s+(?:is|was|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:said|believed|understood|thought|reported|rumou?red|alleged)\b"
    r"(?!\s+to\b)"
    r"|(?:rumou?r|word|legend)\s+has\s+it)",
    re.IGNORECASE,
)
_IN_COURT = re.compile(
    r"\b(?:charge[sd]?|counts?|accused|indict\w*|court|tribunal|trial|prosecut\w*|plead\w*|defendant|lawsuit|sue[sd]?|suing"
    r"|complaint|police|investigat\w*|arrest\w*|warrants?)\b",
    re.IGNORECASE,
)

_ABOUT_REPORTING = re.compile(r"\b(?:how|as|than|what|so)\s*$", re.IGNORECASE)
"""Before "it was reported": the sentence speaks of the reporting itself."""
_SOURCED = re.compile(r"\baccording\s+to\b", re.IGNORECASE)
"""Governs its whole sentence, whatever part of it the report hands to the source."""
_FROM = re.compile(r"\b[Ff]rom\s+(?:\w+\s+){0,3}[A-Z]\w+\s+$")
"""Before "it was said": from whom."""


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Words that say that somebody says so, in the writer's own words and outside what a source is given."""
    told: Sentence | None = None
    for match in _HEARSAY.finditer(story.text):
        start, end = match.start(), match.start() + len(match.group().rstrip())
        sentence = story.sentence_at(start)
        if sentence is None or sentence == told or story.quotation_at(start) is not None:
            continue
        if story.is_heading(sentence) or _told_before(story, sentence):
            continue
        before = story.text[sentence.start : start]
        if _ABOUT_REPORTING.search(before) or _FROM.search(before):
            continue
        if _SOURCED.search(story.text, sentence.start, sentence.end):
            continue
        if any(claim.speakers for claim in story.claims_over(start, end)):
            continue
        if "alleged" in match.group().lower() and _IN_COURT.search(story.text, sentence.start, sentence.end):
            continue
        told = sentence
        yield Problem(start, end, f'"{story.quote(start, end)}" names no source: say who says so, or leave it out.')


def _told_before(story: Story, sentence: Sentence) -> bool:
    """Whether the sentence before, in the same paragraph, is handed to a body or document: the likely source."""
    paragraph, last = story.paragraph_at(sentence.start), story.sentence_before(sentence)
    if paragraph is None or last is None or not paragraph.start <= last.start < paragraph.end:
        return False
    sourced = [c for c in story.claims_over(last.start, last.end) if c.source is not None]
    return any(s.kind in ("named_organization", "document") for c in sourced for s in story.speakers(c))


RULE = Rule(
    code="CC104",
    name="hearsay-without-source",
    severity="warning",
    summary="“Reportedly”, “allegedly”, “is said to”: hearsay that the article hands to nobody.",
    rationale=(
        "The word admits that somebody else says so and hides who. The reader cannot weigh it, and the paper still "
        "answers for it: an adverb is no source and, in many countries, no defence."
    ),
    limits=(
        "“Alleged” is left alone in sentences about charges, courts and police, where it protects somebody who has not "
        "been convicted. So are headlines, hearsay inside what a source says, sentences with “according to”, and "
        "sentences after one, in the same paragraph, that is handed to a body or document, the likely source. A "
        "sentence is reported once."
    ),
    references=(
        ref.AP.on("an allegation comes with the name of who makes it"),
        ref.REUTERS.on("everything that is not the reporter's own observation is sourced"),
        ref.IFJ.on("journalists report facts of which they know the origin"),
    ),
    fails=(
        Example(
            """
            fact | The treasurer left the country on Friday.
            fact | He reportedly took two suitcases of receipts with him.
            fact | His deputy is said to have known for months.
            """,
            finds=("reportedly", "is said to"),
        ),
        Example(
            """
            fact | The mill was allegedly sold for a third of its value.
            """,
            finds=("allegedly",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.record]
            name = "customs record"
            kind = "document"
            +++
            claim record | He took two suitcases of receipts with him, {cue1|according to} {src1=record|a customs record}{con1|, and was reportedly in a hurry}.
            fact | Two men were charged with offences allegedly committed in March.
            fact | The bridge was supposed to open in June.
            """
        ),
    ),
    check=check,
)
