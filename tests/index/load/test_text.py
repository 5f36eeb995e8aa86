"""Plain text: the markers of lists that were typed."""

from __future__ import annotations

from index.load.text import typed_marker


def test_a_typed_marker_is_parted_from_its_words() -> None:
    assert typed_marker("(a) Bring boots") == ("(a) ", "Bring boots")
    assert typed_marker("Bring boots") == ("", "Bring boots")
