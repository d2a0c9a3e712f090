"""Names swapped in training: whole names only, of the same kind, the same one throughout a window."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from claimcheck import windows
from claimcheck.training.batches import Batch, collate
from claimcheck.training.config import Config, Data
from claimcheck.training.data import encode
from claimcheck.training.swaps import Swaps

WORDS = (
    "[CLS] [SEP] [UNK] ##s ##land france spain kenya labour conservative maria pedro ingrid grace smith jones brown "
    "said the mayor of is and . greens full times herald york"
)


@pytest.fixture
def tokenizer() -> Tokenizer:
    vocabulary = {word: i for i, word in enumerate(WORDS.split())}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


TEXT = "Maria Smith of France said Smith is full of grace . Pedro Jones of Spain and Ingrid Brown of Kenya and Labour ."


def batch_of(tokenizer: Tokenizer, text: str) -> tuple[Batch, windows.Tokens]:
    config = Config(name="t", output="o", encoder="e", data=Data())
    example = encode({"id": "a", "text": text}, tokenizer, config)
    return collate([example], [(0, 0, len(example.tokens))]), example.tokens


def swapped(tokenizer: Tokenizer, text: str, known: str = TEXT, seed: int = 0) -> list[str]:
    batch, _ = batch_of(tokenizer, text)
    _, tokens = batch_of(tokenizer, known)
    Swaps(tokenizer, [tokens] * 3, part=1.0)(batch, np.random.default_rng(seed))
    return [tokenizer.id_to_token(int(i)) for i in batch.ids[0]]


def test_names_become_names_of_their_kind_and_the_rest_stays(tokenizer: Tokenizer) -> None:
    before = [tokenizer.id_to_token(int(i)) for i in batch_of(tokenizer, TEXT)[0].ids[0]]
    kinds = (
        {"france", "spain", "kenya"},
        {"maria", "pedro", "ingrid"},
        {"smith", "jones", "brown"},
        {"labour", "conservative"},
    )
    moved = 0
    for seed in range(8):
        for old, new in zip(before, swapped(tokenizer, TEXT, seed=seed), strict=True):
            kind = next((k for k in kinds if old in k), {old})
            assert new in kind
            moved += new != old
    assert moved > 8


def test_the_title_of_an_outlet_becomes_another_one(tokenizer: Tokenizer) -> None:
    seen = {tuple(swapped(tokenizer, "The York Times said full times .", seed=seed)[2:6]) for seed in range(8)}
    assert seen == {("york", "times", "said", "full"), ("york", "herald", "said", "full")}


def test_one_name_is_the_same_other_name_throughout(tokenizer: Tokenizer) -> None:
    for seed in range(8):
        words = swapped(tokenizer, "Maria Smith said . Smith is Smith .", seed=seed)
        assert len({w for w in words if w in {"smith", "jones", "brown"}}) == 1


def test_a_word_that_is_also_written_small_is_not_taken_for_a_name(tokenizer: Tokenizer) -> None:
    known = TEXT + " Grace Jones said . Grace Brown said ."  # it looks like a given name but for "full of grace"
    for seed in range(8):
        assert "grace" in swapped(tokenizer, "Grace is full .", known, seed)


def test_part_of_a_longer_word_is_not_swapped(tokenizer: Tokenizer) -> None:
    for seed in range(8):
        words = swapped(tokenizer, "Franceland is full .", seed=seed)
        assert words[words.index("##land") - 1] == "france"


def test_nothing_happens_where_nothing_is_asked(tokenizer: Tokenizer) -> None:
    batch, tokens = batch_of(tokenizer, TEXT)
    before = batch.ids.clone()
    Swaps(tokenizer, [tokens], part=0.0)(batch, np.random.default_rng(0))
    assert torch.equal(batch.ids, before)
