"""An error is not an absence: what cannot be read now keeps its last state, and is named."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import MissingPath, NoDocuments, OutOfReach
from index.failures import Why
from index.generation import store
from index.generation.generations import catalog_of
from index.library.index import Index
from tests.index.library.unprivileged import EVERY, kept, sources
from tests.ui.test_cli import ibid

CHECKOUT = Path(__file__).parents[3]
# nothing is unreadable for root, as which developers and CI run
DROP = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.slow
def test_what_this_user_may_not_read(tmp_path: Path) -> None:
    cases = Path(__file__).with_name("unprivileged.py")
    command = [*DROP, sys.executable, "-m", "pytest", "-n0", "-q", "-x", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, f"--basetemp={tmp_path / 'base'}", str(cases)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


@pytest.fixture
def index(world: Path, tmp_path: Path, fast_build: None) -> Path:
    Index(tmp_path / "index").update(world)
    return tmp_path / "index"


@pytest.fixture
def other(tmp_path: Path, index: Path) -> Path:
    """A second root of the index."""
    folder = tmp_path / "birds"
    folder.mkdir()
    (folder / "herons.txt").write_text("Herons wait at the weir.\n")
    Index(index).update(folder)
    return folder


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_root_that_is_not_mounted_is_as_it_was(
    how: str, world: Path, index: Path, other: Path
) -> None:
    world.rename(world.parent / "elsewhere")
    if how == "empty":
        world.mkdir()
    (other / "storks.txt").write_text("Storks nest on the chimney of the brewery.\n")
    report = Index(index).update()
    assert (report.added, report.removed, report.documents) == (1, 0, 5)
    (reason,) = kept(report)
    assert reason.startswith(f"{world}: ")
    assert reason.endswith(f"; mount it, or take it out: ibid remove {world} --from INDEX")
    shown = ibid("status", str(index))
    assert shown.exit_code == 4
    assert reason in shown.stdout
    if how == "empty":
        world.rmdir()
    (world.parent / "elsewhere").rename(world)
    assert (kept(Index(index).update()), len(sources(index))) == ([], 5)


def test_a_root_that_is_gone_for_good_is_taken_out_by_name(
    world: Path, index: Path, other: Path
) -> None:
    world.rename(world.parent / "elsewhere")
    Index(index).update()
    report = Index(index).remove(str(world))
    assert (report.removed, report.documents, report.failures) == (3, 1, ())
    assert [root.path for root in catalog_of(index).roots] == [other]
    assert Index(index).update().unchanged == 1


def test_a_root_of_which_nothing_was_read_is_taken_out_by_name_too(
    world: Path, index: Path, other: Path
) -> None:
    (other / "herons.txt").rename(other / "herons.png")
    assert Index(index).update().removed == 1
    other.rename(other.parent / "elsewhere")
    (failure,) = Index(index).update().failures
    assert failure.reason.endswith(f"; mount it, or take it out: ibid remove {other} --from INDEX")
    assert Index(index).remove(str(other)).failures == ()
    assert [root.path for root in catalog_of(index).roots] == [world]


def test_a_folder_around_one_that_is_not_mounted_does_not_take_its_place(
    world: Path, index: Path
) -> None:
    world.rename(world.parent / "elsewhere")
    world.mkdir()
    with pytest.raises(OutOfReach, match="nothing is left in it"):
        Index(index).update(world.parent)
    assert sources(index) == EVERY


def test_an_index_of_which_nothing_is_there_is_as_it_was(world: Path, index: Path) -> None:
    world.rename(world.parent / "elsewhere")
    report = Index(index).update()
    assert (report.documents, len(kept(report))) == (3, 1)
    assert "not known: " in ibid("status", str(index)).stdout
    watched = ibid("index", "--into", str(index), "--watch")
    assert watched.exit_code == 1
    assert "to follow; mount it" in watched.stderr


def test_a_path_that_is_named_has_to_be_there(world: Path, index: Path) -> None:
    world.rename(world.parent / "elsewhere")
    with pytest.raises(MissingPath, match="check the path"):
        Index(index).update(world)
    assert len(store.open_index(index).documents) == 3


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_folder_that_is_asked_has_to_be_there_and_its_index_stays(
    how: str, world: Path, fast_build: None
) -> None:
    index = Index.cached(world).path
    world.rename(world.parent / "elsewhere")
    if how == "empty":
        world.mkdir()
    with pytest.raises((MissingPath, NoDocuments), match="nothing"):
        Index.cached(world)
    assert sources(index) == EVERY


def refusing(real: Any, name: str, code: int) -> Any:
    """A call of the system that fails on paths with this name."""

    def call(path: Any, *rest: Any, **named: Any) -> Any:
        if not isinstance(path, int) and Path(path).name == name:
            raise OSError(code, os.strerror(code), str(path))
        return real(path, *rest, **named)

    return call


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENOTCONN])
def test_a_disk_that_fails_loses_nothing(
    code: int, world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "eels.md").write_text("Eels are fish.\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refusing(os.scandir, "nested", code))
        patch.setattr(os, "open", refusing(os.open, "eels.md", code))
        report = Index(index).update()
    assert sources(index) == EVERY
    assert [one.partition(":")[0] for one in kept(report)] == ["eels.md", "nested/"]
    assert Index(index).update().changed == 1  # tried again


def test_a_new_file_that_cannot_be_opened_is_tried_again(
    world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refusing(os.open, "herons.txt", errno.EIO))
        (failure,) = Index(index).update().failures
    assert (failure.source, failure.why) == ("herons.txt", Why.REACH)
    assert Index(index).update().failures == ()
    assert len(sources(index)) == 4


@pytest.mark.parametrize("what", ["scandir", "open"])
def test_what_goes_away_amid_the_look_is_gone(
    what: str, world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = {"scandir": "nested", "open": "eels.md"}[what]
    (world / "eels.md").write_text("Eels are fish.\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, what, refusing(getattr(os, what), name, errno.ENOENT))
        report = Index(index).update()
    assert (report.documents, kept(report)) == (2, [])


def test_a_path_that_is_too_long_is_named(world: Path, index: Path) -> None:
    deep, here = "d" * 200, os.open(world, os.O_RDONLY)
    for _ in range(25):
        os.mkdir(deep, dir_fd=here)
        below = os.open(deep, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (failure,) = Index(index).update().failures
    assert "its path is too long; move it nearer to the top" in failure.reason
    assert sources(index) == EVERY
