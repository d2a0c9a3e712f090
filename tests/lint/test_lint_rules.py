"""Cases of single rules that are no documentation: what they leave alone, and what they must not miss."""

from __future__ import annotations

import textwrap
import time

import pytest

from claimcheck.lint.engine import Policy, diagnose
from claimcheck.lint.fixes import mend
from claimcheck.lint.gold import example
from claimcheck.lint.registry import BY_CODE
from claimcheck.lint.settings import Settings

NEWS = """
+++
[speakers.rowe]
name = "Imogen Rowe"
kind = "named_person"
title = "the harbour master"
+++
"""


def found(code: str, text: str, **settings: object) -> list[str]:
    report = example(textwrap.dedent(text))
    policy = Policy([BY_CODE[code]], Settings(**settings))  # type: ignore[arg-type]
    return [report.text[d.finding.start : d.finding.end] for d in diagnose(report, policy)]


@pytest.mark.parametrize(
    "sentence",
    [
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|claimed} {con1|victory}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|admitted} {con1|burglary}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|insisted on} {con1|a written answer}.",
        "claim rowe | {con1|A new berth} it was: {src1=rowe|Imogen Rowe} {cue1|insisted} {con1|on a longer one}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|claims} {con1|a combined catch of nine tonnes}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|did not admit} {con1|that the berth was full}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|conceded under cross-examination} {con1|that the berth was full}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|admitted} under questioning {con1|that the berth was full}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|wrongly claimed} {con1|that the berth was full}.",
        'claim rowe | {con1|"He claimed the berth was full,"} {src1=rowe|Imogen Rowe} {cue1|said}.',
        "claim rowe | {src1=rowe|Imogen Rowe's} {cue1|claim} {con1|that the berth was full} was not tested.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|denied all claims} {con1|that the berth was full}.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|spoke of claims} {con1|that the berth was full}.",
    ],
)
def test_verbs_that_do_another_job_are_not_loaded(sentence: str) -> None:
    assert found("CC301", NEWS + sentence) == []


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("{src1=rowe|Imogen Rowe} {cue1|has admitted} {con1|that the berth was full}.", "has said"),
        ("{src1=rowe|Imogen Rowe} {cue1|insists} {con1|the berth is full}.", "Rowe says the berth"),
        ("{con1|The berth was full,} {src1=rowe|she} {cue1|conceded}.", "she said"),
        ("{con1|The berth was full,} {src1=rowe|she} {cue1|insisted} on Monday.", "she said on Monday"),
        ("{con1|“It was full,”} {cue1|retorted} {src1=rowe|Imogen Rowe}.", "replied"),
        ("{src1=rowe|Imogen Rowe} {cue1|lashed out at} {con1|the pilots}.", "criticised the pilots"),
        ("{src1=rowe|Imogen Rowe} {cue1|Slams} {con1|the pilots}.", "Criticises the pilots"),
    ],
)
def test_plain_verb_keeps_form_and_case(sentence: str, plain: str) -> None:
    report = example(textwrap.dedent(NEWS) + f"claim rowe | {sentence}")
    diagnoses = diagnose(report, Policy([BY_CODE["CC301"]]))
    assert len(diagnoses) == 1
    after = mend(report.text, diagnoses, unsafe=True)
    assert plain in after


def test_american_copy_gets_american_spelling() -> None:
    text = NEWS + "fact | The color guard organized the march.\nclaim rowe | {src1=rowe|Rowe} {cue1|slammed} {con1|it}."
    report = example(textwrap.dedent(text))
    assert "criticized it" in mend(report.text, diagnose(report, Policy([BY_CODE["CC301"]])), unsafe=True)


def test_loaded_verb_is_no_safe_fix() -> None:
    report = example(textwrap.dedent(NEWS) + "claim rowe | {con1|It was full,} {src1=rowe|she} {cue1|conceded}.")
    diagnoses = diagnose(report, Policy([BY_CODE["CC301"]]))
    assert mend(report.text, diagnoses, unsafe=False) == report.text


def test_accepted_verbs_are_accepted() -> None:
    text = NEWS + "claim rowe | {con1|It was full,} {src1=rowe|she} {cue1|conceded}."
    assert found("CC301", text) == ["conceded"]
    assert found("CC301", text, accepted_verbs=["conceded"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "He said “yes” and went home.",
        "“One paragraph of many.\n\n“And the last one.”",
        "The '90s, 6'3\" and the Joneses' boat are no quotations.",
        "„So auf Deutsch“, »und so«, «et ainsi» and ``so in TeX''.",
        "She wrote: \"He told me: 'Go.'\"",
    ],
)
def test_balanced_marks_are_left_alone(text: str) -> None:
    source = "\n\n".join(f"fact | {p}" for p in text.split("\n\n"))
    assert found("CC401", source) == []


