"""Engine and ask: from an index to a cited answer, the same one every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import rag
from index.errors import CitationError, DocumentError, MissingPath, NoDocuments
from index.generation import store
from index.generation.catalog import Catalog
from index.library.index import Index
from index.passages import StoredDocuments
from index.search import hybrid
from index.search.mentions import Mention, Where
from index.types import Document
from rag import engines
from rag.answers import Answer
from rag.engine import Engine
from rag.engines import ask
from rag.proof import Status, verify
from rag.reader.first import FirstReader
from tests.doubles import EELS, HARBOUR
from tests.index.load.pdfs import lines, pdf
from tests.scripted import LAMP, TALL, WORLD, scripted

REPOSITORY = Path(__file__).parents[2]
QUESTIONS = [
    "How tall is the lighthouse?",
    "When was the harbour of Brell dredged?",
    "What threatens the eels?",
    "Who wrote this?",
    "Rye bread or eels at the weir, on Saturdays?",
    "Do zebras play chess?",
]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_build: None) -> Iterator[None]:
    """No index or engine of another test."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    engines._engines.clear()
    yield
    engines._engines.clear()


def as_json(answer: Answer) -> str:
    return json.dumps(answer.to_dict(), sort_keys=True)


@pytest.fixture
def talkative(index_path: Path) -> Engine:
    """An engine that never abstains."""
    opened = store.open_index(index_path)
    reader = FirstReader.shipped()
    return Engine(opened.retriever, reader, opened.documents, abstain=-1.0)


@pytest.fixture
def silent(index_path: Path) -> Engine:
    """An engine that always abstains."""
    opened = store.open_index(index_path)
    reader = FirstReader.shipped()
    return Engine(opened.retriever, reader, opened.documents, abstain=1.1)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("most", [1, 2, 4, 50])
def test_an_answer_is_quotations_that_hold(question: str, most: int, talkative: Engine) -> None:
    answer = talkative.ask(question, max_sentences=most)
    assert answer
    assert 0 <= answer.confidence <= 1
    # a list counts as the one sentence that it was found by
    assert 1 <= sum(1 if c.members else len(c.sentences) for c in answer.citations) <= most
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert answer.best is not None
    assert answer.citations[0] == answer.best
    assert all(c.document in talkative.documents for c in answer.citations)
    assert {v.status for v in verify(answer)} == {Status.HOLDS}
    assert answer.closest == ()


def test_the_right_sentence_is_quoted(talkative: Engine) -> None:
    answer = talkative.ask("How many metres tall is the lighthouse on the eastern mole?")
    assert "41 metres tall" in answer.text
    answer = talkative.ask("When was the harbour of Brell dredged?")
    assert "dredged in 1987" in answer.text


def test_an_abstention_shows_what_came_closest_and_the_unknown_words(silent: Engine) -> None:
    answer = silent.ask("Do zebras count eels at the weir?")
    assert not answer
    assert answer.citations == ()
    assert answer.text == ""
    assert 1 <= len(answer.closest) <= 3
    assert [c.number for c in answer.closest] == list(range(1, len(answer.closest) + 1))
    assert answer.unknown == ("zebras",)
    data = answer.to_dict()
    assert (data["answered"], data["unknown_words"]) == (False, ["zebras"])
    asked = silent.ask("Do comments on zebras weigh a ton of threats?")
    assert asked.unknown == ("zebras", "weigh")
    assert asked.unquoted == (
        Mention("comments", "harbour.txt", Where.FURNITURE),
        Mention("ton", "harbour.txt", Where.LONGER_WORD),
        Mention("threats", "eels.md", Where.HEADING),
    )


def test_what_is_not_read_is_told_without_the_list_of_files(
    tmp_path: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "broken.pdf").write_bytes(b"no pdf")
    index_path = tmp_path / "index"
    Index(index_path).update(world)
    opened = store.open_index(index_path)
    engine = Engine(
        opened.retriever,
        FirstReader.shipped(),
        opened.documents,
        opened.failures,
        abstain=1.1,
        generation=opened,
    )
    report = engine.files
    assert sum(report.read.values()) == len(opened.documents)
    (world / "broken.pdf").unlink()
    (world / "late.txt").write_text("The ferry is late.", "utf-8")
    Index(index_path).update(world)
    with monkeypatch.context() as patch:
        patch.setattr(Catalog, "from_bytes", lambda _: pytest.fail("the list was read"))
        assert dict(engine.ask("Do zebras play chess?").not_read) == {"unreadable": 1}
    again = Engine(
        opened.retriever, engine.reader, opened.documents, opened.failures, generation=opened
    )
    assert again.files == report  # of the state that is asked, not of the one after it


