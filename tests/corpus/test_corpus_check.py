"""``claimcheck.corpus.check`` finds every kind of inconsistency, and nothing in a sound article."""

from __future__ import annotations

import pytest

from claimcheck.corpus import GoldArticle, GoldSentence, inline
from claimcheck.corpus.annotation import STRATA
from claimcheck.corpus.check import check, check_all, check_amount

SOUND = """\
+++
stratum = "local news"
split = "train"
variety = "British"
desk = "news"

[speakers.ode]
name = "Femi Ode"
kind = "named_person"
title = "warden of the flats"

[speakers.tenant]
name = "tenant who saw the fall"
kind = "unnamed_person"
justification = "who saw the fall"

[speakers.paper]
name = "Hillgate Mercury"
kind = "named_organization"
+++

fact | The lift at Priory Flats is closed.

none | By a reporter

claim ode | {con1|"The lift is safe,"} {src1=ode|Femi Ode, warden of the flats}, {cue1|said}, {con1|"and it was safe on Monday.}
claim+opinion? ode | {con1|It was only old."}
claim tenant | {src2=tenant|A tenant who saw the fall} {cue2|told us} {con2|of noises}: {src6=tenant|she}{cue6|'d heard} {con6|the cable snap}.
claim paper ode | {src3=paper|The Hillgate Mercury}, {cue3|citing} Ode, {cue4=ode|says} {con4|{con3|repairs wait}}.

fact | {src5=ode|Ode's} {cue5|wish} {con5|to retire} is known.
opinion | So much for old-fashioned care.
"""  # one sentence a line


def findings(source: str) -> list[str]:
    return list(check(inline.parse(source, id="local-news/01")))


def article(id: str, text: str, **meta: str) -> GoldArticle:
    header = {"stratum": "local news", "variety": "British", "desk": "news", "split": "dev"} | meta
    return GoldArticle(id, text, [GoldSentence(0, len(text), "fact")], meta=header)


def test_a_sound_article_has_no_findings() -> None:
    assert list(check_all([inline.parse(SOUND, id="local-news/01")])) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("claim tenant |", "claim |", "a claim names its speaker"),
        ("claim tenant |", "claim tenant paper |", "speaker paper is listed, but no attribution"),
        ("claim tenant |", "claim tenant tenant |", "a speaker is listed twice"),
        ("claim tenant |", "fact tenant |", "only a claim has speakers, this is labelled fact"),
        ("opinion | So", "claim UNKNOWN | So", "has the content of some attribution"),
        ("{con5|to retire}", "to retire", "an attribution without content"),
        ("claim tenant | {src2=", "claim tenant | {src5=ode|Yes}, {src2=", "one source and one cue at most"),
        ("{cue6|'d heard}", "{cue6|'d} {cue6|heard}", "one source and one cue at most"),
        ("{src2=tenant|", "{src2|", "says no speaker"),
        ("{con6|the cable snap}", "{con6|the cable sna}p", "the content begins or ends inside a word"),
        ("{cue6|'d heard}", "'{cue6|d heard}", "the cue begins or ends inside a word"),
        ("{src5=ode|Ode's}", "{src5=ode|Ode}'s", "“Ode's”: the possessive ending belongs to the source"),
        ("{cue6|'d heard} {con6|the cable snap}", "{con6|{cue6|'d heard} the cable snap}", "overlap"),
        ("{con6|the cable snap}", "{con6|the} {con6|cable snap}", "side by side"),
        ('kind = "unnamed_person"', "", "kind must be one of"),
        ('kind = "unnamed_person"', 'kind = "witness"', "kind must be one of"),
        ('name = "Hillgate Mercury"', 'name = "Hillgate Courier"', "the name “Hillgate Courier” does not stand"),
        ('name = "Hillgate Mercury"', 'name = "Hillgate Merc"', "the name “Hillgate Merc” does not stand"),
        ('title = "warden of the flats"', 'title = "head warden"', "the title “head warden” does not stand"),
        ('justification = "who saw the fall"', 'justification = "who fell"', "the justification “who fell” does not"),
        ('name = "tenant who saw', 'name = "A tenant who saw', "begins with an article"),
        ('name = "Hillgate Mercury"', 'name = "Femi Ode"', "has the same name as speaker ode"),
        ("[speakers.paper]", '[speakers.idle]\nname = "lift"\nkind = "document"\n[speakers.paper]', "never speaks"),
        ("[speakers.paper]", "[speakers.press]", "speaker paper is used but not in the header"),
    ],
)
def test_an_inconsistency_is_found(old: str, new: str, message: str) -> None:
    assert SOUND.count(old) == 1
    assert any(message in finding for finding in findings(SOUND.replace(old, new)))


