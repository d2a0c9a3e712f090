"""Antecedents: a log-linear ranking of what a reference may mean (mention ranking, Denis & Baldridge 2008).

For each type of reference every candidate gets a score, the sum of its features times their weights; "nobody mentioned
yet" is a candidate of its own. Weights are learned by ``claimcheck.training.antecedents`` and ship as
``antecedents.json`` beside this module.
"""

from __future__ import annotations

import bisect
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.speakers import bodies, fields, nouns
from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.discourse import Discourse, Seen
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.references import Reference

_EARLY = 60
"""Code points from the start of its sentence in which a pronoun may stand before its name: "In his speech, Ana Sousa"."""

_SURE = 2.0
"""Log odds from which a name is surely a person's, or a body's if negative."""
_EITHER = lex.FIRMS | lex.words(
    """pollster forecaster champion winner loser rival leader giant partner member host source sponsor backer investor
    trader broker builder consultant contractor adviser producer supporter campaigner opponent critic native star"""
)
"""What a body is called as often as a person."""
PERSONAL = frozenset(["honorific", "title", "age", "who", "role", "person_apposition", "middle_initial"])
"""Clues that somebody is a person, whatever body is mistaken for them."""
_PORTFOLIOS = lex.words(
    """foreign defence defense interior finance transport transportation health education justice home environment energy
    agriculture trade labour labor housing culture sports tourism prime vice deputy shadow economy treasury immigration
    development science technology communities business commerce fisheries water attorney"""
)
"""Words that tell one office from another of the same name."""
_ONLY_ONE = lex.words("president governor sheriff king queen pope chancellor premier")
"""Offices of which the reader knows the one holder, named or not."""
_OFFICES = frozenset(nouns.canonical(w) for w in lex.TITLE_ENDS | nouns.PEOPLE) - frozenset(
    nouns.canonical(w)
    for w in lex.words("man woman person candidate nominee leader politician businessman democrat republican")
)
_LEVELS = lex.words("parish town district borough city county school hospital village community university")
"""Words that tell one council, board or court of a region from another."""
_KIN = frozenset(nouns.canonical(w) for w in lex.KIN)
_WHOSE = re.compile(r"\s(?:of|for)\s(.+)")
_WORD = re.compile(r"[\w-]+")
_CAPITALISED = re.compile(r"(?<=\W)[A-Z]\w+")

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]

TYPES = ("he", "they", "it", "nominal", "empty", "late", "silent")
"""Types of reference with weights of their own; "she", "who" and "you" share those of "he". "late" are sources without
a name that may get one later. "silent" are the personal pronouns of the writer's own sentences, which are no source."""

