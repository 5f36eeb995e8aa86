"""What is offered: answered beforehand, related, never asked before, the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from index.encoder.encode import OnnxEncoder
from index.generation import store
from index.language import Query
from index.passages.chunking import split
from index.passages.table import PassageTable
from index.types import Hit, Passage
from rag.answers import Answer
from rag.engine import Engine
from rag.kinds import QuestionKind
from rag.query import AskedQuestion
from rag.readings import Reading
from rag.suggestions.suggest import TRIES, Suggester
from tests.doubles import FakeEncoder, document

TEXT = """A day in Brell

The Harbour of Brell was dredged in 1987. Brell Harbour employs 12 pilots. The Tarn Bridge was
designed by Per Lund. Ida Holm is a Danish painter. The Brell Council aims to deepen the basin.
Rye bread from Brell consists of flour and water. It is sold on Saturdays.
"""


@dataclass
class WordReader:
    """Finds the sentence with the most names of the question; remembers what it was asked."""

    abstain: float = 0.5
    sure: float = 0.5
    keep: float = 0.0
    asked: list[str] = field(default_factory=list)

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        """The share of the question's words that a sentence holds."""
        self.asked.append(question.text)
        wanted = {w[:5].lower() for w in question.text.rstrip("?").split() if w[0].isupper()}
        found = []
        for hit in hits:
            for sentence in hit.passage.sentences:
                said = hit.passage.document.cut(sentence.span)
                own = {w[:5].lower().rstrip(".") for w in said.split()}
                share = len(wanted & own) / max(1, len(wanted))
                found.append(Reading(hit, sentence.span, share, share))
        return sorted(found, key=lambda r: (-r.score, r.span))


@dataclass
class AllPassages:
    """A retriever that finds everything, in its order."""

    passages: Sequence[Passage]
    encoder: FakeEncoder = field(default_factory=FakeEncoder)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The first `k`."""
        return [Hit(p, 1.0) for p in self.passages[:k]]


@pytest.fixture
def engine() -> Engine:
    """An engine over one small document."""
    made = document(TEXT)
    passages = split(made, FakeEncoder().count_tokens)
    table = PassageTable.from_passages([made], passages)
    return Engine(AllPassages(table), WordReader(), [made])


def sentence_of(answer: Answer) -> str:
    assert answer.best is not None
    return answer.best.document.cut(answer.best.top)


def test_every_offer_is_answered(engine: Engine) -> None:
    offered = Suggester(engine).openers(10)
    assert len(offered) >= 3
    assert all(engine.ask(question) for question in offered)
    assert len({sentence_of(engine.ask(q)) for q in offered}) == len(offered)


def test_what_was_asked_or_quoted_is_not_offered(engine: Engine) -> None:
    answer = engine.ask("Who is the painter Ida Holm?")
    suggester = Suggester(engine, close=-1.0)
    offered = suggester.follow_ups([answer], 10)
    assert offered
    assert sentence_of(answer) not in [sentence_of(engine.ask(q)) for q in offered]
    history = [answer]
    for _ in range(5):  # each chip clicked in its turn
        chips = suggester.follow_ups(history)
        if not chips:
            break
        assert not set(chips) & {a.question for a in history}
        history.append(engine.ask(chips[0]))
    assert len(history) > 2


def test_nothing_is_offered_without_an_answer(engine: Engine) -> None:
    suggester = Suggester(engine)
    assert suggester.follow_ups([]) == ()
    unanswered = engine.ask("Do Zebras play chess?")
    assert not unanswered
    assert suggester.follow_ups([unanswered]) == ()


def test_a_rephrasing_shares_a_name_with_what_was_asked(engine: Engine) -> None:
    suggester = Suggester(engine)
    missed = engine.ask("Where in Zanzibar and Quito did Yamal meet Holm?")
    assert not missed
    offered = suggester.rephrasings(missed)
    assert offered
    assert all("Holm" in q for q in offered)
    assert suggester.rephrasings(engine.ask("Do Zebras play chess?")) == ()
    assert suggester.rephrasings(engine.ask("Who is Ida Holm?")) == ()  # it was answered


def test_the_same_calls_offer_the_same(engine: Engine) -> None:
    answer = engine.ask("Who is Ida Holm?")
    warm = Suggester(engine)
    first = warm.openers(), warm.follow_ups([answer])
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: (warm.openers(), warm.follow_ups([answer])), range(8)))
    assert set(again) == {first}
    cold = Suggester(engine)
    assert (cold.follow_ups([answer]), cold.openers()) == (first[1], first[0])


def test_few_questions_are_tried_and_each_once(engine: Engine) -> None:
    answer = engine.ask("Who is Ida Holm?")
    suggester = Suggester(engine)
    reader = engine.reader
    assert isinstance(reader, WordReader)
    reader.asked.clear()
    suggester.follow_ups([answer])
    assert len(reader.asked) <= TRIES
    reader.asked.clear()
    suggester.follow_ups([answer])
    assert reader.asked == []


def test_a_question_that_is_not_answered_is_not_offered(engine: Engine) -> None:
    silent = Engine(engine.retriever, WordReader(abstain=2.0), engine.documents)
    assert Suggester(silent).openers() == ()


def test_a_stored_index_has_all_it_takes(opened: store.SavedGeneration) -> None:
    engine = Engine(opened.retriever, WordReader(abstain=-1.0), opened.documents)
    suggester = Suggester(engine)
    assert isinstance(suggester.openers(), tuple)
    assert suggester.follow_ups([engine.ask("When was the harbour dredged?")]) is not None


def test_what_has_nothing_to_do_with_the_answer_is_not_offered(engine: Engine) -> None:
    answer = engine.ask("Who is the painter Ida Holm?")
    assert Suggester(engine, close=1.1).follow_ups([answer]) == ()


def test_a_section_near_an_answer_is_asked_for_by_its_heading(
    opened: store.SavedGeneration,
) -> None:
    engine = Engine(opened.retriever, WordReader(abstain=-1.0), opened.documents)
    answer = engine.ask("When was the harbour dredged?")
    offered = Suggester(engine).follow_ups([answer], 10)
    own = [q for q in offered if q.startswith("What does the section ")]
    for question in own:
        assert engine.ask(question).kind is QuestionKind.OVERVIEW
        assert question.split('"')[1] in " ".join(d.text for d in opened.documents)


def test_of_some_documents_only_those_are_asked_about(opened: store.SavedGeneration) -> None:
    engine = Engine(opened.retriever, WordReader(abstain=-1.0), opened.documents)
    answer = engine.ask("When was the harbour dredged?")
    for left_out in opened.documents:
        narrowed = engine.within({d.id for d in opened.documents if d != left_out})
        suggester = Suggester(narrowed)
        for question in (*suggester.openers(), *suggester.follow_ups([answer])):
            best = narrowed.ask(question).best
            assert best is not None
            assert best.document != left_out


@pytest.mark.slow
def test_over_the_bundled_articles(default_encoder: OnnxEncoder) -> None:
    engine = Engine.open()
    suggester = Suggester(engine)
    openers = suggester.openers()
    assert len(openers) == 5
    history = [engine.ask("Why does Big Tech want AI regulation?")]
    chips = suggester.follow_ups(history)
    assert len(chips) == 3
    assert all(engine.ask(q) and engine.ask(q, history=history).asked_as == "" for q in chips)
    missed = engine.ask("In which year did Jensen Huang start NVIDIA?")
    assert not missed
    assert all(engine.ask(q) for q in suggester.rephrasings(missed))
    assert suggester.rephrasings(engine.ask("How do I bake sourdough bread?")) == ()
