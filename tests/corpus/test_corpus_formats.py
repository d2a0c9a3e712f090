"""The inline format, brat standoff and JSONL hold the same article; what is malformed is said with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpus_strategies import articles, patiently
from hypothesis import given

from claimcheck.corpus import GoldArticle, GoldSentence, GoldSpeaker, InlineError, brat, inline, records
from claimcheck.corpus.folder import read_all, walk
from claimcheck.errors import InputError

HEADER = """\
+++
stratum = "local news"

[speakers.ode]
name = "Femi Ode"
kind = "named_person"
title = "warden"
+++

"""
CHAIN = (
    HEADER
    + """\
fact | Flats close

claim ode | {con1|"The lift,"} {src1=ode|warden Femi Ode} {cue1|said}, {con1|"is safe.}
claim+opinion? ode | {con1|Use it."}

claim ode | {con2=ode|It was fixed in \\{May\\}.}
"""
)


@patiently
@given(articles())
def test_the_inline_format_gives_back_what_was_written(article: GoldArticle) -> None:
    assert inline.parse(inline.write(article), id=article.id) == article


@patiently
@given(articles())
def test_brat_standoff_gives_back_what_was_written(article: GoldArticle) -> None:
    assert brat.from_ann(article.text, brat.to_ann(article), id=article.id) == article


@patiently
@given(articles())
def test_a_record_gives_back_what_was_written(article: GoldArticle) -> None:
    assert records.from_record(json.loads(next(records.to_jsonl([article])))) == article


def test_a_file_is_read_with_its_paragraphs_labels_spans_and_speakers() -> None:
    article = inline.parse(CHAIN, id="local-news/01")
    assert article.text == (
        'Flats close\n\n"The lift," warden Femi Ode said, "is safe. Use it."\n\nIt was fixed in {May}.'
    )
    assert article.sentences[0] == GoldSentence(0, 11, "fact")
    assert article.sentences[2] == GoldSentence(57, 65, "claim", ["ode"], hard=True, opinion=True)
    first, second = article.attributions
    assert [article.text[slice(*f)] for f in first.content] == ['"The lift,"', '"is safe.', 'Use it."']
    assert [article.text[slice(*f)] for f in first.source + first.cue] == ["warden Femi Ode", "said"]
    assert (second.source, second.cue, second.speaker) == ([], [], "ode")
    assert article.speakers == {"ode": GoldSpeaker("Femi Ode", "named_person", "warden")}
    assert article.meta == {"stratum": "local news"}


def test_of_two_attributions_that_begin_together_the_lower_number_comes_first() -> None:
    article = inline.parse(HEADER + "claim ode | {con1|{src2=ode|Ode} {cue2|denies} {con2|it}}", id="x")
    assert [len(a.source) for a in article.attributions] == [0, 1]


def test_a_record_joins_a_quotation_that_runs_on_into_the_next_sentence() -> None:
    article = inline.parse(CHAIN, id="local-news/01")
    content = records.to_record(article)["attributions"][0]["content"]
    assert [article.text[start:end] for start, end in content] == ['"The lift,"', '"is safe. Use it."']


def test_a_record_names_the_speakers() -> None:
    record = records.to_record(inline.parse(CHAIN, id="local-news/01"))
    assert [s["speakers"] for s in record["sentences"]] == [[], ["Femi Ode"], ["Femi Ode"], ["Femi Ode"]]
    assert record["attributions"][0]["speaker"] == "Femi Ode"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("An unlabelled sentence.", "a line is 'LABEL"),
        ("true | A label that is none.", "a line is 'LABEL"),
        ("fact+opinion | Only a claim is framed.", "a line is 'LABEL"),
        ("fact |", "empty"),
        ("fact | A {quote} in braces", "a literal brace is"),
        ("fact | One } too many", "without an opening one"),
        ("claim ode | {con1|Never closed", "never closed"),
        ("claim ode | {con1|space }", "space at its edge"),
        ("claim ode | {con1|} nothing", "is empty"),
        ("claim ode | {src1=ode|He} {cue1|said} {con1=she|so}", "two speakers"),
    ],
)
def test_a_malformed_line_is_refused_with_its_number(line: str, message: str) -> None:
    with pytest.raises(InlineError, match=message) as error:
        inline.parse(HEADER + "fact | Sound.\n" + line, id="a/b")
    assert error.value.problems[0].startswith("a/b:11: ")


def test_every_malformed_line_of_a_file_is_reported() -> None:
    with pytest.raises(InlineError) as error:
        inline.parse(HEADER + "one\n\nfact | Two.\nthree", id="a/b")
    assert [problem.split(" ")[0] for problem in error.value.problems] == ["a/b:10:", "a/b:13:"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("fact | No header.", "must begin with a TOML header"),
        ("+++\nstratum = \n+++\nfact | A.", "not valid TOML"),
        ("+++\nstratum = 3\n+++\nfact | A.", 'write stratum = "..."'),
        ('+++\n[speakers.a]\nkind = "document"\n+++\nfact | A.', "has a name"),
        ('+++\n[speakers.a]\nname = "A"\nrole = "B"\n+++\nfact | A.', "has a name"),
        ("+++\n[speakers.a]\nname = 3\n+++\nfact | A.", 'write name = "..."'),
        ('+++\n[speakers."a b"]\nname = "A"\n+++\nfact | A.', "choose another key"),
        ('+++\n[speakers.AUTHOR]\nname = "A"\n+++\nfact | A.', "choose another key"),
        ('+++\nspeakers = "A"\n+++\nfact | A.', "speakers"),
        ("+++\n+++\n\n", "no sentence"),
    ],
)
def test_a_malformed_header_is_refused(source: str, message: str) -> None:
    with pytest.raises(InlineError, match=message):
        inline.parse(source, id="a/b")


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    assert inline.parse("\ufeff" + CHAIN.replace("\n", "\r\n"), id="x") == inline.parse(CHAIN, id="x")


def test_spans_that_cross_cannot_be_written() -> None:
    article = inline.parse(CHAIN, id="x")
    article.attributions[0].cue = [(8, 20)]
    with pytest.raises(InlineError, match="crosses a sentence's end"):
        inline.write(article)
    article.attributions[0].cue = [(14, 32)]
    with pytest.raises(InlineError, match="two spans cross"):
        inline.write(article)


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name, split in (("b/02", "dev"), ("a/10", "train"), ("a/09", "dev")):
        path = tmp_path / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CHAIN.replace('news"\n', f'news"\nsplit = "{split}"\n'))
    assert [a.id for a in walk(tmp_path)] == ["a/09", "a/10", "b/02"]
    assert [a.id for a in walk(tmp_path, "dev")] == ["a/09", "b/02"]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no article"):
        list(walk(tmp_path / "nowhere"))


def test_files_that_cannot_be_read_do_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("no header")
    (tmp_path / "a" / "2.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "a" / "3.txt").write_text(CHAIN)
    read, problems = read_all(tmp_path)
    assert [a.id for a in read] == ["a/3"]
    assert [problem.split(":")[0] for problem in problems] == ["a/1", "a/2"]


def test_brat_files_are_saved_and_loaded_below_their_stratum(tmp_path: Path) -> None:
    article = inline.parse(CHAIN, id="local-news/01")
    brat.save(article, tmp_path)
    assert brat.load(tmp_path / "local-news" / "01.txt") == article
    assert (tmp_path / "annotation.conf").is_file()


def test_standoff_has_the_fragments_attributes_relations_and_notes_of_brat() -> None:
    lines = brat.to_ann(inline.parse(CHAIN, id="local-news/01")).split("\n")
    assert 'T3\tSentence 57 65\tUse it."' in lines
    assert {"A3\tLabel T3 claim", "A4\tHard T3", "A5\tOpinionToo T3", "#2\tSpeakers T3\tode"} <= set(lines)
    assert 'T5\tContent 13 24;47 56;57 65\t"The lift," "is safe. Use it."' in lines
    assert {"T6\tCue 41 45\tsaid", "T7\tSource 25 40\twarden Femi Ode"} <= set(lines)
    assert {"R1\tHasCue Arg1:T5 Arg2:T6", "R2\tHasSource Arg1:T5 Arg2:T7", "#4\tSpeaker T5\tode"} <= set(lines)


@pytest.mark.parametrize(
    "annotation",
    [
        "T1\tSentence 0 99\tlong",
        "T1\tSentence 0",
        "T1\tPerson 0 4\tFlat",
        "T1\tSentence 0 4\tFlat",
        "T1\tSentence 0 4\tFlat\nA1\tLabel T1 true",
        "E1\tCue:T1",
        "T1\tContent 0 4\tFlat\nR1\tHasCue Arg1:T1 Arg2:T9",
        "#1\tArticle T1\t{}",
        "nonsense",
    ],
)
def test_standoff_that_is_not_ours_is_refused(annotation: str) -> None:
    with pytest.raises(InputError, match=r"^a/b\.ann"):
        brat.from_ann("Flats close", annotation, id="a/b")
