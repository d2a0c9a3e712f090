"""What a source audit says. These types *are* its JSON, version 1: their fields, in this order.

A *word* is a run of characters that are no white space, as for ``Speaker.share`` in the report; shares are from 0 to 1,
rounded to four decimals. Numbers of sentences and offsets are those of the article's report, both from 0.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import msgspec

from claimcheck.report import Kind, Model, Probability, read_json

SCHEMA: Literal["claimcheck-sources/1"] = "claimcheck-sources/1"

By = Literal["article", "folder", "outlet"]
"""What an audit is about: one article, or all those of a folder or an outlet."""

Count = Annotated[int, msgspec.Meta(ge=0)]
Share = Probability


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a speaker is heard: the article's id, the code points, and the sentence they begin in.

    ``sentence`` is null where no sentence of the report has the place, as in a report edited by hand.
    """

    article: str
    sentence: Count | None
    start: Count
    end: Count


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A speaker and how much they say.

    ``articles`` is how many they speak in, and ``speakers`` how many speakers of reports the row stands for: 1, unless
    those of several articles have the same words for a name and are not known to be the same ("officials").

    ``claims`` is ``direct`` + ``indirect`` + ``mixed``. ``words`` are those in the content of their claims, each once;
    ``share`` is the part of all words of the audited articles. ``first`` and ``last`` are where they are first and last
    heard, null for a speaker of no claim and no mention.
    """

    name: str
    kind: Kind
    title: str | None
    justification: str | None
    articles: Count
    speakers: Count
    claims: Count
    direct: Count
    indirect: Count
    mixed: Count
    words: Count
    share: Share
    first: Place | None
    last: Place | None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the speakers of some kinds say together.

    ``claims`` have at least one of them among their speakers. ``words`` stand in the content of such a claim, and
    ``share`` is their part of the *attributed* words. ``alone`` are those of the words behind which nobody else stands.
    """

    speakers: Count
    claims: Count
    words: Count
    share: Share
    alone: Count


class Loudest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one speaker with the most words.

    ``share`` is of all words, ``of_attributed`` of the words that stand in anybody's claims.
    """

    name: str
    kind: Kind
    words: Count
    share: Share
    of_attributed: Share


class Balance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is heard, by sides. ``kinds`` has all five kinds; the other parts are made of them.

    ``named`` are persons and organizations, ``unnamed`` persons and groups; documents are neither. ``people`` are named
    and unnamed persons and unnamed groups. ``nobody`` is what is attributed and leads to no speaker.
    """

    named: Part
    unnamed: Part
    people: Part
    organizations: Part
    documents: Part
    nobody: Part
    kinds: dict[Kind, Part]
    loudest: Loudest | None


class Audit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The voices of one article, or of several together.

    ``name`` is the article's id, the folder or the outlet, and ``title`` the title of an article that has one.
    ``attributed`` are the words that stand in the content of claims, each once. ``speakers`` come with the one who says
    most first; of equals, the one heard first.
    """

    name: str
    title: str | None
    articles: Count
    sentences: Count
    words: Count
    claims: Count
    attributed: Count
    attributed_share: Share
    balance: Balance
    speakers: list[Voice]


class Audits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``claimcheck sources --format json`` writes."""

    schema: Literal["claimcheck-sources/1"]
    by: By
    audits: list[Audit]
    model: Model
    claimcheck: str

    def to_json(self, *, indent: int | None = None) -> str:
        """All audits as one JSON object, on one line unless ``indent`` (spaces) is given."""
        try:
            encoded = msgspec.json.encode(self).decode()
        except UnicodeEncodeError:
            # A name with a lone surrogate is no valid Unicode; JSON can still carry it, as an escape.
            return json.dumps(msgspec.to_builtins(self), indent=indent)
        return msgspec.json.format(encoded, indent=indent) if indent is not None else encoded

    @classmethod
    def from_json(cls, data: str | bytes) -> Audits:
        """Read what :meth:`to_json` wrote.

        Raises:
            ValueError: if ``data`` is no JSON or no audits of this version; the message names the field.
        """
        return read_json(data, cls)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `Audits`; ``claimcheck/sources/audits.schema.json`` is this, written down."""
    schema = msgspec.json.schema(Audits)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}
