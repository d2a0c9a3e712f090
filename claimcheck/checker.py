"""Text to report: the order of the rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from claimcheck import attribution, confidence, labels, report, speakers, windows
from claimcheck._version import __version__
from claimcheck.article import Article
from claimcheck.errors import ModelError
from claimcheck.machine import available_cores
from claimcheck.model import Model, default_folder
from claimcheck.sentences import Span, quotation_spans, split

if TYPE_CHECKING:
    from claimcheck.explain.types import Explanation

GROUP_PIECES = 4_096
"""Pieces of articles a thread after which ``check_many`` reads what it has: enough for all threads, little to wait for and to hold."""
GROUP_ARTICLES = 64
"""Articles after which it does so, however short they are."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    article: Article
    sentences: list[Span]
    tokens: windows.Tokens
    slices: list[Span]


class Checker:
    """Checks articles with one loaded model. Make one with :func:`load`.

    It may be shared between threads, sent to other processes and used after a fork.

    Raises:
        ModelError: if the model's tokenizer cannot be read.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        path = model.folder / "tokenizer.json"
        try:
            self._tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(
                f"The model in {model.folder} is damaged: {path.name} is no tokenizer ({error}). "
                "Install claimcheck again, or give another --model."
            ) from error

    def __reduce__(self) -> tuple[type[Checker], tuple[Model]]:
        """Another process reads the tokenizer anew."""
        return Checker, (self.model,)

    def check(
        self,
        article: str | Article,
        *,
        thresholds: Mapping[str, float] | labels.Thresholds | None = None,
        min_confidence: float = 0.0,
    ) -> report.Report:
        """Say who stands behind every sentence of one article.

        Any string is an article, the empty one too; what can be a file's fault is found where files are read.

        Args:
            thresholds: probability, 0 to 1, from which a label is given, such as ``{"opinion": 0.6}``; labels left out go
                by the highest (:func:`claimcheck.labels.choose`).
            min_confidence: 0 to 1; claims below are left out (:func:`claimcheck.confidence.at_least`).

        Raises:
            ValueError: if a threshold names no label, or a value is no probability.
            TypeError: if ``article`` is neither a string nor an :class:`~claimcheck.article.Article`.
            ModelError: at the first article, if onnxruntime cannot load the graph.
        """
        return next(self.check_many([article], thresholds=thresholds, min_confidence=min_confidence))

    def check_many(
        self,
        articles: Iterable[str | Article],
        *,
        thresholds: Mapping[str, float] | labels.Thresholds | None = None,
        min_confidence: float = 0.0,
    ) -> Iterator[report.Report]:
        """Reports for articles, in their order, as a stream: windows of several articles are read at a time.

        The first report comes as soon as its article is read; after that up to :data:`GROUP_ARTICLES` articles are held at
        a time, however many there are. Arguments and errors as of :meth:`check`.
        """
        # Not a generator itself: what is wrong with the arguments is said here, not at the first report.
        return self._stream(articles, labels.checked(thresholds), labels.probability(min_confidence))

    def _stream(
        self, articles: Iterable[str | Article], thresholds: labels.Thresholds, min_confidence: float
    ) -> Iterator[report.Report]:
        prepared = (self._prepare(a) for a in articles)
        for group in _groups(prepared, GROUP_PIECES * (self.model.threads or available_cores())):
            scores = self.model.run([(p.tokens, p.slices) for p in group])
            for p, s in zip(group, scores, strict=True):
                yield confidence.at_least(self._report(p, s, thresholds), min_confidence, thresholds)

    def explain(self, checked: report.Report) -> list[Explanation]:
        """Which words carried the labels of a report that this checker made; see :mod:`claimcheck.explain`."""
        from claimcheck.explain import explain

        return explain(checked, self.model, self._tokenizer)

    def _prepare(self, article: str | Article) -> _Prepared:
        if isinstance(article, str):
            article = Article(id="", text=article)
        elif not isinstance(article, Article):
            hint = ": decode it first" if isinstance(article, bytes) else ""
            raise TypeError(f"an article is a string or an Article, not {type(article).__name__}{hint}")
        sentences = split(article.text)
        tokens = windows.tokenize(self._tokenizer, article.text, sentences)
        config = self.model.config
        return _Prepared(article, sentences, tokens, windows.slices(tokens, size=config.window, context=config.context))

    def _report(self, p: _Prepared, scores: attribution.Scores, thresholds: labels.Thresholds) -> report.Report:
        text = p.article.text
        probabilities = attribution.sentence_labels(scores, p.tokens, self.model.decoding)
        attributions = attribution.decode(scores, p.tokens, self.model.decoding)
        attribution.trim_contents(attributions, text)
        chosen, attributions = attribution.reconcile(probabilities, attributions, p.sentences, thresholds)
        attributions = speakers.part(text, p.sentences, attributions)
        pointer = attribution.Antecedents(scores, p.tokens)
        resolved = speakers.resolve(text, p.sentences, attributions, pointer)
        quotations = quotation_spans(text)
        return report.Report(
            schema=report.SCHEMA,
            id=p.article.id,
            title=p.article.title,
            text=text,
            sentences=_sentences(p.sentences, chosen, probabilities, attributions),
            claims=[
                report.Claim(
                    id=i,
                    quotation=attribution.quotation(a, quotations, text),
                    confidence=round(a.confidence, 4),
                    content=[report.Span(c.start, c.end) for c in a.content],
                    cue=report.Span(a.cue.start, a.cue.end) if a.cue else None,
                    source=report.Span(a.source.start, a.source.end) if a.source else None,
                    speakers=resolved.of_claim[i],
                )
                for i, a in enumerate(attributions)
            ],
            speakers=resolved.speakers,
            findings=[],
            model=report.Model(self.model.config.name, self.model.config.version),
            claimcheck=__version__,
        )


def _groups(prepared: Iterator[_Prepared], most: int) -> Iterator[list[_Prepared]]:
    """Neighbouring articles, as many as fill a group of so many pieces; the first alone, so that one article never waits for more."""
    group: list[_Prepared] = []
    pieces = 0
    first = True
    for p in prepared:
        group.append(p)
        pieces += len(p.tokens)
        if first or pieces >= most or len(group) >= GROUP_ARTICLES:
            yield group
            group, pieces, first = [], 0, False
    if group:
        yield group


def _sentences(
    spans: Sequence[Span],
    chosen: Sequence[report.Label],
    probabilities: windows.Float,
    attributions: Sequence[attribution.Attribution],
) -> list[report.Sentence]:
    """The report's sentences: each with the claims that have content in it."""
    claims: list[list[int]] = [[] for _ in spans]
    contents = sorted((c.start, c.end, i) for i, a in enumerate(attributions) for c in a.content)
    first = 0
    for start, end, i in contents:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        k = first
        while k < len(spans) and spans[k][0] < end:
            if i not in claims[k]:
                claims[k].append(i)
            k += 1
    return [
        report.Sentence(
            start,
            end,
            label,
            report.Scores(*(round(float(x), labels.DECIMALS) for x in row)),
            sorted(c),
        )
        for (start, end), label, row, c in zip(spans, chosen, attribution.three(probabilities), claims, strict=True)
    ]


def load(model: str | Path | None = None, *, threads: int = 0) -> Checker:
    """Load a model and return a checker that uses it.

    Args:
        model: a model folder, or the name of a model that ships; by default ``claimcheck-en``.
        threads: windows read at a time; 0 for as many as there are cores.

    Raises:
        ModelError: if the folder is no model, or a damaged one.
        ValueError: if ``threads`` is below 0.
    """
    folder = Path(model) if model is not None else default_folder()
    if model is not None and not folder.exists() and default_folder(str(model)).exists():
        folder = default_folder(str(model))
    return Checker(Model(folder, threads=threads))