def test_missing_mark_without_a_claim_is_found_and_not_guessed() -> None:
    report = example("fact | “We played in coats, and nobody left before the end.")
    diagnoses = diagnose(report, Policy([BY_CODE["CC401"]]))
    assert [d.finding.message for d in diagnoses] == ["The quotation that opens here is never closed."]
    assert diagnoses[0].fix is None


def test_mixed_marks_are_told_once_with_their_number() -> None:
    report = example("fact | «One” and «two” and “three”.")
    diagnoses = diagnose(report, Policy([BY_CODE["CC401"]]))
    assert len(diagnoses) == 1
    assert "2 times" in diagnoses[0].finding.message


@pytest.mark.parametrize(
    "text",
    [
        'fact | The practice is called "soft landing" in the trade.',
        'fact | A sign read "no entry".',
        'fact | The "Lantern" sailed at noon.',
        'fact | The words "fair" and "just" occur nine times.',
        'fact | A ban on "naïve" came next.',
        'claim rowe | {src1=rowe|Rowe} {cue1|called} it {con1|"temporary"}.\nfact | The "temporary" bridge stands.',
    ],
)
def test_words_that_are_mentioned_or_quoted_are_no_scare_quotes(text: str) -> None:
    assert found("CC303", NEWS + text) == []


@pytest.mark.parametrize(
    "sentence",
    ['fact | She remained "hopeful" about the bridge.', 'fact | Imogen Rowe kept a "temporary" desk there.'],
)
def test_words_may_be_those_of_whom_the_sentence_is_about(sentence: str) -> None:
    claim = "claim rowe | {src1=rowe|Imogen Rowe} {cue1|said} {con1|it was full}.\n"
    assert found("CC303", NEWS + claim + sentence) == []
    other = sentence.replace("She", "The town").replace("Imogen Rowe", "The pilot")
    assert len(found("CC303", NEWS + claim + other)) == 1


def test_scare_quotes_can_be_accepted_by_the_house() -> None:
    text = 'fact | A "temporary" bridge has stood there for thirty years.'
    assert found("CC303", text) == ['"temporary"']
    assert found("CC303", text, scare_quotes=["temporary"]) == []


def test_known_names_need_no_introduction() -> None:
    text = """
    +++
    [speakers.rowe]
    name = "Imogen Rowe"
    kind = "named_person"
    +++
    claim rowe | {con1|"It is full,"} {cue1|said} {src1=rowe|Imogen Rowe}.
    """
    assert found("CC103", text) == ["Imogen Rowe"]
    assert found("CC103", text, known_names=["imogen rowe"]) == []


@pytest.mark.parametrize(
    ("phrase", "kind", "anonymous"),
    [
        ("a senior official", "unnamed_person", True),
        ("One club insider", "unnamed_person", True),
        ("people familiar with the matter", "unnamed_group", True),
        ("Three lawmakers", "unnamed_group", True),
        ("analysts", "unnamed_group", True),
        ("the mayor", "unnamed_person", False),
        ("a spokeswoman", "unnamed_person", False),
        ("a lawyer for the company", "unnamed_person", False),
        ("a pupil", "unnamed_person", False),
        ("her banker", "unnamed_person", False),
        ("my uncle", "unnamed_person", False),
        ("a memo", "unnamed_person", False),
        ("many people", "unnamed_group", False),
        ("lawmakers", "unnamed_group", False),
        ("the residents", "unnamed_group", False),
        ("critics, including Senator Rowe", "unnamed_group", False),
        ("Officials at Harbour House", "unnamed_group", False),
    ],
)
def test_anonymous_is_who_could_be_named_and_is_not(phrase: str, kind: str, anonymous: bool) -> None:
    name = phrase.split(",")[0].removeprefix("a ").removeprefix("the ")
    text = f"""
    +++
    [speakers.x]
    name = "{name}"
    kind = "{kind}"
    +++
    claim x | {{con1|The bridge is unsafe and was never tested,}} {{cue1|said}} {{src1=x|{phrase}}}.
    """
    assert bool(found("CC201", text)) is anonymous


