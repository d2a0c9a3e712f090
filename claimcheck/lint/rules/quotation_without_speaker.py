"""CC101: words in quotation marks that nobody is said to have spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimcheck.lint import lexicon as lex
from claimcheck.lint import references as ref
from claimcheck.lint.people import surname
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import AUTHOR, Claim, Span, Speaker

_SHORTEST = 6
"""Words that a quotation must have: shorter ones are titles, terms, slogans and scare quotes."""
_SPOKEN = re.compile(r"[.!?,…][\"”“»›’'’]+$")
"""How a quotation that is a sentence or stands before its "he said" ends."""
_HEADLINE = 3
"""Words that a quotation in a headline must have: shorter ones are nicknames and terms."""
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells?|ask(?:s|ed)|wr(?:ote|ites?)|add(?:s|ed)|repl(?:y|ies|ied)|argu\w+|warn\w*|explain\w*|according"
    r"|tweet\w*|stat(?:es|ed)|not(?:es|ed)|claim\w*|insist\w*|declar\w+|recall\w*|continu\w+|conclud\w+|put\s+it|Latin|when)\b"
)
_FUNCTION = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "that",
        "the",
        "to",
        "with",
    ]
)
_DISPLAYED = re.compile(
    # Words read off a thing are introduced by the thing: a sign, a slogan, a title, a clue, a line of verse.
    r"\b(?:words?|read|reads|reading|sign|signs|banner|placard|poster|notice|plaque|slogan|motto|motif|headline|caption"
    r"|heading|headed|title|titled|entitled|named|called|calls?|dubbed|known|nicknamed|song|hymn|poem|line|chorus|clue"
    r"|inscription|inscribed|label|labelled|labeled|message|subject|phrase|proverb|saying|book|novel|film|movie|album"
    r"|play|series|report|paper|essay|column|episode|exhibition|question|answered|sang|sings?|hummed|hum)\b",
    re.IGNORECASE,
)
_SMALL = _FUNCTION | lex.words(
    """am are be been being can could did do does had has have he her him his i is it its me my our she should than their
    them they this those us was we were what who will would you your"""
)
"""What changes or goes where speech is reported instead of quoted: "will not pay" and "would not pay"."""
_PERSON = re.compile(r"\b(?:I|I['’]\w+|me|my|we|we['’]\w+|us|our|you|you['’]\w+|your)\b", re.IGNORECASE)
_MYTH = re.compile(r"\W*\d+[.)]\s|.*\b(?:claim|myth|fact|false|true|check)\b", re.IGNORECASE)
"""A heading that numbers or tests what it puts in marks."""
_NAMES_THING = re.compile(
    r"\s+(?:warnings?|alerts?|notices?|campaign|scheme|plan|signs?|rules?|law|bill|policy|label|status|review|show|tour)\b",
    re.IGNORECASE,
)
"""Behind the marks: the words are the name of something."""
_BY = re.compile(r"\s*[-–—]\s*\w")
"""Below a quotation: "– Jo Bell"."""


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Direct speech that belongs to nobody, speech whose speaker only a later paragraph tells, words in a headline only."""
    seen: set[Span] = set()
    previous: Claim | None = None
    for claim in story.claims:
        before, previous = previous, claim
        if claim.quotation != "direct" or claim.source is not None or claim.cue is not None:
            continue
        quotation = next((q for c in claim.content if (q := story.quotation_at(c.start))), None)
        if quotation is None or quotation in seen or _is_displayed(story, quotation):
            continue
        if len(story.words(quotation.start, quotation.end)) < _SHORTEST:
            continue
        if not claim.speakers:
            if not _has_voice(story, quotation):
                seen.add(quotation)
                yield Problem(
                    quotation.start, quotation.end, "Quotation without a speaker: say who said it, or paraphrase."
                )
        elif _opens_unannounced(story, claim, before, quotation):
            seen.add(quotation)
            name = story.report.speaker_names(claim)[-1]
            message = f"Nothing up to here says that this is {name}: name the speaker before or beside the words."
            yield Problem(quotation.start, quotation.end, message)
    for q in story.quotations:
        words = story.words(q.start, q.end)
        if q in seen or len(words) < _SHORTEST or _is_title(words) or story.claims_over(q.start, q.end):
            continue
        if _SPOKEN.search(story.text[q.start : q.end]) and not _is_displayed(story, q) and not _has_voice(story, q):
            yield Problem(q.start, q.end, "Quotation without a speaker: say who said it, or paraphrase.")
    yield from _in_headlines_only(story)


