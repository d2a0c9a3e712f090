"""CC302: the writer judges in a section that reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Sentence

_QUESTION = re.compile(r"\?['\"’”»)]*\s*$")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|us|[Oo]ur|[Oo]urs|[Mm]y|me)\b")
_SAYS_SO = re.compile(
    # Verbs of saying and holding in a form that has a subject, and those of documents: somebody or something is said to
    # judge.
    r"\b(?:sa(?:ys?|id)|told|tells?|thinks?|thought|believe[sd]?|feels?|felt|fear(?:s|ed)|hope[sd]|argue[sd]?|warn(?:s|ed)"
    r"|insist(?:s|ed)?|claim(?:s|ed)|reckon(?:s|ed)?|remind(?:s|ed)|note[sd]|add(?:s|ed)|predict(?:s|ed)|consider(?:s|ed)"
    r"|show(?:s|ed)|suggest(?:s|ed)?|indicate[sd]?|reveal(?:s|ed)?|(?:makes?|made)\s+(?:plain|clear)"
    r"|according\s+to|in\s+the\s+(?:words|view|eyes|opinion)\s+of)\b"
)


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Sentences labelled opinion, as far as the report is sure of it, that nobody in the article may be behind."""
    for sentence in story.sentences:
        if sentence.label != "opinion" or sentence.scores.opinion < settings.opinion_score:
            continue
        words = story.text[sentence.start : sentence.end]
        if _QUESTION.search(words) or story.is_heading(sentence) or _is_somebodys(story, sentence, words):
            continue
        yield Problem(
            sentence.start, sentence.end, "The writer judges here: report it, hand it to a source, or cut it."
        )


def _is_somebodys(story: Story, sentence: Sentence, words: str) -> bool:
    """Whether the report may have missed whose judgement this is: the sentence says so, or a speaker goes on in it."""
    if _SAYS_SO.search(words):
        return True
    before = story.sentence_before(sentence)
    return before is not None and before.label == "claim" and _FIRST_PERSON.search(words) is not None


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
        "It finds what the model labels `opinion` with at least the probability of the setting `opinion-score` (0.95). "
        "That is high on purpose: most news has hardly any opinion in it, so most of what looks a little like one is "
        "none. A lower score finds more and errs more. Headlines and questions are left alone (explainers ask in order "
        "to answer), and so are sentences that say who thinks so, or go on in the first person after a claim, as a "
        "speaker does. It applies to news, unless a section selects it (see [sections](#sections))."
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
