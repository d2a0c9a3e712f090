"""Comments that silence rules, and where."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.lint.comments import Ignore, blank, in_source, in_text

TEXT = "First paragraph here.\n\nSecond one. <!-- claimcheck: ignore CC301 -->\n\nThird paragraph.\n"


def stretches(text: str) -> list[tuple[tuple[str, ...], str]]:
    ignores, _ = in_text(text, "a.txt")
    return [(i.codes, blank(text)[i.start : i.end].strip()) for i in ignores]


def test_comment_behind_a_paragraph_is_about_it() -> None:
    assert stretches(TEXT) == [(("CC301",), "Second one.")]


def test_comment_on_its_own_line_is_about_the_next_paragraph() -> None:
    assert stretches("One.\n\n# claimcheck: ignore CC101, CC3\nTwo.\n\nThree.\n") == [(("CC101", "CC3"), "Two.")]
    assert stretches("One.\n\n<!-- claimcheck: ignore CC1 -->\n\nTwo.\n") == [(("CC1",), "Two.")]


def test_comment_before_the_words_on_its_line_is_about_them() -> None:
    assert stretches("<!-- claimcheck: ignore CC1 --> One.\n\nTwo.\n") == [(("CC1",), "One.")]


def test_comment_without_codes_silences_everything() -> None:
    assert stretches("One. # claimcheck: ignore\n\nTwo.\n") == [(("ALL",), "One.")]


def test_names_of_rules_can_be_ignored_too() -> None:
    assert stretches("One. # claimcheck: ignore loaded-verb\n") == [(("CC301",), "One.")]


def test_ignore_file_is_about_the_article() -> None:
    ignores, _ = in_text("One.\n\nTwo. <!-- claimcheck: ignore-file CC2 -->\n", "a.txt")
    assert ignores[0].covers("CC201", 0)
    assert ignores[0].covers("CC203", 10)
    assert not ignores[0].covers("CC301", 0)


def test_unknown_code_is_noted_with_its_line_and_ignores_nothing() -> None:
    ignores, notes = in_text("One.\n\nTwo. # claimcheck: ignore CC999\n", "a.txt")
    assert ignores == []
    assert notes[0].startswith("a.txt:3: no rule is called 'CC999'.")


def test_comment_after_which_nothing_comes_is_noted() -> None:
    ignores, notes = in_text("One.\n\n# claimcheck: ignore CC101\n", "a.txt")
    assert ignores == []
    assert "silences nothing" in notes[0]


def test_blanking_keeps_every_offset() -> None:
    after = blank(TEXT)
    assert len(after) == len(TEXT)
    assert "claimcheck" not in after
    assert after.index("Third") == TEXT.index("Third")


def test_ordinary_comments_and_hashes_are_left_alone() -> None:
    for text in ("<!-- claimcheck is good -->", "#claimcheck", "see claimcheck: ignore it", "C# claimcheck: ignore"):
        assert blank(text) == text


@given(st.text(alphabet=st.sampled_from("aB \n\r#<!->:,CC301claimcheck: ignore")))
def test_hostile_text_never_raises_and_stays_as_long(text: str) -> None:
    assert len(blank(text)) == len(text)
    for ignore in in_text(text, "a.txt")[0]:
        assert isinstance(ignore, Ignore)
    in_source(text, text, "a.html")


HTML = """<html><head><title>One two</title></head><body>
<p>The first paragraph stands here.</p>
<p>The second&rsquo;s <b>words</b> follow. <!-- claimcheck: ignore CC301 --></p>
<!-- claimcheck: ignore CC104 -->
<p>The third is short.</p>
</body></html>"""


def test_comments_of_a_page_are_found_in_its_text() -> None:
    text = "The first paragraph stands here.\n\nThe second’s words follow.\n\nThe third is short."
    ignores, notes = in_source(HTML, text, "a.html")
    assert notes == []
    assert [(i.codes, text[i.start : i.end]) for i in ignores] == [
        (("CC301",), "The second’s words follow."),
        (("CC104",), "The third is short."),
    ]


def test_comment_of_a_part_that_was_not_extracted_is_noted() -> None:
    ignores, notes = in_source("<p>Menu.</p><!-- claimcheck: ignore -->", "Something else.", "a.html")
    assert ignores == []
    assert "a.html:1" in notes[0]


def test_a_comment_that_never_closes_costs_no_time() -> None:
    began = time.process_time()
    blank("<!-- claimcheck: ignore" + " " * 20_000 + ".")
    in_source("<!-- claimcheck: ignore CC1 -->" + "<script " * 8_000, "It rained.", "page")
    assert time.process_time() - began < 2
