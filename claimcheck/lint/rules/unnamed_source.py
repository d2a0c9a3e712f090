"""CC201: sources whose names the reader does not get, each once, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.people import first_mention, is_anonymous
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import PRONOUNS, Story
from claimcheck.report import Claim, Span, Speaker

_ATTITUDE = re.compile(
    r"\b(?:want|wish|hop(?:e|ing)|fear|plan|intend|support|oppos|lik|lov|hat|expect|seek|sought|prefer|favou?r|tr(?:y|ies|ied)"
    r"|ask|question|wonder|order|agree|refus|consider|think|thought|believ|feel|felt|worr|struggl|doubt|envisag|lean|thrill"
    r"|pleas|delight|ang(?:ry|er)|upset)\w*\b",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    # "a man said to be the owner", "a courier alleged to have been there": what others say of them.
    r"\s*(?:(?:is|are|was|were|has\s+been|have\s+been)\s+)?(?:\w+ly\s+)?"
    r"(?:alleged|said|believed|thought|reported|understood|rumou?red|suspected|accused|known)\s+(?:to\s+(?:be|have)|of)\b",
    re.IGNORECASE,
)


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """One problem for each anonymous speaker, at the first source that means them."""
    # Whom another source cites is that source's to answer for.
    own = {
        claim.speakers[0]
        for claim in story.claims
        if claim.speakers and not _is_attitude(story, claim) and not _is_spoken_of(story, claim)
    }
    anonymous = [s for s in story.report.speakers if s.id in own and story.by_speaker[s.id] and is_anonymous(story, s)]
    # Speakers that one mention stands for are one, though the report may count them apart.
    claims_at: dict[Span, int] = {}
    for speaker in anonymous:
        place = _place(story, speaker)
        claims_at[place] = claims_at.get(place, 0) + len(story.by_speaker[speaker.id])
    twice = len(anonymous) - len(claims_at)
    total = sum(bool(claims) for claims in story.by_speaker.values()) - twice
    for number, (place, claims) in enumerate(sorted(claims_at.items()), 1):
        yield Problem(
            place.start,
            place.end,
            f'Unnamed source "{story.quote(place.start, place.end)}" ({claims} claim{"s" * (claims != 1)}; '
            f"number {number} of {len(claims_at)} unnamed among {total} sources): name them, or say why not.",
        )


def _is_attitude(story: Story, claim: Claim) -> bool:
    """Whether a claim reports what somebody wants, feels or asks, not what they say."""
    return claim.cue is not None and _ATTITUDE.search(claim.cue.of(story.text)) is not None


def _is_spoken_of(story: Story, claim: Claim) -> bool:
    """Whether what stands behind a source is said of them, not by them."""
    start = claim.source.end if claim.source is not None else claim.cue.start if claim.cue is not None else None
    return start is not None and _SPOKEN_OF.match(story.text, start) is not None


def _place(story: Story, speaker: Speaker) -> Span:
    """The first mention as a source that is no pronoun; failing that the words for them, or their first claim."""
    named = [m for m in speaker.mentions if not _points(m.of(story.text))]
    return min(named, default=None) or first_mention(story, speaker) or min(story.by_speaker[speaker.id][0].content)


def _points(words: str) -> bool:
    """Whether a mention only points back: "he", "this person"."""
    first = words.split(maxsplit=1)[:1]
    return not first or words.lower() in PRONOUNS or first[0].lower() in ("this", "that", "these", "those", "the")


RULE = Rule(
    code="CC201",
    name="unnamed-source",
    severity="info",
    summary="A person whose name the reader does not get is a source; every such source once, with a count.",
    rationale=(
        "Whoever speaks without a name cannot be held to what they say. Sometimes there are good reasons; an editor "
        "wants to know each case, and how many there are in one story."
    ),
    limits=(
        "Left alone are those whom an office or a relation identifies (“the mayor”, “her lawyer”), bodies, crowds and "
        "the public (“voters”, “residents”), spokespeople, children, the writer's own family, and whom another source "
        "cites."
    ),
    references=(
        ref.SPJ.on("sources are named whenever feasible, and their motives considered before anonymity is promised"),
        ref.AP_VALUES.on("anonymous sources are used only under conditions, and the reader is told why"),
        ref.REUTERS.on("named sources are preferred, and unnamed ones described as precisely as possible"),
        ref.BBC.on("the audience is told as much as possible about an anonymous source"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.official]
            name = "senior official at the port"
            kind = "unnamed_person"
            [speakers.critics]
            name = "critics"
            kind = "unnamed_group"
            [speakers.diallo]
            name = "Awa Diallo"
            kind = "named_person"
            title = "the port's director"
            +++
            claim official | {con1|The cranes were bought without a tender,} {cue1|said} {src1=official|a senior official at the port}.
            claim diallo | {con2|"That is untrue,"} {cue2|replied} {src2=diallo|Awa Diallo, the port's director}.
            claim critics | {src3=critics|Critics} {cue3|say} {con3|the price was twice the usual}.
            """,
            finds=("a senior official at the port", "Critics"),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.mayor]
            name = "mayor"
            kind = "unnamed_person"
            [speakers.lawyer]
            name = "Her lawyer"
            kind = "unnamed_person"
            [speakers.ministry]
            name = "transport ministry"
            kind = "named_organization"
            [speakers.diallo]
            name = "Awa Diallo"
            kind = "named_person"
            title = "the port's director"
            +++
            claim diallo | {con2|"That is untrue,"} {cue2|replied} {src2=diallo|Awa Diallo, the port's director}.
            claim mayor | {src1=mayor|The mayor} {cue1|said} {con1|the cranes would stay}.
            claim lawyer | {src3=lawyer|Her lawyer} {cue3|said} {con3|no rule had been broken}.
            claim ministry | {src4=ministry|The transport ministry} {cue4|declined to comment on} {con4|the price}.
            """
        ),
    ),
    check=check,
)
