"""CC103: a name speaks and the article never says who that is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import lexicon as lex
from claimcheck.lint import references as ref
from claimcheck.lint.people import surname
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import PRONOUNS, Story
from claimcheck.report import AUTHOR, Span, Speaker
from claimcheck.speakers.lexicon import GIVEN_NAMES, ORG_ENDS, ORG_HEADS, ORG_STARTS, PERSON_NOUNS

_PROTAGONIST = 3
"""Mentions outside attributions from which on the story itself is about somebody."""
_FOLLOWED = re.compile(
    # ", who sells greens", ", a father of two", ", 41, of no fixed address", ", from Nairn", " of the harbour board"
    r"['’]?s?\s*(?:\([^)]*\)\s*)?(?:,\s*\d{1,3}\s*)?(?:,?\s*(?:who|whose|whom|of|from|for|at|in)\b|,\s*(?:(?:a|an|the|one|our|his|her|its|their"
    r"|played|then|now|also|known|born|with|on|(?:former|retired|chief|head|president|director|chair|co-founder)\b|[a-z]+['’]s)\s"
    r"|[\w-]+\s+(?:of|at|for)\b|\w+ing\b)|,\s*(?:[\w.]+\s){0,3}[\w.]+['’]s?\s|,?\s+and\s+[A-Z]|\s+(?:is|was|are|were)\s+(?:a|an|the|one|elected|appointed|named)\b|\s*[(–—-])"
)
_OFFICE = re.compile(
    r"\b(?:[Pp]resident|[Dd]irector|[Cc]hief|[Hh]ead|[Ss]ecretary|[Ee]ditor|[Mm]inister|[Cc]hair\w*|article|column|report)\b[^.;:!?\"]{0,45}$"
)
"""An office some words before the name: "Vice President for news and talk Rowe", "in an article on Monday by Rowe"."""
_IS = re.compile(r"['’]?s?,?\s+(?:is|was)\s+(?:a|an|the|one|\d{1,3})\b")
"""Whatever stands beside the name, the sentence says who it is: "Rowe is 34, the daughter of"."""
_ACTS = re.compile(
    # The sentence goes on to say what part they have in it: "said when she resigned", "said as he and other neighbours".
    r"\b(?:when|as|while|after|before|where)\s+(?:he|she|they)\b|\band\s+(?:\w+\s+){0,3}other\s+[a-z]+s\b"
)
_OFFICE_OF = re.compile(
    r"\b(?:head|chief|boss|president|leader|owner|author|director|founder|chair\w*|editor|mayor) (?:of|at|for)\b",
    re.IGNORECASE,
)
_ROLES = lex.TITLES | lex.KIN | PERSON_NOUNS
_THE_ROLE = re.compile(r"\b(?:the|an?|his|her|its|their|our)\s+((?:[\w-]+\s+){0,2}[\w-]+)", re.IGNORECASE)
_IS_ROLE = re.compile(
    r"\b(?:he|she)\s+(?:is|was|has\s+been|works?|worked)\s+((?:[\w'’-]+\s+){0,3}[\w-]+)", re.IGNORECASE
)
"""Where a role may stand in a sentence beside: "The producer saw nothing amiss.", "the union of which he is chairman"."""
_ROLE_LIKE = re.compile(r"[A-Z][a-z]+(?:er|or|ist|ian|ant|man|woman)")
"""The first of three words of a name, where it is no given name: "Filmmaker Jo Bell"."""
_PRECEDED = re.compile(
    # "her partner, Shane", "the skipper, Ho Van Sau", "developer Jo Bell", "Fox's Jo Bell", "Among the beaten was"
    r"(?i:\b(?:a|an|the|his|her|their|its|our|my|your|one|another|former|[\w.]+['’]s)\s(?:[\w'’-]+\s){0,5}[\w'’-]+,?"
    r"|[\w.]+['’]s?|,\s*(?:\w+\s)?(?:[a-z-]+),|\b(?:am|is|was|were|are|and)|[a-z]+(?:er|or|ist|ian|ant|ent|man|woman|eer|yst))\s*$"
)


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Named people without title, justification or any words beside their first mention that say who they are."""
    known = {name.casefold() for name in settings.known_names}
    for speaker in story.report.speakers:
        if speaker.kind != "named_person" or speaker.name == AUTHOR or speaker.title or speaker.justification:
            continue
        if len(speaker.name.split()) < 2 or _is_body(speaker) or not _quoted(story, speaker):
            continue
        if speaker.name.casefold() in known or not story.by_speaker[speaker.id]:
            continue
        mentions = list(story.find(surname(speaker.name)))
        full = list(story.find(speaker.name))
        if not full or _is_subject(story, speaker, mentions):
            continue
        if (
            any(_introduces(story, m) or _acts(story, m) for m in full)
            or any(_IS.match(story.text, m.end) for m in mentions)
            or _titled(story, speaker, full[0])
        ):
            continue
        first = full[0]
        if not any(m.start <= first.start < m.end for m in speaker.mentions) or _described(story, first):
            continue  # they come into the story as somebody who acts in it, which says who they are
        yield Problem(
            first.start, first.end, f"{story.quote(first.start, first.end)} is never introduced: say who this is."
        )


_WRITES = re.compile(r"\b(?:wr(?:ite|ites|ote|iting|itten)|tweet\w*|post(?:s|ed|ing)?)\b", re.IGNORECASE)


def _is_body(speaker: Speaker) -> bool:
    """Whether the name is that of a body after all, whatever kind the report gives it."""
    words = [word.lower() for word in speaker.name.split()]
    return words[-1] in ORG_HEADS | ORG_ENDS or words[0] in ORG_STARTS


