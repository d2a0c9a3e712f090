"""Splits: exact quotas, strata kept, the same for everybody, and one new line in a file."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.corpus import GoldArticle, inline
from claimcheck.corpus.annotation import SPLITS
from claimcheck.corpus.split import SHARES, assign, quotas, split
from claimcheck.errors import InputError


def corpus(sizes: dict[str, int]) -> list[GoldArticle]:
    return [GoldArticle(f"{s}/{n:02}", "", meta={"stratum": s}) for s, size in sizes.items() for n in range(size)]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=25))
def test_quotas_are_the_exact_share_rounded_in_each_stratum_and_in_total(sizes: dict[str, int]) -> None:
    result = quotas(sizes)
    for stratum, size in sizes.items():
        assert sum(result[stratum].values()) == size
        for name, share in SHARES.items():
            assert math.floor(share * size + 1e-6) <= result[stratum][name] <= math.ceil(share * size - 1e-6)
    for name, share in SHARES.items():
        assert abs(sum(quota[name] for quota in result.values()) - share * sum(sizes.values())) < 1.5


def test_twenty_strata_of_sixteen_are_split_seventy_fifteen_fifteen() -> None:
    assigned = assign(corpus({f"stratum {n:02}": 16 for n in range(20)}))
    assert Counter(assigned.values()) == {"train": 224, "dev": 48, "test": 48}


def test_the_split_depends_on_the_ids_only() -> None:
    articles = corpus({"sport": 16, "politics": 20})
    assert assign(articles) == assign(reversed(articles))
    in_order = [assign(articles)[a.id] for a in articles]
    assert in_order != sorted(in_order, key=SPLITS.index), "the numbers of articles must not decide"


def test_articles_that_have_a_split_keep_it_and_count() -> None:
    articles = corpus({"sport": 20})
    for article in articles[:3]:
        article.meta["split"] = "test"
    assigned = assign(articles)
    assert set(assigned) == {a.id for a in articles[3:]}
    assert Counter(assigned.values()) == {"train": 14, "dev": 3}


def test_more_than_the_quota_is_taken_from_the_others() -> None:
    articles = corpus({"sport": 20})
    for article in articles[:10]:
        article.meta["split"] = "test"
    counts = Counter(assign(articles).values())
    assert counts.total() == 10
    assert counts["test"] == 0
    assert counts["train"] > counts["dev"] > 0


def test_an_article_without_a_stratum_cannot_be_split() -> None:
    with pytest.raises(InputError, match="has no stratum"):
        assign([GoldArticle("sport/01", "")])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_gains_one_line_and_nothing_else(tmp_path: Path, newline: str) -> None:
    source = '+++\n# a note\nvariety = "British"\nstratum = "sport" # here\ndesk="news"\n+++\n\nfact  |  It rained.\n'
    path = tmp_path / "sport" / "01.txt"
    path.parent.mkdir()
    path.write_bytes(source.replace("\n", newline).encode())
    assigned = split(tmp_path)
    lines = path.read_bytes().decode().split(newline)
    assert lines.pop(4) == f'split = "{assigned["sport/01"]}"'
    assert newline.join(lines) == source.replace("\n", newline)
    assert inline.read(path).meta["split"] == assigned["sport/01"]
    assert split(tmp_path) == {}
    assert list(path.parent.iterdir()) == [path]


def test_no_file_is_changed_if_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "sport").mkdir()
    sound, odd = tmp_path / "sport" / "01.txt", tmp_path / "sport" / "02.txt"
    sound.write_text('+++\nstratum = "sport"\n+++\nfact | It rained.\n')
    odd.write_text('+++\n"stratum" = "sport"\n+++\nfact | It poured.\n')
    with pytest.raises(InputError, match="cannot write the split"):
        split(tmp_path)
    assert "split" not in sound.read_text()
