"""Findings to be judged by hand, and how often each rule is right by the judgements.

    python -m claimcheck.lint.judge fixtures/corpus --split test --model claimcheck-en              # findings to read
    python -m claimcheck.lint.judge fixtures/corpus --split test --model claimcheck-en --unjudged   # those nobody has judged
    python -m claimcheck.lint.judge fixtures/corpus --split test --model claimcheck-en --precision  # a table by rule

With --model the findings are those in the reports of a model, which is what an editor sees. Without it each article's
gold annotation becomes the report, so that the rules are judged without a model's errors. The figures in
``docs/rules-precision.md`` are what --precision prints.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from claimcheck.article import Article, read_articles
from claimcheck.corpus.annotation import SPLITS
from claimcheck.corpus.folder import walk
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.lint import judgements
from claimcheck.lint.config import SECTIONS, Config
from claimcheck.lint.engine import diagnose
from claimcheck.lint.gold import to_report
from claimcheck.lint.judgements import Judgement, Judgements
from claimcheck.lint.registry import BY_CODE
from claimcheck.lint.story import Story
from claimcheck.report import Finding, Report

JUDGED = Path("fixtures/lint-judgements")
"""Where the judgements of findings in the corpus are, seen from the root of the repository."""
_AROUND = 160
"""Code points of context shown before and after the sentence of a finding."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in the report it was found in, and the section of the paper that the article was checked for."""

    report: Report
    section: str
    finding: Finding

    def entry(self, around: int = _AROUND) -> str:
        """To read: the article, the words, the message, and ``around`` code points of context on either side."""
        story = Story(self.report)
        start, end = self.finding.start, self.finding.end
        sentence = story.sentence_at(start)
        a, b = (sentence.start, sentence.end) if sentence else (start, end)
        context = story.quote(max(0, a - around), max(b, end) + around, longest=2 * around + 900)
        words = f"[{story.quote(start, end, longest=200)}] {self.finding.message}"
        return f"{self.report.id} ({self.section}) {self.finding.rule} {words}\n    {context}"

    def open(self) -> Judgement:
        """The judgement that somebody still has to make."""
        f = self.finding
        return Judgement(f.rule, self.report.id, f.start, f.end, self.report.text[f.start : f.end], f.message)


def gold(folder: Path, split: str | None = None) -> Iterator[tuple[Report, str]]:
    """The gold reports of a corpus with their sections.

    Raises:
        InputError: if the folder holds no article, or a malformed one.
    """
    for article in walk(folder, split):
        yield to_report(article), _section(article.meta.get("desk", "news"))


def modelled(
    articles: Path, model: str, split: str | None = None, section: str = "news"
) -> Iterator[tuple[Report, str]]:
    """The reports that a model makes of articles, with their sections.

    Args:
        articles: a corpus, whose articles say what desk they are from, or a file as ``claimcheck lint`` reads it.
        model: a model folder, or the name of a model that ships.
        split: which articles of a corpus; all where it is left out.
        section: of the articles in a file.

    Raises:
        InputError: if there is no article, or one that cannot be read.
        ModelError: if the model cannot be loaded.
    """
    from claimcheck.checker import load

    sections: list[str] = []

    def read() -> Iterator[Article]:
        if articles.is_dir():
            for article in walk(articles, split):
                sections.append(_section(article.meta.get("desk", "news")))
                yield Article(article.id, article.text)
        else:
            for plain in read_articles(articles):
                sections.append(section)
                yield plain

    for number, report in enumerate(load(model).check_many(read())):
        yield report, sections[number]


def findings(reports: Iterable[tuple[Report, str]]) -> Iterator[Found]:
    """What the rules of its section find in each report."""
    for report, section in reports:
        for diagnosis in diagnose(report, Config().policy(section)):
            yield Found(report, section, diagnosis.finding)


def sample(found: Sequence[Found], limit: int, seed: int = 1) -> list[Found]:
    """Of each rule all findings, or ``limit`` of them taken at random, in their order."""
    kept: set[int] = set()
    for code in BY_CODE:
        own = [k for k, f in enumerate(found) if f.finding.rule == code]
        kept.update(random.Random(seed).sample(own, limit) if len(own) > limit else own)
    return [f for k, f in enumerate(found) if k in kept]


def _section(desk: str) -> str:
    return desk if desk in SECTIONS else "news"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m claimcheck.lint.judge",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "articles", type=Path, help="a corpus: STRATUM/NAME.txt in the inline format; with --model also a file"
    )
    parser.add_argument("--model", help="a model folder, or the name of a model that ships; without it gold reports")
    parser.add_argument("--rule", action="append", choices=sorted(BY_CODE), help="this rule only; may be repeated")
    parser.add_argument("--split", choices=SPLITS, help="articles of one split of the corpus only")
    parser.add_argument("--section", default="news", choices=sorted(SECTIONS), help="of the articles in a file (news)")
    parser.add_argument("--limit", type=int, default=50, help="findings of each rule (50)")
    parser.add_argument("--around", type=int, default=_AROUND, help=f"characters of context on either side ({_AROUND})")
    parser.add_argument("--judgements", type=Path, default=JUDGED, help=f"file or folder of judgements ({JUDGED})")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--unjudged", action="store_true", help="only what nobody has judged")
    what.add_argument(
        "--open", action="store_true", help="the same as JSON Lines, for somebody to fill in right and why"
    )
    what.add_argument("--precision", action="store_true", help="a table of how often each rule is right")
    return parser


def _lines(options: argparse.Namespace) -> Iterator[str]:
    if options.model is None and not options.articles.is_dir():
        raise InputError(f"{options.articles}: is no corpus. Only a model can report on other articles: add --model.")
    reports = (
        gold(options.articles, options.split)
        if options.model is None
        else modelled(options.articles, options.model, options.split, options.section)
    )
    found = [f for f in findings(reports) if options.rule is None or f.finding.rule in options.rule]
    known = judgements.read(options.judgements) if options.judgements.exists() else Judgements()
    if options.precision:
        tallies = judgements.tally(((f.report.id, f.finding) for f in found), known)
        yield from judgements.table({c: t for c, t in tallies.items() if options.rule is None or c in options.rule})
        return
    if options.unjudged or options.open:
        found = [f for f in found if known.of(f.report.id, f.finding) is None]
    for number, f in enumerate(sample(found, options.limit), 1):
        yield msgspec.json.encode(f.open()).decode() if options.open else f"{number}. {f.entry(options.around)}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print findings, numbered, or the table; the exit code is 2 where articles or judgements cannot be read."""
    try:
        for line in _lines(_parser().parse_args(arguments)):
            print(line)  # noqa: T201
    except ClaimcheckError as error:
        print(f"claimcheck: {error}", file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
