"""The patterns of .gitignore say what pathspec says, and none takes for ever."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from pathspec import GitIgnoreSpec

from index.files.ignore import spec_of

PARTS = ("a", "b", "*", "**", "/", "/", "?", "[ab]", "[!a]", "**/", "/**/", "!", "\\*", ".", "a*b")
PATTERNS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map("".join)
PATHS = st.lists(st.text("ab.*", min_size=1, max_size=4), min_size=1, max_size=5).map("/".join)


@given(st.lists(PATTERNS, min_size=1, max_size=3), st.lists(PATHS, min_size=1, max_size=8))
def test_a_path_is_left_out_as_pathspec_says(patterns: list[str], paths: list[str]) -> None:
    good = []
    for pattern in patterns:
        try:
            GitIgnoreSpec.from_lines([pattern])
            good.append(pattern)
        except ValueError:
            assert not spec_of([pattern]).patterns
    oracle = GitIgnoreSpec.from_lines(good, backend="simple")
    own = spec_of(patterns)
    for path in [*paths, *(f"{path}/" for path in paths)]:
        assert own.check_file(path).include == oracle.check_file(path).include


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("*a" * 60 + "b", "a" * 255),
        ("a*" * 100 + "b", "a" * 255),
        ("*[ab]" * 50 + "c", "ab" * 127),
        ("?*" * 60 + "b", "a" * 255),
        ("**/a/" * 60 + "b", "a/" * 1_500 + "a"),
        ("a/**/" * 60 + "b", "a/" * 1_500 + "a"),
        ("*a*/**/" * 60 + "b", "aa/" * 1_000 + "a"),
        ("*/" * 200 + "b", "a/" * 1_500 + "a"),
    ],
)
def test_no_pattern_takes_for_ever(pattern: str, name: str) -> None:
    assert spec_of([pattern, "other"]).check_file(name).include is None
    assert spec_of([pattern, "a*"]).check_file(name).include
