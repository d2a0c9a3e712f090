"""Findings as workflow commands, read back by the rules that the runner reads them by."""

from __future__ import annotations

import re

import msgspec

from claimcheck.render import github
from claimcheck.report import Finding, Report

COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<message>.*)")


def unescape(text: str) -> str:
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def read(output: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner makes of each line of output: command, properties, message."""
    found = []
    for line in output.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.split("=", 1) for pair in match["properties"].split(","))
        found.append((match["name"], {k: unescape(v) for k, v in pairs}, unescape(match["message"])))
    return found


def test_each_finding_is_a_command_at_its_line(war: Report) -> None:
    lines = war.text.split("\n")
    commands = read(github.render(war))
    assert [name for name, *_ in commands] == ["notice", "warning"]
    for (_, properties, message), finding in zip(commands, war.findings, strict=True):
        assert message == finding.message
        assert properties["title"] == finding.rule
        assert properties["file"] == war.id
        line = lines[int(properties["line"]) - 1]
        words = war.text[finding.start : finding.end]
        assert line[int(properties["col"]) - 1 : int(properties["endColumn"]) - 1] == words


def test_a_hostile_article_cannot_forge_a_command(hostile: Report) -> None:
    ((name, properties, message),) = read(github.render(hostile))
    assert name == "error"
    assert properties["file"] == hostile.id
    assert message == hostile.findings[0].message
    assert properties["title"] == hostile.findings[0].rule


def test_a_finding_over_several_lines_has_no_columns(war: Report) -> None:
    over = msgspec.structs.replace(war, findings=[Finding("CC203", 0, len(war.text), "One source.", "info")])
    ((_, properties, _),) = read(github.render(over))
    assert "col" not in properties
    assert int(properties["endLine"]) > int(properties["line"])


def test_where_text_was_extracted_only_the_file_is_named(war: Report) -> None:
    for _, properties, message in read(github.render(war, positions=False)):
        assert set(properties) == {"file", "title"}
        assert "In: “" in message


def test_no_findings_no_output(reports: dict[str, Report]) -> None:
    assert github.render(reports["column"]) == ""
