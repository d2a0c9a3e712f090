"""Bytes to characters: which encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from claimcheck.errors import InputError

_MAX_CONTROL_SHARE = 0.1
_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as Word, Excel and OpenDocument files are"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
)

_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,1000}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_PRESCAN = 4096
"""How many bytes of a page are searched for the name of its encoding; HTML asks for it in the first 1024."""

_WEB_ENCODINGS = frozenset(
    # Those of the Encoding Standard that Python has, by Python's name. Nothing else is looked up: "zip", "punycode" or
    # "unicode_escape" are codecs too, but none that a page may ask for.
    [f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + [f"cp{n}" for n in (866, 874, *range(1250, 1259))]
    + ["utf-8", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"]
    + ["gbk", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr"]
)
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gbk"}
"""What a page says, and what every browser reads then."""


def decode(data: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Text, name of its encoding and notes of plain text.

    Raises:
        InputError: for bytes that are not text; `where` names the input.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{where}: is {kind}, not text. Save or export the article as plain text (.txt).")
    if marked := _decode_marked(data, where):
        text, name = marked
        _check_is_text(text, where)
        return text, name, () if name == "UTF-8" else (f"Read as {name}.",)
    if b"\0" in data:
        raise InputError(
            f"{where}: is a binary file, not text (it has NUL bytes). If it is text in UTF-16, save it again as UTF-8."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    else:
        _check_is_text(text, where)
        return text, "UTF-8", ()
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: is neither UTF-8 (see byte {broken}) nor Windows-1252 (see byte {error.start}), and has no mark "
            "of UTF-16. Save it again as UTF-8."
        ) from error
    _check_is_text(text, where)
    note = f"Read as Windows-1252, as it is not UTF-8 (see byte {broken}). If letters look wrong, save it as UTF-8."
    return text, "Windows-1252", (note,)


def decode_page(data: bytes, where: str, *, declared: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    """Text, name of its encoding and notes of an HTML page; stray bytes become replacement characters.

    A byte-order mark wins, then UTF-8 where all bytes are, as a page saved by a browser often still names its old
    encoding; then what the server said (`declared`), then what the page says, then Windows-1252.

    Raises:
        InputError: for bytes that are no page; `where` names the input.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{where}: is {kind}, not a web page.")
    if marked := _decode_marked(data, where):
        text, name = marked
        _check_is_text(text.replace("\0", ""), where)
        return text, name, ()
    labels = [declared] if declared else []
    if found := _META_CHARSET.search(data, 0, _PRESCAN):
        labels.append(found[1].decode("ascii", "replace"))
    codec = next(filter(None, map(_web_codec, labels)), None)
    try:
        text = data.decode("utf-8")
        name = "UTF-8"
        if codec == "iso2022_jp" and "\x1b" in text:  # the one encoding whose bytes all look like ASCII
            text, name = data.decode(codec, "replace"), _name(codec)
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError:
        known = codec or "cp1252"
        text = data.decode(known, "replace")
        name = _name(known)
        notes = ()
        if "\N{REPLACEMENT CHARACTER}" in text:
            why = "but some bytes are not; they were replaced"
        else:
            why = "" if codec else "as it is not UTF-8 and names no other encoding"
        if why:
            notes = (f"Read as {name}, {why}. If letters look wrong, save it as UTF-8.",)
    _check_is_text(text.replace("\0", ""), where)
    return text, name, notes


def _decode_marked(data: bytes, where: str) -> tuple[str, str] | None:
    """Text with a byte-order mark and the name of its encoding, or None where there is no mark."""
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(codec) if codec == "utf-8" else data.decode(codec), name
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{where}: starts with the mark of {name} but is damaged at byte {error.start}. Save it again as "
                    "UTF-8."
                ) from error
    return None


def _web_codec(label: str) -> str | None:
    """Python's codec for the name of an encoding on the web, or None where it is none."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _WEB_ENCODINGS else None


def _name(codec: str) -> str:
    """A codec's name for people."""
    return f"Windows-{codec[2:]}" if codec.startswith("cp125") else codec.replace("_", "-").upper()


def _check_is_text(text: str, where: str) -> None:
    """Raise `InputError` where a text has NULs or is largely control characters: a binary file that happened to
    decode."""
    control = sum(map(text.count, map(chr, (*range(1, 9), *range(14, 32), 127))))
    if "\0" in text or control > _MAX_CONTROL_SHARE * len(text):
        raise InputError(
            f"{where}: is a binary file, not text (it has NULs or mostly control characters). Save or export the "
            "article as plain text (.txt)."
        )
