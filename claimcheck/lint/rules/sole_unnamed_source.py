"""CC202: a claim for which there is one unnamed person and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import lexicon as lex
from claimcheck.lint import references as ref
from claimcheck.lint.people import is_anonymous
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Claim, Speaker

_SHORTEST = 5
"""Words of content outside quotation marks below which there is too little to be true or false."""
_SHARED = 3
"""Telling words that two claims have in common when one bears the other out, or contradicts it."""
_STOP = lex.words(
    """about above after again against also although among because been before being below between both could does doing
    down during each even every few from further have having here himself herself into itself just less like made make
    many more most much must never once only other over same says said should some such than that their them then there
    these they this those through under until very want wants were what when where which while whose will with would
    year years"""
)
_NO_ASSERTION = re.compile(
    # Questions, wishes, feelings and intentions are the speaker's own: nobody could bear them out.
    r"\b(?:ask\w*|wonder\w*|want\w*|wish\w*|hop(?:e|es|ed|ing)|fear\w*|plan\w*|intend\w*|urg\w*|demand\w*|thank\w*|prais\w*"
    r"|welcom\w*|lament\w*|jok\w*|quip\w*|shrug\w*|shout\w*|cried|promis\w*|vow\w*|refus\w*|declin\w*|like[sd]?|love\w*"
    r"|think\w*|thought|feel\w*|felt|suggest\w*|recommend\w*|advis\w*|call\w*|describ\w*|compar\w*|predict\w*|expect\w*"
    r"|doubt\w*|consider\w*|regard\w*|find\w*|support\w*|oppos\w*|remember\w*|recall\w*"
    r"|answer\w*|repl(?:y|ies|ied)|retort\w*|shot\s+back|nam(?:e|es|ed|ing)|email\w*|certif\w+|beg(?:s|ged|ging)?|plead\w*|angr\w+)\b",
    re.IGNORECASE,
)
_OWN_VIEW = re.compile(
    r"\b(?:I|I['’]\w+|me|my|we|we['’]\w+|us|our|you|your|you['’]\w+|should|must|ought|ha(?:ve|s)\s+to)\b"
)
_OWN_AFFAIR = re.compile(r"\W*(?:that\s+)?(?:s?he|to|they|his|her)\b", re.IGNORECASE)
"""A claim that begins like this is mostly about the speaker, or no statement."""
_INSIDE = re.compile(
    r"\b(?:former|ex-\w+|briefed|familiar|knowledge|close\s+to|inside|insider|present|in\s+the\s+room|on\s+call|worked|works"
    r"|took\s+part|sat\s+(?:on|in)|on\s+the\s+site|has\s+seen|served|juror|unidentified|unnamed|anonymous)\b",
    re.IGNORECASE,
)
_SHY = re.compile(
    r"\b(?:anonym\w+|not\s+to\s+be\s+(?:named|identified|quoted)|not\s+authori[sz]ed|declin\w+\s+to\s+be\s+named|asked\s+not"
    r"|(?:did|does)\s+not\s+(?:want|wish)\s+(?:to\s+(?:give|be)|h(?:is|er)\s+name)|fear(?:s|ed|ing)?\s+(?:of\s+)?(?:reprisal|retaliation|losing))",
    re.IGNORECASE,
)
_HAPPENED = re.compile(r"\b(?:had|did|didn['’]t|knew|came|went|got|took|told|paid|saw|sent|\w{2,}ed)\b", re.IGNORECASE)
_ANYONE = re.compile(r"\b(?:any(?:one|body)|who?ever|never|always|if)\b", re.IGNORECASE)
"""In direct speech: what happened, and what is a view of people at large."""
_QUESTION = re.compile(r"\?['\"’”»]*$")


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """What one anonymous person asserts and no other speaker bears out or answers; one problem a speaker."""
    telling: dict[int, frozenset[str]] = {}
    for speaker in story.report.speakers:
        if speaker.kind != "unnamed_person" or not is_anonymous(story, speaker) or not _informs(story, speaker):
            continue
        telling = telling or {c.id: _telling(story, c) for c in story.claims}
        others = [(c, telling[c.id]) for c in story.claims]
        shy = _is_shy(story, speaker)
        alone = [
            claim
            for claim in story.by_speaker[speaker.id]
            if _rests_on(story, claim, speaker)
            and (_asserts(story, claim) or (shy and _reveals(story, claim)))
            and not _borne_out(claim, telling[claim.id], others)
        ]
        if alone:
            said = max(alone[0].content, key=lambda c: c.end - c.start)  # scraps may stand before what is asserted
            more = f", and {len(alone) - 1} more of theirs" if len(alone) > 1 else ""
            yield Problem(
                said.start,
                said.end,
                f'Only one unnamed source, "{speaker.name}", stands behind this{more}: find a second one.',
            )


def _informs(story: Story, speaker: Speaker) -> bool:
    """Whether somebody is heard for what they know from inside, not as a passer-by with a view."""
    if lex.head(speaker.name) in lex.SOURCE_GROUPS or _INSIDE.search(
        " ".join((speaker.name, speaker.justification or ""))
    ):
        return True
    return _is_shy(story, speaker)


def _is_shy(story: Story, speaker: Speaker) -> bool:
    """Whether a sentence with the speaker says that they do not want to be named."""
    sentences = [s for m in speaker.mentions if (s := story.sentence_at(m.start)) is not None]
    return any(_SHY.search(story.text, s.start, s.end) for s in sentences)


def _rests_on(story: Story, claim: Claim, speaker: Speaker) -> bool:
    """Whether a claim has a speaker only, or reaches the reader through a body that cites them: "X, citing a clerk"."""
    # What stands in a sentence before the speaker comes up is more likely the writer's, or somebody else's.
    sources = [
        s.start for c in story.by_speaker[speaker.id] if (s := c.source if claim.source is None else claim.source)
    ]
    sentence = story.sentence_at(min(sources)) if sources else None
    if sentence is None or max(claim.content, key=lambda c: c.end - c.start).start < sentence.start:
        return False
    chain = list(dict.fromkeys(claim.speakers))
    if len(chain) == 1:
        return True
    outer = story.report.speakers[chain[0]] if chain[0] < len(story.report.speakers) else None
    return len(chain) == 2 and chain[-1] == speaker.id and outer is not None and outer.kind == "named_organization"


def _reveals(story: Story, claim: Claim) -> bool:
    """Whether direct speech tells what happened, and not what somebody makes of it."""
    words = " ".join(c.of(story.text) for c in claim.content)
    if claim.source is None or claim.cue is None or claim.quotation != "direct" or len(words.split()) < _SHORTEST:
        return False
    if _NO_ASSERTION.search(claim.cue.of(story.text)) or _QUESTION.search(words) or _ANYONE.search(words):
        return False
    return _OWN_VIEW.search(words) is None and _HAPPENED.search(words) is not None


def _asserts(story: Story, claim: Claim) -> bool:
    """Whether a claim says something that another source could confirm, not how the speaker feels or what they want."""
    if claim.source is None and claim.cue is not None:
        return False  # "two managers are alleged to have": not what the one who spoke last says
    words = " ".join(c.of(story.text) for c in claim.content)
    if len(words.split()) < _SHORTEST or _QUESTION.search(words) or _OWN_AFFAIR.match(words) or _SHY.search(words):
        return False
    if claim.cue is not None and _NO_ASSERTION.search(claim.cue.of(story.text)):
        return False
    # One stretch has to say it: scraps of a sentence that the source is only near say nothing.
    outside = max((len(story.words(a, b)) for a, b in _unquoted(story, claim)), default=0)
    return outside >= _SHORTEST and _OWN_VIEW.search(words) is None


def _unquoted(story: Story, claim: Claim) -> Iterable[tuple[int, int]]:
    """The parts of a claim's content that stand outside quotation marks."""
    for c in claim.content:
        start = c.start
        for q in story.quotations:
            if q.start < c.end and c.start < q.end:
                if q.start > start:
                    yield start, q.start
                start = max(start, min(q.end, c.end))
        if start < c.end:
            yield start, c.end


