"""Addresses: what they say, what the environment says of them, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.engines.address import address_of, is_address
from index.errors import StoreError


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE", "TOKEN", "TLS", "CA", "CERT", "KEY", "HOSTNAME", "TIMEOUT", "OBJECTS"):
        monkeypatch.delenv(f"IBID_MILVUS_{name}", raising=False)


@pytest.mark.parametrize(
    ("given", "is_one"),
    [
        ("milvus://host:19530/name", True),
        ("milvus+lite:here", True),
        ("/tmp/milvus", False),
        ("notes", False),
    ],
)
def test_what_is_an_address(given: str, is_one: bool) -> None:
    assert is_address(Path(given)) is is_one


def test_a_folder_holds_the_engine_and_the_objects(tmp_path: Path) -> None:
    found = address_of(Path(f"milvus+lite:{tmp_path}/here"))
    assert found.folder == tmp_path / "here"
    assert (found.name, found.objects) == ("ibid", f"{tmp_path}/here/objects")


def test_a_path_has_lost_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_MILVUS_OBJECTS", "s3://bucket/ibid/")
    monkeypatch.setenv("IBID_MILVUS_DATABASE", "law")
    monkeypatch.setenv("IBID_MILVUS_TOKEN", "root:secret")
    found = address_of(Path("milvus://db.example/leases"))
    assert found == address_of(Path("milvus:/db.example:19530/leases"))
    assert (found.uri, found.name) == ("http://db.example:19530", "leases")
    assert (found.database, found.token, found.tls) == ("law", "root:secret", None)
    assert found.objects == "s3://bucket/ibid/law/leases"  # no two collections share a folder


def test_tls_is_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_MILVUS_OBJECTS", "/shared")
    monkeypatch.setenv("IBID_MILVUS_TLS", "1")
    monkeypatch.setenv("IBID_MILVUS_CA", "/etc/ca.pem")
    found = address_of(Path("milvus://db.example:443/leases"))
    assert found.uri == "https://db.example:443"
    assert dict(found.tls or ())["IBID_MILVUS_CA"] == "/etc/ca.pem"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("milvus://host:19530", "HOST:19530/NAME"),
        ("milvus://host/a-b", "letters, digits"),
        ("milvus+lite:", "PATH"),
    ],
)
def test_what_is_none_says_how_it_is_given(
    given: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_MILVUS_OBJECTS", "/shared")
    with pytest.raises(StoreError, match=says):
        address_of(Path(given))


def test_without_a_store_of_texts_there_is_no_server() -> None:
    with pytest.raises(StoreError, match="set IBID_MILVUS_OBJECTS"):
        address_of(Path("milvus://host/name"))


@pytest.mark.parametrize("given", ["soon", "0", "-3"])
def test_a_time_is_seconds(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", given)
    with pytest.raises(StoreError, match="set it to seconds"):
        address_of(Path("milvus+lite:here"))


def test_an_engine_of_this_process_is_given_more_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_MILVUS_OBJECTS", str(tmp_path))
    here, there = Path(f"milvus+lite:{tmp_path}/lite"), Path("milvus://host/notes")
    assert address_of(here).seconds > address_of(there).seconds
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "9")
    assert address_of(here).seconds == address_of(there).seconds == 9