def _in_headlines_only(story: Story) -> Iterator[Problem]:
    """Quotations in the headline, or that are a whole subheading, whose words nobody has in the text below."""
    stems: list[tuple[int, set[str]]] | None = None
    for q in story.quotations:
        sentence, paragraph = story.sentence_at(q.start), story.paragraph_at(q.start)
        if sentence is None or paragraph is None or not story.is_heading(sentence):
            continue
        words = story.words(q.start, q.end)
        inside = story.text[q.start : q.end]
        if len(words) < _HEADLINE or (_is_title(words) and not _PERSON.search(inside)):
            continue
        heading = story.text[paragraph.start : paragraph.end]
        if (
            heading.rstrip().endswith("?")
            or _MYTH.match(heading)
            or _NAMES_THING.match(story.text, q.end)
            or _BY.match(story.text, paragraph.end)
        ):
            continue
        if paragraph != story.paragraphs[0] and len(inside) < len(heading.strip()):
            continue
        if stems is None:
            stems = _stems(story)
        if not _said_below(stems, words, paragraph.end):
            what = "headline" if paragraph == story.paragraphs[0] else "subheading"
            message = (
                f"This {what} quotes words that nobody says in the text: quote what stands there, or drop the marks."
            )
            yield Problem(q.start, q.end, message)


def _stems(story: Story) -> list[tuple[int, set[str]]]:
    """Where each sentence of the running text begins, and its words in a form that endings do not change."""
    return [
        (s.start, {w.lower()[:5] for w in story.words(s.start, s.end)})
        for s in story.sentences
        if not story.is_heading(s)
    ]


def _said_below(stems: list[tuple[int, set[str]]], words: list[str], start: int) -> bool:
    """Whether one sentence of the text has all telling words of a quotation, in whatever form."""
    telling = {w.lower()[:5] for w in words if w.lower().split("'")[0].split("’")[0] not in _SMALL}
    return any(begin >= start and telling <= found for begin, found in stems)


def _last_before(text: str, position: int) -> str:
    """The last character before a position that is no white space; "" where there is none."""
    while position > 0 and text[position - 1].isspace():
        position -= 1
    return text[position - 1 : position] if position else ""


def _has_voice(story: Story, q: Span) -> bool:
    """Whether a speaker is near whom the report may have missed: in the paragraph, beside the marks, at a colon."""
    paragraph = story.paragraph_at(q.start)
    if paragraph is None or any(c.speakers for c in story.claims_over(paragraph.start, paragraph.end)):
        return True
    sentence = story.sentence_at(q.start)
    start = sentence.start if sentence is not None else paragraph.start
    end = sentence.end if sentence is not None else paragraph.end
    if _SAYS.search(story.text, start, q.start) or _SAYS.search(story.text, q.end, max(q.end, end)):
        return True
    return _last_before(story.text, q.start) in (":", ",")


def _opens_unannounced(story: Story, claim: Claim, before: Claim | None, q: Span) -> bool:
    """Whether a paragraph begins with the words of a new speaker whom it does not name at all."""
    paragraph = story.paragraph_at(q.start)
    if paragraph is None or paragraph.start != q.start or (before and set(claim.speakers) & set(before.speakers)):
        return False
    if _last_before(story.text, paragraph.start) == ":" or story.report.speaker_names(claim)[-1] == AUTHOR:
        return False
    if any(
        c.source is not None and c.source.start < paragraph.end for c in story.claims_at(paragraph.start, paragraph.end)
    ):
        return False
    # In dialogue, and in question and answer, speakers take turns and are known.
    sentence = story.sentence_at(paragraph.start)
    last = story.sentence_before(sentence) if sentence is not None else None
    if last is None or story.text[last.start : last.end].rstrip("\"'”’» ").endswith("?"):
        return False
    # Where nobody has spoken yet, the words could be those of anybody who has been named at all.
    start = last.start if before is not None else 0
    speakers = story.speakers(claim)
    if any(m.start < q.start for s in speakers for m in _recent(story, s, start)):
        return False
    # A story may open with words whose speaker the next sentence presents without reporting more of them.
    after = story.sentence_after(sentence) if sentence is not None else None
    while after is not None and after.start < q.end:
        after = story.sentence_after(after)
    if (
        before is not None
        or after is None
        or any(set(c.speakers) & set(claim.speakers) for c in story.claims_over(after.start, after.end))
    ):
        return True
    return not any(m.start < after.end for s in speakers for m in _recent(story, s, after.start))


