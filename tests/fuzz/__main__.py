"""Fuzz the loaders:  python -m tests.fuzz [NAME …] --seconds 3600

Each has its time, one after the other; what it stumbles over is written to --crashes, to be mended
and added to the corpus. It needs atheris, which is made for Linux.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris

from tests.fuzz.target import CORPUS, SUFFIXES, ZIPPED, mutator, run

_SLOWEST = 20  # seconds for an input
_MEMORY = 2048  # MB, with what the fuzzer itself takes


def main() -> int:
    """0 when nothing but typed errors came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUFFIXES))
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--crashes", type=Path, default=Path())
    chosen = parser.parse_args()
    _import_loaders()
    ended = [_fuzzed(n, chosen.seconds, chosen.crashes) for n in chosen.names or SUFFIXES]
    return max(ended)


def _import_loaders() -> None:
    """Once, for all the processes that are made of this one."""
    with atheris.instrument_imports(include=["index.load"], enable_loader_override=False):
        import index.load

        for module in walk_packages(index.load.__path__, "index.load."):
            import_module(module.name)


def _fuzzed(name: str, seconds: int, crashes: Path) -> int:
    """How a process ended that fuzzed a loader: the fuzzer ends its process itself."""
    sys.stdout.flush()
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def mutate(data: bytes, most: int) -> bytes:
        changed: bytes = atheris.Mutate(data, most)  # looked up now: Setup puts another there
        return changed

    given = {"custom_mutator": mutator(mutate)} if name in ZIPPED else {}
    with tempfile.TemporaryDirectory() as found:
        options = (
            f"-max_total_time={seconds}", f"-timeout={_SLOWEST}", f"-rss_limit_mb={_MEMORY}",
            "-max_len=40000", f"-artifact_prefix={crashes}/{name}-", found, str(CORPUS / name),
        )  # fmt: skip
        atheris.Setup([sys.argv[0], *options], lambda data: run(name, data), **given)
        atheris.Fuzz()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
