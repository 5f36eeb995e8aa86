"""Misspelt words become those of the documents; what is spelt as it is meant stays."""

from __future__ import annotations

import random

import pytest

from index.generation.build import encode_documents
from index.language import Query, stems
from index.search.hybrid import Hybrid
from index.search.spelling import respelt
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.reader.first import FirstReader
from tests.doubles import FakeEncoder, document

WORDS = [
    "bottleneck",
    "username",
    "portugal",
    "electronic",
    "definitely",
    "harbour",
    "lighthouse",
    "accommodation",
    "account",
    "cancel",
    "work",
    "harvest",
    "business",
    "dredging",
    "keeper",
    "mole",
    "boat",
    "sell",
    "steel",
    "tide",
]
STEMS = [stem for word in WORDS for stem in stems(word)]
SLIPS = {
    "bottelneck": "bottleneck", "bottlneck": "bottleneck", "usrname": "username",
    "portugual": "portugal", "electornic": "electronic", "definately": "definitely",
    "harbuor": "harbour", "lighthous": "lighthouse", "accomodation": "accommodation",
    "acount": "account", "cancle": "cancel", "wrok": "work", "bussiness": "business",
    "dreging": "dredging", "keepr": None, "boaat": "boat", "tied": "tide",
}  # fmt: skip
MEANT = [
    "quizlet",
    "ryanair",
    "taiwan",
    "oreo",
    "anderson",
    "puerto",
    "2024",
    "v2",
    "hrbr",
    "Usrname",
    "Portugual",
    "node",
    "react",
    "boot",
    "soul",
    "walk",
    "cell",
    "tidy",
    "mule",
    "cat",
    "barbour-like",
]


def spelled(stem: str) -> list[str]:
    return [word for word in WORDS if stem in stems(word)]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_mended(slip: str) -> None:
    assert respelt(slip, STEMS, spelled) == SLIPS[slip]


@pytest.mark.parametrize("word", MEANT)
def test_what_is_meant_stays(word: str) -> None:
    assert respelt(word, STEMS, spelled) is None


def test_any_two_letters_swapped_in_a_long_word_are_put_right() -> None:
    rng = random.Random(3)
    for word in (w for w in WORDS if len(w) > 7):
        at = rng.randrange(1, len(word) - 2)
        slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        assert slip == word or respelt(slip, STEMS, spelled) == word


class Learnt(FakeEncoder):
    """An encoder that has learnt a word."""

    def knows(self, word: str) -> bool:
        """Whether it is that word."""
        return word == "dredger"


def hybrid(encoder: FakeEncoder) -> Hybrid:
    made = [
        document("The dredged harbour of Tarn is deep.\n", "a.txt"),
        document("A dredge was lost at Velm.\n", "b.txt"),
    ]
    return encode_documents(made, encoder).retriever(encoder)


def test_a_retriever_knows_how_its_documents_spell() -> None:
    found = hybrid(FakeEncoder())
    assert found.respell(["harbuor", "quizlet", "dredger"]) == {
        "harbuor": "harbour",
        "dredger": "dredge",
    }
    assert hybrid(Learnt()).respell(["dredger"]) == {}
    other = next(d for d in found.passages.documents if d.source == "b.txt")
    assert found.within({other.id}).respell(["harbuor"]) == {}


def test_a_question_is_asked_with_the_word_that_was_meant_and_says_so() -> None:
    retriever = hybrid(FakeEncoder())
    documents = retriever.passages.documents
    engine = Engine(retriever, FirstReader.shipped(), documents, abstain=-1.0)
    answer = engine.ask("how deep is the harbuor?")
    assert answer.asked_as == "how deep is the harbour?"
    assert answer.question == "how deep is the harbuor?"
    assert answer.unknown == ()
    assert engine.ask("how deep is the harbour?").asked_as == ""
    assert engine.ask("how deep is Harbuor?").asked_as == ""


def test_whole_words_alone_are_put_in_place() -> None:
    asked = AskedQuestion("wrok, wroks and Wrok: wrok?")
    assert asked.respelt({"wrok": "work"}).text == "work, wroks and Wrok: work?"
    assert asked.respelt({}) is asked
    assert isinstance(asked, Query)
