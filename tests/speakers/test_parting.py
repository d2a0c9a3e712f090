"""Quotations that a network ties to a source over the head of another one."""

from __future__ import annotations

from speaker_texts import span

from claimcheck import speakers
from claimcheck.attribution import Attribution, RoleSpan
from claimcheck.sentences import split

TEXT = (
    "“The pier is shut,” Ana Sousa said.\n\n“Nobody was told,” Vera Lund replied. “Nobody at all.”\n\n"
    "“Too late,” said Jo Bell."
)


def attribution(text: str, source: str, cue: str, *contents: str) -> Attribution:
    """An attribution of some words as they stand in a text."""
    at = text.index(source)
    found = [span(text, words, text.index(words)) for words in contents]
    return Attribution(span(text, source, at), span(text, cue, at), [s for s in found if isinstance(s, RoleSpan)], 0.5)


def parted(text: str, *attributions: Attribution) -> list[tuple[str | None, list[str]]]:
    """The source and the contents of each attribution after parting."""
    return [
        (text[a.source.start : a.source.end] if a.source else None, [text[c.start : c.end] for c in a.content])
        for a in speakers.part(text, split(text), attributions)
    ]


def test_a_quotation_after_another_source_is_parted_from_its_own() -> None:
    sousa = attribution(TEXT, "Ana Sousa", "said", "“The pier is shut,”", "“Nobody at all.”")
    lund = attribution(TEXT, "Vera Lund", "replied", "“Nobody was told,”")
    assert parted(TEXT, sousa, lund) == [
        ("Ana Sousa", ["“The pier is shut,”"]),
        ("Vera Lund", ["“Nobody was told,”"]),
        (None, ["“Nobody at all.”"]),
    ]


def test_whoever_spoke_last_says_what_was_parted() -> None:
    sousa = attribution(TEXT, "Ana Sousa", "said", "“The pier is shut,”", "“Nobody at all.”")
    lund = attribution(TEXT, "Vera Lund", "replied", "“Nobody was told,”")
    sentences = split(TEXT)
    attributions = speakers.part(TEXT, sentences, [sousa, lund])
    found = speakers.resolve(TEXT, sentences, attributions)
    assert [[found.speakers[k].name for k in ids] for ids in found.of_claim] == [
        ["Ana Sousa"],
        ["Vera Lund"],
        ["Vera Lund"],
    ]


def test_a_quotation_with_a_source_of_its_own_beside_it_is_parted_and_gets_it() -> None:
    lund = attribution(TEXT, "Vera Lund", "replied", "“Nobody was told,”", "“Too late,”")
    sentences = split(TEXT)
    attributions = speakers.part(TEXT, sentences, [lund])
    assert [a.source is None for a in attributions] == [False, True]
    found = speakers.resolve(TEXT, sentences, attributions)
    assert [[found.speakers[k].name for k in ids] for ids in found.of_claim] == [["Vera Lund"], ["Jo Bell"]]


def test_a_quotation_that_goes_on_stays_whole() -> None:
    text = "“The pier is shut,” Ana Sousa said. “It will stay shut.”\n\n“Nobody was told,” Vera Lund replied."
    sousa = attribution(text, "Ana Sousa", "said", "“The pier is shut,”", "“It will stay shut.”")
    lund = attribution(text, "Vera Lund", "replied", "“Nobody was told,”")
    assert speakers.part(text, split(text), [sousa, lund]) == [sousa, lund]


def test_an_attribution_never_loses_all_it_says() -> None:
    sousa = attribution(TEXT, "Ana Sousa", "said", "“Nobody at all.”")
    lund = attribution(TEXT, "Vera Lund", "replied", "“Nobody was told,”")
    kept = {a.source.start: a for a in speakers.part(TEXT, split(TEXT), [sousa, lund]) if a.source}
    assert kept[TEXT.index("Ana Sousa")] == sousa


def test_no_attributions_are_parted_into_none() -> None:
    assert speakers.part("", [], []) == []
    whole = Attribution(None, None, [RoleSpan(-1, -1, 0, 4, 1.0)])
    assert speakers.part("Yes.", [(0, 4)], [whole]) == [whole]


def test_each_line_of_a_transcript_has_a_voice_of_its_own() -> None:
    text = (
        "Ana Sousa met Vera Lund on air. Partial transcript as follows:\n\n"
        "LUND: Why is the pier shut?\n\nSOUSA: It is late.\n\nLUND: Who was told?"
    )
    whole = attribution(
        text, "Partial transcript", "as follows", "Why is the pier shut?", "It is late.", "Who was told?"
    )
    sentences = split(text)
    attributions = speakers.part(text, sentences, [whole])
    found = speakers.resolve(text, sentences, attributions)
    assert [[found.speakers[k].name for k in ids] for ids in found.of_claim] == [
        ["Vera Lund"],
        ["Ana Sousa"],
        ["Vera Lund"],
    ]
