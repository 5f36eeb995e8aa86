"""The lists of phrases: each is a pattern, and each matches lines of its kind alone."""

from __future__ import annotations

import tomllib

from index.layout.phrases import SOURCE, whole

TABLES = tomllib.loads(SOURCE.read_text("utf-8"))
PLAIN = [
    (table, line)
    for table, groups in TABLES.items()
    if table != "lists"
    for group in groups.values()
    for line in group.strip().splitlines()
    if all(c.isalpha() or c in " '’" for c in line)
]


def test_each_phrase_without_signs_matches_itself_in_any_case_with_marks_after_it() -> None:
    assert len(PLAIN) > 40
    for table, line in PLAIN:
        assert whole(table).fullmatch(f"{line.upper()} …"), line
        assert not whole(table).fullmatch(f"{line} zzyzx"), line


def test_the_lists_stand_in_no_pattern_by_their_names() -> None:
    for table in TABLES:
        if table != "lists":
            assert not any(f"{{{name}}}" in whole(table).pattern for name in TABLES["lists"])
