"""Word documents: the text of .docx by mammoth, which turns it into HTML.

A .docx is a ZIP archive of XML. What archive and XML can be made to do (a kilobyte that unpacks to gigabytes, entities
that multiply, nesting without end) is refused before mammoth sees it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from claimcheck.article import blocks
from claimcheck.article.types import Article, check_size, no_text, require
from claimcheck.errors import InputError

if TYPE_CHECKING:
    from mammoth.documents import Image

MAX_BYTES = 50_000_000
"""Largest document, in bytes, pictures included."""

_MAX_UNPACKED = 10_000_000
"""Largest sum of the XML in a document, in bytes; that of an article has some 100,000."""

_MAX_PARTS = 5_000
"""Most files in a document's archive, pictures included."""

_DEEPEST = 200
"""How deep the XML may be nested; tables within tables need some 20 for each."""

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Strong'] => b
comment-reference =>
"""

_FOOTNOTE_MARKS = re.compile(r"<sup><a href=\"#[^\"]*\"[^<>]*>[^<>]*</a></sup>|<a href=\"#[^\"]*\">↑</a>")


def read(data: bytes, id: str, where: str) -> Article:
    """Read a Word document; `where` names the input in messages.

    Headings, list items and table rows are paragraphs of their own; deleted text, comments, headers and footers are
    not read; footnotes stand at the end, without their marks. The title is the heading that the text starts with or its
    only one of the first level (or the style "Title").

    Raises:
        InputError: where mammoth is not installed; where the document is broken, hostile, without text, or no .docx.
    """
    require("mammoth", "Reading Word documents", where)
    check_size(data, MAX_BYTES, where)
    try:
        html = _html(_checked(data, where))
    except InputError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        # RuntimeError: encrypted; NotImplementedError: packed in a way that Python has not.
        raise _broken(where, error) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, expat.ExpatError) as error:
        raise _broken(where, error) from error  # XML that is none, or is not what mammoth takes it for
    found = blocks.blocks(_FOOTNOTE_MARKS.sub("", html))
    if not found:
        raise no_text(where)
    return Article(id, blocks.with_title(found, None), title=blocks.heading(found))


def _broken(where: str, error: Exception) -> InputError:
    return InputError(
        f"{where}: is no Word document that can be read ({type(error).__name__}: {error}). Open it in a word processor "
        "and save it again as .docx, or as plain text (.txt)."
    )


def _html(data: bytes) -> str:
    import mammoth

    def no_image(image: Image) -> list[object]:
        return []

    converted = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, include_embedded_style_map=False, convert_image=no_image
    )
    html: str = converted.value
    return html


def _checked(data: bytes, where: str) -> bytes:
    """The document with its XML only, so that nothing that was not looked at can be reached.

    Raises:
        InputError: for an archive that is no Word document or is out to do harm.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{where}: is an old Word document (.doc) or one with a password. Open it in a word processor and save it "
            "as .docx without a password."
        )
    checked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(checked, "w") as copy:
        parts = archive.infolist()
        names = [part.filename for part in parts]
        if len(parts) > _MAX_PARTS or len(set(names)) < len(names):
            raise InputError(f"{where}: has too many files inside, or the same twice. Save the document again.")
        if "[Content_Types].xml" not in names or not any(name.endswith(".xml") and "word" in name for name in names):
            raise InputError(
                f"{where}: is a ZIP archive but no Word document. Save the article as .docx or as plain text (.txt)."
            )
        # The rest are pictures, fonts and macros.
        texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
        if sum(part.file_size for part in texts) > _MAX_UNPACKED:
            raise InputError(
                f"{where}: unpacks to more than {_MAX_UNPACKED // 1_000_000} MB of text. Split it, or save the article "
                "as plain text (.txt)."
            )
        for part in texts:
            content = archive.read(part)  # at most the size that it declares
            _check_xml(content, f"{where} ({part.filename})")
            copy.writestr(part.filename, content)
    return checked.getvalue()


def _check_xml(data: bytes, where: str) -> None:
    """Raise `InputError` for XML that declares entities or is nested too deep.

    Raises:
        expat.ExpatError: where it is no XML.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InputError(f"{where}: is nested more than {_DEEPEST} deep. Save the article as plain text (.txt).")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        raise InputError(f"{where}: declares a document type, as no Word document does. It may be meant to do harm.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)
