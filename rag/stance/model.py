"""The model that reads two texts together: what one says to the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index import EncoderError, OnnxSession, reinstall, sha256
from rag import reader
from rag.reader import EncodedPair, Pairs
from rag.stance.odds import FOLDER, coefficients

MODEL = "stance.onnx"
OUTPUTS = 7
STANCES, RELATIONS = slice(0, 4), slice(4, 7)  # yes, no, depends, silent; same, against, neither


class StanceModel:
    """A cross-encoder with the tokenizer of the reader. Thread-safe, deterministic.

    Each pair is computed by itself, as many at once as there are cores: what is said of it does not
    depend on what is read beside it.
    """

    def __init__(self, folder: Path = FOLDER, *, threads: int = 0) -> None:
        """A folder that `training.stances` wrote; `threads` pairs at once, 0 as many as cores.

        Raises EncoderError where the model is missing, or is not the one that was calibrated.
        """
        try:
            pin, file = coefficients(folder)["model"]["sha256"], folder / MODEL
            if sha256(file) != pin:
                raise EncoderError(f"{file} has changed; {reinstall()}")
            self._session = OnnxSession(file, threads=threads)
            self._pairs = Pairs(Tokenizer.from_file(str(reader.FOLDER / reader.TOKENIZER)))
        except EncoderError:
            raise
        except Exception as exc:  # onnxruntime and tokenizers raise bare exceptions
            raise EncoderError(f"cannot load the model in {folder}; {reinstall()}") from exc

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The seven outputs for each pair of texts, shape (pairs, 7); higher is likelier."""
        if not pairs:
            return np.zeros((0, OUTPUTS), np.float32)
        ones, others = (self._pairs.tokens([pair[i] for pair in pairs]) for i in (0, 1))
        rows = [next(self._pairs.rows(a, [], [b])) for a, b in zip(ones, others, strict=True)]
        return np.concatenate(list(self._session.run_each(EncodedPair.feed, rows)))


@cache
def opened() -> StanceModel | None:
    """The one that ships, opened when it is first asked for; None where no weights lie here.

    Raises EncoderError where they are damaged.
    """
    return StanceModel() if (FOLDER / MODEL).exists() else None
