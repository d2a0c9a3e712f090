"""Names that are misspelt once: whether two words differ by one slip of the pen."""

from __future__ import annotations

import unicodedata

SHORTEST = 5
"""Letters of a name in which a slip can be told from another name."""


def plain(word: str) -> str:
    """A word without the marks on its letters, as agencies write foreign names: "Öztürk" -> "Ozturk"."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def is_slip(word: str, other: str) -> bool:
    """Whether one letter is missing, added, wrong or swapped with its neighbour (Damerau, 1964), but not the first.

    However many letters lack their marks is one slip, too. The plural of a name is none: "the Sousas" are not a misspelt
    Sousa.
    """
    if word != other and plain(word) == plain(other):
        return True
    if min(len(word), len(other)) < SHORTEST or abs(len(word) - len(other)) > 1 or word[0] != other[0]:
        return False
    if word == other or word + "s" == other or other + "s" == word:
        return False
    short, long = sorted((word, other), key=len)
    k = 1
    while k < len(short) and short[k] == long[k]:
        k += 1
    if len(short) < len(long):
        return short[k:] == long[k + 1 :]
    swapped = short[k : k + 2] == long[k : k + 2][::-1] and len(short[k : k + 2]) == 2
    return short[k + 1 :] == long[k + 1 :] or (swapped and short[k + 2 :] == long[k + 2 :])
