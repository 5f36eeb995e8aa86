"""What is made of an engine's documents without a question: overviews, guides, briefs and so on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from index import (
    Annotator,
    CitationError,
    Document,
    Generation,
    Passage,
    Progress,
    QuestionError,
    Retriever,
    Storing,
    ids_of,
)
from rag.annotators import keep_annotations
from rag.answering import Answerer
from rag.answers import Answer
from rag.brief import LAST, TOP, BriefRequest, SeenBefore, brief, first_day
from rag.citations import Citation
from rag.dates import between
from rag.kinds import CALLED, VIEWS, Counted, QuestionKind, Tally
from rag.names import NameKind, NamesAnnotator
from rag.overview import CitedOverview, SourceGuide, cited_overview, guide, joined, request_of
from rag.query import AskedQuestion, check_question
from rag.questions import QuestionsAnnotator, corpus_questions, tried
from rag.readings import Reader
from rag.related import cited_place, related
from rag.timeline import MOST, DatedSentences, TimelineRequest, timeline
from rag.who import EACH, MOST as NAMES, WhoRequest, who_is_who

ABOUT = "What is this about?"
UNKNOWN = datetime.min.replace(tzinfo=UTC)  # when a file was changed of which nothing is known
ASKED = 20  # questions, where no other number is asked for
TRIED = 3  # questions tried, for each that is asked for


class Views:
    """The base of an engine: what it shows of its documents, each view an answer."""

    documents: Sequence[Document]
    retriever: Retriever
    reader: Reader
    generation: Generation | None
    answerer: Answerer

    def ask(self, question: str) -> Answer:
        """As `Engine.ask` says."""
        raise NotImplementedError

    @property
    def not_read(self) -> tuple[tuple[str, int], ...]:
        """How many files are not read, by kind, but for what nobody takes for a document."""
        raise NotImplementedError

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
        read = request_of(asked, self.answerer.names)
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
        kept = self.answerer.annotations.of(SourceGuide(), documents)
        # that of each document, whichever others are asked
        retriever = held.retriever if held is not None else self.retriever
        guides = [guide(retriever, one, data) for one, data in zip(own, kept, strict=True)]
        named = own if len(own) == 1 or len(own) < len(self.documents) else ()
        return self._told(ABOUT, joined(own, guides), named)

    def document(self, id_: str) -> Document | None:
        """The document with this id; None where it is none of those that are asked."""
        number = self._numbers.get(id_)
        return None if number is None else self.documents[number]

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
        first, last = between(since, until)
        request = TimelineRequest(topic, first, last, skip, most)
        cited, number = timeline(
            self._storing, self.documents, request, self._kept(DatedSentences())
        )
        tally = Tally(number, Counted.DATED) if number else None
        bounds = ((f"from {since}", since), (f"until {until}", until))
        asked = ", ".join(filter(None, (topic, *(said for said, given in bounds if given))))
        return self._view(QuestionKind.TIMELINE, asked, cited, tally)

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
        asked = CALLED.join(filter(None, (kind.value if kind is not None else "", request.name)))
        tally = Tally(number, Counted.NAMES) if number else None
        return self._view(QuestionKind.NAMES, asked, cited, tally)

    def brief(self, topic: str = "", *, top: int = TOP, since: str = "") -> Answer:
        """The strongest statements of the documents, by subject: what to know of all of them.

        Strong is what tells much of its own document and what other documents support. About a
        `topic`, or all; at most `top`. What is new `since` a day ("2026-05-31") is marked, by when
        its file was last changed; or since the "last" brief that was asked for so, by what could be
        quoted then: with the same documents that is the same brief again. `tally` says of how many
        statements they were chosen. Falsy where there are none. Raises QuestionError for what is
        no day, for "last" where no index is kept and for a `top` under 1, StorageError where that
        cannot be noted, and TypeError when the retriever keeps nothing of its sentences.
        """
        if top < 1:
            raise QuestionError("a brief has at least 1 statement")
        request = BriefRequest(topic.strip(), top)
        cited, number = brief(self._storing, self.documents, request, self._new_since(since))
        asked = request.topic
        if since and cited.citations:
            since = f"the {LAST} one" if since == LAST else since
            asked += f"{', ' if asked else ''}new since {since} marked"
        tally = Tally(number, Counted.STATEMENTS) if number else None
        return self._view(QuestionKind.BRIEF, asked, cited, tally)

    def _new_since(self, since: str) -> Callable[[Passage, int], bool]:
        """What tells whether a sentence is new; none is where nothing is asked."""
        day = first_day(since)
        if since == LAST:
            if self.generation is None:
                raise QuestionError("there is no last brief of what is kept in no index")
            seen = SeenBefore.of(self.generation)
            return lambda passage, at: not seen.has(passage, at)
        if day is None:
            return lambda passage, at: False
        changed = self.changed
        return lambda passage, at: changed.get(passage.document.id, UNKNOWN) >= day

    @property
    def changed(self) -> dict[str, datetime]:
        """When the file of each document was last changed, by its id, in UTC, where it is known."""
        rows = self.generation.catalog.rows if self.generation is not None else ()
        return {
            id_: datetime.fromtimestamp(row.stamp.mtime_ns // 10**9, UTC)
            for row in rows
            for id_, _ in row.documents
        }

    def questions(self, topic: str = "", *, most: int = ASKED) -> Answer:
        """What the documents ask and answer, the same once: each question over its best quotation.

        About a `topic`, or all. What most documents speak of comes first. Each was asked now, and
        what the documents do not answer by what it was made of is left out; of `TRIED` times as
        many as are asked for there may be fewer than `most` left. Falsy where there are none.
        Raises QuestionError for a `most` under 1, and TypeError when the retriever keeps nothing
        of its sentences.
        """
        if most < 1:
            raise QuestionError("at least 1 question is told")
        kept = self._kept(QuestionsAnnotator())
        found = corpus_questions(self._storing, self.documents, kept, topic)
        cited = tried(found[: TRIED * most], self.ask, most)
        return self._view(QuestionKind.QUESTIONS, topic, cited)

    def related(self, quotation: Citation | str) -> Answer:
        """What stands elsewhere and says the same as a quotation, adds to it, or goes against it.

        `quotation` is one, words of it, or a place: "minutes.md:12". At most three statements under
        each label, those of other documents first; a label is there where there are any. What says
        it in the same letters is none of them: that is told as `also` is. Falsy where nothing is
        clearly related. Raises QuestionError where the words or the place are none of the
        documents', or the words are of several sentences; CitationError for a quotation of another
        document, and TypeError when the retriever keeps nothing of its sentences.
        """
        held = self._storing
        own = quotation
        cited = cited_place(held, self.documents, own) if isinstance(own, str) else own
        said = f"“{' '.join(cited.quote.split())}” ({cited.place})"
        found = related(held, self.reader, cited)
        return self._view(QuestionKind.RELATED, said, found)

    @property
    def _storing(self) -> Storing:
        if not isinstance(self.retriever, Storing):
            raise TypeError(f"{type(self.retriever).__name__} has no `stored`")
        return self.retriever

    def _kept(self, annotator: Annotator) -> Sequence[Any]:
        """What the index keeps of each document that is asked; None where it keeps nothing."""
        return self.answerer.annotations.of(annotator, ids_of(self.documents))

    def annotate(self, progress: Progress | None = None) -> int:
        """Make what is kept of each document, such as its source guide, where it is missing.

        Returns how many were made; 0 where this engine is over no index on disk. What ends it
        leaves what is made. Raises StorageError, IndexBusy and DamagedIndex.
        """
        return 0 if self.generation is None else keep_annotations(self.generation, progress)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id_: number for number, id_ in enumerate(ids_of(self.documents))}

    def _view(
        self, kind: QuestionKind, of: str, found: CitedOverview, tally: Tally | None = None
    ) -> Answer:
        asked = f"{VIEWS[kind]}: {of}" if of else VIEWS[kind]
        return self._told(asked, found, kind=kind, tally=tally)

    def _told(
        self,
        question: str,
        found: CitedOverview,
        named: Sequence[Document] = (),
        *,
        kind: QuestionKind = QuestionKind.OVERVIEW,
        tally: Tally | None = None,
    ) -> Answer:
        return Answer(
            question=question,
            citations=self.answerer.placed(found.citations),
            hits=(),
            confidence=found.confidence,
            scope=self.answerer.scope,
            not_read=() if found.citations else self.not_read,
            asked_of=tuple(document.source for document in named),
            kind=kind,
            groups=found.groups,
            tally=tally,
        )
