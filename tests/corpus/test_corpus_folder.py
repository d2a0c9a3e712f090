"""Files of a corpus are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck.corpus import brat, folder, inline, split
from claimcheck.corpus.agreement import write_blind
from claimcheck.errors import InputError

SOURCE = '+++\nstratum = "sport"\n+++\n\nfact | Hearts won {number} times.\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "sport").mkdir(parents=True)
    for number in range(3):
        (tmp_path / "corpus" / "sport" / f"{number}.txt").write_text(SOURCE.format(number=number))
    return tmp_path / "corpus"


def contents(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def to_brat(corpus: Path) -> None:
    for article in folder.walk(corpus):
        brat.save(article, corpus.parent / "out")


def to_blind(corpus: Path) -> None:
    write_blind(folder.walk(corpus), corpus.parent / "out")


@pytest.mark.parametrize("write", [to_brat, to_blind, split.split])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_that_cannot_be_written_leaves_what_was_there(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], object], step: str
) -> None:
    to_blind(corpus)
    to_brat(corpus)
    before = contents(corpus.parent)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(InputError, match=r"cannot write to .*0\.txt: No space left on device"):
        write(corpus)
    assert contents(corpus.parent) == before


def test_a_split_changes_no_file_before_all_are_written(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(corpus)
    calls: list[int] = []
    settle = os.fsync

    def fail_at_the_last(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        settle(descriptor)

    monkeypatch.setattr(os, "fsync", fail_at_the_last)
    with pytest.raises(InputError, match="No space left"):
        split.split(corpus)
    assert contents(corpus) == before


def test_an_interruption_leaves_no_temporary_file(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(corpus.parent)

    def ended(*_: object) -> None:
        raise SystemExit(143)

    monkeypatch.setattr(os, "fsync", ended)
    with pytest.raises(SystemExit):
        split.split(corpus)
    assert contents(corpus.parent) == before


def test_modes_links_and_neighbours_stay(corpus: Path) -> None:
    articles = corpus / "sport"
    (articles / "0.txt").chmod(0o640)
    (articles / "0.tmp").write_text("somebody's")
    (articles / "1.txt").rename(corpus.parent / "far.txt")
    (articles / "1.txt").symlink_to(corpus.parent / "far.txt")
    split.split(corpus)
    assert stat.S_IMODE((articles / "0.txt").stat().st_mode) == 0o640
    assert (articles / "0.tmp").read_text() == "somebody's"
    assert (articles / "1.txt").is_symlink()
    assert "split" in inline.read(corpus.parent / "far.txt").meta


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    folder.write({tmp_path / "new" / "a.txt": "It rained."})
    assert (tmp_path / "new" / "a.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode
