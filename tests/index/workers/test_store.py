"""Where workers put what they made."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import StorageError, StoreError
from index.workers.store import ResultStore
from tests.index.workers.test_results import result


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_what_is_put_is_found_until_all_is_deleted(tmp_path: Path, scheme: str) -> None:
    store = ResultStore(f"{scheme}{tmp_path}/results")
    assert store.get("abcd") is None
    store.put("abcd", result())
    found = store.get("abcd")
    assert found is not None
    assert found.keys == result().keys
    store.clear()
    assert store.get("abcd") is None
    assert not (tmp_path / "results").exists()


def test_what_was_cut_off_counts_as_none(tmp_path: Path) -> None:
    store = ResultStore(str(tmp_path))
    store.put("abcd", result())
    (file,) = tmp_path.glob("*/abcd")
    file.write_bytes(file.read_bytes()[:-1])
    assert store.get("abcd") is None


def test_errors_name_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = ResultStore(str(tmp_path / "file" / "results"))
    with pytest.raises(StorageError, match=r"cannot write to .*results"):
        store.put("abcd", result())
    with pytest.raises(StoreError, match="cannot be opened"):
        ResultStore("nowhere://bucket")
    with pytest.raises(StorageError, match="index again"):
        ResultStore(str(tmp_path / "none")).fetch_encoder(tmp_path, ["encoder.json"])