def test_unnamed_sources_are_counted() -> None:
    report = example(
        textwrap.dedent(
            """
            +++
            [speakers.a]
            name = "official"
            kind = "unnamed_person"
            [speakers.b]
            name = "engineer"
            kind = "unnamed_person"
            [speakers.rowe]
            name = "Imogen Rowe"
            kind = "named_person"
            title = "the harbour master"
            +++
            claim rowe | {con1|"It is full,"} {cue1|said} {src1=rowe|Imogen Rowe, the harbour master}.
            claim a | {src2=a|An official} {cue2|said} {con2|it was not}.
            claim b | {src3=b|An engineer} {cue3|said} {con3|it might be}.
            claim b | {con4=b|The crane had stood still for a week.}
            """
        )
    )
    messages = [d.finding.message for d in diagnose(report, Policy([BY_CODE["CC201"]]))]
    assert "(1 claim; number 1 of 2 unnamed among 3 sources)" in messages[0]
    assert "(2 claims; number 2 of 2 unnamed among 3 sources)" in messages[1]


@pytest.mark.parametrize(
    "text",
    [
        "fact | How it was reported is another matter.",
        "fact | It was said to her that the train would come.",
        "fact | The prosecutor charged him with offences allegedly committed in May.",
        'fact | The song "Reportedly Yours" came out in May.',
        "fact | He was in hospital, according to officials, with burns on reportedly half of his skin.",
    ],
)
def test_words_that_only_look_like_hearsay(text: str) -> None:
    assert found("CC104", text) == []


def test_short_story_may_have_one_source() -> None:
    text = NEWS + "\n".join(
        [
            "claim rowe | {con1|The berth is full,} {cue1|said} {src1=rowe|Imogen Rowe, the harbour master}.",
            "claim rowe | {con2=rowe|It would be full until May.}",
            *(f"fact | Ship {n} sailed at noon." for n in range(5)),
        ]
    )
    assert found("CC203", text) == []
    assert len(found("CC203", text, short_story=5)) == 1


def test_opinion_score_decides_about_doubtful_opinions() -> None:
    text = "opinion? | The harbour was perhaps the finest on the coast."
    assert found("CC302", text) == []
    assert len(found("CC302", text, opinion_score=0.5)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "opinion | It may well rain on the parade, traders feel, as it did last year.",
        "opinion | A shameful evening",
        "opinion | What the letters make plain is that nobody had tested the bridge.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|said} {con1|the berth was full}.\nopinion | Our pilots deserve better.",
    ],
)
def test_judgements_that_may_be_a_sources_are_left_alone(text: str) -> None:
    assert found("CC302", NEWS + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "fact | The port has nine berths.\nopinion | Our pilots deserve better.",
        "claim rowe | {src1=rowe|Imogen Rowe} {cue1|said} {con1|the berth was full}.\nopinion | The pilots deserve better.",
    ],
)
def test_judgements_of_the_writer_are_found_beside_claims_and_in_the_first_person(text: str) -> None:
    assert len(found("CC302", NEWS + text)) == 1


def test_pronoun_after_a_sentence_that_one_of_two_speaks_means_the_one() -> None:
    # The report takes "he" for somebody else than whoever spoke before; the reader does not.
    text = """
    +++
    [speakers.doyle]
    name = "Peter Doyle"
    kind = "named_person"
    [speakers.price]
    name = "Alan Price"
    kind = "named_person"
    +++
    claim doyle | {src1=doyle|Peter Doyle} {cue1|said} {con1|Alan Price had been warned}.
    claim price | {con2|"There was time enough,"} {src2=price|he} {cue2|said}.
    """
    assert found("CC102", text) == []
    claim, meeting = text.splitlines()[9], "    fact | Peter Doyle met Alan Price on the quay."
    assert found("CC102", text.replace(claim, meeting)) == ["he"]


@pytest.mark.parametrize(
    ("sentence", "findings"),
    [
        ('{con1|"It is warm,"} {cue1|said} {src1=a|Tom Arkwright} on Monday.', 1),
        ('{con1|"It is warm,"} {cue1|said} {src1=a|Tom Arkwright} as he and other readers filled the stairs.', 0),
        ('{con1|"It is warm,"} {cue1|said} {src1=a|Tom Arkwright} when he handed back his card.', 0),
    ],
)
def test_who_acts_in_the_story_is_introduced_by_what_they_do(sentence: str, findings: int) -> None:
    text = f"""
    +++
    [speakers.a]
    name = "Tom Arkwright"
    kind = "named_person"
    +++
    fact | The council closed the library in Mill Lane.
    claim a | {sentence}
    """
    assert len(found("CC103", text)) == findings


