"""Archives that inflate without end, are damaged or locked: found out before they are used."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index import limits
from index.errors import UnreadableDocument
from index.load.loading import load_file
from index.load.unzip import Archive, Full, Room
from tests.index.load.office.office import FORMATS, overlapping, zipped as archive


def office(data: bytes) -> Archive:
    """An archive as Office files are opened."""
    made = Archive(data, "a.zip", member="{source}: {name} in it")
    made.check_sizes()
    return made


def refused(data: bytes, match: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"^a\.zip: .*{match}"):
        office(data)


def test_an_archive_gives_its_members() -> None:
    made = office(archive({"a/b.xml": "<a/>", "c": b"\x00" * 100}))
    assert made.read("a/b.xml") == b"<a/>"
    with pytest.raises(UnreadableDocument, match=r"^a\.zip: d\.xml in it is missing; get it again"):
        made.read("d.xml")


def test_a_part_that_inflates_to_hundreds_of_times_its_size_is_refused() -> None:
    refused(archive({"a.xml": b" " * 3_000_000}), "inflates to over 100 times its size")
    office(archive({"a.xml": b" " * 900_000}))  # too small to harm


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_INFLATED", 2**20)
    noise = bytes(range(256)) * 2_000
    refused(archive({"a": noise, "b": noise, "c": noise}), "inflates to over 1 MB; split it")
    office(archive({"a": noise, "b": noise}))


def test_a_member_that_lies_of_its_size_is_counted_as_it_is() -> None:
    data = bytearray(archive({"a.xml": b" " * 3_000_000}))
    for at in (22, data.rindex(b"PK\x01\x02") + 24):  # both headers say its size
        assert int.from_bytes(data[at : at + 4], "little") == 3_000_000
        data[at : at + 4] = (1000).to_bytes(4, "little")
    made = office(bytes(data))
    with pytest.raises(UnreadableDocument, match=r"^a\.zip: a\.xml in it is damaged; get it again"):
        made.read("a.xml")


def test_too_many_members_are_refused() -> None:
    refused(archive({str(i): b"" for i in range(2001)}), "it holds over 2,000 files; split it")
    office(archive({str(i): b"" for i in range(2000)}))


def test_a_locked_member_is_said_to_be_locked() -> None:
    data = bytearray(archive({"a.xml": b"<a/>"}))
    for at in (6, data.rindex(b"PK\x01\x02") + 8):
        data[at] |= 1
    made = office(bytes(data))
    with pytest.raises(
        UnreadableDocument, match=r"^a\.zip: a\.xml in it needs a password; save a copy"
    ):
        made.read("a.xml")


def test_what_is_cut_off_or_no_archive_is_refused() -> None:
    whole = archive({"a.xml": b"<a/>"})
    for data in (whole[:-30], b"PK\x03\x04", b"", b"words"):
        refused(data, "it is damaged, cut off, or not what its name says; get it again")


def test_a_way_of_packing_that_python_does_not_know_is_no_crash() -> None:
    data = bytearray(archive({"a.xml": b"<a/>"}))
    for at in (8, data.rindex(b"PK\x01\x02") + 10):
        data[at] = 97
    made = office(bytes(data))
    with pytest.raises(UnreadableDocument, match=r"^a\.zip: a\.xml in it is packed in a way"):
        made.read("a.xml")


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 3))
def test_any_bytes_are_an_archive_or_refused(noise: bytes, at: int, kind: int) -> None:
    method = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)[kind]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("a.xml", b"<a>eels</a>")
    whole = out.getvalue()
    cut = (whole[:at] + noise + whole[at:], whole[:at] + noise + whole[at + len(noise) :])
    for data in (noise, *cut):
        try:
            found = office(data)
            read = [found.read(name) for name in found.names()]
        except UnreadableDocument as exc:
            read = [str(exc).encode()]
        assert all(isinstance(one, bytes) for one in read)


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "b/../../a.xml", "C:\\a.xml", "..\\a.xml"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    refused(archive({name: "<a/>"}), "has a name that leads out of the archive; save it")


def test_members_that_share_bytes_are_refused() -> None:
    made = archive({"a.xml": "<a/>", "b.xml": "<b/>"})
    refused(
        overlapping(made), "it holds files that share their bytes, as in an attack; save it again"
    )
    office(b"before it" + made)  # as in an archive that unpacks itself


def test_every_bomb_of_overlapping_files_is_refused() -> None:
    kernel = archive({str(i): b"" for i in range(50)} | {"z": bytes(10**6)})
    made = bytearray(kernel)
    at = made.index(b"PK\x01\x02")
    place = made[made.rindex(b"PK\x01\x02") + 42 :][:4]
    while (at := made.find(b"PK\x01\x02", at + 1)) > 0:
        made[at + 42 : at + 46] = place
    refused(bytes(made), "share their bytes")


def test_what_says_that_it_is_too_large_is_refused_with_nothing_inflated() -> None:
    data = bytearray(archive({"a.bin": b"words"}))
    at = data.rindex(b"PK\x01\x02") + 24  # what the list says of its size
    data[at : at + 4] = (200 * 2**20).to_bytes(4, "little")
    refused(bytes(data), r"a\.bin in it inflates to over 100 times its size")


def test_reading_is_counted_whatever_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_INFLATED", 1_000)
    made = Archive(archive({"a": "a" * 600, "b": "b" * 600}), "a.zip")
    assert len(made.read("a")) == 600
    with pytest.raises(Full, match=r"^a\.zip: it inflates to over 0 MB; split it"):
        made.read("b")


def test_archives_in_an_archive_share_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_INFLATED", 1_000)
    room = Room("box.zip")
    for name in ("a", "b"):
        inner = Archive(archive({"a": "a" * 600}), f"box.zip/{name}.zip", room)
        if name == "a":
            inner.read("a")
    with pytest.raises(Full, match=r"^box\.zip: it inflates to over 0 MB; unpack it"):
        inner.read("a")


PACKED = (".docx", ".epub", ".pptx", ".xlsx", ".zip")
ZIPPED = sorted(p for p in FORMATS.iterdir() if p.suffix in PACKED)


@pytest.mark.parametrize("path", ZIPPED, ids=[p.name for p in ZIPPED])
def test_no_file_in_an_archive_is_inflated_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inflated: Counter[tuple[Archive, str]] = Counter()
    read = Archive.read

    def counting(self: Archive, name: str) -> bytes:
        inflated[self, name] += 1
        return read(self, name)

    monkeypatch.setattr(Archive, "read", counting)
    assert load_file(path.read_bytes(), path.name).documents
    assert set(inflated.values()) == {1}
