"""Other names in the same place: who is named must not move a label.

Counterfactual substitution of names (Hall Maudslay et al., EMNLP 2019; Lu et al., 2020): within a window every name of
a group becomes another name of the group, the same one throughout. Only names that are one piece take part, so that a
window keeps its length and every target its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from claimcheck.speakers.given_names import gender
from claimcheck.training.batches import Batch
from claimcheck.windows import CASES, Int, Tokens

GROUPS = (
    "Afghanistan Algeria Angola Argentina Australia Austria Bangladesh Belgium Bolivia Brazil Bulgaria Cameroon Canada "
    "Chile China Colombia Croatia Cuba Denmark Ecuador Egypt Estonia Ethiopia Finland France Germany Ghana Greece "
    "Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kenya Latvia Lebanon Libya "
    "Lithuania Malaysia Mali Mexico Morocco Myanmar Nepal Netherlands Nigeria Norway Pakistan Panama Peru Philippines "
    "Poland Portugal Romania Russia Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland "
    "Syria Tanzania Thailand Tunisia Turkey Uganda Ukraine Uruguay Venezuela Vietnam Zambia Zimbabwe Britain America",
    "Afghan Algerian American Argentine Australian Austrian Belgian Brazilian British Bulgarian Canadian Chilean Chinese "
    "Colombian Croatian Cuban Czech Danish Dutch Egyptian Ethiopian Finnish French German Greek Hungarian Indian "
    "Indonesian Iranian Iraqi Irish Israeli Italian Japanese Kenyan Korean Lebanese Libyan Malaysian Mexican Moroccan "
    "Nigerian Norwegian Pakistani Palestinian Peruvian Polish Portuguese Romanian Russian Scottish Serbian Somali "
    "Spanish Swedish Swiss Syrian Thai Tunisian Turkish Ukrainian Vietnamese Welsh",
    "Amsterdam Athens Atlanta Auckland Baghdad Baltimore Bangkok Barcelona Beijing Beirut Berlin Birmingham Boston "
    "Brisbane Bristol Brussels Budapest Cairo Calgary Cardiff Chennai Chicago Cleveland Copenhagen Dallas Damascus Delhi "
    "Denver Detroit Dublin Durban Edinburgh Geneva Glasgow Hamburg Helsinki Houston Istanbul Jakarta Jerusalem "
    "Johannesburg Karachi Kiev Lagos Leeds Lima Lisbon Liverpool London Lyon Madrid Manchester Manila Melbourne Miami "
    "Milan Montreal Moscow Mumbai Munich Nairobi Naples Oslo Ottawa Paris Perth Philadelphia Phoenix Pittsburgh Prague "
    "Rome Seattle Seoul Shanghai Sheffield Singapore Stockholm Sydney Tehran Tokyo Toronto Vancouver Vienna Warsaw "
    "Washington Wellington Zurich",
    "Democrat Republican Conservative Liberal Labour Tory Socialist Green Communist",
    "Democrats Republicans Conservatives Liberals Labour Tories Socialists Greens Communists",
    "Democratic Republican Conservative Liberal Labour Socialist Communist",
    "Reuters Bloomberg Newsweek Guardian BBC CNN NBC CBS",
    "Times Post Herald Tribune Chronicle Telegraph Gazette Observer Journal Examiner",
)  # fmt: skip
"""Places, nationalities, parties and outlets, or the last words of their titles, that can stand for one another."""

OFTEN = 3
"""A surname has followed a given name this often in what is trained on."""

INTRODUCED = 0.03
"""Part of a surname's occurrences that follow a given name."""

FOLLOWED = 0.4
"""Part of a given name's occurrences that another word with a capital follows."""

ALWAYS = 0.97
"""Part of a name's occurrences that begin with a capital; below it, it is a word as well ("Will", "Rose")."""


