"""Reporting verbs that say more than that something was said, and the plain verbs that could stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.lint.story import Story
from claimcheck.report import Span

_SAY = ("say", "says", "said", "saying", "said")
_REPLY = ("reply", "replies", "replied", "replying", "replied")
_PRAISE = ("praise", "praises", "praised", "praising", "praised")
_DISMISS = ("dismiss", "dismisses", "dismissed", "dismissing", "dismissed")
_CRITICISE = ("criticise", "criticises", "criticised", "criticising", "criticised")

_LOADED: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (_SAY, ("admit", "admits", "admitted", "admitting"), "suggests guilt"),
    (_SAY, ("claim", "claims", "claimed", "claiming"), "suggests doubt"),
    (_SAY, ("concede", "concedes", "conceded", "conceding"), "suggests defeat"),
    (_SAY, ("confess", "confesses", "confessed", "confessing"), "suggests guilt"),
    (_SAY, ("insist", "insists", "insisted", "insisting"), "suggests doubt"),
    (_SAY, ("boast", "boasts", "boasted", "boasting"), "judges the speaker"),
    (_SAY, ("brag", "brags", "bragged", "bragging"), "judges the speaker"),
    (_SAY, ("crow", "crows", "crowed", "crowing"), "judges the speaker"),
    (_SAY, ("gloat", "gloats", "gloated", "gloating"), "judges the speaker"),
    (_SAY, ("gush", "gushes", "gushed", "gushing"), "judges the speaker"),
    (_SAY, ("rant", "rants", "ranted", "ranting"), "judges the speaker"),
    (_SAY, ("rage", "rages", "raged", "raging"), "judges the speaker"),
    (_SAY, ("fume", "fumes", "fumed", "fuming"), "judges the speaker"),
    (_SAY, ("sneer", "sneers", "sneered", "sneering"), "judges the speaker"),
    (_SAY, ("scoff", "scoffs", "scoffed", "scoffing"), "judges the speaker"),
    (_SAY, ("sniff", "sniffs", "sniffed", "sniffing"), "judges the speaker"),
    (_SAY, ("snarl", "snarls", "snarled", "snarling"), "judges the speaker"),
    (_SAY, ("growl", "growls", "growled", "growling"), "judges the speaker"),
    (_SAY, ("snap", "snaps", "snapped", "snapping"), "judges the speaker"),
    (_SAY, ("thunder", "thunders", "thundered", "thundering"), "judges the speaker"),
    (_SAY, ("whine", "whines", "whined", "whining"), "judges the speaker"),
    (_SAY, ("moan", "moans", "moaned", "moaning"), "judges the speaker"),
    (_SAY, ("bleat", "bleats", "bleated", "bleating"), "judges the speaker"),
    (_SAY, ("gripe", "gripes", "griped", "griping"), "judges the speaker"),
    (_SAY, ("grumble", "grumbles", "grumbled", "grumbling"), "judges the speaker"),
    (_SAY, ("smirk", "smirks", "smirked", "smirking"), "judges the speaker"),
    (_REPLY, ("retort", "retorts", "retorted", "retorting"), "judges the speaker"),
    (_REPLY, ("shoot back", "shoots back", "shot back", "shooting back"), "makes a fight of it"),
    (_REPLY, ("hit back", "hits back", "hit back", "hitting back"), "makes a fight of it"),
    (_REPLY, ("fire back", "fires back", "fired back", "firing back"), "makes a fight of it"),
    (_CRITICISE, ("slam", "slams", "slammed", "slamming"), "makes a fight of it"),
    (_CRITICISE, ("blast", "blasts", "blasted", "blasting"), "makes a fight of it"),
    (_CRITICISE, ("lambast", "lambasts", "lambasted", "lambasting"), "makes a fight of it"),
    (_CRITICISE, ("savage", "savages", "savaged", "savaging"), "makes a fight of it"),
    (_CRITICISE, ("lash out at", "lashes out at", "lashed out at", "lashing out at"), "makes a fight of it"),
    (_CRITICISE, ("hit out at", "hits out at", "hit out at", "hitting out at"), "makes a fight of it"),
    (_CRITICISE, ("tear into", "tears into", "tore into", "tearing into", "torn into"), "makes a fight of it"),
    (_CRITICISE, ("rail against", "rails against", "railed against", "railing against"), "judges the speaker"),
    (_DISMISS, ("rubbish", "rubbishes", "rubbished", "rubbishing"), "makes a fight of it"),
    (_DISMISS, ("scoff at", "scoffs at", "scoffed at", "scoffing at"), "judges the speaker"),
    (_DISMISS, ("pour scorn on", "pours scorn on", "poured scorn on", "pouring scorn on"), "makes a fight of it"),
    (_PRAISE, ("hail", "hails", "hailed", "hailing"), "joins in the praise"),
    (_SAY, ("trumpet", "trumpets", "trumpeted", "trumpeting"), "judges the speaker"),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded form, the plain form in its place, what it does beside reporting, and whether a clause must follow."""

    form: str
    plain: str
    effect: str
    clause: bool


def _forms() -> dict[str, Loaded]:
    found: dict[str, Loaded] = {}
    for plain, loaded, effect in _LOADED:
        for neutral, form in zip(plain, (*loaded, loaded[2])[:5], strict=False):
            found.setdefault(form, Loaded(form, neutral, effect, plain in (_SAY, _REPLY)))
        # A form that is past tense and base at once ("hit back") stands for the past in news copy.
        found[loaded[2]] = Loaded(loaded[2], plain[2], effect, plain in (_SAY, _REPLY))
    return found


FORMS = _forms()
_PATTERN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(sorted((re.escape(f).replace(r"\ ", r"\s+") for f in FORMS), key=len, reverse=True))
    + r")(?![\w-])(?!\s+out\b)",
    re.IGNORECASE,
)


def find(story: Story, span: Span) -> Iterator[tuple[Span, Loaded]]:
    """The loaded forms in a span, with the spelling of the plain form fitted to the article's."""
    for match in _PATTERN.finditer(story.text, span.start, span.end):
        loaded = FORMS[" ".join(match.group().lower().split())]
        plain = loaded.plain
        if plain.startswith("criticis") and story.is_american:
            plain = plain.replace("criticis", "criticiz")
        if match.group()[0].isupper():
            plain = plain.capitalize()
        yield Span(match.start(), match.end()), Loaded(loaded.form, plain, loaded.effect, loaded.clause)
