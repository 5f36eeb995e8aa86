"""Whatever becomes of its files, an index gives out what was written, or says that it cannot."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from index.errors import DamagedIndex, ForeignIndex
from index.generation import store
from index.language import Query
from index.library.index import Index
from index.storage import checked, disk, manifest
from index.storage.checked import Rows
from tests.torture.scale import amount
from tests.torture.scenes import SCENES, Scene
from tests.torture.worlds import (
    FILES,
    QUESTIONS,
    attempt,
    copy,
    everything,
    held,
    seen,
    sources,
    write,
)


def flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def longer(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.randbytes(random.randint(1, 9)) + data[at:]


def blank(data: bytes, random: Random) -> bytes:
    start, end = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    return data[:start] + bytes(end - start) + data[end:]


def gone(data: bytes, random: Random) -> None:
    return None


HARMS: tuple[Callable[[bytes, Random], bytes | None], ...] = (flip, flip, cut, longer, blank, gone)


def files_of(index: Path) -> list[Path]:
    found = (p for p in sorted(index.rglob("*")) if p.is_file() and p.name != store.LOCK)
    return [p for p in found if p.stat().st_size]


def put(file: Path, data: bytes | None) -> None:
    """Other bytes; what is linked to the file keeps its own."""
    file.unlink()
    if data is not None:
        file.write_bytes(data)


def harm(index: Path, random: Random) -> set[str]:
    """Harm one file, or swap two; returns the names of those that are others now."""
    before = {p: p.read_bytes() for p in files_of(index)}
    file, other = random.sample(sorted(before), 2)
    if random.random() < 0.2:
        put(file, before[other])
        put(other, before[file])
    else:
        put(file, random.choice(HARMS)(before[file], random))
    now = {p: p.read_bytes() for p in before if p.exists()}
    return {p.relative_to(index).as_posix() for p in before if now.get(p) != before[p]}


class Built:
    """An index of two generations, and what each of them is."""

    def __init__(self, ground: Path) -> None:
        scene: Scene = SCENES["changed"](ground)
        scene.act(scene.before)
        self.path, self.folder = scene.before, scene.folder
        self.before, self.newest = scene.old, scene.new
        self.old_name, self.name = sorted(p.name for p in self.path.glob("gen-*"))

    def look(self, index: Path, harmed: set[str]) -> None:
        """Each way into an index gives the newest, or the one before, or an error."""
        hurt = {name.split("/")[0] for name in harmed}
        found: list[Any] = []
        error = attempt(lambda: found.append(seen(index)))
        if error is not None:
            assert isinstance(error, DamagedIndex)
            assert "encoder" in hurt or hurt >= {self.name, self.old_name}
        else:
            what, notice = found[0]
            assert what in (self.newest.seen, self.before.seen)
            assert notice or what == self.newest.seen
            assert notice or "CURRENT" not in hurt
            assert self.name in hurt or what == self.newest.seen
        pair = (self.newest, self.before)
        for look, right in (
            (held, [e.held for e in pair]),
            (sources, [e.sources for e in pair]),
        ):
            known: list[Any] = []
            if attempt(lambda into, see: into.append(see(index)), known, look) is None:
                assert known[0] in right
        if hurt & {self.name, "CURRENT", "encoder"}:
            assert self.is_found(index), "damage that nobody sees"

    def is_found(self, index: Path) -> bool:
        told: list[str] = []
        return attempt(lambda: told.append(store.damage_of(index))) is not None or told != [""]

    def mend(self, index: Path) -> None:
        """All is as it was."""
        Index(index).update(self.folder, check=True)
        assert everything(index) == self.newest
        assert seen(index)[1] == ""
        assert store.damage_of(index) == ""
        for _, digest in self.newest.sources:
            assert digest == disk.sha256(index / "objects" / digest)


@pytest.fixture(params=["whole files", "blocks"])
def built(request: pytest.FixtureRequest, ground: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """The same with files that are checked as a whole, and with such that are checked by blocks."""
    if request.param == "blocks":
        small_blocks(monkeypatch)
    return Built(ground)


def small_blocks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(manifest, "LARGE", 300)
    for module in (manifest, checked):
        patch.setattr(module, "BLOCK", 256)


def test_random_harm_is_found_before_it_does_any(
    built: Built, ground: Path, request: pytest.FixtureRequest
) -> None:
    lazy = "blocks" in request.node.name
    for seed in range(amount("harms") // 2):
        index, random = copy(built.path, ground / "index"), Random(seed)
        harmed = harm(index, random)
        try:
            if lazy:
                look_lazily(built, index, harmed)
            else:
                built.look(index, harmed)
            if seed % 4 == 0:
                built.mend(index)
        except BaseException as exc:
            exc.add_note(f"harm {seed}: {harmed}")
            raise
        shutil.rmtree(index)


def look_lazily(built: Built, index: Path, harmed: set[str]) -> None:
    """Of a large file a changed block is found at its first use, or by being thorough."""
    hurt = {name.split("/")[0] for name in harmed}
    found: list[Any] = []
    error = attempt(lambda: found.append(seen(index)))
    assert error is not None or found[0][0] in (built.newest.seen, built.before.seen)
    if error is not None:
        assert isinstance(error, DamagedIndex)
        lazy = {f"{built.name}/{name}" for name in ("documents", "sentence_vectors")}
        assert lazy & harmed or "encoder" in hurt or hurt >= {built.name, built.old_name}
    told: list[Any] = []
    error = attempt(lambda: told.append(store.open_index(index, thorough=True)))
    if error is None:
        fell = built.name in hurt or "CURRENT" in hurt
        assert bool(told[0].notice) == fell
    else:
        assert "encoder" in hurt or hurt >= {built.name, built.old_name}
    if hurt & {built.name, "CURRENT", "encoder"}:
        assert built.is_found(index)


def test_an_index_of_one_generation_gives_what_was_written_or_an_error(ground: Path) -> None:
    folder, path = write(ground / "world", FILES), ground / "one"
    Index(path).update(folder)
    right = everything(path)
    refused = 0
    for seed in range(amount("harms") // 5):
        index = copy(path, ground / "index")
        harmed = harm(index, Random(seed))
        found: list[Any] = []
        error = attempt(lambda into, of: into.append(seen(of)), found, index)
        assert error is not None or found[0][0] == right.seen, f"harm {seed}: {harmed}"
        assert error is None or isinstance(error, DamagedIndex)
        refused += error is not None
        Index(index).update(folder, check=True)
        assert (*seen(index), store.damage_of(index)) == (right.seen, "", ""), (
            f"harm {seed}: {harmed}"
        )
        shutil.rmtree(index)
    assert refused


def test_a_large_file_is_checked_where_it_is_used(
    ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_blocks(monkeypatch)
    built = Built(ground)
    index = copy(built.path, ground / "index")
    file = index / built.name / "sentence_vectors"
    good = np.frombuffer(file.read_bytes(), np.float16).reshape(-1, 32)
    width = good[0].nbytes
    for row in range(len(good)):
        data = bytearray(good.tobytes())
        data[row * width + 5] ^= 1
        put(file, bytes(data))
        rows = store.open_index(index).saved.files.rows("sentence_vectors")
        assert isinstance(rows, Rows)
        first, last = row * width // 256 * 256 // width, (row * width // 256 + 1) * 256 // width
        others = [i for i in range(len(good)) if not first <= i < last]
        assert (rows[np.array(others)] == good[others]).all()
        for key in (row, slice(row, row + 1), np.array([row]), row - len(good)):
            with pytest.raises(DamagedIndex, match="--check"):
                rows[key]
        opened = store.open_index(index)
        assert not opened.notice  # not used yet
        with pytest.raises(DamagedIndex, match="--check"):
            opened.retriever.search(Query(QUESTIONS[0]), len(good))
        assert store.open_index(index, thorough=True).notice
        assert held(index) == built.before.held
    built.mend(index)


def test_a_pointer_cut_anywhere_is_made_up_for(ground: Path) -> None:
    built = Built(ground)
    good = (built.path / "CURRENT").read_bytes()
    for end in range(len(good)):
        put(built.path / "CURRENT", good[:end])
        built.look(built.path, {"CURRENT"})


def test_an_index_of_an_older_version_says_so(ground: Path) -> None:
    folder, index = write(ground / "world", FILES), ground / "index"
    Index(index).update(folder)
    put(index / "CURRENT", b'{"generation": "gen-00000001", "manifest": "0"}')
    put(index / "gen-00000001" / "MANIFEST.json", b'{"format": 2, "encoder": "x"}')
    put(index / "gen-00000001" / "files.jsonl", b'{"source": "not sealed then"}')
    for look in (store.open_index, store.summary_of, lambda index: Index(index).update(folder)):
        with pytest.raises(ForeignIndex, match="build it again with: ibid index PATH"):
            look(index)
    Index(index).update(folder, check=True)  # as is said
    assert seen(index)[1] == ""


def test_harm_to_what_two_generations_share_is_mended(
    ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large files are linked, not copied: they have a sum a block."""
    monkeypatch.setattr(manifest, "LARGE", 1)
    for module in (manifest, checked):
        monkeypatch.setattr(module, "BLOCK", 64)
    scene = SCENES["touched"](ground)
    scene.act(scene.before)
    both = [p / "vectors" for p in sorted(scene.before.glob("gen-*"))]
    assert both[0].samefile(both[1])
    with both[0].open("r+b") as file:
        file.write(b"\xff\xff")
    with pytest.raises(DamagedIndex, match="--check"):
        store.open_index(scene.before, thorough=True)
    Index(scene.before).update(scene.folder, check=True)
    assert everything(scene.before) == scene.new


@pytest.mark.slow
@pytest.mark.skipif(not amount("every"), reason="by hand: make torture")
def test_every_byte_matters(ground: Path) -> None:
    built = Built(ground)
    for file in files_of(built.path):
        name = file.relative_to(built.path).as_posix()
        good = file.read_bytes()
        for at in range(len(good)):
            index = copy(built.path, ground / "index")
            put(index / name, good[:at] + bytes([good[at] ^ 1 << at % 8]) + good[at + 1 :])
            built.look(index, {name})
            shutil.rmtree(index)