@pytest.mark.parametrize(
    ("before", "after", "findings"),
    [
        ("fact | The library was cold.", "fact | It will close in May.", 1),
        ("fact | The head librarian saw nothing amiss.", "fact | It will close in May.", 0),
        ("fact | The library was cold.", "fact | The readers' club, of which he is chairman, will go to court.", 0),
        ("fact | The library was cold.", "fact | The readers' club, whose chairman has resigned, will go to court.", 1),
        ("fact | The librarian left.\nfact | It was cold.\nfact | Snow fell.", "fact | It will close in May.", 1),
    ],
)
def test_role_in_the_sentences_beside_introduces_too(before: str, after: str, findings: int) -> None:
    text = """
    +++
    [speakers.a]
    name = "Tom Arkwright"
    kind = "named_person"
    +++
    {before}
    claim a | {{con1|"It is warm,"}} {{src1=a|Tom Arkwright}} {{cue1|said}} on Monday.
    {after}
    """
    assert len(found("CC103", textwrap.dedent(text).format(before=before, after=after))) == findings


@pytest.mark.parametrize("kin", ["Grandma", "Gran", "Grandad", "Mum"])
def test_kin_is_introduced_by_what_they_are_called(kin: str) -> None:
    text = """
    +++
    [speakers.a]
    name = "Tom Arkwright"
    kind = "named_person"
    +++
    claim a | {con1|"It is warm,"} {cue1|said} {src1=a|Tom Arkwright}.
    """
    assert found("CC103", text) == ["Tom Arkwright"]
    assert found("CC103", text.replace("Tom Arkwright", f"{kin} Arkwright")) == []


def test_body_taken_for_a_person_needs_no_introduction() -> None:
    text = """
    +++
    [speakers.a]
    name = "Norrvik Rovers Club"
    kind = "named_person"
    +++
    claim a | {con1|"It was an injustice,"} {cue1|said} {src1=a|Norrvik Rovers Club}.
    """
    assert found("CC103", text) == []
    assert found("CC103", text.replace("Norrvik Rovers Club", "Tom Arkwright")) == ["Tom Arkwright"]


def test_who_is_only_spoken_of_is_no_unnamed_source() -> None:
    text = """
    +++
    [speakers.x]
    name = "courier"
    kind = "unnamed_person"
    +++
    claim x | {src1=x|A courier} {cue1|alleged} {con1|to be behind the leak} was questioned.
    """
    assert found("CC201", text) == []
    assert found(
        "CC201", text.replace("{con1|to be behind the leak} was", "{con1|that the leak was his}, and was")
    ) == ["A courier"]


def test_speakers_of_one_mention_are_counted_once() -> None:
    text = """
    +++
    [speakers.x]
    name = "minister"
    kind = "unnamed_person"
    [speakers.y]
    name = "minister"
    kind = "unnamed_person"
    +++
    claim x y | {src1=x|{src2=y|A minister}} {cue1|explained} {con1|the price}, {cue2|said} {con2|that the rinse would be sold}.
    """
    report = example(textwrap.dedent(text))
    (only,) = diagnose(report, Policy([BY_CODE["CC201"]]))
    assert "number 1 of 1 unnamed among 1 sources" in only.finding.message


def test_hearsay_is_not_what_the_unnamed_source_before_said() -> None:
    text = """
    +++
    [speakers.x]
    name = "former official"
    kind = "unnamed_person"
    +++
    claim x | {con1=x|Two managers of the plant} {cue1|are alleged} {con1|to have burnt all the paper copies}.
    claim x | {src2=x|A former official} {cue2|wrote} {con2|to me}.
    """
    assert found("CC202", text) == []
    sourced = text.replace("{cue1|are alleged}", "{cue1|said} {src1=x|a former official}")
    assert len(found("CC202", sourced)) == 1


def test_assertion_of_an_unnamed_source_is_pointed_at_not_the_scraps_before_it() -> None:
    text = """
    +++
    [speakers.x]
    name = "former official"
    kind = "unnamed_person"
    +++
    claim x | {con1|The tale}, {cue1|according to} {src1=x|a former official}, {con1|had been known in the house since May}.
    """
    assert found("CC202", text) == ["had been known in the house since May"]


