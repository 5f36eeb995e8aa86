"""Archives that inflate without end, are damaged or locked: found out before they are used."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, strategies as st

from index import limits
from index.errors import UnreadableDocument
from index.load.office.zipped import check_zip, read_member
from tests.index.load.office.office import overlapping, zipped as archive


def refused(data: bytes, match: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"^a\.zip: .*{match}"):
        check_zip(data, "a.zip")


def test_an_archive_gives_its_members() -> None:
    made = check_zip(archive({"a/b.xml": "<a/>", "c": b"\x00" * 100}), "a.zip")
    assert read_member(made, "a/b.xml", "a.zip") == b"<a/>"
    with pytest.raises(
        UnreadableDocument, match=r"^a\.zip: d\.xml is missing in it; save it again"
    ):
        read_member(made, "d.xml", "a.zip")


def test_a_part_that_inflates_to_hundreds_of_times_its_size_is_refused() -> None:
    refused(archive({"a.xml": b" " * 3_000_000}), "inflates to over 100 times its size")
    check_zip(archive({"a.xml": b" " * 900_000}), "a.zip")  # too small to harm


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_INFLATED", 2**20)
    noise = bytes(range(256)) * 2_000
    refused(archive({"a": noise, "b": noise, "c": noise}), "inflates to over 1 MB; split it")
    check_zip(archive({"a": noise, "b": noise}), "a.zip")


def test_a_member_that_lies_of_its_size_is_counted_as_it_is() -> None:
    data = bytearray(archive({"a.xml": b" " * 3_000_000}))
    for at in (22, data.rindex(b"PK\x01\x02") + 24):  # both headers say its size
        assert int.from_bytes(data[at : at + 4], "little") == 3_000_000
        data[at : at + 4] = (1000).to_bytes(4, "little")
    made = check_zip(bytes(data), "a.zip")
    with pytest.raises(UnreadableDocument, match=r"^a\.zip: a\.xml in it is damaged; get it again"):
        read_member(made, "a.xml", "a.zip")


def test_too_many_members_are_refused() -> None:
    refused(archive({str(i): b"" for i in range(2001)}), "over 2,000 files in one; split it")
    check_zip(archive({str(i): b"" for i in range(2000)}), "a.zip")


def test_a_locked_member_is_said_to_be_locked() -> None:
    data = bytearray(archive({"a.xml": b"<a/>"}))
    for at in (6, data.rindex(b"PK\x01\x02") + 8):
        data[at] |= 1
    made = check_zip(bytes(data), "a.zip")
    with pytest.raises(UnreadableDocument, match=r"^a\.zip: password-protected; save it without"):
        read_member(made, "a.xml", "a.zip")


def test_what_is_cut_off_or_no_archive_is_refused() -> None:
    whole = archive({"a.xml": b"<a/>"})
    for data in (whole[:-30], b"PK\x03\x04", b"", b"words"):
        refused(data, "damaged or not complete; get it again")


def test_a_way_of_packing_that_python_does_not_know_is_no_crash() -> None:
    data = bytearray(archive({"a.xml": b"<a/>"}))
    for at in (8, data.rindex(b"PK\x01\x02") + 10):
        data[at] = 97
    made = check_zip(bytes(data), "a.zip")
    with pytest.raises(UnreadableDocument, match=r"^a\.zip: a\.xml in it is damaged"):
        read_member(made, "a.xml", "a.zip")


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
            found = check_zip(data, "a.zip")
            read = [read_member(found, name, "a.zip") for name in found.namelist()]
        except UnreadableDocument as exc:
            read = [str(exc).encode()]
        assert all(isinstance(one, bytes) for one in read)


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "b/../../a.xml", "C:\\a.xml", "..\\a.xml"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    refused(archive({name: "<a/>"}), "the name of a part leads out of it, as in an attack; save it")


def test_members_that_share_bytes_are_refused() -> None:
    made = archive({"a.xml": "<a/>", "b.xml": "<b/>"})
    refused(overlapping(made), "parts of it share their bytes, as in an attack; save it again")
    check_zip(b"before it" + made, "a.zip")  # as in an archive that unpacks itself


def test_every_bomb_of_overlapping_files_is_refused() -> None:
    kernel = archive({str(i): b"" for i in range(50)} | {"z": bytes(10**6)})
    made = bytearray(kernel)
    at = made.index(b"PK\x01\x02")
    place = made[made.rindex(b"PK\x01\x02") + 42 :][:4]
    while (at := made.find(b"PK\x01\x02", at + 1)) > 0:
        made[at + 42 : at + 46] = place
    refused(bytes(made), "parts of it share their bytes")
