"""CC303: marks around a word of the writer's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimcheck.lint import references as ref
from claimcheck.lint.people import surname
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Sentence, Span

_LONGEST = 4
"""Words in scare quotes; more are quoted from somebody."""
_MENTIONED = re.compile(
    # The words themselves are the subject, or the name of something.
    r"\b(?:words?|terms?|phrases?|names?|named|nicknam\w*|titles?|titled|entitled|headed|headings?|captions?|labels?|labell?ed"
    r"|calls?|called|calling|known|knows|dubbed|styled|termed|billed|christened|so-called|alias|account|tagged|hashtag|handle"
    r"|read|reads|reading|sign|signs|signed|banner|poster|placard|slogan|notice|stamp\w*|mark\w*|written|wrote|writes|scrawled"
    r"|spell\w*|pronounc\w*|means?|meaning|translat\w*|language|verbs?|nouns?|adjectives?|spoke|speaks?|use[sd]?|using|says?|said"
    r"|song|hymn|tune|film|movie|book|novel|poem|album|play|series|show|game|programme|program|podcast|column|song|episode|rated"
    r"|rating|verdict|categor\w+|class\w*|listed|lists?|records?|describ\w*|refer\w*|replac\w*|instead|answer\w*|question\w*"
    r"|shout\w*|chant\w*|sang|sings?|hum\w*|typed?|clicks?|button|menu|option|field|column|box|file[ds]?|folder|apologi[sz]\w+"
    r"|act|law|statute|clause|contract|treaty|section|schedule|motion|bill|rules?|chapter|sell\w*|sold|offer\w*|market\w*|promis\w*|advertis\w*|announc\w*|declar\w*|order\w*|refer\w*|rul(?:ed|es)|charg\w*|accus\w*|convict\w*|found|among|including|such\s+as|or|order)\b",
    re.IGNORECASE,
)

_NAMED = re.compile(
    # Behind the marks: a thing that has the words for its name, or an explanation of the term.
    r"\W*(?:certificate|label|licence|license|visa|scheme|badge|award|warning|notice|clause|status|button|sign|tag)\b"
    r"|\W*(?:\(|which means|meaning|as\s+\w+\s+call)|,?\s*[-–—(,]\s*(?:the|a|an|those|people|that\s+is)\b"
)
_SAYS_BEHIND = re.compile(
    r",\s+(?:[\w’'-]+\s+){1,10}(?:says?|said|states?|stated|reads?|notes?|noted|writes?|wrote|announced|warns?|warned)\b"
    r"|\baccording\s+to\b"
)
"""Behind the marks: whose words they are, where the report has missed it."""
_SUBJECT = re.compile(r"(?:I|he|she|we|they)\b", re.IGNORECASE)
"""Somebody who may have used the words, as the subject of the sentence."""
_SO_CALLED = re.compile(r"\bso-called\s+$", re.IGNORECASE)
"""It introduces a term in a report; in a sentence that judges it mocks, as the marks do."""
_DISOWNED = re.compile(
    r"(?:\b(?:the|this|that|these|those|its|his|her|their|our|an?|such|any)|['’]s?|\bso-called)\s+$", re.IGNORECASE
)
"""Before the marks: the words are taken up as the writer's own noun phrase, not handed to anybody."""


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Short quotations in the writer's own assertions that are nobody's words, no title, no name and no term."""
    accepted = {term.casefold() for term in settings.scare_quotes}
    quoted = _quoted_words(story)
    seen: set[str] = set()
    for q in story.quotations:
        inner = story.text[q.start : q.end].strip(" ,.;:!?'\"“”‘’«»„‟‹›`")
        words = story.words(q.start, q.end)
        sentence = story.sentence_at(q.start)
        if not words or len(words) > _LONGEST or sentence is None or sentence.label == "claim":
            continue
        if inner.casefold() in accepted | seen or story.is_heading(sentence) or not inner[:1].islower():
            continue
        if any(w[0].isupper() or w[0].isdigit() for w in words) or not inner.isascii():
            continue
        echo = " ".join(w.lower() for w in words) in quoted
        if (echo and not _mocks(story, q, sentence)) or _is_mentioned(story, q, sentence):
            continue
        if _SUBJECT.match(story.text, sentence.start, q.start) or _is_about_speaker(story, sentence):
            continue  # "She remained 'properly excited'": her words, most likely
        seen.add(inner.casefold())
        advice = (
            "say what is wrong with the word, or drop the marks" if echo else "say who calls it so, or drop the marks"
        )
        yield Problem(q.start, q.end, f'Scare quotes around "{inner}": {advice}.')


def _mocks(story: Story, q: Span, sentence: Sentence) -> bool:
    """Whether a sentence that judges takes up a source's word as its own: 'The "efficiencies" work the night shift.'"""
    return sentence.label == "opinion" and _DISOWNED.search(story.text, sentence.start, q.start) is not None


