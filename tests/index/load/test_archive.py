"""Zip archives: each file as it would be beside it; one that bursts or lies is refused."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index import limits
from index.errors import UnreadableDocument
from index.failures import Failure, Why
from index.load import records
from index.load.loaders import loader_of
from index.load.loading import Loaded, load_file
from tests.index.load.broken import damaged, loads_or_is_refused

TEXT = "The pier of Tarn was closed in May."


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as inside:
        for name, data in files.items():
            inside.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def read(files: dict[str, bytes | str]) -> Loaded:
    return load_file(zipped(files), "a.zip")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        load_file(data, "a.zip")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_each_file_is_read_by_its_format() -> None:
    found = read(
        {
            "b/pier.md": f"# The pier\n\n{TEXT}", "a.txt": f"{TEXT} So it was.",
            "data.json": json.dumps([{"text": f"{TEXT} {n}."} for n in ("One", "Two")]),
            "rows.jsonl": '{"pier": "A1"}\n{',
        }
    )  # fmt: skip
    assert [(d.source, d.title) for d in found.documents] == [
        ("a.zip/a.txt", "a"),
        ("a.zip/b/pier.md", "The pier"),
        ("a.zip/data.json#1", "data#1"),
        ("a.zip/data.json#2", "data#2"),
        ("a.zip/rows.jsonl", "rows"),
    ]
    assert [f.source for f in found.failures] == ["a.zip/rows.jsonl#2"]
    assert found.failures[0].reason.startswith("a.zip/rows.jsonl#2: line 2 is not JSON")


def test_what_is_not_read_is_named_with_why() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        for name in (
            ".a.txt",
            "x/.git/b.txt",
            "__MACOSX/._c.txt",
            "__MACOSX/._d.txt",
            "d.jpg",
            "README",
            "e/",
            "old.doc",
            "~$f.docx",
            "../.g.txt",
        ):
            inside.writestr(name, TEXT)
        inside.writestr(link, "/etc/passwd")
        inside.writestr("good.txt", TEXT)
    found = load_file(made.getvalue(), "a.zip")
    assert [d.source for d in found.documents] == ["a.zip/good.txt"]
    assert [(f.source, f.kind) for f in found.failures] == [
        ("a.zip/../.g.txt", "hidden"),
        ("a.zip/.a.txt", "hidden"),
        ("a.zip/README", "without a suffix"),
        ("a.zip/__MACOSX/", "hidden folder"),
        ("a.zip/d.jpg", ".jpg"),
        ("a.zip/link.txt", "linked"),
        ("a.zip/old.doc", ".doc"),
        ("a.zip/x/.git/", "hidden folder"),
        ("a.zip/~$f.docx", "lock file"),
    ]
    assert found.failures[6].reason == (
        "a.zip/old.doc: not of a format that Ibid reads; save it as .docx"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_with_one_name_the_last_is_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as inside:
        inside.writestr("a.txt", "The old text of it.")
        inside.writestr("a.txt", "The new text of it.")
    (document,) = load_file(made.getvalue(), "a.zip").documents
    assert document.text == "The new text of it."


@pytest.mark.parametrize(
    "name",
    ["/etc/a.txt", "../a.txt", "x/../../a.txt", "C:/a.txt", "c:a.txt", "\\a.txt", "x\\..\\a.txt"],
)  # fmt: skip
def test_a_name_that_leads_outside_is_refused(name: str) -> None:
    found = read({"good.txt": TEXT, name: "bad words"})
    assert [d.source for d in found.documents] == ["a.zip/good.txt"]
    (failure,) = found.failures
    assert failure.reason.endswith(
        ": it has a name that leads out of the archive; make the archive again"
    )


def test_a_name_is_shown_without_what_cannot_be_seen() -> None:
    (document,) = read({"the\npier\u202e.txt": TEXT}).documents
    assert document.source == "a.zip/the\ufffdpier\ufffd.txt"


def test_one_bad_file_is_one_failure() -> None:
    data = zipped({"good.txt": TEXT, "empty.json": "", "nul.txt": b"\0\1\2", "e.txt": " "})
    found = load_file(data, "a.zip")
    assert [d.text for d in found.documents] == [TEXT]
    assert {f.source: f.reason for f in found.failures} == {
        "a.zip/empty.json": "a.zip/empty.json: there is nothing in it; remove it",
        "a.zip/nul.txt": "a.zip/nul.txt: this is binary data, not text; save it as UTF-8",
        "a.zip/e.txt": "a.zip/e.txt: there is no text in it; remove it or fill it",
    }


def patched(data: bytes, name: str, at: int, value: int) -> bytes:
    """The archive with a 16-bit field of a file's entry in the list changed."""
    made = bytearray(data)
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    struct.pack_into("<H", made, entry + at, value)
    return bytes(made)


