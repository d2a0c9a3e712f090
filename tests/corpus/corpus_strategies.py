"""Random annotated articles, as the inline format can hold them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from claimcheck.corpus import GoldArticle, GoldAttribution, GoldSentence, GoldSpeaker
from claimcheck.corpus.annotation import KINDS, LABELS, ROLES, Fragment

patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties of whole articles: a busy machine is no failure."""

WORDS = st.text(
    st.one_of(
        st.sampled_from("ab{}\\|\"'“”«»‘’=+?#-.é漢😀"),
        st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")),
    ),
    min_size=1,
    max_size=5,
)
STRINGS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=10)
KEYS = st.from_regex(r"[\w.-]{1,6}", fullmatch=True).filter(lambda key: key not in ("AUTHOR", "UNKNOWN"))


@st.composite
def articles(draw: st.DrawFn) -> GoldArticle:
    """An article whose spans nest, lie within sentences and come in the order that the parser gives them."""
    keys = draw(st.lists(KEYS, max_size=3, unique=True))
    names = draw(st.lists(STRINGS.map("name ".__add__), min_size=len(keys), max_size=len(keys), unique=True))
    speakers = {
        key: GoldSpeaker(
            name, draw(st.sampled_from([None, *KINDS])), draw(st.none() | STRINGS), draw(st.none() | STRINGS)
        )
        for key, name in zip(keys, names, strict=True)
    }
    text = ""
    sentences: list[GoldSentence] = []
    words: list[list[Fragment]] = []
    for number in range(draw(st.integers(1, 5))):
        text += draw(st.sampled_from([" ", "\n\n"])) if number else ""
        start = len(text)
        words.append([])
        for word in draw(st.lists(WORDS, min_size=1, max_size=6)):
            text += " " if len(text) > start else ""
            words[-1].append((len(text), len(text) + len(word)))
            text += word
        label = draw(st.sampled_from(LABELS))
        some = draw(st.lists(st.sampled_from([*keys, "AUTHOR", "UNKNOWN"]), max_size=2))
        framed = label == "claim" and draw(st.booleans())
        sentences.append(GoldSentence(start, len(text), label, some, hard=draw(st.booleans()), opinion=framed))

    taken: list[Fragment] = []
    attributions = []
    for _ in range(draw(st.integers(0, 4))):
        own: list[Fragment] = []
        a = GoldAttribution(speaker=draw(st.sampled_from([None, "UNKNOWN", *keys])))
        for role in draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=5)):
            sentence = draw(st.sampled_from(words))
            first, last = sorted((draw(st.sampled_from(sentence)), draw(st.sampled_from(sentence))))
            span = first[0], last[1]
            if not any(_crosses(span, other) for other in taken) and not any(_overlaps(span, other) for other in own):
                a.fragments(role).append(span)
                taken.append(span)
                own.append(span)
        if own:
            for role in ROLES:
                a.fragments(role).sort()
            attributions.append(a)
    attributions.sort(key=lambda a: a.start)
    meta = draw(st.dictionaries(STRINGS.filter(lambda key: key != "speakers"), STRINGS, max_size=3))
    return GoldArticle("stratum/name", text, sentences, attributions, speakers, meta)


def _overlaps(a: Fragment, b: Fragment) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _crosses(a: Fragment, b: Fragment) -> bool:
    return a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1]
