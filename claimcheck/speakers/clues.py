"""Clues to whether a name is a person's or a body's, and to a person's gender."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from claimcheck.speakers import given_names, nouns
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.document import SPACES, Document
from claimcheck.speakers.entities import Entity, NameMention

WEIGHTS: dict[str, float] = {
    "bias": 0.3, "honorific": 4.0, "title": 3.0, "age": 3.0, "who": 2.0, "given": 2.5, "middle_initial": 2.0,
    "org_head": -6.0, "org_inside": -2.0, "linked": -5.0, "acronym": -2.5, "capital": -5.0, "demonym": -4.0,
    "hyphen": -1.5, "camel": -1.5, "the": -3.0, "in": -2.0, "speech": 1.0, "place_start": -2.0, "one": -0.5, "two": 1.0,
    "four": -1.0, "role": 1.5, "he": 2.5, "it": -0.8, "person_apposition": 2.5, "body_apposition": -4.0, "firm_apposition": -1.0, "digit": -3.0,
    "body_role": -3.0, "org_end": -4.0, "org_start": -3.5, "of_country": -3.0, "common_noun": -2.0, "plural_noun": -2.0, "which": -3.0,
    "handle": 1.5, "label": 1.5, "led": -3.0, "known_body": -5.0, "body_after": -2.5, "are": -4.0,
}  # fmt: skip
"""Clues to a person (positive) or a body or place (negative), weighted as log odds. ``PARTIAL`` ones count by the part
of the mentions that show them, the others once they are seen at all."""
PARTIAL = frozenset(["the", "in", "speech", "place_start", "he", "it", "given"])

_PRONOUN_CLUES = {
    **dict.fromkeys(("he", "his", "him", "himself"), ("he", 1.0)),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("he", -1.0)),
    **dict.fromkeys(("it", "its", "itself"), ("it", 0.0)),
}
_NOT_CAMEL = ("Mc", "Mac", "O’", "O'", "D’", "D'")
_AGE = re.compile(r",\s+(?:aged\s+)?\d{1,3}\b(?:,|\s+and\b|\.|$)")
_WHICH = re.compile(r",\s+which\b")
_LEADERS = frozenset(
    ["ceo", "cto", "cfo", "president", "director", "chairman", "chairwoman", "chair", "founder", "co-founder", "head"]
)
"""Who is "of" a body."""
_PLACED = lex.words(
    "council ministry police university hospital school airport county prison court newspaper plant mine factory bank club union"
)
"""Bodies that carry a place's or an owner's name, never a politician's as "campaign" and "administration" do."""
_OWNED = lex.words("shares stock stores shareholders employees executives customers investors")
"""What a body has and its name stands before, as no person's does without a possessive."""
_TRADED = re.compile(r"(?:['’]s?|,\s+whose)\s+(?:shares|stock|shareholders|investors|board)\b")
_SEVERAL_DO = frozenset(["are", "were", "have", "say", "deny", "want", "believe", "insist"])
"""Verbs in the plural: with a name alone before them, it is a club's or a firm's, as the British have it."""
_CLAUSE = frozenset(["that", "but", "while"])
"""Words after which the subject of a clause stands."""
_WHO = re.compile(r",?\s+who\b")


def is_a_persons(after: str) -> bool:
    """Whether what follows a word says that it is somebody's name: an age, ", who", or a label's colon ("JONES: It is late").

    "Villagers who were there" are a crowd.
    """
    return bool(after.startswith(":") or _AGE.match(after) or (after.startswith(",") and _WHO.match(after)))


def log_odds(clues: Counter[str], words: int) -> float:
    """The log odds of a person against a body or place, given the clues and how many words the full name has."""
    mentions = max(1, clues.get("mentions", 1))
    total = WEIGHTS["bias"] + WEIGHTS["one" if words < 2 else "two" if words < 4 else "four"]
    for clue, n in clues.items():
        total += WEIGHTS.get(clue, 0.0) * (min(1.0, n / mentions) if clue in PARTIAL else 1.0)
    return total


