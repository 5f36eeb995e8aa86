"""What may be asked: the check that every way to ask goes through."""

from __future__ import annotations

from index import QuestionError

MAX_CHARS = 2000


def check_question(question: str) -> str:
    """The question without white space at its ends.

    Raises QuestionError when it is empty, has no letter or digit, is over 2,000 characters, or
    holds a NUL or a lone surrogate.
    """
    asked = question.strip()
    if not asked:
        raise QuestionError("the question is empty; write what you want to know")
    if len(asked) > MAX_CHARS:
        raise QuestionError(
            f"the question has {len(asked):,} characters; shorten it to {MAX_CHARS:,} or fewer"
        )
    if "\x00" in asked:
        raise QuestionError("the question holds a NUL character; remove it")
    if any("\ud800" <= c <= "\udfff" for c in asked):
        raise QuestionError("the question holds half a character (a lone surrogate); type it again")
    if not any(c.isalnum() for c in asked):
        raise QuestionError("the question has no word in it; write what you want to know")
    return asked
