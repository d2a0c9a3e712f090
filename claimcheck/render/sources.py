"""Source audits to read in a terminal, and as tables for a spreadsheet or a data frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from claimcheck.render.csv import cell
from claimcheck.render.terminal import printable
from claimcheck.render.words import KINDS, UNKNOWN, count
from claimcheck.sources import Audit, Part, Place, Voice

SPEAKERS = (
    "name",
    "speaker",
    "kind",
    "title",
    "justification",
    "articles",
    "speakers",
    "claims",
    "direct",
    "indirect",
    "mixed",
    "words",
    "share",
    "first_article",
    "first_sentence",
    "first_start",
    "last_article",
    "last_sentence",
    "last_start",
)
"""What a row of the table of speakers has. ``name`` is the audit's: an article's id, a folder or an outlet.

The others are fields of `claimcheck.sources.Voice`; ``sentence`` and ``start`` are numbers as in the report, from 0.
"""

_PARTS = ("named", "unnamed", "people", "organizations", "documents", "nobody")
_FIGURES = ("speakers", "claims", "words", "share", "alone")
BALANCE = (
    "name",
    "articles",
    "sentences",
    "words",
    "claims",
    "speakers",
    "attributed_words",
    "attributed_share",
    *(f"{p}_{figure}" for p in _PARTS for figure in _FIGURES),
    "loudest",
    "loudest_kind",
    "loudest_words",
    "loudest_share",
    "loudest_of_attributed",
)
"""What a row of the table of balances has, of which there is one for each audit; fields of `Audit` and `Balance`."""

MOST = 50
"""Speakers that the terminal shows of one audit, those who say most; a line tells of the others."""

_NARROW = 70
"""Columns of a terminal that is too narrow for the kinds of quotation."""
LEAST = 50
"""Columns below which figures and names would be cut off."""
_SIDES = {
    "named": "named",
    "unnamed": "unnamed",
    "people": "people",
    "organizations": "organizations",
    "documents": "documents",
    "nobody": UNKNOWN,
}


def table(audits: Iterable[Audit], *, header: bool = True) -> str:
    """The speakers of audits as comma-separated values, a line each.

    The first line has the names of the columns; for tables written in pieces leave out the ``header`` of all but the
    first. A cell that a spreadsheet would run as a formula is kept from it by an apostrophe.
    """
    rows = ((audit.name, *_voice(voice)) for audit in audits for voice in audit.speakers)
    return _written(rows, SPEAKERS if header else None)


def balances(audits: Iterable[Audit], *, header: bool = True) -> str:
    """The same for the balances, a line an audit."""
    return _written(map(_balance, audits), BALANCE if header else None)


def _written(rows: Iterable[Iterable[object]], header: tuple[str, ...] | None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(header)
    for row in rows:
        writer.writerow([cell("" if value is None else str(value)) for value in row])
    return out.getvalue()


def _voice(voice: Voice) -> tuple[object, ...]:
    return (
        voice.name,
        voice.kind,
        voice.title,
        voice.justification,
        voice.articles,
        voice.speakers,
        voice.claims,
        voice.direct,
        voice.indirect,
        voice.mixed,
        voice.words,
        f"{voice.share:.4f}",
        *_place(voice.first),
        *_place(voice.last),
    )


def _place(place: Place | None) -> tuple[object, ...]:
    return (place.article, place.sentence, place.start) if place else (None, None, None)


def _balance(audit: Audit) -> tuple[object, ...]:
    parts: list[Part] = [getattr(audit.balance, name) for name in _PARTS]
    loudest = audit.balance.loudest
    return (
        audit.name,
        audit.articles,
        audit.sentences,
        audit.words,
        audit.claims,
        _speakers(audit),
        audit.attributed,
        f"{audit.attributed_share:.4f}",
        *(value for p in parts for value in (p.speakers, p.claims, p.words, f"{p.share:.4f}", p.alone)),
        *(
            (loudest.name, loudest.kind, loudest.words, f"{loudest.share:.4f}", f"{loudest.of_attributed:.4f}")
            if loudest
            else (None,) * 5
        ),
    )


def _speakers(audit: Audit) -> int:
    return sum(voice.speakers for voice in audit.speakers)


def show(audit: Audit, console: Console) -> None:
    """Print an audit: what it is of, the balance, and the speakers, those who say most first.

    Sentences are numbered from 1 here, as people count.
    """
    console.print(Text(printable(audit.title or audit.name) or "article", style="bold"))
    console.print(Text(_summary(audit)))
    if not audit.claims and not audit.speakers:
        console.print(Text("No claims, no speakers.", style="dim"))
        return
    console.print()
    _show_balance(audit, console)
    if audit.speakers:
        console.print()
        _show_speakers(audit, console)


def _summary(audit: Audit) -> str:
    articles = f"{count(audit.articles, 'article')}, " if audit.articles != 1 else ""
    text = f"{articles}{count(audit.sentences, 'sentence')}, {count(audit.words, 'word')}"
    if not audit.claims:
        return f"{text}."
    return (
        f"{text}; {count(audit.claims, 'claim')} "
        f"of {count(_speakers(audit), 'speaker')}, {count(audit.attributed, 'word')} in them "
        f"({percent(audit.attributed_share)})."
    )


def _show_balance(audit: Audit, console: Console) -> None:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    grid.add_column(Text("Balance", style=Style(bold=True, dim=False)), width=max(map(len, _SIDES.values())))
    for heading in ("speakers", "claims", "words"):
        grid.add_column(heading, justify="right", no_wrap=True)
    grid.add_column("of words in claims" if console.width >= _NARROW else "share", justify="right", no_wrap=True)
    for name, heading in _SIDES.items():
        part: Part = getattr(audit.balance, name)
        if name == "nobody" and not part.claims:
            continue
        if name == "people":
            grid.add_row()
        speakers = f"{part.speakers:,}" if name != "nobody" else ""
        grid.add_row(heading, speakers, f"{part.claims:,}", f"{part.words:,}", percent(part.share))
    console.print(grid)
    console.print()
    if alone := audit.balance.unnamed.alone:
        line = f"Unnamed sources alone: {count(alone, 'word')}, {percent(alone / audit.attributed)} of those in claims."
        console.print(Text(line))
    if loudest := audit.balance.loudest:
        text = Text("Loudest voice: ")
        text.append(printable(loudest.name) or UNKNOWN, style="bold")
        text.append(
            f", {percent(loudest.of_attributed)} of the words in claims, {percent(loudest.share)} of all words."
        )
        console.print(text)


def _show_speakers(audit: Audit, console: Console) -> None:
    columns = ["claims"]
    if console.width >= _NARROW:
        columns += ["direct", "indirect", "mixed"]
    columns += ["words", "share", *(["articles"] if audit.articles != 1 else ["first", "last"])]
    shown, rest = audit.speakers[:MOST], audit.speakers[MOST:]
    figures = [[_figure(voice, c) for c in columns] for voice in shown]
    widths = [max(map(len, column)) for column in zip(columns, *figures, strict=True)]
    console.print(_row(Text("Speakers", style="bold"), [Text(c, style="dim") for c in columns], widths))
    for voice, row in zip(shown, figures, strict=True):
        console.print(_row(_name(voice), map(Text, row), widths))
        # A long title would make the column of names a ribbon of words; below them it has the whole line.
        console.print(Padding(Text(_who(voice), style="dim"), (0, 0, 0, 2), expand=False))
    if rest:
        most = count(rest[0].words, "word")
        console.print(Text(f"and {len(rest):,} more, none with more than {most}: --format csv has them all."))


def _row(name: Text, figures: Iterable[Text], widths: Sequence[int]) -> Table:
    """A line of the table of speakers. Each is a table of its own, since what follows it takes the whole width."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True, pad_edge=False)
    grid.add_column(ratio=1, overflow="fold")
    for width in widths:
        grid.add_column(justify="right", width=width, no_wrap=True)
    grid.add_row(name, *figures)
    return grid


def _name(voice: Voice) -> Text:
    return Text(printable(voice.name) or UNKNOWN, style="bold")


def _who(voice: Voice) -> str:
    """Kind, title and justification: "named person, mayor of Cobh; who saw the fire"."""
    kind = KINDS[voice.kind]
    if voice.speakers > 1:
        kind += f", counted as {voice.speakers:,}"
    return "; ".join([kind, *(printable(x) for x in (voice.title, voice.justification) if x)])


def _figure(voice: Voice, column: str) -> str:
    if column == "share":
        return percent(voice.share)
    if column in ("first", "last"):
        place: Place | None = getattr(voice, column)
        return "" if place is None or place.sentence is None else f"{place.sentence + 1:,}"
    return f"{getattr(voice, column):,}"


def percent(share: float) -> str:
    """A share for people: "13%"; what is more than nothing and less than half a percent is "<1%"."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
