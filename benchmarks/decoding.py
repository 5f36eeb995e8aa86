"""Bytes to text: python -m benchmarks.decoding --data DATA --texts ShortTexts [--letters FOLDER]

How many texts of each kind and length (`benchmarks.kit.encoded`) Ibid, chardet and
charset-normalizer give back exactly as they were, and how often they refuse what is no text; and
what each takes over Ibid, run in turn. With --letters also the model of letters that Ibid had
before: FOLDER is index/load of commit 6acb57a. The others are asked for one encoding, so that lines
of two are beyond them.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import chardet
import charset_normalizer

from benchmarks.kit.encoded import LENGTHS, Trial, trials
from benchmarks.kit.timing import interleaved
from index.errors import UnreadableDocument
from index.load.decode import decode

TIMED = 200  # texts
Detector = Callable[[bytes], str | None]


def main() -> None:
    """Make the texts, decode, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--texts", type=Path, required=True, help="langclass/ShortTexts")
    parser.add_argument("--letters", type=Path, help="the folder of the model that was before")
    parser.add_argument("--each", type=int, default=40, help="texts of a language and encoding")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    detectors: dict[str, Detector] = {
        "Ibid": _ibid,
        "chardet": _chardet,
        "charset-normalizer": _charset_normalizer,
    }
    if given.letters:
        detectors["letters"] = _letters(given.letters)
    made = list(trials(given.texts, given.data, given.each, given.seed))
    print(f"{len(made)} texts\n")
    _print_shares(made, detectors)
    _print_times(made, detectors, random.Random(given.seed))


def _ibid(data: bytes) -> str | None:
    try:
        return decode(data, "")
    except UnreadableDocument:
        return None


def _chardet(data: bytes) -> str | None:
    return _decoded(data, chardet.detect(data, compat_names=False)["encoding"])


def _charset_normalizer(data: bytes) -> str | None:
    best = charset_normalizer.from_bytes(data).best()
    return None if best is None else str(best)


def _letters(folder: Path) -> Detector:
    spec = importlib.util.spec_from_file_location("letters", folder / "encodings.py")
    assert spec is not None
    assert spec.loader is not None
    letters = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(letters)
    return lambda data: _decoded(data, next(letters.detect(data), None))


def _decoded(data: bytes, encoding: str | None) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None


def _print_shares(made: Sequence[Trial], detectors: Mapping[str, Detector]) -> None:
    right: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for trial in made:
        for name, detector in detectors.items():
            right[trial.kind, name, trial.length].append(detector(trial.data) == trial.text)
    print("|", " | ".join(["percent right", "texts", *detectors]), "|")
    print("|---" * (len(detectors) + 2) + "|")
    for kind in dict.fromkeys(trial.kind for trial in made):
        cells = [kind, str(len([trial for trial in made if trial.kind == kind]))]
        for name in detectors:
            each = [right[kind, name, length] for length in LENGTHS]
            cells.append(" ".join(f"{100 * sum(r) / len(r):.0f}" if r else "-" for r in each))
        print("|", " | ".join(cells), "|")


def _print_times(
    made: Sequence[Trial], detectors: Mapping[str, Detector], chance: random.Random
) -> None:
    print("\n|", " | ".join(["time over Ibid", *detectors]), "|")
    print("|---" * (len(detectors) + 1) + "|")
    older = [trial for trial in made if trial.text and not trial.kind.startswith("UTF")]
    for length in LENGTHS:
        data = [trial.data for trial in older if trial.length == length]
        timed = chance.sample(data, min(TIMED, len(data)))
        times = interleaved([partial(_all, detector, timed) for detector in detectors.values()])
        ratios = [f"{seconds / times[0]:.2f}" for seconds in times]
        print("|", " | ".join([f"{length} characters", *ratios]), "|")


def _all(detector: Detector, data: Sequence[bytes]) -> None:
    for each in data:
        detector(each)


if __name__ == "__main__":
    main()
