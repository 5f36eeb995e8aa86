"""Texts that nobody meant well: every one is answered from or refused, never a crash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.proof import Status, verify

pytestmark = pytest.mark.slow

N = 1_000
FACT = "\n\nThe lighthouse on the eastern mole is 41 metres tall.\n"
HOSTILE = {
    "open comments": "<!--" * N,
    "open comments in lines": "<!-- a\n" * N,
    "open tags": "<a " * N,
    "open brackets": "[" * N,
    "open links": "[a](" * N,
    "open emphasis": "*a " * N,
    "strong": "**a" * N,
    "back ticks": "`a" * N,
    "deep quotes": "> " * N + "a",
    "deep lists": "".join(" " * min(i * 2, 100) + "- a\n" for i in range(300)),
    "deep brackets": "(" * N + "a" + ")" * N,
    "wide table": "| a " * N + "\n" + "|---" * N + "\n",
    "short lines": "a\n" * N,
    "headings only": "A b\n\n" * N,
    "hashes": "#" * N + " a",
    "dots": "a." * N,
    "acronym": "U.S." * N,
    "digits": "1" * N,
    "one long word": "x" * 50 * N,
    "a long line of spaces": " " * N + "a",
    "combining marks": "a" + "\u0301" * N,
    "joiners": "a\u200d" * N,
    "overrides": "\u202e" * N + "a",
    "marks inside": "\ufeffa" * N,
    "controls": "".join(chr(c) for c in range(1, 32)) * 50 + "a",
    "every plane": "".join(chr(c) for c in range(0xA0, 0x11000, 37) if not 0xD800 <= c <= 0xDFFF),
    "script": "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "templates": "{{constructor}} ${document.title='x'} {% raw %} %s %(a)s {0} \\u0000 \\",
    "front matter": "---\n!!python/object/apply:os.system ['true']\n---\na",
    "carriage returns": "a\rb\r\rc\r\n\rd",
    "separators": "a\u2028b\u2029c\x0bd\x0ce\x85f\x1cg",
    "null words": "nan NULL None undefined -0 1e999",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_quoted_or_refused(
    name: str, tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    for suffix in (".txt", ".md"):
        folder = tmp_path / suffix
        folder.mkdir()
        (folder / f"hostile{suffix}").write_bytes(HOSTILE[name].encode())
        (folder / "fact.txt").write_text(FACT)
        engine = Engine.open(folder)
        assert len(engine.documents) + len(engine.failures) == 2
        check_answers(engine, HOSTILE[name])


def check_answers(engine: Engine, text: str) -> None:
    asked = [
        "How tall is the lighthouse?",
        *(q for q in (text[:500], text[-500:]) if any(c.isalnum() for c in q) and "\x00" not in q),
    ]
    for question in asked:
        answer = engine.ask(question, max_sentences=9)
        assert all(v.status is Status.HOLDS for v in verify(answer))
        for cited in (*answer.citations, *answer.closest):
            assert cited.quote.strip()


HOSTILE_NAMES = [
    "${document.title='x'}.txt", "<img src=x onerror=alert(1)>.txt", "a\nb.txt", "'; DROP.txt",
    "-rf.txt", "%s.txt", "\u202egpj.txt", "😀.txt", " .txt", "a" * 200 + ".txt", "CON.txt",
]  # fmt: skip


def test_hostile_names_are_kept_as_they_are(
    tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    folder = tmp_path / "docs ${x} <b>"
    folder.mkdir()
    for number, name in enumerate(HOSTILE_NAMES):
        (folder / name).write_text(f"the lighthouse of island {number} is tall.\n")
    engine = Engine.open(folder)
    assert {d.source for d in engine.documents} == set(HOSTILE_NAMES)
    assert not engine.failures


def test_links_and_pipes_in_a_folder_do_no_harm(
    tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "fact.txt").write_text(FACT)
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(tmp_path / "nothing")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    assert [d.source for d in Engine.open(folder).documents] == ["fact.txt"]