class Swaps:
    """Puts other names of the same group into windows of a batch, in place.

    Args:
        tokenizer: whose vocabulary the batches are in.
        rows: what is trained on; read once for the surnames in it, and for names that are words as well.
        part: part of the windows in which names are swapped.
    """

    def __init__(self, tokenizer: Tokenizer, rows: Iterable[Tokens], part: float) -> None:
        self._part = part
        if not part:
            return
        vocabulary: dict[str, int] = tokenizer.get_vocab()
        self._inner = torch.zeros(max(vocabulary.values()) + 1, dtype=torch.bool)
        self._inner[[i for piece, i in vocabulary.items() if piece.startswith("##")]] = True
        genders = {i: g for piece, i in vocabulary.items() if piece.isalpha() and (g := gender(piece))}
        seen = _Seen(rows, np.asarray(sorted(genders)))
        named = [[vocabulary[n.lower()] for n in group.split() if n.lower() in vocabulary] for group in GROUPS]
        taken = {i for group in named for i in group}
        given = {i for i in genders if i not in taken and seen.is_name(i) and seen.is_given(i)}
        surnames = {
            i for i in seen.after if i not in taken and i not in given and seen.is_name(i) and seen.is_surname(i)
        }
        self._groups: list[Tensor] = []
        used: set[int] = set()
        for group in (*named, given, surnames):
            # In one group only: two names must not become one.
            if len(left := set(group) - used) > 1:
                self._groups.append(torch.tensor(sorted(left)))
                used |= left
        self._size = len(self._inner)

    def __call__(self, batch: Batch, rng: np.random.Generator) -> None:
        """Change ``batch.ids`` of the windows that are drawn."""
        if not self._part:
            return
        # Where the network learns who "she" is, names keep their genders.
        with_chains = set(batch.links["antecedent"][0].tolist())
        for row in np.flatnonzero(rng.random(len(batch.ids)) < self._part).tolist():
            if row in with_chains:
                continue
            ids = batch.ids[row]
            other = torch.arange(self._size)
            for group in self._groups:
                other[group] = group[torch.from_numpy(rng.permutation(len(group)))]
            batch.ids[row] = torch.where(self._whole_names(ids, batch.cases[row]), other[ids], ids)

    def _whole_names(self, ids: Tensor, cases: Tensor) -> Tensor:
        """Words with a capital that are one piece."""
        capital = (cases == CASES.index("title")) | (cases == CASES.index("upper"))
        goes_on = torch.cat([self._inner[ids[1:]], torch.zeros(1, dtype=torch.bool)])
        return capital & ~goes_on & ~self._inner[ids]


class _Seen:
    """How pieces stand in what is trained on: with a capital, before a capital, after a given name.

    Attributes:
        every, capital: how often each piece occurs, and with a capital.
        before: how often another word with a capital follows it.
        after: how often a given name with a capital stands before it.
    """

    def __init__(self, rows: Iterable[Tokens], given: Int) -> None:
        self.every: Counter[int] = Counter()
        self.capital: Counter[int] = Counter()
        self.before: Counter[int] = Counter()
        self.after: Counter[int] = Counter()
        for tokens in rows:
            title = tokens.cases == CASES.index("title")
            whole = title & ~tokens.inner & ~np.append(tokens.inner[1:], False)
            self.every.update(tokens.ids.tolist())
            self.capital.update(tokens.ids[title].tolist())
            self.before.update(tokens.ids[:-1][whole[:-1] & title[1:]].tolist())
            self.after.update(tokens.ids[1:][(whole & np.isin(tokens.ids, given))[:-1] & whole[1:]].tolist())

    def is_name(self, piece: int) -> bool:
        """Whether it hardly ever stands without a capital, as months and days do not either."""
        return self.capital[piece] >= max(1, ALWAYS * self.every[piece])

    def is_given(self, piece: int) -> bool:
        """Whether a surname mostly follows: "Georgia" and "June" stand alone."""
        return self.before[piece] >= FOLLOWED * self.every[piece]

    def is_surname(self, piece: int) -> bool:
        """Whether a given name stands before it often enough; a day of the week may follow one by accident."""
        return self.after[piece] >= max(OFTEN, INTRODUCED * self.every[piece])
