"""HTML: the article in a saved page, by trafilatura.

trafilatura finds the article among navigation, banners and comments, and its title, date and byline; `docs/reading.md`
has the comparison that chose it. This file mends the page before, where its markup misleads, and turns what is found
into paragraphs.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from claimcheck.article import blocks
from claimcheck.article.encodings import decode_page
from claimcheck.article.types import Article, check_size, no_text, require
from claimcheck.errors import InputError

if TYPE_CHECKING:
    from claimcheck.article.blocks import Block

    Element = Any  # lxml has no types

MAX_BYTES = 20_000_000
"""Largest page, in bytes; a saved page with its pictures inside has some millions."""

_MAX_MARKUP = 3_000_000
"""Largest page without its scripts, styles and pictures, in code points: some seconds of work."""

_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127, 0xFFFE, 0xFFFF))
_BALLAST = re.compile(r"<(script|style|svg)\b[^<>]*>", re.I)
_BALLAST_END = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style", "svg")}
_DATA = re.compile(r"(?<=[\"'(=])data:[\w/+.;-]+,[\w+/=%-]*", re.I)
_LIVE_BLOG = re.compile(r"LiveBlogPosting|liveBlogUpdate")
_NAMES = {"list": "ul", "item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br", "head": "h2"}
"""trafilatura's names for elements, in HTML."""

_NO_ARTICLE_TEXT = """
    //*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]
    | //aside[contains(@class, 'pull')] | //*[contains(@class, 'pullquote') or contains(@class, 'pull-quote')]
    | //*[contains(@class, 'no-js') or contains(@class, 'nojs')][not(self::html or self::body)]
    | //sup[a[starts-with(@href, '#')]] | //a[@role='doc-noteref'] | //a[contains(@class, 'footnote-anchor')]
    | //figcaption | //script[not(contains(@type, 'ld+json'))] | //style | //noscript | //template | //svg | //iframe
"""
"""What no reader takes for the article's text: hidden parts, sentences repeated as decoration, marks of footnotes,
captions (they would part a quotation from what continues it)."""

_LANGUAGE = "/html | //meta[@http-equiv='content-language' or @property='og:locale']"

_LINK_LEAD = re.compile(
    r"(?:read|see|watch|listen)(?: more| also| next)?|related(?: \w+)?|more(?: on this)?|also read|don't miss", re.I
)

_LINK_ELEMENTS = 6
"""Elements in a paragraph that is only a link, at most."""


_AD_LABEL = re.compile(r"(?:advertis(?:ement|ing)|(?:story|article) continues|scroll to continue)\b.{0,40}", re.I)


def read(data: bytes, id: str, where: str, *, charset: str | None = None) -> Article:
    """Read the article of a page; `where` names the input in messages, `charset` is what the server said.

    The title is the first paragraph of the text. Where no article can be told from what is around it, all text of the
    page is read, with a note.

    Raises:
        InputError: where trafilatura is not installed; where the page has no text, is none, or is larger than
            `MAX_BYTES` or than `_MAX_MARKUP` without its scripts and pictures.
    """
    require("trafilatura", "Reading HTML", where)
    check_size(data, MAX_BYTES, where)
    source, encoding, notes = decode_page(data, where, declared=charset)
    root, whole = _parse(source, where)
    if not whole:
        notes += ("The page is nested too deep; what is deepest was left out.",)
    title, byline, published, outlet, found = _extract(root)
    if not found:
        found = blocks.blocks(_serialized(root))
        title = title or blocks.heading(found)
        if not found and not whole:
            raise InputError(f"{where}: is nested too deep to be read. Save the article as plain text (.txt).")
        if not found:
            raise no_text(where)
        notes += ("No article could be told from what is around it, so all text of the page was read.",)
    return Article(
        id,
        blocks.with_title(found, title),
        title=title,
        encoding=encoding,
        notes=notes,
        byline=byline,
        published=published,
        outlet=outlet,
    )


