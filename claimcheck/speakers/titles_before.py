"""Titles before a name: "Governor Ana Sousa", "the bank's chief economist Ana Sousa", "the minister, Ana Sousa"."""

from __future__ import annotations

import re

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import nouns
from claimcheck.speakers.boundaries import trimmed
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import INLINE_SPACES, Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.roles import PARTIES, Roles, learn, learn_gender, title_value
from claimcheck.speakers.syntax import PAST

_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])+")
"""An abbreviation whose last full stop ends no sentence inside a title: "the U.N. envoy"."""
_CIRCUMSTANTIAL = re.compile(r"(?:-year-old|-based|-born)$")
"""Modifiers before a role that say how old or where from somebody is."""
_BEING = frozenset(["is", "was", "are", "were", "be", "been", "being"])
_TIMES = frozenset(
    ["morning", "afternoon", "evening", "night", "day", "week", "weekend", "month", "year", "summer", "autumn", "winter",
     "spring", "decade", "season", "time", "moment", "end", "beginning", "way", "result", "place"]
)  # fmt: skip
"""Nouns of a circumstance before a comma, not of a role."""
_MODIFIERS = frozenset(
    [
        "former",
        "acting",
        "deputy",
        "vice",
        "chief",
        "senior",
        "retired",
        "then",
        "assistant",
        "interim",
        "outgoing",
        "incoming",
        "lead",
        "head",
    ]
)
_RELIGIOUS = frozenset(
    ["father", "sister", "brother", "fr", "rev", "revd", "reverend", "elder", "dr", "prof", "cr", "hon"]
)


def note(doc: Document, cast: Cast, m: NameMention, entity: Entity, roles: Roles) -> None:
    """Note the title before a name, right before it or before a comma."""
    first = m.first - len(m.title)
    religious = [j for j in range(first, m.first) if doc.words[j].lower() in _RELIGIOUS]
    if religious:
        end = doc.ends[religious[-1]]
        end += doc.text[end : end + 1] == "."
        roles.add_title(entity, (doc.starts[religious[0]], end), 0.15)
    titled = [j for j in range(first, m.first) if doc.words[j].lower() not in lex.HONORIFICS]
    start = titled[0] if titled else first
    j = start
    while (
        j > 0
        and start - j < 5
        and (doc.gap(j - 1, j) in INLINE_SPACES or _after_initials(doc, j))
        and not doc.possessive[j - 1]
    ):
        w = doc.words[j - 1]
        low = w.lower()
        if (low in lex.FUNCTION and low != "former") or low in lex.SPEECH or low.endswith("ly"):
            break
        if w in ("elder", "younger"):
            break  # "the elder Sousa"
        if j == start and not titled and not (w.islower() or _opens_role(doc, j - 1)):
            break
        if j == start and not titled and (low == "former" or not (nouns.is_role(low) or _determined(doc, j - 1))):
            break
        board = titled and low in lex.ORG_HEADS and j > 1 and doc.words[j - 2][0].isupper()  # "School board Chair"
        if (
            (titled or j < start)
            and w.islower()
            and low not in _MODIFIERS
            and (titled or low.endswith("ed"))
            and not board
        ):
            break
        if j < start and _has_object(doc, j - 1):
            break  # "of signing Tarn striker Ana Sousa"
        if low in lex.HONORIFICS and w[0].isupper():
            break
        if w in ("elder", "older", "younger") and j > 1 and doc.low[j - 2] == "the":
            break  # "the elder Sousa"
        j -= 1
    tokens = range(j, start) if not titled else range(j, titled[-1] + 1)
    if len(tokens) and entity.person > -2:
        tokens = _office_of(doc, tokens)
        while len(tokens) > 1 and _CIRCUMSTANTIAL.search(doc.low[tokens[0]]):
            tokens = tokens[1:]
        if body := cast.at(tokens[0]):
            tokens = range(min(tokens[0], body.first), tokens[-1] + 1)  # "Bank of Tarn economist Jo Bell"
        tokens = _with_other_office(doc, cast, tokens)
        learn(doc, entity, tokens)
        end = doc.ends[tokens[-1]]
        end += doc.text[end : end + 1] == "." and doc.words[tokens[-1]].lower() in lex.SAME_TITLE
        shouted = all(doc.words[k].isupper() for k in tokens) and doc.words[m.last].isupper()
        roles.add_title(entity, (doc.starts[tokens[0]], end), title_value(doc, tokens, 1.0) - 0.1 * shouted)
        if doc.low[tokens[-1]] not in PARTIES:
            return
        first = tokens[0]  # "the county's treasurer, Democrat Ana Sousa"
    if first > 0 and doc.gap(first - 1, first) in INLINE_SPACES and doc.words[first - 1].islower():
        if doc.words[first - 1] in lex.FUNCTION or entity.person < 0:
            return
        _phrase_before(doc, m, first - 1, entity, roles, apposed=False)
    elif first > 0 and entity.person > -2 and _apposed(doc, first):
        last = first - 1
        while last > 0 and doc.words[last].lower() in lex.ARTICLES:
            last -= 1  # "the moderator, the Rev. Otis Tolliver"
        _phrase_before(doc, m, last, entity, roles, apposed=True)