def test_a_file_under_a_password_is_named() -> None:
    data = patched(zipped({"a.txt": TEXT, "b.txt": f"{TEXT} b"}), "b.txt", 8, 1)
    found = load_file(data, "a.zip")
    assert [d.source for d in found.documents] == ["a.zip/a.txt"]
    (failure,) = found.failures
    assert failure.why is Why.PROTECTED
    assert failure.reason == "a.zip/b.txt: it needs a password; unpack it"
    assert refusal(patched(zipped({"a.txt": TEXT}), "a.txt", 8, 1)) == (
        "a.zip/a.txt: it needs a password; unpack it"
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_named(method: int) -> None:
    assert refusal(zipped({"a.txt": TEXT}, method)) == (
        "a.zip/a.txt: it is packed in a way that Ibid does not read; unpack it"
    )


def test_changed_bytes_of_a_file_are_found() -> None:
    data = zipped({"a.txt": TEXT}, zipfile.ZIP_STORED).replace(b"pier", b"bier")
    assert refusal(data) == "a.zip/a.txt: it is damaged; make the archive again"


def test_an_archive_within_an_archive_is_read_but_no_deeper() -> None:
    inner = zipped({"x/deep.txt": TEXT, "more.zip": zipped({"c.txt": "bad words"})})
    found = read({"f/inner.zip": inner, "a.txt": f"{TEXT} a"})
    assert [d.source for d in found.documents] == ["a.zip/a.txt", "a.zip/f/inner.zip/x/deep.txt"]
    (failure,) = found.failures
    assert failure.reason == (
        "a.zip/f/inner.zip/more.zip: it is an archive in an archive in an archive; unpack it"
    )
    broken = read({"inner.zip": b"PK", "a.txt": TEXT})
    assert broken.failures[0].reason.startswith(
        "a.zip/inner.zip: it is damaged, cut off, or not what"
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "a.zip: it is damaged, cut off, or not what its name says; make it again"),
        (
            b"PK\x03\x04 no archive",
            "a.zip: it is damaged, cut off, or not what its name says; make it again",
        ),
        (zipped({}), "a.zip: no file in it is of a format that Ibid reads: ."),
        (zipped({"a.jpg": TEXT}), "a.zip: no file in it is of a format that Ibid reads: "),
    ],
)
def test_what_is_no_archive_is_refused_by_name(data: bytes, why: str) -> None:
    assert refusal(data).startswith(why)


@pytest.mark.slow
def test_a_file_that_bursts_is_refused_whatever_it_says_of_its_size() -> None:
    bomb = zipped({"bomb.txt": b"a" * (20 * 2**20), "good.txt": TEXT})
    for data in (bomb, patched(patched(bomb, "bomb.txt", 24, 100), "bomb.txt", 26, 0)):
        found = load_file(data, "a.zip")
        assert [d.source for d in found.documents] == ["a.zip/good.txt"]
        assert found.failures[0].source == "a.zip/bomb.txt"
    assert load_file(bomb, "a.zip").failures[0].reason == (
        "a.zip/bomb.txt: it inflates to over 100 times its size, as in an attack; unpack it"
    )
    small = load_file(zipped({"a.txt": b"pier " * 200_000}), "a.zip")
    assert small.failures == ()  # well packed, but under a megabyte


