#!/usr/bin/env python3
"""Compare what article extractors read from saved pages.

    benchmarks/reading.py [--pages fixtures/pages] [--only NAME ...] [--each] [--show PAGE]

PAGES   a folder of NAME.html with NAME.toml: title, byline, published (YYYY-MM-DD), text (paragraphs parted by blank
        lines), optional (paragraphs that may be read or not, such as captions and times)

Prints a table in Markdown, one row an extractor; `docs/reading.md` has it. One that is not installed is named and left
out: pip install trafilatura resiliparse readability-lxml newspaper4k goose3 boilerpy3. Nothing is downloaded.

Words are compared as the runs of four words that the read and the expected text share (as in Zyte's
article-extraction-benchmark), optional paragraphs and the title taken out first. A paragraph counts as whole when the
read text has it as one paragraph, with the same words and marks; whitespace, soft hyphens and no-break spaces aside.
`--each` has a row a page, `--show` the lines that one extractor (`--only`) reads wrongly from a page.
"""

import argparse
import importlib.metadata
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

RUNS = 5


@dataclass(frozen=True)
class Read:
    """What an extractor makes of a page: paragraphs, and what it knows of the rest."""

    paragraphs: list[str]
    title: str | None = None
    byline: str | None = None
    published: str | None = None


Extractor = Callable[[bytes], Read]


def lines(text: str | None) -> list[str]:
    return [line for line in (text or "").splitlines() if line.strip()]


def load_claimcheck() -> Extractor:
    import io

    from claimcheck.article import html

    def read(page: bytes) -> Read:
        article = html.read(io.BytesIO(page).read(), "page", "page")
        return Read(article.text.split("\n\n"), article.title, article.byline, article.published)

    return read


def load_trafilatura(**options: Any) -> Extractor:
    import trafilatura

    def read(page: bytes) -> Read:
        tree = trafilatura.load_html(page)
        found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, **options)
        return Read(lines(found.text), found.title, found.author, found.date) if found else Read([])

    return read


def load_resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(page: bytes) -> Read:
        tree = HTMLTree.parse_from_bytes(page, detect_encoding(page, html5_compatible=True))
        text = extract_plain_text(tree, main_content=True, alt_texts=False, links=False, list_bullets=False)
        return Read(lines(text), tree.title)

    return read


def load_readability() -> Extractor:
    from lxml import html
    from readability import Document

    blocks = ("p", "div", "h1", "h2", "h3", "h4", "li", "ul", "ol", "blockquote", "section", "br", "tr", "td", "figure")

    def read(page: bytes) -> Read:
        document = Document(page)
        tree = html.fromstring(document.summary(html_partial=True))
        for element in tree.iter(*blocks):
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
        return Read(lines(tree.text_content()), document.short_title(), document.author())

    return read


def load_newspaper() -> Extractor:
    import newspaper

    def read(page: bytes) -> Read:
        article = newspaper.Article("https://paper.example/story", fetch_images=False)
        article.download(input_html=page)
        article.parse()
        date = article.publish_date
        return Read(
            lines(article.text), article.title, ", ".join(article.authors), date.date().isoformat() if date else None
        )

    return read


def load_goose() -> Extractor:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def read(page: bytes) -> Read:
        article = goose.extract(raw_html=page)
        date = str(article.publish_date or "")[:10]
        return Read(lines(article.cleaned_text), article.title, ", ".join(article.authors), date)

    return read


def load_boilerpy() -> Extractor:
    from boilerpy3 import extractors

    extractor = extractors.ArticleExtractor()

    def read(page: bytes) -> Read:
        document = extractor.get_doc(page.decode("utf-8", "replace"))
        return Read(lines(document.content), document.title)

    return read


EXTRACTORS: dict[str, tuple[str, Callable[[], Extractor]]] = {
    "claimcheck": ("", load_claimcheck),
    "trafilatura": ("trafilatura", load_trafilatura),
    "trafilatura, precision": ("trafilatura", lambda: load_trafilatura(favor_precision=True)),
    "trafilatura, recall": ("trafilatura", lambda: load_trafilatura(favor_recall=True)),
    "trafilatura, fast": ("trafilatura", lambda: load_trafilatura(fast=True)),
    "resiliparse": ("resiliparse", load_resiliparse),
    "readability-lxml": ("readability-lxml", load_readability),
    "newspaper4k": ("newspaper4k", load_newspaper),
    "goose3": ("goose3", load_goose),
    "boilerpy3": ("boilerpy3", load_boilerpy),
}