def _quoted_words(story: Story) -> str:
    """All that sources are given, in lower case: marks around one of their words echo them."""
    return " | ".join(
        " ".join(w.lower() for w in story.words(c.start, c.end)) for claim in story.claims for c in claim.content
    )


def _is_about_speaker(story: Story, sentence: Sentence) -> bool:
    """Whether a sentence begins with the name of somebody whom the article quotes."""
    names = {surname(s.name) for s in story.report.speakers if s.kind == "named_person" and story.by_speaker[s.id]}
    return not names.isdisjoint(story.words(sentence.start, sentence.end)[:3])


def _is_mentioned(story: Story, q: Span, sentence: Sentence) -> bool:
    """Whether the sentence speaks about the words instead of with them."""
    others = [o for o in story.quotations if o != q and sentence.start <= o.start < sentence.end]
    if others or q.start == sentence.start:
        return True
    before = story.text[sentence.start : q.start]
    if sentence.label == "opinion":
        before = _SO_CALLED.sub("", before)
    after = story.text[q.end : min(sentence.end, q.end + 30)]
    if _SAYS_BEHIND.search(story.text, q.end, sentence.end):
        return True
    return _MENTIONED.search(before) is not None or _NAMED.match(after) is not None


RULE = Rule(
    code="CC303",
    name="scare-quotes",
    severity="warning",
    summary=(
        "Quotation marks around a word of the writer's own, which nobody in the article is said to have used, or "
        "around a source's word that the writer takes up to mock it."
    ),
    rationale=(
        "Marks without a speaker wink: they tell the reader that the word is wrong without saying why, and leave open "
        "whether anybody used it. Either somebody said it, who can be named, or the writer means it."
    ),
    limits=(
        f"One to {_LONGEST} words in lower case, outside headlines. Titles, names, terms that the sentence introduces "
        "as such, words quoted from a law or a form, and words that may be those of the subject of the "
        "sentence (“she”, or a speaker's name) are left alone. So are words that a source uses elsewhere in the "
        "article, unless the sentence is the writer's opinion and takes them up as its own (“the”, “this”). Terms that the house "
        "sets in marks go into the setting `scare-quotes`."
    ),
    references=(
        ref.CHICAGO.on("quotation marks that alert readers to a special sense are used sparingly"),
        ref.AP.on("fragments in quotation marks are avoided where the words are ordinary"),
    ),
    fails=(
        Example(
            """
            fact | The two "experts" left the hearing before noon.
            fact | A "temporary" bridge has stood there for thirty years.
            """,
            finds=('"experts"', '"temporary"'),
        ),
        Example(
            """
            +++
            [speakers.engel]
            name = "Ruth Engel"
            kind = "named_person"
            title = "the chief engineer"
            +++
            claim engel | {src1=engel|Ruth Engel, the chief engineer}, {cue1|promised} {con1|a rapid inspection of the bridge}.
            opinion | The "rapid inspection" has so far taken nine years of everybody's patience.
            """,
            finds=('"rapid inspection"',),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.engel]
            name = "Ruth Engel"
            kind = "named_person"
            title = "the chief engineer"
            +++
            claim engel | {src1=engel|Ruth Engel, the chief engineer}, {cue1|called} the bridge {con1|"temporary"}.
            fact | The "temporary" bridge has stood there for thirty years.
            fact | The practice is known in the trade as "soft landing".
            fact | Her second album, "Lantern", came out in May.
            """
        ),
    ),
    check=check,
)