def _borne_out(claim: Claim, own: frozenset[str], others: Iterable[tuple[Claim, frozenset[str]]]) -> bool:
    """Whether somebody else in the article speaks of the same."""
    return any(len(own & words) >= _SHARED and set(other.speakers) - set(claim.speakers) for other, words in others)


def _telling(story: Story, claim: Claim) -> frozenset[str]:
    """The words of a claim's content that tell what it is about, cut to their stems, roughly."""
    words = (w for c in claim.content for w in story.words(c.start, c.end) if len(w) > 3)
    return frozenset(w.lower()[:6] for w in words if w.lower() not in _STOP)


RULE = Rule(
    code="CC202",
    name="sole-unnamed-source",
    severity="warning",
    summary="An assertion that rests on a single unnamed person, with nobody else in the article to bear it out.",
    rationale=(
        "One person without a name is the weakest ground there is: the reader can check neither the claim nor the "
        "claimant. Most newsrooms ask for a second, independent source before printing such a claim."
    ),
    limits=(
        "Wishes, questions, feelings and direct speech are left alone, but for what somebody who does not want to be "
        "named says has happened to others. A body that only cites an unnamed person bears nothing out. Another "
        f"speaker bears a claim out, or answers it, where {_SHARED} telling words are the same; paraphrase escapes it."
    ),
    references=(
        ref.REUTERS.on("stories that rest on a single unnamed source are the exception and need an editor's approval"),
        ref.AP_VALUES.on("information from an anonymous source is corroborated"),
        ref.BBC.on("reliance on a single source is avoided, on an anonymous one most of all"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.engineer]
            name = "former engineer at the plant"
            kind = "unnamed_person"
            [speakers.plant]
            name = "Norrvik Paper"
            kind = "named_organization"
            +++
            claim plant | {src1=plant|Norrvik Paper} {cue1|said} {con1|its profit had doubled}.
            claim engineer | {con2|The filters had been switched off every weekend since March,} {cue2|according to} {src2=engineer|a former engineer at the plant}.
            """,
            finds=("The filters had been switched off every weekend since March,",),
        ),
        Example(
            """
            +++
            [speakers.trustee]
            name = "trustee"
            kind = "unnamed_person"
            [speakers.museum]
            name = "Norrvik Museum"
            kind = "named_organization"
            +++
            claim museum | {src1=museum|Norrvik Museum} {cue1|said} {con1|it had bought the figure in good faith}.
            claim trustee | {con2|"Everybody on the board knew where it came from,"} {cue2|said} {src2=trustee|a trustee}, who asked not to be named.
            """,
            finds=('"Everybody on the board knew where it came from,"',),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.engineer]
            name = "former engineer at the plant"
            kind = "unnamed_person"
            [speakers.log]
            name = "maintenance log"
            kind = "document"
            +++
            claim engineer | {con2|The filters had been switched off every weekend since March,} {cue2|according to} {src2=engineer|a former engineer at the plant}.
            claim log | {src3=log|A maintenance log} {cue3|shows} {con3|the filters switched off on nineteen weekends}.
            """
        ),
        Example(
            """
            +++
            [speakers.angler]
            name = "angler"
            kind = "unnamed_person"
            +++
            claim angler | {con1|"I come here for the quiet, you know,"} {cue1|said} {src1=angler|an angler on the pier}.
            """
        ),
    ),
    check=check,
)
