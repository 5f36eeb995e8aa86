"""The file of questions: what it may hold, and what is said of one that is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index.errors import QuestionError
from rag.evaluation import questions as question_file
from rag.evaluation.questions import GoldenQuestion, parse_questions, read_questions

MEASURE = Path(__file__).parents[3] / "docs" / "measure.md"


def parse(*rows: Any) -> tuple[GoldenQuestion, ...]:
    return parse_questions("\n".join(map(json.dumps, rows)).encode(), "q.jsonl")


def parse_one(**row: Any) -> GoldenQuestion:
    return parse({"question": "Why?", "expected": "none"} | row)[0]


def test_a_question_with_everything() -> None:
    row = {"id": "a-1", "question": " Why? ", "expected": ["One.", "Two."], "source": "a.txt"}
    assert parse(row) == (GoldenQuestion("a-1", 1, "Why?", ("One.", "Two."), "a.txt"),)


def test_what_is_left_out_is_filled_in() -> None:
    data = b'\xef\xbb\xbf\r\n{"question": "Why?", "expected": "Because.", "tags": [1]}\r\n \n'
    assert parse_questions(data, "q.jsonl") == (GoldenQuestion("line 2", 2, "Why?", ("Because.",)),)
    assert parse_one(source=None, id=None) == GoldenQuestion("line 1", 1, "Why?", ())
    assert parse_one(id=7).id == "7"


@pytest.mark.parametrize("none", ["none", "None", " NONE "])
def test_none_means_that_nothing_is_expected(none: str) -> None:
    assert parse_one(expected=none).expected == ()
    assert parse_one(expected=[none]).expected == (none,)  # in a list it is a quote


def test_any_means_that_something_is_expected() -> None:
    assert parse_one(expected=" Any") == GoldenQuestion("line 1", 1, "Why?", (), anything=True)
    assert parse_one(expected=["any"]).expected == ("any",)  # in a list it is a quote


def test_what_must_not_be_quoted() -> None:
    wrong = {"question": "Why?", "unexpected": ["One.", "Two.", "One."]}
    (question,) = parse(wrong)
    assert question == GoldenQuestion("line 1", 1, "Why?", (), unexpected=("One.", "Two."))
    assert question.conditional
    both = parse_one(expected="Right.", unexpected="Wrong.")
    assert (both.expected, both.unexpected) == (("Right.",), ("Wrong.",))
    assert not both.conditional
    assert parse_one(expected="any", unexpected="Wrong.").conditional
    assert not parse_one().conditional


def test_a_line_separator_in_a_text_ends_no_line() -> None:
    data = '{"question": "One\u2028two?", "expected": "none"}'.encode()
    assert [q.text for q in parse_questions(data, "q.jsonl")] == ["One\u2028two?"]


GOOD = '{"question": "Why?", "expected": "none"}'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        (
            '{"question": "Why?" "expected": "x"}',
            r"not JSON \(Expecting ',' delimiter, column 21\)",
        ),
        ("[" * 100_000, "this JSON cannot be read"),
        ('{"id": ' + "9" * 5000 + "}", "this JSON cannot be read"),
        ("[]", "not a JSON object"),
        ('"Why?"', "not a JSON object"),
        ('{"expected": "none"}', '"question" is missing'),
        ('{"question": "Why?"}', '"expected" is missing'),
        ('{"question": 7, "expected": "none"}', '"question" is not a text'),
        ('{"question": " ", "expected": "none"}', "the question is empty"),
        ('{"question": "a\\ud800", "expected": "none"}', "half a character"),
        ('{"question": "Why?", "expected": null}', '"expected" is not a quote, a list of quotes'),
        ('{"question": "Why?", "expected": []}', '"expected" is not a quote, a list of quotes'),
        ('{"question": "Why?", "expected": ["x", 7]}', '"expected" is not a quote, a list of'),
        ('{"question": "Why?", "expected": {"x": 7}}', '"expected" is not a quote, a list of'),
        ('{"question": "Why?", "expected": ["x", "…"]}', 'a quote of "expected" has no word in it'),
        (
            '{"question": "Why?", "unexpected": []}',
            '"unexpected" is not a quote, a list of quotes$',
        ),
        ('{"question": "Why?", "unexpected": null}', '"unexpected" is not a quote'),
        ('{"question": "Why?", "unexpected": "…"}', 'a quote of "unexpected" has no word in it'),
        ('{"question": "Why?", "expected": null, "unexpected": "x"}', '"expected" is not a quote'),
        ('{"question": "Why?", "expected": "none", "unexpected": "x"}', 'leave out "unexpected"'),
        ('{"question": "Why?", "expected": "x", "source": 7}', '"source" is not the name'),
        ('{"question": "Why?", "expected": "x", "source": " "}', '"source" is not the name'),
        ('{"question": "Why?", "expected": "x", "id": true}', '"id" is neither a text nor'),
        ('{"question": "Why?", "expected": "x", "id": ""}', '"id" is neither a text nor'),
        ('{"question": "Why?", "expected": "x", "id": "line 1"}', "is that of line 1 too"),
    ],
)
def test_a_wrong_line_is_named(line: str, told: str) -> None:
    with pytest.raises(QuestionError, match=f"^q.jsonl, line 3: .*{told}") as error:
        parse_questions(f"{GOOD}\n\n{line}\n{{".encode(), "q.jsonl")
    assert "\n" not in str(error.value)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(QuestionError, match=r"^q\.jsonl, line 2: not UTF-8"):
        parse_questions(f"{GOOD}\n".encode() + b"\xff", "q.jsonl")
    with pytest.raises(QuestionError, match=r"^q\.jsonl, line 1: not UTF-8"):
        parse_questions(GOOD.encode("utf-16"), "q.jsonl")


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_no_question(data: bytes) -> None:
    with pytest.raises(QuestionError, match=r"there is no question in q\.jsonl"):
        parse_questions(data, "q.jsonl")


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(GOOD, "utf-8")
    assert read_questions(str(file)) == (parse_one(),)
    for path in (tmp_path, tmp_path / "none.jsonl", "a\x00b", "~no-such-user/q.jsonl"):
        with pytest.raises(QuestionError, match=r"^cannot read "):
            read_questions(path)
    monkeypatch.setattr(question_file, "MAX_BYTES", 10)
    with pytest.raises(QuestionError, match="is over 0 MB; split the file"):
        read_questions(file)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_questions_or_an_error_of_one_line(data: bytes) -> None:
    told = ""
    try:
        assert parse_questions(data, "q.jsonl")
    except QuestionError as error:
        told = str(error)
    assert "\n" not in told


def test_the_file_of_the_docs_can_be_used() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```", MEASURE.read_text("utf-8"), re.S | re.M)
    assert {bool(q.expected) for q in parse_questions(example.encode(), "docs")} == {True, False}
