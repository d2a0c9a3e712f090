"""What articles have in common, as shared word n-grams: near-duplicates, and leaks between splits."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from claimcheck.corpus.annotation import SPLITS, GoldArticle

NGRAM = 5
"""Words in an n-gram by default: shorter ones recur in any news, longer ones miss a copy that was rewritten."""
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")

Ngram = tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text, in lower case, without punctuation."""
    return [match[0].lower() for match in WORD.finditer(text)]


def ngrams(text: str, n: int) -> set[Ngram]:
    """The distinct word ``n``-grams of a text."""
    tokens = words(text)
    return {tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)}


def shared(articles: Iterable[GoldArticle], n: int) -> dict[tuple[str, str], float]:
    """For each pair of articles with an ``n``-gram in common, its share of the smaller one's ``n``-grams."""
    sizes: dict[str, int] = {}
    holders: defaultdict[Ngram, list[str]] = defaultdict(list)
    for article in articles:
        grams = ngrams(article.text, n)
        sizes[article.id] = len(grams)
        for gram in grams:
            holders[gram].append(article.id)
    common = Counter(pair for ids in holders.values() for pair in itertools.combinations(ids, 2))
    return {(a, b): count / min(sizes[a], sizes[b]) for (a, b), count in sorted(common.items())}


def between_splits(articles: Sequence[GoldArticle], n: int) -> dict[tuple[str, str], float]:
    """For each pair of splits the share of the second one's ``n``-grams that the first one has too."""
    grams: dict[str, set[Ngram]] = {
        split: set().union(*(ngrams(a.text, n) for a in articles if a.meta.get("split") == split)) for split in SPLITS
    }
    return {
        (a, b): len(grams[a] & grams[b]) / len(grams[b]) if grams[b] else 0.0
        for a, b in itertools.combinations(SPLITS, 2)
    }
