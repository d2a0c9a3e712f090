"""The page as a file: what it says, what it refuses to load, how large it is."""

from __future__ import annotations

import base64
import hashlib
import re
import string
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.render import html
from claimcheck.render.safe import shown
from claimcheck.report import Claim, Finding, Label, Model, Report, Scores, Sentence, Span, Speaker

VOID = {"meta", "input", "img", "br", "link"}


class Reader(HTMLParser):
    """Collects the article's words as a reader sees them, and all tags and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.article: list[str] = []
        self.body = ""
        self._open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self._open == [], "an element is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag in VOID:
            return
        names = (attributes.get("class") or "").split()
        self._open.append((tag, " ".join(names)))
        if "text" in names:
            self.article.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.body += data
        names = [name for _, name in self._open]
        if "text" in names and not {"vh", "mark", "ref"}.intersection(names):
            self.article[-1] += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def classes(self, name: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.tags if name in (a.get("class") or "").split()]


def test_the_article_is_on_the_page_word_for_word(reports: dict[str, Report]) -> None:
    for report in reports.values():
        assert "".join(Reader(html.render(report)).article) == report.text


def test_paragraphs_are_those_of_the_article(war: Report) -> None:
    assert [p.strip() for p in Reader(html.render(war)).article] == war.text.split("\n\n")


def test_every_sentence_has_its_label_and_mark(war: Report) -> None:
    sentences = Reader(html.render(war)).classes("s")
    assert [a["data-label"] for a in sentences] == [s.label for s in war.sentences]


def test_a_claim_is_noted_with_its_speakers_outermost_first(war: Report) -> None:
    page = html.render(war)
    chain = next(c for c in war.claims if len(c.speakers) == 2)
    note = next(n for n in re.findall(r"<button[^>]*note.*?</button>", page) if f'data-claim="{chain.id}"' in n)
    assert note.index("Lithuanian media") < note.index("intelligence sources")
    assert "citing" in note


def test_content_carries_its_number_once_in_each_sentence_that_it_is_in(war: Report) -> None:
    first, second = war.sentences[2], war.sentences[5]
    parts = [
        Span(first.start, first.start + 4),
        Span(first.start + 8, first.start + 12),
        Span(second.start, second.end),
    ]
    claim = Claim(0, "indirect", 0.5, parts, None, None, [])
    page = html.render(msgspec.structs.replace(war, claims=[claim], findings=[]))
    refs = [m.start() for m in re.finditer('<sup class="ref" aria-hidden="true">1</sup>', page)]
    assert len(refs) == 2
    assert page.index('id="s3"') < refs[0] < page.index('id="s4"') < page.index('id="s6"') < refs[1]


def test_the_headline_heads_the_article_once(war: Report) -> None:
    page = html.render(war)
    assert page.count("<h1") == 1
    assert len(Reader(page).attributes("h1")) == 1
    assert Reader(page).article[0].strip() == war.title


def test_a_title_that_is_not_in_the_text_heads_the_page(war: Report) -> None:
    page = html.render(msgspec.structs.replace(war, title="Another <title>"))
    assert "<h1" in page
    assert "Another &lt;title&gt;" in page
    assert page.count("<h1") == 1


def test_findings_lead_to_their_sentence(war: Report) -> None:
    page = html.render(war)
    assert "CC301" in page
    number = next(n for n, s in enumerate(war.sentences, 1) if s.start <= war.findings[1].start < s.end)
    assert f'href="#s{number}"' in page
    assert f'id="s{number}"' in page
    assert "Findings" not in html.render(msgspec.structs.replace(war, findings=[]))


def test_the_page_loads_nothing_and_runs_only_its_own_script(war: Report) -> None:
    page = html.render(war)
    reader = Reader(page)
    policy = next(a["content"] for a in reader.attributes("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    for _, attributes in reader.tags:
        assert not {"src", "srcset", "style", "action", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import|innerHTML|eval\(|fetch\(", page)


def test_ids_are_unique_and_links_lead_somewhere(reports: dict[str, Report], war: Report) -> None:
    for report in [*reports.values(), war]:
        reader = Reader(html.render(report))
        ids = [a["id"] for _, a in reader.tags if "id" in a]
        assert len(ids) == len(set(ids))
        for _, attributes in reader.tags:
            if href := attributes.get("href"):
                assert href[1:] in ids
            for name in ("aria-labelledby", "aria-describedby"):
                if name in attributes:
                    assert attributes[name] in ids


def test_hostile_text_is_shown_and_never_markup(hostile: Report, war: Report) -> None:
    page = html.render(hostile)
    reader = Reader(page)
    assert "".join(reader.article) == shown(hostile.text)
    ours = {tag for tag, _ in Reader(html.render(war)).tags}
    assert {tag for tag, _ in reader.tags} <= ours
    assert page.count("<script>") == page.count("</script>") == 1
    assert "\u202e" not in page
    assert "\x00" not in page
    page.encode("utf-8")


def test_odd_reports_are_shown_as_far_as_they_go(odd: Report) -> None:
    reader = Reader(html.render(odd))
    assert "".join(reader.article) == odd.text


def test_a_page_of_1200_words_is_under_300_kb(long_report: Report) -> None:
    assert len(html.render(long_report).encode()) < 300_000


def test_the_same_report_makes_the_same_page(war: Report) -> None:
    assert html.render(war) == html.render(Report.from_json(war.to_json()))


def test_an_empty_article_has_a_page(war: Report) -> None:
    empty = msgspec.structs.replace(war, text="", title=None, sentences=[], claims=[], speakers=[], findings=[])
    assert "The article is empty." in html.render(empty)


def test_hard_wrapped_lines_stay_one_paragraph() -> None:
    first = "The bridge over the Llan will be closed from the first of June, and the"
    text = f"{first}\nferry will carry nobody before noon. It is the third closure of\nthe year for the town."
    cut = text.index(" It is")
    sentences = [
        Sentence(0, cut, "fact", Scores(1, 0, 0), []),
        Sentence(cut + 1, len(text), "fact", Scores(1, 0, 0), []),
    ]
    report = Report("claimcheck-report/1", "", None, text, sentences, [], [], [], Model("m", "1"), "0")
    assert Reader(html.render(report)).article == [text]


LABELS: list[Label] = ["fact", "claim", "opinion"]
TEXTS = st.text(st.characters() | st.sampled_from("\n\r <>&\"'\x00\u202e\ud800" + string.ascii_letters), max_size=120)


@st.composite
def anything(draw: st.DrawFn) -> Report:
    """Reports of any text with any spans, in and out of it."""
    text = draw(TEXTS)
    offset = st.integers(0, len(text) + 3)
    spans = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), offset, offset)
    ids = st.lists(st.integers(0, 4), max_size=3)
    optional = st.none() | spans
    sentences = [
        Sentence(s.start, s.end, draw(st.sampled_from(LABELS)), Scores(1, 0, 0), draw(ids))
        for s in draw(st.lists(spans, max_size=4))
    ]
    claims = [
        Claim(i, "mixed", 0.5, draw(st.lists(spans, max_size=3)), draw(optional), draw(optional), draw(ids))
        for i in range(draw(st.integers(0, 4)))
    ]
    speakers = [
        Speaker(i, draw(TEXTS), "document", draw(st.none() | TEXTS), None, draw(st.lists(spans, max_size=2)), 0.1)
        for i in range(draw(st.integers(0, 3)))
    ]
    findings = [Finding(draw(TEXTS), s.start, s.end, draw(TEXTS), "info") for s in draw(st.lists(spans, max_size=2))]
    title = draw(st.none() | TEXTS)
    return Report("claimcheck-report/1", "", title, text, sentences, claims, speakers, findings, Model("", ""), "0")


@settings(max_examples=100, deadline=None)
@given(anything())
def test_any_report_has_a_page_with_its_words(report: Report) -> None:
    page = html.render(report)
    words = "".join(Reader(page).article)
    # White space before the first sentence is not shown.
    assert shown(report.text).endswith(words)
    assert not report.text[: len(report.text) - len(words)].strip()
    page.encode("utf-8")


@pytest.mark.parametrize("label", LABELS)
def test_labels_are_told_by_a_word_and_a_letter_too(label: Label, long_report: Report) -> None:
    page = html.render(long_report)
    assert f'<span class="vh">{label.capitalize()}: </span>' in page
    assert f'<span class="mark" aria-hidden="true">{label[0].upper()}</span>' in page
