"""CC101: words in quotation marks that nobody is said to have spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimcheck.lint import references as ref
from claimcheck.lint.people import AUTHOR, surname
from claimcheck.lint.rule import Example, Problem, Rule
from claimcheck.lint.settings import Settings
from claimcheck.lint.story import Story
from claimcheck.report import Claim, Span

_SHORTEST = 6
"""Words that a quotation must have: shorter ones are titles, terms, slogans and scare quotes."""
_SPOKEN = re.compile(r"[.!?,…][\"”“»›’'’]+$")
"""How a quotation that is a sentence or stands before its "he said" ends."""
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


def check(story: Story, settings: Settings) -> Iterable[Problem]:
    """Direct speech that belongs to nobody, and speech whose speaker only a later paragraph tells."""
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
        elif before is not None and _opens_unannounced(story, claim, before, quotation):
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
    return story.text[: q.start].rstrip().endswith((":", ","))


def _opens_unannounced(story: Story, claim: Claim, before: Claim, q: Span) -> bool:
    """Whether a paragraph begins with the words of a new speaker whom it does not name at all."""
    paragraph = story.paragraph_at(q.start)
    if paragraph is None or paragraph.start != q.start or set(claim.speakers) & set(before.speakers):
        return False
    if story.text[: paragraph.start].rstrip().endswith(":") or story.report.speaker_names(claim)[-1] == AUTHOR:
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
    return not any(
        m.start < q.start for name in story.report.speaker_names(claim) for m in _recent(story, name, last.start)
    )


def _recent(story: Story, name: str, start: int) -> Iterator[Span]:
    return story.find(surname(name), start)


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
    summary="Direct speech that the article hands to nobody, or to somebody whom only a later paragraph names.",
    rationale=(
        "A reader weighs a quotation by who said it. One that floats free cannot be weighed or checked, and is easily "
        "taken for the words of whoever was named last."
    ),
    limits=(
        f"Quotations of fewer than {_SHORTEST} words are left alone, and so are titles, signs, slogans and other words "
        "read off a thing, headlines, dialogue, and quotations in a paragraph that names a speaker."
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
    ),
    check=check,
)
