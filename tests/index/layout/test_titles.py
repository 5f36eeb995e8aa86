"""What a document is called, where nobody said."""

from __future__ import annotations

import pytest

from index.load.loading import load_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Harbour Report\n\nIt was dredged in 1987. It took a year.\n", "The Harbour Report"),
        ("Home\n\nShare\n\nThe Harbour Report\n\nIt was dredged.\n", "The Harbour Report"),
        (
            "It was dredged in 1987.\n\nThe Harbour Report | Example News\n\nMore.\n",
            "The Harbour Report",
        ),
        ("It was dredged in 1987. It took a year.\n", "name-of-file"),
    ],
)
def test_a_title_is_the_first_heading_or_what_the_site_says_or_the_name(
    text: str, title: str
) -> None:
    assert load_text(text.encode(), "folder/name-of-file.txt").title == title


def test_a_markdown_title_is_its_first_heading() -> None:
    assert (
        load_text(b"---\ntags: x\n---\n\n# The *Report* #\n\nText.\n", "a.md").title == "The Report"
    )
    assert load_text(b"The Report\n==========\n\nText.\n", "a.md").title == "The Report"