def _quoted(story: Story, speaker: Speaker) -> bool:
    """Whether the speaker is quoted aloud; those whose views are summed up, or who write, are mostly known to all."""
    return any(
        claim.quotation == "direct" and claim.cue is not None and not _WRITES.search(claim.cue.of(story.text))
        for claim in story.by_speaker[speaker.id]
    )


def _is_subject(story: Story, speaker: Speaker, mentions: list[Span]) -> bool:
    """Whether the story is about the speaker: they are in its headline, or it tells about them beside quoting them."""
    if any((s := story.sentence_at(m.start)) is not None and story.is_heading(s) for m in mentions):
        return True
    sources = [c.source for c in story.by_speaker[speaker.id] if c.source is not None]
    own = [m for m in mentions if not any(s.start <= m.start < s.end for s in sources)]
    return len(own) >= _PROTAGONIST


def _described(story: Story, mention: Span) -> bool:
    """Whether one of the two sentences before speaks of an office or a role, or the next one gives "him" one."""
    sentence = story.sentence_at(mention.start)
    after = story.sentence_after(sentence) if sentence is not None else None
    if after is not None and any(_has_role(m.group(1)) for m in _IS_ROLE.finditer(story.text, after.start, after.end)):
        return True
    for _ in range(2):
        sentence = story.sentence_before(sentence) if sentence is not None else None
        if sentence is None:
            return False
        if _OFFICE_OF.search(story.text, sentence.start, sentence.end):
            return True
        if any(_has_role(m.group(1)) for m in _THE_ROLE.finditer(story.text, sentence.start, sentence.end)):
            return True
    return False


def _has_role(words: str) -> bool:
    return any(word in _ROLES for word in words.lower().split())


def _introduces(story: Story, mention: Span) -> bool:
    """Whether the words beside a mention say who it is."""
    after = story.text[mention.end : mention.end + 60]
    before = " ".join(story.text[max(0, mention.start - 70) : mention.start].split())
    return bool(_FOLLOWED.match(after) or _PRECEDED.search(f"{before} ") or _OFFICE.search(before))


def _acts(story: Story, mention: Span) -> bool:
    """Whether the writer's own words behind a mention tell what the speaker does in the story."""
    sentence = story.sentence_at(mention.start)
    return sentence is not None and any(
        story.quotation_at(found.start()) is None for found in _ACTS.finditer(story.text, mention.end, sentence.end)
    )


def _titled(story: Story, speaker: Speaker, mention: Span) -> bool:
    """Whether a title belongs to the name or stands before it; a bare form of address is none."""
    before = story.text[max(0, mention.start - 30) : mention.start].split()
    words = [*before[-1:], *speaker.name.split()[:-1]]
    if any(
        w[0].islower()
        for m in speaker.mentions
        if m.of(story.text).lower() not in PRONOUNS
        for w in m.of(story.text).split()
    ):
        return True  # "her son, Geraint"
    roles = _ROLES
    parts = {part for w in words for part in (w.rstrip(".,").lower(), *w.lower().split("-"))}
    first = speaker.name.split()[0]
    if len(speaker.name.split()) > 2 and _ROLE_LIKE.fullmatch(first) and first.lower() not in GIVEN_NAMES:
        return True
    return bool(parts & roles) or speaker.name.startswith("@")


RULE = Rule(
    code="CC103",
    name="speaker-not-introduced",
    severity="warning",
    summary="A named speaker for whom the article gives neither a role nor a reason to be heard.",
    rationale=(
        "A name alone tells the reader nothing about what its bearer can know or wants. A role, or a few words on why "
        "this person is heard, is what makes a source a source."
    ),
    limits=(
        "People the story is about (in the headline, or told about beside being quoted), titles of every kind, family "
        "relations, appositions, and a role in the sentences beside count as introduced. Only speakers who are quoted in direct speech are looked "
        "at. Whom everybody knows can be listed in the setting `known-names`."
    ),
    references=(
        ref.SPJ.on("sources are identified clearly, so that the public can judge their reliability and motives"),
        ref.AP.on("people are identified by their full name at first reference, with their title where they have one"),
        ref.NPR.on("the audience is told what it needs to judge a source by"),
    ),
    fails=(
        Example(
            """
            +++
            [speakers.arkwright]
            name = "Tom Arkwright"
            kind = "named_person"
            +++
            fact | Council votes to close library

            fact | The council voted on Tuesday to close the library in Mill Lane.
            claim arkwright | {con1|"It is the only warm room in town,"} {cue1|said} {src1=arkwright|Tom Arkwright}.
            fact | The building will be sold in May.
            """,
            finds=("Tom Arkwright",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.arkwright]
            name = "Tom Arkwright"
            kind = "named_person"
            justification = "who has borrowed a book there every week since 1971"
            [speakers.lim]
            name = "Grace Lim"
            kind = "named_person"
            title = "the head librarian"
            +++
            fact | The council voted on Tuesday to close the library in Mill Lane.
            claim arkwright | {con1|"It is the only warm room in town,"} {cue1|said} {src1=arkwright|Tom Arkwright, who has borrowed a book there every week since 1971}.
            claim lim | {con2|The sale would save little,} {cue2|according to} {src2=lim|Grace Lim, the head librarian}.
            """
        ),
        Example(
            """
            +++
            [speakers.arkwright]
            name = "Tom Arkwright"
            kind = "named_person"
            +++
            fact | Arkwright wins Mill Lane by nine votes

            fact | Tom Arkwright won the seat on Thursday.
            claim arkwright | {con1|"I did not expect it,"} {src1=arkwright|he} {cue1|said}.
            """
        ),
    ),
    check=check,
)
