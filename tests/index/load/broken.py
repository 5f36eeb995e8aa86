"""Real files with bytes cut off or changed: they load or are refused, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.loading import Loaded, load_file

FORMATS = Path(__file__).parents[2] / "formats"


def damaged(name: str) -> st.SearchStrategy[bytes]:
    """The bytes of a file of `tests/formats`, cut at an offset or with some bytes changed."""
    data = (FORMATS / name).read_bytes()
    places = st.integers(0, len(data) - 1)
    changes = st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8)
    return st.one_of(places.map(lambda at: data[:at]), changes.map(lambda c: _changed(data, c)))


def _changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    made = bytearray(data)
    for at, value in changes:
        made[at] = value
    return bytes(made)


def loads_or_is_refused(data: bytes, name: str) -> None:
    """Fails when anything is raised but a refusal by name, or a text lies outside its blocks."""
    try:
        loaded = load_file(data, name)
    except UnreadableDocument as exc:
        loaded = Loaded((), (Failure(name, str(exc)),))
    assert loaded.documents or loaded.failures
    for failure in loaded.failures:
        assert failure.source.startswith(name)
        assert failure.reason.startswith(name)
        assert "\n" not in failure.reason
    for document in loaded.documents:
        at = 0
        for block in document.blocks:
            assert not document.text[at : block.start].strip()
            assert at <= block.start <= block.body <= block.end
            at = block.end
        assert not document.text[at:].strip()
