"""The reading model on ONNX Runtime: what it makes of a question and each passage."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index import EncoderError, OnnxSession, Passage, Query, Span, passage_parts, reinstall
from rag.query import AskedQuestion
from rag.reader.candidates import stands_out
from rag.reader.emphasis import answering_words
from rag.reader.pairs import EncodedPair, Pairs

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
START, END, EVIDENCE, RANK = range(4)  # the model's outputs for each token
ANSWER_TOKENS = 30  # the longest answer within a sentence
KEPT = 256  # rows whose outputs are kept, those of about eighteen questions: 1.8 MB of the longest
STANDS_OUT = 4.0  # log odds over no answer at all, from which a stretch is worth pointing at

Logits = NDArray[np.float32]
_Row = tuple[int, bytes]  # what the model is fed: where the passage starts, and the ids


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What the model says of one passage, all in log odds or raw scores; higher is likelier.

    `rank` orders passages, `relevance` is whether the passage answers, `null` that no stretch
    of it does. Of each sentence: `evidence`, that it answers, `answer`, its best stretch, and
    `stretches`, which of the sentence's tokens (first, end) that is; `margins`, how far it is ahead
    of the best one beside it in the sentence, infinite where nothing is beside it. `sentences` are
    the texts that were read.
    """

    rank: float
    relevance: float
    null: float
    evidence: tuple[float, ...]
    answer: tuple[float, ...]
    stretches: tuple[tuple[int, int], ...]
    margins: tuple[float, ...]
    sentences: tuple[str, ...]


class CrossEncoder:
    """Reads question and passage together. Thread-safe.

    Each passage is computed by itself on one thread, as many at once as there are cores: its
    reading is the same to the last bit whatever is read beside it. So a row that is being read for
    another question, or was among the last ones, is not read again: questions that are asked at
    once by several people share it, and so do a question and itself, where it is read for twice.
    """

    def __init__(self, folder: Path, *, threads: int = 0, kept: int = KEPT) -> None:
        """`threads` rows are read at once, 0 means as many as there are cores; `kept` is how many
        of the last ones are not read again.

        Raises EncoderError where the folder holds no reader.
        """
        try:
            self._session = OnnxSession(folder / MODEL, threads=threads)
            self._pairs = Pairs(Tokenizer.from_file(str(folder / TOKENIZER)))
        except Exception as exc:  # onnxruntime and tokenizers raise bare exceptions
            raise EncoderError(f"cannot load the reader in {folder}; {reinstall()}") from exc
        self._most = kept
        self._lock = Lock()  # of what follows, and never held for long
        self._kept: OrderedDict[_Row, Future[Logits]] = OrderedDict()  # the last used ones last

    def read(self, question: Query, passages: Sequence[Passage]) -> list[PassageReading]:
        """One reading a passage, in their order."""
        parts = [passage_parts(p) for p in passages]
        texts = [question.cleaned, *(prefix for prefix, _ in parts)]
        texts += [sentence for _, sentences in parts for sentence in sentences]
        asked, *tokens = self._pairs.tokens(texts)
        prefixes, sentences = tokens[: len(parts)], tokens[len(parts) :]
        rows: list[list[EncodedPair]] = []
        at = 0
        for prefix, (_, own) in zip(prefixes, parts, strict=True):
            rows.append(list(self._pairs.rows(asked, prefix, sentences[at : at + len(own)])))
            at += len(own)
        flat = [row for windows in rows for row in windows]
        logits = dict(zip(map(id, flat), self.run(flat), strict=True))
        return [
            _together(windows, [logits[id(row)] for row in windows], own)
            for windows, (_, own) in zip(rows, parts, strict=True)
        ]

    def words(
        self, question: AskedQuestion, passage: Passage, i: int, read: PassageReading
    ) -> Span | None:
        """Where the words of sentence `i` stand that answer by themselves; None if none do.

        None as well where something else in the sentence could be meant.
        """
        found = self.stretch(passage, i, read)
        if found is None:
            return None
        sentence = passage.sentences[i].span
        here = Span(found.start - sentence.start, found.end - sentence.start)
        text = passage.document.cut(sentence)
        return found if stands_out(question, text, here, read.margins[i]) else None

    def stretch(self, passage: Passage, i: int, read: PassageReading) -> Span | None:
        """The words of sentence `i` that the model points at; None where it is not sure."""
        if read.answer[i] - read.null < STANDS_OUT:
            return None
        sentence = passage.sentences[i]
        text = read.sentences[i]
        stretch = self._pairs.characters(text, *read.stretches[i])
        return stretch and answering_words(passage.document, sentence.span, text, stretch)

    def run(self, rows: Sequence[EncodedPair]) -> list[Logits]:
        """The model's outputs for each token of each row, shape (tokens, 4)."""
        # the longest first: what is left for the last thread is short
        order = sorted(range(len(rows)), key=lambda r: -len(rows[r].ids))
        begun = {r: self._begun(rows[r]) for r in order}
        return [begun[r].result()[0] for r in range(len(rows))]

    def _begun(self, row: EncodedPair) -> Future[Logits]:
        """The run of a row: the one that was begun before, unless that failed."""
        key = row.second, np.array(row.ids, np.uint16).tobytes()  # of 30,522 words
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is None or (kept.done() and kept.exception()):
                kept = self._session.submit(row.feed())
            self._kept[key] = kept
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept


def _together(
    rows: Sequence[EncodedPair], outputs: Sequence[Logits], sentences: Sequence[str]
) -> PassageReading:
    """The windows of one passage as one: of each sentence the better of its readings."""
    evidence = np.full(len(sentences), -np.inf)
    answer = np.full(len(sentences), -np.inf)
    stretches, margins = [(0, 0)] * len(sentences), [np.inf] * len(sentences)
    for row, output in zip(rows, outputs, strict=True):
        for i, (start, end) in enumerate(row.bounds, row.first):
            own = output[start : max(end, start + 1)]
            evidence[i] = max(evidence[i], float(own[:, EVIDENCE].mean()))
            score, stretch = _best_stretch(own)
            if score > answer[i]:
                answer[i], stretches[i] = score, stretch
                margins[i] = score - _best_beside(own, stretch)
    return PassageReading(
        rank=max(float(o[0, RANK]) for o in outputs),
        relevance=max(float(o[0, EVIDENCE]) for o in outputs),
        null=min(float(o[0, START] + o[0, END]) for o in outputs),
        evidence=tuple(evidence.tolist()),
        answer=tuple(answer.tolist()),
        stretches=tuple(stretches),
        margins=tuple(margins),
        sentences=tuple(sentences),
    )


def _best_beside(logits: Logits, stretch: tuple[int, int]) -> float:
    """The highest score of a stretch that ends before this one, or begins after it."""
    first, end = stretch
    beside = [part for part in (logits[:first], logits[end:]) if len(part)]
    return max((_best_stretch(part)[0] for part in beside), default=-np.inf)


def _best_stretch(logits: Logits) -> tuple[float, tuple[int, int]]:
    """The highest sum of a start and an end at most 30 tokens on; its tokens (first, end)."""
    ends = np.concatenate([logits[:, END], np.full(ANSWER_TOKENS - 1, -np.inf, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(ends, ANSWER_TOKENS)
    sums = logits[:, START] + windows.max(axis=1)
    first = int(sums.argmax())
    return float(sums[first]), (first, first + int(windows[first].argmax()) + 1)
