"""CC302: the writer judges in a section that reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story

_QUESTION = re.compile(r"\?['\"’”»)]*\s*$")


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Sentences labelled opinion, as far as the report is sure of it."""
    for sentence in story.sentences:
        if sentence.label != "opinion" or sentence.scores.opinion < settings.opinion_score:
            continue
        if not _QUESTION.search(story.text[sentence.start : sentence.end]):
            yield Problem(
                sentence.start, sentence.end, "The writer judges here: report it, hand it to a source, or cut it."
            )


RULE = Rule(
    code="CC302",
    name="opinion-in-news",
    severity="warning",
    summary="A sentence in which the writer judges, speculates or advises, in copy that should report.",
    rationale=(
        "Readers accept opinion where it is called by its name. In a news story it passes for fact, and whoever "
        "notices trusts the facts less."
    ),
    limits=(
        "It finds what the model labels `opinion` with at least the probability of the setting `opinion-score` (0.6). "
        "Questions are left alone: explainers ask in order to answer. It applies to news, unless a section selects "
        "it (see [sections](#sections))."
    ),
    references=(
        ref.IPSO.on("comment, conjecture and fact are clearly distinguished"),
        ref.IFJ.on("factual information is clearly distinguished from commentary"),
        ref.SPJ.on("advocacy and commentary are labelled"),
    ),
    fails=(
        Example(
            """
            fact | The council met for four hours on Monday.
            opinion | It was a shameful evening for the town.
            fact | The vote was nine to six.
            """,
            finds=("It was a shameful evening for the town.",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.ames]
            name = "Petra Ames"
            kind = "named_person"
            title = "the council leader"
            +++
            fact | The council met for four hours on Monday.
            claim ames | {con1|It was a shameful evening for the town,} {cue1|said} {src1=ames|Petra Ames, the council leader}.
            fact | The vote was nine to six.
            """
        ),
        Example("opinion | It was a shameful evening for the town.", section="opinion"),
    ),
    check=check,
)