def _parse(source: str, where: str) -> tuple[Element, bool]:
    """The page as a tree without what is never read, and whether the parser has kept all of it.

    Raises:
        InputError: where there is no element in it, or too many.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    source = _without_ballast(source.translate(_CONTROLS))
    if len(source) > _MAX_MARKUP:
        raise InputError(
            f"{where}: larger than {_MAX_MARKUP // 1_000_000} million characters of markup. Save the article alone, or "
            "as plain text (.txt)."
        )
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(source.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError) as error:
        raise no_text(where) from error
    whole = not any("depth" in entry.message for entry in parser.error_log)
    return root, whole


def _without_ballast(source: str) -> str:
    """The page without scripts, styles and pictures inside it; what machines are told of the article stays."""
    parts, position = [], 0
    unclosed = set()  # so that a page of opening tags is not searched once for each
    for opening in _BALLAST.finditer(source):
        name = opening[1].lower()
        if opening.start() < position or name in unclosed or "ld+json" in opening[0].lower():
            continue
        closing = _BALLAST_END[name].search(source, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        parts.append(source[position : opening.start()])
        position = closing.end()
    return _DATA.sub("", "".join(parts) + source[position:])


def _extract(root: Element) -> tuple[str | None, str | None, str | None, str | None, list[Block]]:
    """Title, byline, date (YYYY-MM-DD), outlet and paragraphs of the article, no paragraphs where none is found.

    The outlet is the site by its address, which pages of one site agree on more often than on its name.
    """
    from trafilatura import bare_extraction

    headings = [blocks.clean(h.text_content()) for h in root.iter("h1")]
    _mend(root)
    try:
        # By its language only the list of stop words is meant: that of all languages takes a second to make.
        document = bare_extraction(
            root, with_metadata=True, include_comments=False, favor_precision=True, target_language="en"
        )
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        return None, None, None, None, []  # markup that trafilatura stumbles over
    if document is None or isinstance(document, dict):
        return None, None, None, None, []
    title = _title(document.title, headings)
    byline = blocks.clean((document.author or "").replace("; ", ", ")) or None
    outlet = blocks.clean(document.hostname or document.sitename or "") or None
    return title, byline, document.date, outlet, _paragraphs(document.body, title)


def _mend(root: Element) -> None:
    """Change a page whose markup would mislead: what is no text goes, live blogs and layout tables become plain."""
    for element in root.xpath(_NO_ARTICLE_TEXT):
        _drop(element)
    for element in root.xpath(_LANGUAGE):  # trafilatura would refuse a page that says it is in another language
        element.attrib.clear()
    for paragraph in list(root.iter("p", "div", "li")):
        if _is_link_elsewhere(paragraph):
            _drop(paragraph)
    # The posts of a live blog are articles of their own by their markup, of which trafilatura would put one first.
    articles = list(root.iter("article"))
    if len(articles) > 1 and _is_live_blog(root):
        for element in articles:
            element.tag = "div"
    for table in list(root.iter("table")):
        if _is_layout(table):
            for element in [table, *table.iter("tbody", "thead", "tr", "td", "th")]:
                element.tag = "div"


def _drop(element: Element) -> None:
    """Take an element out of its tree, not what follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_live_blog(root: Element) -> bool:
    """Whether a page says of itself that it is a live blog, in the words of schema.org."""
    return any(_LIVE_BLOG.search(script.text or "") for script in root.iter("script")) or bool(
        root.xpath("//*[contains(@itemprop, 'liveBlogUpdate') or contains(@itemtype, 'LiveBlogPosting')]")
    )


def _is_link_elsewhere(element: Element) -> bool:
    """Whether a paragraph is only a link to another article ("READ MORE: ...")."""
    # No more of the tree is walked than says that it is too large: on a page of nested elements each holds all others.
    inside = list(islice(element.iter(), _LINK_ELEMENTS + 1))
    links = [e for e in inside if e.tag == "a"]
    if len(links) != 1 or len(inside) > _LINK_ELEMENTS:
        return False
    text, link = blocks.clean(element.text_content()), blocks.clean(links[0].text_content())
    lead, colon, _ = text.partition(":")
    if not colon or not _LINK_LEAD.fullmatch(lead.strip()):
        return False
    return text in (link, f"{lead}: {link}", f"{lead}:{link}")


def _is_layout(table: Element) -> bool:
    """Whether a table lays out a page or its text, and holds no figures: a cell has several paragraphs."""
    return any(len(cell.findall(".//p")) > 1 or len(cell.findall(".//br")) > 3 for cell in table.iter("td"))


def _title(known: str | None, headings: list[str]) -> str | None:
    """The article's title: the page's one heading where the title that machines are told is that with the paper's name
    before or after it, else the latter."""
    known = blocks.clean(known or "") or None
    if known:
        # A paper's own name may be a heading too, and a part of the title, but is not the most of it.
        inside = [heading for heading in headings if heading in known and 2 * len(heading) >= len(known)]
        return max(inside, key=len, default=known)
    return headings[0] if len(headings) == 1 and headings[0] else None


def _paragraphs(body: Element, title: str | None) -> list[Block]:
    """The paragraphs of what trafilatura has found, the title only at its place."""
    for element in body.iter():
        if element.tag == "head":
            element.tag = element.get("rend") if element.get("rend") in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        else:
            element.tag = _NAMES.get(element.tag, element.tag)
        element.attrib.clear()
    found = blocks.blocks(_serialized(body))
    found = [block for block in found if not _AD_LABEL.fullmatch(block.text)]
    if title:
        found = [
            block for n, block in enumerate(found) if not (blocks.same(block.text, title) and (n == 0 or block.level))
        ]
    return found


def _serialized(element: Element) -> str:
    from lxml import etree

    written: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return written
