"""Reading files and standard input: encodings, formats by name and input that is none."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import extras
from claimcheck.article import Article, read_article, read_articles, types
from claimcheck.errors import ClaimcheckError, InputError

TEXT = "“Naïve,” said Zoë Łuczak.\r\nThe café shut at 5 p.m.\rNobody came. 😀\n"


def written(folder: Path, data: bytes, name: str = "story.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path: Path | str) -> str:
    """The message with which the input is refused."""
    with pytest.raises(InputError) as caught:
        read_article(path)
    assert isinstance(caught.value, ClaimcheckError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-32", "UTF-32")],
)
def test_text_is_the_decoded_input_unchanged_without_its_mark(tmp_path: Path, codec: str, encoding: str) -> None:
    read = read_article(written(tmp_path, TEXT.encode(codec)))
    assert read.text == TEXT
    assert read.encoding == encoding


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_both_byte_orders_of_utf_16_are_read(tmp_path: Path, mark: bytes) -> None:
    codec = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    assert read_article(written(tmp_path, mark + TEXT.encode(codec))).text == TEXT


def test_utf_8_needs_no_note(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode())
    assert read_article(path) == Article(id=str(path), text=TEXT)


def test_windows_1252_is_read_with_a_note(tmp_path: Path) -> None:
    text = "“Naïve,” said Zoë."
    read = read_article(written(tmp_path, text.encode("cp1252")))
    assert read.text == text
    assert read.encoding == "Windows-1252"
    assert "Windows-1252" in read.notes[0]
    assert "byte 0" in read.notes[0]


@pytest.mark.parametrize(
    "name", ["story", "story.txt", "STORY.TXT", "story.md", "story.html", "Mr. Moe resigns", ".story"]
)
def test_names_of_text_files_are_read(tmp_path: Path, name: str) -> None:
    assert read_article(written(tmp_path, b"It rained.", name)).text == "It rained."


def test_standard_input_is_read() -> None:
    read = read_article("-", stdin=io.BytesIO(TEXT.encode()))
    assert (read.id, read.text) == ("stdin", TEXT)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    message = refusal(tmp_path / "gone.txt")
    assert "gone.txt" in message
    assert "no such file" in message


def test_a_missing_file_brings_up_its_neighbour(tmp_path: Path) -> None:
    neighbour = written(tmp_path, b"It rained.", "harbour.txt")
    assert f"Did you mean {neighbour}?" in refusal(tmp_path / "harbor.txt")


def test_a_file_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "no folder" in refusal(tmp_path / "gone" / "story.txt")


def test_a_broken_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert "no such file" in refusal(link)
    assert "is a link to" in refusal(link)


@pytest.mark.parametrize("address", ["https://example.org/x", "HTTP://example.org/x.jsonl"])
def test_an_address_is_sent_to_the_option_for_it(address: str) -> None:
    with pytest.raises(InputError, match=f"{address}: is the address of a web page, no file. Use --url {address} "):
        read_articles(address)


def test_a_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert "is closed" in refusal("-")


def test_a_standard_input_that_cannot_be_read_is_refused() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError, match=r"standard input: cannot be read \(Input/output error\)"):
        read_article("-", stdin=Broken())


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "directory" in refusal(tmp_path)


@pytest.mark.parametrize("path", ["a\0b.txt", "x" * 5000])
def test_an_impossible_path_is_refused(path: str) -> None:
    assert refusal(path)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "blank"),
        (b"\xff\xfe \x00\n\x00", "blank"),
        (b"It rained.\0\0\0", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("It rained.\0".encode("utf-16"), "binary"),
        ("It rained.".encode("utf-16-le"), "binary"),
        (b"\xff\xfeI\x00t", "UTF-16"),
        (b"\xef\xbb\xbfIt \xff", "UTF-8"),
        (b"It rained \x81\x8d.", "neither UTF-8"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"{\\rtf1\\ansi It rained.}", "Rich Text"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_input_that_is_no_text_is_refused(tmp_path: Path, data: bytes, word: str) -> None:
    path = written(tmp_path, data)
    message = refusal(path)
    assert word in message
    assert str(path) in message


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("story.pdf", ".txt"),
        ("story.xyz", ".txt"),
        ("story.doc", ".docx"),
        ("story.odt", ".docx"),
        ("page.mhtml", "HTML"),
    ],
)
def test_a_format_that_is_not_read_is_refused_with_what_to_do(tmp_path: Path, name: str, advice: str) -> None:
    message = refusal(written(tmp_path, b"It rained.", name))
    assert Path(name).suffix in message
    assert advice in message


def test_json_lines_are_no_single_article(tmp_path: Path) -> None:
    assert "read_articles" in refusal(written(tmp_path, b'{"text": "It rained."}', "wire.jsonl"))


def test_any_other_format_is_one_article_to_read_articles(tmp_path: Path) -> None:
    path = written(tmp_path, b"It rained.")
    assert list(read_articles(path)) == [read_article(path)]
    assert [read.text for read in read_articles("-", stdin=io.BytesIO(b"It rained."))] == ["It rained."]


@pytest.mark.parametrize("name", ["gone.txt", "gone.jsonl"])
def test_read_articles_refuses_a_missing_file_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_articles(tmp_path / name)


def test_a_library_that_is_missing_is_named_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    for name in ("story.html", "story.docx"):
        assert "pip install '.[formats]'" in refusal(written(tmp_path, b"It rained.", name))


def test_input_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "MAX_BYTES", 10)
    assert read_article(written(tmp_path, b"0123456789")).text == "0123456789"
    assert "larger than" in refusal(written(tmp_path, b"0123456789a"))
    with pytest.raises(InputError, match="standard input"):
        read_article("-", stdin=io.BytesIO(b"0123456789a"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"It rained.")
    path.chmod(0)
    assert "permission" in refusal(path)


def test_permission_refused_by_the_system_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, b"It rained.")
    monkeypatch.setattr(Path, "open", deny)
    assert "permission" in refusal(path)


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = read_article("-", stdin=io.BytesIO(data))
    except InputError:
        return
    assert read.text.strip()
