"""Engine.ask: one question, walked from the index to a cited answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Any

import seeds
from index import (
    NO_DOCUMENT,
    Annotator,
    Catalog,
    CitationError,
    Comparing,
    Document,
    Failure,
    FilesReport,
    Generation,
    IbidError,
    Index,
    Narrowable,
    PageBox,
    Passage,
    Progress,
    QuestionError,
    Retriever,
    Storing,
    Tabled,
    annotated,
    cache,
    counted,
    ids_of,
)
from rag.annotators import keep_annotations
from rag.compose import Material, closest
from rag.composers import compose
from rag.documents import Paths, open_documents, paths_of
from rag.kinds import Counted, QuestionKind, Tally
from rag.lookup import Lookup
from rag.named import Names, without_files
from rag.names import (
    EACH,
    MOST as NAMES,
    NameKind,
    NamesAnnotator,
    WhoRequest,
    who_is_who,
)
from rag.overview import CitedOverview, SourceGuide, cited_overview, guide, joined, request_of
from rag.query import AskedQuestion, check_question
from rag.reader import open_reader
from rag.replies import reply_to
from rag.timeline import MOST, DatedSentences, TimelineRequest, between, timeline
from rag.types import Answer, Citation, Reader, Scope

MAX_SENTENCES = 4
ABOUT = "What is this about?"
TIMELINE, WHO = "Timeline", "Who is who"


class Engine:
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
        self._abstain = reader.abstain if abstain is None else abstain
        # another threshold to abstain knows of no doubt, unless it is told
        self._sure = sure if sure is not None else reader.sure if abstain is None else abstain
        self._keep = reader.keep if keep is None else keep
        self._lookup = Lookup(retriever, reader, documents, self._abstain)

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
        return Index(own.path).passed_over

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
            abstain=self._abstain,
            sure=self._sure,
            keep=self._keep,
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
            scope = Scope(len(self.documents), self.left_out)
            return Answer(typed.text, (), (), 0.0, scope=scope, reply=reply)
        turns = [a for a in history if a.reply is None and self._lookup.was_asked(a)]
        full = self._lookup.completed(typed, turns)
        named = () if everywhere else self._named(typed, full)
        if named:
            own = self.within([document.id for document in named])
            asked_of = tuple(document.source for document in named)
            if (answer := own._answer(typed, full, turns, max_sentences, kind)).citations:
                return replace(answer, asked_of=asked_of)
            plain = AskedQuestion(without_files(typed.text, named))
            full = self._lookup.completed(plain, turns)
            answer = self._answer(plain, full, turns, max_sentences, kind)
            return replace(answer, question=typed.text, not_in=asked_of)
        return self._answer(typed, full, turns, max_sentences, kind)

    def overview(
        self, question: str = ABOUT, *, topic: str = "", sentences: int | None = None
    ) -> Answer:
        """What the documents say, in their own sentences: under each one's title some of them.

        `question` is read for the documents and the section that are meant, the topic and the
        length; `topic` and `sentences` go before what it says. Falsy where nothing is about the
        topic. Confidence is 1 but for a topic: how much the best sentence is about it. Raises
        QuestionError when the question cannot be asked or `sentences` is under 1, and TypeError
        where `cited_overview` does.
        """
        asked = AskedQuestion(check_question(question))
        if sentences is not None and sentences < 1:
            raise QuestionError("an overview has at least 1 sentence")
        read = request_of(asked, self._names)
        request = read._replace(topic=topic or read.topic, sentences=sentences or read.sentences)
        found = cited_overview(self.retriever, self.documents, request)
        return self._told(asked.text, found, request.documents)

    def guide(self, *documents: str) -> Answer:
        """What to know of documents before they are read, by their ids, under fixed labels.

        Why each matters, its key points, numbers, names, open questions and outline, as far as
        there are any: as the index keeps them, else made now and not kept. Of several documents the
        title stands before each label. Raises CitationError for a document that is none of the
        engine's, and TypeError as `guide` does.
        """
        numbers = [self._numbers.get(document, -1) for document in documents]
        if -1 in numbers:
            gone = documents[numbers.index(-1)]
            raise CitationError(f"there is no document {gone[:16]}… among those that are asked")
        own, held = [self.documents[number] for number in numbers], self.generation
        kept = annotated(held, SourceGuide(), documents) if held is not None else [None] * len(own)
        # that of each document, whichever others are asked
        retriever = held.retriever if held is not None else self.retriever
        guides = [guide(retriever, one, data) for one, data in zip(own, kept, strict=True)]
        named = own if len(own) == 1 or len(own) < len(self.documents) else ()
        return self._told(ABOUT, joined(own, guides), named)

    def timeline(
        self,
        topic: str = "",
        *,
        since: str = "",
        until: str = "",
        skip: int = 0,
        most: int = MOST,
    ) -> Answer:
        """The sentences that state a date, under their dates, in the order of these.

        About a `topic`, or all; dated from `since` to `until`, which are dates such as "2019-05" or
        "2019". What is said relative to the date of its document is there where the document says
        that, and its label says so. Of all that there are `skip` are passed over and `most` quoted;
        `tally` says how many there are. Falsy where there are none. Raises QuestionError for what
        is no date and for a `most` under 1, and TypeError when the retriever keeps nothing of its
        sentences.
        """
        if most < 1 or skip < 0:
            raise QuestionError("a timeline has at least 1 sentence, and passes over 0 or more")
        try:
            first, last = between(since, until)
        except ValueError as exc:
            raise QuestionError(f"{exc}; give a date as 2019, 2019-05 or 2019-05-31") from exc
        request = TimelineRequest(topic, first, last, skip, most)
        cited, number = timeline(
            self._storing, self.documents, request, self._kept(DatedSentences())
        )
        answer = self._told(f"{TIMELINE}: {topic}" if topic else TIMELINE, cited, ())
        tally = Tally(number, Counted.DATED) if number else None
        return replace(answer, kind=QuestionKind.TIMELINE, tally=tally)

    def who(
        self,
        name: str = "",
        *,
        kind: NameKind | None = None,
        skip: int = 0,
        most: int = NAMES,
        each: int = EACH,
    ) -> Answer:
        """Whom and what the documents name, with what they say of each: people, places and others.

        Called `name`, or all; of this `kind`, or of all. Those named most often come first: `skip`
        are passed over, and `most` have `each` so many quotations; `tally` says how many there are.
        Falsy where there are none. Raises QuestionError for a `most` or an `each` under 1, and
        TypeError when the retriever keeps nothing of its sentences.
        """
        if min(most, each) < 1 or skip < 0:
            raise QuestionError("of 1 or more names 1 or more sentences are quoted")
        request = WhoRequest(name.strip(), kind, skip, most, each)
        cited, number = who_is_who(
            self._storing, self.documents, request, self._kept(NamesAnnotator())
        )
        asked = name.strip() or (kind.value if kind is not None else "")
        answer = self._told(f"{WHO}: {asked}" if asked else WHO, cited, ())
        tally = Tally(number, Counted.NAMES) if number else None
        return replace(answer, kind=QuestionKind.NAMES, tally=tally)

    @property
    def _storing(self) -> Storing:
        if not isinstance(self.retriever, Storing):
            raise TypeError(f"{type(self.retriever).__name__} has no `stored`")
        return self.retriever

    def _kept(self, annotator: Annotator) -> Sequence[Any]:
        """What the index keeps of each document that is asked; None where it keeps nothing."""
        held = self.generation
        return annotated(held, annotator, ids_of(self.documents)) if held is not None else ()

    def annotate(self, progress: Progress | None = None) -> int:
        """Make what is kept of each document, such as its source guide, where it is missing.

        Returns how many were made; 0 where this engine is over no index on disk. What ends it
        leaves what is made. Raises StorageError, IndexBusy and DamagedIndex.
        """
        return 0 if self.generation is None else keep_annotations(self.generation, progress)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id_: number for number, id_ in enumerate(ids_of(self.documents))}

    def _told(self, question: str, found: CitedOverview, named: Sequence[Document]) -> Answer:
        return Answer(
            question=question,
            citations=self._placed(found.citations),
            hits=(),
            confidence=found.confidence,
            scope=Scope(len(self.documents), self.left_out),
            not_read=() if found.citations else self.not_read,
            asked_of=tuple(document.source for document in named),
            kind=QuestionKind.OVERVIEW,
            groups=found.groups,
        )

    def _named(self, typed: AskedQuestion, full: AskedQuestion) -> tuple[Document, ...]:
        """The documents that a question names, as it was typed or as it is completed."""
        if not isinstance(self.retriever, Narrowable):
            return ()
        found = self._names.named(typed)
        return found if found or full == typed else self._names.named(full)

    @cached_property
    def _names(self) -> Names:
        return Names(self.documents)

    def _answer(
        self,
        typed: AskedQuestion,
        full: AskedQuestion,
        turns: Sequence[Answer],
        max_sentences: int,
        kind: QuestionKind | None,
    ) -> Answer:
        """Answer a question that can be asked, which is `full` where it leans on `turns`.

        These are the answers of its history that count.
        """
        found, missing = self._lookup.best(typed, full, turns)
        material = Material(
            found.asked,
            found.readings,
            found.whole,
            self.retriever,
            self.reader,
            self.documents,
            self._names,
            self._abstain,
            self._keep,
            max_sentences,
        )
        kind, made = compose(material, kind)
        citations = self._placed(made.citations)
        confidence = found.confidence if made.confidence is None else made.confidence
        return Answer(
            question=typed.text,
            citations=citations,
            hits=found.hits,
            confidence=confidence,
            closest=()
            if citations
            else self._placed(closest(found.readings, before=found.whole.before)),
            unknown=missing.nowhere,
            unquoted=missing.mentions,
            scope=Scope(len(self.documents), self.left_out),
            not_read=() if citations else self.not_read,
            asked_as=found.asked.text if found.asked != typed else "",
            choices=made.choices,
            perhaps=bool(citations) and confidence < self._sure,
            kind=kind,
            groups=made.groups,
            complete=made.complete,
            tally=made.tally,
        )

    def _placed(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations, with the other sources that say the same, as far as they are known."""
        retriever = self.retriever
        if not isinstance(retriever, Comparing):
            return tuple(replace(c, also=c.document.copies) for c in citations)
        return tuple(replace(c, also=retriever.also_in(c.document, c.parts)) for c in citations)

    def _passages_of(self, document: Document) -> Sequence[Passage]:
        retriever = self.retriever
        return retriever.passages.of_document(document.id) if isinstance(retriever, Tabled) else ()

    @property
    def not_read(self) -> tuple[tuple[str, int], ...]:
        """How many files are not read, by kind, but for what nobody takes for a document."""
        told = (one for one in self._unread if one.why not in NO_DOCUMENT)
        return tuple(counted(told).items())
