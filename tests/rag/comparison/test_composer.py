"""A comparison: each side under its name, and what agrees or differs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index import Document
from index.generation.build import encode_documents
from rag.answers import Answer
from rag.engine import Engine
from rag.kinds import PairKind, QuestionKind
from rag.reader.first import FirstReader
from tests.doubles import FakeEncoder, document

QUAY = """# The quay contract

The rent of the quay is 900 euros a month. The quay closes at eight in the evening.
Coal may be landed on every working day of the year.
"""
MOLE = """# The mole contract

The rent of the quay is 700 euros a month. The quay closes at eight in the evening.
Fishing from the mole needs a permit of the harbour master.
"""
PLANS = """# Plans

The Basic plan holds ten boats in the yard. The Premium plan holds sixty boats in the yard.
The Basic plan and the Premium plan both renew in March each year.
"""


def engine(*documents: Document) -> Engine:
    contents = encode_documents(documents, FakeEncoder())
    return Engine(contents.retriever(FakeEncoder()), FirstReader.shipped(), documents)


@pytest.fixture(scope="module")
def contracts() -> Engine:
    return engine(document(QUAY, "quay.md"), document(MOLE, "mole.md"))


def quoted(answer: Answer, numbers: Sequence[int]) -> str:
    return " ".join(c.quote for c in answer.citations if c.number in numbers)


def test_each_side_stands_under_its_title(contracts: Engine) -> None:
    answer = contracts.ask("Compare the rent in quay.md and mole.md")
    assert answer.kind is QuestionKind.COMPARISON
    assert [group.label for group in answer.groups] == ["The quay contract", "The mole contract"]
    own, others = (quoted(answer, group.numbers) for group in answer.groups)
    assert "900 euros" in own
    assert "700 euros" in others


def test_what_differs_and_what_agrees_is_said(contracts: Engine) -> None:
    answer = contracts.ask("compare the contracts on the rent of the quay")
    differing = [pair for pair in answer.pairs if pair.kind is PairKind.DIFFER]
    assert differing
    assert {"900", "700"} <= set(quoted(answer, differing[0].numbers).split())
    answer = contracts.ask("compare the contracts on when the quay closes")
    assert PairKind.AGREE in {pair.kind for pair in answer.pairs}
    assert Answer.from_dict(answer.to_dict(), contracts.documents).pairs == answer.pairs


def test_what_disagrees_without_a_topic(contracts: Engine) -> None:
    answer = contracts.ask("What do they disagree about?")
    assert answer.kind is QuestionKind.COMPARISON
    first = [answer.groups[0].numbers[0], answer.groups[1].numbers[0]]
    assert "900" in quoted(answer, first)
    assert "700" in quoted(answer, first)


def test_things_stand_apart_and_what_names_both_first() -> None:
    plans = engine(document(PLANS, "plans.md"))
    answer = plans.ask("Compare the Basic and the Premium plan on boats in the yard")
    by_label = {group.label: quoted(answer, group.numbers) for group in answer.groups}
    assert "ten boats" in by_label["Basic"]
    assert "sixty boats" in by_label["Premium plan"]
    assert "sixty" not in by_label["Basic"]
    answer = plans.ask("Compare the Basic plan and the Premium plan on when they renew in March")
    assert answer.groups[0].label == "Together"
    assert "both renew" in quoted(answer, answer.groups[0].numbers)


def test_a_side_of_which_nothing_is_found_is_shown_empty() -> None:
    plans = engine(document(PLANS, "plans.md"))
    answer = plans.ask("Compare the Basic plan and the Gold plan on boats")
    assert [bool(group.numbers) for group in answer.groups] == [True, False]
    assert answer.groups[1].label == "Gold plan"


def test_where_nothing_is_found_it_is_as_a_fact(contracts: Engine) -> None:
    answer = contracts.ask("Compare the zebras and the violins")
    assert answer == contracts.ask("Compare the zebras and the violins", kind=QuestionKind.FACT)


def test_a_document_that_alone_is_named_by_its_file_is_no_reason_to_ask_it_alone() -> None:
    both = engine(document(QUAY, "quay.md"), document(MOLE, "mole.md"), document(PLANS, "plans.md"))
    answer = both.ask("How does quay.md differ from the mole contract on the rent?")
    assert {c.document.source for c in answer.citations} == {"quay.md", "mole.md"}


def test_another_question_read_as_a_comparison_asks_every_document(contracts: Engine) -> None:
    answer = contracts.ask("What is the rent of the quay?", kind=QuestionKind.COMPARISON)
    assert [group.label for group in answer.groups] == ["The quay contract", "The mole contract"]


def test_of_many_documents_those_that_say_most() -> None:
    many = [
        document(f"# Pier {n}\n\nPier {n} is lit by lamp {n} at night.\n", f"{n}.md")
        for n in range(9)
    ]
    answer = engine(*many).ask("compare the documents on the lamp of the pier at night")
    assert answer.kind is QuestionKind.COMPARISON
    assert 2 <= len(answer.groups) <= 6
