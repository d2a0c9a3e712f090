"""``claimcheck plot`` on files: where figures go, what they are called, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner, Result

from claimcheck.cli.plot import plot
from claimcheck.errors import InputError
from claimcheck.model import default_folder

pytestmark = pytest.mark.skipif(not default_folder().is_dir(), reason="no model in models/")

app = typer.Typer()
app.command()(plot)

ARTICLE = "Taxes will fall, the minister said.\n\nIt rained on Monday.\n"


def run(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=input)


def words(svg: str) -> str:
    """All words of a figure, those for people who do not see it included."""
    return " ".join(ElementTree.fromstring(svg).itertext())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "taxes.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_figure_goes_to_standard_output(article: Path) -> None:
    result = run(article)
    assert result.exit_code == 0
    assert result.stderr == ""
    told = words(result.stdout)
    assert "1 sentence labelled fact, 1 sentence labelled claim, 0 sentences labelled opinion" in told
    assert "minister: 1 claim, in sentence 1" in told


def test_standard_input_is_read_with_and_without_a_dash() -> None:
    for arguments in ([], ["-"]):
        assert "stdin: how the labels run" in words(run(*arguments, input=ARTICLE).stdout)


def test_kind_chooses_what_is_drawn(article: Path) -> None:
    labels, speakers = (words(run(article, "--kind", kind).stdout) for kind in ("labels", "speakers"))
    assert "Who speaks when" not in labels
    assert "How the labels run" not in speakers
    assert "minister" in speakers
    assert run(article, "--kind", "pie").exit_code == 2


def test_a_file_holds_one_figure(article: Path, tmp_path: Path) -> None:
    target = tmp_path / "figure.svg"
    result = run(article, "--output", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "the minister" not in words(target.read_text(encoding="utf-8")), "a figure quotes no article"
    assert "taxes.txt" in words(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["existing", "new/", "deep/new/"])
def test_a_folder_gets_a_figure_named_like_its_article(article: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / "existing").mkdir()
    run(article, "--output", f"{tmp_path}/{folder}")
    assert [p.name for p in (tmp_path / folder).iterdir()] == ["taxes.svg"]


def test_several_articles_get_a_figure_each(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "Taxes.md"
    other.parent.mkdir()
    other.write_text("It rained, she said.\n", encoding="utf-8")
    out = tmp_path / "figures"
    assert run(article, other, "-", "--output", out, input="It snowed.").exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == ["Taxes-2.svg", "stdin.svg", "taxes.svg"]
    for name, id in (("taxes", str(article)), ("Taxes-2", str(other)), ("stdin", "stdin")):
        assert f"{id}: how the labels run" in words((out / f"{name}.svg").read_text(encoding="utf-8"))


def test_ids_of_strangers_lead_nowhere_else(tmp_path: Path) -> None:
    ids = ["../../escaped", "/etc/passwd", "..", "", "a\x00b:<c>|*?", "\ud800", "名" * 300]
    source = tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps({"id": id, "text": ARTICLE}) + "\n" for id in ids), encoding="utf-8")
    out = tmp_path / "in" / "figures"
    result = run(source, "--output", out)
    assert result.exit_code == 0, result.exception
    assert len(list(out.iterdir())) == len(ids)
    assert {"escaped.svg", "passwd.svg"} <= {p.name for p in out.iterdir()}
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file() and p.parent != out) == ["many.jsonl"]


def test_several_articles_need_a_folder(article: Path, tmp_path: Path) -> None:
    for arguments in ([], ["--output", str(tmp_path / "one.svg")]):
        result = run(article, article, *arguments)
        assert isinstance(result.exception, InputError)
        assert "--output DIR" in str(result.exception)
    assert [p.name for p in tmp_path.iterdir()] == ["taxes.txt"]


def test_misuse_is_told(article: Path, tmp_path: Path) -> None:
    for arguments, says in (
        (["-", "-"], "can be read once only"),
        ([tmp_path / "no.txt"], "no such file"),
        ([tmp_path], "directory"),
        ([article, "--output", tmp_path / "no" / "a.svg"], "cannot write to"),
        ([article, "--output", f"{article}/"], "cannot make the folder"),
    ):
        result = run(*arguments, input=ARTICLE)
        assert isinstance(result.exception, InputError), arguments
        assert says in str(result.exception)


def test_a_bad_file_leaves_an_earlier_figure_as_it_was(tmp_path: Path) -> None:
    blank, target = tmp_path / "blank.txt", tmp_path / "figure.svg"
    blank.write_text(" \n", encoding="utf-8")
    target.write_text("earlier", encoding="utf-8")
    assert isinstance(run(blank, "--output", target).exception, InputError)
    assert target.read_text(encoding="utf-8") == "earlier"


def test_notes_of_the_reader_are_told_and_keep_out_of_the_figure(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The mayor said: “Enough.”".encode("cp1252"))
    result = run(path)
    assert "Windows-1252" in result.stderr
    ElementTree.fromstring(result.stdout)
