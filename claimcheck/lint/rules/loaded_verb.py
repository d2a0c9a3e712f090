"""CC301: "admitted" where "said" would do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint import verbs
from claimcheck.lint.rule import Edit, Example, Fix, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import AUTHOR, Claim, Span

_NEGATED = re.compile(r"\b(?:not|never|cannot|nor|neither|hardly)\b|n['’]t\b", re.IGNORECASE)
_DETERMINED = re.compile(
    # What makes a noun of "claims" and "boast": a determiner before it, or a verb or preposition that it is the object of.
    r"(?:\b(?:the|a|an|his|her|its|their|our|my|this|that|any|no|every|all|some|these|those|such|several|many|other|more)|['’]s)"
    r"\s+(?:\w+\s+)?$"
    r"|\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|disput\w*|rebut\w*|refut\w*|repeat\w*|of|about|over|with|despite"
    r"|against|from|by|on)\s+$",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|shall|should|must|cannot)\b"
    r"|\w['’](?:s|re|ve|ll|d|m)\b|n['’]t\b"
    # Behind a determiner the same form is an adjective: "a combined audience".
    r"|(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?<!\bits\s)(?<!\bhis\s)(?<!\bher\s)(?<!\bno\s)\b\w+ed\b"
)
_INSISTED_ON = re.compile(r"\s+(?:on|upon)\s+(?:an?|the|his|her|its|their|\w+ing)\b", re.IGNORECASE)
"""Demanded; "insisted on Friday" is another matter."""
_QUOTED_SENTENCE = re.compile(r"[\"“”„«»‘'].*[.,!?…—–-][\"”“»’']*$", re.DOTALL)
_UNDER_OATH = re.compile(
    r"\b(?:cross-examin\w*|under\s+questioning|on\s+oath|under\s+oath|testif\w+|plead\w*|plea|pled|in\s+the\s+dock|confessed\s+to\s+police)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_REBUTTED = re.compile(
    r"\b(?:wrongly|falsely|incorrectly|mistakenly|baselessly|untruthfully|without\s+evidence)\b", re.IGNORECASE
)
_GUILT = ("admit", "conced", "confess")


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Loaded verbs in the cue of a claim that is a plain statement of its speaker, in the writer's own words."""
    accepted = {verb.lower() for verb in settings.accepted_verbs}
    for claim in story.claims:
        if claim.cue is None or any(s.name == AUTHOR for s in story.speakers(claim)):
            continue
        if _in_other_words(story, claim, claim.cue) or _NEGATED.search(claim.cue.of(story.text)):
            continue
        for span, loaded in verbs.find(story, claim.cue):
            if loaded.form in accepted or _DETERMINED.search(story.text[max(0, span.start - 30) : span.start]):
                continue
            if _PASSIVE.search(story.text[max(0, span.start - 15) : span.start]):
                continue
            if loaded.clause and not _states(story, claim, span):
                continue
            if _REBUTTED.search(story.text, claim.cue.start, span.end + 20):
                continue  # the writer does judge the claim, and says so
            if loaded.form.startswith(_GUILT) and _in_court(story, span):
                continue
            replaceable = loaded.clause or claim.cue.end == span.end
            yield Problem(
                span.start,
                span.end,
                f'"{span.of(story.text)}" {loaded.effect}: "{loaded.plain}" would do.',
                Fix((Edit(span.start, span.end, loaded.plain),), safe=False) if replaceable else None,
            )


def _in_other_words(story: Story, claim: Claim, cue: Span) -> bool:
    """Whether the verb is not the writer's: it stands in a quotation, or in what another source is given."""
    if story.quotation_at(cue.start) is not None:
        return True
    return any(c.id != claim.id and c.speakers for c in story.claims_over(cue.start, cue.end))


def _states(story: Story, claim: Claim, verb: Span) -> bool:
    """Whether the verb stands beside a statement: direct speech or a clause, so that "said" can take its place.

    "Admitted burglary", "claims victory", "insists on cash" and "boasts two towers" are other verbs.
    """
    if verb.of(story.text).lower().startswith("insist") and _INSISTED_ON.match(story.text, verb.end):
        return False
    before = [c for c in claim.content if c.end <= verb.start]
    after = [c for c in claim.content if c.start >= verb.end]
    if before:
        return True
    if not after:
        return False
    between = story.text[verb.end : after[0].start].split()
    if between[:1] and between[0].lower() in ("to", "of", "on", "about", "at", "for", "over"):
        return False
    content = after[0].of(story.text)
    opening = next(iter(content.lower().split()), "")
    if opening in ("to", "of", "on", "about", "at", "for", "over"):
        return False
    if opening in ("that", "how", "why"):
        return True
    if _QUOTED_SENTENCE.match(content):
        return True
    return _FINITE.search(content) is not None


def _in_court(story: Story, verb: Span) -> bool:
    sentence = story.sentence_at(verb.start)
    return sentence is not None and _UNDER_OATH.search(story.text, sentence.start, sentence.end) is not None


RULE = Rule(
    code="CC301",
    name="loaded-verb",
    severity="warning",
    summary="A reporting verb that judges the speaker or what they say, where a plain one would do.",
    rationale=(
        "“Said” reports. “Admitted” makes it guilt, “claimed” makes it doubtful, “slammed” makes it a brawl. The "
        "reader takes the writer's judgement for part of the news."
    ),
    limits=(
        "Verbs that do another job are left alone: “admitted burglary”, “claimed victory”, “insists on cash”, and "
        "“admitted” or “conceded” under questioning. Verbs that the house accepts go into the setting "
        "`accepted-verbs`. The plain verb is put in only with `--unsafe-fixes`, as the loaded one is sometimes meant."
    ),
    references=(
        ref.REUTERS.on("words that take sides or carry a judgement are avoided"),
        ref.BBC.on("careful wording is part of accuracy and of impartiality"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.okafor]
            name = "Ngozi Okafor"
            kind = "named_person"
            title = "the finance commissioner"
            [speakers.union]
            name = "teachers' union"
            kind = "named_organization"
            +++
            claim okafor | {src1=okafor|Ngozi Okafor, the finance commissioner}, {cue1|admitted} {con1|that salaries were two weeks late}.
            claim union | {src2=union|The teachers' union} {cue2|slammed} {con2|the delay}.
            claim okafor | {con3|"They will be paid on Friday,"} {src3=okafor|she} {cue3|claimed}.
            """,
            finds=("admitted", "slammed", "claimed"),
            fixed=(
                "Ngozi Okafor, the finance commissioner, said that salaries were two weeks late. "
                "The teachers' union criticised the delay. "
                '"They will be paid on Friday," she said.'
            ),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.okafor]
            name = "Ngozi Okafor"
            kind = "named_person"
            title = "the finance commissioner"
            [speakers.front]
            name = "Delta Front"
            kind = "named_organization"
            [speakers.mensah]
            name = "Kojo Mensah"
            kind = "named_person"
            title = "a clerk"
            +++
            claim okafor | {src1=okafor|Ngozi Okafor, the finance commissioner}, {cue1|said} {con1|that salaries were two weeks late}.
            claim front | {src2=front|The Delta Front} {cue2|claimed} {con2|responsibility for the fire}.
            claim mensah | {src3=mensah|Kojo Mensah, a clerk}, {cue3|admitted} {con3|theft}.
            claim okafor | {src4=okafor|She} {cue4|insists on} {con4|receipts}.
            claim mensah | {con5|"My chief claimed the money was his,"} {src5=mensah|Mensah} {cue5|told the court}.
            """
        ),
    ),
    check=check,
)
