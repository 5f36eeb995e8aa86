"""What is not read is counted under what a person would call it, and survives JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from index.errors import EmptyDocument, OutOfReach, ProtectedDocument, UnreadableDocument
from index.failures import (
    PASSED_OVER,
    Failure,
    Why,
    counted,
    error_of,
    failures_from,
    printable,
    why_of,
)


def failure(source: str, why: Why = Why.BROKEN, *, partly: bool = False) -> Failure:
    return Failure(source, f"{source}: it cannot be read", partly, why)


FAILURES = st.builds(Failure, st.text(), st.text(), st.booleans(), st.sampled_from(Why))


@pytest.mark.parametrize(
    ("source", "why", "kind"),
    [
        ("a/Photo.PNG", Why.FORMAT, ".png"),
        ("Makefile", Why.FORMAT, "without a suffix"),
        ("a.txt", Why.EMPTY, "empty"),
        ("build/", Why.IGNORED, "ignored folder"),
        ("build", Why.IGNORED, "ignored"),
        ("a.pdf", Why.BROKEN, "unreadable"),
    ],
)
def test_what_it_is_counted_under(source: str, why: Why, kind: str) -> None:
    assert failure(source, why).kind == kind


def test_the_most_frequent_kind_is_first_and_what_is_read_is_not_counted() -> None:
    given = [
        failure("a.pdf"),
        failure("b.png", Why.FORMAT),
        failure("c.png", Why.FORMAT),
        failure("d.txt", Why.EMPTY),
        failure("e.txt", partly=True),
        failure("f.txt", Why.KEPT),
    ]
    assert list(counted(given).items()) == [(".png", 2), ("empty", 1), ("unreadable", 1)]


@pytest.mark.parametrize(
    ("why", "kind"),
    [
        (Why.EMPTY, EmptyDocument),
        (Why.PROTECTED, ProtectedDocument),
        (Why.REACH, OutOfReach),
        (Why.BROKEN, UnreadableDocument),
    ],
)
def test_an_error_and_its_kind_lead_to_each_other(why: Why, kind: type[UnreadableDocument]) -> None:
    error = error_of(failure("a.txt", why))
    assert type(error) is kind
    assert str(error) == "a.txt: it cannot be read"
    assert why_of(error) is why


def test_nothing_is_wrong_with_what_a_rule_passes_over() -> None:
    assert {why for why in Why if failure("a", why).is_passed_over} == PASSED_OVER
    assert not PASSED_OVER & {Why.BROKEN, Why.EMPTY, Why.PROTECTED, Why.REACH, Why.KEPT}


@given(st.lists(FAILURES, max_size=4))
def test_they_are_read_from_json_as_they_were_written(given: list[Failure]) -> None:
    assert failures_from(json.loads(json.dumps(given))) == tuple(given)


def test_those_of_before_there_were_kinds_are_read() -> None:
    assert failures_from([["a.pdf", "damaged"]]) == (Failure("a.pdf", "damaged"),)


@pytest.mark.parametrize("given", [[[]], [[1, "reason"]], [["a", "b", False, "no such kind"]]])
def test_what_is_no_failure_is_refused(given: list[list[object]]) -> None:
    with pytest.raises(ValueError, match=r"no failure|not a valid"):
        failures_from(given)


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert printable("a\x1b[31m\nb") == "a\ufffd[31m\ufffdb"
    assert printable("می\u200cخواهم") == "می\u200cخواهم"
