"""reStructuredText: what a reader of the page sees is read, and nothing is fetched or run."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import load_file
from index.types import Document
from tests.index.load.broken import damaged, loads_or_is_refused


def read(text: str) -> Document:
    (document,) = load_file(text.encode(), "a.rst").documents
    return document


def shown(text: str) -> list[str]:
    """Each block as "kind: text", below a first paragraph that is left out."""
    made = read(f"The eel is a fish.\n\n{text}")
    return [f"{b.kind.value}: {made.text[b.start : b.end]}" for b in made.blocks[1:]]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One *em* and **strong**\nand ``code``.", ["paragraph: One em and strong and code."]),
        ("- a\n- b\n\n  more\n", ["item: - a", "item: - b", "paragraph: more"]),
        ("3. a\n4. b\n", ["item: 3. a", "item: 4. b"]),
        ("(b) a\n(c) b\n", ["item: (b) a", "item: (c) b"]),
        ("IX. a\nX. b\n", ["item: IX. a", "item: X. b"]),
        ("iv) a\nv) b\n", ["item: iv) a", "item: v) b"]),
        ("- - inner\n", ["item: - inner"]),
        ("term\n   what it is\n\n   more", ["paragraph: term: what it is", "paragraph: more"]),
        ("term : kind\n   - a\n", ["paragraph: term (kind)", "item: - a"]),
        (":depth: 3 m\n:owner: Tarn\n", ["rows: depth: 3 m", "rows: owner: Tarn"]),
        ("-v, --to=X  says more\n", ["paragraph: -v, --to X: says more"]),
        ("::\n\n  a = 1\n    b = 2\n", ["code: a = 1", "code: b = 2"]),
        (">>> 1 + 1\n2\n", ["code: >>> 1 + 1", "code: 2"]),
        ("| one\n| two\n|   three\n", ["rows: one", "rows: two", "rows: three"]),
        ("  Quoted.\n\n  -- Ida", ["paragraph: Quoted.", "paragraph: — Ida"]),
        (".. note:: Mind it.\n", ["paragraph: Mind it."]),
        (".. admonition:: Mind\n\n   It is deep.\n", ["paragraph: Mind", "paragraph: It is deep."]),
        ("|x| goes.\n\n.. |x| replace:: The eel", ["paragraph: The eel goes."]),
        ("It [1]_ goes.\n\n.. [1] At night.", ["paragraph: It [1] goes.", "item: [1] At night."]),
        ("See [A1]_.\n\n.. [A1] - x", ["paragraph: See [A1].", "paragraph: [A1]", "item: - x"]),
        ("`Tarn <http://x.y>`_ and http://a.b\n", ["paragraph: Tarn and http://a.b"]),
        (".. figure:: a.png\n\n   The eel.\n\n   It swims.\n",
         ["paragraph: The eel.", "paragraph: It swims."]),
        (".. topic:: Eels\n\n   They swim.\n", ["paragraph: Eels", "paragraph: They swim."]),
        (".. code-block:: c\n   :linenos:\n   :caption: x\n\n   int a;\n", ["code: int a;"]),
        (".. math:: a = b\n   :label: e\n", ["rows: a = b"]),
    ],
)  # fmt: skip
def test_what_is_read_of_a_construct(text: str, blocks: list[str]) -> None:
    assert shown(text) == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (":ref:`the port <x>` :doc:`/a/b`", ["paragraph: the port /a/b"]),
        (":py:class:`~a.b.Eel` and :func:`!run`", ["paragraph: Eel and run"]),
        ("`Eel`:term: and :a.b+c:`x`", ["paragraph: Eel and x"]),
        (".. versionadded:: 2.4\n   The lamp.\n", ["paragraph: 2.4 The lamp."]),
        (".. deprecated:: 2.4\n", []),
        (".. seealso:: the old manual of eels\n", ["paragraph: the old manual of eels"]),
        (".. tab-item:: Linux\n   :sync: x\n\n   Press *it*.\n",
         ["paragraph: Linux", "paragraph: Press it."]),
        (".. only:: html\n\n   Seen.\n", ["paragraph: Seen."]),
        (".. c:function:: int run(void)\n\n   Runs.\n\n   :returns: 0\n",
         ["paragraph: int run(void)", "paragraph: Runs.", "rows: returns: 0"]),
        (".. toctree::\n   :maxdepth: 2\n\n   a\n   b\n", []),
        (".. autoclass:: a.Eel\n   :members:\n\n   x\n", []),
        (".. glossary::\n\n   eel\n      A fish.\n", ["paragraph: eel: A fish."]),
        ("Press |unknown| now.", ["paragraph: Press |unknown| now."]),
    ],
)  # fmt: skip
def test_what_docutils_does_not_know_gives_its_text(text: str, blocks: list[str]) -> None:
    assert shown(text) == blocks


def test_sections_have_levels_below_the_title() -> None:
    made = read(
        "=====\nTitle\n=====\n\nA.\n\nOne\n---\n\nB.\n\nInner\n~~~~~\n\nC.\n\nTwo\n---\n\nD.\n"
    )
    heads = [(made.text[b.start : b.end], b.level) for b in made.blocks if b.level]
    assert heads == [("Title", 1), ("One", 2), ("Inner", 3), ("Two", 2)]
    assert made.title == "Title"
    untitled = read("One\n===\n\nA.\n\nTwo\n===\n\nB.\n")
    assert [(untitled.text[b.start : b.end], b.level) for b in untitled.blocks if b.level] == [
        ("One", 1),
        ("Two", 1),
    ]


def test_the_contents_are_not_read_twice() -> None:
    made = read(".. contents:: What\n\nOne\n===\n\nEel.\n\nTwo\n===\n\nMud.\n")
    assert made.text == "One\n\nEel.\n\nTwo\n\nMud."


def test_what_is_said_at_the_head_is_known_and_kept() -> None:
    made = read(
        "Eels\n====\n\n:Authors: - Ida Holm\n          - Per Lund\n:Date: $Date: 2021/05/03 $\n"
        ":Language: da\n:orphan:\n\nÅlen er lang.\n"
    )
    assert made.text.startswith(
        "Eels\n\nAuthors: Ida Holm, Per Lund\nDate: 2021/05/03\nLanguage: da"
    )
    assert (made.meta["author"], made.meta["date"], made.language) == (
        "Ida Holm, Per Lund",
        "2021-05-03",
        "da",
    )


TABLE = """
.. table:: Gates

   +------+-----------------+
   | Gate | Opens           |
   |      +--------+--------+
   |      | from   | to     |
   +======+========+========+
   | East | 6      | 21     |
   |      +--------+--------+
   |      | Sunday | 9      |
   +------+--------+--------+
   | West |        | - a    |
   |      |        | - b    |
   +------+--------+--------+
   | all of them closed     |
   +------+-----------------+
