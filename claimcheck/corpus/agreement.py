"""How far a blind second reading agrees with the corpus: labels, speakers, and where the two differ.

A second reading is a folder of ``STRATUM/NAME.txt`` as the corpus is, one line a sentence::

    3 claim Maksym Lysenko
    4 claim? Kyiv media; intelligence sources
    5 opinion

What the reader saw is the *blind copy*: the text without labels, its sentences numbered, in the same kind of folder.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from claimcheck.corpus import markdown
from claimcheck.corpus.annotation import LABELS, GoldArticle, Label
from claimcheck.corpus.folder import write
from claimcheck.errors import InputError

_LINE = re.compile(rf"(?P<number>\d+)\s+(?P<label>{'|'.join(LABELS)})(?P<hard>\?)?(?:\s+(?P<speakers>.*))?\Z")
_BLIND_LINE = re.compile(r"(?P<number>\d+) \| (?P<text>.+)")
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "the", "a", "an"}
    | {"president", "senator", "sen", "rep", "gov", "governor", "prof"}
)


@dataclass(slots=True, frozen=True)
class Reading:
    """What one reader makes of a sentence."""

    label: Label
    speakers: tuple[str, ...] = ()
    hard: bool = False

    def __str__(self) -> str:
        return f"{self.label}{'?' if self.hard else ''} {'; '.join(self.speakers)}".strip()


@dataclass(slots=True, frozen=True)
class Pair:
    """A sentence as two readers read it."""

    article: str
    stratum: str
    sentence: int
    """Its number in the article, from 1."""
    text: str
    first: Reading
    second: Reading

    @property
    def labels(self) -> tuple[Label, Label]:
        """What the two call it."""
        return self.first.label, self.second.label


@dataclass(slots=True)
class Agreement:
    """How far two readers agree on the labels of some sentences."""

    sentences: int
    observed: float
    """Share of sentences with the same label."""
    kappa: float | None
    """Cohen's kappa: agreement beyond what chance would give; ``None`` where both only ever used one same label."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Agreement:
        """Compare pairs of labels."""
        both = Counter(pairs)
        n = both.total()
        if not n:
            return cls(0, 0.0, None)
        first: Counter[str] = Counter()
        second: Counter[str] = Counter()
        for (a, b), count in both.items():
            first[a] += count
            second[b] += count
        same = sum(count for (a, b), count in both.items() if a == b)
        by_chance = sum(first[label] * second[label] for label in first)
        # In whole numbers, so that chance of exactly 1 is seen as such.
        kappa = (same * n - by_chance) / (n * n - by_chance) if by_chance < n * n else None
        return cls(n, same / n, kappa)


@dataclass(slots=True)
class LabelAgreement:
    """One label: how often each reader chose it, and how far they agree where either did."""

    first: int
    second: int
    both: int
    specific: float
    """Of all choices of this label, the share in which the other reader chose it too (the F1 of one on the other)."""
    kappa: float | None
    """Cohen's kappa of this label against all others."""


@dataclass(slots=True)
class SpeakerAgreement:
    """Sentences that both readers call a claim: whether they hand it to the same speakers."""

    claims: int
    same: float
    """Share in which every speaker of one reader is one of the other's too."""
    any: float
    """Share in which at least one speaker is the same."""


@dataclass(slots=True)
class Comparison:
    """A corpus and its second reading."""

    articles: int
    unread: list[str]
    """Articles without a second reading."""
    changed: int
    """Sentences of the others that are not word for word what the second reader saw."""
    overall: Agreement
    clear: Agreement
    """Over the sentences that neither reader marked as hard."""
    labels: dict[str, LabelAgreement]
    confusion: dict[str, dict[str, int]]
    """First label -> second label -> sentences."""
    strata: dict[str, Agreement]
    speakers: SpeakerAgreement
    disagreements: list[Pair] = field(default_factory=list)

    def markdown(self) -> str:
        """The figures as tables of a datasheet."""
        return _markdown(self)


