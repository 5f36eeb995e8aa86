"""The state and the manifest of a collection are read as they were written."""

from __future__ import annotations

from index.engines.state import FORMAT, CollectionState, VersionManifest
from index.failures import Failure
from index.storage import Counts, Settings


def test_a_state_is_one_line() -> None:
    state = CollectionState(FORMAT, "digest", 3, 2, "0" * 64)
    assert CollectionState.from_json(state.to_json()) == state
    assert state.revision != state._replace(version=4).revision
    assert "\n" not in state.to_json()


def test_a_manifest_comes_back() -> None:
    manifest = VersionManifest(
        Settings("model", 4, unencoded=0),
        Counts(1, 2, 3),
        1 / 3,
        2.5,
        ("de", "en"),
        "2026-01-01T00:00:00+00:00",
        (Failure("a.pdf", "it needs a password"),),
        {"/notes": (Failure("b.png", "it is a picture"),)},
        {"documents": "0" * 64},
        {"model.onnx": "1" * 64},
        {"guide": "2" * 64},
        originals=True,
    )
    assert manifest.objects == {"0" * 64, "1" * 64, "2" * 64}
    assert manifest.all_passed_over == manifest.passed_over["/notes"]
    assert VersionManifest.from_bytes(manifest.to_bytes()) == manifest
