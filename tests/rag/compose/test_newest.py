"""Of two editions the newer answers what is so now, and the older one says that it is older."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.types import Document
from rag.answers import Answer
from rag.citations import Citation, Older
from rag.editions import are_of_one_kind, asks_for_present
from tests.doubles import document
from tests.scripted import scripted

OLD, NEW = "The lamp room opens at nine.", "The lamp room opens at ten."
BUILT = "The tower was built of granite by masons."
CONTROLS = [
    "When does the lamp room of New York open?",
    "When does the lamp room open on New Year's Day?",
    "When does the lamp room at Last Chance Lake open?",
    "Which lamp room is on Current River?",
    "Current River: when does the lamp room open?",
    "When does the lamp room open a current account?",
    "What is the fee of the current account?",
    "How large are current assets and current liabilities?",
    "What is a current?",
    "How strong is the current in the lamp room?",
    "Does the current flow to the lamp room?",
    "the current runs through which lamp room",
    "What was the New Deal?",
    "Who wrote The Last of the Mohicans?",
    "What is new in the lamp room?",
    "Which new lamp room opens at nine?",
    "When does the last lamp room open?",
    "Who was last in the lamp room?",
    "What did USA Today say of the lamp room?",
    "Who filmed Apocalypse Now in the lamp room?",
    "Who lives in New Tarn, by the lamp room?",
    "What is the Newest Covenant?",
    "Which lamp room did the Latest Lark visit?",
    "When did the lamp room open?",
    "When does the lamp room open?",
    "When does the lamp room open, in 2019, and is it current today?",
    "What is the current hour of the lamp room in version 1?",
    "Was steht in der Neuen Zeitung über den Lampenraum?",
    "Wer las Die letzte Welt im Lampenraum?",
    "Was ist Neuland?",
    "Where is the now-and-then lamp room?",
]
PRESENT = [
    "When does the lamp room open now?",
    "What are the current hours of the lamp room?",
    "current hours of the lamp room",
    "Currently, when does the lamp room open?",
    "What is the latest hour of the lamp room?",
    "When does the lamp room open these days?",
    "When does the lamp room open today?",
    "Which hours are in force?",
    "Wann öffnet der Lampenraum derzeit?",
    "Was sind die aktuellen Zeiten?",
    "Wann öffnet er jetzt?",
    "Heute: wann öffnet der Lampenraum?",
]


def edition(text: str, source: str, title: str = "", date: str = "") -> Document:
    return replace(document(f"{text}\n", source), title=title, meta={"date": date})


def asked(
    question: str, one: Document, other: Document, likely: float = 0.8, new: str = NEW
) -> Answer:
    return scripted({question: [(OLD, 0.9), (new, likely)]}, [one, other]).ask(question)


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


EARLY = edition(OLD, "early.txt", "Hours 2019")
LATE = edition(NEW, "late.txt", "Hours 2023")


@pytest.mark.parametrize("question", PRESENT)
def test_the_newer_one_answers_what_is_so_now(question: str) -> None:
    answer = asked(question, EARLY, LATE)
    assert quotes(answer) == [NEW, OLD]
    assert answer.best == answer.citations[0]
    assert quotes(asked(question, LATE, EARLY)) == [NEW, OLD]


@pytest.mark.parametrize("question", CONTROLS)
def test_what_does_not_ask_for_it_is_answered_as_before(question: str) -> None:
    assert not asks_for_present(question)
    assert quotes(asked(question, EARLY, LATE)) == [OLD, NEW]


@pytest.mark.parametrize("question", [PRESENT[0], CONTROLS[0]])
def test_the_older_one_says_so_and_the_newer_one_nothing(question: str) -> None:
    found = {c.quote: c.older for c in asked(question, EARLY, LATE).citations}
    assert found == {OLD: Older("2019", "2023", "late.txt"), NEW: None}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (edition(OLD, "a.txt"), edition(NEW, "b.txt")),
        (edition(OLD, "a.txt", "Hours 2019"), edition(NEW, "b.txt")),
        (edition(OLD, "a.txt", "Hours 2019"), edition(NEW, "b.txt", "Hours, again 2019")),
        (edition(OLD, "a.txt", "Hours v2", "2019"), edition(NEW, "b.txt", "Hours v1", "2023")),
    ],
)
def test_where_editions_do_not_say_nothing_is_changed(one: Document, other: Document) -> None:
    answer = asked(PRESENT[0], one, other)
    assert quotes(answer) == [OLD, NEW]
    assert [c.older for c in answer.citations] == [None, None]


def test_what_says_something_else_is_not_newer() -> None:
    late = edition(BUILT, "late.txt", "Hours 2023")
    answer = asked(PRESENT[0], EARLY, late, new=BUILT)
    assert quotes(answer) == [OLD, BUILT]
    assert [c.older for c in answer.citations] == [None, None]


def test_what_would_not_answer_by_itself_does_not_lead() -> None:
    assert quotes(asked(PRESENT[0], EARLY, LATE, likely=0.3))[0] == OLD


def test_of_several_the_newest_leads_and_marks_the_others() -> None:
    middle = "The lamp room opens at noon."
    own = [EARLY, LATE, edition(middle, "middle.txt", "Hours 2021")]
    script = [(OLD, 0.9), (middle, 0.8), (NEW, 0.7)]
    answer = scripted({PRESENT[0]: script}, own).ask(PRESENT[0])
    assert quotes(answer)[0] == NEW
    older = {c.quote: c.older and c.older.newer for c in answer.citations}
    assert older[NEW] is None
    assert older[OLD] in ("2023", "2021")
    assert older[middle] == "2023"


def test_it_is_kept_in_json() -> None:
    answer = asked(PRESENT[0], EARLY, LATE)
    again = Answer.from_dict(answer.to_dict(), [EARLY, LATE])
    assert [c.older for c in again.citations] == [c.older for c in answer.citations]
    assert isinstance(again.citations[0], Citation)


def test_documents_of_another_kind_or_about_another_thing_are_no_editions() -> None:
    late = edition(NEW, "late.txt", "Trains 2023")
    answer = asked(PRESENT[0], EARLY, late)
    assert quotes(answer) == [OLD, NEW]
    assert [c.older for c in answer.citations] == [None, None]
    orre, tarn = "The lamp room of Orre opens at nine.", "The lamp room of Tarn opens at ten."
    one, other = edition(orre, "a.txt", "Hours 2019"), edition(tarn, "b.txt", "Hours 2023")
    question = "When does the lamp room of Orre open now?"
    told = scripted({question: [(orre, 0.9), (tarn, 0.8)]}, [one, other]).ask(question)
    assert quotes(told) == [orre, tarn]
    assert [c.older for c in told.citations] == [None, None]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Travel policy, version 1", "Travel policy, version 2 (March 2025)", True),
        ("Master direction on export (2019)", "Amendment to the master direction (2024)", True),
        ("Harbour of Lund 2019", "Harbour of Kiel 2023", False),
        ("2019", "2023", False),
    ],
)
def test_editions_are_called_alike(one: str, other: str, alike: bool) -> None:
    made = [edition(OLD, "a.txt", one), edition(NEW, "b.txt", other)]
    assert are_of_one_kind(*made) is alike
