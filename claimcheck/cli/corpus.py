"""``claimcheck corpus``: look after the corpus that claimcheck is trained and tested on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from claimcheck.cli.output import named_path

app = typer.Typer(help="Check, count, split, convert and compare a corpus of annotated articles.", no_args_is_help=True)


class Target(StrEnum):
    """Formats that a corpus is converted to."""

    jsonl = "jsonl"
    brat = "brat"


class Split(StrEnum):
    """Parts of a corpus."""

    train = "train"
    dev = "dev"
    test = "test"


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The corpus: STRATUM/NAME.txt, see FORMAT.md in it.")]
Ngram = Annotated[int, typer.Option(min=1, metavar="N", help="Words in the n-grams whose overlap is measured.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")]
Into = Annotated[
    Path | None,
    typer.Option(metavar="FILE", parser=named_path, help="Put the tables into a Markdown file too, between its marks."),
]


@app.command()
def check(
    folder: Folder,
    ngram: Ngram = 5,
    overlap: Annotated[
        float, typer.Option(min=0, max=1, help="Share of n-grams in common above which articles are near-duplicates.")
    ] = 0.02,
    minimum: Annotated[
        int, typer.Option(min=0, metavar="N", help="Report each stratum with fewer than N articles too.")
    ] = 0,
) -> None:
    """Find every inconsistency: exit code 1 if there is one."""
    from claimcheck.corpus.check import check_all, check_amount
    from claimcheck.corpus.folder import read_all
    from claimcheck.render.words import count

    articles, findings = read_all(folder)
    findings += check_all(articles, n=ngram, limit=overlap)
    findings += check_amount(articles, minimum)
    for finding in findings:
        typer.echo(finding)
    typer.echo(f"{count(len(articles), 'article')}, {count(len(findings), 'finding')}", err=True)
    raise typer.Exit(1 if findings else 0)


@app.command()
def stats(folder: Folder, ngram: Ngram = 5, json: Json = False, into: Into = None) -> None:
    """Count articles, sentences, labels, attributions, cues and speakers: the numbers of the datasheet."""
    from claimcheck.corpus.folder import walk
    from claimcheck.corpus.stats import statistics

    _show(statistics(list(walk(folder)), n=ngram), "stats", json=json, into=into)


@app.command()
def split(folder: Folder) -> None:
    """Assign articles that have no split to train, dev or test, and write it into their headers."""
    from collections import Counter

    from claimcheck.corpus.split import split
    from claimcheck.render.words import count

    assigned = Counter(split(folder).values())
    shares = ", ".join(f"{s.value} {assigned[s.value]}" for s in Split)
    typer.echo(f"{count(assigned.total(), 'article')} assigned: {shares}")


@app.command()
def convert(
    folder: Folder,
    to: Annotated[Target, typer.Option(help="jsonl: one article a line, as the scorer reads it. brat: .txt and .ann.")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PATH", parser=named_path, help="A file for jsonl, a folder for brat."),
    ],
    split: Annotated[Split | None, typer.Option(help="Only the articles of this split.")] = None,
) -> None:
    """Write the corpus in another format."""
    from claimcheck.cli.output import destination
    from claimcheck.corpus import brat
    from claimcheck.corpus.folder import keep_apart, walk
    from claimcheck.corpus.records import to_jsonl
    from claimcheck.render.words import count

    articles = list(walk(folder, split.value if split else None))
    keep_apart([output] if to is Target.jsonl else [p for a in articles for p in brat.targets(a, output)], folder)
    if to is Target.jsonl:
        with destination(output) as stream:
            stream.writelines(to_jsonl(articles))
    else:
        for article in articles:
            brat.save(article, output)
    typer.echo(f"{count(len(articles), 'article')} written to {output}")


@app.command()
def blind(
    folder: Folder,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", parser=named_path, help="Where the copies go.")
    ],
) -> None:
    """Write copies without labels, sentences numbered, for a second reader."""
    from claimcheck.corpus.agreement import write_blind
    from claimcheck.corpus.folder import keep_apart, walk
    from claimcheck.render.words import count

    articles = list(walk(folder))
    keep_apart((output / f"{article.id}.txt" for article in articles), folder)
    typer.echo(f"{count(write_blind(articles, output), 'article')} written to {output}")


@app.command()
def agreement(
    folder: Folder,
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="Blind second readings: STRATUM/NAME.txt.")],
    blind: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The blind copies read, if the articles have changed since.")
    ] = None,
    disagreements: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", parser=named_path, help="Write every disagreement to a file, a line each, to decide on."
        ),
    ] = None,
    json: Json = False,
    into: Into = None,
) -> None:
    """Measure how far a second reading agrees with the corpus on labels and speakers."""
    from claimcheck.cli.output import destination, keep_apart
    from claimcheck.corpus.agreement import compare, disagreements_tsv
    from claimcheck.corpus.folder import files, walk

    read = [
        *files(folder),
        *second.glob("*/*.txt"),
        *(blind.glob("*/*.txt") if blind else ()),
        *([into] if into else ()),
    ]
    keep_apart(disagreements, read, "--disagreements")
    comparison = compare(walk(folder), second, blind)
    if disagreements:
        with destination(disagreements) as stream:
            stream.write(disagreements_tsv(comparison.disagreements))
    _show(comparison, "agreement", json=json, into=into)


def _show(figures: Any, name: str, *, json: bool, into: Path | None) -> None:
    """Figures as JSON or as tables, and the tables into a file if one is given."""
    from dataclasses import asdict
    from json import dumps

    from claimcheck.cli.output import destination
    from claimcheck.corpus.markdown import replace_block
    from claimcheck.errors import InputError

    if into:
        try:
            text = into.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read {into}: {error}") from error
        with destination(into) as stream:
            stream.write(replace_block(text, name, figures.markdown()))
    typer.echo(dumps(asdict(figures), indent=2, ensure_ascii=False) if json else figures.markdown())
