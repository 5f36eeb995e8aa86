"""The trained reader: which sentences answer, judged by a model that reads the question with them.

A cross-encoder reads each passage. Two logistic models join what it says with what the
retrievers know: one orders the sentences, the other says how likely the best of them answers.
`training/calibrate.py` fits both and writes `reader.toml`, where every coefficient can be
read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock, Thread

from index import EncoderError, Hit, reinstall, sha256
from rag.logistic import Logistic
from rag.query import AskedQuestion
from rag.reader.cross_encoder import MODEL, CrossEncoder, PassageReading
from rag.reader.features import sentence_features
from rag.reader.first import FirstReader
from rag.reader.order import in_order
from rag.readings import Reader, Reading

PASSAGES = 14  # the best ones, whose sentences are read; chosen by training.depth
FOLDER = Path(__file__).parent
COEFFICIENTS = "reader.toml"
_opening = Lock()  # else two threads could open a reader each


class TrainedReader:
    """An `rag.readings.Reader` over a cross-encoder; thread-safe, deterministic.

    The model is loaded once, when the first passage must be read.
    """

    def __init__(self, folder: Path = FOLDER, *, threads: int = 0) -> None:
        """A folder that `training.export` and `training.calibrate` wrote.

        `threads` passages are read at once; 0 means as many as there are cores. Raises
        EncoderError when the coefficients are missing or broken.
        """
        try:
            kept = tomllib.loads((folder / COEFFICIENTS).read_text("utf-8"))
            self.ranker, self.answerable = (Logistic(**kept[n]) for n in ("ranker", "answerable"))
            self.abstain: float = kept["thresholds"]["abstain"]
            self.sure: float = kept["thresholds"]["sure"]
            self.keep: float = kept["thresholds"]["keep"]
            self._sha256: str = kept["model"]["sha256"]
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise EncoderError(f"no reader in {folder}; {reinstall()}") from exc
        self.folder, self._threads = folder, threads
        self._model: CrossEncoder | None = None
        self._lock = Lock()

    @property
    def model(self) -> CrossEncoder:
        """The cross-encoder; raises EncoderError when it is not the one that was calibrated."""
        with self._lock:
            if self._model is None:
                file = self.folder / MODEL
                try:
                    found = sha256(file)
                except OSError as exc:
                    why = f"cannot read {file}: {exc.strerror}; {reinstall()}"
                    raise EncoderError(why) from exc
                if found != self._sha256:
                    raise EncoderError(f"{file} has changed; {reinstall()}")
                self._model = CrossEncoder(self.folder, threads=self._threads)
            return self._model

    def begin(self) -> None:
        """Begin to open the model, in a thread; who asks for `model` waits for it, or for why not.

        What else a question needs is opened in the same time.
        """
        Thread(target=self._begin, name="open the reader").start()

    def _begin(self) -> None:
        with suppress(EncoderError):  # which `model` raises again
            _ = self.model

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        """The sentences of the hits, `in_order`.

        `score` is the ranker's log odds. `probability` is the answerable model's: that the
        sentence answers, given that none scored higher. `words` are those that answer.
        Raises EncoderError as `model` does.
        """
        if not hits:
            return []
        readings = []
        for hit, read in zip(
            hits, self.model.read(question, [h.passage for h in hits]), strict=True
        ):
            for i, sentence in enumerate(hit.passage.sentences):
                features = reader_features(hit, read, i, question)
                score = self.ranker.logit(features)
                probability = self.answerable.probability(features)
                words = self.model.words(question, hit.passage, i, read)
                readings.append(Reading(hit, sentence.span, score, probability, words))
        return in_order(question, readings, self.sure)


def reader_features(
    hit: Hit, read: PassageReading, i: int, question: AskedQuestion
) -> dict[str, float]:
    """The features of sentence `i` of a hit, by name: the model's, then the retrievers'."""
    known = sentence_features(hit, i, question)
    account = float(question.is_open_ended)
    return {
        "evidence": read.evidence[i],
        "answer": read.answer[i] - read.null,
        "relevance": read.relevance,
        "rank": read.rank,
        # one thing asked for is there or not; an account may be given without a word in common
        "account": account,
        "account_relevance": account * read.relevance,
        "account_cosine": account * known["cosine"],
        **known,
    }


def open_reader(folder: Path = FOLDER) -> Reader:
    """The reader that ships: the trained one, or the first one where no weights are in `folder`.

    One for all who ask for it, whose model begins to be opened. Raises EncoderError when the
    coefficients are broken.
    """
    with _opening:
        return _opened(folder)


@cache
def _opened(folder: Path) -> Reader:
    if not (folder / MODEL).exists():
        return FirstReader.shipped()
    reader = TrainedReader(folder)
    reader.begin()
    return reader


def passages_in_order(readings: Sequence[Reading]) -> list[Hit]:
    """The hits that were read, in the order of their best sentence."""
    found = {id(r.hit): r.hit for r in sorted(readings, key=lambda r: -r.score)}
    return list(found.values())