"""


def test_a_row_of_a_table_says_its_headers() -> None:
    assert shown(TABLE) == [
        "paragraph: Gates",
        "rows: Gate: East; Opens from: 6; Opens to: 21",
        "rows: Gate: East; Opens from: Sunday; Opens to: 9",
        "rows: Gate: West; Opens to: a b",
        "rows: all of them closed",
    ]
    assert shown("== ==\n1  2\n3  4\n== ==\n") == ["rows: 1: 2", "rows: 3: 4"]
    csv = ".. csv-table::\n   :header: A, B\n\n   1, 2\n"
    assert shown(csv) == ["rows: A: 1; B: 2"]


def test_a_table_that_is_drawn_wrongly_is_kept_as_its_lines() -> None:
    assert "rows: | East | 6" in shown("+------+---+\n| East | 6\n+------+---+\n")


def test_nothing_is_inserted_fetched_or_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the hidden word")
    made = read(
        f"The eel.\n\n.. include:: {secret}\n\n.. literalinclude:: {secret}\n\n"
        f".. csv-table::\n   :file: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n"
        f".. raw:: html\n\n   <b>raw</b>\n\n.. code:: x\n   :include: {secret}\n\n"
        ".. |day| date:: %Y\n\nIt is |day|.\n\n.. role:: raw-html(raw)\n   :format: html\n\n"
        ":raw-html:`<i>`\n\n*open\n\nTitle\n=\n"
    )
    assert "hidden" not in made.text
    assert "raw</b>" not in made.text
    assert not any(c.isdigit() for c in made.text)
    assert capfd.readouterr() == ("", "")


def test_roles_of_one_text_are_not_those_of_the_next() -> None:
    assert shown(".. role:: eel\n\n:eel:`a`\n\n.. default-role:: eel\n\n`b`") == [
        "paragraph: a",
        "paragraph: b",
    ]
    from docutils.parsers.rst import directives, roles

    assert "eel" not in vars(roles)["_roles"]
    shown(".. eels:: x\n\n   y\n")
    assert "eels" not in vars(directives)["_directives"]


def test_several_threads_may_read() -> None:
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(shown(f".. d{n}::\n\n   :r{n}:`x`\n")))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["paragraph: x"]] * 6


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there is no text in it"),
        (".. a comment alone\n", "there is no text in it"),
        ("*a " * 20_000, "a paragraph in it has over 50,000 characters; save it as .txt"),
        ("".join(" " * n + "- a\n\n" for n in range(0, 1000, 2)), "docutils cannot read it"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why) as caught:
        load_file(text.encode(), "folder/a.rst")
    assert str(caught.value).startswith("folder/a.rst: ")


MARKUP = st.sampled_from(
    [
        "*", "**", "``", "`", "_", "__", "|", ":a:`x`", "[1]_", "[#]_", "<", ">", "::", "..", ".. ",
        ".. x:: y\n\n   z", ".. [1] n", ".. |s| replace:: t", "- ", "1. ", "====", "----", "+--+",
        "| a |", "   ", "\n", "\n\n", ":f: b", "-o x  y", "\\", "eel", "Title", ".. note::",
        ".. table:: t", "== ==", ".. default-role:: zz", ".. class:: c", ".. figure:: f",
    ]
)  # fmt: skip


@pytest.mark.slow
@given(st.lists(MARKUP | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_loads_or_is_refused(text: str) -> None:
    loads_or_is_refused(text.encode("utf-8", "surrogatepass"), "a.rst")


@pytest.mark.slow
@given(damaged("lock-manual.rst"))
def test_a_damaged_file_loads_or_is_refused(data: bytes) -> None:
    loads_or_is_refused(data, "lock-manual.rst")
