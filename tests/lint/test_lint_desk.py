"""Writing a mended article back into its file."""

from __future__ import annotations

import codecs
import os
import threading
from pathlib import Path

import pytest

from claimcheck.errors import InputError
from claimcheck.lint import desk

TEXT = "The hall was cold on Friday.\r\n\r\nThe conductor wrote «we played in coats” on the door.\r\n"
MENDED = TEXT.replace("”", "»")


def test_an_edit_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "concert.txt"
    file.write_bytes(TEXT.encode())
    (copy,) = desk.receive(str(file))
    file.write_bytes(TEXT.replace("Friday", "Saturday").encode())
    with pytest.raises(InputError, match=r"concert\.txt: was changed while it was being checked.*Run again"):
        desk.write(copy, MENDED)
    assert file.read_bytes() == TEXT.replace("Friday", "Saturday").encode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_named_twice_is_mended_once(tmp_path: Path) -> None:
    file = tmp_path / "concert.txt"
    file.write_bytes(TEXT.encode())
    copies = [copy for _ in range(2) for copy in desk.receive(str(file))]
    for copy in copies:
        desk.write(copy, MENDED)
    assert file.read_bytes() == MENDED.encode()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (b"", "cp1252"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mended_file_is_encoded_as_before(tmp_path: Path, mark: bytes, codec: str) -> None:
    file = tmp_path / "concert.txt"
    file.write_bytes(mark + TEXT.encode(codec))
    (copy,) = desk.receive(str(file))
    assert copy.source is not None
    assert (copy.source.text, copy.source.plain) == (TEXT, True)
    desk.write(copy, MENDED)
    assert file.read_bytes() == mark + MENDED.encode(codec)


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "article.txt"
    os.mkfifo(pipe)
    written = b'# claimcheck: ignore CC401\n\nIt rained. She said: "No.\n'
    writer = threading.Thread(target=pipe.write_bytes, args=(written,))
    writer.start()
    (copy,) = desk.receive(str(pipe))
    writer.join()
    assert [i.codes for i in copy.ignores] == [("CC401",)]
    assert copy.source is not None