def write_blind(articles: Iterable[GoldArticle], folder: Path) -> int:
    """Write blind copies for a second reader, ``NUMBER | sentence`` a line; how many.

    Raises:
        InputError: if a file cannot be written.
    """
    count = 0
    for article in articles:
        lines = []
        previous = 0
        for number, s in enumerate(article.sentences, 1):
            if "\n" in article.text[previous : s.start]:
                lines.append("")
            lines.append(f"{number} | {article.text[s.start : s.end]}")
            previous = s.end
        write({folder / f"{article.id}.txt": "\n".join(lines) + "\n"})
        count += 1
    return count


def compare(articles: Iterable[GoldArticle], second: Path, blind: Path | None = None) -> Comparison:
    """Compare the articles of a corpus with a second reading; those without one are left out.

    Args:
        articles: The first reading.
        second: Folder of the second reading.
        blind: Folder of the blind copies that were read, if the articles have changed since: then sentences are
            compared that have stayed word for word what they were.

    Raises:
        InputError: with every line of the second reading that is malformed, missing or too many.
    """
    problems: list[str] = []
    pairs: list[Pair] = []
    unread: list[str] = []
    count = changed = 0
    for article in articles:
        path = second / f"{article.id}.txt"
        if not path.is_file():
            unread.append(article.id)
            continue
        texts = [article.text[s.start : s.end] for s in article.sentences]
        try:
            seen = _read_blind(blind / f"{article.id}.txt") if blind else texts
            readings = read_second(path, len(seen))
        except InputError as error:
            problems.append(str(error))
            continue
        count += 1
        changed += len(texts)
        for block in difflib.SequenceMatcher(None, texts, seen, autojunk=False).get_matching_blocks():
            changed -= block.size
            for i, j in zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True):
                s = article.sentences[i]
                first = Reading(s.label, tuple(article.name_of(key) for key in s.speakers), s.hard)
                pairs.append(Pair(article.id, article.meta.get("stratum", ""), i + 1, texts[i], first, readings[j]))
    if problems:
        raise InputError("\n".join(problems))
    if not pairs:
        raise InputError(f"there is no second reading in {second}: expected files like {second}/STRATUM/NAME.txt")
    return _compare(pairs, articles=count, unread=unread, changed=changed)


