"""What several tests share: a tiny encoder and a model folder made from it, and the articles of ``fixtures/``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from claimcheck.corpus import GoldArticle, inline

# Machines that run the tests are shared: how long an example takes says nothing about the code.
settings.register_profile("claimcheck", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("claimcheck")

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "fixtures" / "articles"


@pytest.fixture(scope="session")
def articles() -> list[GoldArticle]:
    """The demonstration articles with their gold annotation."""
    return [inline.read(path) for path in sorted(ARTICLES.glob("*.txt"))]


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory, articles: list[GoldArticle]) -> Path:
    """A BERT of two layers, 32 wide, with random weights and a WordPiece vocabulary of the demonstration articles."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("encoder")
    wordpiece = BertWordPieceTokenizer(lowercase=True)
    wordpiece.train_from_iterator([a.text for a in articles], vocab_size=1500, min_frequency=1, show_progress=False)
    wordpiece.save_model(str(folder))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    size = len((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    shape = BertConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(shape, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Path, articles: list[GoldArticle]) -> Path:
    """A model folder from the tiny encoder, heads at random: what it says of an article is nonsense, but complete."""
    import msgspec
    import torch

    from claimcheck.training import checkpoint
    from claimcheck.training.config import Config, Data
    from claimcheck.training.export import export
    from claimcheck.training.network import Network
    from claimcheck.training.train import load_tokenizer

    torch.manual_seed(5)
    run = tmp_path_factory.mktemp("untrained")
    config = Config(
        name="tiny", output=str(run), encoder=str(tiny_encoder), data=Data(), window=96, context=16, pointer_size=8
    )
    (run / "best").mkdir()
    checkpoint.save_weights(run / "best" / "weights.safetensors", Network(config))
    (run / "config.json").write_bytes(msgspec.json.encode(config))
    load_tokenizer(config.encoder).save(str(run / "tokenizer.json"))
    folder = tmp_path_factory.mktemp("models") / "tiny"
    return export(run, folder, name="tiny", version="1", texts=[a.text for a in articles])