def _with_other_office(doc: Document, cast: Cast, tokens: range) -> range:
    """The tokens of a title with another office before "and": "Chairman and CEO Jo Bell", but not "the mayor and Dr Bell"."""
    j = tokens[0] - 2
    if j < 0 or doc.low[j + 1] != "and" or any(doc.gap(k, k + 1) not in INLINE_SPACES for k in (j, j + 1)):
        return tokens
    office = nouns.is_role(doc.low[j]) and not nouns.is_plural(doc.low[j])
    if not office or ((name := cast.at(j)) is not None and name.entity is not None and len(name.words) > 1):
        return tokens
    while (
        j > 0
        and doc.gap(j - 1, j) in INLINE_SPACES
        and (doc.low[j - 1] in lex.TITLES or doc.low[j - 1] in _MODIFIERS or doc.low[j - 1] == "co")
    ):
        j -= 1
    before = doc.low[j - 1] if j and doc.gap(j - 1, j) in INLINE_SPACES else ""
    # "the mayor and Dr Bell" are two, "the poet and critic Jo Bell" is one.
    two = before in lex.DETERMINERS and not all(doc.words[k].islower() for k in tokens)
    return tokens if two else range(j, tokens[-1] + 1)


def _has_object(doc: Document, j: int) -> bool:
    """Whether a word before the description of a person is rather a verb than part of it: "signing", "to sign"."""
    w, following = doc.words[j], doc.words[j + 1]
    if not w.islower() or "-" in w or w in _MODIFIERS or nouns.is_role(w):
        return False
    before = doc.low[j - 1] if j and doc.gap(j - 1, j) in INLINE_SPACES else ""
    if before in lex.DETERMINERS or (j and doc.possessive[j - 1]):
        return False  # "the reigning Tarn champion Ana Sousa"
    verb = before in lex.AUXILIARIES and not (before in _BEING and not w.endswith(("ing", "ed")))
    if w in PAST or following == "former" or verb:
        return True  # "was signing striker Ana Sousa", and not "was sheep farmer Ana Sousa"
    parted = following[0].isupper() or following in _MODIFIERS  # "managing director" is a role
    return parted and (before == "to" or w.endswith("ing"))


def _after_initials(doc: Document, j: int) -> bool:
    """Whether only an abbreviation's full stop stands between a token and the one before."""
    if doc.gap(j - 1, j) not in (". ", ".\u00a0") or not _INITIALS.fullmatch(doc.words[j - 1]):
        return False
    return doc.sentence_of(doc.starts[j - 1]) == doc.sentence_of(doc.starts[j])


def _office_of(doc: Document, tokens: range) -> range:
    """The tokens of a title with the office before "of", where they are only what it is of: "Leader of the House Jo Bell"."""
    if nouns.is_role(doc.low[tokens[-1]]):
        return tokens
    j = tokens[0] - 1
    while j > 0 and doc.low[j] in lex.ARTICLES:
        j -= 1
    if j < 1 or doc.low[j] not in ("of", "for") or not nouns.is_role(doc.low[j - 1]):
        return tokens
    if any(doc.gap(k, k + 1) not in INLINE_SPACES for k in range(j - 1, tokens[0])):
        return tokens
    first = j - 1
    while first > 0 and doc.low[first - 1] in _MODIFIERS and doc.gap(first - 1, first) in INLINE_SPACES:
        first -= 1
    return range(first, tokens[-1] + 1)