def test_scraps_of_content_are_no_assertion_of_an_unnamed_source() -> None:
    text = """
    +++
    [speakers.x]
    name = "former official"
    kind = "unnamed_person"
    +++
    claim x | {src1=x|A former official} withdrew {con1|the whole ban}, {cue1|writing} {con1|"in good faith" a letter home}.
    """
    assert found("CC202", text) == []
    assert len(found("CC202", text.replace('"in good faith" a letter home', "the ban rested on a false letter"))) == 1


def test_quotation_that_runs_on_into_the_next_paragraph_is_one_finding() -> None:
    text = 'fact | He said: "It was an emotional day.\n\nfact | The team was tired." They left at noon.'
    report = example(text)
    messages = [d.finding.message for d in diagnose(report, Policy([BY_CODE["CC401"]]))]
    assert messages == ["The quotation that opens here goes on in the next paragraph: open it there again."]


def test_paragraph_that_begins_with_a_closing_mark_is_one_finding() -> None:
    assert found("CC401", "fact | ” … what I learned is that words matter,” he wrote to them.") == ["”"]
    assert found("CC401", "fact | It ended.” He left.” She stayed.") == ["”", "”"]


@pytest.mark.parametrize(
    ("heading", "findings"),
    [
        ("“The berth eats good ships for breakfast”", 1),
        ("Rowe: “The berth eats good ships for breakfast”", 1),
        ("Harbour ‘was shut to every ship’ in May", 0),
        ("Berth “eats” ships", 0),
        ("“The Long Way Round to the Harbour” sells out", 0),
        ("“We Owe the Ships Nothing,” Master Says", 1),
        ("“Ships stay out of harbour” warning lifted", 0),
        ("True or false: “the berth eats good ships”", 0),
        ("Who owns “the yellow gate behind the crane”?", 0),
    ],
)
def test_headline_quotes_what_stands_in_the_text(heading: str, findings: int) -> None:
    said = "claim rowe | {src1=rowe|Imogen Rowe} {cue1|said} {con1|the harbour had been shut to every ship}."
    assert len(found("CC101", f"{NEWS}fact | {heading}\n\n{said}\nfact | It opens in May.")) == findings


@pytest.mark.parametrize(
    ("heading", "findings"),
    [
        ("“It eats good ships for breakfast”", 1),
        ("1. “It eats good ships for breakfast”", 0),
        ("What “it eats good ships for breakfast” means", 0),
    ],
)
def test_subheading_is_looked_at_only_where_it_is_a_quotation(heading: str, findings: int) -> None:
    body = "claim rowe | {src1=rowe|Imogen Rowe} {cue1|said} {con1|the harbour was shut}.\nfact | Nobody called."
    assert (
        len(found("CC101", f"{NEWS}fact | Harbour shut\n\n{body}\n\nfact | {heading}\n\nfact | It opens.")) == findings
    )


def test_subheading_signed_below_has_its_speaker() -> None:
    text = NEWS + "fact | Harbour shut\n\nfact | “It eats good ships for breakfast”\n\nfact | – Imogen Rowe, pilot."
    assert found("CC101", text) == []


@pytest.mark.parametrize(
    ("after", "findings"),
    [
        ("claim rowe | {src2=rowe|Imogen Rowe} {cue2|said} {con2|the berth was full}.", 1),
        ("fact | Imogen Rowe was in a sour mood on Monday.", 0),
        ("fact | The tide turned at noon.", 1),
    ],
)
def test_words_before_anybody_has_spoken_are_handed_to_somebody_at_once(after: str, findings: int) -> None:
    text = "fact | Harbour shut\n\nfact | Ships lay off the mole.\n\n"
    quote = "claim rowe | {con1=rowe|“Nobody told us that it would be closed for the winter.”}"
    assert len(found("CC101", f"{NEWS}{text}{quote}\n\n{after}\n\nfact | It opens in May.")) == findings


def test_people_of_one_surname_can_be_confused_too() -> None:
    text = """
    +++
    [speakers.anna]
    name = "Anna Price"
    kind = "named_person"
    +++
    fact | Anna Price sent Maria Price a letter on Monday.
    claim anna | {src1=anna|She} {cue1|said} {con1|the shop was hers}.
    """
    report = example(textwrap.dedent(text))
    (only,) = diagnose(report, Policy([BY_CODE["CC102"]]))
    assert "Anna Price or Maria Price" in only.finding.message
    assert found("CC102", text.replace("Maria Price", "Peter Price")) == []


