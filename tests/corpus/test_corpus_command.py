"""``claimcheck corpus``: what each subcommand prints, writes and exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claimcheck import cli
from claimcheck.corpus import brat, inline
from claimcheck.corpus.folder import walk
from claimcheck.corpus.records import from_record

SOURCE = """\
+++
stratum = "sport"
variety = "African"
desk = "news"

[speakers.aba]
name = "Aba Mensah"
kind = "named_person"
+++

fact | Hearts won {number} times.
claim aba | {{con1|"Once more,"}} {{src1=aba|Aba Mensah}} {{cue1|said}}, {{con1|"makes {more}."}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "sport").mkdir(parents=True)
    for number in range(4):
        path = tmp_path / "corpus" / "sport" / f"{number}.txt"
        path.write_text(SOURCE.format(number=number, more=number + 1))
    return tmp_path / "corpus"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.app, ["corpus", *map(str, arguments)])


def code_of_main(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["claimcheck", "corpus", *map(str, arguments)])
    with pytest.raises(SystemExit) as error:
        cli.main()
    return error.value.code


def test_check_exits_with_0_on_a_sound_corpus(folder: Path) -> None:
    run("split", folder)
    result = run("check", folder, "--overlap", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "4 articles, 0 findings" in result.stderr


def test_check_exits_with_1_and_reports_malformed_files_beside_other_findings(folder: Path) -> None:
    (folder / "sport" / "0.txt").write_text("no header")
    (folder / "sport" / "1.txt").write_text(SOURCE.format(number=1, more="more").replace("fact |", "fakt |"))
    (folder / "sport" / "2.txt").write_text(SOURCE.format(number=2, more="more").replace("claim aba", "claim"))
    result = run("check", folder)
    assert result.exit_code == 1
    assert "sport/0: the file must begin" in result.stdout
    assert "sport/1:11: a line is" in result.stdout
    assert 'sport/2: “"Once more," Aba Mensah said, "makes more."”: a claim names' in result.stdout
    assert "articles have no split" in result.stdout


def test_check_reports_near_duplicates_from_the_limit_on(folder: Path) -> None:
    run("split", folder)
    assert "near-duplicates" in run("check", folder, "--ngram", "3", "--overlap", "0.1").stdout


def test_check_reports_strata_without_enough_articles_on_demand(folder: Path) -> None:
    run("split", folder)
    result = run("check", folder, "--overlap", "1", "--minimum", "5")
    assert result.exit_code == 1
    assert "stratum sport: has 4 articles, fewer than 5" in result.stdout


@pytest.mark.parametrize("command", ["check", "stats", "split"])
def test_a_folder_without_articles_is_bad_input(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of_main(monkeypatch, command, tmp_path) == 2
    assert "there is no article in" in capsys.readouterr().err


def test_a_malformed_file_is_bad_input_to_all_but_check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "sport" / "0.txt").write_text("no header")
    assert code_of_main(monkeypatch, "stats", folder) == 2
    assert code_of_main(monkeypatch, "check", folder) == 1


def test_stats_prints_tables_or_json(folder: Path) -> None:
    assert "| sport | 4 | 8 | 4 | 4 |" in run("stats", folder).stdout
    result = run("stats", folder, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["strata"]["sport"]["labels"] == {"fact": 4, "claim": 4, "opinion": 0, "none": 0}


def test_stats_puts_its_tables_into_a_datasheet(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = tmp_path / "README.md"
    sheet.write_text("# Sheet\n<!-- begin stats -->\n<!-- end stats -->\n")
    printed = run("stats", folder, "--into", sheet).stdout
    assert sheet.read_text() == f"# Sheet\n<!-- begin stats -->\n{printed}<!-- end stats -->\n"
    sheet.write_text("# Sheet\n")
    assert code_of_main(monkeypatch, "stats", folder, "--into", sheet) == 2
    assert sheet.read_text() == "# Sheet\n"
    assert code_of_main(monkeypatch, "stats", folder, "--into", tmp_path / "none.md") == 2


def test_split_says_how_many_went_where(folder: Path) -> None:
    result = run("split", folder)
    assert (result.exit_code, result.stdout) == (0, "4 articles assigned: train 3, dev 1, test 0\n")
    assert [a.meta["split"] for a in walk(folder)].count("train") == 3


def test_convert_writes_one_article_a_line(folder: Path, tmp_path: Path) -> None:
    run("split", folder)
    output = tmp_path / "dev.jsonl"
    assert run("convert", folder, "--to", "jsonl", "--output", output, "--split", "dev").exit_code == 0
    (line,) = output.read_text(encoding="utf-8").splitlines()
    assert [from_record(json.loads(line))] == list(walk(folder, "dev"))


def test_convert_writes_brat_folders(folder: Path, tmp_path: Path) -> None:
    assert run("convert", folder, "--to", "brat", "-o", tmp_path / "brat").exit_code == 0
    for path in sorted(folder.glob("*/*.txt")):
        assert brat.load(tmp_path / "brat" / "sport" / path.name) == inline.read(path)


def test_convert_to_where_nothing_can_be_written_is_bad_input(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    for target, output in (("jsonl", "file/dev.jsonl"), ("brat", "file")):
        assert code_of_main(monkeypatch, "convert", folder, "--to", target, "-o", tmp_path / output) == 2


def test_an_unknown_format_is_bad_usage(folder: Path) -> None:
    assert run("convert", folder, "--to", "xml", "--output", "x").exit_code == 2


def test_agreement_compares_a_second_reading_of_the_blind_copies(folder: Path, tmp_path: Path) -> None:
    assert run("blind", folder, "-o", tmp_path / "blind").exit_code == 0
    (tmp_path / "second" / "sport").mkdir(parents=True)
    for name, reading in (("0", "1 fact\n2 claim Mensah\n"), ("1", "1 opinion?\n2 claim Hearts\n")):
        (tmp_path / "second" / "sport" / f"{name}.txt").write_text(reading)
    table = tmp_path / "decide.tsv"
    arguments = ("agreement", folder, tmp_path / "second", "--blind", tmp_path / "blind", "--disagreements", table)
    result = run(*arguments)
    assert result.exit_code == 0
    assert "2 articles were read a second time, 2 were not." in result.stdout
    assert "| all sentences | 4 | 75.0% | 0.600 |" in result.stdout
    assert [line.split("\t")[0:2] for line in table.read_text().splitlines()[1:]] == [
        ["sport/1", "1"],
        ["sport/1", "2"],
    ]
    figures = json.loads(run(*arguments, "--json").stdout)
    assert figures["speakers"] == {"claims": 2, "same": 0.5, "any": 0.5}


def test_a_malformed_second_reading_is_bad_input(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "second" / "sport").mkdir(parents=True)
    for name in ("0", "1"):
        (tmp_path / "second" / "sport" / f"{name}.txt").write_text("1 fact\n")
    assert code_of_main(monkeypatch, "agreement", folder, tmp_path / "second") == 2
    err = capsys.readouterr().err
    assert "sport/0, second reading: not read: sentence 2" in err
    assert "sport/1, second reading: not read: sentence 2" in err


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "{0}", "--to", "brat", "-o", "{0}"),
        ("convert", "{0}", "--to", "brat", "-o", "{1}"),
        ("convert", "{0}", "--to", "jsonl", "-o", "{0}/sport/1.txt"),
        ("blind", "{0}", "-o", "{0}"),
        ("blind", "{0}", "-o", "{1}"),
        ("agreement", "{0}", "{0}", "--disagreements", "{0}/sport/1.txt"),
    ],
)
def test_nothing_overwrites_the_corpus(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "sport").symlink_to(folder / "sport")
    before = contents(tmp_path)
    assert code_of_main(monkeypatch, *(a.format(folder, tmp_path / "link") for a in arguments)) == 2
    assert "which would be overwritten" in capsys.readouterr().err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("command", ["convert --to brat", "convert --to jsonl", "blind"])
def test_an_empty_name_is_no_place_for_output(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = contents(tmp_path)
    assert code_of_main(monkeypatch, *command.split(), folder, "-o", "") == 2
    assert contents(tmp_path) == before


def test_one_article_is_counted_as_one(folder: Path, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (folder / "sport" / f"{number}.txt").unlink()
    assert run("blind", folder, "-o", tmp_path / "blind").stdout.startswith("1 article written")
    assert run("convert", folder, "--to", "brat", "-o", tmp_path / "brat").stdout.startswith("1 article written")
    found = run("check", folder)
    assert "1 article has no split" in found.stdout
    assert "1 article, 1 finding\n" in found.stderr
    assert run("split", folder).stdout.startswith("1 article assigned")
