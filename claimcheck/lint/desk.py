"""From paths to findings and back into the files: what ``claimcheck lint`` does, without its options."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from claimcheck.article import Article, read_article, read_articles
from claimcheck.article.files import read_file, standard_input
from claimcheck.errors import InputError
from claimcheck.lint import comments
from claimcheck.lint.comments import Ignore
from claimcheck.lint.engine import Diagnosis, Policy, diagnose
from claimcheck.lint.fixes import applicable, apply
from claimcheck.lint.rule import Edit
from claimcheck.lint.source import Source
from claimcheck.render.positions import OneLine
from claimcheck.report import Finding, Report, Span

if TYPE_CHECKING:
    from claimcheck.checker import Checker

_MARKS = (
    # UTF-32 first: its little-endian mark starts with the one of UTF-16.
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32-LE"),
    (codecs.BOM_UTF32_BE, "UTF-32-BE"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE"),
)
"""Byte-order marks, and the codec of what follows them."""


@dataclass(frozen=True)
class Copy:
    """An article on the desk, with the file it came from.

    Attributes:
        article: as the checker reads it, comments for claimcheck blanked out.
        path: the file; ``None`` for standard input.
        line: of the file, from 1, where the file holds an article a line (JSON Lines); ``None`` elsewhere.
        source: what stands in the file; ``None`` where that is no text (DOCX) or holds several articles (JSON Lines).
        ignores: what comments silence.
        notes: for the person at the keyboard.
        digest: of the bytes that ``source`` was read from, by which :func:`write` sees that they still stand there.
    """

    article: Article
    path: Path | None = None
    line: int | None = None
    source: Source | None = None
    ignores: list[Ignore] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    digest: bytes | None = None


@dataclass(frozen=True)
class Outcome:
    """A copy after the rules have been over it; ``report`` has the findings in it."""

    copy: Copy
    policy: Policy
    report: Report
    diagnoses: Sequence[Diagnosis]

    def place(self, finding: Finding) -> Span | None:
        """Where a finding stands in the file, ``None`` where that cannot be told."""
        return self.copy.source.place(finding.start, finding.end) if self.copy.source is not None else None

    @property
    def name(self) -> str:
        """What to call the article in front of people: its file, and in a file of several the line and the id too."""
        if self.copy.path is None or self.copy.line is None:
            return self.report.id
        place = f"{self.copy.path}:{self.copy.line}"
        return place if self.report.id == place else f"{place} ({self.report.id})"

    def in_file(self) -> Report | OneLine:
        """The report as tools need it that show the file: its text, and the findings where they stand in it.

        A finding that cannot be placed goes to the beginning, its words in the message. Of an article that is one line
        of a file, only that line can be shown. Only for showing findings: the sentences, claims and speakers are left
        out.
        """
        if self.copy.path is not None and self.copy.line is not None:
            return OneLine(self.report, str(self.copy.path), self.copy.line)
        source = self.copy.source
        text = source.text if source is not None else self.report.text
        findings = []
        for finding in self.report.findings:
            if (span := self.place(finding)) is not None:
                findings.append(msgspec.structs.replace(finding, start=span.start, end=span.end))
            else:
                words = " ".join(self.report.text[finding.start : finding.end].split())
                message = f"{finding.message} In: “{words}”"
                findings.append(msgspec.structs.replace(finding, start=0, end=min(1, len(text)), message=message))
        return msgspec.structs.replace(self.report, text=text, findings=findings, sentences=[], claims=[], speakers=[])

    def mended(self, *, unsafe: bool) -> str | None:
        """The file's text after all fixes that can be made in it; ``None`` where there are none."""
        source = self.copy.source
        if source is None:
            return None
        edits: list[Edit] = []
        for diagnosis in applicable(self.diagnoses, unsafe=unsafe):
            assert diagnosis.fix is not None
            placed = [(source.place_exactly(e.start, e.end), e) for e in diagnosis.fix.edits]
            found = [Edit(span.start, span.end, e.replacement) for span, e in placed if span is not None]
            if len(found) == len(placed):  # half a fix is none
                edits += found
        return apply(source.text, edits) if edits else None


def receive(path: str, *, stdin: BinaryIO | None = None) -> Iterator[Copy]:
    """The articles of a file, or of standard input for "-", as copies.

    Raises:
        InputError: as :func:`claimcheck.article.read_articles`.
    """
    if path == "-":
        data = standard_input(stdin)
        yield _copy(read_article("-", stdin=io.BytesIO(data)), None, data)
        return
    if path.lower().endswith((".jsonl", ".jsonl.gz")):
        for article, line in zip(read_articles(path), _filled_lines(Path(path)), strict=False):
            yield _copy(article, Path(path), None, line)
        return
    article, data = read_file(path)
    yield _copy(article, Path(path), data)


def _filled_lines(path: Path) -> Iterator[int]:
    """The numbers, from 1, of the lines that are not blank: an article of JSON Lines stands in each."""
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip():
                yield number


def _copy(article: Article, path: Path | None, data: bytes | None, line: int | None = None) -> Copy:
    source = _source(article, data) if data is not None else None
    notes = [f"{article.id}: {note}" for note in article.notes]
    if source is None or source.plain:
        ignores, more = comments.in_text(article.text, article.id)
        article = replace(article, text=comments.blank(article.text))
    else:
        ignores, more = comments.in_source(source.text, article.text, article.id)
    return Copy(article, path, line, source, ignores, notes + more, _digest(data) if data is not None else None)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _source(article: Article, data: bytes) -> Source | None:
    if data.startswith(b"PK\x03\x04"):
        return None
    # The reader's "UTF-16" is either order of bytes, which only the mark tells.
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", article.encoding))
    try:
        text = data.removeprefix(mark).decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return Source(text, article.text, encoding=encoding, mark=mark)


def examine(checker: Checker, copies: Iterable[tuple[Copy, Policy]]) -> Iterator[Outcome]:
    """Check some copies, each by the policy of its section."""
    pairs = list(copies)
    reports = checker.check_many(copy.article for copy, _ in pairs)
    for (copy, policy), report in zip(pairs, reports, strict=True):
        found = diagnose(report, policy, copy.ignores)
        yield Outcome(copy, policy, msgspec.structs.replace(report, findings=[d.finding for d in found]), found)


def write(copy: Copy, text: str) -> None:
    """Write a mended article back into its file, whole or not at all, as it was encoded before.

    Raises:
        InputError: if the article is no file, the file cannot be written, or somebody else has changed it since it was
            read.
    """
    if copy.path is None or copy.source is None:
        raise InputError(f"{copy.article.id}: this cannot be mended in place.")
    encoding = copy.source.encoding
    try:
        data = copy.source.mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        raise InputError(
            f"{copy.path}: the mended text has characters that {encoding} lacks. Save the file as UTF-8 and run again."
        ) from error
    target = copy.path.resolve()
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError(f"{copy.path}: cannot be mended: its folder is not writable ({error.strerror}).") from error
    try:
        with open(descriptor, "wb") as stream:
            stream.write(data)
        shutil.copymode(target, name)
        before = target.read_bytes()  # as late as can be: what is saved after this is lost
        if before != data:  # a file that was named twice is mended already
            if _digest(before) != copy.digest:
                raise InputError(
                    f"{copy.path}: was changed while it was being checked, so nothing was written to it. Run again."
                )
            Path(name).replace(target)
    except OSError as error:
        raise InputError(f"{copy.path}: cannot be mended ({error.strerror}).") from error
    finally:
        Path(name).unlink(missing_ok=True)