@pytest.mark.slow
def test_a_question_makes_few_of_many_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = tmp_path / "world"
    world.mkdir()
    for number in range(60):
        (world / f"{number}.txt").write_text(f"Ship {number} was built in Tarn.", "utf-8")
    (world / "eels.txt").write_text("The eels migrate each autumn.", "utf-8")
    Index(tmp_path / "index").update(world)
    made, make = list[int](), StoredDocuments._make

    def counted(documents: StoredDocuments, number: int) -> Document:
        made.append(number)
        return make(documents, number)

    monkeypatch.setattr(StoredDocuments, "_make", counted)
    monkeypatch.setattr(hybrid, "DEPTH", 5)  # of both lists that are fused
    opened = store.open_index(tmp_path / "index")
    engine = Engine(opened.retriever, FirstReader.shipped(), opened.documents, abstain=-1.0)
    first = engine.ask("When do the eels migrate?")
    assert "The eels migrate each autumn." in first.text
    assert engine.ask("And why do they?", history=[first])
    assert len(made) <= 20
    narrow = engine.within({first.citations[0].document.id})
    assert narrow.ask("When do the eels migrate?").text == "The eels migrate each autumn. [1]"
    assert len(made) <= 20


def test_furniture_and_titles_are_never_quoted(talkative: Engine) -> None:
    for question in ("Loading comments", "The Harbour of Brell", "The lighthouse", "Threats"):
        shown = talkative.ask(question, max_sentences=50).text
        assert "Loading comments" not in shown
        assert "\nThe lighthouse\n" not in f"\n{shown}\n"


def test_a_follow_up_is_completed_and_says_how(talkative: Engine) -> None:
    first = talkative.ask("How tall is the lighthouse on the eastern mole?")
    assert (first.asked_as, first.looked_for) == ("", first.question)
    second = talkative.ask("And when was it lit?", history=[first])
    assert second.question == "And when was it lit?"
    assert "lighthouse" in second.asked_as
    assert second.looked_for == second.asked_as
    assert talkative.ask("And when was it lit?").asked_as == ""
    third = talkative.ask("Why?", history=[first, second])
    assert "lighthouse" in third.asked_as  # carried on by what the second was completed to
    again = Answer.from_dict(third.to_dict(), talkative.documents)
    assert again.asked_as == third.asked_as


TALL_ASKED = "How tall is the lighthouse on the eastern mole?"
LAMP_ASKED = "And how was its lamp powered?"
LAMP_MEANT = "And how was the lighthouse's lamp powered?"


def test_what_was_quoted_before_counts_less_for_what_was_completed() -> None:
    script = {
        TALL_ASKED: [(TALL, 0.95), (LAMP, 0.01)],
        LAMP_MEANT: [(TALL, 0.95), (LAMP, 0.7)],
    }
    engine = scripted(script, WORLD)
    first = engine.ask(TALL_ASKED, max_sentences=1)
    again = engine.ask(TALL_ASKED, history=[first], max_sentences=1)
    assert again.text == first.text  # it was not completed
    second = engine.ask(LAMP_ASKED, history=[first], max_sentences=1)
    assert second.asked_as == LAMP_MEANT
    assert [c.quote for c in second.citations] == [LAMP]
    assert second.confidence == 0.7


def test_what_takes_another_words_place_may_be_answered_by_the_same_sentence() -> None:
    asked = "How tall is the lighthouse on the eastern mole, and the western mole?"
    script = {TALL_ASKED: [(TALL, 0.95), (LAMP, 0.01)], asked: [(TALL, 0.9), (LAMP, 0.3)]}
    engine = scripted(script, WORLD)
    first = engine.ask(TALL_ASKED, max_sentences=1)
    second = engine.ask("And the western mole?", history=[first], max_sentences=1)
    assert (second.asked_as, [c.quote for c in second.citations]) == (asked, [TALL])


