"""Names that small words cut in pieces, made whole by the abbreviation behind them."""

from __future__ import annotations

import time

from claimcheck.sentences import split
from claimcheck.speakers import abbreviations, names
from claimcheck.speakers.document import Document

TEXT = (
    "Orla Penhallow lent boats to the Union to Rescue Our Seals (UROS) on Monday. Bruno Castellan (MP) was against it.\n\n"
    "The Society to Mend Old Piers (the SMOP) met Zita Marchetti at noon."
)


def test_each_name_is_made_whole_where_it_stands_and_the_others_are_left() -> None:
    doc = Document(TEXT, split(TEXT))
    pieces = names.find(doc, [])
    whole = abbreviations.join(doc, pieces)
    assert [TEXT[m.start : m.end] for m in whole if "linked" in m.clues] == [
        "Union to Rescue Our Seals",
        "Society to Mend Old Piers",
    ]
    assert [m.first for m in whole] == sorted(m.first for m in whole)
    others = [m for m in whole if "linked" not in m.clues]
    assert others == [m for m in pieces if not any(w.first <= m.first and m.last <= w.last for w in whole if w != m)]
    assert {"Orla Penhallow", "UROS", "Bruno Castellan", "Zita Marchetti"} <= {TEXT[m.start : m.end] for m in others}


def test_time_grows_with_the_number_of_abbreviations_and_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        text = "Boats came from the Union to Rescue Our Seals (UROS) at noon. " * times
        doc = Document(text, [(0, len(text))])
        mentions = names.find(doc, [])
        assert len(mentions) >= 3 * times
        before = time.process_time()
        abbreviations.join(doc, mentions)
        return time.process_time() - before

    seconds(50)
    short, long = seconds(200), seconds(3200)
    # 16 times the text: the square would be 256 times the work.
    assert long < 64 * max(short, 0.001)
