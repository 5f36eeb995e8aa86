"""Counts of what two texts share: against counts by hand, and what must hold of any texts."""

from __future__ import annotations

from hypothesis import given, strategies as st

from benchmarks.kit.likeness import likeness, total


def test_what_is_lost_or_added_lowers_words_and_not_order() -> None:
    counts = likeness("the old quay was sold", "the quay was not sold")
    assert (counts.words, counts.lost, counts.added, counts.ordered) == (4, 1, 1, 4)
    assert counts.shares[1:] == (0.8, 1.0)


def test_what_stands_elsewhere_lowers_order_alone() -> None:
    counts = likeness("one two three four", "three four one two")
    assert counts.shares == (1.0, 1.0, 0.5)


def test_words_with_a_blank_too_many_or_too_few_are_told() -> None:
    counts = likeness("harbour masters pay fees", "har bour masterspay fees")
    assert (counts.parted, counts.joined) == (1, 1)
    assert counts.shares[0] == 1.0


def test_bullets_and_marks_that_nobody_sees_are_no_words() -> None:
    assert likeness("- jetty", "• jet\u00adty\u200b").shares == (1.0, 1.0, 1.0)


def test_a_vowel_sign_belongs_to_its_word_and_punctuation_does_not() -> None:
    assert likeness("सीरिया", "सीरिय").words == 0
    assert likeness("(quay).", "quay").words == 1


def test_each_sign_of_a_language_without_blanks_is_a_word() -> None:
    assert likeness("石油危机", "石油 危机").shares[1] == 1.0


def test_counts_add_up() -> None:
    one, other = likeness("a b", "a"), likeness("c d e", "e d c")
    assert total([one, other]).words == 4
    assert total([one, other]).ordered == 2


@given(st.text(max_size=60), st.text(max_size=60))
def test_shares_lie_between_none_and_all_and_a_text_is_like_itself(one: str, other: str) -> None:
    counts = likeness(one, other)
    assert all(0 <= share <= 1 for share in counts.shares)
    assert counts.words == likeness(other, one).words
    same = likeness(one, one)
    assert same.letters_of == 2 * same.letters
    assert (same.ordered, same.parted, same.joined) == (same.words, 0, 0)
