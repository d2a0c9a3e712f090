"""The titles of an article, which stand before or after a name or apart from it, and which nominals are one."""

from __future__ import annotations

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers import titles_after, titles_apart, titles_before
from claimcheck.speakers.cast import Cast
from claimcheck.speakers.document import Document
from claimcheck.speakers.entities import Entity, NameMention
from claimcheck.speakers.references import Reference
from claimcheck.speakers.roles import Roles


def collect(doc: Document, cast: Cast) -> Roles:
    """Titles and relative clauses beside every name, and the role words they give the entities."""
    roles = Roles()
    for m in cast.mentions:
        if m.entity is not None:
            _note_short_form(m, m.entity)
            titles_before.note(doc, cast, m, m.entity, roles)
            if not doc.possessive[m.last]:
                titles_after.note(doc, cast, m, m.entity, roles)
    titles_apart.note(doc, cast, roles)
    return roles


def _note_short_form(m: NameMention, entity: Entity) -> None:
    """People are called again by their last name, bodies by the beginning of theirs."""
    if len(entity.words) > 1 and len(m.key) == 1 and not m.weak:
        if m.key[0] == entity.words[-1]:
            entity.clues["last_alone"] += 1
        elif m.key[0] == entity.words[0]:
            entity.clues["first_alone"] += 1


def is_title(ref: Reference) -> bool:
    """Whether a nominal says what somebody is, and not only that they are somebody: "the composer", not "the woman"."""
    plain = (
        not ref.head.endswith("-old")
        and ref.head not in ("man", "woman", "person", "boy", "girl")
        and ref.head not in lex.NATIONALS
    )
    return plain and ref.kind == "person" and ref.determiner == "definite" and not ref.plural and ref.name is None
