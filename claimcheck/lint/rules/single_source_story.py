"""CC203: a whole story told by one source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import AUTHOR, Speaker


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """At most one problem: the story's first claim, where all claims come from one source."""
    if len(story.sentences) < settings.short_story or len(story.claims) < 2:
        return
    if any(not claim.speakers for claim in story.claims):
        return
    speakers = [s for s in story.report.speakers if story.by_speaker[s.id] and s.name != AUTHOR]
    if not speakers:
        return
    side, others = speakers[:1], speakers[1:]
    while others:
        joining = [s for s in others if any(_same_side(s, known) for known in side)]
        if not joining:
            return
        side += joining
        others = [s for s in others if s not in joining]
    place = min(story.claims[0].content)
    who = " and ".join(dict.fromkeys(s.name for s in speakers))
    number = len(story.claims)
    yield Problem(
        place.start, place.end, f"All {number} claims of this story come from one source, {who}: ask somebody else too."
    )


def _same_side(a: Speaker, b: Speaker) -> bool:
    """Whether one speaks for the other: a person whose title, or what else is said of them, has the body's name in it."""
    return any(
        body.kind in ("named_organization", "document")
        and body.name
        and re.search(
            rf"(?<!\w){re.escape(body.name)}(?!\w)",
            f"{person.title or ''} | {person.justification or ''}",
            re.IGNORECASE,
        )
        for person, body in ((a, b), (b, a))
    )


RULE = Rule(
    code="CC203",
    name="single-source-story",
    severity="warning",
    summary="Every claim of a story comes from one and the same source.",
    rationale=(
        "One source is one view. A second one confirms, corrects or contradicts, and shows the reader that somebody "
        "checked."
    ),
    limits=(
        "Stories of fewer sentences than the setting `short-story` says (8) are left alone, and so are features, "
        "opinion pieces and press releases (see [sections](#sections)). A body and its spokesman, or a study and its "
        "author, count as one source where the title or the reason for being heard says so."
    ),
    references=(
        ref.REUTERS.on("two or more sources are better than one, and a single-source story is flagged as such"),
        ref.BBC.on("reliance on a single source is avoided"),
        ref.SPJ.on("information is verified before it is released"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.lindqvist]
            name = "Karin Lindqvist"
            kind = "named_person"
            title = "chief executive of Norrvik Paper"
            [speakers.norrvik]
            name = "Norrvik Paper"
            kind = "named_organization"
            +++
            fact | Paper mill to double its output

            claim norrvik | {src1=norrvik|Norrvik Paper} {cue1|said on Monday} {con1|it would double its output by 2027}.
            fact | The mill stands on the river Ale.
            claim lindqvist | {con2|"The river will not notice,"} {cue2|said} {src2=lindqvist|Karin Lindqvist, chief executive of Norrvik Paper}.
            claim lindqvist | {con3=lindqvist|Two hundred people would be hired.}
            fact | A second line was built in 1998.
            fact | It makes paper for books.
            fact | The third will make boxes.
            claim lindqvist | {src4=lindqvist|She} {cue4|promised} {con4|a new filter}.
            """,
            finds=("it would double its output by 2027",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.lindqvist]
            name = "Karin Lindqvist"
            kind = "named_person"
            title = "chief executive of Norrvik Paper"
            [speakers.berg]
            name = "Ola Berg"
            kind = "named_person"
            title = "who fishes the river"
            +++
            fact | Paper mill to double its output

            claim lindqvist | {con2|"The river will not notice,"} {cue2|said} {src2=lindqvist|Karin Lindqvist, chief executive of Norrvik Paper}.
            claim lindqvist | {con3=lindqvist|Two hundred people would be hired.}
            fact | The mill stands on the river Ale.
            fact | A second line was built in 1998.
            fact | It makes paper for books.
            fact | The third will make boxes.
            claim berg | {con5|"I notice already,"} {cue5|said} {src5=berg|Ola Berg, who fishes the river}.
            """
        ),
    ),
    check=check,
)