def test_content_that_goes_on_in_a_new_paragraph_is_found() -> None:
    source = SOUND.replace("claim+opinion? ode |", "\nclaim+opinion? ode |")
    assert any("goes on in a new paragraph" in finding for finding in findings(source))


def test_a_title_in_a_name_is_found() -> None:
    source = SOUND.replace("Femi Ode", "Dr Femi Ode")
    assert findings(source) == [
        "local-news/01: speaker ode: the name “Dr Femi Ode” begins with a title: leave it out, or make it the title"
    ]


@pytest.mark.parametrize("span", ["Kremlin}-backed", "Ode's} backed", "he}'s backed", "did}n’t back", "U.S.} troops"])
def test_a_span_may_end_at_a_hyphen_or_before_a_clitic(span: str) -> None:
    source = SOUND.replace("So much", f"{{con7=UNKNOWN|So {span} much")
    assert findings(source) == []


@pytest.mark.parametrize("span", ["O}'Brien", "6.1}2pm", "Hi}llgate", "example}.com"])
def test_a_span_may_not_end_inside_a_word(span: str) -> None:
    source = SOUND.replace("So much", f"{{con7=UNKNOWN|So {span} much")
    assert any("inside a word" in finding for finding in findings(source))


def test_text_outside_every_sentence_is_found() -> None:
    whole = article("local-news/01", "The lift is closed. It is old.")
    whole.sentences = [GoldSentence(4, 19, "fact")]
    assert list(check(whole)) == [
        "local-news/01: “The”: this text belongs to no sentence",
        "local-news/01: “It is old.”: this text belongs to no sentence",
    ]


def test_spans_that_cross_are_found() -> None:
    crossing = inline.parse(SOUND, id="local-news/01")
    source = crossing.attributions[0].source[0]
    crossing.attributions[1].cue = [(source[0] + 5, source[1] + 6)]
    assert any("crosses another span" in finding for finding in check(crossing))


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ({"stratum": "weather"}, "stratum in the header must be one of"),
        ({"stratum": "sport"}, "the header says sport, the folder another stratum"),
        ({"variety": "Martian"}, "variety in the header must be one of"),
        ({"desk": ""}, "desk in the header must be one of"),
        ({"split": "validation"}, "split must be one of train, dev, test, not validation"),
    ],
)
def test_an_invalid_header_is_found(meta: dict[str, str], message: str) -> None:
    (finding,) = check_all([article("local-news/01", "The lift is closed.", **meta)])
    assert message in finding


def test_missing_splits_are_counted_in_one_finding() -> None:
    corpus = [article(f"local-news/{n}", f"Lift number {n} is closed.") for n in range(5)]
    for a in corpus:
        del a.meta["split"]
    assert list(check_all(corpus)) == [
        "local-news/0, local-news/1, local-news/2, ...: 5 articles have no split: run 'claimcheck corpus split'"
    ]


def test_two_articles_of_one_id_are_found() -> None:
    corpus = [article("local-news/01-Lift", "The lift is closed."), article("local-news/01-lift", "The pool is open.")]
    assert list(check_all(corpus)) == ["local-news/01-lift: 2 articles have this id"]


def test_near_duplicates_are_found_by_the_ngrams_they_share() -> None:
    first = article("local-news/01", "one two three four five six seven eight nine ten")
    # Of its six 5-grams the second one shares the first three.
    second = article("local-news/02", "one two three four five six seven eleven twelve thirteen")
    assert list(check_all([first, second], n=5, limit=0.49)) == [
        "local-news/01 and local-news/02: near-duplicates, 50.0% of 5-grams in common: remove one or rewrite it"
    ]
    assert list(check_all([first, second], n=5, limit=0.5)) == []
    assert list(check_all([first, second], n=8, limit=0)) == []


def test_the_same_sentence_in_two_articles_is_found() -> None:
    first = article("local-news/01", "The lift is closed today.")
    second = article("local-news/02", "“The lift is closed, today!”")
    assert list(check_all([first, second], limit=1)) == [
        "local-news/02: ““The lift is closed, today!””: the same sentence stands in local-news/01"
    ]


def test_short_sentences_and_headings_may_recur() -> None:
    corpus = [article(f"local-news/{n}", "He declined to say.") for n in range(2)]
    headings = [article(f"local-news/{n}", "Read more on this story here", split="dev") for n in range(2, 4)]
    for heading in headings:
        heading.sentences[0].label = "none"
    assert list(check_all(corpus + headings, limit=1)) == []


def test_strata_without_enough_articles_are_found() -> None:
    corpus = [article(f"local-news/{n}", "The lift is closed.") for n in range(3)]
    assert "stratum sport: has 0 articles, fewer than 3" in list(check_amount(corpus, 3))
    assert len(list(check_amount(corpus, 3))) == len(STRATA) - 1
    assert list(check_amount(corpus, 0)) == []
