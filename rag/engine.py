"""Engine.ask: one question, walked from the index to a cited answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

import seeds
from index import (
    NO_DOCUMENT,
    Catalog,
    CitationError,
    Document,
    DocumentAnnotations,
    Failure,
    FilesReport,
    Generation,
    IbidError,
    Narrowable,
    PageBox,
    Passage,
    Progress,
    QuestionError,
    Retriever,
    Tabled,
    cache,
    counted,
    ids_of,
    index_at,
)
from rag.answering import Answerer, Thresholds
from rag.answers import Answer
from rag.citations import Citation
from rag.documents import Paths, open_documents, paths_of
from rag.kinds import QuestionKind, kind_of
from rag.named import without_files
from rag.query import AskedQuestion, check_question
from rag.reader import open_reader
from rag.readings import Reader
from rag.replies import reply_to
from rag.views import Views

MAX_SENTENCES = 4


class Engine(Views):
    """An opened index and a reader; `ask` may be called from several threads."""

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        documents: Sequence[Document],
        failures: Sequence[Failure] = (),
        *,
        abstain: float | None = None,
        sure: float | None = None,
        keep: float | None = None,
        generation: Generation | None = None,
        left_out: int = 0,
    ) -> None:
        """`generation` is what of an index on disk it is over, where it is.

        `left_out` counts the documents of the retriever that are not asked.
        """
        self.left_out = left_out
        # by their text: who asks the same questions of many engines has it done once
        self.analysed: Mapping[str, AskedQuestion] = {}
        self.retriever, self.reader, self.generation = retriever, reader, generation
        self.documents, self.failures = documents, tuple(failures)
        # another threshold to abstain knows of no doubt, unless it is told
        likely = reader.abstain if abstain is None else abstain
        doubt = sure if sure is not None else reader.sure if abstain is None else abstain
        thresholds = Thresholds(likely, doubt, reader.keep if keep is None else keep)
        self.answerer = Answerer(
            retriever, reader, documents, thresholds, left_out, DocumentAnnotations(generation)
        )

    @classmethod
    def open(
        cls,
        documents: Paths | None = None,
        *,
        thorough: bool = False,
        progress: Progress | None = None,
    ) -> Engine:
        """Open an index, or files and folders of documents, indexed on first use in the cache.

        None means the bundled articles. Of a large index, what is not read at once is checked
        where it is used, or now if `thorough`. `progress` hears (stage, done, total) while an
        index is built. Raises IbidError: DocumentError, StoreError, EncoderError or StorageError.
        """
        paths = paths_of(documents)
        open_reader()  # which goes on in a thread
        return cls.over(open_documents(paths, thorough=thorough, progress=progress))

    @classmethod
    def over(cls, index: Generation) -> Engine:
        """An engine over an index that is open."""
        return cls(
            index.retriever, open_reader(), index.documents, index.failures, generation=index
        )

    @property
    def notice(self) -> str:
        """What is wrong with a newer state of the index than this one; "" for nothing."""
        return self.generation.notice if self.generation is not None else ""

    @property
    def unencoded(self) -> int:
        """How many passages are found by their words only so far: they have no vectors yet."""
        return self.generation.settings.unencoded if self.generation is not None else 0

    @property
    def passed_over(self) -> tuple[Failure, ...]:
        """What of the documents' folders and archives a rule passes over, as of the last look.

        Nothing of the bundled articles.
        """
        own = self.generation
        if own is None or own.path.name == cache.index_name(seeds.FOLDER):
            return ()
        return index_at(own.path).passed_over

    @property
    def files(self) -> FilesReport:
        """What of the documents' files is read and what is not: the opened state of the index.

        What a rule passes over is as of the last look. Of files that are read nothing is known
        where the index's list of them cannot be read, or this engine is over no index on disk.
        """
        return FilesReport.of(self._catalog, self._unread)

    @property
    def paths(self) -> dict[str, str]:
        """Where the file of each source was when it was read; none where that is not known."""
        return {row.source: row.path for row in self._catalog.rows}

    @cached_property
    def _catalog(self) -> Catalog:
        if self.generation is not None:
            with suppress(IbidError):
                return self.generation.catalog
        return Catalog()

    @property
    def _unread(self) -> tuple[Failure, ...]:
        return (*self.failures, *self.passed_over)

    @property
    def passage_counts(self) -> Counter[str]:
        """How many passages each document has, by id; none where that is not known."""
        return self.retriever.passages.counts() if isinstance(self.retriever, Tabled) else Counter()

    def boxes_of(self, cited: Citation) -> list[PageBox]:
        """Where the words of a quotation stand on the pages of its document: one box a line.

        They are those of its own offsets: `cited.document.text[box.start : box.end]` are words of
        the quotation. None where `Generation.boxes_of` gives none, or this engine is over no index
        on disk. Raises CitationError for a document that is none of the index's, DamagedIndex and
        StorageError.
        """
        if self.generation is None:
            return []
        try:
            return self.generation.boxes_of(cited.document, cited.start, cited.end)
        except ValueError as exc:
            raise CitationError(str(exc)) from exc

    def within(self, documents: Collection[str]) -> Engine:
        """An engine over the documents with these ids alone; it shares this one's index.

        Raises TypeError when the retriever cannot be narrowed.
        """
        if not isinstance(self.retriever, Narrowable):
            raise TypeError(f"{type(self.retriever).__name__} has no `within`")
        ids = enumerate(ids_of(self.documents))
        chosen = tuple(self.documents[number] for number, id_ in ids if id_ in documents)
        return Engine(
            self.retriever.within(documents),
            self.reader,
            chosen,
            self.failures,
            **self.answerer.thresholds._asdict(),
            generation=self.generation,
            left_out=self.left_out + len(self.documents) - len(chosen),
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        max_sentences: int = MAX_SENTENCES,
        everywhere: bool = False,
        kind: QuestionKind | None = None,
    ) -> Answer:
        """Answer with quotations, or abstain (a falsy Answer), or reply to what is no question.

        What may be an answer and as likely is none is quoted in a falsy Answer that is `perhaps`.

        `history` holds the earlier answers of the conversation, oldest first: a question that
        leans on them is completed before it is looked for, and `asked_as` says how. Answers from
        documents that are not asked any more are forgotten. A question that names documents is
        asked of them, and of all where they do not answer, or where it is asked `everywhere`.
        `kind` is the kind of answer that is wanted, None what the question asks for by its words;
        where there is nothing of that kind the answer is a fact, and its `kind` says so. Raises
        QuestionError when the question cannot be asked or `max_sentences` is under 1.
        """
        typed = self.analysed.get(question) or AskedQuestion(check_question(question))
        if max_sentences < 1:
            raise QuestionError("max_sentences is at least 1")
        if reply := reply_to(typed.text, self.documents, self._passages_of):
            return Answer(typed.text, (), (), 0.0, scope=self.answerer.scope, reply=reply)
        lookup = self.answerer.lookup
        turns = [a for a in history if a.reply is None and lookup.was_asked(a)]
        full = lookup.completed(typed, turns)
        named = () if everywhere else self._named(typed, full)
        if named and (kind or kind_of(full)) is QuestionKind.COMPARISON:
            # it may name one side by its document, and the other one not
            answer = self._answer(typed, full, turns, max_sentences, QuestionKind.COMPARISON)
            if answer.kind is QuestionKind.COMPARISON:
                return answer
        if named:
            own = self.within([document.id for document in named])
            asked_of = tuple(document.source for document in named)
            if (answer := own._answer(typed, full, turns, max_sentences, kind)).citations:
                return replace(answer, asked_of=asked_of)
            plain = AskedQuestion(without_files(typed.text, named))
            full = lookup.completed(plain, turns)
            answer = self._answer(plain, full, turns, max_sentences, kind)
            return replace(answer, question=typed.text, not_in=asked_of)
        return self._answer(typed, full, turns, max_sentences, kind)

    def _named(self, typed: AskedQuestion, full: AskedQuestion) -> tuple[Document, ...]:
        """The documents that a question names, as it was typed or as it is completed."""
        if not isinstance(self.retriever, Narrowable):
            return ()
        found = self.answerer.names.named(typed)
        return found if found or full == typed else self.answerer.names.named(full)

    def _answer(
        self,
        typed: AskedQuestion,
        full: AskedQuestion,
        turns: Sequence[Answer],
        max_sentences: int,
        kind: QuestionKind | None,
    ) -> Answer:
        answer = self.answerer.answer(typed, full, turns, max_sentences, kind)
        return answer if answer.citations else replace(answer, not_read=self.not_read)

    def _passages_of(self, document: Document) -> Sequence[Passage]:
        retriever = self.retriever
        return retriever.passages.of_document(document.id) if isinstance(retriever, Tabled) else ()

    @property
    def not_read(self) -> tuple[tuple[str, int], ...]:
        """How many files are not read, by kind, but for what nobody takes for a document."""
        told = (one for one in self._unread if one.why not in NO_DOCUMENT)
        return tuple(counted(told).items())
