"""How fast it is: python -m benchmarks.speed [--check]

Every timing is a ratio to something run beside it, in turn, in the same run: machines differ
and are noisy. Needs nothing but the installed package (its own articles are the texts).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import seeds
from benchmarks.kit import growth, reading_time
from benchmarks.kit.timing import golden_questions, interleaved
from index.encoder import EXACT, model_folder, open_encoder
from index.generation import encode_documents
from index.library import Index
from index.passages import passage_text, sentence_texts
from rag.engine import Engine

QUESTION = "What does ENFORCE stand for in the ENFORCE Act?"
AT_MOST = {"ask_process": 0.25}
AT_LEAST = {"encode_passages": 2.5, "encode_sentences": 2.5, "read_passages": 2.5}


def main() -> None:
    """Measure, print, and with --check compare with what must hold."""
    parts = {
        "process": _process,
        "warm": _warm,
        "encoding": _encoding,
        "build": _build,
        "reading": reading_time.figures,
        "growth": growth.figures,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a ratio is not reached")
    parser.add_argument("--only", choices=list(parts), help="one part; checks nothing")
    args = parser.parse_args()
    if args.check and args.only:
        parser.error("--check needs every part")
    figures: dict[str, float] = {}
    for name in [args.only] if args.only else parts:
        for key, value in parts[name]().items():
            figures[key] = value
            print(f"| {key} | {value:.3f} |", flush=True)
    if args.check:
        slow = [key for key, most in AT_MOST.items() if not figures[key] <= most]
        slow += [key for key, least in AT_LEAST.items() if not figures[key] >= least]
        print("".join(f"NOT REACHED: {key}\n" for key in slow), end="")
        sys.exit(1 if slow else 0)


def _process() -> dict[str, float]:
    """Start to printed answer of `ibid ask` into a pipe, over importing sentence_transformers."""
    ask = [sys.executable, "-c", "from ui.cli import main; main()", "ask", QUESTION]
    load = [sys.executable, "-c", "import sentence_transformers"]
    Engine.open()  # the index is built before
    times = interleaved([lambda: _run(ask), lambda: _run(load)])
    return {"ask_process": times[0] / times[1], "ask_process_s": times[0]}


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _warm() -> dict[str, float]:
    """A question on an open engine: milliseconds, and over encoding it through torch."""
    questions, engine, torch_model = golden_questions(), Engine.open(), _torch_model()
    engine.ask(questions[0])
    asked, encoded = [], []
    for question in questions:
        start = time.perf_counter()
        engine.ask(question)
        middle = time.perf_counter()
        torch_model.encode(question)
        asked.append(middle - start)
        encoded.append(time.perf_counter() - middle)
    p50, p95 = np.percentile(asked, [50, 95])
    return {
        "warm_ask_p50_ms": 1000 * float(p50),
        "warm_ask_p95_ms": 1000 * float(p95),
        "warm_ask_p50 over torch query encoding": float(p50 / np.median(encoded)),
    }


def _torch_model() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model_folder(None)), device="cpu")


def _encoding() -> dict[str, float]:
    """Texts a second over those of SentenceTransformer.encode, same texts and threads.

    And over those of the same weights in full precision, by the same code.
    """
    import torch

    torch.set_num_threads(os.cpu_count() or 1)
    (encoder, _), (exact, _) = open_encoder(None), open_encoder(EXACT)
    model = _torch_model()
    contents = encode_documents(Index.load(seeds.FOLDER).documents, encoder)
    texts = {
        "encode_passages": [passage_text(p) for p in contents.passages],
        "encode_sentences": [text for p in contents.passages for text in sentence_texts(p)],
    }
    ratios = {}
    for name, items in texts.items():
        by_length = sorted(items, key=len)  # SentenceTransformer sorts too; nobody gains by order
        ours, full, theirs = interleaved(
            [
                partial(encoder.encode_passages, by_length),
                partial(exact.encode_passages, by_length),
                partial(model.encode, by_length, batch_size=32, show_progress_bar=False),
            ]
        )
        ratios[name] = theirs / ours
        ratios[f"{name} over fp32"] = full / ours
    return ratios


def _build() -> dict[str, float]:
    """The whole build, from files to a published index, in passages a second."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        report = Index(Path(folder) / "index").update(seeds.FOLDER)
        return {"build_passages_per_s": report.passages / (time.perf_counter() - start)}


if __name__ == "__main__":
    main()
