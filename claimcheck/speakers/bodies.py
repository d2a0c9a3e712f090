"""What sort of body a name is: an outlet, a company, an office of state, a party and so on, by the words of the name.

A nominal that calls back to a body fits some sorts better than others: "the paper" an outlet, "the firm" a company.
How well is learned, see ``antecedents``.
"""

from __future__ import annotations

from claimcheck.speakers import lexicon as lex
from claimcheck.speakers.entities import Entity

_SORTS: dict[str, frozenset[str]] = {
    "outlet": lex.words("""news times post journal tribune herald gazette guardian telegraph magazine press television tv radio courier
        chronicle observer mercury advertiser mirror examiner inquirer star standard zeitung diario cnn bbc msnbc nbc abc
        cbs npr reuters politico breitbart bloomberg fox today weekly daily broadcasting broadcaster nyt afp"""),
    "company": lex.words("""company corporation corp inc ltd llc plc gmbh ag sa nv co holdings partners capital ventures industries systems
        technologies airlines airways motors energy bank group insurance oil gas petroleum marine foods stores software
        pharmaceuticals pharma chemicals steel mining minerals resources properties developments construction electric
        telecom brands logistics shipping labs games enterprises solutions"""),
    "state": lex.words("""ministry department office agency bureau commission authority administration service services treasury
        board directorate inspectorate regulator government cabinet house senate congress parliament assembly council
        committee kremlin pentagon presidency secretariat"""),
    "court": lex.words("court tribunal bench jury inquiry"),
    "force": lex.words("police army navy force forces guard constabulary militia brigade command patrol"),
    "school": lex.words("university college school institute academy laboratory lab hospital clinic museum"),
    "party": lex.words("party democrats republicans labour conservatives coalition alliance front campaign"),
    "union": lex.words("union federation association confederation league society guild workers teachers"),
    "club": lex.words("club fc united athletic team rovers wanderers city"),
    "fund": lex.words("foundation fund trust charity ngo initiative project forum network"),
    "document": lex.words("poll survey report index review study letter census"),
}
_SORT_OF = {word: sort for sort, words in _SORTS.items() for word in words}


def sort(entity: Entity) -> str:
    """Of a body with a name its sort, from the last word that tells; "place", "acronym" or "other" where none does."""
    for word in reversed(entity.words):
        if word in _SORT_OF:
            return _SORT_OF[word]
    if entity.clues["capital"] or entity.clues["in"] * 2 > entity.clues["mentions"]:
        return "place"
    if entity.clues["acronym"]:
        return "acronym"
    return "other" if len(entity.words) > 1 else "word"
