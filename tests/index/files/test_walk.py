"""Whatever of a folder is not read is known, with the reason and what to do."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from index.failures import Failure, Why, counted
from index.files.roots import Root
from index.files.walk import find_files
from index.generation.generations import catalog_of
from index.library.index import Index
from index.library.passed import UNREAD, note_passed_over, passed_over
from index.library.status import status_of
from index.storage.manifest import seal

TEXT = "The harbour was dredged in 1987.\n"
SAVE = "not of a format that Ibid reads; save it as"


def made(folder: Path, *names: str, text: str = TEXT) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def unread(folder: Path, **rules: Any) -> dict[str, str]:
    """What is not read of a folder: the kind and the reason, by source."""
    found = find_files(Root(folder, **rules))
    assert found.unreached == ()
    assert list(found.unread) == sorted(found.unread)
    return {f.source: f"{f.kind}: {f.reason.removeprefix(f'{f.source}: ')}" for f in found.unread}


def test_each_file_is_read_or_named_with_the_reason(tmp_path: Path) -> None:
    folder = made(
        tmp_path / "docs",
        "ok.MD",
        "README",
        "meeting.mp3",
        "old/letter.DOC",
        "sheet.ods",
        "~$report.docx",
        ".env",
        ".git/config",
        "sources.toml",
    )
    assert unread(folder) == {
        ".env": "hidden: hidden, since its name begins with a dot; rename it to have it read",
        ".git/": "hidden folder: hidden, since its name begins with a dot; rename it to have it "
        "read",
        "README": f"without a suffix: {SAVE} one that is read, such as .txt or .pdf",
        "meeting.mp3": f".mp3: {SAVE} one that is read, such as .txt or .pdf",
        "old/letter.DOC": f".doc: {SAVE} .docx",
        "sheet.ods": f".ods: {SAVE} .xlsx",
        "~$report.docx": "lock file: only says that a document is open in Office",
    }


def test_a_pattern_is_named_with_where_it_stands(tmp_path: Path) -> None:
    folder = made(
        tmp_path / "docs",
        "a.txt",
        "b.txt",
        "deep/c.txt",
        "deep/d.md",
        "drafts/e.txt",
        "f.html",
        "node_modules/x/y.md",
    )
    made(folder, ".gitignore", text="# none\nnode_modules/\n/b.*\n")
    made(folder, "deep/.gitignore", text="c.txt\n!d.md\n")
    made(folder, "deep/.ibidignore", text="d.md\n")
    change = "; change that to have it read"
    assert unread(folder, exclude=("drafts/",), include=("*.txt", "*.md")) == {
        "b.txt": f"ignored: left out by /b.* in .gitignore{change}",
        "deep/c.txt": f"ignored: left out by c.txt in deep/.gitignore{change}",
        "deep/d.md": f"ignored: left out by d.md in deep/.ibidignore{change}",
        "drafts/": f"excluded folder: left out by drafts/ in --exclude{change}",
        "f.html": f"excluded: left out by not among --include{change}",
        "node_modules/": f"ignored folder: left out by node_modules/ in .gitignore{change}",
    }


def test_a_folder_that_is_left_out_is_one_entry_and_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(tmp_path, "a.txt", "build/b/c.txt", ".cache/d/e.txt", "old.ibid/LOCK")
    made(folder, "old.ibid/CURRENT", "old.ibid/objects/x.txt", ".gitignore", text="build\n")
    seen: list[str] = []
    real = os.scandir

    def counted(path: str) -> Any:
        seen.append(Path(path).name)
        return real(path)

    monkeypatch.setattr(os, "scandir", counted)
    assert [*unread(folder)] == [".cache/", "build/", "old.ibid"]
    assert seen == [tmp_path.name, "old.ibid"]


def test_links_are_named(tmp_path: Path) -> None:
    folder = made(tmp_path / "folder", "a.md", "inner/b.md")
    made(tmp_path, "outside/o.md")
    (folder / "outlink").symlink_to("../outside")
    (folder / "innerlink").symlink_to("inner")
    (folder / "out.md").symlink_to("../outside/o.md")
    (folder / "gone.md").symlink_to("nothing.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "in.md").symlink_to("inner/b.md")
    link = "linked folder: a link to a folder, which is not followed; give the folder it leads to "
    nowhere = "linked: it is a link that leads nowhere; mend it or remove it"
    assert unread(folder) == {
        "gone.md": nowhere,
        "loop.md": nowhere,
        "innerlink/": f"{link}as well",
        "outlink/": f"{link}as well",
        "out.md": "linked: it is a link that leads out of the folder; copy the file into it",
    }
    sources = [file.source for file in find_files(Root(folder)).files]
    assert sources == ["a.md", "in.md", "inner/b.md"]


def test_files_are_counted_by_kind() -> None:
    whys = [Why.FORMAT, Why.FORMAT, Why.HIDDEN, Why.KEPT, Why.EMPTY]
    names = ["a.png", "b.PNG", ".x/", "k", "e.txt"]
    failures = [Failure(n, f"{n}: so", why=why) for n, why in zip(names, whys, strict=True)]
    partly = Failure("f.xlsx", "f.xlsx: a formula", partly=True)
    assert counted([*failures, partly]) == {".png": 2, "empty": 1, "hidden folder": 1}


def test_the_docs_name_each_kind() -> None:
    docs = (Path(__file__).parents[3] / "docs" / "cli.md").read_text("utf-8")
    (table,) = re.findall(r"^\| kind \| what it is \|\n(.*?)\n\n", docs, re.DOTALL | re.MULTILINE)
    assert {str(why) for why in Why} - {Why.KEPT, Why.FORMAT} == {
        kind for row in table.splitlines() for kind in re.findall("`([a-z ]+)`", row.split("|")[1])
    }


@pytest.fixture
def index(world: Path, tmp_path: Path, fast_build: None) -> Path:
    made(world, "chart.png", ".hidden.txt", "nested/empty.txt", text="")
    Index(tmp_path / "index").update(world)
    return tmp_path / "index"


def kinds(index: Path) -> dict[str, int]:
    return counted(status_of(index).unread)


def test_an_index_knows_what_is_not_read_and_is_not_made_anew_for_it(
    world: Path, index: Path
) -> None:
    assert kinds(index) == {".png": 1, "empty": 1, "hidden": 1}
    current = (index / "CURRENT").read_bytes()
    made(world, "map.png", "notes.org", text="")
    assert kinds(index) == {".png": 2, ".org": 1, "empty": 1, "hidden": 1}  # as it is now
    report = Index(index).update()
    assert counted(report.passed_over) == {".png": 2, ".org": 1, "hidden": 1}
    assert (index / "CURRENT").read_bytes() == current
    assert passed_over(index)[str(world)] == report.passed_over
    shutil.rmtree(world)
    assert kinds(index) == {".png": 2, ".org": 1, "empty": 1, "hidden": 1}  # as it was


def test_what_is_taken_out_is_not_read(world: Path, index: Path) -> None:
    for report in (Index(index).remove("eels.md"), Index(index).update()):
        (out,) = (f for f in report.passed_over if f.why is Why.REMOVED)
        assert out.reason == (
            "eels.md: taken out with `ibid remove`; name it to `ibid index` to have it read"
        )
    assert len(list(index.glob("gen-*"))) == 1  # nothing was published by the update


def test_what_is_passed_over_in_files_is_known_too(world: Path, index: Path) -> None:
    shutil.copy(Path(__file__).parents[2] / "formats" / "council.zip", world)
    report = Index(index).update()
    inside = [f.source for f in report.passed_over if f.source.startswith("council.zip/")]
    assert inside == ["council.zip/.DS_Store", "council.zip/__MACOSX/", "council.zip/photo.jpg"]
    assert [f.source for f in Index(index).update().passed_over if f.source in inside] == inside


def test_a_root_that_is_not_looked_at_keeps_what_was_said_of_it(
    world: Path, index: Path, tmp_path: Path
) -> None:
    other = made(tmp_path / "other", "a.txt", "b.doc")
    made(world, "late.gif")
    Index(index).update(other)
    assert {f.kind for f in passed_over(index)[str(world)]} == {".png", "hidden"}
    Index(index).update(world, exclude=("nested/",))
    assert {f.kind for f in passed_over(index)[str(world)]} == {
        ".png",
        ".gif",
        "hidden",
        "excluded folder",
    }
    assert [f.source for f in passed_over(index)[str(other)]] == ["other/b.doc"]


@pytest.mark.parametrize(
    "data", [b"", b"junk", seal("[1]").encode(), seal('{"/a": [[1]]}').encode()]
)
def test_a_damaged_list_of_it_is_none_and_is_made_again(data: bytes, index: Path) -> None:
    (index / UNREAD).write_bytes(data)
    assert passed_over(index) == {}
    Index(index).update()
    assert len(passed_over(index)) == 1


def test_where_nothing_is_passed_over_there_is_no_list(tmp_path: Path) -> None:
    note_passed_over(tmp_path, {"/a": ()})
    assert not (tmp_path / UNREAD).exists()


def test_an_index_of_before_is_brought_up_to_date(world: Path, index: Path) -> None:
    """Its catalogue has no `unread`, its failures have neither kinds nor `partly`."""
    from index.generation.catalog import Catalog

    lines = catalog_of(index).to_bytes().decode().splitlines()[:-1]
    head, *rows = map(json.loads, lines)
    del head["unread"]
    for row in rows:
        row["failures"] = [failure[:2] for failure in row["failures"]]
    catalog = Catalog.from_bytes(seal("\n".join(map(json.dumps, [head, *rows]))).encode())
    assert catalog.unread == ((),)
    (failure,) = catalog.failures
    assert (failure.source, failure.why) == ("nested/empty.txt", Why.BROKEN)
