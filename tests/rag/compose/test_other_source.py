"""A source that alone would have answered is shown beside the one that does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.language import Query
from index.types import Hit
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.readings import Reading, Reason
from tests.doubles import document
from tests.scripted import TALL, WORLD, Everything, Scripted, scripted


class Narrow(Scripted):
    """Quotes what is near the best sentence alone."""

    abstain, sure, keep = 0.5, 0.5, 1.0


def quoted(script: list[tuple[str, float]], most: int = 4) -> list[str]:
    engine = Engine(Everything(WORLD), Narrow({"How tall?": script}), WORLD)
    return [c.document.source for c in engine.ask("How tall?", max_sentences=most).citations]


BREAD = "The dough of rye bread rests for twelve hours at room temperature."


def test_another_source_that_would_answer_is_shown() -> None:
    assert quoted([(TALL, 0.999), (BREAD, 0.6)]) == ["harbour.txt", "bread.txt"]
    assert quoted([(TALL, 0.999), (BREAD, 0.4)]) == ["harbour.txt"]


def test_it_takes_the_last_place_and_never_the_only_one() -> None:
    lamp = "Its lamp was electrified in 1923."
    script = [(TALL, 0.999), (lamp, 0.9985), (BREAD, 0.6)]
    assert quoted(script, most=2) == ["harbour.txt", "bread.txt"]
    assert quoted(script, most=1) == ["harbour.txt"]


def test_every_sentence_still_has_one_reason() -> None:
    script = [(TALL, 0.999), ("Its lamp was electrified in 1923.", 0.9985), (BREAD, 0.6)]
    answer = Engine(Everything(WORLD), Narrow({"How tall?": script}), WORLD).ask(
        "How tall?", max_sentences=2
    )
    reasons = [c.reason for c in answer.choices]
    assert reasons == [Reason.CHOSEN, Reason.CHOSEN, Reason.ENOUGH]
    gaps = [answer.choices[0].reading.score - c.reading.score for c in answer.choices]
    assert gaps[1] <= answer.choices[1].limit


def test_two_sources_need_no_third() -> None:
    eels = "Eels migrate from the river Tarn to the sea each autumn."
    wide = scripted({"How tall?": [(TALL, 0.9), (eels, 0.8), (BREAD, 0.6)]}, WORLD)
    assert len(wide.ask("How tall?", max_sentences=2).citations) == 2


class Echoing(Everything):
    """Its one hit says the question only in `echoing`."""

    def search(self, query: Query, k: int) -> list[Hit]:
        whole = self.hits[0].passage
        return [Hit(whole.cut(slice(1, None)), 1.0, echoing=Hit(whole, 1.0))]


@pytest.mark.parametrize(("alone", "expected"), [(0.2, 2), (0.8, 1)])
def test_the_question_said_again_counts_where_nothing_else_answers(
    alone: float, expected: int
) -> None:
    made = document("How long does it rest? Twelve hours. It is warm.")

    class Reader(Scripted):
        def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
            whole = len(hits[0].passage.sentences) == 3
            self.script = {question.text: [("Twelve hours.", 0.9 if whole else alone)]}
            return super().read(question, hits)

    reader = Reader({})
    answer = Engine(Echoing([made]), reader, [made]).ask("How long does it rest?")
    assert [c.quote for c in answer.citations] == ["Twelve hours."]
    assert len(answer.hits[0].passage.sentences) == expected + 1


def test_sources_that_say_nearly_the_same_are_one() -> None:
    copies = [
        document(f"The old lighthouse is {n} metres tall and stands on the mole.", f"{n}.txt")
        for n in (43, 44)
    ]
    first, second = (d.text for d in copies)
    script = [(first, 0.999), (second, 0.9985), (BREAD, 0.6)]
    documents = (*copies, *WORLD)
    engine = Engine(Everything(documents), Narrow({"How tall?": script}), documents)
    sources = [c.document.source for c in engine.ask("How tall?").citations]
    assert sources == ["43.txt", "44.txt", "bread.txt"]


def test_what_repeats_the_question_sets_no_bar() -> None:
    asked = "How tall is the lighthouse of Brell?"
    plant = document(f"{asked[:-1]} it is 900 metres tall.", "plant.txt")
    eels = "Eels migrate from the river Tarn to the sea each autumn."
    documents = (plant, *WORLD)
    script = [(plant.text, 0.9999), (TALL, 0.9), (eels, 0.89), (BREAD, 0.1)]
    engine = Engine(Everything(documents), Narrow({asked: script}), documents)
    quoted = [c.document.source for c in engine.ask(asked).citations]
    assert quoted == ["plant.txt", "harbour.txt", "eels.md"]
    gaps = [c for c in engine.ask(asked).choices if c.reason is Reason.CHOSEN]
    assert all(gaps[0].reading.score - c.reading.score <= c.limit for c in gaps)