def _recent(story: Story, speaker: Speaker, start: int) -> Iterator[Span]:
    """Where a speaker is named from a place on; a body without a name of its own ("city") only where it speaks."""
    if speaker.name[:1].islower():
        return (m for m in speaker.mentions if m.start >= start)
    return story.find(surname(speaker.name), start)


def _is_displayed(story: Story, q: Span) -> bool:
    """Whether words in marks are a headline or pull quote, or read off a thing."""
    sentence = story.sentence_at(q.start)
    if sentence is None or story.is_heading(sentence):
        return True
    around = story.text[max(sentence.start, q.start - 60) : q.start] + story.text[q.end : min(sentence.end, q.end + 30)]
    return _DISPLAYED.search(around) is not None


def _is_title(words: list[str]) -> bool:
    """Whether all words but small ones have a capital, as in the title of a book."""
    long = [w for w in words if w.lower() not in _FUNCTION]
    return sum(w[0].isupper() or w[0].isdigit() for w in long) >= 0.75 * len(long)


RULE = Rule(
    code="CC101",
    name="quotation-without-speaker",
    severity="error",
    summary=(
        "Direct speech that the article hands to nobody, or to somebody whom only a later paragraph names, and "
        "quotations in a headline that are nowhere in the text."
    ),
    rationale=(
        "A reader weighs a quotation by who said it. One that floats free cannot be weighed or checked, and is easily "
        "taken for the words of whoever was named last."
    ),
    limits=(
        f"Quotations of fewer than {_SHORTEST} words are left alone, and so are titles, signs, slogans and other words "
        "read off a thing, dialogue, and quotations in a paragraph that names a speaker. A quotation in a headline "
        f"needs {_HEADLINE} words, and counts as said where one sentence below has its telling words in any form; of "
        "subheadings only those are looked at that are a quotation and nothing else, and no numbered ones; headlines that ask are left alone."
    ),
    references=(
        ref.SPJ.on("sources are identified clearly, so that the public can judge them"),
        ref.AP.on("a quotation is attributed to its speaker"),
        ref.REUTERS.on("quotations are sourced"),
    ),
    fails=(
        Example(
            """
            fact | Ferry strike enters second week

            fact | Crews stayed ashore on Tuesday and eleven sailings were cancelled.
            claim UNKNOWN | {con1|"We are not going back to twelve-hour decks for anybody."}
            fact | The terminal was empty by noon.
            """,
            finds=('"We are not going back to twelve-hour decks for anybody."',),
        ),
        Example(
            """
            fact | The gate was locked at six.
            fact | “Nobody told us it would be closed for the winter.”
            fact | A bus took the visitors back to town.
            """,
            finds=("“Nobody told us it would be closed for the winter.”",),
        ),
        Example(
            """
            +++
            [speakers.blom]
            name = "Greta Blom"
            kind = "named_person"
            title = "the lock keeper"
            +++
            claim blom | Keeper: {con1=blom|“The river owes me nothing”}

            claim blom | {con2|“I have had forty good years and one bad flood,”} {cue2|said} {src2=blom|Greta Blom, the lock keeper}.
            fact | The lock closes in May.
            """,
            finds=("“The river owes me nothing”",),
        ),
    ),
    passes=(
        Example(
            """
            +++
            [speakers.rowe]
            name = "Imogen Rowe"
            kind = "named_person"
            title = "a deckhand"
            +++
            fact | Crews stayed ashore on Tuesday and eleven sailings were cancelled.
            claim rowe | {con1|"We are not going back to twelve-hour decks,"} {cue1|said} {src1=rowe|Imogen Rowe, a deckhand}.
            claim rowe | {con2=rowe|"Not for anybody."}
            """
        ),
        Example(
            """
            fact | A banner over the gate read "We will not go back to twelve-hour decks."
            fact | Her third book, "The Long Way Round to the Sea," came out in May.
            """
        ),
        Example(
            """
            +++
            [speakers.mayor]
            name = "Joan Pell"
            kind = "named_person"
            title = "the mayor"
            +++
            claim mayor | {con1=mayor|Town “will not pay a penny” for new lock}

            claim mayor | {src2=mayor|Joan Pell, the mayor}, {cue2|said} {con2|the town would not pay a penny}.
            """
        ),
    ),
    check=check,
)
