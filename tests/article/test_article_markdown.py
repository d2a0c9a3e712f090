"""Reading Markdown: to the text that a reader reads."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.article import Article, markdown
from claimcheck.errors import InputError


def read(source: str | bytes) -> Article:
    return markdown.read(source if isinstance(source, bytes) else source.encode(), "story.md", "story.md")


def text(source: str) -> str:
    return read(source).text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It **rained** on _Tuesday_, ~~Monday~~.", "It rained on Tuesday, Monday."),
        ("[said](http://x.example 'a') ![a pump](x.png)<https://y.example>", "said https://y.example"),
        ("`said` the mayor", "said the mayor"),
        ("It rained\nall day.", "It rained all day."),
        ("One line  \nand another", "One line\nand another"),
        ("Head\n===\n\nIt rained.", "Head\n\nIt rained."),
        ("Text\n\n* one\n* two\n   1. three", "Text\n\none\n\ntwo\n\nthree"),
        ('> "Go,"\n> he said.', '"Go," he said.'),
        ("| a | b |\n|---|--:|\n| c | d e |", "a\tb\n\nc\td e"),
        ("A &amp; B &lt;i&gt; &amp;lt;b&amp;gt; 1 < 2", "A & B <i> &lt;b&gt; 1 < 2"),
        ("Rain.[^1] Sun.[^note]\n\n[^1]: A gauge says so.", "Rain. Sun.\n\nA gauge says so."),
        ("    An indented paragraph.", "An indented paragraph."),
        ("```\nDear sir,\nno.\n```", "Dear sir,\nno."),
        ("<div>It <b>rained</b>.</div>\n\n<!-- not this -->\n\nAll <i>day</i>.", "It rained.\n\nAll day."),
        ("<script>\nalert(1)\n</script>\n\nRain.", "Rain."),
        ("<style>p { color: red }</style>Rain.", "Rain."),
        ("moun\N{SOFT HYPHEN}tains", "mountains"),
        ("# A #\n\n- - -\n\nb", "A\n\nb"),
        ("He said 2 * 3 * 4 is snake_case_word.", "He said 2 * 3 * 4 is snake_case_word."),
    ],
)
def test_marks_are_gone_and_words_stay(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "title", "expected"),
    [
        ("---\ntitle: Rain\n---\nIt rained.", "Rain", "Rain\n\nIt rained."),
        ("---\r\ntitle: 'Rain'\r\n---\r\nIt rained.", "Rain", "Rain\n\nIt rained."),
        ("+++\ntitle = 'Rain'\n+++\nIt rained.", "Rain", "Rain\n\nIt rained."),
        ("---\ntitle: Rain in *Rome*\n---\n# Rain in Rome\n\nIt rained.", "Rain in Rome", "Rain in Rome\n\nIt rained."),
        ("---\ntitle: Rain\n---\n# Storm\n\nIt rained.", "Rain", "Rain\n\nStorm\n\nIt rained."),
        ("---\ndate: 2024-01-01\n---\n# Storm\n\nIt rained.", "Storm", "Storm\n\nIt rained."),
        ("## Storm\n\nIt rained.", "Storm", "Storm\n\nIt rained."),
        ("By Bo Li\n\n# Storm\n\nIt rained.", "Storm", "By Bo Li\n\nStorm\n\nIt rained."),
        ("It rained.\n\n## Later\n\nIt stopped.", None, "It rained.\n\nLater\n\nIt stopped."),
        ("It rained.\n\n# One\n\na\n\n# Two\n\nb", None, "It rained.\n\nOne\n\na\n\nTwo\n\nb"),
        ("---\n\nOnly: rules.\n\n---\n\nIt rained.", None, "Only: rules.\n\nIt rained."),
        ("---\nNo fields.\n---\nIt rained.", "No fields.", "No fields.\n\nIt rained."),
        ("---\ntitle: [Rain, {a: b}]\n---\nIt rained.", "Rain", "Rain\n\nIt rained."),
        ("---\ntitle:\n---\n# Storm\n\nIt rained.", "Storm", "Storm\n\nIt rained."),
    ],
)
def test_the_title_is_of_the_front_matter_or_a_heading_and_stands_once(
    source: str, title: str | None, expected: str
) -> None:
    article = read(source)
    assert (article.title, article.text) == (title, expected)


def test_author_and_day_are_of_the_front_matter() -> None:
    article = read("---\nauthor: [Ana Fuchs, Bo Li]\ndate: 2024-05-06T10:00:00Z\n---\nIt rained.")
    assert (article.byline, article.published) == ("Ana Fuchs, Bo Li", "2024-05-06")
    article = read("+++\nauthors = ['Ana Fuchs']\ndate = 2024-05-06\n+++\nIt rained.")
    assert (article.byline, article.published) == ("Ana Fuchs", "2024-05-06")


def test_broken_front_matter_is_read_line_by_line_with_a_note() -> None:
    article = read('---\ntitle: Mayor: "I quit"\nauthor: "Bo Li"\n---\nIt rained.')
    assert (article.title, article.byline) == ('Mayor: "I quit"', "Bo Li")
    assert "not YAML" in article.notes[0]


def test_program_code_is_left_out_with_a_note() -> None:
    article = read("It rained.\n\n```python\nx = 1\n```\n\nIt stopped.")
    assert article.text == "It rained.\n\nIt stopped."
    assert article.notes == ("Left out 1 block of program code.",)


def test_windows_1252_is_read_with_a_note() -> None:
    article = read("“Naïve,” *said* Zoë.".encode("cp1252"))
    assert article.text == "“Naïve,” said Zoë."
    assert article.encoding == "Windows-1252"
    assert "Windows-1252" in article.notes[0]


@pytest.mark.parametrize("source", ["", " \n", "---\ntitle: Rain\n---\n", "<!-- a -->", "![](x.png)", "[a]: b"])
def test_markdown_without_text_is_refused(source: str) -> None:
    with pytest.raises(InputError, match="no text"):
        read(source)


def test_markdown_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="larger than"):
        read("It rained. ")


@pytest.mark.parametrize(
    "source",
    [
        ">" * 10_000 + "deep",
        "- " * 10_000 + "deep",
        "[" * 10_000,
        "*" * 10_001 + "a",
        "<a " * 20_000,
        "<div>\n" + "<a " * 20_000,
        "<!-- " * 10_000 + "a",
        "`" * 10_000 + "a",
        "|a" * 3_000 + "\n" + "|-" * 3_000,
        "---\na: " + "[" * 10_000 + "\n---\nb",
        "---\na: &a [x, x]\nb: &b [*a, *a]\n" + "<<: [*b, *b]\n" * 500 + "title: *b\n---\nb",
        "+++\na = " + "[" * 9_000 + "\n+++\nb",
    ],
    ids=range(12),
)
def test_hostile_markdown_is_read_or_refused(source: str) -> None:
    with suppress(InputError):
        assert read(source).text


def test_what_is_nested_too_deep_is_left_out_with_a_note() -> None:
    article = read("It rained.\n\n" + ">" * 300 + "deep")
    assert article.text == "It rained."
    assert article.notes == ("Left out what is nested too deep.",)


MARKS = st.text(st.sampled_from(list("#*_`~[]()<>!&;|-+=\\\"':/ \n\tab1é😀\N{NO-BREAK SPACE}\r")), max_size=200)


@given(MARKS | st.text(max_size=200))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        article = read(source.encode("utf-8", "replace"))
    except InputError:
        return
    assert article.text.strip() == article.text != ""
    assert "\0" not in article.text
    assert article.title is None or article.title in article.text


@given(st.lists(st.from_regex(r"[A-Z][a-zé]{1,8}( [a-z]{1,8}){0,6}[.?]", fullmatch=True), min_size=1, max_size=8))
def test_plain_paragraphs_come_out_as_they_are(paragraphs: list[str]) -> None:
    assert text("\n\n".join(paragraphs)) == "\n\n".join(paragraphs)
