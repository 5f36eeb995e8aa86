"""References, code, and when a text was written are left out where nobody asks for them."""

from __future__ import annotations

import pytest

from index.passages import split
from index.types import Hit
from rag.query import AskedQuestion
from rag.reader.order import in_order, without_section
from rag.readings import Reading
from tests.doubles import FakeEncoder, document

PAPER = document(
    "# Eels\n\nEels leave the river in autumn. They come back as glass eels.\n\n"
    "# References\n\nW. Dai wrote about eels in 1998.\n",
    "paper.md",
)


SURE = 0.4  # of a reader


def readings() -> list[Reading]:
    found = [
        Reading(Hit(passage, 1.0), sentence.span, 0.0, 0.5)
        for passage in split(PAPER, FakeEncoder().count_tokens)
        for sentence in passage.sentences
    ]
    scores = (1.0, 2.0, 3.0)
    return [r.__class__(r.hit, r.span, s, 0.5) for r, s in zip(found, scores, strict=True)]


def order(question: str) -> list[float]:
    return [r.score for r in in_order(AskedQuestion(question), readings(), SURE)]


def test_a_reference_is_quoted_when_references_are_asked_for() -> None:
    assert order("Who wrote about eels?") == [2.0, 1.0]
    assert order("Which references are there on eels?") == [3.0, 2.0, 1.0]
    assert order("Whom does it cite?") == [3.0, 2.0, 1.0]


def test_where_nothing_else_was_read_they_stay() -> None:
    only = [r for r in readings() if r.score == 3.0]
    assert in_order(AskedQuestion("Who wrote about eels?"), only, SURE) == only


RULES = document(
    "# Rules\n\n## Article 3\n\nNo dogs are let in.\n\n"
    "## Article 34\n\nThe gate closes at nine.\n\n"
    "## 4. Fees\n\nA day costs two crowns.\n",
    "rules.md",
)


def first_of(question: str) -> str:
    found = [
        Reading(Hit(passage, 1.0), sentence.span, float(score), 0.5)
        for score, passage in enumerate(split(RULES, FakeEncoder().count_tokens))
        for sentence in passage.sentences
    ]
    ranked = in_order(AskedQuestion(question), found, SURE)
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    return RULES.cut(ranked[0].span)


def test_a_section_that_is_named_is_looked_at_first() -> None:
    assert first_of("What does Article 3 say?") == "No dogs are let in."
    assert first_of("What does article 34 say about the gate?") == "The gate closes at nine."
    assert first_of("what is in section 4") == "A day costs two crowns."
    assert first_of("What does Article 5 say?") == "A day costs two crowns."  # there is none
    assert first_of("Is it the state of the art 3?") == "A day costs two crowns."
    assert first_of("What does chapter 3 say?") == "A day costs two crowns."  # of another kind
    assert first_of("Are 3 dogs let in?") == "A day costs two crowns."  # no section is named


MANUAL = document(
    "# The lock\n\nThe lock opens in four minutes.\n\n```\nlock.open(minutes=4)\n```\n\n"
    "# Closing\n\n```\nlock.close(minutes=9)\n```\n",
    "manual.md",
)
SAYS, OPENS, CLOSES = (
    "The lock opens in four minutes.",
    "lock.open(minutes=4)",
    "lock.close(minutes=9)",
)


def said(question: str, likely: float) -> list[str]:
    """What is kept, in order, where prose answers as likely as that and code scores higher."""
    found = [
        Reading(Hit(passage, 1.0), s.span, 2.0, 0.9)
        if s.role == "code"
        else Reading(Hit(passage, 1.0), s.span, 1.0, likely)
        for passage in split(MANUAL, FakeEncoder().count_tokens)
        for s in passage.sentences
    ]
    return [MANUAL.cut(r.span) for r in in_order(AskedQuestion(question), found, SURE)]


@pytest.mark.parametrize(
    "question",
    [
        "Which command opens the lock?",
        "How do I open the lock?",
        "Wie kann ich die Schleuse öffnen?",
        "what does lock.open() do",
        "what is --minutes for",
        "What is in close_lock?",
    ],
)
def test_code_is_quoted_when_code_is_asked_for(question: str) -> None:
    assert said(question, 0.9) == [OPENS, CLOSES, SAYS]


@pytest.mark.parametrize("question", ["How fast is the lock?", "Who has the key(s) of the lock?"])
def test_code_is_left_out_where_prose_answers(question: str) -> None:
    assert said(question, 0.9) == [SAYS]


def test_where_prose_is_no_sure_answer_code_stays() -> None:
    assert said("How fast is the lock?", SURE - 0.1) == [OPENS, CLOSES, SAYS]


MAIL = document(
    "From: Ida Holm <ida@pier.example>\nTo: Per Moe <per@pier.example>\nSubject: The new ferry\n"
    "Date: Wed, 03 May 2023 10:12:00 +0200\n\nThe new ferry is built in the yard at Brell.\n",
    "ferry.eml",
)


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("When does the ferry come?", ["To", "Date"]),
        ("Who is the captain?", ["To", "Date"]),
        ("When was the mail about the ferry sent?", []),
        ("An wen hat Ida geschrieben?", []),
        ("Who got the letter on the ferry?", []),
        ("What did Per build?", ["Date"]),  # a word of the question stands in the line
        ("What happened in May?", ["To"]),
    ],
)
def test_when_a_text_was_written_is_quoted_when_that_is_asked_for(
    question: str, left_out: list[str]
) -> None:
    (header, body) = split(MAIL, FakeEncoder().count_tokens)
    found = [Reading(Hit(p, 1.0), s.span, 1.0, 0.5) for p in (header, body) for s in p.sentences]
    kept = {MAIL.cut(r.span) for r in in_order(AskedQuestion(question), found, SURE)}
    every = {MAIL.cut(r.span) for r in found}
    assert sorted(line.partition(":")[0] for line in every - kept) == sorted(left_out)


def test_the_date_of_what_is_no_letter_stays() -> None:
    minutes = document(
        "# A new lease\n\nDate: 14 May 2024\n\nThe board chose a colour for the pier, "
        "and asked for the price of paint.\n",
        "lease.md",
    )
    found = [
        Reading(Hit(p, 1.0), s.span, 1.0, 0.5)
        for p in split(minutes, FakeEncoder().count_tokens)
        for s in p.sentences
    ]
    assert found[0].hit.passage.sentences[0].role == "dateline"
    said = [
        minutes.cut(r.span) for r in in_order(AskedQuestion("When was it agreed?"), found, SURE)
    ]
    assert "Date: 14 May 2024" in said


@pytest.mark.parametrize(
    ("question", "without"),
    [
        ("What does chapter 3 say?", "What does it say?"),
        ("Summarise § 7 of the lease", "Summarise it of the lease"),
        ("What does it say of 3 boats?", "What does it say of 3 boats?"),
    ],
)
def test_a_question_without_the_section_that_it_names(question: str, without: str) -> None:
    assert without_section(question) == without
