"""Markdown: CommonMark with tables, front matter in YAML or TOML, by markdown-it-py."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

from claimcheck.article.blocks import blocks, clean, heading, with_title
from claimcheck.article.encodings import decode
from claimcheck.article.types import Article, check_size, no_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_BYTES = 5_000_000
"""Largest Markdown file, in bytes: some half a minute of work, or a shelf of novels."""

_MAX_FRONT_MATTER = 20_000
"""Longest front matter, in code points; it is parsed in Python and seldom has a thousand."""

_DEEPEST = 100
"""How deep lists and quotations may be nested; what is deeper is left out, with a note."""

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\r?\n|\r|\Z)", re.S | re.M)
_FIELD = re.compile(r"^(title|headline|author|authors|byline|date|published)[ \t]*:[ \t]*(.+?)[ \t]*$", re.I | re.M)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:[ \t]*", re.M)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_KEY = re.compile(r"(?:#.*\n)*[\w-]+[ \t]*:")
_UNQUOTED = re.compile(r"^([\"'])(.*)\1$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def read(data: bytes, id: str, where: str) -> Article:
    """Read Markdown to the text that a reader reads; `where` names the input in messages.

    The title is the one of the front matter, else the heading that the text starts with or its only one of the first
    level. Blocks of program code, those with the name of a language, are left out, with a note.

    Raises:
        InputError: where the file is no text, has none but front matter, or is larger than `MAX_BYTES`.
    """
    check_size(data, MAX_BYTES, where)
    source, encoding, notes = decode(data, where)
    fields, source, complaint = _front_matter(source)
    tokens = _parser().parse(_FOOTNOTE.sub("", source))
    kept, dropped = _without_programs(tokens)
    if dropped:
        notes += (f"Left out {dropped} block{'s' * (dropped > 1)} of program code.",)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 1:
        notes += ("Left out what is nested too deep.",)
    found = blocks(_parser().renderer.render(kept, _parser().options, {}))
    title = _plain(fields.get("title") or fields.get("headline") or "") or heading(found)
    text = with_title(found, title)
    if not found:
        raise no_text(where)
    published = _DAY.match(fields.get("date") or fields.get("published") or "")
    return Article(
        id,
        text,
        title=title,
        encoding=encoding,
        notes=notes + complaint,
        byline=fields.get("byline") or fields.get("author") or fields.get("authors"),
        published=published[0] if published else None,
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # Writers indent the first line of a paragraph; by the letter of CommonMark four spaces would make it code.
    return parser.disable("code")


def _plain(source: str) -> str:
    """One line of Markdown without its marks."""
    return " ".join(block.text for block in blocks(_parser().renderInline(source)))


def _without_programs(tokens: Sequence[Token]) -> tuple[list[Token], int]:
    """The tokens without fenced code in a language and marks of footnotes, raw HTML made well formed; how much code was
    left out."""
    kept = []
    dropped = 0
    for token in tokens:
        if token.type == "fence" and token.info.strip():
            dropped += 1
            continue
        if token.type == "html_block":
            token.content = _well_formed(token.content)
        for child in token.children or ():
            if child.type == "text":
                child.content = _FOOTNOTE_MARK.sub("", child.content)
        kept.append(token)
    return kept, dropped


def _well_formed(html: str) -> str:
    """Raw HTML with every "<" that opens no tag escaped, and no comments."""
    from markdown_it.common.html_re import HTML_TAG_RE

    parts, position = [], 0
    while (start := html.find("<", position)) >= 0:
        parts.append(html[position:start])
        tag = HTML_TAG_RE.match(html, start)
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            position = end + 3 if end >= 0 else len(html)
        elif tag and not html.startswith(("<!", "<?"), start):
            parts.append(tag[0])
            position = tag.end()
        else:
            parts.append("&lt;")
            position = start + 1
    return "".join(parts) + html[position:]


def _front_matter(source: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """The fields of the front matter that are text, by their names in lower case; the rest of the source; notes."""
    found = _FRONT_MATTER.match(source[: _MAX_FRONT_MATTER + 100])
    if not found or (found[1] == "---" and not _KEY.match(found[2])):
        return {}, source, ()  # or two rules with text between them
    rest = source[found.end() :]
    try:
        fields = _yaml(found[2]) if found[1] == "---" else _toml(found[2])
    except (ValueError, RecursionError):
        fields = {key.lower(): _UNQUOTED.sub(r"\2", value) for key, value in _FIELD.findall(found[2])}
        kind = "YAML" if found[1] == "---" else "TOML"
        return fields, rest, (f"The front matter is not {kind}; its title, author and date were read line by line.",)
    if fields is None:
        return {}, source, ()
    return {key.lower(): clean(value) for key, value in fields.items() if clean(value)}, rest, ()


def _yaml(source: str) -> dict[str, str] | None:
    """The scalar fields of a YAML mapping, lists of scalars joined by commas, or None where it is no mapping.

    Raises:
        ValueError: where it is no YAML.
    """
    import yaml

    try:
        # The graph of nodes only, no objects: nothing to expand aliases and merge keys to.
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(root, yaml.MappingNode):
        return None
    fields = {}
    for key, value in root.value:
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        scalars = [item.value for item in items if isinstance(item, yaml.ScalarNode)]
        if isinstance(key, yaml.ScalarNode) and scalars:
            fields[key.value] = ", ".join(scalars)
    return fields


def _toml(source: str) -> dict[str, str]:
    """The scalar fields of TOML, lists of strings joined by commas.

    Raises:
        ValueError: where it is no TOML.
    """
    fields = {}
    for key, value in tomllib.loads(source).items():
        items = value if isinstance(value, list) else [value]
        if scalars := [str(item) for item in items if not isinstance(item, dict | list)]:
            fields[key] = ", ".join(scalars)
    return fields
