"""The files for a cluster are YAML, name no registry, and tell Ibid what it understands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.engines import address
from index.engines.address import address_of
from index.workers import on_ray
from ui.cli import app

DEPLOY = Path(__file__).parents[1] / "deploy"
FILES = sorted(DEPLOY.rglob("*.yaml"))
SETTINGS = {getattr(address, n) for n in ("DATABASE", "TOKEN", "OBJECTS")} | {on_ray.WORK}


def documents(file: Path) -> list[Any]:
    return [one for one in yaml.safe_load_all(file.read_text("utf-8")) if one is not None]


def values(of: Any, key: str) -> Iterator[Any]:
    """Whatever stands under a key, at any depth."""
    if isinstance(of, dict):
        for name, own in of.items():
            if name == key:
                yield own
            yield from values(own, key)
    elif isinstance(of, list):
        for own in of:
            yield from values(own, key)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_is_yaml_and_says_that_it_is_not_tested(file: Path) -> None:
    found = documents(file)
    assert found
    assert "Not tested" in file.read_text("utf-8") or "not tested" in file.read_text("utf-8")
    if file.parent.name == "kubernetes":
        assert all({"apiVersion", "kind", "metadata"} <= one.keys() for one in found)
        assert {one["metadata"].get("namespace", "ibid") for one in found} == {"ibid"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_images_name_no_registry(file: Path) -> None:
    for image in values(documents(file), "image"):
        assert re.fullmatch(r"[a-z-]+(/[a-z-]+)?(:[\w.-]+)?", image), image


def test_what_ibid_is_told_it_understands(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(file.read_text("utf-8") for file in FILES)
    assert set(re.findall(r"\bIBID_\w+", text)) == SETTINGS
    monkeypatch.setenv(address.OBJECTS, "s3://ibid")
    named = set(re.findall(r"milvus://[\w.:/-]+", text))
    assert len(named) == 2
    for one in named:
        assert address_of(Path(one)).name == "ibid"


def test_commands_are_those_of_ibid() -> None:
    compose = documents(DEPLOY / "compose.yaml")[0]["services"]
    told = [compose[name]["command"] for name in ("reader", "writer")]
    told += values(documents(DEPLOY / "kubernetes" / "readers.yaml"), "args")
    (line,) = next(values(documents(DEPLOY / "kubernetes" / "writer.yaml"), "args"))
    told.append(shlex.split(line.partition("exec ibid ")[2]))
    known = {"chat": {"--host", "--port", "--no-open", "--documents"}}
    known["index"] = {"--into", "--workers"}
    names = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    assert known.keys() <= names
    for first, *rest in told:
        assert {o for o in rest if o.startswith("--")} <= known[first]
