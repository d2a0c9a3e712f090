"""Corpora to examples: annotated articles become rows of pieces with a target for every head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import safe_open
from tokenizers import Tokenizer

from claimcheck import windows
from claimcheck.attribution import LABELS, POINTERS, ROLES
from claimcheck.corpus import standoff
from claimcheck.crf import B, I, O
from claimcheck.sentences import split
from claimcheck.training import chains
from claimcheck.training.config import Config
from claimcheck.windows import Span, Tokens

IGNORE = -100
WEAK_CLAIM = ((0.0, 0.13), (0.2, 0.27), (0.4, 0.53), (0.6, 0.74), (0.8, 0.87), (0.99, 0.95))
"""Part of a sentence covered by content -> probability that it is a claim, counted on ``gold/train.jsonl``:
PolNeAR marks attitudes too, so content alone does not make a claim (``shared/RESEARCH.md``)."""

FRAMING = 0.3
"""What a claim that the writer frames with a judgement gives of its target to ``opinion``: less than half, as claim wins."""


@dataclass(frozen=True, slots=True)
class States:
    """A teacher's states of one article, left in the file that it wrote: too many to hold all articles' in memory."""

    path: Path

    NAME = "states"

    def read(self, start: int, end: int) -> npt.NDArray[np.float16]:
        """The states of some pieces, (end - start, hidden).

        Raises:
            OSError: if the teacher's file is gone.
        """
        with safe_open(self.path, "np") as file:
            states: npt.NDArray[np.float16] = file.get_slice(self.NAME)[start:end]
        return states


@dataclass(slots=True)
class Taught:
    """What the teachers say of one article.

    Attributes:
        labels: (sentences, 4) probabilities.
        tags: (n, roles, 3), marginals of B, I, O.
        states: of the one teacher whose states are taught, n of them; ``None`` if there is none.
    """

    labels: npt.NDArray[np.float32]
    tags: npt.NDArray[np.float32]
    states: States | None = None


@dataclass(slots=True)
class Example:
    """One article as the network learns it. Row indices count pieces of ``tokens``.

    Attributes:
        labels: (sentences, 4) target distribution; a row of zeros has no target.
        weights: (sentences,) what the sentence counts in the loss.
        weak: (sentences,) whether only the probability of ``claim`` is known; what else it may be is left open.
        tags: (n, 3) B, I or O for each role; ``None`` where the article has no attributions marked.
        links: for each pointer pairs (querying piece, target piece or -1 for nothing).
        taught: what the teachers say; ``None`` where they are not asked.
    """

    id: str
    tokens: Tokens
    labels: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    weak: npt.NDArray[np.bool_]
    tags: npt.NDArray[np.int64] | None
    links: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    taught: Taught | None = None


def read_articles(paths: Iterable[str | Path]) -> dict[str, dict[str, Any]]:
    """Annotated articles by id. The same article in two files is one: its sentences and attributions join."""
    articles: dict[str, dict[str, Any]] = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                known = articles.setdefault(article["id"], article)
                if known is not article:
                    if known["text"] != article["text"]:
                        raise ValueError(f"{path}: {article['id']} has another text here than in an earlier file")
                    articles[article["id"]] = {**known, **article}
    return articles


def training_articles(config: Config) -> list[dict[str, Any]]:
    """All articles a recipe trains on, development articles left out."""
    held_out = set(config.data.exclude) | set(read_articles(config.data.dev.values()))
    articles = read_articles([*config.data.articles, *config.data.unlabelled])
    for path in config.data.standoff:
        _annotate(articles, path)
    folders = config.data.corpus or []
    for folder in [folders] if isinstance(folders, str) else folders:
        from claimcheck.corpus import to_record, walk

        articles |= {a.id: to_record(a) for a in walk(Path(folder)) if a.meta.get("split") == "train"}
    articles |= {a["id"]: a for a in chains.gap(read_articles(config.data.gap).values())}
    articles |= {a["id"]: a for a in chains.gum(read_articles(config.data.gum).values())}
    return [a for id, a in articles.items() if id not in held_out]


def _annotate(articles: dict[str, dict[str, Any]], path: str) -> None:
    """Add annotation that is kept apart from its text to the articles it is of.

    Raises:
        ValueError: if no article is the one that a record was made for.
    """
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if (known := articles.get(record["id"])) is None:
                raise ValueError(
                    f"{path} annotates {record['id']}, which is in no file of data.articles or data.unlabelled"
                )
            articles[record["id"]] = standoff.joined(record, known["text"]) | known


def taught_as_well(config: Config) -> set[str]:
    """Ids of the annotated articles that a recipe asks its teachers about.

    Raises:
        ValueError: if ``data.taught`` names what the recipe does not train on.
    """
    from claimcheck.corpus import walk

    folders = [config.data.corpus] if isinstance(config.data.corpus, str) else config.data.corpus or []
    if unknown := set(config.data.taught) - {*config.data.articles, *folders}:
        raise ValueError(f"data.taught names {sorted(unknown)}, which are neither in data.articles nor in data.corpus")
    files = [path for path in config.data.taught if Path(path).is_file()]
    ids = set(read_articles(files))
    return ids.union(a.id for path in config.data.taught if path not in files for a in walk(Path(path)))


def _weak(covered: float) -> float:
    return [p for threshold, p in WEAK_CLAIM if covered >= threshold][-1]


def sentence_spans(article: dict[str, Any]) -> list[Span]:
    """The annotated sentences of an article, or where there are none those that the splitter finds."""
    gold = article.get("sentences") or []
    if gold:
        return [(s["start"], s["end"]) for s in gold]
    return [(a, b) for a, b in article["bounds"]] if "bounds" in article else split(article["text"])


def encode(article: dict[str, Any], tokenizer: Tokenizer, config: Config) -> Example:
    """An article's targets. ``article`` is a record in the format of ``shared/gold``."""
    text = article["text"]
    gold = article.get("sentences") or []
    spans = sentence_spans(article)
    tokens = windows.tokenize(tokenizer, text, spans)
    attributions = article.get("attributions")
    labels = np.zeros((len(spans), len(LABELS)), np.float32)
    weights = np.zeros(len(spans), np.float32)
    weak = np.full(len(spans), not gold)
    loss = config.loss
    for i, s in enumerate(gold):
        framed = s["label"] == "claim" and bool(s.get("opinion"))
        labels[i, LABELS.index(s["label"])] = 1.0 - FRAMING * framed
        labels[i, LABELS.index("opinion")] += FRAMING * framed
        weights[i] = loss.hard_label if s.get("hard") else 1.0
    if not gold and attributions is not None:
        content = np.zeros(len(text) + 1, np.int64)
        for a in attributions:
            for start, end in a["content"]:
                content[start:end] = 1
        total = np.concatenate([[0], content.cumsum()])
        for i, (start, end) in enumerate(spans):
            # Only what is likely enough is told to the network; "no claim" leaves open what else it is.
            probability = _weak(float(total[end] - total[start]) / (end - start))
            if not 0.25 < probability < 0.7:
                labels[i, LABELS.index("claim")] = probability
                weights[i] = loss.weak_label
    first = _piece_index(tokens, len(text))
    antecedents = _antecedents(article, tokens, first)
    if attributions is None:
        chained = {"antecedent": antecedents} if "antecedents" in article else {}
        return Example(article["id"], tokens, labels, weights, weak, None, chained)

    tags = np.full((len(tokens), len(ROLES)), O, np.int64)
    links: dict[str, list[tuple[int, int]]] = {p: [] for p in POINTERS} | {"antecedent": antecedents}
    for a in attributions:
        at: dict[str, list[int]] = {}
        for role_index, role in enumerate(ROLES):
            at[role] = []
            for start, end in _merged(a.get(role) or [], text):
                if (rows := _rows(tokens, first, start, end)) is None:
                    continue
                begin, stop = rows
                tags[begin:stop, role_index] = I
                tags[begin, role_index] = B
                at[role].append(begin)
        source, cue = (at["source"] or [-1])[0], (at["cue"] or [-1])[0]
        if cue >= 0:
            links["cue_source"].append((cue, source))
        for content_start in at["content"]:
            links["content_cue"].append((content_start, cue))
            links["content_source"].append((content_start, source))
    return Example(article["id"], tokens, labels, weights, weak, tags, links)


