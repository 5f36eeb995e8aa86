"""A false quotation cannot be represented, and one in JSON is never believed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from index.errors import CitationError
from index.types import Document, Passage, Sentence, Span, text_id
from rag.answers import Answer
from rag.citations import Citation
from tests.doubles import HARBOUR, document
from tests.strategies import answers, citations, documents


def cite(made: Document, words: str, number: int = 1, **more: Any) -> Citation:
    start = made.text.index(words)
    more = {"context": None, "score": 1.0, **more}
    return Citation(made, start, start + len(words), number=number, **more)


def documents_of(answer: Answer) -> list[Document]:
    return [c.document for c in (*answer.citations, *answer.closest)]


@pytest.mark.slow
@given(citations())
def test_a_quote_is_its_characters_of_the_document(cited: Citation) -> None:
    assert cited.quote == cited.document.text[cited.start : cited.end]
    assert cited.line == 1 + cited.document.text[: cited.start].count("\n")
    assert cited.place == f"{cited.document.source}:{cited.line}"


@given(documents(), st.integers(-5, 300), st.integers(-5, 300))
def test_offsets_outside_the_document_cannot_be_cited(made: Document, start: int, end: int) -> None:
    valid = 0 <= start < end <= len(made.text)
    if valid:
        assert Citation(made, start, end, None, 1.0, 1).quote == made.text[start:end]
    else:
        with pytest.raises(CitationError, match="does not lie in"):
            Citation(made, start, end, None, 1.0, 1)


@pytest.mark.parametrize("part", ["context", "sentences", "best_sentence", "emphasis"])
@pytest.mark.parametrize("span", [Span(-1, 3), Span(0, 0), Span(3, 2), Span(0, 10**6)])
def test_nor_can_its_context_or_its_sentences_lie_outside(part: str, span: Span) -> None:
    cited = cite(document(HARBOUR), "It took eleven months.")
    changed: dict[str, Any] = {part: (span,) if part in ("sentences", "emphasis") else span}
    with pytest.raises(CitationError):
        replace(cited, **changed)


@pytest.mark.parametrize(
    "words", [["The harbour"], ["eleven", "It took"], ["took eleven", "eleven months"]]
)
def test_emphasis_lies_in_the_quotation_in_order(words: list[str]) -> None:
    cited = cite(document(HARBOUR), "It took eleven months.")
    spans = [Span(HARBOUR.index(w), HARBOUR.index(w) + len(w)) for w in words]
    with pytest.raises(CitationError, match="emphasised words"):
        replace(cited, emphasis=tuple(spans))


def test_json_of_before_emphasis_is_read() -> None:
    data, made = valid_answer()
    del data["citations"][0]["emphasis"]
    assert Answer.from_dict(data, made).citations[0].emphasis == ()


def test_a_passage_is_its_sentences() -> None:
    made = document(HARBOUR)
    inside = (Sentence(0, 10), Sentence(12, 20))
    assert Passage(made, 0, 20, inside).text == HARBOUR[:20]
    for start, end, sentences in [(0, 21, inside), (1, 20, inside), (0, 20, ())]:
        with pytest.raises(ValueError, match="first sentence"):
            Passage(made, start, end, sentences)
    with pytest.raises(ValueError, match="does not lie in"):
        Passage(made, 0, 10**6, (Sentence(0, 10**6),))


@pytest.mark.slow
@given(answers())
def test_an_answer_is_true_when_it_cites(answer: Answer) -> None:
    assert bool(answer) == bool(answer.citations)
    if not answer:
        assert answer.best is None
        assert answer.text == ""
        return
    assert answer.best is not None
    assert answer.best.score == max(c.score for c in answer.citations)
    assert answer.text == "\n".join(f"{c.quote} [{c.number}]" for c in answer.citations)


def test_the_first_of_equals_is_the_best() -> None:
    made = document(HARBOUR)
    cited = (cite(made, "It took eleven months.", 1), cite(made, "41 metres", 2))
    assert Answer("?", cited, (), 1.0).best is cited[0]


@pytest.mark.slow
@given(answers())
def test_json_and_back(answer: Answer) -> None:
    data = json.loads(json.dumps(answer.to_dict()))
    again = Answer.from_dict(data, documents_of(answer))
    assert again.to_dict() == answer.to_dict()
    assert again.citations == answer.citations
    assert (again.question, again.unknown) == (answer.question, answer.unknown)
    assert again.unquoted == answer.unquoted


@pytest.mark.slow
@given(citations())
def test_the_json_can_be_checked_without_this_program(cited: Citation) -> None:
    data = cited.to_dict()
    text = cited.document.text
    assert data["quote"] == text[data["start"] : data["end"]]
    assert data["quote_sha256"] == text_id(data["quote"])
    assert data["text_sha256"] == text_id(text)
    assert data["file_sha256"] == text_id(text)  # made from UTF-8 without a mark
    assert data["loader"] in ("text/4", "markdown/4")


def other(character: str) -> str:
    return "x" if character != "x" else "y"


@pytest.mark.slow
@given(answers().filter(bool), st.data())
def test_one_character_of_the_quote_changed_is_refused(answer: Answer, data: st.DataObject) -> None:
    changed = answer.to_dict()
    cited = data.draw(st.sampled_from(changed["citations"]))
    at = data.draw(st.integers(0, len(cited["quote"]) - 1))
    quote = cited["quote"][:at] + other(cited["quote"][at]) + cited["quote"][at + 1 :]
    cited["quote"] = quote
    with pytest.raises(CitationError):
        Answer.from_dict(changed, documents_of(answer))
    cited["quote_sha256"] = text_id(quote)  # a forger who knows how
    with pytest.raises(CitationError):
        Answer.from_dict(changed, documents_of(answer))


@pytest.mark.slow
@given(answers().filter(bool), st.sampled_from(["start", "end"]), st.sampled_from([-1, 1]))
def test_an_offset_changed_by_one_is_refused(answer: Answer, end: str, by: int) -> None:
    changed = answer.to_dict()
    changed["citations"][0][end] += by
    moved = changed["citations"][0]
    there = documents_of(answer)[0].text[max(0, moved["start"]) : moved["end"]]
    assume(there != moved["quote"] or moved["start"] < 0)
    with pytest.raises(CitationError):
        Answer.from_dict(changed, documents_of(answer))


@pytest.mark.slow
@given(answers().filter(bool), st.data())
def test_one_character_of_the_document_changed_is_refused(
    answer: Answer, data: st.DataObject
) -> None:
    first = answer.citations[0].document
    at = data.draw(st.integers(0, len(first.text) - 1))
    text = first.text[:at] + other(first.text[at]) + first.text[at + 1 :]
    changed = Document(text_id(text), text, first.title, first.source, first.meta)
    rest = [d for d in documents_of(answer) if d != first]
    with pytest.raises(CitationError):
        Answer.from_dict(answer.to_dict(), [changed, *rest])


def valid_answer() -> tuple[dict[str, Any], list[Document]]:
    made = document(HARBOUR, "harbour.txt")
    cited = cite(made, "It took eleven months.", headings=("A",), context=Span(0, 5))
    start = cited.start + len("It took ")
    cited = replace(cited, emphasis=(Span(start, start + len("eleven months")),))
    return Answer("How long?", (cited,), (), 0.5).to_dict(), [made]


def test_another_source_is_refused() -> None:
    data, made = valid_answer()
    data["citations"][0]["source"] = "harbour.tx"
    with pytest.raises(CitationError, match=r"from harbour\.txt, not from harbour\.tx"):
        Answer.from_dict(data, made)


def test_a_missing_document_is_named() -> None:
    data, _ = valid_answer()
    with pytest.raises(CitationError, match=r"harbour\.txt is not among the documents"):
        Answer.from_dict(data, [])


def test_the_quote_is_cut_from_the_document_never_taken_from_the_json() -> None:
    data, (made,) = valid_answer()

    class Liar(str):
        """Equal to anything."""

        __hash__ = None  # type: ignore[assignment]  # on purpose

        def __eq__(self, other: object) -> bool:
            return True

        def __ne__(self, other: object) -> bool:
            return False

    data["citations"][0]["quote"] = Liar("It took eleven years.")
    again = Answer.from_dict(data, {made.id: made})
    assert again.citations[0].quote == "It took eleven months."
    assert type(again.citations[0].quote) is str


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a JSON value."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(p for key, item in inner for p in places(item, (*path, key)))]


WRONG: list[Any] = [
    None,
    "x",
    -1,
    1.5,
    True,
    [],
    {},
    [None],
    [[1]],
    10**400,
    float("nan"),
    "\ud800",
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda w: repr(w)[:12])
def test_any_part_replaced_by_something_else_raises_one_kind_of_error(wrong: Any) -> None:
    data, made = valid_answer()
    refused = count()
    for path in places(data):
        changed: Any = {"": copy.deepcopy(data)}
        inner = changed
        for key in ("", *path)[:-1]:
            inner = inner[key]
        inner[("", *path)[-1]] = wrong
        try:
            again = Answer.from_dict(changed[""], made)
        except CitationError:
            next(refused)
        else:
            assert [c.quote for c in again.citations] in ([], ["It took eleven months."])
    assert next(refused) > 5


@pytest.mark.parametrize("drop", ["question", "citations", "confidence"])
def test_what_is_no_answer_says_so(drop: str) -> None:
    data, made = valid_answer()
    del data[drop]
    with pytest.raises(CitationError, match="not an answer written by"):
        Answer.from_dict(data, made)


@pytest.mark.parametrize(
    "change",
    [lambda c: c.update(start=True), lambda c: c.update(end=3.0), lambda c: c.update(start="1")],
)
def test_offsets_are_whole_numbers(change: Callable[[dict[str, Any]], None]) -> None:
    data, made = valid_answer()
    change(data["citations"][0])
    with pytest.raises(CitationError, match="whole numbers"):
        Answer.from_dict(data, made)
