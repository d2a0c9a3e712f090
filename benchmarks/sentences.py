#!/usr/bin/env python3
"""Compare sentence splitters on gold sentence bounds and on hostile quotations.

    benchmarks/sentences.py --gold GOLD.jsonl [--hostile fixtures/sentences/hostile.jsonl] [--only NAME ...]

GOLD.jsonl     one article a line: {"text", "sentences": [{"start", "end"}]}, offsets in code points
HOSTILE.jsonl  one case a line: {"case", "text", "sentences": ["...", ...]}

Prints a table in Markdown, one row a splitter; `docs/sentences.md` has it. A splitter that is not installed is named
and left out: pip install sentencex syntok pysbd blingfire nupunkt segtok nltk spacy. Nothing is downloaded.

Every splitter gets the text line by line, so that all know the same paragraphs, and its sentences are trimmed of
whitespace. A sentence counts when both of its ends are right. "In the frame" is the same splitter inside
`claimcheck.sentences`, which blanks the marks first and mends the ends after; there paragraphs are claimcheck's own.
The speed is measured on the gold articles, each splitter on its own, the best of three runs.
"""

import argparse
import importlib.metadata
import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from claimcheck import sentences as frame  # noqa: E402

Span = tuple[int, int]
Splitter = Callable[[str], list[Span]]
Example = tuple[str, set[Span]]


def located(text: str, parts: Iterable[str]) -> list[Span]:
    """Spans of sentences that a splitter gives back as strings only; one that it altered is lost."""
    spans, position = [], 0
    for part in parts:
        start = text.find(part.strip(), position)
        if part.strip() and start >= 0:
            position = start + len(part.strip())
            spans.append((start, position))
    return spans


def load_sentencex() -> Splitter:
    import sentencex

    return lambda text: [
        (found["start_index"], found["end_index"]) for found in sentencex.get_sentence_boundaries("en", text)
    ]


def load_syntok() -> Splitter:
    from syntok import segmenter

    def split(text: str) -> list[Span]:
        sentences = [list(tokens) for paragraph in segmenter.analyze(text) for tokens in paragraph]
        return [(s[0].offset, s[-1].offset + len(s[-1].value)) for s in sentences if s]

    return split


def load_pysbd() -> Splitter:
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False)
    return lambda text: located(text, segmenter.segment(text))


def load_blingfire() -> Splitter:
    import blingfire

    return lambda text: located(text, blingfire.text_to_sentences(text).split("\n"))


def load_nupunkt() -> Splitter:
    import nupunkt

    return lambda text: list(nupunkt.sent_spans(text))


def load_segtok() -> Splitter:
    from segtok.segmenter import split_single

    return lambda text: located(text, split_single(text))


def load_nltk() -> Splitter:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    tokenizer = PunktSentenceTokenizer()  # its trained parameters would be a download
    return lambda text: list(tokenizer.span_tokenize(text))


def load_spacy() -> Splitter:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return lambda text: [(s.start_char, s.end_char) for s in pipeline(text).sents]


SPLITTERS: dict[str, Callable[[], Splitter]] = {
    "sentencex": load_sentencex,
    "blingfire": load_blingfire,
    "segtok": load_segtok,
    "nupunkt": load_nupunkt,
    "syntok": load_syntok,
    "pysbd": load_pysbd,
    "nltk": load_nltk,
    "spacy": load_spacy,
}


def by_line(splitter: Splitter) -> Splitter:
    """The splitter, given one line at a time and with its spans trimmed."""

    def split(text: str) -> list[Span]:
        spans = []
        for line in re.finditer(r"[^\r\n]+", text):
            for start, end in splitter(line.group()):
                piece = line.group()[start:end]
                if piece.strip():
                    first = line.start() + start + len(piece) - len(piece.lstrip())
                    spans.append((first, first + len(piece.strip())))
        return spans

    return split


def in_frame(splitter: Splitter) -> Splitter:
    """The splitter in place of sentencex inside `claimcheck.sentences`."""

    def split(text: str) -> list[Span]:
        with mock.patch.object(frame, "_sentence_starts", lambda piece: [start for start, _ in splitter(piece)]):
            return frame.split(text)

    return split


def score(splitter: Splitter, examples: list[Example]) -> tuple[float, float, float, int]:
    """Precision, recall and F1 of whole sentences, and the number of texts with every sentence right."""
    right = predicted = expected = perfect = 0
    for text, gold in examples:
        found = set(splitter(text))
        right += len(found & gold)
        predicted += len(found)
        expected += len(gold)
        perfect += found == gold
    return right / predicted, right / expected, 2 * right / (predicted + expected), perfect


def megabytes_a_second(splitter: Splitter, texts: list[str]) -> float:
    """Speed in millions of code points a second, best of three runs."""
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        for text in texts:
            splitter(text)
        best = min(best, time.perf_counter() - begun)
    return sum(map(len, texts)) / best / 1e6


def installed_megabytes(name: str) -> float:
    """Size of a distribution's own files on disk, in MB; its dependencies aside."""
    files = importlib.metadata.files(name) or []
    return sum(path.stat().st_size for path in (Path(str(file.locate())) for file in files) if path.is_file()) / 1e6


def read_gold(path: Path) -> list[Example]:
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(a["text"], {(s["start"], s["end"]) for s in a["sentences"]}) for a in articles if a.get("sentences")]


def read_hostile(path: Path) -> list[Example]:
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(case["text"], set(located(case["text"], case["sentences"]))) for case in cases]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--hostile", type=Path, default=ROOT / "fixtures" / "sentences" / "hostile.jsonl")
    parser.add_argument("--only", nargs="+", choices=list(SPLITTERS), default=list(SPLITTERS))
    arguments = parser.parse_args()
    gold, hostile = read_gold(arguments.gold), read_hostile(arguments.hostile)
    texts = [text for text, _ in gold]
    sentences = sum(len(spans) for _, spans in gold)
    print(f"{len(gold)} articles, {sentences} sentences; {len(hostile)} hostile cases\n")
    print("| splitter | P | R | F1 | hostile | in the frame: P | R | F1 | hostile | million characters/s | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    missing = []
    for name in arguments.only:
        try:
            bare = SPLITTERS[name]()
        except ImportError:
            missing.append(name)
            continue
        row = [f"{name} {importlib.metadata.version(name)}"]
        for splitter in (by_line(bare), in_frame(bare)):
            precision, recall, f1, _ = score(splitter, gold)
            row += [f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", f"{score(splitter, hostile)[3]}/{len(hostile)}"]
        row += [f"{megabytes_a_second(by_line(bare), texts):.2f}", f"{installed_megabytes(name):.1f}"]
        print(f"| {' | '.join(row)} |", flush=True)
    print(f"\nclaimcheck.sentences as it ships: {megabytes_a_second(frame.split, texts):.2f} million characters/s")
    if missing:
        print(f"not installed: {', '.join(missing)}")


if __name__ == "__main__":
    main()
