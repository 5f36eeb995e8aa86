"""A model on ONNX Runtime: each run on one thread, as many runs at once as there are cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from index.cores import cores

Feed = dict[str, NDArray[np.int64]]
T = TypeVar("T")

# one operator for Add and LayerNormalization; in ONNX Runtime 1.31 it takes longer than the two
_SLOWER = ["SkipLayerNormFusion"]


class OnnxSession:
    """Thread-safe, deterministic: a run does not depend on what runs beside it.

    Two runs on a thread each finish sooner than one after the other on two threads, which only
    share the large products.
    """

    def __init__(self, model: Path, *, threads: int = 0) -> None:
        """An ONNX file; `threads` runs go on at once, 0 means as many as there are cores.

        Raises what ONNX Runtime raises when it is no model: bare exceptions.
        """
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        self._pool = ThreadPoolExecutor(threads or cores(), "model")

    def run_each(self, feed: Callable[[T], Feed], items: Iterable[T]) -> Iterator[NDArray[Any]]:
        """The first output of each item's feed, in the order of the items, which starts them."""
        return self._pool.map(lambda item: self._run(feed(item)), items)

    def submit(self, feed: Feed) -> Future[NDArray[Any]]:
        """The first output of one feed, when it is there: runs start in the order of the calls."""
        return self._pool.submit(self._run, feed)

    def _run(self, feed: Feed) -> NDArray[Any]:
        output: NDArray[Any] = self._session.run(None, feed)[0]
        return output
