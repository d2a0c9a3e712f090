"""Where output goes: into files whole or not at all, into pipes, devices and links as they are."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from claimcheck.cli.output import destination, keep_apart
from claimcheck.cli.streams import ReaderGone
from claimcheck.errors import InputError


def write(path: Path, text: str = "It rained.\n") -> None:
    with destination(path) as stream:
        stream.write(text)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    write(pipe, "“It rained.”\n")
    reader.join(10)
    assert read == ["“It rained.”\n"]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    write(link)
    assert link.is_symlink()
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert list(tmp_path.iterdir()) == [link]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_takes_nothing_more_is_named(tmp_path: Path) -> None:
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(InputError, match=r"cannot write to .*full: No space left on device"):
        write(link)


def test_a_pipe_whose_reader_goes_away_is_no_bad_input(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def leave() -> None:
        with destination(pipe) as stream:
            os.close(descriptor)
            stream.write("It rained.\n")

    with pytest.raises(ReaderGone):
        leave()


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(tmp_path: Path, there: bool) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "report.txt", tmp_path / "link.txt"
    if there:
        target.write_text("Before.", encoding="utf-8")
    link.symlink_to("far/report.txt")
    write(link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "It rained.\n"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664, 0o400])
def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "report.txt"
    path.touch()
    path.chmod(kept)
    write(path)
    assert mode(path) == kept
    assert path.read_text(encoding="utf-8") == "It rained.\n"


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write(tmp_path / "report.txt")
    assert mode(tmp_path / "report.txt") == mode(tmp_path / "usual")


def test_a_file_is_on_the_disk_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.txt"
    settled: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: settled.append(os.fstat(descriptor).st_size == 11))
    monkeypatch.setattr(os, "replace", lambda old, new: settled.append(path.exists()))
    write(path)
    assert settled == [True, False]


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "No such file or directory", "article.txt"),
        PermissionError(errno.EACCES, "Permission denied", "model.onnx"),
    ],
)
@pytest.mark.parametrize("name", ["report.txt", "null"])
def test_an_error_of_what_is_written_is_not_taken_for_one_of_where(tmp_path: Path, name: str, error: OSError) -> None:
    (tmp_path / "null").symlink_to("/dev/null")

    def fail() -> None:
        with destination(tmp_path / name) as stream:
            stream.write("It rained.\n")
            raise error

    with pytest.raises(type(error)) as caught:
        fail()
    assert caught.value is error
    assert list(tmp_path.iterdir()) == [tmp_path / "null"]


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_file_that_cannot_be_finished_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Before.", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(InputError, match=r"cannot write to .*report\.txt: No space left on device"):
        write(path)
    assert path.read_text(encoding="utf-8") == "Before."
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_that_is_an_input_is_refused_by_every_name_it_has(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("It rained.", encoding="utf-8")
    (tmp_path / "soft.txt").symlink_to("article.txt")
    (tmp_path / "hard.txt").hardlink_to(article)
    for name in ("article.txt", "soft.txt", "hard.txt", "../" + tmp_path.name + "/article.txt"):
        with pytest.raises(
            InputError, match=r"is the same file as the input .*article\.txt, which would be overwritten"
        ):
            keep_apart(tmp_path / name, ["-", "missing.txt", article])


def test_an_output_beside_the_inputs_is_fine(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("It rained.", encoding="utf-8")
    (tmp_path / "copy.txt").write_text("It rained.", encoding="utf-8")
    keep_apart(None, [article])
    keep_apart(tmp_path / "new.txt", [article, tmp_path])
    keep_apart(tmp_path / "copy.txt", [article])
    keep_apart("/dev/null", ["/dev/null"])


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"it is a folder\. Name a file"):
        write(tmp_path)


@pytest.mark.parametrize("name", ["", "no/report.txt", "loop"])
def test_a_place_where_no_file_can_be_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    began = False
    with pytest.raises(InputError, match="cannot write to"), destination(tmp_path / name):
        began = True
    assert not began
