"""The sides of a balance, each a set of kinds of speakers, and how parts, shares and rows are made the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from claimcheck.report import Kind
from claimcheck.sources.types import Balance, Loudest, Part, Voice

KINDS: tuple[Kind, ...] = get_args(Kind)

Side = Literal["named", "unnamed", "people", "organizations", "documents", "nobody"]

SIDES: dict[Side, frozenset[Kind]] = {
    "named": frozenset({"named_person", "named_organization"}),
    "unnamed": frozenset({"unnamed_person", "unnamed_group"}),
    "people": frozenset({"named_person", "unnamed_person", "unnamed_group"}),
    "organizations": frozenset({"named_organization"}),
    "documents": frozenset({"document"}),
    "nobody": frozenset(),
}
"""Which kinds are on a side; ``nobody`` is what has no speaker at all."""

NAMED = SIDES["named"]


def share(part: int, whole: int) -> float:
    """A part of a whole, 0 to 1, four decimals; 0 of nothing."""
    return round(min(1.0, part / whole), 4) if whole else 0.0


def in_order(voices: Iterable[Voice]) -> list[Voice]:
    """Who says most first; of equals who has more claims, then as they come."""
    return sorted(voices, key=lambda v: (-v.words, -v.claims))


def balance(
    counts: Mapping[Side | Kind, tuple[int, int, int]],
    attributed: int,
    voices: Iterable[Voice],
    loudest: Loudest | None,
) -> Balance:
    """A balance from the claims, words and words alone of every side and kind, and the speakers to be counted."""
    speakers = dict.fromkeys(KINDS, 0)
    for voice in voices:
        speakers[voice.kind] += voice.speakers

    def part(of: Side | Kind, kinds: Iterable[Kind]) -> Part:
        claims, words, alone = counts[of]
        return Part(sum(speakers[k] for k in kinds), claims, words, share(words, attributed), alone)

    return Balance(
        **{side: part(side, kinds) for side, kinds in SIDES.items()},
        kinds={kind: part(kind, [kind]) for kind in KINDS},
        loudest=loudest,
    )


def loudest(voice: Voice, words: int, attributed: int) -> Loudest | None:
    """A voice as the loudest, ``None`` if they say nothing."""
    if not voice.words:
        return None
    return Loudest(voice.name, voice.kind, voice.words, share(voice.words, words), share(voice.words, attributed))
