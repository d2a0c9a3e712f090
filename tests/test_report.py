"""The report contract: JSON there and back, and a schema that a validator of others accepts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import claimcheck
from claimcheck.report import Claim, Finding, Model, Report, Scores, Sentence, Span, Speaker, json_schema

TEXT = "Taxes will fall, she said. It rained."


def report(text: str = TEXT) -> Report:
    return Report(
        schema="claimcheck-report/1",
        id="a",
        title=None,
        text=text,
        sentences=[
            Sentence(0, 26, "claim", Scores(0.1, 0.8, 0.1), [0]),
            Sentence(27, 37, "fact", Scores(0.9, 0.05, 0.05), []),
        ],
        claims=[Claim(0, "indirect", 0.9, [Span(0, 15)], Span(21, 25), Span(17, 20), [0])],
        speakers=[Speaker(0, "she", "unnamed_person", None, None, [Span(17, 20)], 0.43)],
        findings=[Finding("CC101", 0, 15, "why", "warning")],
        model=Model("m", "1"),
        claimcheck="0.1.0",
    )


def test_json_goes_there_and_back() -> None:
    assert Report.from_json(report().to_json()) == report()
    assert Report.from_json(report().to_json(indent=2)) == report()


def test_json_carries_text_that_is_no_valid_unicode() -> None:
    broken = report("\ud800" * 37)
    assert Report.from_json(broken.to_json()) == broken
    assert Report.from_json(broken.to_json(indent=2)) == broken


def test_json_has_the_fields_of_the_contract_in_order() -> None:
    data = json.loads(report().to_json())
    assert list(data) == [
        "schema",
        "id",
        "title",
        "text",
        "sentences",
        "claims",
        "speakers",
        "findings",
        "model",
        "claimcheck",
    ]
    assert list(data["sentences"][0]) == ["start", "end", "label", "scores", "claims"]
    assert list(data["claims"][0]) == ["id", "quotation", "confidence", "content", "cue", "source", "speakers"]
    assert list(data["speakers"][0]) == ["id", "name", "kind", "title", "justification", "mentions", "share"]
    assert data["claims"][0]["source"] == {"start": 17, "end": 20}


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (lambda d: d.pop("text"), "text"),
        (lambda d: d["sentences"][0].update(label="rumour"), "label"),
        (lambda d: d["claims"][0].update(cue={"start": -1, "end": 2}), "cue"),
        (lambda d: d.update(schema="claimcheck-report/2"), "schema"),
        (lambda d: d.update(extra=1), "extra"),
    ],
)
def test_what_is_no_report_is_refused_by_name_of_the_field(broken: object, field: str) -> None:
    data = json.loads(report().to_json())
    broken(data)  # type: ignore[operator]
    with pytest.raises(ValueError, match=field):
        Report.from_json(json.dumps(data))


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match=r"(?i)json|expecting"):
        Report.from_json("{")


def test_what_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ValueError, match="nested"):
        Report.from_json('{"schema": "\\ud800", "text": ' + "[" * 100_000)


def test_the_shipped_schema_is_current_and_accepts_a_report() -> None:
    shipped = json.loads((Path(claimcheck.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(json_schema()))
    jsonschema.Draft202012Validator.check_schema(shipped)
    validator = jsonschema.Draft202012Validator(shipped)
    data = json.loads(report().to_json())
    validator.validate(data)
    data["sentences"][0]["label"] = "rumour"
    assert list(validator.iter_errors(data))


def test_a_span_knows_its_words() -> None:
    assert Span(17, 20).of(TEXT) == "she"
    assert report().speaker_names(report().claims[0]) == ["she"]
