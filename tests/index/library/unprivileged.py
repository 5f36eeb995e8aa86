"""What a user may not read keeps its last state; run without a superuser's rights by test_reach."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from index.errors import NoDocuments
from index.failures import Why
from index.generation import store
from index.library.index import Index
from index.library.report import UpdateReport
from index.library.status import status_of
from rag.answers import Answer
from rag.citations import Citation
from tests.followed import reports
from tests.ui.test_cli import ibid, one_line

MAY_NOT = "no permission; give yourself the right to read it"


@pytest.fixture
def world(world: Path) -> Iterator[Path]:
    """A folder whose rights come back."""
    yield world
    for path in (world, *world.rglob("*")):
        path.chmod(0o700)


@pytest.fixture
def own(world: Path, tmp_path: Path, fast_build: None) -> Path:
    Index(tmp_path / "own").update(world)
    return tmp_path / "own"


def kept(report: UpdateReport) -> list[str]:
    return [one.reason for one in report.failures if one.why is Why.KEPT]


def sources(index: Path) -> list[str]:
    return [d.source for d in store.open_index(index).documents]


EVERY = ["eels.md", "harbour.txt", "nested/bread.txt"]


def test_this_user_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(0o000)
    with pytest.raises(PermissionError):
        (tmp_path / "a.txt").read_bytes()


@pytest.mark.parametrize("rights", [0o000, 0o100, 0o400])
def test_a_folder_without_rights_keeps_its_documents_and_is_named(
    rights: int, own: Path, world: Path
) -> None:
    (world / "nested").chmod(rights)
    (world / "harbour.txt").write_text("Herons wait at the weir.\n")
    report = Index(own).update()
    assert (report.changed, report.removed, report.unchanged) == (1, 0, 2)
    assert sources(own) == EVERY
    (reason,) = kept(report)
    name = "nested/bread.txt" if rights == 0o400 else "nested/"
    assert reason == f"{name}: {MAY_NOT} (1 file)"
    assert store.open_index(own).failures == report.failures
    (world / "nested").chmod(0o700)
    (world / "nested" / "bread.txt").unlink()
    assert Index(own).update().removed == 1  # what is gone is gone


def test_nothing_is_published_twice_for_it(own: Path, world: Path) -> None:
    (world / "nested").chmod(0)
    Index(own).update()
    current = (own / "CURRENT").read_bytes()
    assert kept(Index(own).update())
    assert (own / "CURRENT").read_bytes() == current


def test_a_folder_that_never_could_be_read_is_named(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / "nested").chmod(0)
    Index(tmp_path / "own").update(world)
    (failure,) = Index(tmp_path / "own").update().failures
    assert (failure.why, failure.reason) == (Why.REACH, f"nested/: {MAY_NOT}")
    (world / "nested").chmod(0o700)
    assert Index(tmp_path / "own").update().added == 1


def test_a_file_whose_rights_vanished_keeps_its_documents(own: Path, world: Path) -> None:
    (world / "eels.md").chmod(0)
    assert kept(Index(own).update()) == [f"eels.md: {MAY_NOT} (1 file)"]
    (world / "eels.md").chmod(0o600)
    (world / "eels.md").write_text("Eels are fish.\n")
    (world / "eels.md").chmod(0)
    assert kept(Index(own).update())
    assert sources(own) == EVERY
    (world / "eels.md").chmod(0o600)
    assert Index(own).update().changed == 1


def test_a_root_without_rights_is_as_it_was_and_the_others_go_on(
    own: Path, world: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "herons.txt").write_text("Herons wait at the weir.\n")
    Index(own).update(other)
    (other / "storks.txt").write_text("Storks nest on the chimney.\n")
    world.chmod(0)
    report = Index(own).update()
    assert (report.added, report.removed, report.documents) == (1, 0, 5)
    assert kept(report) == [f"{world}: {MAY_NOT} (3 files)"]


def test_with_check_what_cannot_be_read_is_as_it_was(own: Path, world: Path) -> None:
    (world / "nested").chmod(0)
    report = Index(own).update(check=True)
    assert (report.documents, len(kept(report))) == (3, 1)


def test_an_index_is_made_again_of_what_it_keeps(own: Path, world: Path) -> None:
    (world / "nested").chmod(0)
    newer = replace(Index.usual, version=Index.usual.version + 1)
    assert Index(own, newer).update().documents == 3


def test_rules_and_titles_that_cannot_be_read_still_hold(world: Path, own: Path) -> None:
    (world / "nested" / ".gitignore").write_text("secret.txt\n")
    (world / "nested" / "secret.txt").write_text("The code is 4711.\n")
    (world / "sources.toml").write_text('["eels.md"]\ntitle = "Given"\n')
    Index(own).update()
    (world / "nested" / ".gitignore").chmod(0)
    (world / "sources.toml").chmod(0)
    report = Index(own).update()
    assert sources(own) == EVERY
    assert store.open_index(own).documents[0].title == "Given"
    assert len(kept(report)) == 2
    assert all(".gitignore" in one or "sources.toml" in one for one in kept(report))


def test_a_folder_that_is_asked_is_answered_from_what_was_read(
    world: Path, fast_build: None
) -> None:
    Index.cached(world)
    (world / "nested").chmod(0)
    assert sources(Index.cached(world).path) == EVERY
    asked = ibid("ask", "Who bakes rye bread?", "--documents", str(world))
    assert f"ibid: kept as it was: nested/: {MAY_NOT} (1 file)" in asked.stderr.splitlines()


def test_a_quotation_from_what_cannot_be_opened_is_not_said_to_be_gone(
    world: Path, tmp_path: Path
) -> None:
    text = (world / "nested" / "bread.txt").read_text()
    (bread,) = Index.load(world / "nested" / "bread.txt").documents
    quote = Citation(replace(bread, source="nested/bread.txt"), 0, len(text), None, 1.0, 1)
    said = tmp_path / "answer.json"
    said.write_text(json.dumps(Answer("Who?", (quote,), (), 1.0).to_dict()))
    (world / "nested").chmod(0)
    checked = ibid("verify", str(said), "--documents", str(world))
    assert checked.exit_code == 1
    told, saved = checked.stdout.splitlines()
    assert told == f"[1] document missing  nested/bread.txt: nested/: {MAY_NOT}"
    assert saved.strip().startswith("as it was saved: Rye Bread")


def test_the_commands_say_so_by_their_exit_code(own: Path, world: Path) -> None:
    assert ibid("index", "--into", str(own)).exit_code == 0
    (world / "nested").chmod(0)
    indexed = ibid("index", "--into", str(own))
    assert indexed.exit_code == 4
    assert indexed.stderr == f"ibid: kept as it was: nested/: {MAY_NOT} (1 file)\n"
    shown = ibid("status", str(own))
    assert shown.exit_code == 4
    assert "nothing changed, but for 1 that cannot be opened now" in shown.stdout
    assert f"\n  nested/: {MAY_NOT} (1 file)" in shown.stdout
    assert status_of(own).waiting == 0


def test_a_folder_around_an_indexed_one_does_not_take_its_place_while_it_is_locked(
    own: Path, world: Path
) -> None:
    (world.parent / "outer.txt").write_text("Herons wait at the weir.\n")
    (world / "nested").chmod(0)
    made = ibid("index", str(world.parent), "--into", str(own))
    assert made.exit_code == 1
    assert one_line(made) == (
        f"ibid: nested/: {MAY_NOT} (1 file); until then nothing of the index is changed\n"
    )
    assert sources(own) == EVERY
    (world / "nested").chmod(0o700)
    assert ibid("index", str(world.parent), "--into", str(own)).exit_code == 0
    assert f"{world.parent.name}/world/nested/bread.txt" in sources(own)


def test_what_may_not_be_looked_into_is_an_error_in_one_line(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    world.chmod(0)
    for path in (world / "nested", world / "nested" / "bread.txt"):
        refused = ibid("ask", "Who bakes rye bread?", "--documents", str(path))
        assert refused.exit_code == 1
        assert f"cannot read the index in {path}: no permission" in one_line(refused)
        made = ibid("index", str(path), "--into", str(tmp_path / "own"))
        assert made.exit_code == 1
        assert f"{path}: {MAY_NOT}" in one_line(made)


def test_what_is_kept_can_be_taken_out(own: Path, world: Path) -> None:
    (world / "nested").chmod(0)
    Index(own).update()
    report = Index(own).remove("nested")
    assert (report.documents, kept(report)) == (2, [])


def test_rules_of_the_folder_above_hold_for_what_is_kept(own: Path, world: Path) -> None:
    (world / "nested").chmod(0)
    report = Index(own).update(world, exclude=("nested/",))
    assert (report.documents, kept(report)) == (2, [])


def test_an_index_that_follows_its_folder_keeps_it(own: Path, world: Path) -> None:
    (world / "nested").chmod(0)
    heard = reports(Index(own), world)
    assert heard[0].added == 1
    assert kept(heard[0])


def test_of_a_folder_in_which_nothing_may_be_read_nothing_is_made(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    world.chmod(0)
    with pytest.raises(NoDocuments, match="no permission"):
        Index(tmp_path / "own").update(world)
    world.chmod(0o700)
    shutil.rmtree(world / "nested")
    os.chmod(world / "eels.md", 0)
    assert Index(tmp_path / "own").update(world).documents == 1


NAMES = ("a.txt", "in/b.txt", "in/deep/c.txt")
PLACES = (*NAMES, "in", "in/deep")
CHANGES = st.lists(
    st.tuples(st.sampled_from(["write", "delete", "lock", "open"]), st.sampled_from(PLACES)),
    min_size=1,
    max_size=6,
)


@given(st.lists(CHANGES, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_after_any_changes_it_holds_what_is_there_and_what_was_where_nobody_may_look(
    tmp_path: Path, fast_build: None, rounds: list[list[tuple[str, str]]]
) -> None:
    ground = Path(tempfile.mkdtemp(dir=tmp_path))
    folder, told, locked = ground / "docs", dict[str, int](), set[str]()
    disk = dict.fromkeys(NAMES, 0)
    (folder / "in" / "deep").mkdir(parents=True)
    (folder / "always.txt").write_text("Storks nest on the chimney of the brewery.\n")
    number = 0
    for changes in [[("write", name) for name in NAMES], *rounds]:
        for path in sorted(folder.rglob("*"), reverse=True):
            path.chmod(0o700)
        for what, place in changes:
            number += 1
            if what == "write" and place in NAMES:
                (folder / place).write_text(f"The eel of day {number} is a fish.\n")
                disk[place] = number
            elif what == "delete" and place in NAMES:
                (folder / place).unlink(missing_ok=True)
                disk.pop(place, None)
                locked.discard(place)
            elif what == "lock" and (folder / place).exists():
                locked.add(place)
            elif what == "open":
                locked.discard(place)
        for place in sorted(locked, reverse=True):
            (folder / place).chmod(0)
        Index(ground / "own").update(folder)
        for place in sorted(locked):
            (folder / place).chmod(0o700)
        for name in NAMES:
            if not locked & {name, *map(str, PurePath(name).parents)}:
                told.pop(name, None)
                told |= {name: disk[name]} if name in disk else {}
        held = {d.source: d.text for d in store.open_index(ground / "own").documents}
        del held["always.txt"]
        assert held == {n: f"The eel of day {day} is a fish.\n" for n, day in told.items()}