HAND_SET: dict[str, Mapping[str, float]] = {
    "he": {
        "gap0": 1.2, "gap1": 0.6, "gap2": -0.6, "gap3": -1.4, "gap6": -2.2, "last": 0.3, "subject": 1.2, "quoted": -1.5,
        "own_content": -2.0, "outer": 1.0, "previous": 1.8, "previous_paragraph": 0.5, "before_previous": 0.3,
        "previous_leads": 0.8, "gender": 1.6, "wrong_gender": -4.0, "sure_wrong_gender": -1.5, "person": 3.5, "plural": -3.0, "document": -4.0, "organization": -2.0,
        "salience": 0.5, "spoke": 0.5, "opens_paragraph": 0.4, "new": 0.0,
    },
    "they": {
        "gap0": 0.8, "gap1": 0.4, "gap2": -0.4, "gap3": -1.0, "gap6": -1.8, "last": 0.3, "subject": 0.8, "quoted": -1.0,
        "own_content": -1.0, "outer": 0.6, "previous": 2.0, "previous_paragraph": 0.5, "plural": 2.0, "person": -0.6,
        "organization": 0.8, "salience": 0.2, "spoke": 0.8, "document": -0.3, "new": 0.5,
    },
    "it": {
        "gap0": 0.8, "gap1": 0.4, "gap2": -0.4, "gap3": -1.0, "gap6": -1.8, "last": 0.3, "subject": 0.8, "quoted": -1.0,
        "own_content": -1.0, "outer": 0.6, "previous": 2.0, "previous_paragraph": 0.5, "plural": -2.0, "person": -4.0,
        "organization": 1.0, "salience": 0.2, "spoke": 1.0, "document": 1.5, "new": -0.5,
    },
    "nominal": {
        "head": 3.6, "modifier": 1.0, "gap0": -0.2, "gap1": 0.2, "gap2": 0.0, "gap3": -0.4, "gap6": -0.8, "last": 0.2,
        "previous": 0.8, "previous_paragraph": 0.2, "gender": 0.5, "wrong_gender": -3.0, "same_kind": 0.6,
        "wrong_kind": -3.0, "wrong_number": -2.5, "subject": 0.3, "salience": 0.3, "spoke": 0.3, "quoted": -0.4,
        "named": 0.3, "possessor": -4.0, "own_content": -1.5, "later": -0.8, "definite_same_kind": 0.8,
        "same_words": 4.0, "same_field": 1.0, "author": 0.5, "author_letter": 2.5, "author_poll": -2.0, "together": 1.5,
        "together_previous": 1.0,
        "new": 2.4, "new_definite": -0.6, "new_plural": 0.8, "new_possessive": 1.0, "new_bare": 0.3,
    },
    "empty": {
        "previous": 3.0, "previous_paragraph": 1.0, "previous_quotation": 2.0, "previous_distance": -0.6,
        "before_previous": 0.3, "next": 1.0, "next_paragraph": 1.2, "next_quotation": 2.5, "here": 1.2,
        "here_subject": 0.8, "here_person": 0.3,
        "new": 0.5,
    },
    "late": {
        "late": -1.0, "head": 1.0, "field": 0.5, "modifiers": 0.6, "next": 0.8, "echo": 2.0, "late_gap": -0.4, "gender": 0.5,
        "wrong_gender": -3.0, "new": 2.0, "poll": -0.5, "poll_first_opening": 3.0,
    },
}  # fmt: skip
"""Weights set by hand, with which learning starts."""
HAND_SET["silent"] = HAND_SET["he"]


def load() -> Weights:
    """The weights that ship; those set by hand where there are none."""
    path = Path(__file__).with_name("antecedents.json")
    if not path.exists():
        return HAND_SET
    weights: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return {**HAND_SET, **weights}


def score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of a candidate's features; an unknown feature weighs nothing."""
    return math.fsum([weights[name] * value for name, value in features.items() if name in weights])


def best(candidates: Sequence[Features], weights: Mapping[str, float]) -> int:
    """Index of the candidate with the highest score, the first of equals; -1 if there is none."""
    scores = [score(c, weights) for c in candidates]
    return scores.index(max(scores)) if scores else -1


