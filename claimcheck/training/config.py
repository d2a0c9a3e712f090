"""The recipe of a training run: one TOML file, every field typed and checked."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Data(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where the corpora lie. Paths are relative to the working directory; an empty list leaves a corpus out."""

    articles: list[str] = []
    """JSONL of annotated articles in the format of ``shared/gold``: sentences, attributions or both."""
    corpus: str | list[str] | None = None
    """Folder or folders of articles in the inline format, with a ``split`` in their header."""
    gap: list[str] = []
    """JSONL of GAP: texts with one pronoun and two names it may mean, to learn antecedents from."""
    gum: list[str] = []
    """JSONL of GUM's articles with chains of mentions, likewise."""
    unlabelled: list[str] = []
    """JSONL of articles with nothing but ``id`` and ``text``; they teach only what a teacher says of them."""
    standoff: list[str] = []
    """JSONL of annotation without its text (``corpus.standoff``), for articles that the files above hold; what those say of them
    already is kept."""
    taught: list[str] = []
    """Which of the annotated files and folders above teachers are asked about too; of what nobody labelled they always are."""
    dev: dict[str, str] = {}
    """Name -> JSONL to evaluate on at intervals."""
    exclude: list[str] = []
    """Ids that must not be trained on, besides those in the development files."""


class Loss(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What each head's loss counts in the sum."""

    label: float = 1.0
    role: float = 1.0
    link: float = 0.3
    antecedent: float = 0.3
    weak_label: float = 0.3
    """Weight of a label inferred from attributions where a sentence has none of its own."""
    hard_label: float = 0.5
    """Weight of a sentence that its annotators marked as hard."""
    taught_label: float = 1.0
    """Of what teachers say of labels, beside what annotators say."""
    taught_role: float = 1.0
    """Of what they say of roles; 0 for teachers that know labels better than spans."""
    taught_state: float = 1.0
    """Of the states of ``state_teacher``: a part of their variance, 0 to 1 and above 1 at the very beginning."""
    smoothing: float = 0.05
    """Label smoothing of the sentence labels."""


class Config(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One training run."""

    name: str
    output: str
    """Folder for checkpoints, the log and the best model."""
    encoder: str
    """Path or hub name of a BERT-like encoder with a fast WordPiece tokenizer; or the folder of a model that ships, with its heads."""
    init: str | None = None
    """Folder of an earlier run or of a model that ships, to start from, heads included; otherwise they are the encoder's, or fresh."""
    teachers: list[str] = []
    """Folders of finished runs, or of models that ship, whose averaged probabilities are taught beside the annotation."""
    role_teachers: list[str] = []
    """Those of them that are believed on roles; all of them, if empty. On labels all are."""
    state_teacher: str = ""
    """The one of them whose last layer's states are taught too; none, if empty."""
    data: Data
    loss: Loss = msgspec.field(default_factory=Loss)
    case_embedding: bool = True
    crf: bool = True
    pointer_size: int = 64
    window: int = 256
    """Pieces in a window at most, markers included."""
    context: int = 48
    """Pieces of the window before that a window repeats, at inference."""
    dropout: float = 0.1
    """Before the heads and in the encoder's hidden layers; never on attention, which would double the time on a CPU."""
    bfloat16: bool = False
    """The encoder is trained with products of bfloat16 numbers, which processors with AMX multiply faster; its
    weights, everything after it, and evaluation stay in floats of 32 bits (mixed precision, Micikevicius et al., ICLR 2018)."""
    frozen_layers: int = 0
    """The encoder's first layers and all embeddings stay as they are, if above 0: a large teacher then reads more in an hour."""
    in_blocks: bool = False
    """A large encoder's matrices are read in blocks of 4 bits, as they are exported, so that it learns to live with them."""
    epochs: float = 4.0
    batch_tokens: int = 2048
    """Pieces in a batch, padding included."""
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    chain_learning_rate: float = 1e-2
    """Of the CRF's few transition scores, which move too little at the rate of a matrix."""
    quote_noise: float = 0.0
    """Part of the windows whose quotation marks are set in another style, so that no house style is relied on."""
    case_noise: float = 0.0
    """Part of the windows that are read as if all in capitals or all in lower case."""
    name_noise: float = 0.0
    """Part of the windows in which people, places and parties get other names."""
    weight_decay: float = 0.01
    warmup: float = 0.06
    """Part of the steps in which the learning rate rises."""
    clip: float = 1.0
    average: float = 0.0
    """Decay, a step, of the running mean of the weights that is evaluated and kept; 0 keeps the last weights themselves."""
    soup: bool = False
    """At the end, the mean of the best weights and the last is kept, where it is better than either."""
    mean_with: str | None = None
    """Folder of a run or model that ships: at the end the mean of its weights and the kept ones is kept, whether or not it is better on
    the development files (as far from what was known as from what was learned: WiSE-FT, Wortsman et al., CVPR 2022)."""
    evaluate_every: int = 400
    """Steps between evaluations on the development files, and between checkpoints."""
    log_every: int = 20
    """Steps between lines of the log."""
    keep: str = "label_macro_f1 + content"
    """Sum of development figures by which the best model is chosen, ``name + name``; see ``evaluate.figures``."""
    seed: int = 13
    threads: int = 0
    """0: as many as torch finds."""


def read_config(path: Path) -> Config:
    """Read and check a recipe.

    Raises:
        ValueError: naming the field that is missing, unknown or of the wrong type.
        OSError: if the file cannot be read.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Config)
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: {error}") from error
