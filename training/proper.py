"""Fit what tells names from common words with capitals: python -m training.proper --data DATA

Pages of the public sets of DATA/qa are the teacher: what at least three of them write small, and
at least as many as write it with capitals, is no name where another writes it so ("Service
Provider"); what holds a word that none writes small is one, or what four write with capitals and
hardly any small. All else teaches nothing. Contracts are not asked how words are written, since
they capitalise what they define. Fitted on all sets but HELD, measured on these, and fitted again
on all. Writes rag/names/proper.npz. Minutes on 2 cores, seeded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import open_encoder
from index.load import load_text
from index.passages import split
from rag.names import LEAST_ODDS, PROPER_WEIGHTS, how_written, name_mentions
from training.names import fit

SEED = 7
SETS = {  # and how many of its texts are a page
    **{"cuad": 8, "covidqa": 1, "fairytaleqa": 12, "fever_claims": 4, "qamr": 8, "tatqa": 6},
    **{"conditionalqa_train_pseudo": 4, "selqa": 5, "msdocs_headings": 5, "medquad": 5},
    **{"feedbackqa": 5, "boolq_eraser": 5},
}
HELD = ("qamr", "msdocs_headings", "conditionalqa_train_pseudo", "covidqa", "fairytaleqa")
CONTRACTS = "cuad"
PAGES, OF_EACH, LONGEST = 160, 60, 20_000  # that tell how words are written; that have the names
_TOKEN = re.compile(r"[^\W_][\w’'-]*|[.!?:;\n\"“(]")
_WORD = re.compile(r"[^\W_][\w’'&.-]*")
Scores = NDArray[np.float32]


class Written(NamedTuple):
    """In how many pages some words stand in small letters, and with capitals, within a sentence."""

    small: Counter[str]
    capital: Counter[str]

    def is_name(self, name: str) -> bool | None:
        """Whether it is one, by how pages write it; None where they do not tell."""
        words = [word.casefold() for word in _WORD.findall(name)]
        small, capital = self.small[name.casefold()], self.capital[name.casefold()]
        if re.search(r"\d", name) or not words:
            return None
        if small >= 3 and small >= capital:
            return None if name.isupper() and len(name) < 5 else False  # "US" is not "us"
        shouted = any(len(word) > 3 and word.isupper() for word in _WORD.findall(name))
        if not small and not shouted and any(len(w) > 2 and not self.small[w] for w in words):
            return True
        return True if capital >= 4 and small <= 0.1 * (small + capital) else None


def main() -> None:
    """Fit, print how names and common words of other sets are told, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    random.seed(SEED)
    pages = {name: _pages(data / "qa", name, count) for name, count in SETS.items()}
    told = ways([t for name, own in pages.items() if name != CONTRACTS for t in own])
    encoder, _ = open_encoder(None)
    rows, kinds, held = [], [], []
    for name, own in pages.items():
        for text in own[:OF_EACH]:
            names = {n: kind for n in names_of(text) if (kind := told.is_name(n)) is not None}
            if names:
                said = np.hstack(
                    [encoder.encode_passages(list(names)), how_written(text, list(names))]
                )
                rows.append(said.astype(np.float32))
                kinds += [int(kind) for kind in names.values()]
                held += [name in HELD] * len(names)
    inputs, wanted, kept = np.vstack(rows), np.array(kinds), ~np.array(held)
    odds = _odds(inputs[kept], wanted[kept])
    found = np.hstack([inputs, np.ones((len(inputs), 1))])[~kept] @ odds
    for label, called in enumerate(("common words", "names")):
        under = found[wanted[~kept] == label] < LEAST_ODDS
        print(f"of {len(under):,} {called} of other sets {under.mean():.1%} are taken for no names")
    odds = _odds(inputs, wanted)
    np.savez(PROPER_WEIGHTS, weights=odds.astype(np.float16), encoder=np.array(encoder.digest))


def _odds(inputs: Scores, kinds: NDArray[np.int64]) -> Scores:
    """The weights of the log odds of a name, and of 1."""
    weights, bias = fit(inputs, kinds)
    found: Scores = np.append(weights[1] - weights[0], bias[1] - bias[0])
    return found


def _pages(folder: Path, name: str, count: int) -> list[str]:
    """Some pages of a set, `count` different texts each."""
    docs = folder / f"{name}.docs.jsonl.gz"
    file = docs if docs.exists() else folder / f"{name}.jsonl.gz"
    lines = gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()
    rows = map(json.loads, lines)
    texts = list(dict.fromkeys(row.get("text") or row.get("passage", "") for row in rows))
    pages = ["\n\n".join(texts[i : i + count])[:LONGEST] for i in range(0, len(texts), count)]
    random.shuffle(pages)
    return pages[:PAGES]


def ways(texts: Sequence[str]) -> Written:
    """How texts write up to four words in a row; the first of a sentence tells nothing."""
    told = Written(Counter(), Counter())
    for text in texts:
        small: set[str] = set()
        capital: set[str] = set()
        for run in _runs(text):
            for count in range(1, 5):
                for at in range(1, len(run) - count + 1):
                    words = run[at : at + count]
                    if all(word[0].islower() for word in words):
                        small.add(" ".join(words).casefold())
                    elif all(word[0].isupper() for word in words) and not all(
                        len(word) > 3 and word.isupper() for word in words
                    ):
                        capital.add(" ".join(words).casefold())
        told.small.update(small)
        told.capital.update(capital)
    return told


def _runs(text: str) -> Iterator[list[str]]:
    """The words between two marks that end or begin something."""
    run: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isalnum():
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def names_of(text: str) -> list[str]:
    """What is written as a name in an English text, each once."""
    document = load_text(text.encode("utf-8"), "page.txt")
    if document.language != "en":
        return []
    passages = list(split(document, lambda texts: [len(own.split()) for own in texts]))
    found = (document.cut(m.span) for m in name_mentions(document, passages))
    return list(dict.fromkeys(" ".join(name.split()) for name in found))


if __name__ == "__main__":
    main()
