"""A sentence that a mail repeats gives way to the mail that says it."""

from __future__ import annotations

import numpy as np
import pytest

from index.copies.copies import Copies
from index.passages import PassageTable
from index.types import Document, Passage, Sentence, text_id

FARE = "The fare from Brell to the island rises to nine francs in March."
BOAT = "The old boat is sold to a club on the lake for its value as scrap."


def table_of(*mails: tuple[str, str]) -> PassageTable:
    """Mails of what each says itself, and what it repeats."""
    documents: list[Document] = []
    passages: list[Passage] = []
    for said, repeated in mails:
        text = f"{said}\n{repeated}\n"
        document = Document(text_id(text), text, "Fares", f"{len(documents)}.eml")
        end = len(said)
        spans = [(0, end, "body"), (end + 1, end + 1 + len(repeated), "repeated")]
        own = tuple(Sentence(a, b, None, role) for a, b, role in spans if a < b)
        documents.append(document)
        passages.append(Passage(document, own[0].start, own[-1].end, own))
    return PassageTable.from_passages(documents, passages)


@pytest.mark.parametrize(
    ("mails", "standing"),
    [
        ([("Thank you for that.", FARE), (FARE, "")], [-1, 1, -1]),  # the answer is read first
        ([(FARE, ""), ("Thank you for that.", FARE.replace(" ", "  "))], [-1, -1, 0]),
        ([("Thank you.", FARE), ("And so do I.", FARE)], [-1, -1, -1, 0]),  # nobody says it
        ([("Thank you.", FARE), ("And so do I.", BOAT)], [-1, -1, -1, -1]),
        ([("Thank you.", "Yes, please."), ("Yes, please.", "")], [-1, -1, -1]),
        ([(FARE, BOAT), (BOAT, FARE)], [-1, 1, -1, 0]),
    ],
)
def test_who_says_it_stands_for_who_repeats_it(
    mails: list[tuple[str, str]], standing: list[int]
) -> None:
    assert Copies.of(table_of(*mails)).standing.tolist() == standing


def test_nothing_is_lost_whichever_of_the_mails_are_asked() -> None:
    table = table_of(("Thank you for that.", FARE), (FARE, ""), ("So be it, said she.", FARE))
    copies = Copies.of(table)
    for chosen, times in (
        ((True, True, True), 1),
        ((True, False, True), 2),
        ((False, False, True), 1),
    ):
        looked = copies.own(np.array(chosen))
        assert sum(looked[[1, 2, 4]].tolist()) == times


def test_also_in_names_the_mail_that_repeats_it() -> None:
    table = table_of(("Thank you for that.", FARE), (FARE, ""))
    document = table.documents[1]
    span = table[1].sentences[0].span
    assert Copies.of(table).also_in(document, [span], np.ones(2, bool)) == ("0.eml",)