def plain(text: str) -> str:
    """A paragraph without differences that no reader sees."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())


def runs_of_four(paragraphs: list[str]) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(paragraphs).casefold())
    return Counter(tuple(words[i : i + 4]) for i in range(max(len(words) - 3, 1)))


@dataclass(frozen=True)
class Page:
    """A page and what should be read from it."""

    name: str
    data: bytes
    title: str
    byline: str
    published: str
    body: list[str]
    optional: frozenset[str]


def load_page(path: Path) -> Page:
    gold = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    body = [plain(p) for p in gold["text"].split("\n\n")]
    return Page(
        path.stem,
        path.read_bytes(),
        gold["title"],
        gold.get("byline", ""),
        gold.get("published", ""),
        body,
        frozenset(map(plain, [*gold["optional"], gold["title"]])),
    )


@dataclass
class Score:
    """Counts of one page or of all."""

    shared: int = 0
    read: int = 0
    expected: int = 0
    whole: int = 0
    paragraphs: int = 0
    title: int = 0
    byline: int = 0
    published: int = 0
    pages: int = 0
    failed: int = 0

    def add(self, other: "Score") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def row(self) -> str:
        precision, recall = self.shared / max(self.read, 1), self.shared / max(self.expected, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {self.whole}/{self.paragraphs} | {self.title}/{self.pages} | "
            f"{self.byline}/{self.pages} | {self.published}/{self.pages}"
        )


def names(byline: str | None) -> set[str]:
    """The names in a byline, however they are joined."""
    text = re.sub(r"^(?:interview )?by ", "", (byline or "").strip().casefold())
    return {name for name in re.split(r"\s*(?:[;,]|\band\b)\s*", text) if name}


def score(page: Page, read: Read) -> Score:
    paragraphs = [p for p in map(plain, read.paragraphs) if p and p not in page.optional]
    expected, got = runs_of_four(page.body), runs_of_four(paragraphs)
    left = Counter(paragraphs)
    whole = 0
    for paragraph in page.body:
        if left[paragraph]:
            left[paragraph] -= 1
            whole += 1
    return Score(
        shared=(expected & got).total(),
        read=got.total() if paragraphs else 0,
        expected=expected.total(),
        whole=whole,
        paragraphs=len(page.body),
        title=plain(read.title or "") == plain(page.title),
        byline=names(read.byline) == names(page.byline),
        published=(read.published or "")[:10] == page.published,
        pages=1,
        failed=not paragraphs,
    )


def show(page: Page, read: Read) -> None:
    paragraphs = [p for p in map(plain, read.paragraphs) if p]
    print(f"title {read.title!r}, byline {read.byline!r}, published {read.published!r}")
    for p in page.body:
        if p not in paragraphs:
            print("- " + p[:200])
    for p in paragraphs:
        if p not in page.body and p not in page.optional:
            print("+ " + p[:200])


def version(distribution: str) -> str:
    return " " + importlib.metadata.version(distribution) if distribution else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=Path, default=ROOT / "fixtures/pages")
    parser.add_argument("--only", nargs="+", choices=EXTRACTORS, default=list(EXTRACTORS), metavar="NAME")
    parser.add_argument("--each", action="store_true", help="a row a page")
    parser.add_argument("--show", metavar="PAGE", help="what is read wrongly from one page")
    arguments = parser.parse_args()
    pages = [load_page(path) for path in sorted(arguments.pages.glob("*.html"))]
    if not arguments.show:
        print("| extractor | P | R | F1 | whole paragraphs | title | byline | date | pages/s |")
        print("|---|---|---|---|---|---|---|---|---|")
    for name in arguments.only:
        distribution, load = EXTRACTORS[name]
        try:
            extract = load()
        except ImportError as error:
            print(f"{name}: not installed ({error})", file=sys.stderr)
            continue
        total = Score()
        for page in pages:
            read = extract(page.data)
            if arguments.show == page.name:
                show(page, read)
            one = score(page, read)
            total.add(one)
            if arguments.each:
                print(f"| {name}: {page.name} | {one.row()} | |")
        if arguments.show:
            continue
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            for page in pages:
                extract(page.data)
            seconds.append(time.perf_counter() - start)
        print(f"| {name}{version(distribution)} | {total.row()} | {len(pages) / min(seconds):.0f} |", flush=True)


if __name__ == "__main__":
    main()
