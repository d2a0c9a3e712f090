"""The numbers of a datasheet, counted on an article small enough to count by eye."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from claimcheck.corpus import GoldArticle, inline, overlap
from claimcheck.corpus.markdown import replace_block, table
from claimcheck.corpus.stats import statistics
from claimcheck.errors import InputError

SOURCE = """\
+++
stratum = "sport"
split = "train"
variety = "African"
desk = "news"

[speakers.aba]
name = "Aba Mensah"
kind = "named_person"

[speakers.fans]
name = "fans"
kind = "unnamed_group"
+++

fact | Hearts won on Sunday.
none | By our reporter

claim aba | {con1|"We ran,"} {src1=aba|coach Aba Mensah} {cue1|said}, {con1|"and ran.}
claim+opinion aba | {con1|We ran."}
claim aba | {src2=aba|She} {cue2|would say} {con2|no more}.

claim? aba fans | {con3=aba|{src4=fans|Fans} {cue4|hoped} {con4|to win}.}
fact? | {src5=fans|They} {cue5|wanted} {con5|a cup}.
"""


@pytest.fixture(scope="module")
def article() -> GoldArticle:
    return inline.parse(SOURCE, id="sport/01")


def test_an_article_is_counted(article: GoldArticle) -> None:
    result = statistics([article])
    assert result.total.row() == [1, 7, 2, 4, 0, 1, 2, 5, 30]
    assert result.strata == {"sport": result.total} == {"sport": result.varieties["African"]}
    assert result.splits == {"train": result.total} == {"train": result.desks["news"]}
    assert result.speakers == {"named_person": 1, "unnamed_group": 1}
    assert result.mentions == {"named_person": 3, "unnamed_group": 2}
    assert result.cues == {"said": 1, "would say": 1, "hoped": 1, "wanted": 1}
    assert result.sentences == {
        "share of hard ones": 2 / 6,
        "claims framed by an opinion": 1,
        "claims with several speakers": 1,
        "facts with an attribution in passing": 1,
    }
    assert result.attributions == {
        "all": 5,
        "with source": 4,
        "with cue": 4,
        "continuations": 1,
        "share of continuations": 0.2,
        "content in several fragments": 1,
        "content in several sentences": 1,
        "in two paragraphs": 0,
        "share with the cue before the source": 0.0,
        "pronoun sources": 2,
        "share of pronoun sources": 0.5,
        "distinct cues": 4,
        "distinct cues of one word": 3,
        "share of cues that occur once": 1.0,
        "share of cues with a form of say": 0.5,
    }


def test_groups_come_in_their_own_order_and_articles_without_last() -> None:
    articles = [GoldArticle(s, "", meta={"split": s} if s else {}) for s in ("test", "", "dev")]
    assert list(statistics(articles).splits) == ["dev", "test", "no split"]


def test_the_statistics_are_json_and_markdown(article: GoldArticle) -> None:
    result = statistics([article])
    assert json.loads(json.dumps(asdict(result)))["total"]["labels"]["claim"] == 4
    assert "| sport | 1 | 7 | 2 | 4 | 0 | 1 | 2 | 5 | 30 |" in result.markdown()
    assert "| share of pronoun sources | 50.0% |" in result.markdown()


def test_the_overlap_of_splits_is_the_share_of_the_second_ones_ngrams() -> None:
    texts = {"train": "a b c d e", "dev": "b c d x", "test": "x y z"}
    articles = [GoldArticle(split, text, meta={"split": split}) for split, text in texts.items()]
    # train has ab bc cd de, dev bc cd dx, test xy yz.
    assert overlap.between_splits(articles, 2) == {
        ("train", "dev"): 2 / 3,
        ("train", "test"): 0.0,
        ("dev", "test"): 0.0,
    }
    assert overlap.shared(articles, 2) == {("train", "dev"): 2 / 3}


def test_words_are_lower_case_without_punctuation_but_whole() -> None:
    assert overlap.words("“It's 6.12pm,” O'Neill-Byrne said.") == ["it's", "6.12pm", "o'neill-byrne", "said"]


def test_a_table_is_put_between_its_marks() -> None:
    page = "Before\n<!-- begin stats -->\nold\n<!-- end stats -->\nAfter"
    new = replace_block(page, "stats", table(["a", "b"], [["x \\1", 2]]))
    assert new == "Before\n<!-- begin stats -->\n| a | b |\n| --- | ---: |\n| x \\1 | 2 |\n<!-- end stats -->\nAfter"
    with pytest.raises(InputError, match="begin agreement"):
        replace_block(page, "agreement", "")
