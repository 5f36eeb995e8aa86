"""What an index says of itself may be anything: it is read, or refused with an error of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.errors import DamagedIndex
from index.generation import store
from index.generation.generations import catalog_of
from index.library.index import Index
from index.storage.manifest import seal, unseal
from tests.torture.scale import amount
from tests.torture.worlds import FILES, attempt, seen, write

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.skipif(find_spec("atheris") is None, reason="there is no atheris for this Python")
def test_only_errors_of_ours(ground: Path) -> None:
    Index(ground / "index").update(write(ground / "world", FILES))
    seconds = amount("seconds")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.torture.fuzz",
            str(ground / "index"),
            f"-max_total_time={seconds}",
            "-seed=7",
            f"-artifact_prefix={ground}/",
            "-max_len=4096",
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=seconds + 120,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"[-6000:]
    assert "Done" in done.stderr


FOUND = {  # what other fuzzing could find, kept here
    "CURRENT": [b"[" * 100_000, b"{}", b"[]", b"null", b'"x"', b"\xff", b"", b"\n" * 70],
    "MANIFEST.json": [b"[" * 100_000, b'{"format": 1e999}', b"[]", b"null", b""],
    "files.jsonl": [b"[" * 100_000, b"{}\n{}", b"[]", b"", b'{"roots": 1, "listings": []}'],
}


@pytest.mark.parametrize("name", FOUND)
def test_odd_files_are_damage(name: str, ground: Path) -> None:
    index = ground / "index"
    Index(index).update(write(ground / "world", FILES))
    right = seen(index)[0]
    file = index / name if name == "CURRENT" else index / "gen-00000001" / name
    for content in FOUND[name]:
        for data in (content, seal(content.decode("utf-8", "replace")).encode()):
            file.write_bytes(data)
            if name == "CURRENT":
                assert seen(index)[0] == right
                assert "CURRENT" in seen(index)[1]
            else:
                with pytest.raises(DamagedIndex, match="--check"):
                    catalog_of(index)


@pytest.mark.parametrize("place", ["counts", "files", "encoder_files", "failures", "settings"])
@pytest.mark.parametrize("value", [None, 1e999, [1e999] * 3, {"x": [1e999, [], "", []]}, "x", [[]]])
def test_odd_manifests_are_damage(place: str, value: object, ground: Path) -> None:
    index = ground / "index"
    Index(index).update(write(ground / "world", FILES))
    file = index / "gen-00000001" / "MANIFEST.json"
    content = json.loads(unseal(file.read_bytes()))
    file.write_text(seal(json.dumps({**content, place: value})))
    (index / "CURRENT").unlink()
    for look in (store.open_index, store.base_of, store.damage_of):
        error = attempt(look, index)
        assert isinstance(error, DamagedIndex) or (place == "settings" and isinstance(value, dict))
    error = attempt(lambda: Index(index).update(ground / "world", check=True))
    assert error is None
    assert store.damage_of(index) == ""