def test_surname_means_whoever_had_it_with_a_given_name() -> None:
    text = """
    +++
    [speakers.doyle]
    name = "Peter Doyle"
    kind = "named_person"
    +++
    fact | Peter Doyle was dropped after a row with the coach, Mark Ellis.
    fact | Doyle and Ellis spoke for an hour.
    claim doyle | {src1=doyle|He} {cue1|said} {con1|the matter was closed}.
    """
    assert found("CC102", text) == ["He"]
    assert found("CC102", text.replace("Mark Ellis", "Ruth Ellis")) == []


@pytest.mark.parametrize(
    ("before", "after", "findings"),
    [
        ("fact | It is old.", "claim port | {src2=port|The Port Board} {cue2|said} {con2|it would reopen}.", 1),
        ("claim port | {src2=port|The Port Board} {cue2|said} {con2|it would reopen}.", "fact | It is old.", 0),
    ],
)
def test_source_of_hearsay_may_be_in_the_sentence_before_only(before: str, after: str, findings: int) -> None:
    head = '+++\n[speakers.port]\nname = "Port Board"\nkind = "named_organization"\n+++\n'
    text = f"{head}{before}\nfact | The mole was reportedly sold.\n{after}"
    assert len(found("CC104", text)) == findings


def test_hearsay_is_told_once_a_sentence_and_not_where_it_says_from_whom() -> None:
    assert found("CC104", "fact | The master is said to have resigned, allegedly by post.") == ["is said to"]
    assert found("CC104", "fact | From the Port Board it was said that the mole would reopen.") == []


@pytest.mark.parametrize(
    ("sentence", "findings"),
    [
        ("said} {src1=x|a trustee}, who asked not to be named.", 1),
        ("said} {src1=x|a trustee} in the yard.", 0),
        ("hoped} {src1=x|a trustee}, who asked not to be named.", 0),
    ],
)
def test_direct_speech_counts_where_somebody_shy_tells_what_happened(sentence: str, findings: int) -> None:
    head = '+++\n[speakers.x]\nname = "trustee"\nkind = "unnamed_person"\n+++\n'
    told = f'claim x | {{con1|"Everybody on the board knew where it came from,"}} {{cue1|{sentence}'
    assert len(found("CC202", head + told)) == findings
    view = told.replace("Everybody on the board knew where it came from", "It is plain to everybody where it is from")
    assert found("CC202", head + view) == []


def test_body_that_cites_an_unnamed_person_bears_nothing_out() -> None:
    text = """
    +++
    [speakers.radio]
    name = "Harbour Radio"
    kind = "named_organization"
    [speakers.x]
    name = "police official"
    kind = "unnamed_person"
    +++
    claim radio x | {src1=radio|Harbour Radio}, {cue2|citing} {src2=x|a police official}, {cue1|said} {con1|{con2|a lamp had been found near the first hearth}}.
    """
    assert found("CC202", text) == ["a lamp had been found near the first hearth"]
    assert found("CC202", text.replace("named_organization", "named_person")) == []


def test_sentence_before_an_unnamed_speaker_comes_up_is_not_rested_on_them() -> None:
    head = '+++\n[speakers.x]\nname = "former clerk"\nkind = "unnamed_person"\n+++\n'
    loose = "claim x | {con1=x|The lender had asked a judge to freeze the proceeds of the sale.}\n"
    told = "claim x | {con2|The books were gone,} {cue2|said} {src2=x|a former clerk}.\n"
    assert found("CC202", head + loose + told) == []
    assert len(found("CC202", head + told + loose)) == 1


def test_words_may_belong_to_whoever_is_named_behind_them() -> None:
    text = 'fact | Anyone who swims without "a written direction" will pay, a letter sent to guards states.'
    assert found("CC303", NEWS + text) == []
    assert found("CC303", NEWS + text.replace(", a letter sent to guards states", "")) == ['"a written direction"']


