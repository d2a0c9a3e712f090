"""What each figure of a source audit counts, as docs/sources.md defines it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_reports import report, speaker

from claimcheck.corpus import GoldArticle
from claimcheck.lint.gold import to_report
from claimcheck.report import Claim, Kind, Model, Report, Span, Speaker
from claimcheck.sources import SCHEMA, Audit, Audits, audit, json_schema
from claimcheck.speakers.describe import share as report_share

KINDS: list[Kind] = ["named_person", "named_organization", "document", "unnamed_person", "unnamed_group"]


def test_a_speaker_has_the_claims_by_how_they_are_quoted_and_the_words_of_their_content() -> None:
    text = "Ana Reis said rain would come.\nIt rained.\n“Bring boots,” she said.\nShe wanted “many more” boots.\n"
    found = audit(
        report(
            text,
            [
                ("rain would come", [0]),
                ("“Bring boots,”", [0], "direct"),
                (["“many more”", "boots."], [0], "mixed"),
            ],
            [speaker("Ana Reis", title="mayor", ground="who saw the rain")],
        )
    )
    (ana,) = found.speakers
    assert (ana.claims, ana.direct, ana.indirect, ana.mixed) == (3, 1, 1, 1)
    assert ana.words == 3 + 2 + 3
    assert found.words == len(text.split()) == 17
    assert ana.share == round(8 / 17, 4)
    assert (ana.name, ana.title, ana.justification) == ("Ana Reis", "mayor", "who saw the rain")


def test_first_and_last_are_where_a_speaker_is_named_as_source_or_their_words_stand() -> None:
    text = "It rained.\nSo said Ana Reis.\nNobody slept.\nThe roofs had gone.\n"
    found = audit(report(text, [("The roofs had gone", [0])], [speaker("Ana Reis")], id="rain.txt"))
    (ana,) = found.speakers
    assert ana.first
    assert ana.last
    assert (ana.first.article, ana.first.sentence, text[ana.first.start : ana.first.end]) == ("rain.txt", 1, "Ana Reis")
    assert (ana.last.sentence, text[ana.last.start : ana.last.end]) == (3, "The roofs had gone")


def test_words_that_two_claims_share_count_once_for_a_speaker_and_once_in_the_article() -> None:
    text = "He said that she said that rain would come.\n"
    found = audit(
        report(
            text,
            [("she said that rain would come", [0]), ("rain would come", [0, 1])],
            [speaker("He"), speaker("she", "unnamed_person")],
        )
    )
    he, she = found.speakers
    assert (he.words, he.claims) == (6, 2)
    assert (she.words, she.claims) == (3, 1)
    assert found.attributed == 6
    assert found.attributed_share == round(6 / 9, 4)
    # "rain would come" is his too, but she stands behind it as well.
    assert (found.balance.named.words, found.balance.named.alone) == (6, 3)
    assert (found.balance.unnamed.words, found.balance.unnamed.alone) == (3, 0)


def test_everybody_in_a_chain_has_the_words_and_neither_side_has_them_alone() -> None:
    text = "Media report, citing sources, that drones fell. Officials saw none. Reis slept well.\n"
    found = audit(
        report(
            text,
            [("drones fell", [0, 1]), ("saw none", [2]), ("slept well", [3])],
            [
                speaker("Media", "named_organization"),
                speaker("sources", "unnamed_group"),
                speaker("Officials", "unnamed_group"),
                speaker("Reis"),
            ],
        )
    )
    named, unnamed = found.balance.named, found.balance.unnamed
    assert (named.speakers, named.claims, named.words, named.alone) == (2, 2, 4, 2)
    assert (unnamed.speakers, unnamed.claims, unnamed.words, unnamed.alone) == (2, 2, 4, 2)
    assert named.share == unnamed.share == round(4 / 6, 4)


def test_the_sides_are_made_of_the_five_kinds_and_a_document_is_neither_named_nor_unnamed() -> None:
    text = "A said one. B said two. C said three. D said four. E said five. Said: six.\n"
    words = ["one.", "two.", "three.", "four.", "five."]
    speakers = [speaker(name, kind) for name, kind in zip("ABCDE", KINDS, strict=True)]
    found = audit(report(text, [*((w, [i]) for i, w in enumerate(words)), ("six.", [])], speakers))
    balance = found.balance
    assert [balance.kinds[k].words for k in KINDS] == [1] * 5
    assert [balance.kinds[k].speakers for k in KINDS] == [1] * 5
    sides = (balance.named, balance.unnamed, balance.people, balance.organizations, balance.documents, balance.nobody)
    assert [p.words for p in sides] == [p.claims for p in sides] == [p.alone for p in sides] == [2, 2, 3, 1, 1, 1]
    assert [p.speakers for p in sides] == [2, 2, 3, 1, 1, 0]
    assert balance.named.share == round(2 / 6, 4)


def test_the_loudest_voice_has_the_most_words_and_comes_first() -> None:
    text = "Reis said no. Officials said that it was all quite fine. Lee said so.\n"
    found = audit(
        report(
            text,
            [("no", [0]), ("it was all quite fine", [1]), ("so", [2])],
            [speaker("Reis"), speaker("Officials", "unnamed_group"), speaker("Lee")],
        )
    )
    loudest = found.balance.loudest
    assert loudest
    assert (loudest.name, loudest.kind, loudest.words) == ("Officials", "unnamed_group", 5)
    assert (loudest.share, loudest.of_attributed) == (round(5 / 14, 4), round(5 / 7, 4))
    assert [s.name for s in found.speakers] == ["Officials", "Reis", "Lee"]


def test_an_empty_article_and_one_without_speakers_have_nothing_but_zeros() -> None:
    for text in ("", " \n\t", "It rained.\n"):
        found = audit(report(text, [], []))
        assert (found.claims, found.attributed, found.attributed_share, found.speakers) == (0, 0, 0, [])
        assert found.balance.loudest is None
        assert found.balance.named == found.balance.nobody
    assert audit(report("It rained.\n", [], [])).words == 2


def test_a_speaker_of_no_claim_is_listed_and_never_the_loudest() -> None:
    found = audit(report("It rained.\n", [], [speaker("Ana Reis")]))
    (ana,) = found.speakers
    assert (ana.claims, ana.words, ana.first, ana.last) == (0, 0, None, None)
    assert found.balance.loudest is None


def test_shares_are_those_of_the_report(articles: list[GoldArticle]) -> None:
    for gold in articles:
        made = to_report(gold)
        words = [k for k, c in enumerate(made.text) if not c.isspace() and (k == 0 or made.text[k - 1].isspace())]
        shares = {}
        for s in made.speakers:
            contents = [(x.start, x.end) for c in made.claims if s.id in c.speakers for x in c.content]
            shares[s.name] = report_share(contents, words)
        found = audit(made)
        assert len(found.speakers) == len(made.speakers) > 0
        assert {v.name: v.share for v in found.speakers} == shares


def test_a_report_edited_by_hand_is_audited_as_far_as_it_leads() -> None:
    made = report("It rained, Ana Reis said.\n", [("It rained", [0, 0, 7])], [speaker("Ana Reis")])
    content = [Span(0, 4), Span(11, 900), Span(800, 900), Span(6, 2)]
    odd = msgspec.structs.replace(
        made,
        claims=[
            *made.claims,
            Claim(9, "mixed", 1, content, None, None, [5]),
            Claim(1, "direct", 1, [], None, None, [0]),
        ],
        sentences=[],
    )
    found = audit(odd)
    (ana,) = found.speakers
    assert (ana.claims, ana.words) == (2, 2)
    assert ana.first
    assert ana.first.sentence is None
    assert found.balance.nobody.claims == 1
    assert found.attributed == 5


_spans = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 60), st.integers(0, 40))
_claims = st.lists(
    st.builds(
        lambda quotation, content, ids: Claim(0, quotation, 1, content, None, None, ids),
        st.sampled_from(["direct", "indirect", "mixed"]),
        st.lists(_spans, max_size=3),
        st.lists(st.integers(0, 5), max_size=3),
    ),
    max_size=6,
)
_speakers = st.lists(
    st.builds(
        lambda name, kind: Speaker(0, name, kind, None, name, [], 0), st.text(max_size=6), st.sampled_from(KINDS)
    ),
    max_size=4,
)


@given(st.text("ab \n\ud800", max_size=50), _claims, _speakers)
def test_every_figure_is_what_counting_word_by_word_gives(
    text: str, claims: list[Claim], speakers: list[Speaker]
) -> None:
    found = audit(Report("claimcheck-report/1", "a", None, text, [], claims, speakers, [], Model("m", "1"), "0"))
    starts = [k for k, c in enumerate(text) if not c.isspace() and (k == 0 or text[k - 1].isspace())]
    over = [[c for c in claims if any(s.start <= k < s.end for s in c.content)] for k in starts]

    def kinds(claim: Claim) -> set[Kind]:
        return {speakers[i].kind for i in claim.speakers if i < len(speakers)}

    assert found.attributed == sum(map(bool, over))
    unnamed = {"unnamed_person", "unnamed_group"}
    part = found.balance.unnamed
    assert part.words == sum(any(kinds(c) & unnamed for c in here) for here in over)
    assert part.alone == sum(bool(here) and all(kinds(c) and kinds(c) <= unnamed for c in here) for here in over)
    assert found.balance.nobody.words == sum(any(not kinds(c) for c in here) for here in over)
    said = sorted(sum(any(i in c.speakers for c in here) for here in over) for i in range(len(speakers)))
    assert sorted(v.words for v in found.speakers) == said
    assert Audits.from_json(document(found).to_json()) == document(found)


def document(*audits: Audit) -> Audits:
    return Audits(SCHEMA, "article", list(audits), Model("m", "1"), "0")


def test_the_json_is_read_back_and_is_valid_by_the_schema_that_ships() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    made = report("It rained, Ana Reis said.\n", [("It rained", [0])], [speaker("Ana\ud800 Reis")])
    written = document(audit(made), audit(report("", [], []))).to_json(indent=2)
    assert Audits.from_json(written) == document(audit(made), audit(report("", [], [])))
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(written))


def test_the_schema_that_ships_is_that_of_the_types() -> None:
    import claimcheck.sources

    shipped = Path(claimcheck.sources.__file__).with_name("audits.schema.json")
    assert json.loads(shipped.read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize("data", ["", "{", '{"schema": "claimcheck-report/1"}', "[]"])
def test_what_is_no_audit_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Audits.from_json(data)


def test_thousands_of_claims_nested_in_each_other_take_no_time() -> None:
    text = "word " * 20_000
    claims = [Claim(i, "direct", 1, [Span(i * 5, len(text) - i * 5)], None, None, [i % 500]) for i in range(8_000)]
    speakers = [Speaker(i, f"S{i}", KINDS[i % 5], None, None, [], 0) for i in range(500)]
    began = time.process_time()
    found = audit(Report("claimcheck-report/1", "a", None, text, [], claims, speakers, [], Model("m", "1"), "0"))
    assert time.process_time() - began < 5
    assert found.attributed == 20_000
    assert found.speakers[0].words == 20_000
