"""CC204: somebody accuses at length, and the accused says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import lexicon as lex
from claimcheck.lint import references as ref
from claimcheck.lint.people import words_spoken
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import AUTHOR, Claim, Speaker

_ACCUSES = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|denounc(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|berat(?:e|es|ed|ing)"
    r"|lambast(?:e|es|ed|ing)|slam(?:s|med|ming)?|blast(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|stands?|stood)\b|^accused\s+of", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|never|n['’]t|without|stopped\s+short|refus\w+|declin\w+)\b", re.IGNORECASE)
_REPLY = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|rebut\w*|refut\w*|contest(?:s|ed|ing)?"
    r"|declin(?:e|es|ed|ing)|refus(?:e|es|ed|ing)|respond(?:s|ed)?|repl(?:y|ies|ied)|retort\w*|counter(?:s|ed)|defend(?:s|ed|ing)?"
    r"|comment(?:s|ed)?|answer(?:s|ed)?|apologi[sz]\w+|acknowledg\w+|admit(?:s|ted)?|insist(?:s|ed)?|maintain(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""What the accused does who has a word; it counts in a sentence that names them."""
_ASKED = re.compile(
    r"\b(?:did\s+not\s+(?:immediately\s+)?(?:respond|reply|return|answer)|could\s+not\s+(?:immediately\s+)?be\s+reached"
    r"|declin(?:e|es|ed|ing)\s+(?:to\s+comment|comment)|refus(?:e|es|ed|ing)\s+to\s+comment|would\s+not\s+comment|no\s+comment"
    r"|(?:approached|asked|contacted)\s+for\s+(?:a\s+)?(?:comment|reply|response)|has\s+not\s+(?:commented|responded|replied))\b",
    re.IGNORECASE,
)
"""The reporter asked somebody in vain: whom, is for a reader to judge."""
_GROUPS = lex.words("crew crews producers makers owners bosses funds insurers staff board management operator")
"""Heads of noun phrases for people who could answer, which the other lists lack."""
_WHO = r"[\"'“‘«]?\s*(?:that\s+)?(?:(?:the|its|their|his|her)(?:\s+[a-z-]+){1,3},?\s+)?(?P<who>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3}),?\s+"
_ALLEGES = re.compile(r"\b(?:alleg(?:e|es|ed|ing)|charged\s+that)\b", re.IGNORECASE)
_DONE = re.compile(_WHO + r"(?:had|has|have|was|were|did|\w{3,}ed)\s+\w+")
_MISDEED = re.compile(
    _WHO + r"(?:(?:had|has|have|is|are|was|were)\s+)?(?:\w+ly\s+)?"
    r"(?:lied|lying|stole|stolen|stealing|(?:tak(?:en|es|ing)|took)\s+(?:money|bribes?|a\s+bribe|kickbacks?)|brib(?:ed|ing)"
    r"|cheat(?:ed|ing|s)|falsif(?:ied|ying)|forg(?:ed|ing)|fak(?:ed|ing)|cover(?:ed|ing)\s+up|hid|hidden|embezzl(?:ed|ing)"
    r"|rigg(?:ed|ing)|poison(?:ed|ing)|threaten(?:ed|ing)|bull(?:ied|ying)|harass(?:ed|ing)|defraud(?:ed|ing)|swindl(?:ed|ing)"
    r"|misle(?:d|ading)|corrupt|a\s+(?:liar|thief|crook|fraud|cheat|bully))\b"
)
"""What is said begins with a name and what its bearer did: anything that is "alleged", and otherwise what is wrong."""
_LONG_AGO = re.compile(r"\b(?:in|since|of)\s+(?:1[5-9]|20)\d\d\b", re.IGNORECASE)
"""An accusation recalled, not made in the story."""
_TARGET_END = re.compile(r"\s(?:of|for|over|on|after|because|who|whom|which|that|in|by|with|as)\b|[,;:.“\"‘«]")
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "hi",
        "his",
        "her",
        "it",
        "its",
        "their",
        "our",
        "my",
        "your",
        "thi",
        "that",
        "these",
        "those",
        "both",
    ]
)


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Accusations by speakers who have many words, against somebody who has none in the article; one an accuser."""
    done: set[int] = set()
    heard = _Heard(story)
    for claim in story.claims:
        speaker = _accuser(story, claim)
        if speaker is None or speaker.id in done or claim.cue is None:
            continue
        if words_spoken(story, _claims_of(story, speaker)) < settings.at_length:
            continue
        sentence = story.sentence_at(claim.cue.start)
        if sentence is not None and _LONG_AGO.search(story.text, sentence.start, sentence.end):
            continue
        target = _target(story, claim)
        if target is None or heard.answers(target, speaker):
            continue
        done.add(speaker.id)
        yield Problem(
            claim.cue.start,
            claim.cue.end,
            f'{speaker.name} accuses "{target}", who has no word in this story: ask for a reply, or say that you did.',
        )


def _accuser(story: Story, claim: Claim) -> Speaker | None:
    speakers = story.speakers(claim)
    if len(speakers) != 1 or speakers[0].name == AUTHOR or claim.cue is None:
        return None
    return speakers[0] if _accuses(claim.cue.of(story.text)) or _deed(story, claim) else None


def _accuses(cue: str) -> bool:
    return bool(_ACCUSES.search(cue)) and not _NEGATED.search(cue) and not _PASSIVE.search(cue)


def _deed(story: Story, claim: Claim) -> re.Match[str] | None:
    """A named person or body at the beginning of what is said, and what they are said to have done."""
    assert claim.cue is not None
    cue, words = claim.cue.of(story.text), max(claim.content, key=lambda c: c.end - c.start).of(story.text)
    if _NEGATED.search(cue) or (match := (_DONE if _ALLEGES.search(cue) else _MISDEED).match(words)) is None:
        return None
    return None if _NEGATED.search(match.group()) else match


def _claims_of(story: Story, speaker: Speaker) -> list[Claim]:
    """The claims of a speaker, and of those who speak for them: the union, and "the union's secretary"."""
    found = list(story.by_speaker[speaker.id])
    last = speaker.name.split()[-1] if speaker.name else ""
    if speaker.kind in ("named_organization", "unnamed_group") and len(last) > 3:
        theirs = re.compile(rf"\b{re.escape(last)}['’]s?\s|\b(?:of|for|at)\s+(?:the\s+)?{re.escape(speaker.name)}\b")
        for other in story.report.speakers:
            about = [other.title or "", *(m.of(story.text) for m in other.mentions)]
            if other.id != speaker.id and any(theirs.search(words) for words in about):
                found += story.by_speaker[other.id]
    return found


def _target(story: Story, claim: Claim) -> str | None:
    """Who is accused: the noun phrase after the verb, whether the report has it in the cue, in the content or in none."""
    assert claim.cue is not None
    cue = claim.cue.of(story.text)
    if not _accuses(cue):
        match = _deed(story, claim)
        return match["who"] if match is not None and _accountable(match["who"].split()) else None
    verb = _ACCUSES.search(cue)
    assert verb is not None
    start = claim.cue.start + verb.end()
    sentence = story.sentence_at(claim.cue.start)
    phrase = story.text[start : min(sentence.end if sentence is not None else start + 200, start + 200)].strip()
    if phrase.split(" ", 1)[0].lower() in ("of", "for", "over"):
        return None
    end = _TARGET_END.search(phrase)
    phrase = phrase[: end.start()] if end else phrase
    words = phrase.split()
    if not words or len(words) > 8 or not _accountable(words):
        return None
    return " ".join(words)


def _accountable(words: list[str]) -> bool:
    """Whether a noun phrase means a person or a body that could answer."""
    from claimcheck.speakers.lexicon import ORG_HEADS, PERSON_NOUNS

    last = re.sub(r"['’]s?$", "", words[-1]).strip("'\"’”")
    low = last.lower()
    if low in _GROUPS or low.removesuffix("s") in PERSON_NOUNS | ORG_HEADS or lex.is_person(low.removesuffix("s")):
        return True
    if low in PERSON_NOUNS | ORG_HEADS | lex.KIN | lex.SOURCE_GROUPS | {"opponent", "officers", "owners", "managers"}:
        return True
    return last[:1].isupper() and len(words) <= 5


class _Heard:
    """Who speaks in a story, and who is said to have answered or to have been asked in vain."""

    def __init__(self, story: Story) -> None:
        self._asked = _ASKED.search(story.text) is not None
        self._speakers: dict[str, set[int]] = {}
        for speaker in story.report.speakers:
            if not story.by_speaker[speaker.id]:
                continue
            called = [speaker.name, speaker.title or "", speaker.justification or ""]
            called += [m.of(story.text) for m in speaker.mentions]
            for word in {_plain(w) for words in called for w in words.split()}:
                self._speakers.setdefault(word, set()).add(speaker.id)
        replies = [s for s in story.sentences if _REPLY.search(story.text, s.start, s.end)]
        self._some_reply = bool(replies)
        self._replying = {_plain(w) for s in replies for w in story.words(s.start, s.end)}

    def answers(self, target: str, accuser: Speaker) -> bool:
        """Whether somebody who could be the target speaks, or is said to have answered, or to have been asked in vain."""
        if self._asked:
            return True
        keys = {_plain(w) for w in target.split()} - _DETERMINERS
        if any(self._speakers.get(key, set()) - {accuser.id} for key in keys):
            return True
        if not target.split()[-1][0].isupper():
            return self._some_reply  # "her brother" or "the company" may be anybody who answers something
        return not keys.isdisjoint(self._replying)


def _plain(word: str) -> str:
    """A word without marks, possessive, plural and case, to compare names by."""
    word = re.sub(r"['’]s?$", "", word.strip(".,;:'\"’”“‘()")).lower()
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


RULE = Rule(
    code="CC204",
    name="accused-without-reply",
    severity="warning",
    summary="A speaker quoted at length accuses somebody who has no word in the story.",
    rationale=(
        "Whoever is accused in print is entitled to be asked. A story that gives one side a paragraph and the other "
        "nothing is unfair, and often wrong."
    ),
    limits=(
        "“At length” is the setting `at-length` (20 words in the article of the speaker, and of whoever speaks for "
        "them). An accusation is a verb that accuses, or a name and what its bearer is alleged to have done, or has "
        "done that is plainly wrong (“lied”, “took bribes”). The accused counts as heard "
        "who speaks, is said to deny or answer, or was asked in vain; where the article only says “the company” or "
        "“her brother”, anybody's denial counts. Accusations of nobody who could answer are left alone."
    ),
    references=(
        ref.SPJ.on("subjects of coverage are sought out and allowed to respond to criticism and allegations"),
        ref.BBC.on("those against whom allegations are made have a right of reply"),
        ref.REUTERS.on("all sides of a dispute are given the chance to comment"),
        ref.IPSO.on("a fair opportunity to reply to inaccuracies is given where reasonably called for"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.haddad]
            name = "Rana Haddad"
            kind = "named_person"
            title = "who chairs the tenants' league"
            +++
            fact | Tenants march on town hall

            claim haddad | {src1=haddad|Rana Haddad, who chairs the tenants' league}, {cue1|accused} {con1|Calder Homes of letting the boilers fail on purpose}.
            claim haddad | {con2|"They want the old tenants out before the winter, so that the flats can be sold to people who never come,"} {src2=haddad|she} {cue2|said}.
            fact | Four hundred people took part in the march.
            """,
            finds=("accused",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.haddad]
            name = "Rana Haddad"
            kind = "named_person"
            title = "who chairs the tenants' league"
            [speakers.calder]
            name = "Calder Homes"
            kind = "named_organization"
            +++
            claim haddad | {src1=haddad|Rana Haddad, who chairs the tenants' league}, {cue1|accused} {con1|Calder Homes of letting the boilers fail on purpose}.
            claim haddad | {con2|"They want the old tenants out before the winter, so that the flats can be sold to people who never come,"} {src2=haddad|she} {cue2|said}.
            claim calder | {src3=calder|Calder Homes} {cue3|said} {con3|that parts were on order}.
            """
        ),
        Example(
            """
            +++
            [speakers.haddad]
            name = "Rana Haddad"
            kind = "named_person"
            title = "who chairs the tenants' league"
            +++
            claim haddad | {src1=haddad|Rana Haddad, who chairs the tenants' league}, {cue1|accused} {con1|Calder Homes of letting the boilers fail on purpose}.
            claim haddad | {con2|"They want the old tenants out before the winter, so that the flats can be sold to people who never come,"} {src2=haddad|she} {cue2|said}.
            fact | The company did not respond to a request for comment.
            """
        ),
        Example(
            """
            +++
            [speakers.haddad]
            name = "Rana Haddad"
            kind = "named_person"
            title = "who chairs the tenants' league"
            +++
            claim haddad | {src1=haddad|Rana Haddad, who chairs the tenants' league}, {cue1|blamed} {con1|the cold on an old pipe}.
            claim haddad | {con2|"We have asked for a new one since the spring, and we will ask again until somebody brings it,"} {src2=haddad|she} {cue2|said}.
            """
        ),
    ),
    check=check,
)
