"""House rules by section of the paper."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from claimcheck.errors import InputError
from claimcheck.lint import config
from claimcheck.lint.registry import Choice

HOUSE = """
ignore = ["CC303"]
known-names = ["Grace Adeyemi"]

[paths]
"comment/" = "opinion"
"sport/*.md" = "sport"
"sport/letters.md" = "opinion"

[sections.sport]
ignore = ["opinion-in-news"]
accepted-verbs = ["admitted"]

[sections.wire]
select = ["CC4"]
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper with house rules."""
    (tmp_path / "claimcheck.toml").write_text(HOUSE, encoding="utf-8")
    return tmp_path


def codes(policy: config.Policy) -> set[str]:
    return {rule.code for rule in policy.rules}


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("politics/a.md", "news"),
        ("comment/b.md", "opinion"),
        ("2024/comment/deep/b.html", "opinion"),
        ("sport/c.md", "sport"),
        ("sport/c.html", "news"),
        ("sport/letters.md", "opinion"),
    ],
)
def test_path_tells_the_section_and_the_last_pattern_wins(paper: Path, path: str, section: str) -> None:
    assert config.find(paper).section_of(paper / path) == section


def test_section_adds_to_what_is_ignored_and_has_its_settings(paper: Path) -> None:
    policy = config.find(paper).policy("sport")
    assert {"CC302", "CC303"}.isdisjoint(codes(policy))
    assert "CC301" in codes(policy)
    assert policy.settings.accepted_verbs == ["admitted"]
    assert policy.settings.known_names == ["Grace Adeyemi"]


def test_select_of_a_section_replaces_what_applied(paper: Path) -> None:
    assert codes(config.find(paper).policy("wire")) == {"CC401"}


def test_command_line_comes_last(paper: Path) -> None:
    assert codes(config.find(paper).policy("opinion", Choice(("CC302", "CC303")))) == {"CC302", "CC303"}


def test_opinion_may_judge_and_news_may_not() -> None:
    assert "CC302" not in codes(config.Config().policy("opinion"))
    assert "CC302" in codes(config.Config().policy("news"))


def test_configuration_is_found_upwards(paper: Path) -> None:
    deep = paper / "a" / "b"
    deep.mkdir(parents=True)
    assert config.find(deep).folder == paper


def test_pyproject_is_read_and_one_without_a_table_is_passed_over(paper: Path) -> None:
    inner = paper / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert config.find(inner).folder == paper
    (inner / "pyproject.toml").write_text("[tool.claimcheck]\nselect = ['CC1']\n", encoding="utf-8")
    assert codes(config.find(inner).policy()) == {"CC101", "CC102", "CC103", "CC104"}


def test_nothing_configured_is_the_default(tmp_path: Path) -> None:
    assert config.find(tmp_path).policy().section == "news"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = ['CC1']", "selct is unknown"),
        ("select = 'CC1'", "select is a list of codes"),
        ("select = ['CC9']", "no rule is called 'CC9'"),
        ("short-story = 'long'", "Expected `int`"),
        ("short-story = 0", "Expected `int` >= 1"),
        ("section = 'nws'", "names a section 'nws' that does not exist"),
        ("[paths]\n'a/' = 'b'", "names a section 'b'"),
        ("[paths]\n'a/' = 3", "patterns and sections"),
        ("[sections]\nsport = 3", "a table for each section"),
        ("[sections.sport]\nverbs = []", "sections.sport.verbs is unknown"),
        ("[", "not valid TOML"),
    ],
)
def test_mistakes_are_named_with_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "claimcheck.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        config.find(tmp_path)
    assert str(file) in str(caught.value)
    assert message in str(caught.value)


def test_configuration_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        config.read(tmp_path / "none.toml")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no table"):
        config.read(tmp_path / "pyproject.toml")


def test_unknown_section_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no section 'nws'\. There are news, analysis"):
        config.Config().policy("nws")


@pytest.mark.parametrize("pattern", ["[z-a]", "!", "\\"])
def test_pattern_that_is_none_is_told_with_file_and_key(tmp_path: Path, pattern: str) -> None:
    file = tmp_path / "claimcheck.toml"
    file.write_text(f"[paths]\n'{pattern}' = 'opinion'\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"claimcheck\.toml: paths: .* is no pattern as in \.gitignore"):
        config.find(tmp_path)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_file_that_cannot_be_read_is_told(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(InputError, match=r"claimcheck\.toml: cannot be read \(Permission denied\)\. .*--config"):
        config.find(paper)


def test_folder_that_cannot_be_searched_is_told(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(InputError, match=r"cannot be searched for claimcheck\.toml \(Permission denied\)\. .*--config"):
        config.find(paper)


def test_loop_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match="not a folder that can be looked into"):
        config.find(tmp_path / "loop")