@pytest.mark.parametrize(
    ("sentence", "findings"),
    [
        ('opinion | The "rapid inspection" has taken nine years.', 1),
        ('opinion | This so-called "rapid inspection" has taken nine years.', 1),
        ('fact | The "rapid inspection" has taken nine years.', 0),
        ('opinion | Nobody could wait for "rapid inspection" any longer.', 0),
    ],
)
def test_writer_who_judges_mocks_a_sources_word(sentence: str, findings: int) -> None:
    claim = "claim rowe | {src1=rowe|Imogen Rowe} {cue1|promised} {con1|a rapid inspection of the bridge}.\n"
    assert len(found("CC303", NEWS + claim + sentence)) == findings


ACCUSER = """
+++
[speakers.union]
name = "drivers' union"
kind = "named_organization"
[speakers.paul]
name = "Paul Okoro"
kind = "named_person"
title = "secretary"
+++
"""
LONG = "They went out with children on board, and the sheets with the dates have lain in our office since the spring"


@pytest.mark.parametrize(
    ("sentence", "findings"),
    [
        ("{src1=paul|Paul Okoro} {cue1|accused} Metro Coaches of {con1|sending out buses without brakes}.", 1),
        ("{src1=paul|Paul Okoro} {cue1|alleged} {con1|that Metro Coaches had sent out buses without brakes}.", 1),
        ("{src1=paul|Paul Okoro} {cue1|said} {con1|the manager, Luke Denton, had taken bribes}.", 1),
        ("{src1=paul|Paul Okoro} {cue1|said} {con1|that Metro Coaches had sent out buses at six}.", 0),
        ("{src1=paul|Paul Okoro} {cue1|did not allege} {con1|that Metro Coaches had forged the sheets}.", 0),
        ("{src1=paul|Paul Okoro} {cue1|said} {con1|that Metro Coaches had not lied}.", 0),
    ],
)
def test_accusation_is_a_verb_or_a_deed(sentence: str, findings: int) -> None:
    text = f"{ACCUSER}claim paul | {sentence}\nclaim paul | {{con2|“{LONG},”}} {{src2=paul|he}} {{cue2|said}}."
    assert len(found("CC204", text)) == findings
    assert found("CC204", text + "\nfact | Metro Coaches and Luke Denton did not respond.") == []


def test_who_speaks_for_a_body_lends_it_their_words() -> None:
    accused = "claim union | {src1=union|The drivers' union} {cue1|accused} Metro Coaches of {con1|neglect}.\n"
    quote = f"claim paul | {{con2|“{LONG},”}} {{cue2|said}} {{src2=paul|the union's secretary, Paul Okoro}}."
    assert found("CC204", ACCUSER + accused + quote) == ["accused"]
    assert found("CC204", ACCUSER + accused + quote.replace("the union's secretary, ", "")) == []


def test_author_of_a_study_is_no_second_source() -> None:
    text = """
    +++
    [speakers.study]
    name = "study"
    kind = "document"
    [speakers.solheim]
    name = "Ingrid Solheim"
    kind = "named_person"
    justification = "who led the Study"
    +++
    claim study | {src1=study|A study} {cue1|finds} {con1|that bees prefer old orchards}.
    claim solheim | {con2|"They like holes,"} {cue2|said} {src2=solheim|Ingrid Solheim}, who led the study.
    """
    facts = "".join(f"    fact | Orchard {n} is old.\n" for n in range(8))
    assert len(found("CC203", text + facts)) == 1
    assert found("CC203", (text + facts).replace("who led the Study", "a beekeeper")) == []


def test_many_accusers_and_many_open_marks_cost_no_time() -> None:
    people = [(f"p{n}", f"Ana{n} Quenby{n}") for n in range(200)]
    header = "".join(f'[speakers.{key}]\nname = "{name}"\nkind = "named_person"\n\n' for key, name in people)
    said = "of having taken bribes for years while the harbour was left to rot by all who should have looked after it"
    body = "".join(
        f"claim {key} | {{src{n}={key}|{name}}} {{cue{n}|accused the mayor}} {{con{n}|{said}}}.\n"
        for n, (key, name) in enumerate(people)
    )
    began = time.process_time()
    assert len(found("CC204", f"+++\n{header}+++\n\n{body}")) == 200
    found("CC401", "+++\n+++\n\nfact | " + "“a " * 400 + "\n\nfact | x " + "“b” " * 800)
    assert time.process_time() - began < 10


def test_a_quotation_that_never_closes_is_quoted_whole() -> None:
    words = "The firm said nothing on Friday and nobody at the harbour had been told about any of the"
    assert found("CC303", f'+++\n+++\n\nfact | {words} "efficiencies', scare_quotes=["efficiencies"]) == []
