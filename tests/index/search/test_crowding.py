"""What says the same again takes no further place among the passages found."""

from __future__ import annotations

import pytest

from index.generation.build import encode_documents
from index.language import Query
from index.search.crowding import HEARD
from index.search.hybrid import Hybrid
from index.types import Hit
from tests.doubles import FakeEncoder, document

TRUE = "The harbour of Brell was dredged in 1987, when the dredger removed old mud from the basin."
FALSE = "The harbour of Brell was dredged in 1953."
QUESTION = "When was the harbour of Brell dredged?"
FILLERS = "very truly indeed perhaps certainly officially rather surely mostly widely".split()  # noqa: SIM905


def found(texts: list[str], question: str = QUESTION, k: int = 14) -> list[Hit]:
    encoder = FakeEncoder()
    made = [document(text, f"{i:02}.txt") for i, text in enumerate(texts)]
    retriever: Hybrid = encode_documents(made, encoder).retriever(encoder)
    return retriever.search(Query(question), k)


def held(hits: list[Hit], words: str) -> int:
    return sum(words in hit.passage.text for hit in hits)


def test_a_sentence_is_heard_from_few_documents() -> None:
    letters = [f"{FALSE} Reader {n} likes the {word} park." for n, word in enumerate(FILLERS * 3)]
    hits = found([*letters, TRUE])
    assert held(hits[: HEARD + 1], TRUE) == 1  # the others of them stand behind it


def test_copies_with_words_shuffled_in_are_one_group() -> None:
    claim = "The harbour of Brell was dredged in 1953 by sailors with anchored ships near Tarn."
    words = claim.removesuffix(".").split()
    shuffled = [
        " ".join([*words[:at], filler, *words[at:]]) + "." for at in (2, 4, 6) for filler in FILLERS
    ]
    hits = found([*shuffled, TRUE])
    assert held(hits[: 2 * HEARD + 1], TRUE) == 1


def test_a_document_that_says_the_same_over_and_over_has_one_place() -> None:
    again = " ".join([FALSE] * 300)
    hits = found([again, TRUE])
    assert [hit.passage.document.source for hit in hits[:2]] == ["00.txt", "01.txt"]


@pytest.mark.slow
def test_what_differs_in_a_name_is_found_by_it() -> None:
    names = [
        f"{a}{b}"
        for a in ("Mor", "Kal", "Ves", "Ton", "Rul", "Bin")
        for b in ("ga", "den", "wick", "stad", "holm")
    ]
    leases = [f"The lease of {name} ends on {n + 1} March." for n, name in enumerate(names)]
    for name in names:
        assert name in found(leases, f"When does the lease of {name} end?", 3)[0].passage.text


def test_the_question_said_again_is_no_part_of_what_is_found() -> None:
    (hit,) = found([f"{QUESTION} In 1953 it was."])
    assert hit.passage.text == "In 1953 it was."
    assert hit.evidence is not None
    assert max(hit.evidence.similarity) < 0.9
    assert hit.echoing is not None
    assert hit.echoing.passage.text == f"{QUESTION} In 1953 it was."


def test_the_question_said_often_is_nothing_at_all() -> None:
    often = f"{QUESTION} " * 200 + FALSE
    hit, *behind = found([often])
    assert (hit.passage.text, hit.echoing) == (FALSE, None)
    assert held(behind, FALSE) == 0
