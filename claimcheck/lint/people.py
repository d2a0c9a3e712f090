"""What the rules want to know of speakers: how they are named, whether they are anonymous, he or she."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.lint import lexicon as lex
from claimcheck.lint.story import PRONOUNS, Story
from claimcheck.report import AUTHOR, Claim, Span, Speaker

_NAME = re.compile(
    r"(?:(?P<title>[A-Z][\w-]*\.?)\s+)?(?P<name>[A-Z][\w’'-]*[\w](?:\s+(?:(?:de|da|do|van|von|der|den|al|bin|ibn|del)\s+|[A-Z]\.\s+)*[A-Z][\w’'-]*\w)*)"
)
_VAGUE = re.compile(
    r"^(?:many|most|a\s+lot|lots|much|a\s+majority|a\s+number|a\s+\w*\s*share|huge|half|a\s+third|hundreds|thousands|\S*million|two\s+of|another$|one$|whom$)"
    r"|\bper\s?cent\b|\b(?:debate|poll|survey)\b",
    re.IGNORECASE,
)
"""Quantities of people, and what is nobody."""
_SPEAKS_FOR = re.compile(r"^(?:\w+\s+)?officials\s+(?:at|in|of|with|from)\b|['’]s?\s+\w+$", re.IGNORECASE)
"""A body's own voice ("officials at the ministry"), and people known by whose they are ("Sousa's advisers")."""
_EXAMPLES = re.compile(r"\b(?:including|such\s+as|like|among\s+them)\s+(?:\w+\s+){0,2}[A-Z]")
"""A group some of whom are named: "critics, including Senator Rowe"."""
_POSSESSIVE = re.compile(r"['’]s?$")


def surname(name: str) -> str:
    """The last word of a name, ``Jr`` and the like aside."""
    words = name.split()
    while len(words) > 1 and words[-1].rstrip(".").lower() in {"jr", "sr", "ii", "iii", "iv", "kc", "qc", "sc", "mp"}:
        words.pop()
    return words[-1] if words else ""


def first_mention(story: Story, speaker: Speaker) -> Span | None:
    """Where a speaker's name first stands in the article."""
    return next(story.find(speaker.name), None)


def source_phrase(story: Story, speaker: Speaker) -> str | None:
    """How the article first calls a speaker whom it does not name: a source that is no pronoun, or the words there."""
    for mention in speaker.mentions:
        words = mention.of(story.text)
        if words.lower() not in PRONOUNS and lex.head(words) == lex.head(speaker.name):
            return words
    if (found := first_mention(story, speaker)) is None:
        return None
    before = story.text[max(0, found.start - 40) : found.start].split()
    return " ".join([*before[-1:], found.of(story.text)])


def is_anonymous(story: Story, speaker: Speaker) -> bool:
    """Whether a speaker is somebody whose name the article keeps from the reader.

    Somebody named by an office that only one person holds ("the mayor"), by their relation to a named one ("her
    lawyer"), a body, a crowd, a child and the writer's own family are not anonymous in this sense.
    """
    if not speaker.kind.startswith("unnamed") or (phrase := source_phrase(story, speaker)) is None:
        return False
    if not (words := phrase.split()):
        return False
    first, head = words[0].lower().strip("\"'“”‘’"), lex.head(speaker.name)
    name = speaker.name.split()
    own = name[0].lower() if name else ""
    if own in ("unnamed", "anonymous"):
        return True
    if head in lex.VOICES or (head in lex.COUNSEL and re.search(r"\b(?:for|acting|representing)\b", phrase)):
        return False
    if head in lex.CHILDREN | lex.BENCH | lex.ASKERS:
        return False
    if head in lex.OFFICES and first not in lex.INDEFINITE:
        return False
    if _VAGUE.search(phrase) or _EXAMPLES.search(phrase):
        return False
    if speaker.kind == "unnamed_person":
        if not lex.is_person(head):
            return False
        return first in lex.INDEFINITE - {"few", "most"} and not any(w.lower() in lex.FIRST_PERSON for w in words)
    definite = first in ("the", "both", "his", "her", "its", "their", "our", "my", "these", "those") or "'" in first
    if head in ("people", "persons"):
        return not definite and lex.CUT.search(phrase) is not None  # "people familiar with the matter", not "people"
    if first in lex.INDEFINITE:
        return head in lex.SOURCE_GROUPS
    return head in lex.TALKING_GROUPS and not definite and not _SPEAKS_FOR.search(phrase)


def words_spoken(story: Story, claims: list[Claim]) -> int:
    """How many words some claims hand to their speaker."""
    spans = sorted({(c.start, c.end) for claim in claims for c in claim.content})
    total, done = 0, 0
    for start, end in spans:
        if end > max(start, done):
            total += len(story.words(max(start, done), end))
            done = end
    return total


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in the running text: the name as it stands, "m", "f" or None where nothing tells, and where."""

    name: str
    surname: str
    gender: str | None
    span: Span


class People:
    """The people a story names, as far as their being people is certain: speakers, and names with a form of address."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._of_name: dict[str, str | None] = {}
        self._of_surname: dict[str, str | None] = {}
        for speaker in story.report.speakers:
            if speaker.kind == "named_person" and speaker.name != AUTHOR:
                gender = self._of(speaker)
                last = surname(speaker.name)
                self._of_name[speaker.name] = gender
                # Relatives share a surname: it tells nothing then.
                self._of_surname[last] = None if last in self._of_surname else gender
        self._read_names()

    def _read_names(self) -> None:
        """Learn what full names in the text tell of people who do not speak: "coach Mark Ellis", later "Ellis"."""
        told: dict[str, set[str | None]] = {}
        for mention in list(self.between(0, len(self.story.text))):
            if " " in mention.name:
                told.setdefault(mention.surname, set()).add(mention.gender)
        for last, genders in told.items():
            if last not in self._of_surname and len(genders) == 1:
                self._of_surname[last] = next(iter(genders))

    def _of(self, speaker: Speaker) -> str | None:
        for mention in speaker.mentions:
            words = mention.of(self.story.text).split()
            for word in words[:2]:
                low = word.lower().rstrip(".")
                if len(words) == 1 and low in lex.PRONOUN_GENDER:
                    return lex.PRONOUN_GENDER[low]
                if low in lex.HONORIFICS:
                    return lex.HONORIFICS[low]
        return None

    def between(self, start: int, end: int) -> Iterator[Mention]:
        """The people named in a stretch of the writer's own words, possessives ("Rowe's") left out."""
        from claimcheck.speakers.lexicon import GIVEN_NAMES

        for match in _NAME.finditer(self.story.text, start, end):
            if self.story.quotation_at(match.start()) is not None:
                continue
            words = match["name"].split()
            title = (match["title"] or "").rstrip(".").lower()
            if title and title not in lex.TITLES:
                words.insert(0, match["title"])
                title = ""
            while len(words) > 1 and words[0].rstrip(".").lower() in lex.TITLES:
                title = words.pop(0).rstrip(".").lower()
            last = words[-1]
            if _POSSESSIVE.search(last):
                continue
            given = GIVEN_NAMES.get(words[0].lower()) if len(words) > 1 else None
            if last in self._of_surname or title in lex.HONORIFICS or given:
                gender = (
                    lex.HONORIFICS.get(title)
                    or self._of_name.get(" ".join(words))
                    or given
                    or self._of_surname.get(last)
                )
                yield Mention(" ".join(words), last, gender, Span(match.start(), match.end()))