def nobody(reference: Reference | None, *, first_use: bool = False) -> Features:
    """The features of "nobody mentioned yet"; ``first_use``: whether its head noun was not used before."""
    features: Features = {"new": 1.0}
    if reference is not None and reference.type == "nominal":
        features[f"new_{reference.determiner}"] = 1.0
        features[f"new_{reference.kind}"] = 1.0
        features[f"new_{reference.kind}_{reference.determiner}"] = 1.0
        features["new_plain"] = float(reference.plain and reference.determiner == "definite")
        features["new_plural"] = float(reference.plural)
        if first_use:
            features["new_first"] = 1.0
            features[f"new_first_{reference.kind}"] = 1.0
            features[f"new_first_{reference.determiner}"] = 1.0
        if reference.head in lex.ANAPHORS and reference.determiner == "definite":
            features[f"new_the_{reference.head}"] = 1.0
        features["new_named"] = float(reference.name is not None)
        features["new_modifiers"] = min(3.0, float(len(reference.modifiers)))
        features["new_unknown_head"] = float(not nouns.is_known(reference.head))
    return features


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference stands: its token, sentence and grammatical role, and whether a sentence begins with it."""

    token: int
    sentence: int
    role: str
    initial: bool


def place_of(discourse: Discourse, reference: Reference) -> Place:
    """Where a reference stands."""
    doc = discourse.doc
    token = min(doc.token_at(reference.start), max(0, len(doc.words) - 1))
    role = discourse.syntax.of_pronoun(token) if reference.type == "pronoun" and doc.words else "nominal"
    initial = bool(doc.words) and doc.sentence_span(reference.start)[0] >= doc.starts[token] - 1
    return Place(token, doc.sentence_of(reference.start), role, initial)


def features(
    discourse: Discourse,
    reference: Reference,
    entity: Entity,
    seen: Seen | None,
    *,
    gender: float = 0.0,
    outer: Sequence[Entity] = (),
    inside: Sequence[Entity] = (),
    top: Sequence[Entity] = (),
    leads: bool = False,
    place: Place | None = None,
    rank: int = 0,
    known: Entity | None = None,
) -> Features:
    """What speaks for and against one entity as the antecedent of a reference.

    Args:
        seen: where it was mentioned last; ``None`` if only later.
        gender: the reference's, positive for a man, negative for a woman.
        outer: who says the sentence the reference stands in, if somebody is quoted.
        inside: who is mentioned in what the reference says.
        leads: whether what is said stands in quotation marks before the reference.
        top: the person and the body that the article has named most so far.
        place: where the reference stands; without it its grammar does not count.
        rank: how many of those who may be meant too were mentioned since.
        known: who was called by just the words of a nominal before.
    """
    f: Features = {}
    doc = discourse.doc
    sentence = doc.sentence_of(reference.start)
    if seen is None:
        f["later"] = 1.0
    else:
        quoted = seen.narrative < 0
        gap = discourse.narrative_distance(seen.sentence if quoted else seen.narrative, sentence)
        f["gap0" if gap == 0 else "gap1" if gap == 1 else "gap2" if gap == 2 else "gap3" if gap < 6 else "gap6"] = 1.0
        if next(reversed(discourse.recent)) == id(entity):
            f["last"] = 1.0
        if seen.subject and gap <= 2:
            f["subject"] = 1.0
            f["subject_gap0"] = float(gap == 0)
        if seen.opens_paragraph and gap <= 3:
            f["opens_paragraph"] = 1.0
        if quoted and doc.quotation_at(reference.start) < 0:
            f["quoted"] = 1.0
        f["salience"] = min(2.0, math.log1p(seen.count) / 1.5)
    turns = discourse.turns
    if turns and entity in turns[-1].speakers:
        f["previous"] = 1.0
        distance = max(0, doc.paragraph_of(reference.start) - turns[-1].paragraph)
        f["previous_paragraph"] = float(distance == 0)
        f["previous_far"] = float(distance > 1)
        f["previous_leads"] = float(leads)
    elif len(turns) > 1 and entity in turns[-2].speakers:
        f["before_previous"] = 1.0
    if entity in outer:
        f["outer"] = 1.0
    if entity in top:
        f["top"] = 1.0
    if entity in inside:
        f["own_content"] = float(entity not in outer)
        f["inside_leads"] = float(leads)
    if entity.sources:
        f["spoke"] = 1.0
    if gender:
        if abs(entity.gender) < 0.5 or entity.person < -_SURE:  # "its chairwoman said she" is no clue to a firm
            f["no_gender"] = 1.0
        elif (entity.gender > 0) == (gender > 0):
            f["gender"] = min(1.0, abs(entity.gender) / 2)
        else:
            f["wrong_gender"] = min(1.0, abs(entity.gender) / 2)
            f["sure_wrong_gender"] = float(f["wrong_gender"] == 1.0)
    if not entity.document and not entity.organization:
        f["person"] = 1 / (1 + math.exp(-max(-20.0, min(20.0, entity.person))))
    for name in ("plural", "document", "organization", "named"):
        if getattr(entity, name):
            f[name] = 1.0
    clues = entity.clues
    f["place"] = min(1.0, clues.get("in", 0) / max(1, clues.get("mentions", 0))) + float(clues.get("capital", 0) > 0)
    if reference.type == "nominal":
        _nominal(f, reference, entity)
        if entity is known:
            f["same_words"] = f[f"same_words_{reference.determiner}"] = 1.0
        f[f"kind_rank{min(rank, 2)}"] = 1.0
        if reference.determiner == "definite" and f["same_kind"] > 0.5:
            f[f"{reference.kind}_rank{min(rank, 2)}"] = 1.0
    elif place is not None:
        _grammar(f, discourse, place, entity, seen, rank)
    return {name: value for name, value in f.items() if value}


def _grammar(f: Features, discourse: Discourse, place: Place, entity: Entity, seen: Seen | None, rank: int) -> None:
    """What grammar tells of a pronoun: the roles of both, the clauses between them, names that come again."""
    doc, mine = discourse.doc, place.role[:3]
    after = _next_mention(discourse, place, entity)
    if after is not None:
        theirs = discourse.syntax.of_name(after)
        f[f"{mine}_again_{theirs}" if seen else f"{mine}_later_{theirs}"] = 1.0
        f["owned"] = float(place.role == "possessive" and discourse.syntax.is_owned(place.token, after))
        if place.sentence == doc.sentence_of(after.start):
            f[f"again_here_{mine}" if seen else f"later_here_{mine}"] = 1.0
            early = doc.starts[place.token] - doc.sentence_span(after.start)[0] < _EARLY
            f["later_early_lead"] = float(seen is None and early and theirs in ("lead", "subject"))
    f[f"rank{min(rank, 3)}"] = 1.0
    if seen is None:
        return
    back = place.sentence - seen.sentence
    where = "here" if back == 0 else "before" if back == 1 else "far"
    main = "subject" if seen.role in ("subject", "lead") else seen.role
    f[f"{mine}_{where}_{main}"] = 1.0
    f[f"{mine}_rank{min(rank, 2)}_{where}"] = 1.0
    if seen.role == "lead":
        f[f"lead_{where}"] = 1.0
    if back == 0:
        clauses = min(3, discourse.syntax.clauses_between(seen.token, place.token))
        f[f"{mine}_clauses{clauses}"] = 1.0
        f[f"{mine}_clauses{clauses}_{main}"] = 1.0
    if seen.first:
        f[f"first_{where}"] = f[f"{mine}_first_{where}"] = 1.0
    if seen.joined:
        f[f"joined_{where}"] = 1.0
    if seen.pronoun:
        f[f"pronoun_{where}"] = f[f"{mine}_pronoun_{where}"] = 1.0
    if place.initial and back > 0:
        f[f"initial_{where}_{main}"] = 1.0
    f["tokens"] = min(5.0, math.log1p(max(0, place.token - seen.token)))
    f["frequent"] = min(2.0, math.log1p(len(entity.positions)) / 1.5)
    f["full_name"] = float(len(entity.words) > 1)


def _next_mention(discourse: Discourse, place: Place, entity: Entity) -> NameMention | None:
    """Where an entity is named next after a pronoun, in the same sentence or the next one."""
    start = discourse.doc.starts[place.token] if discourse.doc.words else 0
    k = bisect.bisect_right(entity.positions, start)
    if k == len(entity.positions) or discourse.doc.sentence_of(entity.positions[k]) > place.sentence + 1:
        return None
    return next((m for m in discourse.cast.within(entity.positions[k], entity.positions[k] + 1)), None)


def author_of(plain: Features, relation: str, sort: str) -> Features:
    """The features of a document's author as the one who speaks through it, given those of the author.

    Args:
        relation: how the author is known. sort: what the document is, see ``writings``.
    """
    kept = ("previous", "outer", "previous_paragraph")
    f = {name: plain[name] for name in kept if name in plain}
    return {**f, "author": 1.0, f"author_{relation}": 1.0, f"author_{sort}": 1.0, f"author_{relation}_{sort}": 1.0}


def together(discourse: Discourse, reference: Reference, group: Sequence[Entity], position: int) -> Features:
    """The features of the people who spoke together last, at ``position``, as what a plural means."""
    doc = discourse.doc
    gap = doc.paragraph_of(reference.start) - doc.paragraph_of(position)
    previous = bool(discourse.turns) and discourse.turns[-1].speakers == group
    f = {
        "together": 1.0,
        f"together_{reference.kind}": 1.0,
        "together_previous": float(previous),
        "together_gap": min(4.0, float(gap)),
    }
    f["together_pair"] = float(reference.pair and len(group) == 2)
    f["together_people"] = float(reference.kind == "person" and all(e.is_person for e in group))
    f["together_head"] = float(any(reference.head in e.heads for e in group))
    return {name: value for name, value in f.items() if value}


def of_other_countries(reference: Reference, entity: Entity) -> bool:
    """Whether a nominal and an entity are of different countries: "the Chinese navy", "the Indian navy"."""
    if not (mine := reference.modifiers & lex.NATIONALITIES):
        return False
    theirs = (entity.modifiers | set(entity.words)) & lex.NATIONALITIES
    return bool(theirs) and not mine & theirs


def of_other_names(reference: Reference, entity: Entity, text: str) -> bool:
    """Whether a document and another are called by names that share no word: "the Tarn poll", "the Post poll"."""
    if reference.kind != "document" or not entity.document or entity.named or reference.name is None or reference.owned:
        return False
    if not reference.phrase[0] <= reference.name.start < reference.phrase[1]:
        return False
    theirs = {w.lower() for w in _CAPITALISED.findall(text, entity.name[0] + 1, entity.name[1])}
    mine = {w.lower() for name in reference.name.words for w in _CAPITALISED.findall(" " + name)}
    return bool(theirs) and bool(mine) and not mine & theirs


def of_another(reference: Reference, entity: Entity, text: str) -> bool:
    """Whether people are somebody else's: "the family of Sousa", "a lawyer for Sousa", "the lawyer for the company"."""
    if (
        reference.name is not None
        and reference.name.entity is entity
        and (reference.plural or reference.kind == "group")
    ):
        return entity.person > _SURE
    if reference.kind != "person" or entity.named or reference.head not in entity.heads:
        return False
    mine, theirs = (
        set(_WORD.findall(found.group(1).lower())) - lex.FUNCTION if (found := _WHOSE.search(text, *span)) else set()
        for span in (reference.phrase, entity.name)
    )
    return bool(mine) and bool(theirs) and not mine & theirs


