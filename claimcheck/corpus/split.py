"""Assign articles to train, dev and test, and write it into their files."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from claimcheck.corpus.annotation import SPLITS, GoldArticle, Split
from claimcheck.corpus.folder import files, write
from claimcheck.corpus.inline import parse, read
from claimcheck.errors import InputError

SHARES: dict[Split, float] = {"train": 0.70, "dev": 0.15, "test": 0.15}

_STRATUM_LINE = re.compile(r"^stratum[ \t]*=.*?(\r?\n)", re.M)


def quotas(sizes: Mapping[str, int]) -> dict[str, dict[Split, int]]:
    """How many articles of each stratum go where.

    Each number is the exact share rounded down or up; what is left of a stratum goes where the corpus so far has the
    fewest for its share, so that the totals come out right too.
    """
    result: dict[str, dict[Split, int]] = {}
    missing = dict.fromkeys(SPLITS, 0.0)
    for stratum, size in sorted(sizes.items()):
        exact = {split: round(share * size, 6) for split, share in SHARES.items()}
        quota = {split: math.floor(exact[split]) for split in SPLITS}
        for split in SPLITS:
            missing[split] += exact[split] - quota[split]
        rounded = sorted((s for s in SPLITS if exact[s] > quota[s]), key=lambda s: -round(missing[s], 6))
        for split in rounded[: size - sum(quota.values())]:
            quota[split] += 1
            missing[split] -= 1
        result[stratum] = quota
    return result


def assign(articles: Iterable[GoldArticle]) -> dict[str, Split]:
    """A split for the id of every article that has none; those that have one keep it and count for its quota.

    Which article goes where depends on a hash of its id only, given how many there are in its stratum.
    """
    strata: defaultdict[str, list[GoldArticle]] = defaultdict(list)
    for article in articles:
        if "stratum" not in article.meta:
            raise InputError(f"{article.id}: has no stratum in its header: a split keeps the strata")
        strata[article.meta["stratum"]].append(article)
    result: dict[str, Split] = {}
    for stratum, quota in quotas({name: len(members) for name, members in strata.items()}).items():
        kept = Counter(a.meta.get("split") for a in strata[stratum])
        open_seats = {split: max(0, quota[split] - kept[split]) for split in SPLITS}
        free = sorted((a.id for a in strata[stratum] if "split" not in a.meta), key=_hash)
        while sum(open_seats.values()) > len(free):
            open_seats[max(SPLITS, key=lambda s: open_seats[s])] -= 1
        result |= zip(free, (split for split in SPLITS for _ in range(open_seats[split])), strict=True)
    return result


def _hash(id: str) -> bytes:
    return hashlib.sha256(id.encode()).digest()


def split(folder: Path) -> dict[str, Split]:
    """Write a split into the header of every article of a corpus that has none; says which article got which.

    A file gains one line, after its stratum; nothing else of it changes.

    Raises:
        InputError: if an article cannot be read or written, or has no stratum; then no file is changed.
    """
    path_of = {article.id: file for file in files(folder) for article in [read(file)]}
    assigned = assign(read(file) for file in path_of.values())
    edits = {path_of[id]: _with_split(path_of[id], id, split) for id, split in assigned.items()}
    write(edits)
    return assigned


def _with_split(path: Path, id: str, split: Split) -> str:
    text = path.read_bytes().decode()
    edited = _STRATUM_LINE.sub(rf'\g<0>split = "{split}"\1', text, count=1)
    article = parse(text, id=id)
    article.meta["split"] = split
    if edited == text or parse(edited, id=id) != article:
        raise InputError(f'{id}: cannot write the split: put stratum = "..." on a line of its own in the header')
    return edited
