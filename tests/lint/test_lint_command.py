"""``claimcheck lint`` on files: exit codes, formats, fixes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from claimcheck.cli.lint import lint
from claimcheck.errors import InputError
from claimcheck.model import default_folder

pytestmark = pytest.mark.skipif(not default_folder().is_dir(), reason="no model in models/")

app = typer.Typer()
app.command()(lint)

MIXED = "The hall was cold on Friday.\n\nThe conductor wrote «we played in coats” on the door and went home to eat.\n"
CLEAN = "The hall was cold on Friday. The concert began at eight, and forty people came.\n"
LOADED = 'The hall was cold. "We will not play here again," Emi Sato, the conductor, admitted on Friday evening.\n'


def run(*arguments: str | Path, input: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=input)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with marks of two styles, alone in its folder."""
    file = tmp_path / "concert.txt"
    file.write_text(MIXED, encoding="utf-8")
    return file


def test_finding_is_told_with_its_place_and_exit_code_1(article: Path) -> None:
    result = run(article, "--select", "CC401")
    assert result.exit_code == 1
    assert f"{article}:3:21: CC401 error:" in result.stdout
    assert "1 finding in 1 article." in result.stdout


def test_nothing_found_is_exit_code_0(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CLEAN, encoding="utf-8")
    result = run(file, "--select", "CC401")
    assert (result.exit_code, result.stdout) == (0, "No findings in 1 article.\n")


def test_standard_input_is_read(article: Path) -> None:
    result = run("--select", "CC401", input=MIXED)
    assert result.exit_code == 1
    assert "stdin:3:21: CC401" in result.stdout


def test_comment_silences_and_is_no_part_of_the_article(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(MIXED.replace("to eat.", "to eat. # claimcheck: ignore CC401"), encoding="utf-8")
    assert run(file, "--select", "CC401").exit_code == 0


def test_unknown_code_in_a_comment_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CLEAN.rstrip() + " # claimcheck: ignore CC999\n", encoding="utf-8")
    assert "no rule is called 'CC999'" in run(file, "--select", "CC401").stderr


def test_fix_shows_the_difference_and_mends_the_file(article: Path) -> None:
    result = run(article, "--select", "CC401", "--fix")
    assert "-The conductor wrote «we played in coats”" in result.stdout
    assert "+The conductor wrote «we played in coats»" in result.stdout
    assert article.read_text(encoding="utf-8") == MIXED.replace("”", "»")
    assert result.exit_code == 0


def test_diff_changes_nothing(article: Path) -> None:
    result = run(article, "--select", "CC401", "--diff")
    assert result.exit_code == 1
    assert "+The conductor wrote «we played in coats»" in result.stdout
    assert article.read_text(encoding="utf-8") == MIXED


def test_fix_keeps_encoding_mark_and_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    data = b"\xef\xbb\xbf" + MIXED.replace("\n", "\r\n").encode()
    file.write_bytes(data)
    run(file, "--select", "CC401", "--fix")
    assert file.read_bytes() == data.replace("”".encode(), "»".encode())


def test_fix_in_markdown_keeps_the_markup(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    source = "---\ntitle: Cold\n---\n\n" + MIXED.replace("conductor", "*conductor*")
    file.write_text(source, encoding="utf-8")
    run(file, "--select", "CC401", "--fix")
    assert file.read_text(encoding="utf-8") == source.replace("”", "»")


def test_plain_verb_only_on_request(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(LOADED, encoding="utf-8")
    assert "Can be fixed: 1 with --fix --unsafe-fixes" in run(file, "--select", "CC301").stdout
    run(file, "--select", "CC301", "--fix")
    assert file.read_text(encoding="utf-8") == LOADED
    result = run(file, "--select", "CC301", "--fix", "--unsafe-fixes")
    assert file.read_text(encoding="utf-8") == LOADED.replace("admitted", "said")
    assert "+" in result.stdout


def test_json_has_place_and_fix(article: Path) -> None:
    (found,) = json.loads(run(article, "--select", "CC401", "--format", "json").stdout)
    assert (found["rule"], found["line"], found["column"], found["section"]) == ("CC401", 3, 21, "news")
    assert found["text"] == "«we played in coats”"
    assert found["fix"] == {"safe": True, "edits": [{"start": 69, "end": 70, "replacement": "»"}]}


def test_machine_formats_keep_standard_output_for_themselves(article: Path) -> None:
    result = run(article, "--select", "CC401", "--format", "json", "--fix")
    assert json.loads(result.stdout) == []
    assert "+The conductor" in result.stderr


def test_sarif_names_the_rules(article: Path) -> None:
    log = json.loads(run(article, "--select", "CC401", "--format", "sarif").stdout)
    assert log["runs"][0]["results"][0]["ruleId"] == "CC401"
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 21)
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) >= 12


def test_github_annotates_the_line_of_a_markdown_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Cold\n---\n\n" + MIXED, encoding="utf-8")
    result = run(file, "--select", "CC401", "--format", "github")
    assert f"::error file={file},line=7," in result.stdout.replace("%3A", ":")


def test_section_of_the_path_decides(article: Path) -> None:
    (article.parent / "claimcheck.toml").write_text(
        "[paths]\n'*.txt' = 'music'\n[sections.music]\nselect = ['CC3']\n", encoding="utf-8"
    )
    assert "CC401" not in run(article).stdout
    assert "CC401" in run(article, "--section", "news").stdout


def test_output_goes_to_a_file(article: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    result = run(article, "--select", "CC401", "--format", "json", "--output", target)
    assert result.stdout == ""
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize("format", ["terminal", "json"])
def test_difference_goes_to_a_file(article: Path, tmp_path: Path, format: str) -> None:
    target = tmp_path / "mend.diff"
    result = run(article, "--select", "CC401", "--diff", "--format", format, "--output", target)
    assert (result.exit_code, result.output) == (1, "")
    assert "+The conductor wrote «we played in coats»" in target.read_text(encoding="utf-8")
    assert article.read_text(encoding="utf-8") == MIXED


def test_explanation_goes_to_a_file(tmp_path: Path) -> None:
    result = run("--explain", "CC301", "--output", tmp_path / "rule.md")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "rule.md").read_text(encoding="utf-8").startswith("## CC301")


def test_json_lines_without_any_article_are_told_beside_others(article: Path) -> None:
    empty = article.parent / "none.jsonl"
    empty.touch()
    result = run(empty, article, "--select", "CC401")
    assert result.exit_code == 1
    assert "none.jsonl: no article in it" in result.stderr
    assert "1 finding in 1 article." in result.stdout


def test_explain_needs_no_article() -> None:
    result = run("--explain", "loaded-verb")
    assert result.exit_code == 0
    assert result.stdout.startswith("## CC301")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fix"], "Standard input cannot be mended"),
        (["-", "-"], "can be read once only"),
        (["--select", "CC9"], "no rule is called"),
        (["--section", "nowhere"], "no section 'nowhere'"),
        (["--select", ""], "--select '': names no rule"),
        (["--select", " ,"], "names no rule"),
        (["--explain", ""], "--explain '': names no rule"),
        (["--explain", ","], "names no rule"),
        (["--unsafe-fixes"], "goes with --fix or --diff"),
    ],
)
def test_misuse_is_told(arguments: list[str], message: str) -> None:
    result = run(*arguments, input=CLEAN)
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)