def _read_blind(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the blind copy {path}: {error}") from error
    return [match["text"] for line in lines if (match := _BLIND_LINE.fullmatch(line))]


def read_second(path: Path, sentences: int) -> list[Reading]:
    """The second reading of one article with so many sentences.

    Raises:
        InputError: with every line that is malformed, missing or too many.
    """
    where = f"{path.parent.name}/{path.stem}, second reading"
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: cannot read {path}: {error}") from error
    readings: dict[int, Reading] = {}
    problems = []
    for line in filter(None, map(str.strip, lines)):
        match = _LINE.match(line)
        if match is None:
            problems.append(f"{where}: a line is 'NUMBER LABEL[?] [Speaker; Speaker]': {line!r}")
            continue
        number = int(match["number"])
        speakers = tuple(filter(None, (name.strip() for name in (match["speakers"] or "").split(";"))))
        if (match["label"] == "claim") != bool(speakers):
            problems.append(f"{where}: sentence {number}: a claim has speakers, or UNKNOWN; other labels have none")
        if number in readings or not 1 <= number <= sentences:
            problems.append(f"{where}: sentence {number} is read twice, or is none of the {sentences} of the article")
        readings[number] = Reading(cast(Label, match["label"]), speakers, hard=bool(match["hard"]))
    if not problems and (missing := [n for n in range(1, sentences + 1) if n not in readings]):
        problems.append(f"{where}: not read: sentence {', '.join(map(str, missing))}")
    if problems:
        raise InputError("\n".join(problems))
    return [readings[number] for number in range(1, sentences + 1)]


def _compare(pairs: list[Pair], *, articles: int, unread: list[str], changed: int) -> Comparison:
    confusion = Counter(p.labels for p in pairs)
    strata = {p.stratum: [q.labels for q in pairs if q.stratum == p.stratum] for p in pairs}
    claims = [(p.first.speakers, p.second.speakers) for p in pairs if p.labels == ("claim", "claim")]
    return Comparison(
        articles=articles,
        unread=unread,
        changed=changed,
        overall=Agreement.of(p.labels for p in pairs),
        clear=Agreement.of(p.labels for p in pairs if not (p.first.hard or p.second.hard)),
        labels={label: _label_agreement(label, [p.labels for p in pairs]) for label in LABELS},
        confusion={a: {b: confusion[a, b] for b in LABELS} for a in LABELS},
        strata={stratum: Agreement.of(strata[stratum]) for stratum in sorted(strata)},
        speakers=SpeakerAgreement(
            len(claims),
            sum(same_speakers(a, b) for a, b in claims) / len(claims) if claims else 0.0,
            sum(any(same_speaker(x, y) for x in a for y in b) for a, b in claims) / len(claims) if claims else 0.0,
        ),
        disagreements=[
            p
            for p in pairs
            if p.first.label != p.second.label or not same_speakers(p.first.speakers, p.second.speakers)
        ],
    )


def _label_agreement(label: str, pairs: list[tuple[str, str]]) -> LabelAgreement:
    first = sum(a == label for a, _ in pairs)
    second = sum(b == label for _, b in pairs)
    both = sum(a == b == label for a, b in pairs)
    kappa = Agreement.of((str(a == label), str(b == label)) for a, b in pairs).kappa
    return LabelAgreement(first, second, both, 2 * both / (first + second) if first + second else 0.0, kappa)


def same_speakers(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether every speaker of one list is one of the other's too."""
    return all(any(same_speaker(x, y) for y in second) for x in first) and all(
        any(same_speaker(x, y) for x in first) for y in second
    )


def same_speaker(first: str, second: str) -> bool:
    """Whether two names are one speaker's, as the scorer judges: equal after titles and articles, or the words of one
    all among the other's.
    """
    a, b = _name_words(first), _name_words(second)
    return a == b or (bool(a and b) and (a <= b or b <= a))


def _name_words(name: str) -> frozenset[str]:
    words = re.findall(r"\w+", re.sub("['’]s", "", name.lower()))
    return frozenset(w for w in words if w not in _TITLES) or frozenset(words)


def _number(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _markdown(c: Comparison) -> str:
    def kappa(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    def row(name: str, a: Agreement) -> list[object]:
        return [name, a.sentences, f"{a.observed:.1%}", kappa(a.kappa)]

    columns = ["sentences", "agreement", "kappa"]
    return "\n\n".join(
        [
            f"{_number(c.articles, 'article was', 'articles were')} read a second time, "
            f"{_number(len(c.unread), 'was', 'were')} not. Of the former "
            f"{_number(c.changed, 'sentence is left out: it was', 'sentences are left out: they were')} "
            "changed or added after the second reading.",
            markdown.table(["labels", *columns], [row("all sentences", c.overall), row("without hard ones", c.clear)]),
            markdown.table(
                ["label", "first", "second", "both", "specific agreement", "kappa"],
                [
                    [name, a.first, a.second, a.both, f"{a.specific:.1%}", kappa(a.kappa)]
                    for name, a in c.labels.items()
                ],
            ),
            markdown.table(
                ["first \\ second", *LABELS],
                [[label, *(c.confusion[label][other] for other in LABELS)] for label in LABELS],
            ),
            markdown.table(["stratum", *columns], [row(stratum, a) for stratum, a in c.strata.items()]),
            markdown.table(
                ["speakers", "claims of both", "all the same", "at least one the same"],
                [["", c.speakers.claims, f"{c.speakers.same:.1%}", f"{c.speakers.any:.1%}"]],
            ),
        ]
    )


def disagreements_tsv(disagreements: Iterable[Pair]) -> str:
    """The disagreements as a table with tabs between its columns, one a line, for adjudication."""
    lines = ["article\tsentence\ttext\tfirst\tsecond"]
    lines += (f"{d.article}\t{d.sentence}\t{d.text}\t{d.first}\t{d.second}" for d in disagreements)
    return "\n".join(lines) + "\n"
