"""Scores to attributions: which words are source, cue and content, and which of them belong together.

Everything here works on one row of pieces for the whole article (see :class:`claimcheck.windows.Tokens`).
"""

from __future__ import annotations

import bisect
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from claimcheck.crf import ILLEGAL, B, I, O, SpanProbabilities, viterbi
from claimcheck.labels import LABELS as REPORT_LABELS
from claimcheck.labels import Thresholds, choose
from claimcheck.report import Label, Quotation
from claimcheck.windows import Float, Tokens

ROLES = ("source", "cue", "content")
LABELS = (*REPORT_LABELS, "none")
"""What the network tells apart; in the report a byline and the like counts as the writer reporting."""
POINTERS = ("cue_source", "content_cue", "content_source", "antecedent")
"""What points at what: a cue at its source, a content fragment at its cue, and at its source directly."""
VECTORS = (
    "query:cue_source",
    "query:content_cue",
    "query:content_source",
    "key:source",
    "key:cue",
    "query:antecedent",
    "key:antecedent",
)
"""The vectors a piece has for pointing; a key serves all pointers at its role."""
KEY_OF = {
    "cue_source": "key:source",
    "content_cue": "key:cue",
    "content_source": "key:source",
    "antecedent": "key:antecedent",
}
_PARTING = frozenset(",;: \u00a0")  # what stands between a content and its cue
SPARE = 0.05
"""Probability with which a spare fragment must point at a cue without content to be given to it."""
SEARCH_COSTS = (1.0, 1.0, 2.0)
"""Steps, in logits, by which leaving content out is made dearer in the sentence of a cue that must have some."""
DISTANCE_COST = {"cue_source": 4.0, "content_cue": 0.5, "content_source": 0.5}
"""Logits a sentence between a span and what it points at."""
REACH = 256
"""Pieces between a span and what it may point at: the network never saw more at once."""
_BAND = 128
"""Spans that are looked at together: one product for an ordinary article, and never one of all pairs in a book."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of an article's row of ``n`` pieces. Attributes as in ``training.network.Outputs``.

    Attributes:
        label: (n, 4) votes on the label of the piece's sentence. salience: (n,) weight of the vote, a logit.
        role: (n, 9) emissions of B, I, O for source, cue, content. pointer: (n, len(VECTORS) * size of a vector).
        null: (n, len(POINTERS)).
    """

    label: Float
    salience: Float
    role: Float
    pointer: Float
    null: Float


@dataclass(frozen=True, slots=True)
class Decoding:
    """What decoding needs beside the scores; comes with the model's config.

    Attributes:
        transitions: (3 roles, from, to) scores of tag after tag, ``O`` to ``I`` forbidden.
        start: (3 roles, tag) scores of the first tag.
        temperature: divides the label logits, so that probabilities mean what they say.
        confidence: slope and intercept on the logit of an attribution's confidence, for the same end (Platt, 1999).
    """

    transitions: Float
    start: Float
    temperature: float = 1.0
    confidence: tuple[float, float] = (1.0, 0.0)

    def calibrated(self, confidence: float) -> float:
        """A confidence as the model's config maps it, 0 to 1."""
        slope, intercept = self.confidence
        p = min(max(confidence, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(slope * math.log(p / (1 - p)) + intercept)))

    def entered(self, entry: Sequence[float]) -> Decoding:
        """The same with ``entry`` added to the score of beginning a span of each role."""
        transitions, start = self.transitions.copy(), self.start.copy()
        transitions[:, :, B] += np.asarray(entry, np.float32)[:, None]
        start[:, B] += np.asarray(entry, np.float32)
        return replace(self, transitions=transitions, start=start)


@dataclass(slots=True)
class RoleSpan:
    """A decoded span: pieces ``first`` to ``last`` (half-open), code points ``start`` to ``end``, and the probability that a
    span stands just there."""

    first: int
    last: int
    start: int
    end: int
    probability: float


