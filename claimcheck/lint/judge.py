"""Findings in annotated articles, to be judged by hand.

    python -m claimcheck.lint.judge fixtures/corpus --rule CC301

Each article's gold annotation becomes a report, so that what is judged is the rule and not a model. The figures in
``docs/rules-precision.md`` were counted on this list.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from claimcheck.corpus.annotation import SPLITS
from claimcheck.corpus.folder import walk
from claimcheck.lint.config import SECTIONS, Config
from claimcheck.lint.engine import diagnose
from claimcheck.lint.gold import to_report
from claimcheck.lint.registry import BY_CODE
from claimcheck.lint.story import Story

_AROUND = 160
"""Code points of context shown before and after the sentence of a finding."""


def listing(folder: Path, code: str, limit: int, split: str | None = None, seed: int = 1) -> list[str]:
    """One entry for each finding of a rule in a corpus, all or a sample of ``limit``, in the order of the files.

    Args:
        split: which articles; all where it is left out.

    Raises:
        InputError: if the folder holds no article, or a malformed one.
    """
    entries: list[str] = []
    for article in walk(folder, split):
        desk = article.meta.get("desk", "news")
        policy = Config().policy(desk if desk in SECTIONS else "news")
        report = to_report(article)
        story = Story(report)
        for found in diagnose(report, policy):
            if found.finding.rule != code:
                continue
            start, end = found.finding.start, found.finding.end
            sentence = story.sentence_at(start)
            a, b = (sentence.start, sentence.end) if sentence else (start, end)
            around = story.quote(max(0, a - _AROUND), max(b, end) + _AROUND, longest=1200)
            marked = f"[{story.quote(start, end, longest=200)}] {found.finding.message}"
            entries.append(f"{article.id} ({desk}) {marked}\n    {around}")
    if len(entries) > limit:
        kept = sorted(random.Random(seed).sample(range(len(entries)), limit))
        print(f"{limit} of {len(entries)} findings", file=sys.stderr)  # noqa: T201
        entries = [entries[k] for k in kept]
    return entries


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the findings of one rule, numbered."""
    parser = argparse.ArgumentParser(prog="python -m claimcheck.lint.judge", description=__doc__)
    parser.add_argument("folder", type=Path, help="a corpus: STRATUM/NAME.txt in the inline format")
    parser.add_argument("--rule", required=True, choices=sorted(BY_CODE))
    parser.add_argument("--split", choices=SPLITS, help="articles of one split only")
    parser.add_argument("--limit", type=int, default=50, help="findings to list (50)")
    options = parser.parse_args(arguments)
    for number, entry in enumerate(listing(options.folder, options.rule, options.limit, options.split), 1):
        print(f"{number}. {entry}\n")  # noqa: T201


if __name__ == "__main__":
    main()
