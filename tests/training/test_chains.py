"""Links from references to what they go back to, read from each corpus's way of marking them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from claimcheck import attribution
from claimcheck.attribution import Antecedents, Scores
from claimcheck.training import chains, checkpoint
from claimcheck.windows import Tokens

TEXT = "Ana Sousa, the mayor, met Rui Alves. She said the bridge would close. The mayor left. It was late."


def span(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def words_of(links: list[chains.Link]) -> list[tuple[str, str | None]]:
    return [(TEXT[a:b], TEXT[c:d] if c >= 0 else None) for a, b, c, d in links]


def mention(words: str, cluster: int, type: str = "person", nth: int = 0) -> dict[str, Any]:
    start, end = span(words, nth)
    return {"start": start, "end": end, "cluster": cluster, "type": type}


def not_held_out(prefix: str) -> str:
    return next(f"{prefix}/{k}" for k in range(99) if not chains.held_out(f"{prefix}/{k}"))


def test_a_pronoun_goes_back_to_the_heads_of_its_chain_and_never_to_a_pronoun() -> None:
    record = {
        "id": not_held_out("gum"),
        "text": TEXT,
        "sentences": [{"start": 0, "end": len(TEXT)}],
        "mentions": [
            mention("Ana Sousa, the mayor,", 1),
            mention("Rui Alves", 2),
            mention("She", 1),
            mention("the bridge", 3, "object"),
            mention("The mayor", 1),
        ],
    }
    (article,) = chains.gum([record])
    assert words_of(article["antecedents"]) == [("She", "Ana Sousa"), ("The mayor", "Ana Sousa")]


def test_a_nominal_without_a_chain_before_or_after_it_goes_back_to_nothing() -> None:
    record = {"id": not_held_out("gum"), "text": TEXT, "sentences": [], "mentions": [mention("The mayor", 1)]}
    (article,) = chains.gum([record])
    assert words_of(article["antecedents"]) == [("The mayor", None)]


def test_gap_links_the_pronoun_to_the_right_name_only() -> None:
    (a, b), (c, d) = span("Ana Sousa"), span("Rui Alves")
    candidates = [{"start": a, "end": b, "antecedent": True}, {"start": c, "end": d, "antecedent": False}]
    record = {"id": not_held_out("gap"), "text": TEXT, "pronoun": span("She"), "candidates": candidates}
    (article,) = chains.gap([record])
    assert words_of(article["antecedents"]) == [("She", "Ana Sousa")]


def test_what_is_held_out_is_held_out_in_both() -> None:
    id = next(f"gap/{k}" for k in range(99) if chains.held_out(f"gap/{k}"))
    assert not list(chains.gap([{"id": id, "text": TEXT, "pronoun": span("She"), "candidates": []}]))
    assert not list(chains.gum([{"id": id, "text": TEXT, "sentences": [], "mentions": []}]))


def test_a_source_goes_back_to_its_speakers_name() -> None:
    record = {
        "text": TEXT,
        "sentences": [],
        "attributions": [
            {"source": [span("She")], "cue": [span("said")], "content": [span("the bridge would close")], "speaker": "Ana Sousa"},
        ],
    }  # fmt: skip
    assert words_of(chains.of_speakers(record)) == [("She", "Ana Sousa")]
    record["attributions"][0]["speaker"] = "UNKNOWN"  # type: ignore[index]
    assert chains.of_speakers(record) == []


def test_the_network_is_asked_at_the_last_pieces() -> None:
    size, n = 2, 6
    pointer = np.zeros((n, len(attribution.VECTORS) * size), np.float32)
    key, query = (attribution.VECTORS.index(f"{part}:antecedent") * size for part in ("key", "query"))
    pointer[5, query] = 3.0
    pointer[1, key] = 2.0
    null = np.full((n, len(attribution.POINTERS)), 0.5, np.float32)
    scores = Scores(np.zeros((n, 4), np.float32), np.zeros(n, np.float32), np.zeros((n, 9), np.float32), pointer, null)
    starts = np.arange(0, 5 * n, 5, dtype=np.int32)
    flat = np.zeros(n, np.int32)
    off = flat.astype(bool)
    tokens = Tokens(flat, flat, starts, starts + 4, flat, off, off, np.asarray([0, n], np.int32))
    asked = Antecedents(scores, tokens).logits((25, 29), [(5, 9), (10, 14)])
    assert asked == pytest.approx([6 / 2**0.5 - 0.5, -0.5])


def test_a_run_from_before_the_pointer_is_where_it_begins(tmp_path: Any) -> None:
    from safetensors.torch import save_file

    class Net(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.pointer = torch.nn.Linear(3, 7 * 2)

    old = {"pointer.weight": torch.ones(5 * 2, 3), "pointer.bias": torch.ones(5 * 2)}
    save_file(old, tmp_path / "w.safetensors")
    net = Net()
    fresh = net.pointer.weight[10:].detach().clone()
    checkpoint.load_weights(tmp_path / "w.safetensors", net)
    assert torch.equal(net.pointer.weight[:10], old["pointer.weight"])
    assert torch.equal(net.pointer.weight[10:], fresh)


def test_a_run_with_vectors_of_another_length_is_refused(tmp_path: Any) -> None:
    from safetensors.torch import save_file

    save_file({"pointer.weight": torch.ones(5, 3), "pointer.bias": torch.ones(5)}, tmp_path / "w.safetensors")
    with pytest.raises(ValueError, match="does not fit"):
        checkpoint.load_weights(tmp_path / "w.safetensors", torch.nn.ModuleDict({"pointer": torch.nn.Linear(3, 14)}))


def test_a_source_does_not_go_back_to_a_name_within_itself() -> None:
    text = "The residents said no. The residents left."
    content = (text.index("no"), text.index("no") + 2)
    attribution = {"source": [(0, 13)], "cue": [(14, 18)], "content": [content], "speaker": "residents"}
    links = chains.of_speakers({"text": text, "sentences": [], "attributions": [attribution]})
    assert [(text[a:b], c) for a, b, c, _ in links] == [("The residents", text.index("residents", 20))]