@pytest.mark.slow
def test_files_are_counted_and_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 2**20)
    big = read({"big.txt": random.Random(0).randbytes(2**20).hex(), "good.txt": TEXT})
    assert [f.reason for f in big.failures] == ["a.zip/big.txt: it is over 1 MB; split it"]
    monkeypatch.setattr(limits, "MAX_INFLATED", 2**20)
    full = read({f"{n}.txt": f"{TEXT} {n} " * 15_000 for n in range(4)})
    assert [d.source for d in full.documents] == ["a.zip/0.txt"]
    assert full.failures == (Failure("a.zip", "a.zip: it inflates to over 1 MB; unpack it", True),)
    monkeypatch.setattr(limits, "MAX_ENTRIES", 3)
    assert refusal(zipped({f"{n}.txt": TEXT for n in range(4)})) == (
        "a.zip: it holds over 3 files; unpack it"
    )
    inner = zipped({"a.txt": TEXT, "b.txt": TEXT})
    nested = read({"one.zip": inner, "z.txt": f"{TEXT} z"})
    assert [d.source for d in nested.documents] == ["a.zip/z.txt"]
    assert [f.reason for f in nested.failures] == [
        "a.zip/one.zip: it holds over 3 files; unpack it"
    ]


def test_a_list_of_files_that_takes_memory_is_not_read() -> None:
    assert refusal(b"PK\x01\x02" * 40_001) == "a.zip: it holds over 2,000 files; unpack it"


def test_the_field_of_json_is_known_within_and_nothing_else() -> None:
    data = zipped({"a.json": json.dumps({"text": TEXT, "remark": "Open."}), "b.txt": TEXT})
    found = load_file(data, "a.zip", {"text_field": "remark"})
    assert [d.text for d in found.documents] == [f"Open.\n\ntext: {TEXT}", TEXT]
    assert "text_field" not in found.documents[0].meta


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read({"x/a.txt": TEXT, "../b.txt": TEXT})
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent / "b.txt").exists()


def test_a_new_version_of_any_format_is_one_of_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    before = loader_of("a.zip")
    monkeypatch.setattr(records, "VERSION", records.VERSION + 1)
    assert loader_of("a.zip") != before
    assert loader_of("a.zip").startswith("zip/")


NAMES = st.text(st.sampled_from("a./\\:Z"), max_size=6).map(lambda name: f"{name}.txt")


@given(st.dictionaries(NAMES, st.binary(max_size=40), min_size=1, max_size=4))
def test_any_archive_loads_or_is_refused(files: dict[str, bytes | str]) -> None:
    loads_or_is_refused(zipped(files), "a.zip")


@given(st.binary(max_size=200))
def test_any_bytes_load_or_are_refused(data: bytes) -> None:
    loads_or_is_refused(data, "a.zip")
    loads_or_is_refused(b"PK\x05\x06" + data, "a.zip")


@given(damaged("council.zip"))
def test_a_damaged_file_loads_or_is_refused(data: bytes) -> None:
    loads_or_is_refused(data, "council.zip")


def test_one_file_with_too_much_text_is_one_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CHARS", 100)
    found = read({"a.txt": TEXT, "b.rst": "The pier.\n\n" * 20, "c.json": '{"a": "b"}'})
    assert [d.source for d in found.documents] == ["a.zip/a.txt", "a.zip/c.json"]
    (failure,) = found.failures
    assert failure.source == "a.zip/b.rst"
    assert failure.reason == (
        "a.zip/b.rst: over 0 million characters of text; split it into smaller files"
    )
