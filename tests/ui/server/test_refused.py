"""What the page says of an error: never where something lies on this machine."""

from __future__ import annotations

import errno
import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from index import errors
from index.errors import IbidError
from index.failures import Failure, Why
from index.storage import disk
from rag.engine import Engine
from tests.ui.page.browser import MARKS
from tests.ui.served import CannedEngine, served
from ui.server import web
from ui.server.chat import Chat
from ui.server.refused import last_part, unplaced, without_paths
from ui.server.views import Drawn, Views

pytestmark = MARKS[1:]
TOKEN = "t" * 32
WORDS = b"The pie is baked for forty minutes. It is eaten warm."


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "a home" / "with spaces"
    monkeypatch.setenv("IBID_HOME", str(home))
    return home


def said(views: Views) -> str:
    """All that is read on the page."""
    return unescape(re.sub(r"<[^>]*>", " ", " ".join(v for v in views.values() if v)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cannot keep /srv/my/x.txt: the disk is full", "cannot keep x.txt: the disk is full"),
        ("no /secret.txt", "no secret.txt"), ("error:/etc/passwd", "error:passwd"),
        ("'/opt/data/x.pdf' is cut short", "'x.pdf' is cut short"),
        ("(/a/b/c.ibid)", "(c.ibid)"), ("/a/b", "b"), ("//a//b", "b"),
        (r"C:\Users\me\x.txt", "x.txt"), (r"\\shelf\share\x.txt", "x.txt"),
        ("notes/2024/x.txt: no text", "notes/2024/x.txt: no text"),
        ("mail.zip/in/1.eml and/or 1/2", "mail.zip/in/1.eml and/or 1/2"),
        ("see https://example.org/a/b", "see https://example.org/a/b"), ("a / b", "a / b"),
        ("not at milvus://db.example:19530/leases now", "not at leases now"),
    ],
)  # fmt: skip
def test_of_a_path_the_last_part_is_shown(text: str, shown: str) -> None:
    assert without_paths(text) == shown


@pytest.mark.parametrize("folder", ["home", "cwd", "user"])
def test_folders_that_are_known_are_found_whatever_their_names(
    folder: str, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"home": own_home, "cwd": tmp_path / "my papers", "user": tmp_path / "Ann Lee"}[folder]
    (tmp_path / "my papers").mkdir()
    monkeypatch.chdir(tmp_path / "my papers")
    monkeypatch.setenv("HOME", str(tmp_path / "Ann Lee"))
    text = without_paths(f"cannot read {known}/tax: no permission; {known} is not ours")
    assert text == f"cannot read tax: no permission; {known.name} is not ours"


def test_a_folder_that_is_named_is_found_too() -> None:
    folder = Path("/mnt/hr salaries/2024")
    text = f"cannot read {folder}/x.txt; {folder} is gone"
    assert without_paths(text, [folder]) == "cannot read x.txt; 2024 is gone"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/mnt/hr salaries/2024", "2024"), ("/mnt/hr salaries/", "hr salaries/"), ("/", "/"),
        ("a (b)/c.txt", "a (b)/c.txt"), ("org/model", "org/model"),
    ],
)  # fmt: skip
def test_of_a_name_that_is_relative_all_is_told(path: str, name: str) -> None:
    assert last_part(path) == name


@pytest.mark.parametrize("source", ["2019 (old)/lease.pdf", "a,/b.pdf", "my folder /x.pdf"])
def test_of_a_failure_only_what_is_said_after_its_name_is_shortened(source: str) -> None:
    given = (
        Failure(source, f"{source}: no room in /srv/a/tmp"),
        Failure("/srv/hr files/", "/srv/hr files/: may not be read"),
        Failure(source, f"{source}: left out by /{source} in .gitignore", why=Why.IGNORED),
        Failure(source, "/srv/a/b is damaged", partly=True),
    )
    assert unplaced(given) == (
        given[0]._replace(reason=f"{source}: no room in tmp"),
        given[1]._replace(source="hr files/", reason="hr files/: may not be read"),
        given[2],
        given[3]._replace(reason="b is damaged"),
    )


def _every_error() -> list[type[IbidError]]:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, IbidError)]


@pytest.mark.parametrize("kind", _every_error())
def test_whatever_a_question_raises_its_paths_stay_here(
    kind: type[IbidError], own_home: Path, tmp_path: Path
) -> None:
    error = kind(f"cannot read {own_home}/x, nor {tmp_path}/y, nor /srv/z.ibid; build it again")
    chat = Chat(CannedEngine((), (), {"Why?": error}))
    shown = said(chat.ask(TOKEN, "Why?", 1))
    assert "x, nor y, nor z.ibid; build it again" in shown
    assert "/" not in shown


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.slow
def test_what_goes_wrong_with_an_index_is_told_without_paths(
    index_path: Path, own_home: Path, tmp_path: Path
) -> None:
    chat = Chat(Engine.open(index_path))
    session = chat.sessions.of(TOKEN)
    session.files.add("pie.txt", WORDS)
    for folder in own_home.glob("dropped/*"):
        (folder / "index").write_text("in the way", "utf-8")
    session.files.add("tea.txt", WORDS + b" Tea too.")
    shown = ""
    while "reading files" in (shown := said(chat.take(TOKEN))) or not shown:
        pass
    assert "index" in shown
    for part in (str(tmp_path), tmp_path.name, "/tmp"):
        assert part not in shown


@pytest.mark.slow
def test_a_disk_that_is_full_is_told_without_paths(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "write", _full)
    with served(web.build_app(Chat(CannedEngine((), ())))) as address:
        reply = httpx.post(
            f"{address}/dropped?name=pie.txt",
            content=WORDS,
            headers={"x-ibid-tab": TOKEN},
            trust_env=False,
        )
    assert reply.status_code == 422
    assert "pie.txt: the disk is full" in reply.text
    assert str(own_home) not in reply.text
    assert tmp_path.name not in reply.text


def test_what_could_not_be_read_and_what_is_wrong_is_told_without_paths(own_home: Path) -> None:
    failures = [Failure(f"{own_home}/a.txt", f"no permission for {own_home}/a.txt")]
    engine = CannedEngine((), (), failures=failures)
    engine.notice = f"{own_home}/x.ibid is damaged; the state before answers"
    chat = Chat(engine)
    shown = said(Drawn("home").everything(chat.sessions.of(TOKEN)))
    assert "a.txt" in shown
    assert "x.ibid is damaged" in shown
    assert str(own_home.parent) not in shown
