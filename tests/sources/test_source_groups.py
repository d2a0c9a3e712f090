"""Audits of several articles added up, by folder or outlet."""

from __future__ import annotations

import pytest
from source_reports import report, speaker

from claimcheck.sources import Audit, Group, audit, combine, folder_of, outlet_of


def one(
    text: str, name: str, said: str, kind: str = "named_person", *, id: str = "a", title: str | None = None
) -> Audit:
    return audit(report(text, [(said, [0])], [speaker(name, kind, title)], id=id))  # type: ignore[arg-type]


def test_counts_add_up_and_shares_are_of_all_the_articles() -> None:
    first = one("Ana Reis said it rained.", "Ana Reis", "it rained", id="a")
    second = one("It was dry all day, all the time, ANA  REIS said.", "ANA  REIS", "It was dry", id="b", title="mayor")
    third = audit(report("Nobody spoke here.", [], [], id="c"))
    found = combine([first, second, third], "week")
    assert (found.name, found.articles, found.words, found.claims, found.attributed) == ("week", 3, 5 + 11 + 3, 2, 5)
    (ana,) = found.speakers
    assert (ana.name, ana.title, ana.articles, ana.speakers, ana.claims, ana.words) == ("Ana Reis", "mayor", 2, 1, 2, 5)
    assert ana.share == round(5 / 19, 4)
    assert ana.first
    assert ana.last
    assert (ana.first.article, ana.last.article) == ("a", "b")
    assert found.balance.named.speakers == 1
    assert found.balance.loudest
    assert found.balance.loudest.share == round(5 / 19, 4)


def test_the_same_words_for_somebody_unnamed_are_a_row_but_not_one_speaker() -> None:
    parts = [one("Officials said it rained.", "Officials", "it rained", "unnamed_group", id=i) for i in "abc"]
    parts.append(one("Ana Reis said rain would come.", "Ana Reis", "rain would come"))
    found = combine(parts, "week")
    officials, _ = found.speakers
    assert (officials.name, officials.articles, officials.speakers, officials.words) == ("Officials", 3, 3, 6)
    assert found.balance.unnamed.speakers == 3
    assert found.balance.loudest
    assert (found.balance.loudest.name, found.balance.loudest.words) == ("Ana Reis", 3)


def test_somebody_unnamed_is_the_loudest_where_they_say_most_in_one_article() -> None:
    parts = [
        one("Officials said it had rained all day.", "Officials", "it had rained all day", "unnamed_group"),
        *(one("Reis said yes.", "Reis", "yes") for _ in range(3)),
    ]
    found = combine(parts, "week").balance.loudest
    assert found
    assert (found.name, found.words, found.share) == ("Officials", 5, round(5 / 16, 4))
    parts += [one("Reis said yes.", "Reis", "yes") for _ in range(3)]
    found = combine(parts, "week").balance.loudest
    assert found
    assert (found.name, found.words) == ("Reis", 6)


def test_the_writer_is_another_in_every_article() -> None:
    found = combine([one("AUTHOR said yes.", "AUTHOR", "yes") for _ in range(2)], "week")
    assert found.speakers[0].speakers == found.balance.named.speakers == 2
    assert found.balance.loudest
    assert found.balance.loudest.words == 1


def test_a_person_and_an_organization_of_the_same_name_are_two() -> None:
    parts = [one("Bell said yes.", "Bell", "yes"), one("Bell said yes.", "Bell", "yes", "named_organization")]
    assert len(combine(parts, "week").speakers) == 2


def test_two_of_the_same_name_in_an_article_become_a_row_of_one_article() -> None:
    made = audit(
        report(
            "An official said no. Then an official said yes yes.",
            [("no", [0]), ("yes yes", [1])],
            [speaker("official", "unnamed_person"), speaker("official", "unnamed_person")],
        )
    )
    (row,) = combine([made], "week").speakers
    assert (row.articles, row.speakers, row.claims, row.words) == (1, 2, 2, 3)


def test_groups_of_groups_are_the_group_of_all() -> None:
    parts = [
        one("Ana Reis said it rained.", "Ana Reis", "it rained", id="a"),
        one("Officials said no no no.", "Officials", "no no no", "unnamed_group", id="b"),
        one("Lee said yes.", "Lee", "yes", "document", id="c"),
        one("Ana Reis said yes.", "Ana Reis", "yes", id="d"),
    ]
    halves = [combine(parts[:2], "x"), combine(parts[2:], "y")]
    assert combine(halves, "week") == combine(parts, "week")


def test_a_group_of_nothing_is_empty() -> None:
    found = Group("nothing").audit()
    assert (found.articles, found.words, found.speakers, found.balance.loudest) == (0, 0, [], None)


@pytest.mark.parametrize(
    ("id", "outlet"),
    [
        ("https://www.Herald.example/2026/a.html", "herald.example"),
        ("http://herald.example:8080", "herald.example"),
        ("HTTPS://user@news.herald.example./x", "news.herald.example"),
        ("herald/a.txt", None),
        ("news.jsonl:3", None),
        ("http://[broken", None),
        ("ftp://herald.example/a", None),
        ("https://", None),
        ("", None),
        ("stdin", None),
    ],
)
def test_the_outlet_is_the_site_of_a_web_address(id: str, outlet: str | None) -> None:
    assert outlet_of(id) == outlet


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("news/herald/a.txt", "news/herald"),
        ("./a.txt", "."),
        ("a.txt", "."),
        ("/a.txt", "/"),
        ("-", "standard input"),
        ("https://herald.example/2026/a.html", "https://herald.example/2026"),
        ("https://herald.example/", "https://herald.example"),
        ("https://herald.example", "https://herald.example"),
    ],
)
def test_the_folder_is_where_a_file_lies_or_a_page(path: str, folder: str) -> None:
    assert folder_of(path) == folder