def of_mention(
    doc: Document, whole: int, first: int, last: int, title: Sequence[str], lower: Set[str], headline: bool
) -> Iterator[str]:
    """The clues in and around a mention, as named in :data:`WEIGHTS`.

    Args:
        whole: first token of the mention with its title. first, last: first and last token of the name.
        title: the title's words in lower case. lower: words the article has in lower case.
        headline: whether capitals tell nothing here.
    """
    name = doc.words[first : last + 1]
    low = [w.lower() for w in name]
    after = doc.text[doc.ends[last] : doc.ends[last] + 24]
    previous = doc.words[whole - 1].lower() if whole and doc.gap(whole - 1, whole) in SPACES else ""
    following = doc.words[last + 1] if last + 1 < len(doc.words) and doc.gap(last, last + 1) in SPACES else ""
    if any(w in lex.HONORIFICS for w in title):
        yield "honorific"
    elif title:
        yield "title"
    if low[-1] in lex.ORG_HEADS:
        yield "org_head"
    elif any(w in lex.ORG_HEADS for w in low):
        yield "org_inside"
    if len(low) > 1:
        if low[-1] in lex.ORG_ENDS:
            yield "org_end"
        if low[0] in lex.ORG_STARTS:
            yield "org_start"
        if " ".join(low) in lex.SEATS:
            yield "capital"
        elif low[-1] in lex.CAPITALS:
            yield "of_country"
    if (
        any(w in ("of", "for", "the", "and") for w in name)
        or any(w in lex.PREPOSITIONS for w in low[1:-1])
        or "&" in doc.text[doc.starts[first] : doc.ends[last]]
    ):
        yield "linked"
    if low[0] in lex.PLACE_STARTS:
        yield "place_start"
    if any(c.isdigit() for w in name for c in w):
        yield "digit"
    w = name[0]
    if len(name) == 1:
        if w.isupper() and 2 <= len(w) <= 6 and not headline:
            if not after.startswith(":"):  # "VANE:" is the label of who speaks
                yield "acronym"
        elif (
            any(c.isupper() for c in w[1:])
            and ("-" in w or not w.startswith(_NOT_CAMEL))
            and not (w.isupper() and after.startswith(":"))
        ):
            yield "hyphen" if "-" in w else "camel"
        if low[0] in lex.KNOWN_BODIES and not title:
            yield "known_body"
        if low[0] in lex.CAPITALS:
            yield "capital"
        elif low[0] in lex.DEMONYMS or (_of_a_people(low[0]) and previous in lex.ARTICLES):
            yield "demonym"
    if low[0] in lex.GIVEN_NAMES:
        yield "given"
    if len(name) > 2 and any(len(x) == 1 for x in name[1:]):
        yield "middle_initial"
    if len(name) > 1 and low[-1] in lower:
        yield "common_noun"
    if len(name) > 1 and low[-1].endswith("s") and (low[-1][:-1] in lower or low[-1][:-1] in nouns.KNOWN):
        yield "plural_noun"
    if after.startswith(":") and doc.text[doc.starts[whole] - 1 : doc.starts[whole]] in ("", "\n"):
        yield "label"
    if _WHICH.match(after):
        yield "which"
    if _AGE.match(after):
        yield "age"
    if _WHO.match(after):
        yield "who"
    if not title and (previous == "the" or _is_party(doc, whole, low)):
        yield "the"
    elif previous in ("in", "at", "near", "across", "outside"):
        yield "in"
    elif previous in lex.PERSON_NOUNS or previous in lex.TITLE_ENDS:
        yield "role"
    elif previous in lex.ORG_HEADS:
        yield "body_role"
    elif whole > 1 and previous == "of" and doc.words[whole - 2].lower() in _LEADERS:
        yield "led"
    if (
        following in _PLACED
        or following in _OWNED
        or (_TRADED.match(after) and len(name) > 1)
        or (whole > 1 and previous in ("of", "in") and doc.low[whole - 2] in ("shares", "stock", "shareholders"))
    ):
        yield "body_after"
    opens = following in _SEVERAL_DO and doc.sentence_span(doc.starts[whole])[0] == doc.starts[whole]
    if following in _SEVERAL_DO and not title and (opens or previous in _CLAUSE):
        yield "are"
    if following in lex.SPEECH or previous in lex.SPEECH:
        yield "speech"


def _is_party(doc: Document, whole: int, low: Sequence[str]) -> bool:
    """Whether a plural name stands after "the" and words that say no role: "the main opposition Socialists"."""
    if len(low) > 1 or not low[0].endswith("s") or low[0].endswith(("ss", "us", "is")):
        return False
    for k in range(whole - 1, max(-1, whole - 4), -1):
        if doc.low[k] == "the":
            return k < whole - 1
        if not doc.words[k].islower() or doc.gap(k, k + 1) not in SPACES or nouns.is_role(doc.words[k]):
            return False
    return False


def _of_a_people(word: str) -> bool:
    """Whether a word ends as what a people is called does, as surnames do too: "the Maltese", "Evans"."""
    return word.endswith(("ese", "ian", "ish", "ans", "ians"))


def told_by_name(entity: Entity) -> float:
    """The gender that an entity's given name tells, if its name has one."""
    return given_names.gender(entity.words[0]) if len(entity.words) > 1 else 0.0


def count_pronouns(doc: Document, mentions: Sequence[NameMention]) -> None:
    """Count the pronouns that most likely mean what was mentioned just before, for gender and kind."""
    current: Entity | None = None
    others: set[int] = set()
    sentence, k = -1, 0
    for i, low in enumerate(doc.low):
        while k < len(mentions) and mentions[k].first <= i:
            entity = mentions[k].entity
            k += 1
            if entity is None or "capital" in entity.clues:
                continue
            s = doc.sentence_of(doc.starts[i])
            if s != sentence:
                others, sentence = set(), s
            others.add(id(entity))
            current = entity if len(others) == 1 else None
        if current is None or low not in _PRONOUN_CLUES:
            continue
        here = doc.sentence_of(doc.starts[i])
        if here - sentence <= 1:
            clue, gender = _PRONOUN_CLUES[low]
            if low in ("his", "her") and mentions[k - 1].last == i - 1 and doc.gap(i - 1, i).strip() == ",":
                continue  # "Jo Bell, her husband," is not she
            if gender * told_by_name(current) < 0:
                continue  # "Ana Sousa put it to him"
            current.clues[clue] += 1
            current.gender += 0.6 * gender
            current = current if here == sentence else None