@dataclass(slots=True)
class Attribution:
    """One attribution event. ``content`` is in the order of the text and never empty.

    ``confidence`` comes from the product of the probabilities of its least certain span and of its links: how likely it is
    that all its spans are just those that an annotator would mark.
    """

    source: RoleSpan | None
    cue: RoleSpan | None
    content: list[RoleSpan] = field(default_factory=list)
    confidence: float = 1.0

    @property
    def start(self) -> int:
        """Code point at which the attribution begins."""
        return min(s.start for s in (self.source, self.cue, *self.content) if s is not None)


def softmax(x: Float) -> Float:
    """Softmax over the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    result: Float = e / e.sum(axis=-1, keepdims=True)
    return result


def sentence_labels(scores: Scores, tokens: Tokens, decoding: Decoding) -> Float:
    """Probabilities of fact, claim, opinion and none, shape (sentences, 4).

    Each piece votes, weighted by a softmax of its salience over its sentence.
    """
    first = tokens.bounds[:-1]
    if not len(first):
        return np.zeros((0, len(LABELS)), np.float32)
    peak = np.maximum.reduceat(scores.salience, first)
    weight = np.exp(scores.salience - peak[tokens.sentence])
    votes = np.add.reduceat(weight[:, None] * scores.label, first, axis=0)
    logits = votes / np.add.reduceat(weight, first)[:, None]
    return softmax((logits / decoding.temperature).astype(np.float32))


def three(probabilities: Float) -> Float:
    """Probabilities of the labels of the report, shape (sentences, 3).

    What is most likely ``none``, a heading or a byline, counts as the writer reporting; elsewhere ``none`` is left out.
    """
    none = LABELS.index("none")
    kept = probabilities[:, : len(REPORT_LABELS)].copy()
    kept[:, REPORT_LABELS.index("fact")] += np.where(probabilities.argmax(axis=1) == none, probabilities[:, none], 0)
    result: Float = kept / kept.sum(axis=1, keepdims=True)
    return result


def role_spans(scores: Scores, tokens: Tokens, decoding: Decoding, role: str) -> list[RoleSpan]:
    """The spans of one role, in the order of the text."""
    r = ROLES.index(role)
    emissions = scores.role[:, 3 * r : 3 * r + 3]
    chain = decoding.transitions[r], decoding.start[r], tokens.inner
    return _spans_of(viterbi(emissions, *chain), SpanProbabilities(emissions, *chain), tokens, 0)


def _spans_of(
    tags: npt.NDArray[np.int8], probability: SpanProbabilities, tokens: Tokens, offset: int
) -> list[RoleSpan]:
    """The spans in tags of the pieces from ``offset`` on."""
    begins = np.flatnonzero(tags == B).tolist()
    if not begins:
        return []
    ends = np.append(np.flatnonzero(tags != I), len(tags)).tolist()  # where a span that goes on would stop
    spans = []
    for begin in begins:
        stop = ends[bisect.bisect_right(ends, begin)]
        # Sentence markers have no text of their own: a span neither begins nor ends with one.
        first, last = begin + offset, stop + offset
        while first < last and tokens.marker[first]:
            first += 1
        while last > first and tokens.marker[last - 1]:
            last -= 1
        if first < last:
            bounds = int(tokens.starts[first]), int(tokens.ends[last - 1])
            spans.append(RoleSpan(first, last, *bounds, probability(begin, stop)))
    return spans


@dataclass(frozen=True)
class Antecedents:
    """What the network says of who a pronoun or nominal goes back to, asked by spans of the article's text.

    Raises nothing: a span without a piece of its own counts as the piece before its end.
    """

    scores: Scores
    tokens: Tokens

    def logits(self, reference: tuple[int, int], mentions: Sequence[tuple[int, int]]) -> list[float]:
        """For each mention the logit that the reference goes back to it, less that of going back to nothing.

        Args:
            reference, mentions: half-open code-point spans; of each the last piece counts, as in training. A mention
                further off than :data:`REACH` pieces gets 0, as no window held both.
        """
        rows = np.asarray(self._last_pieces([reference[1], *(end for _, end in mentions)]))
        size = self.scores.pointer.shape[1] // len(VECTORS)
        query, key = (VECTORS.index(f"{part}:antecedent") * size for part in ("query", "key"))
        q, targets = rows[0], rows[1:]
        raw = self.scores.pointer[targets, key : key + size] @ self.scores.pointer[q, query : query + size]
        logits = raw / np.sqrt(size) - self.scores.null[q, POINTERS.index("antecedent")]
        result: list[float] = np.where(np.abs(targets - q) <= REACH, logits, 0.0).tolist()
        return result

    def _last_pieces(self, ends: Sequence[int]) -> list[int]:
        """The row of the last piece that begins before each code point."""
        return [max(0, bisect.bisect_left(self._starts, end) - 1) for end in ends]

    @cached_property
    def _starts(self) -> list[int]:
        """Where the pieces begin, as a list: few are looked up at a time, for which numpy is slow."""
        starts: list[int] = self.tokens.starts.tolist()
        return starts


class Pointing:
    """Where each span of one kind points among spans of another: probabilities, of which far pairs take no room.

    Each sentence between the two costs :data:`DISTANCE_COST`: scores of pieces that no window held together are not
    quite comparable, and few sources stand in another sentence than their cue. Nothing points farther than :data:`REACH`.

    Args:
        pointer: one of :data:`POINTERS`.
        queries, targets: in any order.
    """

    def __init__(
        self, scores: Scores, tokens: Tokens, pointer: str, queries: Sequence[RoleSpan], targets: Sequence[RoleSpan]
    ) -> None:
        self._nothing = len(targets)
        self._row: dict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]] = {}
        size = scores.pointer.shape[1] // len(VECTORS)
        query, key = (VECTORS.index(v) * size for v in (f"query:{pointer}", KEY_OF[pointer]))
        every = np.asarray([s.first for s in targets], np.int64)
        order = sorted(range(len(queries)), key=lambda k: queries[k].first)
        for begin in range(0, len(order), _BAND):
            band = order[begin : begin + _BAND]
            q_rows = np.asarray([queries[k].first for k in band], np.int64)
            some = np.flatnonzero((every >= q_rows[0] - REACH) & (every <= q_rows[-1] + REACH))
            t_rows = every[some]
            logits = np.full((len(band), len(some) + 1), ILLEGAL, np.float32)
            logits[:, -1] = scores.null[q_rows, POINTERS.index(pointer)]
            if len(some):
                pairs = scores.pointer[q_rows, query : query + size] @ scores.pointer[t_rows, key : key + size].T
                near = np.abs(q_rows[:, None] - t_rows[None, :]) <= REACH
                distance = np.abs(tokens.sentence[q_rows][:, None] - tokens.sentence[t_rows][None, :])
                logits[:, :-1] = np.where(near, pairs / np.sqrt(size) - DISTANCE_COST[pointer] * distance, ILLEGAL)
            for k, row in zip(band, softmax(logits), strict=True):
                self._row[k] = some, row

    def best(self, query: int) -> int:
        """The target that a query most likely points at; the number of targets where that is nothing."""
        targets, row = self._row[query]
        at = int(row.argmax())
        return int(targets[at]) if at < len(targets) else self._nothing

    def probability(self, query: int, target: int) -> float:
        """How likely a query points at a target, or, at the number of targets, at nothing: 0 to 1."""
        targets, row = self._row[query]
        if target == self._nothing:
            return float(row[-1])
        at = int(np.searchsorted(targets, target))
        return float(row[at]) if at < len(targets) and targets[at] == target else 0.0


class _BySentence:
    """Spans by the sentences that they are in."""

    def __init__(self, tokens: Tokens, spans: Iterable[RoleSpan]) -> None:
        self._sentence = tokens.sentence
        self._spans: defaultdict[int, list[RoleSpan]] = defaultdict(list)
        for span in spans:
            self.add(span)

    def add(self, span: RoleSpan) -> None:
        """One more."""
        for k in range(int(self._sentence[span.first]), int(self._sentence[span.last - 1]) + 1):
            self._spans[k].append(span)

    def __getitem__(self, sentence: int) -> Sequence[RoleSpan]:
        return self._spans.get(sentence, ())


def link(
    scores: Scores, tokens: Tokens, decoding: Decoding, spans: Mapping[str, Sequence[RoleSpan]]
) -> list[Attribution]:
    """Tie sources and contents to their cues; what has no cue is tied to its source, or stands alone.

    An attribution has content: a cue that no content points at takes over a spare fragment of another cue, or the best
    content to be had in its sentence (:func:`_search`). Where there is none it attributes nothing and is dropped, as is a
    source without cue and content.
    """
    sources, cues, contents = list(spans["source"]), spans["cue"], list(spans["content"])
    here = [int(tokens.sentence[cue.first]) for cue in cues]
    cues_in = _BySentence(tokens, cues)
    sourced = {int(tokens.sentence[s.first]) for s in sources}
    for k, cue in enumerate(cues):
        if here[k] not in sourced and (found := _search(scores, tokens, decoding, "source", cue, cues_in[here[k]])):
            sources.append(found)
            sourced.add(int(tokens.sentence[found.first]))
    taken = _BySentence(tokens, [*contents, *sources, *cues])
    content_cue = Pointing(scores, tokens, "content_cue", contents, cues)
    chosen = [content_cue.best(c) for c in range(len(contents))]
    fragments = Counter(chosen)
    firsts = [content.first for content in contents]
    sure: list[float | None] = [None] * len(contents)
    for k, cue in enumerate(cues):
        if fragments[k]:
            continue
        near = range(bisect.bisect_left(firsts, cue.first - REACH), bisect.bisect_right(firsts, cue.first + REACH))
        spare = [c for c in near if chosen[c] == len(cues) or fragments[chosen[c]] > 1]
        best = max(spare, key=lambda c: content_cue.probability(c, k), default=None)
        if best is not None and content_cue.probability(best, k) >= SPARE:
            fragments.subtract([chosen[best]])
            chosen[best] = k
            fragments[k] += 1
        elif found := _search(scores, tokens, decoding, "content", cue, taken[here[k]]):
            contents.append(found)
            taken.add(found)
            chosen.append(k)
            sure.append(1.0)
            fragments[k] += 1
    cue_source = Pointing(scores, tokens, "cue_source", cues, sources)
    content_source = Pointing(scores, tokens, "content_source", contents, sources)
    by_cue: dict[int, Attribution] = {}
    attributions: list[Attribution] = []
    for c in sorted(range(len(contents)), key=lambda c: contents[c].first):
        content, k = contents[c], chosen[c]
        if k < len(cues):
            attribution = by_cue.get(k)
            if attribution is None:
                s = cue_source.best(k)
                source = sources[s] if s < len(sources) else None
                confidence = cue_source.probability(k, s) * min(
                    cues[k].probability, source.probability if source else 1.0
                )
                attribution = by_cue[k] = Attribution(source, cues[k], [], confidence)
                attributions.append(attribution)
            attribution.confidence *= (sure[c] or content_cue.probability(c, k)) * content.probability
        else:
            s = content_source.best(c)
            source = sources[s] if s < len(sources) else None
            attribution = Attribution(source, None, [], content_source.probability(c, s) * content.probability)
            attributions.append(attribution)
        attribution.content.append(content)
    attributions.sort(key=lambda a: (a.start, a.content[0].start))
    return attributions


def _search(
    scores: Scores, tokens: Tokens, decoding: Decoding, role: str, cue: RoleSpan, taken: Sequence[RoleSpan]
) -> RoleSpan | None:
    """The best span of a role in a cue's sentence where the tags gave none: the first that appears as leaving it out
    grows dearer.

    What other spans cover is left out. ``None`` if nothing appears within :data:`SEARCH_COSTS`.
    """
    sentence = int(tokens.sentence[cue.first])
    first, last = int(tokens.bounds[sentence]), int(tokens.bounds[sentence + 1])
    r = ROLES.index(role)
    emissions = scores.role[first:last, 3 * r : 3 * r + 3].copy()
    for span in taken:
        a, b = max(span.first, first), min(span.last, last)
        if a < b:
            emissions[a - first : b - first, O] += -ILLEGAL / 10
    emissions[tokens.marker[first:last], O] += -ILLEGAL / 10
    chain = decoding.transitions[r], decoding.start[r], tokens.inner[first:last]
    probability = SpanProbabilities(scores.role[first:last, 3 * r : 3 * r + 3], *chain)
    for cost in SEARCH_COSTS:
        # Beginning a span grows cheaper, not being in one: the span keeps the bounds that the tags would give it.
        emissions[:, B] += cost
        if found := _spans_of(viterbi(emissions, *chain), probability, tokens, first):
            return max(found, key=lambda s: s.last - s.first)
    return None


def decode(scores: Scores, tokens: Tokens, decoding: Decoding) -> list[Attribution]:
    """The attributions of an article, in the order of the text."""
    if not len(tokens):
        return []
    found = link(scores, tokens, decoding, {role: role_spans(scores, tokens, decoding, role) for role in ROLES})
    for attribution in found:
        attribution.confidence = decoding.calibrated(attribution.confidence)
    return found


def trim_contents(attributions: Sequence[Attribution], text: str) -> None:
    """Cut commas, colons and semicolons off the ends of contents, in place: they part the clause from its cue.

    Offsets count code points of ``text``. No content becomes empty. A comma inside quotation marks stays, since the mark ends the content.
    """
    for content in (c for a in attributions for c in a.content):
        while content.end - content.start > 1 and text[content.end - 1] in _PARTING:
            content.end -= 1
        while content.end - content.start > 1 and text[content.start] in _PARTING:
            content.start += 1


def reconcile(
    probabilities: Float,
    attributions: Sequence[Attribution],
    sentences: Sequence[tuple[int, int]],
    thresholds: Thresholds | None = None,
) -> tuple[list[Label], list[Attribution]]:
    """Make labels and attributions say the same: a sentence labelled ``claim`` has content of a claim in it.

    Where the network calls a sentence a claim and no content was found in it, the sentence as a whole goes on with
    what a source said before: it becomes the content of an attribution of its own, without cue and source.

    Args:
        probabilities: (sentences, 4), as :func:`sentence_labels` gives them.
        thresholds: see :func:`claimcheck.labels.choose`.

    Returns:
        A label for each sentence, and the attributions in the order of the text.
    """
    labels: list[Label] = []
    covered = _covered(attributions, sentences)
    result = list(attributions)
    for (start, end), row, has_content in zip(sentences, three(probabilities), covered, strict=True):
        label = choose(row.tolist(), thresholds)
        labels.append(label)
        if label == "claim" and not has_content:
            probability = float(row[1])
            whole = RoleSpan(-1, -1, start, end, probability)
            result.append(Attribution(None, None, [whole], probability))
    result.sort(key=lambda a: (a.start, a.content[0].start))
    return labels, result


def _covered(attributions: Sequence[Attribution], sentences: Sequence[tuple[int, int]]) -> list[bool]:
    """For each sentence whether some content reaches into it."""
    covered = [False] * len(sentences)
    k = 0
    for start, end in sorted((c.start, c.end) for a in attributions for c in a.content):
        while k < len(sentences) and sentences[k][1] <= start:
            k += 1
        i = k
        while i < len(sentences) and sentences[i][0] < end:
            covered[i] = True
            i += 1
    return covered


def quotation(attribution: Attribution, quotations: Sequence[tuple[int, int]], text: str) -> Quotation:
    """Whether an attribution's content stands in quotation marks, without them, or partly in them.

    Args:
        quotations: spans of quotations with their marks, in order, as ``sentences.quotation_spans`` gives them.
    """
    inside = outside = 0
    for c in attribution.content:
        letters = [i for i in range(c.start, c.end) if text[i].isalnum()]
        k = bisect.bisect_right(quotations, (c.start, len(text))) - 1
        quoted: set[int] = set()
        for a, b in quotations[max(0, k) :]:
            if a >= c.end:
                break
            quoted.update(range(max(a, c.start), min(b, c.end)))
        n = sum(i in quoted for i in letters)
        inside += n
        outside += len(letters) - n
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * (inside + outside) else "mixed"
