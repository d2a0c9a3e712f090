"""Corpora to ``models/``: the only room that imports torch, transformers or datasets (``pip install '.[train]'``)."""
