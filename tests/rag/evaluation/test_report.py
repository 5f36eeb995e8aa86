"""Judging answers against what was expected, and the sums of that, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

import rag
from index.errors import MissingPath, QuestionError
from index.language import Query
from index.passages.chunking import split
from index.types import Document
from rag.answers import Answer
from rag.citations import Citation
from rag.evaluation.figures import Share
from rag.evaluation.judgement import ExpectedQuote, Outcome, judge
from rag.evaluation.places import Locator
from rag.evaluation.questions import GoldenQuestion
from rag.evaluation.report import Report, evaluate, examine
from tests.doubles import HARBOUR, FakeEncoder, document
from tests.scripted import LAMP, TALL, WORLD, Everything, Script, scripted
from tests.strategies import documents

ELEVEN = "It took eleven months."


def run(script: Script, *questions: GoldenQuestion) -> Report:
    return examine(scripted(script, WORLD), questions)


def outcome(
    *readings: tuple[str, float], expected: str | tuple[str, ...] = (), **more: Any
) -> Outcome:
    """What becomes of a question that is answered with the sentences that hold these words."""
    quotes = (expected,) if isinstance(expected, str) else expected
    report = run({"Why?": readings}, GoldenQuestion("a", 1, "Why?", quotes, **more))
    return report.judgements[0].outcome


def test_outcomes() -> None:
    assert outcome((TALL, 0.9), expected="41 metres tall") is Outcome.RIGHT_BEST
    assert outcome((ELEVEN, 0.9), (LAMP, 0.6), expected=LAMP) is Outcome.RIGHT_OTHER
    assert outcome((ELEVEN, 0.9), (LAMP, 0.6), expected="Rye bread needs") is Outcome.WRONG
    assert outcome((TALL, 0.4), expected=TALL) is Outcome.ABSTAINED_WRONGLY
    assert outcome((TALL, 0.4), expected=()) is Outcome.ABSTAINED_RIGHTLY
    assert outcome((TALL, 0.9), expected=()) is Outcome.ANSWERED_WRONGLY
    assert outcome((TALL, 0.9), expected="It is 42 metres tall.") is Outcome.NOT_COUNTED


def test_outcomes_of_what_must_not_be_quoted() -> None:
    told: dict[str, Any] = {"expected": TALL, "unexpected": (LAMP,)}
    assert outcome((TALL, 0.9), (LAMP, 0.6), **told) is Outcome.WRONG
    assert outcome((TALL, 0.9), **told) is Outcome.RIGHT_BEST
    assert outcome((LAMP, 0.4), **told) is Outcome.ABSTAINED_WRONGLY
    assert outcome((TALL, 0.9), (LAMP, 0.6), unexpected=(LAMP,)) is Outcome.UNMET
    assert outcome((TALL, 0.9), unexpected=(LAMP, ELEVEN)) is Outcome.MET
    assert outcome((LAMP, 0.4), unexpected=(LAMP,)) is Outcome.MET  # it is not quoted
    assert outcome((TALL, 0.9), unexpected=("No such words.",)) is Outcome.NOT_COUNTED
    assert outcome((TALL, 0.9), unexpected=("No such words.", LAMP)) is Outcome.MET


def test_outcomes_of_any_answer() -> None:
    assert outcome((TALL, 0.9), anything=True) is Outcome.MET
    assert outcome((TALL, 0.4), anything=True) is Outcome.UNMET
    assert outcome((TALL, 0.9), anything=True, unexpected=(TALL,)) is Outcome.UNMET
    assert outcome((TALL, 0.9), anything=True, unexpected=("No such words.",)) is Outcome.MET


def test_conditions_are_counted_by_themselves() -> None:
    script = {"tall": [(TALL, 0.9)], "lit": [(TALL, 0.9)]}
    asked = [("tall", (LAMP,)), ("lit", (TALL,))] * 50
    conditions = [
        GoldenQuestion(str(n), n, text, (), unexpected=u) for n, (text, u) in enumerate(asked)
    ]
    report = run(script, *conditions)
    shares = {n: (share.count, share.total) for n, share in report.shares.items() if share.total}
    assert shares == {"met": (50, 100), "unmet": (50, 100), "right": (50, 100)}
    assert report.calibration is None  # whether the best quotation was right is not known
    assert {j.question.text for j in report.misses} == {"lit"}
    (one,) = run(script, conditions[1]).judgements
    assert one.to_dict()["unexpected"][0] | {"places": []} == {
        "quote": TALL,
        "quoted": True,
        "fault": None,
        "places": [],
    }


def test_a_neighbour_joined_to_the_best_sentence_is_in_the_best_quotation() -> None:
    assert outcome((TALL, 0.9), (LAMP, 0.6), expected=LAMP) is Outcome.RIGHT_BEST


def test_the_context_is_not_quoted() -> None:
    dredged = "The harbour of Brell was dredged in 1987."
    report = run({"Why?": [(ELEVEN, 0.9)]}, GoldenQuestion("a", 1, "Why?", (dredged,)))
    answer = report.judgements[0].answer
    assert answer is not None
    assert answer.citations[0].context is not None
    assert report.judgements[0].outcome is Outcome.WRONG


def test_a_paragraph_is_quoted_when_one_of_its_sentences_is() -> None:
    paragraph = HARBOUR[HARBOUR.index(TALL) : HARBOUR.index("Loading")].strip()
    assert outcome((LAMP, 0.9), expected=paragraph) is Outcome.RIGHT_BEST


def test_a_quote_across_two_sentences_counts_for_the_one_it_holds_half_of() -> None:
    across = "and is 41 metres tall. Its lamp"  # 21 characters of one sentence, 8 of the other
    assert outcome((TALL, 0.9), expected=across) is Outcome.RIGHT_BEST
    assert outcome((LAMP, 0.9), expected=across) is Outcome.WRONG


def test_one_of_several_quotes_is_enough() -> None:
    both = ("Bakers in Brell sell rye bread on Saturdays.", TALL)
    assert outcome((TALL, 0.9), expected=both) is Outcome.RIGHT_BEST
    report = run({"Why?": [(TALL, 0.9)]}, GoldenQuestion("a", 1, "Why?", (*both, "No such words.")))
    assert report.judgements[0].quoted == (False, True, False)
    assert report.judgements[0].outcome is Outcome.RIGHT_BEST
    assert report.faulty == list(report.judgements)


def test_the_source_decides_between_equal_words() -> None:
    twice = (document("Eels swim at night.", "a.txt"), document("Eels swim at night.\n", "b.txt"))
    for source, outcome in ((None, "right_best"), ("a.txt", "right_best"), ("b.txt", "wrong")):
        question = GoldenQuestion("a", 1, "Why?", ("eels swim",), source)
        report = examine(scripted({"Why?": [("Eels", 0.9)]}, twice), [question])
        assert report.judgements[0].outcome.value == outcome


@pytest.mark.parametrize(
    ("quote", "source", "fault"),
    [
        ("No such words.", None, "not in the documents"),
        ("No such words.", "eels.md", "not in the documents"),
        (LAMP, "eels.md", "not in eels.md, but at harbour.txt:12"),
        (LAMP, "Harbour.txt", "Harbour.txt is not among the documents"),
    ],
)
def test_a_quote_that_is_not_there_is_an_error_of_the_file(
    quote: str, source: str | None, fault: str
) -> None:
    report = run({}, GoldenQuestion("a", 1, "Why?", (quote,), source))  # nothing is asked
    assert [e.fault for e in report.judgements[0].expected] == [fault]
    assert report.judgements[0].answer is None
    assert report.faulty == list(report.judgements)
    assert report.misses == []
    assert {share.total for share in report.shares.values()} == {0}


@pytest.fixture
def report() -> Report:
    """Each outcome once, two of the unanswerable kind, and one question with a second answer."""
    script = {
        "best": [(TALL, 0.9)],
        "other": [(ELEVEN, 0.9), (LAMP, 0.6)],
        "wrong": [("Rye bread needs a sour starter.", 0.7)],
        "silent": [(LAMP, 0.3)],
        "nothing": [(TALL, 0.1)],
        "something": [(ELEVEN, 0.8)],
    }
    asked = [
        ("best", ("41 metres",)), ("other", (LAMP,)), ("wrong", (TALL,)), ("silent", (LAMP,)),
        ("nothing", ()), ("something", ()), ("faulty", ("No such words.",)),
    ]  # fmt: skip
    questions = [GoldenQuestion(text, n, text, quotes) for n, (text, quotes) in enumerate(asked, 1)]
    return run(script, *questions)


def test_the_sums(report: Report) -> None:
    assert {name: (share.count, share.total) for name, share in report.shares.items()} == {
        "right_best": (1, 4),
        "right_any": (2, 4),
        "wrong": (1, 4),
        "abstained_wrongly": (1, 4),
        "retrieved": (4, 4),
        "abstained_rightly": (1, 2),
        "answered_wrongly": (1, 2),
        "met": (0, 0),
        "unmet": (0, 0),
        "right": (3, 6),
    }
    # four answers of 1, 2, 1 and 1 quotations, of 64, 22 + 33, 31 and 22 characters
    assert report.median_quotations == 1
    assert report.median_characters == (55 + 31) / 2
    assert report.calibration is None
    assert [j.question.id for j in report.misses] == ["wrong", "silent", "something"]
    assert [j.question.id for j in report.faulty] == ["faulty"]


def test_the_best_is_right_also_when_it_was_withheld(report: Report) -> None:
    right = {j.question.id: j.best_is_right for j in report.judgements}
    assert right == {
        "best": True,
        "other": False,
        "wrong": False,
        "silent": True,
        "nothing": False,
        "something": False,
        "faulty": False,
    }


def test_the_calibration_error_is_that_of_the_best_quotation() -> None:
    # all at 0.9, and half of them wrong: 0.4 too sure
    script = {"tall": [(TALL, 0.9)], "lit": [(TALL, 0.9)]}
    asked = [("tall", (TALL,)), ("lit", ())] * 50
    questions = [GoldenQuestion(str(n), n, text, quotes) for n, (text, quotes) in enumerate(asked)]
    found = run(script, *questions).calibration
    assert found is not None
    assert found.error == pytest.approx(0.4)
    assert found.bins == 5


def test_the_passage_that_was_retrieved() -> None:
    engine = scripted({"Why?": [(TALL, 0.9)]}, WORLD)
    questions = [GoldenQuestion(q, 1, "Why?", (q,)) for q in (TALL, "Rye bread needs")]
    passages = [hit.passage for hit in engine.retriever.search(Query(""), 99)]
    wanted = [
        next(n for n, p in enumerate(passages, 1) if q in p.text) for q in (TALL, "Rye bread")
    ]
    assert [j.passage for j in examine(engine, questions).judgements] == wanted
    assert isinstance(engine.retriever, Everything)
    del engine.retriever.hits[wanted[1] - 1 :]
    assert [j.passage for j in examine(engine, questions).judgements] == [wanted[0], None]


def test_the_json(report: Report) -> None:
    data = json.loads(json.dumps(report.to_dict()))
    assert (data["format"], data["documents"], data["questions"], data["not_counted"]) == (
        1,
        3,
        7,
        1,
    )
    assert data["shares"]["abstained_rightly"]["share"] == 0.5
    by_id = {r["id"]: r for r in data["results"]}
    assert {name: r["outcome"] for name, r in by_id.items()} == {
        "best": "right_best",
        "other": "right_other",
        "wrong": "wrong",
        "silent": "abstained_wrongly",
        "nothing": "abstained_rightly",
        "something": "answered_wrongly",
        "faulty": "not_counted",
    }
    start = HARBOUR.index("41 metres")
    assert by_id["best"]["expected"] == [
        {
            "quote": "41 metres",
            "quoted": True,
            "fault": None,
            "places": [
                {"source": "harbour.txt", "line": 12, "start": start, "end": start + 9},
            ],
        }
    ]
    assert by_id["silent"]["answer"]["answered"] is False
    assert by_id["faulty"]["answer"] is None


def test_no_question_at_all() -> None:
    data = run({}).to_dict()
    assert (data["questions"], data["median_quotations"], data["calibration"]) == (0, None, None)


def test_progress_is_told() -> None:
    heard: list[tuple[str, int, int]] = []
    question = GoldenQuestion("a", 1, "Why?", ())
    engine = scripted({"Why?": []}, WORLD)
    examine(engine, [question] * 2, progress=lambda *told: heard.append(told))
    assert heard == [("asking the questions", 0, 2), ("asking the questions", 1, 2)]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "How tall is the lighthouse?", "expected": "41 metres"}', "utf-8")
    return file


def test_evaluate_from_python(questions: Path, index_path: Path) -> None:
    report = rag.evaluate(str(questions), documents=index_path)
    assert isinstance(report, rag.Report)
    assert report.documents == 3
    assert report.shares["retrieved"] == Share(1, 1)
    again = evaluate([j.question for j in report.judgements], documents=index_path)
    assert again.to_dict() == report.to_dict()


def test_what_cannot_be_evaluated(questions: Path, tmp_path: Path) -> None:
    with pytest.raises(QuestionError):
        evaluate(tmp_path / "none.jsonl", documents=tmp_path / "nowhere")
    with pytest.raises(MissingPath):
        evaluate(questions, documents=tmp_path / "nowhere")


@given(st.data(), documents())
def test_a_sentence_of_a_citation_is_always_quoted(data: st.DataObject, made: Document) -> None:
    passages = split(made, FakeEncoder().count_tokens)
    assume(passages)
    sentences = data.draw(st.sampled_from(passages)).sentences
    first = data.draw(st.integers(0, len(sentences) - 1))
    last = data.draw(st.integers(first, len(sentences) - 1))
    spans = tuple(s.span for s in sentences[first : last + 1])
    cited = Citation(made, spans[0].start, spans[-1].end, None, 1.0, 1, (), spans)
    quote = made.cut(data.draw(st.sampled_from(spans)))
    assume(any(c.isalnum() for c in quote))
    expected = ExpectedQuote(quote, tuple(Locator([made]).places(quote)))
    question = GoldenQuestion("a", 1, "Why?", (quote,))
    judged = judge(question, [expected], Answer("Why?", (cited,), (), 0.9))
    assert judged.outcome is Outcome.RIGHT_BEST
    assert judged.quoted == (True,)


@given(st.data(), documents())
def test_only_what_overlaps_is_quoted(data: st.DataObject, made: Document) -> None:
    passages = split(made, FakeEncoder().count_tokens)
    assume(passages)
    first = passages[0].sentences[0].span
    cited = Citation(made, *first, None, 1.0, 1, (), (first,))
    quote = made.cut(data.draw(st.sampled_from(passages)).sentences[-1].span)
    assume(any(c.isalnum() for c in quote))
    places = tuple(Locator([made]).places(quote))
    judged = judge(
        GoldenQuestion("a", 1, "Why?", (quote,)),
        [ExpectedQuote(quote, places)],
        Answer("Why?", (cited,), (), 0.9),
    )
    touched = any(p.span.start < first.end and first.start < p.span.end for p in places)
    assert touched or judged.outcome is Outcome.WRONG