def of_other_office(reference: Reference, entity: Entity) -> bool:
    """Whether a nominal calls the holder of an office whom an entity is not: "the defence minister" no foreign minister.

    The parish council is no county council either.
    """
    if reference.plural:
        return False
    theirs = entity.modifiers | set(entity.words)
    mine = reference.modifiers | {reference.head}
    if reference.kind == "body":
        return _LEVELS.isdisjoint(mine & theirs) and not _LEVELS.isdisjoint(mine) and not _LEVELS.isdisjoint(theirs)
    if reference.kind != "person" or not entity.named:
        return False
    if reference.head not in entity.heads:
        # "The president said" after an economist did: there is one president only, and it is not the economist.
        only = reference.head in _ONLY_ONE and reference.determiner == "definite" and entity.is_person
        return only and not _OFFICES.isdisjoint(entity.heads)
    portfolio = mine & _PORTFOLIOS
    return bool(portfolio) and bool(theirs & _PORTFOLIOS) and not portfolio & theirs


def of_other_kind(reference: Reference, entity: Entity) -> bool:
    """Whether a reference calls what an entity surely is not: no person is "it" or "the bureau", no party "the chancellor".

    "Workers said" begins a group of its own, whatever union is named after them.
    """
    if not entity.named or entity.document:
        return False
    person, body = entity.person > _SURE, entity.person < -_SURE
    if reference.type == "pronoun":
        return reference.paradigm == "it" and person and not PERSONAL.isdisjoint(entity.clues)
    if reference.kind == "body" or (reference.kind == "group" and reference.determiner == "definite"):
        return person and reference.head not in lex.FIRMS
    if reference.kind == "document":
        return person and reference.head in lex.POLLS
    if reference.kind != "person":
        return False
    if reference.plural:
        kin = reference.head in _KIN
        return not entity.plural and ((person and kin) or (reference.determiner == "bare" and (person or body)))
    return body and reference.head in nouns.PEOPLE and reference.head not in _EITHER


