"""Reports to render: the demonstration articles as their gold annotation says, hostile ones, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import pytest

from claimcheck.corpus import GoldArticle
from claimcheck.lint.gold import to_report
from claimcheck.report import Claim, Finding, Model, Report, Scores, Sentence, Span, Speaker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVIL = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>\"'&lt;{{7*7}}</title></style>"
"""Markup of an article that wants to be markup of the page."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and playwright")


@pytest.fixture(scope="session")
def reports(articles: list[GoldArticle]) -> dict[str, Report]:
    """The demonstration articles by name, as a model without errors would report them, with their headline."""
    made = {}
    for article in articles:
        report = to_report(article)
        first = report.sentences[0]
        made[article.id.split("/")[-1]] = msgspec.structs.replace(report, title=report.text[first.start : first.end])
    return made


@pytest.fixture(scope="session")
def war(reports: dict[str, Report]) -> Report:
    """The war report, with two findings."""
    report = reports["war-report"]
    text = report.text
    cue = text.index("confirmed the discovery")
    group = text.index("intelligence sources")
    return msgspec.structs.replace(
        report,
        findings=[
            Finding("CC201", group, group + len("intelligence sources"), "The source has no name.", "info"),
            Finding("CC301", cue, cue + len("confirmed"), "“confirmed” takes a side: use “reported”.", "warning"),
        ],
    )


@pytest.fixture(scope="session")
def long_report(reports: dict[str, Report]) -> Report:
    """Articles one after the other, 1,200 words and some."""
    joined = joined_reports([reports[name] for name in ("war-report", "interview", "court-report", "editorial")])
    assert len(joined.text.split()) >= 1200
    return joined


def joined_reports(parts: list[Report]) -> Report:
    """Several reports as one."""
    text = ""
    sentences: list[Sentence] = []
    claims: list[Claim] = []
    speakers: list[Speaker] = []
    for r in parts:
        text += "\n\n" if text else ""
        at, c, s = len(text), len(claims), len(speakers)

        def moved(span: Span | None, at: int = at) -> Span | None:
            return Span(span.start + at, span.end + at) if span else None

        for x in r.sentences:
            sentences.append(Sentence(x.start + at, x.end + at, x.label, x.scores, [i + c for i in x.claims]))
        for y in r.claims:
            content = [Span(z.start + at, z.end + at) for z in y.content]
            ids = [i + s for i in y.speakers]
            claims.append(Claim(y.id + c, y.quotation, y.confidence, content, moved(y.cue), moved(y.source), ids))
        for z in r.speakers:
            mentions = [Span(m.start + at, m.end + at) for m in z.mentions]
            share = z.share / len(parts)
            speakers.append(Speaker(z.id + s, z.name, z.kind, z.title, z.justification, mentions, share))
        text += r.text
    return Report("claimcheck-report/1", "joined", None, text, sentences, claims, speakers, [], Model("m", "1"), "0")


@pytest.fixture(scope="session")
def hostile() -> Report:
    """A report in which every string is an attack on something."""
    text = f"{EVIL} he said.\n\n\u202eReversed\x00\x1b[31m \ud800 text]]> -->"
    start = len(EVIL) + 1
    return Report(
        schema="claimcheck-report/1",
        id=f"../{EVIL},::%",
        title=f"=1+1 {EVIL}",
        text=text,
        sentences=[
            Sentence(0, start + 8, "claim", Scores(0, 1, 0), [0]),
            Sentence(start + 10, len(text), "opinion", Scores(0, 0, 1), []),
        ],
        claims=[Claim(0, "direct", 1, [Span(0, len(EVIL))], Span(start + 3, start + 7), Span(start, start + 2), [0])],
        speakers=[Speaker(0, f"=cmd {EVIL}", "named_person", EVIL, f"@{EVIL}", [Span(start, start + 2)], 0.5)],
        findings=[Finding(f"C:C,{EVIL}\n::error::x", 0, len(EVIL), f"{EVIL}\r\n::error::forged", "error")],
        model=Model(EVIL, EVIL),
        claimcheck=EVIL,
    )


@pytest.fixture(scope="session")
def odd() -> Report:
    """What no report should have and a file edited by hand can: ids that lead nowhere, spans beyond the text."""
    return Report(
        schema="claimcheck-report/1",
        id="",
        title=None,
        text="Rain fell, he said.",
        sentences=[
            Sentence(0, 12, "claim", Scores(0, 1, 0), [0, 7]),
            Sentence(5, 400, "fact", Scores(1, 0, 0), []),
            Sentence(900, 901, "fact", Scores(1, 0, 0), []),
        ],
        claims=[
            Claim(0, "mixed", 0.5, [Span(0, 4), Span(5, 900)], Span(800, 900), None, [9, 0, 0]),
            Claim(1, "indirect", 0.5, [], None, Span(0, 4), []),
        ],
        speakers=[Speaker(0, "", "document", "", "", [Span(18, 99), Span(200, 201)], 0)],
        findings=[Finding("", 700, 900, "", "info")],
        model=Model("", ""),
        claimcheck="",
    )


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium of the system; its path may be given in ``CLAIMCHECK_CHROMIUM``."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("CLAIMCHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("there is no chromium; apt-get install chromium, or set CLAIMCHECK_CHROMIUM")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
