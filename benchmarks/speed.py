"""How fast it is: python -m benchmarks.speed [--against CHECKOUT] [--data DATA] [--check]

Every timing that is checked is a ratio to something run beside it, in turn, in the same run:
machines differ and are noisy; seconds and rates are told beside them. Each is the lowest, the
middle and the highest of several. `--against` names another checkout, whose code is asked the same
questions. Needs nothing but the installed package (its own articles are the texts) and about ten
minutes. With `--data`, public sets, documents are indexed too, which takes most of an hour more;
`--documents` says how many.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import seeds
from benchmarks.kit import growth, indexing, reading_time, starting, warm
from benchmarks.kit.timing import Spread, in_turn
from index.cores import cores
from index.encoder import EXACT, model_folder, open_encoder
from index.generation import encode_documents
from index.library import Index
from index.passages import passage_text, sentence_texts

AT_MOST = {
    "ask_process": 0.15,
    "ask_process, peak memory (MB)": 185.0,
    "warm_ask p95 over p50": 2.0,
    "warm_ask p50 over the other checkout's": 1.0,
}
AT_LEAST = {"encode_passages": 2.5, "encode_sentences": 2.5, "read_passages": 2.5}
ENCODED = 3  # times
PARTS = ("process", "warm", "encoding", "reading", "growth", "indexing")


def main() -> None:
    """Measure, print, and with --check compare the middle with what must hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another version's code")
    parser.add_argument("--check", action="store_true", help="fail where a ratio is not reached")
    parser.add_argument("--only", choices=PARTS, help="one part; checks nothing")
    parser.add_argument("--data", type=Path, help="public sets, of which documents are indexed")
    parser.add_argument("--documents", type=int, nargs="+", choices=indexing.RUNS, metavar="N")
    args = parser.parse_args()
    if args.check and args.only:
        parser.error("--check needs every part")
    if args.only == "indexing" and args.data is None:
        parser.error("--only indexing needs --data")
    parts = _parts(args.against)
    if args.data is not None:
        runs = {n: indexing.RUNS[n] for n in args.documents or indexing.RUNS}
        parts["indexing"] = lambda: indexing.figures(args.data, args.against, runs=runs)
    print(f"{_processor()}, {cores()} cores\n\n| figure | least | median | most |")
    print("|---|---|---|---|")
    found: dict[str, Spread] = {}
    for part in [args.only] if args.only else parts:
        for name, spread in parts[part]().items():
            found[name] = spread
            print(f"| {name} | {' | '.join(f'{value:.3f}' for value in spread)} |", flush=True)
    if args.check:
        medians = {name: spread.median for name, spread in found.items()}
        slow = [n for n, most in AT_MOST.items() if n in medians and not medians[n] <= most]
        slow += [n for n, least in AT_LEAST.items() if not medians[n] >= least]
        print("".join(f"NOT REACHED: {name}\n" for name in slow), end="")
        sys.exit(1 if slow else 0)


def _parts(against: Path | None) -> dict[str, Callable[[], Mapping[str, Spread]]]:
    """What is measured without other documents than the package's."""
    return {
        "process": lambda: starting.figures(against),
        "warm": lambda: warm.figures(against),
        "encoding": _encoding,
        "reading": reading_time.figures,
        "growth": growth.figures,
    }


def _processor() -> str:
    """What Linux calls the processor, and whether it multiplies int8 by instructions of its own."""
    told = dict(
        line.split(":", 1)
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if ":" in line
    )
    said = {name.strip(): value.strip() for name, value in told.items()}
    has = set(said.get("flags", "").split())
    kinds = [kind for kind in ("avx2", "avx512_vnni", "avx_vnni", "amx_int8") if kind in has]
    return f"{said.get('model name', 'an unknown processor')} ({', '.join(kinds)})"


def _encoding() -> dict[str, Spread]:
    """Texts a second over those of SentenceTransformer.encode, same texts and threads.

    And over those of the same weights in full precision, by the same code.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(cores())
    (encoder, _), (exact, _) = open_encoder(None), open_encoder(EXACT)
    model: Any = SentenceTransformer(str(model_folder(None)), device="cpu")
    contents = encode_documents(Index.load(seeds.FOLDER).documents, encoder)
    texts = {
        "encode_passages": [passage_text(p) for p in contents.passages],
        "encode_sentences": [text for p in contents.passages for text in sentence_texts(p)],
    }
    found = {}
    for name, items in texts.items():
        # every second one; SentenceTransformer sorts too: nobody gains by order
        by_length = sorted(items, key=len)[::2]
        ours, full, theirs = in_turn(
            [
                partial(encoder.encode_passages, by_length),
                partial(exact.encode_passages, by_length),
                partial(model.encode, by_length, batch_size=32, show_progress_bar=False),
            ],
            ENCODED,
        )
        found[name] = Spread.of_ratios(theirs, ours)
        found[f"{name} over fp32"] = Spread.of_ratios(full, ours)
    return found


if __name__ == "__main__":
    main()
