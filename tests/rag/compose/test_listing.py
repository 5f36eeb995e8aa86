"""Lists and counts, asked of a small office."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Answer, Counted, Engine, QuestionKind, Tally, kind_of
from rag.proof import Status, verify
from rag.query import AskedQuestion
from tests.office import write_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, ibid_home: Path) -> Engine:
    return Engine.open(write_office(tmp_path_factory.mktemp("office")))


def holds(answer: Answer) -> bool:
    return {verdict.status for verdict in verify(answer)} == {Status.HOLDS}


def test_rows_are_counted_and_each_is_quoted(office: Engine) -> None:
    answer = office.ask("How many projects does Mei run?")
    assert (answer.kind, answer.complete) == (QuestionKind.COUNT, True)
    assert answer.tally == Tally(4, Counted.ROWS, "projects.csv", (("Mei",),))
    said = [c.document.cut(c.emphasis[0]) for c in answer.citations]
    assert said == ["Orion", "Heron", "Cobalt", "Mistral"]
    assert answer
    assert holds(answer)


def test_of_a_column_each_value_is_quoted_once(office: Engine) -> None:
    answer = office.ask("how many customers have open invoices")
    words = (("open",),)
    assert answer.tally == Tally(3, Counted.VALUES, "invoices.csv", words, "customer")
    said = [c.document.cut(c.emphasis[0]) for c in answer.citations]
    assert said == ["Brandvold AS", "Halden Ltd", "Tessin SA"]


def test_a_list_under_a_heading_of_its_name_is_quoted_whole(office: Engine) -> None:
    answer = office.ask("list the decisions of the june meeting")
    assert (answer.kind, answer.complete) == (QuestionKind.LIST, False)
    assert answer.tally == Tally(3, Counted.ITEMS, "minutes-june.md", label="Decisions")
    assert [len(c.members) for c in answer.citations] == [3]
    assert holds(answer)


def test_where_no_list_stands_under_the_heading_its_paragraphs_are_told(
    tmp_path: Path, ibid_home: Path
) -> None:
    (tmp_path / "town.md").write_text(
        "# Brell\n\n## Notable residents\n\nIda runs the pier. She is tall.\n\nOtto fishes.\n\n"
        "## Events\n\nThe fair is in May.\n"
    )
    answer = Engine.open(tmp_path).ask("list the notable residents")
    tally = Tally(2, Counted.PARAGRAPHS, "town.md", label="Notable residents")
    assert answer.tally == tally
    cut = answer.citations[0].document.cut
    members = [cut(member) for member in answer.citations[0].members]
    assert members == ["Ida runs the pier. She is tall.", "Otto fishes."]
    assert holds(answer)


def test_what_rows_meet_is_said_with_the_column_and_its_cells_stand_out(office: Engine) -> None:
    answer = office.ask("how many projects with a budget over 20000 does Mei run")
    conditions = (("budget", "over 20000"),)
    words = (("Mei",),)
    assert answer.tally == Tally(1, Counted.ROWS, "projects.csv", words, conditions=conditions)
    assert answer.complete
    (cited,) = answer.citations
    assert [cited.document.cut(span) for span in cited.emphasis] == ["Orion", "40000"]
    assert holds(answer)


def test_every_mention_is_found(office: Engine) -> None:
    answer = office.ask("how often is Halden mentioned")
    assert answer.tally == Tally(4, Counted.SENTENCES, words=(("Halden",),))
    assert answer.complete
    assert len(answer.citations) == 4
    assert all("Halden" in c.quote for c in answer.citations)


def test_what_stands_in_prose_may_be_more(office: Engine) -> None:
    answer = office.ask("who was present", kind=QuestionKind.LIST)
    assert answer.kind is QuestionKind.LIST
    assert not answer.complete
    assert answer.tally is not None
    assert answer.tally.of is Counted.QUOTATIONS
    assert answer.tally.number == len(answer.citations) >= 2
    assert holds(answer)


@pytest.mark.parametrize(
    "question",
    [
        "how many projects does Otto run",  # nobody of that name
        "How many harbours does Halden run?",  # the number stands there
        "how many invoices are unsigned",  # which the table does not say
    ],
)
def test_without_anything_of_the_kind_it_is_a_fact(office: Engine, question: str) -> None:
    answer = office.ask(question, kind=QuestionKind.COUNT)
    fact = office.ask(question, kind=QuestionKind.FACT)
    assert answer == fact
    assert (answer.kind, answer.tally, answer.complete) == (QuestionKind.FACT, None, False)


def test_a_number_is_counted_where_the_table_is_of_such_things(office: Engine) -> None:
    question = "how many staff are there in Support?"
    assert kind_of(AskedQuestion(question)) is QuestionKind.FACT
    answer = office.ask(question)
    assert answer.kind is QuestionKind.COUNT
    assert answer.tally == Tally(2, Counted.ROWS, "staff.csv", (("Support",),))
    assert office.ask(question, kind=QuestionKind.FACT).tally is None
    assert office.ask("Why do they ask how many staff are there in Support?").tally is None


def test_a_kind_that_is_given_goes_before_what_the_words_say(office: Engine) -> None:
    question = "How many people work in Leeds?"
    assert office.ask(question).kind is QuestionKind.FACT
    counted = office.ask(question, kind=QuestionKind.COUNT)
    assert counted.tally == Tally(2, Counted.ROWS, "staff.csv", (("Leeds",),))
    asked = office.ask("which projects does Mei run", kind=QuestionKind.FACT)
    assert (asked.kind, asked.tally) == (QuestionKind.FACT, None)


def test_of_a_document_that_is_named_the_rows_are_counted(office: Engine) -> None:
    answer = office.ask("In projects.csv, how many projects are closed?")
    assert answer.asked_of == ("projects.csv",)
    assert answer.tally == Tally(3, Counted.ROWS, "projects.csv", (("closed",),))


def test_a_follow_up_is_of_the_kind_of_the_question_it_leans_on(office: Engine) -> None:
    first = office.ask("How many projects does Mei run?")
    second = office.ask("and Farid?", history=[first])
    assert second.kind is QuestionKind.COUNT
    assert second.tally == Tally(2, Counted.ROWS, "projects.csv", (("Farid",),))


def test_documents_that_are_not_asked_are_not_counted(office: Engine) -> None:
    others = [d.id for d in office.documents if d.source != "projects.csv"]
    answer = office.within(others).ask("How many projects does Mei run?")
    assert all(c.document.source != "projects.csv" for c in answer.citations)
    assert office.within(others).ask("list the action items of the june meeting").tally
    papers = [d.id for d in office.documents if d.source.endswith(".csv")]
    assert not office.within(papers).ask("list the decisions of the june meeting").citations


@pytest.mark.slow
def test_tables_with_the_same_columns_are_listed_each_under_its_name(
    tmp_path: Path, ibid_home: Path
) -> None:
    for year, name in (("2023", "Orion"), ("2024", "Heron")):
        rows = "".join(f"{name} {n},Mei,{year}\n" for n in range(30))
        (tmp_path / f"projects-{year}.csv").write_text(f"project,lead,year\n{rows}")
    answer = Engine.open(tmp_path).ask("list all projects of Mei")
    assert answer.tally == Tally(60, Counted.ROWS, words=(("Mei",),))
    assert [group.label for group in answer.groups] == ["projects-2023.csv", "projects-2024.csv"]
    assert (len(answer.citations), answer.complete) == (50, False)
