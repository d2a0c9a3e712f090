"""Judgements of findings: which finding they are about, what is counted, and that the committed ones fit the corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from claimcheck.corpus.folder import walk
from claimcheck.errors import InputError
from claimcheck.lint.judge import JUDGED, main
from claimcheck.lint.judgements import Judgement, Judgements, Tally, read, table, tally
from claimcheck.lint.registry import BY_CODE
from claimcheck.report import Finding

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "fixtures" / "corpus"

RIGHT = Judgement("CC301", "a", 10, 18, "admitted", '"admitted" suggests guilt', True, "no guilt is in question")
WRONG = Judgement("CC303", "a", 40, 45, '"hot"', "Scare quotes, 3 times in this article", False, "a term")


def finding(judgement: Judgement, **changes: object) -> Finding:
    found = Finding(judgement.rule, judgement.start, judgement.end, judgement.message, "warning")
    return msgspec.structs.replace(found, **changes)


def write(folder: Path) -> Path:
    """A corpus of one article with two findings of CC104, and one of CC401."""
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "01-mill.txt").write_text(
        '+++\nstratum = "wire news"\nsplit = "test"\nvariety = "British"\ndesk = "news"\n+++\n'
        "fact | Mill changes hands\n\nfact | The mill was allegedly sold for a third of its value.\n\n"
        "fact | A clerk reportedly kept the “keys.\n",
        encoding="utf-8",
    )
    return folder


def test_rule_is_as_precise_as_its_judged_findings() -> None:
    other = finding(RIGHT, start=100, end=108)
    found = [("a", finding(RIGHT)), ("a", other), ("b", finding(RIGHT)), ("a", finding(WRONG))]
    tallies = tally(found, Judgements([RIGHT, WRONG]))
    assert tallies["CC301"] == Tally(findings=3, judged=1, right=1)
    assert tallies["CC303"] == Tally(findings=1, judged=1, right=0)
    assert tallies["CC101"] == Tally()
    assert list(tallies) == list(BY_CODE)
    assert (tallies["CC301"].precision, tallies["CC101"].precision) == (1.0, None)


@pytest.mark.parametrize(
    ("changed", "judged"),
    [
        (finding(RIGHT), True),
        (finding(RIGHT, start=8, end=18), True),
        (finding(RIGHT, start=18, end=26), False),
        (finding(RIGHT, message='"admitted" suggests doubt'), False),
        (finding(RIGHT, rule="CC302"), False),
        (finding(WRONG, message="Scare quotes"), True),
        (finding(WRONG, message="Scare quotes, 12 times in this article"), True),
    ],
)
def test_judgement_is_about_the_place_and_the_message_whatever_its_counts(changed: Finding, judged: bool) -> None:
    assert (Judgements([RIGHT, WRONG]).of("a", changed) is not None) == judged


def test_what_nobody_has_decided_is_not_judged() -> None:
    undecided = msgspec.structs.replace(RIGHT, right=None)
    assert Judgements([undecided]).of("a", finding(RIGHT)) is None


def test_few_judgements_give_no_precision() -> None:
    rows = table({"CC301": Tally(9, 9, 9), "CC302": Tally(20, 10, 10), "CC401": Tally()})
    assert rows[2] == "| CC301 loaded-verb | 9 | 9 | 9 | - | - |"
    assert rows[3] == "| CC302 opinion-in-news | 20 | 10 | 10 | 1.00 | 0.72–1.00 |"
    assert rows[4] == "| CC401 unbalanced-marks | 0 | 0 | 0 | - | - |"


def test_malformed_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "CC301.jsonl"
    file.write_bytes(msgspec.json.encode(RIGHT) + b'\n{"rule": "CC301"}\n')
    with pytest.raises(InputError, match=r"CC301\.jsonl:2: is no judgement"):
        read(tmp_path)
    with pytest.raises(InputError, match="there are no judgements"):
        read(write(tmp_path / "corpus"))


def test_open_findings_become_judgements_that_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = str(write(tmp_path / "corpus"))
    judged = tmp_path / "judged.jsonl"
    arguments = [corpus, "--judgements", str(judged)]
    assert main([*arguments, "--open", "--rule", "CC104"]) == 0
    lines = capsys.readouterr().out
    assert lines.count('"right":null') == 2
    judged.write_text(lines.replace("null", "true", 1).replace("null", "false"), encoding="utf-8")
    assert main([*arguments, "--precision"]) == 0
    rows = capsys.readouterr().out
    assert "| CC104 hearsay-without-source | 2 | 2 | 1 | - | - |" in rows
    assert "| CC401 unbalanced-marks | 1 | 0 | 0 | - | - |" in rows
    assert main([*arguments, "--unjudged"]) == 0
    unjudged = capsys.readouterr().out
    assert "CC401" in unjudged
    assert "CC104" not in unjudged


def test_other_splits_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = str(write(tmp_path / "corpus"))
    arguments = [corpus, "--judgements", str(tmp_path / "none.jsonl"), "--split"]
    assert main([*arguments, "dev"]) == 0
    assert capsys.readouterr().out == ""
    assert main([*arguments, "test"]) == 0
    assert "CC104" in capsys.readouterr().out


def test_articles_without_annotation_need_a_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The mill was allegedly sold.\n", encoding="utf-8")
    assert main([str(file)]) == 2
    assert "add --model" in capsys.readouterr().err


@pytest.mark.skipif(not (ROOT / JUDGED).is_dir(), reason="no judgements in fixtures/")
def test_committed_judgements_point_at_their_words() -> None:
    texts = {article.id: article.text for article in walk(CORPUS)}
    known = read(ROOT / JUDGED).known
    assert known
    for judgement in known:
        assert judgement.rule in BY_CODE
        assert texts[judgement.article][judgement.start : judgement.end] == judgement.words, judgement
        assert judgement.right is not None
        assert judgement.right or judgement.why, judgement
    places = Counter((j.article, j.rule, j.start, j.end, j.message) for j in known)
    assert max(places.values()) == 1