def _opens_role(doc: Document, j: int) -> bool:
    """Whether a capitalised role word opens a sentence before a name."""
    return (doc.before(j) == "" or doc.before(j) in ".!?") and not (j and _after_initials(doc, j))


def _determined(doc: Document, j: int) -> bool:
    """Whether a determiner stands before the (at most three) lower-case words that end with a token."""
    for k in range(j, max(-1, j - 3), -1):
        if not doc.words[k].islower() or k == 0 or doc.gap(k - 1, k) not in INLINE_SPACES:
            return False
        if doc.words[k - 1].lower() in ("the", "his", "her", "my", "our", "their", "its") or doc.possessive[k - 1]:
            return not nouns.cannot_head(doc.words[j])
    return False


def _apposed(doc: Document, first: int) -> bool:
    previous = first - 1
    while previous > 0 and doc.words[previous].lower() in lex.ARTICLES:
        first, previous = previous, previous - 1
    gap = doc.gap(previous, first)
    return gap.strip() in (",", "–", "—", ":") and "\n" not in gap


def _phrase_before(doc: Document, m: NameMention, last: int, entity: Entity, roles: Roles, *, apposed: bool) -> None:
    """A noun phrase that ends with token ``last`` and has a role as head: "the head of the ward, "."""
    if apposed and _opens_with_body(doc, last) and _verb_after_comma(doc, m.last):
        entity.clues["body_apposition"] += 1
        return
    enclosed = apposed and len(m.words) > 1 and doc.text[m.end : m.end + 1] == ","
    j = last
    while j >= 0 and last - j < 12:
        if j < last and not _after_initials(doc, j + 1) and any(c in ',.;:–—!?\n"“”«»' for c in doc.gap(j, j + 1)):
            return
        low = doc.words[j].lower()
        determiner = low in lex.DETERMINERS or doc.possessive[j]
        if determiner and j < last:
            zone = []
            for k in range(j + 1, last + 1):
                if doc.words[k].lower() in lex.PREPOSITIONS:
                    break
                if (
                    k > j + 1
                    and k < last
                    and doc.low[k].endswith("ing")
                    and doc.low[k - 1] not in ("man", "woman")
                    and nouns.is_role(doc.low[k - 1])
                    and not nouns.is_known(doc.low[k])
                ):
                    break  # "the lawyer defending the couple"
                zone.append(k)
            if zone and doc.low[zone[0]] == "such":
                return  # "One such donor, Ana Sousa,": an example of what was said before
            head = doc.words[zone[-1]].lower() if zone else ""
            # Between commas a person's name says that the noun before it is a role, whatever it is: "the first mate, Jo Bell,".
            named = enclosed and low not in ("a", "an", "one", "another") and entity.is_person
            role = nouns.is_role(head) or (named and _may_be_role(head) and not _circumstance(doc, j))
            if role and apposed and _introduces(doc, m, j):
                return
            if role and apposed and _is_of_another(doc, j):
                j -= 1
                continue
            if role and (apposed or len(zone) < last - j):
                learn(doc, entity, range(j + 1, last + 1))
                if apposed:  # right before the name the mention has counted it
                    learn_gender(doc, entity, zone[-1])
                span = trimmed(doc, (doc.starts[j + 1], doc.ends[last]))
                roles.add_title(entity, span, title_value(doc, zone, 1.1 if low != "a" else 0.9))
                if entity.person < 3:
                    entity.clues["firm_apposition" if nouns.singular(head) in lex.FIRMS else "person_apposition"] += 1
                return
        if apposed and _opens_bare(doc, j):
            learn(doc, entity, range(j, last + 1))
            span = trimmed(doc, (doc.starts[j], doc.ends[last]))
            roles.add_title(entity, span, title_value(doc, [j], 1.1))
            if entity.person < 3:
                entity.clues["person_apposition"] += 1
            return
        j -= 1