def test_answers_from_documents_that_are_not_asked_any_more_are_forgotten() -> None:
    script = {TALL_ASKED: [(TALL, 0.95)], LAMP_ASKED: [(LAMP, 0.2)], LAMP_MEANT: [(LAMP, 0.7)]}
    first = scripted(script, WORLD).ask(TALL_ASKED)
    assert scripted(script, WORLD).ask(LAMP_ASKED, history=[first]).asked_as == LAMP_MEANT
    others = [
        document for document in WORLD if document not in {c.document for c in first.citations}
    ]
    engine = scripted(script, WORLD)
    engine = Engine(engine.retriever, engine.reader, others)
    assert engine.ask(LAMP_ASKED, history=[first]).asked_as == ""


def test_another_subject_is_asked_as_it_stands(talkative: Engine) -> None:
    first = talkative.ask("How tall is the lighthouse on the eastern mole?")
    assert talkative.ask("Which spices does rye bread hold?", history=[first]).asked_as == ""


def test_documents_are_a_file_a_folder_or_an_index(world: Path, index_path: Path) -> None:
    question = "When was the harbour of Brell dredged?"
    from_folder = ask(question, documents=world)
    assert as_json(from_folder) == as_json(ask(question, documents=str(index_path)))
    from_file = ask(question, documents=world / "harbour.txt")
    cited = (*from_file.citations, *from_file.closest)
    assert {c.document.source for c in cited} == {"harbour.txt"}
    sources = {d.source for d in Engine.open(world).documents}
    assert sources == {"harbour.txt", "eels.md", "nested/bread.txt"}


def test_a_bad_file_is_told(world: Path) -> None:
    (world / "bad.txt").write_bytes(b"\x7fELF\x00\x00\x01")
    assert [f.source for f in Engine.open(world).failures] == ["bad.txt"]


@pytest.mark.parametrize(
    ("make", "error"), [(lambda p: p / "nothing", MissingPath), (lambda p: p, NoDocuments)]
)
def test_documents_that_are_not_there(
    make: Callable[[Path], Path], error: type[DocumentError], tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    with pytest.raises(error):
        ask("who?", documents=make(tmp_path / "docs"))


def test_a_changed_file_is_seen_by_the_next_question(world: Path) -> None:
    question = "When was the harbour of Brell dredged?"
    before = ask(question, documents=world)
    (world / "harbour.txt").write_text(HARBOUR.replace("in 1987", "in the year 1650"))
    after = ask(question, documents=world)
    shown = [c.quote for c in (*after.citations, *after.closest)]
    assert as_json(before) != as_json(after)
    assert any("1650" in quote for quote in shown)
    assert not any("1987" in quote for quote in shown)


def test_a_rebuilt_index_is_seen_too(world: Path, index_path: Path) -> None:
    ask("eels?", documents=index_path)
    (world / "eels.md").write_text(EELS.replace("1,204", "9,999"))
    Index(index_path).update(world)
    answer = ask("How many eels did the count of 2019 find at the weir?", documents=index_path)
    assert any("9,999" in c.quote for c in (*answer.citations, *answer.closest))


@pytest.mark.slow
def test_one_engine_answers_eight_threads_the_same(talkative: Engine) -> None:
    alone = [as_json(talkative.ask(q)) for q in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda i: as_json(talkative.ask(QUESTIONS[i % 6])), range(48)))
    assert together == alone * 8


PRINT_ANSWERS = """
import json, sys
from rag import ask
for question in sys.argv[2:]:
    print(json.dumps(ask(question, documents=sys.argv[1]).to_dict()))
"""


