"""From a question in full to an answer: what is looked for, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from index import Hit
from rag import Engine, QuestionKind
from rag.query import AskedQuestion
from rag.reader import open_reader
from rag.readings import Reading
from tests.office import write_office


class CountingReader:
    """A reader that counts how often it reads."""

    def __init__(self) -> None:
        self._reader = open_reader()
        self.abstain, self.sure = self._reader.abstain, self._reader.sure
        self.keep = self._reader.keep
        self.times = 0

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        self.times += 1
        return self._reader.read(question, hits)


@pytest.fixture
def reader() -> CountingReader:
    return CountingReader()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, ibid_home: Path) -> Engine:
    return Engine.open(write_office(tmp_path_factory.mktemp("office")))


@pytest.fixture
def office(opened: Engine, reader: CountingReader) -> Engine:
    return Engine(opened.retriever, reader, opened.documents)


def test_for_an_overview_nothing_is_read(office: Engine, reader: CountingReader) -> None:
    answer = office.ask("What are these documents about?")
    assert answer
    assert (answer.kind, reader.times) == (QuestionKind.OVERVIEW, 0)
    assert (answer.hits, answer.unknown, answer.unquoted, answer.closest) == ((), (), (), ())
    assert office.ask("How high is the budget of Orion?").hits
    assert reader.times


def test_where_nothing_is_about_the_topic_it_is_looked_for_as_a_fact(
    office: Engine, reader: CountingReader
) -> None:
    question = "tell me about zeppelins"
    answer = office.ask(question)
    assert (answer.kind, answer.citations) == (QuestionKind.FACT, ())
    assert reader.times
    assert answer.closest
    assert answer.unknown == ("zeppelins",)
    assert answer == office.ask(question, kind=QuestionKind.FACT)


def test_a_topic_is_told_as_the_documents_spell_it(office: Engine) -> None:
    answer = office.ask("tell me about the playgruond")
    assert "playground" in answer.asked_as
    assert answer.kind is QuestionKind.OVERVIEW