def _opens_bare(doc: Document, j: int) -> bool:
    """Whether a sentence opens with a role that has no article: "Counsel for the families, Jo Bell, said"."""
    following = doc.low[j + 1 : j + 2]
    role = nouns.is_known(doc.low[j]) and nouns.is_role(doc.low[j]) and not nouns.is_plural(doc.low[j])
    return role and not {"of", "for", "to"}.isdisjoint(following) and _opens_role(doc, j)


def _opens_with_body(doc: Document, last: int) -> bool:
    """Whether a sentence begins with a noun phrase for a body that ends with a token: "The army's media wing, ISPR"."""
    first = doc.token_at(doc.sentence_span(doc.starts[last])[0])
    tokens = range(first, last + 1)
    if not 1 < len(tokens) < 9 or not (doc.low[first] in lex.DETERMINERS or any(doc.possessive[k] for k in tokens[:3])):
        return False
    of = next((k for k in tokens if doc.low[k] in lex.PREPOSITIONS), last + 1)
    if of <= last and doc.low[of] != "of":
        return False
    if any(doc.gap(k, k + 1) not in INLINE_SPACES and not doc.possessive[k] for k in tokens[:-1]):
        return False
    head = doc.low[of - 1]
    return nouns.kind_of(head) == "body" and not nouns.is_role(head)


def _verb_after_comma(doc: Document, last: int) -> bool:
    """Whether a comma and a verb follow a token: "the army's media wing, ISPR, said"."""
    following = last + 1
    if following >= len(doc.words) or doc.gap(last, following) != ", ":
        return False
    return doc.words[following] in lex.SPEECH or doc.words[following] in PAST


def _may_be_role(head: str) -> bool:
    """Whether a noun that no list knows may say what a person is: in the singular, and no adjective or time."""
    other = nouns.is_known(head) or nouns.is_plural(head) or nouns.cannot_head(head) or head in _TIMES
    return bool(head) and not other


def _is_of_another(doc: Document, determiner: int) -> bool:
    """Whether a role is only whose relative or lawyer somebody is: "the victim" in "the mother of the victim, "."""
    k = determiner
    while k > 0 and doc.possessive[k] and doc.gap(k - 1, k) in INLINE_SPACES:
        k -= 1
    if (
        k < 2
        or doc.low[k - 1] not in ("of", "for", "to")
        or any(doc.gap(x, x + 1) not in INLINE_SPACES for x in (k - 2, k - 1))
    ):
        return False
    if not nouns.is_role(doc.low[k - 2]):
        return False
    first = k - 2
    while (
        first > 0
        and doc.gap(first - 1, first) in INLINE_SPACES
        and doc.words[first - 1].islower()
        and doc.low[first - 1] not in lex.FUNCTION
    ):
        first -= 1
    determined = first > 0 and (
        doc.low[first - 1] in ("the", "his", "her", "their", "its") or doc.possessive[first - 1]
    )
    return determined or _opens_bare(doc, k - 2)


def _introduces(doc: Document, m: NameMention, determiner: int) -> bool:
    """Whether a noun phrase belongs to what comes before a clause: "In a letter to her lawyer, Ana Sousa said it was late"."""
    if doc.gap(m.last, m.last + 1) not in INLINE_SPACES or not doc.words[m.last + 1].islower():
        return False
    first = doc.token_at(doc.sentence_span(m.start)[0])
    low = doc.low[first]
    opens = low in lex.PREPOSITIONS or low == "according" or low.endswith(("ing", "ed"))
    return first < determiner and opens and "as" not in doc.low[max(first, determiner - 2) : determiner]


def _circumstance(doc: Document, determiner: int) -> bool:
    """Whether a preposition stands before a noun phrase: "at the museum, "."""
    before = determiner
    while before > 0 and doc.possessive[before] and doc.gap(before - 1, before) in INLINE_SPACES:
        before -= 1  # "in the town's museum, "
        if doc.low[before] in lex.DETERMINERS:
            break
    if before == 0 or doc.gap(before - 1, before) not in INLINE_SPACES:
        return False
    low = doc.low[before - 1]
    return low in lex.PREPOSITIONS or (
        doc.words[before - 1].islower() and low.endswith("ing") and not nouns.is_known(low)
    )