def asked_elsewhere(index: Path, seed: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", PRINT_ANSWERS, str(index), *QUESTIONS],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(index_path: Path) -> None:
    one, other = asked_elsewhere(index_path, "1"), asked_elsewhere(index_path, "4242")
    assert one.count("\n") == len(QUESTIONS)
    assert one == other
    here = [json.dumps(ask(q, documents=index_path).to_dict()) for q in QUESTIONS]
    assert one.splitlines() == here


OURS = {"index", "rag", "seeds"}
NEEDED = {"Stemmer", "lazy_loader", "numpy", "onnxruntime", "platformdirs", "tokenizers"}
OF_THE_COMMAND_LINE = {
    "annotated_doc", "annotated_types", "pydantic", "pydantic_core", "shellingham", "typer",
    "typing_extensions", "typing_inspection", "ui",
}  # fmt: skip
# of ours, what only reads files and writes indexes
OF_WRITERS = {"index.generation.build", "index.isolation", "index.library.writer", "index.load.pdf"}
# stands for "eels?", asked of documents that are indexed; prints what is loaded then
PRINT_LOADED = """
import sys
from contextlib import redirect_stdout
from io import StringIO
with redirect_stdout(StringIO()):
    {code}
print(*sys.modules)
"""


def loaded_by(code: str) -> set[str]:
    """The modules that are loaded after `code`; with dots in their names, ours alone."""
    run = subprocess.run(
        [sys.executable, "-c", PRINT_LOADED.format(code=code)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    names = set(run.stdout.split())
    tops = {name.partition(".")[0] for name in names}
    ours = {name for name in names if name.partition(".")[0] in OURS}
    # what begins with "_" is how a checkout is installed; the other is made by compiled modules
    own = {top for top in tops if not top.startswith("_")} - {"cython_runtime"}
    return (own - sys.stdlib_module_names) | ours


def test_importing_rag_loads_nothing_heavy() -> None:
    loaded = loaded_by("import rag; from rag import __all__")
    assert {name for name in loaded if "." not in name} <= {*OURS, "lazy_loader"}


@pytest.mark.slow
@pytest.mark.parametrize("is_folder", [False, True])
def test_a_question_loads_only_what_it_needs(
    world: Path, index_path: Path, is_folder: bool
) -> None:
    """Each further library is time that passes before any answer: all at least 10 milliseconds."""
    if is_folder:
        Index.cached(world)
    documents = str(world if is_folder else index_path)
    asked = loaded_by(f"from rag import ask; ask('What kills eels?', documents={documents!r})")
    assert {name for name in asked if "." not in name} == OURS | NEEDED
    assert asked.isdisjoint(OF_WRITERS)
    unanswered = "('What kills eels?', 'Do zebras play chess?', 'How tall is the lighthuose?')"
    code = f"from rag import ask; [ask(q, documents={documents!r}) for q in {unanswered}]"
    told = loaded_by(code)  # which words are misspelt is looked for among those of the documents
    assert {name for name in told if "." not in name} == OURS | NEEDED | {"rapidfuzz"}
    assert told.isdisjoint(OF_WRITERS)
    arguments = ["ask", "What kills eels?", "--documents", documents]
    typed = loaded_by(f"from ui.cli import app; app({arguments!r}, standalone_mode=False)")
    assert {name for name in typed if "." not in name} <= OURS | NEEDED | OF_THE_COMMAND_LINE


def test_every_public_name_is_there() -> None:
    face: Any = rag
    assert all(getattr(face, name) is not None for name in face.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        face.nothing  # noqa: B018


def test_within_asks_the_chosen_documents_alone(talkative: Engine) -> None:
    chosen = {d.id for d in talkative.documents if d.source == "nested/bread.txt"}
    for question in QUESTIONS:
        answer = talkative.within(chosen).ask(question)
        assert {c.document.id for c in answer.citations} == chosen
    assert talkative.within(chosen).documents == tuple(
        d for d in talkative.documents if d.id in chosen
    )
    everything = talkative.within({d.id for d in talkative.documents})
    for question in QUESTIONS:
        assert as_json(everything.ask(question)) == as_json(talkative.ask(question))
    assert not talkative.within(()).ask(QUESTIONS[0])


def test_the_boxes_of_a_quotation_are_of_its_own_words(tmp_path: Path, talkative: Engine) -> None:
    (tmp_path / "docs").mkdir()
    said = ("The gate of the weir is shut at night.", "The keeper of the weir counts", "the eels.")
    (tmp_path / "docs" / "gate.pdf").write_bytes(pdf([lines(*said)]))
    Index(tmp_path / "gate").update(tmp_path / "docs")
    opened = store.open_index(tmp_path / "gate")
    engine = Engine(
        opened.retriever, FirstReader.shipped(), opened.documents, abstain=-1.0, generation=opened
    )
    cited = engine.ask("Who counts the eels?", max_sentences=1).citations[0]
    boxes = engine.boxes_of(cited)
    words = [cited.document.cut((box.start, box.end)) for box in boxes]
    assert " ".join(words) == cited.quote == "The keeper of the weir counts the eels."
    assert all(cited.start <= box.start < box.end <= cited.end for box in boxes)
    assert verify(Answer("", (cited,), (), 1.0))[0].status is Status.HOLDS
    other = talkative.ask(QUESTIONS[0]).citations[0]
    with pytest.raises(CitationError, match="is no document of the index in"):
        engine.boxes_of(other)
    assert talkative.boxes_of(other) == []
