"""Who speaks in a text whose attributions are given as words of it."""

from __future__ import annotations

from claimcheck import speakers
from claimcheck.attribution import Attribution, RoleSpan
from claimcheck.report import Speaker
from claimcheck.sentences import split

Marked = tuple[str | None, str | None, str]
"""Source, cue and content of an attribution as they stand in the text; ``None`` for what is missing."""


def span(text: str, words: str | None, near: int, first: int = 0) -> RoleSpan | None:
    """The occurrence of some words that is nearest to a position."""
    if words is None:
        return None
    found = [at for at in range(len(text)) if text.startswith(words, at)]
    assert found, f"{words!r} does not stand in the text"
    at = min(found, key=lambda at: abs(at - near))
    return RoleSpan(first, 0, at, at + len(words), 1.0)


def speaking(text: str, *marked: Marked) -> list[list[Speaker]]:
    """The speakers of each attribution."""
    attributions = []
    for source, cue, content in marked:
        at = text.index(content)
        said = span(text, content, at, -1 if source is None and cue is None else 0)
        assert said is not None
        attributions.append(Attribution(span(text, source, at), span(text, cue, at), [said]))
    sentences = split(text)
    found = speakers.resolve(text, sentences, attributions)
    return [[found.speakers[i] for i in ids] for ids in found.of_claim]


def spoken(text: str, *marked: Marked) -> list[list[str]]:
    """The names of the speakers of each attribution."""
    return [[speaker.name for speaker in found] for found in speaking(text, *marked)]
