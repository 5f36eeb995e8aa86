"""No call home: the commands are run under strace, and what they ask of the system is counted."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.offline import SILENCED
from tests import traced
from tests.doubles import write_world
from tests.ui.served import BROWSER, MUST_RUN

CHECKOUT = Path(__file__).resolve().parent.parent
IBID = (sys.executable, "-c", "from ui.cli import main; main()")
# Seconds that the page is looked at. Not silenced, the libraries write into the home at once, and
# first look a name up 8 seconds after the page stands, then after 13, 21, 43 and 86.
LIFE = 20
needs_strace = pytest.mark.skipif(
    traced.STRACE is None and not MUST_RUN, reason="there is no strace here"
)


class Place:
    """A home, a temporary folder and IBID_HOME of its own; what runs here writes to no other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "calls"
        self.home, self.tmp, self.ibid = (folder / name for name in ("home", "tmp", "ibid"))
        for one in (self.home, self.tmp):
            one.mkdir(parents=True)
        # torch, once imported here, names a folder for its kernels to whatever is started
        gone = ("XDG_", "IBID_", "TORCH", "TRITON")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(gone)}
        self.env = {key: value for key, value in kept.items() if key not in SILENCED} | {
            "HOME": str(self.home), "TMPDIR": str(self.tmp), "IBID_HOME": str(self.ibid),
            "PYTHONPATH": str(CHECKOUT),
        }  # fmt: skip

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run `ibid` under strace; it must have ended well."""
        done = traced.run(self.log, [*IBID, *arguments], self.env)
        assert done.returncode == 0, done.stderr
        return done

    def assert_quiet(self, *own: Path) -> None:
        """Nothing went out, and nothing was written but here and in `own`."""
        assert traced.went_out(self.log) == []
        assert traced.written(self.log, [self.ibid, self.tmp, *own]) == set()
        assert list(self.home.iterdir()) == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("place"))


@needs_strace
@pytest.mark.slow
def test_what_is_counted_would_be_seen(place: Place) -> None:
    code = (
        "import os, pathlib, socket, subprocess, sys\n"
        "home = pathlib.Path.home()\n"
        "(home / 'queue').write_text('x'); (home / 'queue').unlink()\n"
        "os.chdir(home); os.mkdir('events'); os.rmdir('events')\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))\n"
        "subprocess.run([sys.executable, '-c', \"import socket; socket.socket("
        "socket.AF_INET6, socket.SOCK_DGRAM).sendto(b'', ('2001:db8::1', 9))\"])\n"
        "try: socket.getaddrinfo('telemetry.invalid', 443)\n"
        "except OSError: pass\n"
    )
    traced.run(place.log, [sys.executable, "-c", code], place.env)
    out = "\n".join(traced.went_out(place.log))
    assert all(told in out for told in ("192.0.2.1", "2001:db8::1", "resolv.conf"))
    home = place.home
    assert traced.written(place.log, [place.tmp]) == {f"{home}/queue", "events"}


@needs_strace
@pytest.mark.slow
def test_no_command_calls_home_or_writes_elsewhere(place: Place, tmp_path: Path) -> None:
    world, index, saved = write_world(tmp_path / "world"), tmp_path / "index", tmp_path / "a.json"
    place.run("index", world, "--into", index)  # compiles the model: torch, transformers, the hub
    place.assert_quiet(index)
    asked = place.run("ask", "How tall is the lighthouse?", "--json", "--documents", world)
    place.assert_quiet()
    saved.write_text(asked.stdout)
    place.run("verify", saved, "--documents", index)
    place.assert_quiet()
    question = {"question": "When was the lamp electrified?", "expected": "electrified in 1923"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question))
    place.run("eval", tmp_path / "questions.jsonl", "--documents", index)
    place.assert_quiet()
    columns, tables = tmp_path / "columns.txt", tmp_path / "tables"
    columns.write_text("[date] When was the lamp electrified?\n")
    tables.mkdir()
    for name in ("table.xlsx", "table.html"):
        place.run("table", columns, "--documents", index, "--out", tables / name)
        place.assert_quiet(tables)


@needs_strace
@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is not installed")
def test_workers_call_nobody(place: Place, tmp_path: Path) -> None:
    world, index = write_world(tmp_path / "world"), tmp_path / "index"
    place.run("index", world, "--into", index, "--workers", "2")
    # gRPC reads how names would be looked up; Ray asks by which of its addresses this machine
    # would go out, for which a socket is named an address, and nothing is sent
    quiet = ("/etc/", "::ffff:127.0.0.", 'htons(53), sin_addr=inet_addr("8.8.8.8")')
    out = [one for one in traced.went_out(place.log) if not any(q in one for q in quiet)]
    assert {call.partition("(")[0] for call in out} <= {"getsockname"}  # where it listens
    own = traced.written(place.log, [place.ibid, place.tmp, index])
    # the paths of sockets are short ones: Ray's folder is of /tmp, and goes with it
    folders = {Path(*Path(path).parts[:3]) for path in own if path.startswith("/tmp/ibid-")}
    rest = [path for path in own if not path.startswith("/tmp/ibid-")]
    assert [path for path in rest if not re.fullmatch(r"/proc/\d+/oom_score_adj", path)] == []
    assert [folder for folder in folders if folder.exists()] == []
    assert [*place.home.iterdir(), *place.tmp.iterdir()] == []


@needs_strace
@pytest.mark.slow
def test_a_collection_in_a_folder_stays_there(place: Place, tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite", reason="the extra milvus is not installed")
    world, own = write_world(tmp_path / "world"), tmp_path / "own"
    (tmp_path / ".env").write_text("IBID_HOME=/nowhere\n")
    for arguments in (
        ("index", world, "--into", f"milvus+lite:{own}"),
        ("ask", "How tall is the lighthouse?", "--documents", f"milvus+lite:{own}"),
    ):
        place.run(*arguments)
        place.assert_quiet(own)
        calls = place.log.read_text()
        named = re.findall(r"bind\((\d+)<.*AF_UNIX", calls)
        assert re.findall(r"listen\((\d+)<", calls) == named != []  # and no port is listened on


@contextmanager
def chatting(place: Place, *arguments: str) -> Iterator[str]:
    """The address of an `ibid chat` under strace, which ends by Ctrl-C."""
    command = [*IBID, "chat", "--no-open", "--port", "0", *arguments]
    with subprocess.Popen(
        traced.command(place.log, command), env=place.env, stdout=subprocess.PIPE, text=True
    ) as strace:
        assert strace.stdout is not None
        try:
            told = re.search(r"http://\S+", strace.stdout.readline())
            assert told is not None
            yield told[0]
        finally:
            traced.interrupt(strace.pid)
            strace.wait()


@needs_strace
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None and not MUST_RUN, reason="there is no browser here")
def test_the_page_does_not_call_home(place: Place, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    dropped = tmp_path / "ferry.txt"
    dropped.write_text("The ferry to Tarn leaves at nine. It carries forty passengers.")
    with chatting(place) as address, sync_playwright() as playwright:
        started = time.monotonic()
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        page.get_by_placeholder("Ask the documents").fill("What does ENFORCE stand for?")
        page.keyboard.press("Enter")
        page.get_by_text("Enhancing National Frameworks").first.wait_for()
        page.locator(".drop input[type=file]").first.set_input_files(dropped)
        page.get_by_text("ferry.txt").first.wait_for()
        page.wait_for_timeout(max(0, LIFE - (time.monotonic() - started)) * 1000)
        browser.close()
    assert list(place.ibid.glob("dropped/*/files/ferry.txt"))
    place.assert_quiet()


@pytest.mark.parametrize("package", ["index", "rag", "ui", "training", "benchmarks"])
def test_each_package_silences_the_libraries_before_its_modules_come(package: str) -> None:
    code = (
        "import sys, json, os\n"
        f"import {package}\n"
        "heavy = {'onnxruntime', 'gradio', 'huggingface_hub', 'transformers', 'torch'}\n"
        "print(json.dumps([sorted(heavy & sys.modules.keys()), dict(os.environ)]))"
    )
    env = {key: value for key, value in os.environ.items() if key not in SILENCED}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env=env, capture_output=True, text=True
    )
    loaded, environment = json.loads(done.stdout)
    assert loaded == []
    assert {key: environment.get(key) for key in SILENCED} == SILENCED


def test_a_program_that_imported_the_runtime_first_is_told() -> None:
    code = "import sys; sys.modules['onnxruntime'] = sys; import rag"
    assert "imported before Ibid" in _python(code, {}).stderr
    assert _python(code, {"ORT_DISABLE_TELEMETRY": "1"}).stderr == ""


def _python(code: str, more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in SILENCED}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=env | dict(more),
        capture_output=True,
        text=True,
    )
