"""Runs of a model side by side: the same outputs, in the order of their items."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from index.encoder.session import Feed, OnnxSession


@pytest.fixture
def doubled(tmp_path: Path) -> Path:
    """A model of one operator."""
    shape = ["rows"]
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "doubled",
        [helper.make_tensor_value_info("x", TensorProto.INT64, shape)],
        [helper.make_tensor_value_info("y", TensorProto.INT64, shape)],
    )
    file = tmp_path / "doubled.onnx"
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, file)
    return file


def feed(number: int) -> Feed:
    return {"x": np.array([number], np.int64)}


@pytest.mark.parametrize("threads", [0, 1, 3])
def test_outputs_come_in_the_order_of_the_items(doubled: Path, threads: int) -> None:
    found = OnnxSession(doubled, threads=threads).run_each(feed, range(100))
    assert [int(o[0]) for o in found] == [2 * n for n in range(100)]


def test_so_many_runs_go_on_at_once(doubled: Path) -> None:
    together = threading.Barrier(2, timeout=10)  # broken unless two are at it

    def met(number: int) -> Feed:
        together.wait()
        return feed(number)

    assert [int(o[0]) for o in OnnxSession(doubled, threads=2).run_each(met, [1, 2])] == [2, 4]


def test_one_run_alone(doubled: Path) -> None:
    session = OnnxSession(doubled)
    assert [int(session.submit(feed(n)).result()[0]) for n in (4, 5)] == [8, 10]
    with pytest.raises(Exception, match="missing from input"):
        session.submit({}).result()


def test_an_error_of_one_item_reaches_the_caller(doubled: Path) -> None:
    def broken(number: int) -> Feed:
        if number == 3:
            raise ValueError("no such item")
        return feed(number)

    with pytest.raises(ValueError, match="no such item"):
        list(OnnxSession(doubled, threads=2).run_each(broken, range(5)))


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"no model")
    with pytest.raises(Exception, match=r"model\.onnx"):
        OnnxSession(file)
