"""Reading Word documents, which the tests write by hand: real ones, and such as are out to do harm."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.article import Article, docx, read_article
from claimcheck.errors import InputError

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
</Types>"""
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{RELATIONSHIP}/officeDocument" Target="word/document.xml"/>
</Relationships>"""
DOCUMENT_RELS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{RELATIONSHIP}/footnotes" Target="footnotes.xml"/>
<Relationship Id="r2" Type="{RELATIONSHIP}/styles" Target="styles.xml"/>
</Relationships>"""
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {NAMESPACE}>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
</w:styles>"""
FOOTNOTES = f"""<w:footnotes {NAMESPACE}>
<w:footnote w:id="1"><w:p><w:r><w:t>A gauge says so.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def document(body: str, **parts: str | bytes) -> bytes:
    """A Word document with this body; `parts` are files to add or replace."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/_rels/document.xml.rels": DOCUMENT_RELS,
        "word/styles.xml": STYLES,
        "word/footnotes.xml": FOOTNOTES,
        "word/document.xml": f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>",
    }
    files |= parts
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read(data: bytes) -> Article:
    return docx.read(data, "story.docx", "story.docx")


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    assert str(caught.value).startswith("story.docx")
    return str(caught.value)


def test_a_document_is_read_as_its_paragraphs(tmp_path: Path) -> None:
    body = (
        paragraph(run("Rain in Rome"), "Title")
        + paragraph(
            run("It “rained” &amp; ") + "<w:r><w:rPr><w:b/></w:rPr><w:t>poured</w:t></w:r>" + run(", she said.")
        )
        + paragraph(run("Later"), "H2")
        + paragraph(run("One line") + "<w:r><w:br/></w:r>" + run("and another"))
    )
    path = tmp_path / "story.docx"
    path.write_bytes(document(body))
    article = read_article(path)
    assert article.text == "Rain in Rome\n\nIt “rained” & poured, she said.\n\nLater\n\nOne line\nand another"
    assert article.title == "Rain in Rome"
    assert article.id == str(path)


def test_footnotes_stand_at_the_end_without_their_marks() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    article = read(document(paragraph(run("It rained.") + mark) + paragraph(run("Nobody came."))))
    assert article.text == "It rained.\n\nNobody came.\n\nA gauge says so."


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    deleted = "<w:del><w:r><w:delText>drizzled</w:delText></w:r></w:del>"
    assert read(document(paragraph(run("It ") + deleted + f"<w:ins>{run('rained.')}</w:ins>"))).text == "It rained."


def test_a_row_of_a_table_is_a_paragraph() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(a)}{cell.format(b)}</w:tr>" for a, b in ("ab", "cd"))
    assert read(document(f"<w:tbl>{rows}</w:tbl>")).text == "a\tb\n\nc\td"


def test_markup_in_the_text_stays_text() -> None:
    text = "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;"
    assert read(document(paragraph(run(text)))).text == "<script>alert(1)</script> &lt;b&gt;"


def test_a_document_without_text_is_refused() -> None:
    assert "no text" in refusal(document(paragraph("")))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "no Word document"),
        (b"It rained.", "no Word document"),
        (b"PK\x03\x04 and no more", "no Word document"),
        (b"\xd0\xcf\x11\xe0 old", "old Word document"),
        (document(paragraph(run("a")))[:-40], "no Word document"),
        (document(paragraph(run("a")) + "<w:p>"), "no Word document"),
        (document("", **{"word/document.xml": "It rained."}), "no Word document"),
        (document("", **{"_rels/.rels": "<a/>", "word/document.xml": "<a/>"}), "no Word document"),
    ],
    ids=range(8),
)
def test_what_is_no_whole_document_is_refused(data: bytes, word: str) -> None:
    assert word in refusal(data)


def test_another_archive_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("story.txt", "It rained.")
    assert "no Word document" in refusal(packed.getvalue())


def test_a_document_that_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpack(*_: object) -> bytes:
        raise AssertionError("was unpacked")

    data = document(paragraph(run(" " * 30_000_000)))
    assert len(data) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "read", unpack)
    assert "unpacks to more than" in refusal(data)


def test_a_size_that_is_a_lie_is_found_out() -> None:
    data = document(paragraph(run("a" * 50_000)))
    size = next(
        info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist() if info.filename == "word/document.xml"
    )
    assert data.count(size.to_bytes(4, "little")) == 2
    assert "no Word document" in refusal(data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))


BOMB = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_multiply(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}<w:document {NAMESPACE}><w:body/></w:document>'
    message = refusal(document("", **{"word/document.xml": xml.encode(encoding)}))
    assert "document type" in message
    assert "word/document.xml" in message


def test_a_document_kept_where_no_xml_belongs_is_not_reached() -> None:
    hidden = f"{BOMB}<w:document {NAMESPACE}><w:body>{paragraph(run('&b;'))}</w:body></w:document>"
    rels = RELS.replace("word/document.xml", "word/media/image.png")
    data = document(paragraph(run("It rained.")), **{"_rels/.rels": rels, "word/media/image.png": hidden})
    assert read(data).text == "It rained."


def test_nesting_without_end_is_refused() -> None:
    assert "nested" in refusal(document("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000))


def test_pictures_and_outside_files_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not for you")
    rels = DOCUMENT_RELS.replace("footnotes.xml", secret.as_uri())
    article = read(document(paragraph(run("It rained.")), **{"word/_rels/document.xml.rels": rels}))
    assert article.text == "It rained."


def test_a_document_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_BYTES", 100)
    assert "larger than" in refusal(document(paragraph(run("a"))))


WHOLE = document(paragraph(run("It rained."), "Title") + paragraph(run("Nobody came.")))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_document_is_read_or_refused(position: int, damage: bytes) -> None:
    try:
        article = read(WHOLE[:position] + damage + WHOLE[position + len(damage) :])
    except InputError:
        return
    assert article.text.strip()


ELEMENTS = "p r t tbl tr tc hyperlink sdt sdtContent pPr pStyle drawing footnoteReference br fldChar"


@st.composite
def bodies(draw: st.DrawFn, depth: int = 4) -> str:
    name = "w:" + draw(st.sampled_from(ELEMENTS.split()))
    inside = draw(st.lists(bodies(depth - 1), max_size=3)) if depth else []
    attribute = draw(st.sampled_from(["", ' w:id="1"', ' w:val="Title"', ' w:fldCharType="end"', ' w:id="x"']))
    return f"<{name}{attribute}>{draw(st.sampled_from(['', 'a', '&#xD;']))}{''.join(inside)}</{name}>"


@given(bodies())
def test_xml_in_no_order_is_read_or_refused(body: str) -> None:
    try:
        article = read(document(body))
    except InputError:
        return
    assert article.text.strip() == article.text
