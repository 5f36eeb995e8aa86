"""A row that holds the names and numbers of the question stands before one that does not."""

from __future__ import annotations

import pytest

from index.passages.chunking import split
from index.types import Document, Hit
from rag.query import AskedQuestion
from rag.reader.rows import rank_rows
from rag.readings import Reading
from tests.doubles import FakeEncoder, document

TABLE = document(
    "port,boats,depth_m\nVelm,12,4\nBrell,7,9\nBrell Old Harbour,3,2\nTarn,30,7\n", "ports.csv"
)


def readings_of(made: Document, scores: list[float]) -> list[Reading]:
    found: list[Reading] = []
    for passage in split(made, FakeEncoder().count_tokens):
        for sentence in passage.sentences:
            found.append(Reading(Hit(passage, 1.0), sentence.span, scores[len(found)], 0.5))
    return sorted(found, key=lambda r: -r.score)


def ports(question: str, scores: list[float]) -> list[str]:
    ranked = rank_rows(AskedQuestion(question), readings_of(TABLE, scores))
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    return [TABLE.cut(r.span).split(";")[0].removeprefix("port: ") for r in ranked]


def test_the_row_of_the_name_comes_first_however_it_was_read() -> None:
    assert ports("How many boats are in Tarn?", [5, 4, 3, 2])[0] == "Tarn"
    assert ports("How deep is the Old Harbour of Brell?", [5, 4, 3, 2])[0] == "Brell Old Harbour"


def test_where_no_row_holds_more_all_stay_as_they_were() -> None:
    order = ["Velm", "Brell", "Brell Old Harbour", "Tarn"]
    assert ports("Which port has the most boats?", [5, 4, 3, 2]) == order
    assert ports("How many boats are in Hollin?", [5, 4, 3, 2]) == order


def test_of_two_names_neither_row_gives_way_to_the_other() -> None:
    found = ports("Are there more boats in Velm or in Tarn?", [2, 5, 4, 1])
    assert found[:2] == ["Velm", "Tarn"]


def test_prose_stays_as_it_was_read() -> None:
    prose = document("The pier was closed. Tarn has a long pier: it is old; boats lie there.\n")
    readings = readings_of(prose, [5, 4])
    assert rank_rows(AskedQuestion("When was the pier of Tarn closed?"), readings) == readings


def test_a_file_named_for_the_year_holds_the_year() -> None:
    rows = "month,boats\nMarch,12\nApril,7\n"
    older, newer = (
        document(rows, "berths-2023.csv"),
        document(rows.replace("12", "15"), "berths-2024.csv"),
    )
    readings = readings_of(older, [5, 4]) + readings_of(newer, [3, 2])
    ranked = rank_rows(AskedQuestion("How many boats were there in March 2024?"), readings)
    assert ranked[0].hit.passage.document.source == "berths-2024.csv"


def scores_of(question: str, made: Document) -> dict[str, float]:
    ranked = rank_rows(AskedQuestion(question), readings_of(made, [3.5, 3, 2.5, 2]))
    return {made.cut(r.span).split(";")[0].partition(": ")[2]: r.score for r in ranked}


@pytest.mark.parametrize(
    "question",
    ["How many boats are in Tarn?", "How many boats does tarn have?", "boats, 30, depth"],
)
def test_a_row_of_another_thing_is_far_below_the_one_that_was_asked_for(question: str) -> None:
    scores = scores_of(question, TABLE)
    assert scores.pop("Tarn") - max(scores.values()) > 5


def test_a_word_further_on_in_a_row_keeps_the_others_near() -> None:
    made = document(
        "member,boat,note\nIda,Sula,teaches sailing to children\nOle,Terna,treasurer\n"
        "Kari,Alke,keeps the keys\n",
        "members.csv",
    )
    scores = scores_of("Who are the members that teach sailing?", made)
    assert scores["Ida"] - min(scores.values()) < 2


def test_what_stands_before_a_rows_first_label_names_it() -> None:
    ports = '{"Velm": {"river": "Eld", "boats": 12}, "Brell": {"river": "Aun", "boats": 7}}'
    made = document(ports, "ports.json")
    question = AskedQuestion("Which river flows through velm?")
    first, second = rank_rows(question, readings_of(made, [4, 5]))
    assert made.cut(first.span).startswith("Velm")
    assert first.score - second.score > 5


def test_a_number_is_of_the_label_that_stands_before_it() -> None:
    made = document("berth,boat,fee\n47,Boat 12,1960\n12,Boat 47,1610\n", "berths.csv")
    question = AskedQuestion("What is the fee of berth 47?")
    first, second = rank_rows(question, readings_of(made, [4, 5]))
    assert made.cut(first.span).startswith("berth: 47")
    assert first.score - second.score > 5
    question = AskedQuestion("What is the fee of boat 47?")
    first, _ = rank_rows(question, readings_of(made, [5, 4]))
    assert made.cut(first.span).startswith("berth: 12")