def _antecedents(article: dict[str, Any], tokens: Tokens, first: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Links from the last piece of each pronoun or nominal to the last piece of a mention it goes back to, or to -1."""
    result = []
    for start, end, a, b in article.get("antecedents") or chains.of_speakers(article):
        query, target = _rows(tokens, first, start, end), _rows(tokens, first, a, b) if b > 0 else (0, 0)
        if query and target:
            result.append((query[1] - 1, target[1] - 1))
    return result


def _merged(fragments: Sequence[Sequence[int]], text: str) -> Iterator[Span]:
    """Fragments of one role with only a space between them are one span: a quotation runs on over sentences."""
    current: Span | None = None
    for start, end in sorted((f[0], f[1]) for f in fragments):
        if (
            current
            and start <= len(text)
            and not text[current[1] : start].strip()
            and "\n" not in text[current[1] : start]
        ):
            current = (current[0], end)
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _piece_index(tokens: Tokens, length: int) -> npt.NDArray[np.int64]:
    """For each code point the row of the first real piece that ends after it."""
    real = np.flatnonzero(~tokens.marker)
    return np.concatenate([real, [len(tokens)]])[
        np.searchsorted(tokens.ends[real], np.arange(length + 1), side="right")
    ]


def _rows(tokens: Tokens, first: npt.NDArray[np.int64], start: int, end: int) -> Span | None:
    """The rows of the pieces that a character span covers; ``None`` if it covers none."""
    begin, stop = int(first[start]), int(first[end - 1]) + 1
    return (begin, min(stop, len(tokens))) if begin < min(stop, len(tokens)) and tokens.starts[begin] < end else None