def _fit(wanted: str, person: float, entity: Entity) -> float:
    """How likely an entity is of the kind that a nominal calls, given how likely it is a person: 0 to 1."""
    if wanted == "document" or entity.document:
        return float(entity.document and wanted in ("document", "message"))
    if wanted == "person":
        return person
    return 1.0 - person if wanted == "body" else 0.5


def _nominal(f: Features, reference: Reference, entity: Entity) -> None:
    wanted = "message" if reference.head in lex.MESSAGES else reference.kind
    f["head"] = float(reference.head in entity.heads)
    if not f["head"] and (field := fields.shared(reference.head, entity.heads)):
        f["same_field"] = f[f"same_field_{field}"] = 1.0
        f[f"same_field_{reference.determiner}"] = 1.0
    if entity.heads and not f["head"] and not entity.named:
        f["other_head"] = 1.0
    known = sum(w in entity.modifiers or w in entity.words for w in reference.modifiers)
    f["modifier"] = min(2.0, float(known))
    f["missing_modifier"] = min(2.0, float(len(reference.modifiers) - known))
    f["head_and_modifier"] = f["head"] * min(1.0, f["modifier"])
    if reference.name is not None and reference.name.entity is entity:
        f["possessor"] = f[f"possessor_{wanted}"] = 1.0
    kind = "document" if entity.document else "person" if entity.is_person else "body"
    fit = _fit(wanted, f.get("person", 0.0), entity)
    f["same_kind"], f["wrong_kind"] = fit, 1.0 - fit
    f[f"{wanted}_{kind}"] = 1.0
    if reference.determiner == "definite":
        f["definite_same_kind"] = fit
        plain = "plain" if reference.plain else "long"
        for clue in ("previous", "last", "gap0", "gap1", "top", "subject", "salience", "named", "head", "place"):
            if value := f.get(clue):
                by_kind = clue in ("previous", "last", "gap0", "gap1", "top")
                f[f"{plain}_{wanted}_{clue}" if by_kind else f"{plain}_{clue}"] = fit * value
    f["wrong_number"] = float(entity.plural != reference.plural)
    number = "many" if reference.plural else "one"
    theirs = ("many_" if entity.plural else "one_") + ("named" if entity.named else "unnamed")
    f[f"{number}_{wanted}_{theirs}_{kind}"] = 1.0
    f[f"{number}_{reference.determiner}_{theirs}"] = 1.0
    if f["head"]:
        f[f"head_{number}_{theirs}"] = f[f"head_{reference.determiner}_{theirs}"] = 1.0
    last = nouns.canonical(entity.words[-1]) if entity.words else ""
    if last == reference.head:
        f["head_is_last"] = f[f"head_is_last_{wanted}"] = 1.0
    if reference.determiner == "definite" and entity.named and kind == "body":
        sort = bodies.sort(entity)
        f[f"{wanted}_{sort}"] = 1.0
        if reference.head in lex.ANAPHORS or reference.head in lex.OUTLETS:
            f[f"the_{reference.head}_{sort}"] = 1.0
