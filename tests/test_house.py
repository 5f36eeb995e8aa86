"""Nobody reaches past a room's face, no class name means two things, and each module has a test.

What is in a room is imported from outside by its face alone.
A room is a folder of `index`, `rag` or `ui`; its face is its `__init__`. From `index`, rag and ui
take what `index/__init__` itself offers, and nothing deeper. import-linter holds the order of the
rooms.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PROGRAM = ("index", "rag", "ui")
# what is used as a namespace of its own: `disk.write` says more than `write`
NAMESPACES = {"index.storage.cache", "index.storage.disk", "ui.page.frame"}
# what reads or changes a room's inside since that is what it measures or fits
INSIDERS = {
    "benchmarks.decoding": {"index.load.decode"},  # bytes, of no format yet
    "benchmarks.kit.sets": {"index.load.text"},  # a paragraph that stands in no file
    "benchmarks.million": {"index.generation.contents"},  # times each stage of writing
    "benchmarks.page_load": {"ui.server.limits"},
    "benchmarks.pages": {  # runs, in an order that no file at hand has them in
        "index.load.pdf.flow",
        "index.load.pdf.pdfium",
        "index.load.pdf.sheet",
        "index.load.pdf.words",
    },
}


def modules() -> dict[str, Path]:
    """Every module of the program and of what measures it, by its dotted name."""
    files = (
        f for top in (*PROGRAM, "benchmarks", "training") for f in (REPOSITORY / top).rglob("*.py")
    )
    return {name_of(file): file for file in files}


def name_of(file: Path) -> str:
    """The dotted name of a module's file."""
    parts = file.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = modules()
ROOMS = {
    name
    for name, file in MODULES.items()
    if name.count(".") == 1 and name.startswith(PROGRAM) and file.name == "__init__.py"
}


def imported(file: Path) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name in MODULES)


def past_a_face(importer: str, target: str) -> bool:
    """Whether the module `importer` reaches past a face to import `target`."""
    top, *below = target.split(".")
    room = ".".join(target.split(".")[:2])
    own = importer.split(".")[0]
    if own in ("rag", "ui") and top == "index":
        return bool(below)
    inside = target not in NAMESPACES | {room} and room in ROOMS
    return inside and importer != room and not importer.startswith(f"{room}.")


@pytest.mark.slow
def test_nobody_reaches_past_a_face() -> None:
    reached = {
        name: {target for target in imported(file) if past_a_face(name, target)}
        for name, file in MODULES.items()
    }
    assert {name: found for name, found in reached.items() if found} == INSIDERS


@pytest.mark.parametrize(
    ("importer", "target", "is_past"),
    [
        ("rag.engine", "index", False),
        ("rag.engine", "index.language", True),
        ("index.search.dense", "index.language", False),
        ("index.search.dense", "index.language.detect", True),
        ("index.search.dense", "index.search.cells", False),
        ("index.search.dense", "index.types", False),
        ("ui.cli", "rag.engine", False),
        ("ui.cli", "rag.reader.pairs", True),
        ("training.fit", "index.language", False),
    ],
)
def test_what_reaches_past_one(importer: str, target: str, is_past: bool) -> None:
    assert past_a_face(importer, target) is is_past


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_no_face_offers_a_name_that_one_of_its_modules_has(room: str) -> None:
    """Python would show one and then the other, by what was imported first."""
    face = MODULES[room].with_suffix(".pyi")
    if face.exists():
        offered = {
            a.asname
            for n in ast.walk(ast.parse(face.read_text("utf-8")))
            if isinstance(n, ast.ImportFrom) and n.module
            for a in n.names
        }
        assert not offered & {file.stem for file in face.parent.iterdir()}


# Where the test of a module is, that is called otherwise: most are the inner parts of one thing,
# which is tested through its face, as it is used.
ELSEWHERE = {
    # a format is tested by what is read of whole files
    "index.load.epub.*": "index/load/test_epub.py",
    "index.load.html.*": "index/load/test_html.py",
    "index.load.mail.*": "index/load/test_mail.py",
    "index.load.records.*": "index/load/test_records.py",
    "index.load.rst.*": "index/load/test_rst.py",
    "index.load.pdf.meta": "index/load/test_pdf.py",
    "index.load.pdf.pdfium": "index/load/test_pdf.py",
    "index.load.pdf.calls": "index/load/test_pdf.py",
    "index.load.pdf.tags": "index/load/pdf/test_structure.py",
    "index.load.pdf.ink": "index/load/pdf/test_unseen.py",
    "index.load.pdf.fields": "index/load/pdf/test_filled.py",
    "index.load.pdf.labels": "index/load/pdf/test_filled.py",
    "index.load.pdf.layer": "index/load/pdf/test_filled.py",
    "index.load.pdf.aligned": "index/load/pdf/test_tables.py",
    "index.load.pdf.extents": "index/load/pdf/test_tables.py",
    "index.load.pdf.heads": "index/load/pdf/test_tables.py",
    "index.load.pdf.lattice": "index/load/pdf/test_tables.py",
    "index.load.pdf.rows": "index/load/pdf/test_tables.py",
    "index.load.pdf.ruled": "index/load/pdf/test_tables.py",
    "index.load.pdf.strokes": "index/load/pdf/test_tables.py",
    "index.load.pdf.tagged": "index/load/pdf/test_tables.py",
    "index.load.pdf.*": "index/load/pdf/test_layout.py",
    "index.load.office.*.sight": "index/load/office/test_sight.py",
    "index.load.office.excel.*": "index/load/office/test_excel.py",
    "index.load.office.slides.*": "index/load/office/test_slides.py",
    "index.load.office.word.*": "index/load/office/test_word.py",
    "index.load.office.package": "index/load/office/test_mistaken.py",
    "index.load.sheets.lines": "index/load/office/test_excel.py",
    "index.load.loaders": "index/load/test_archive.py",
    "index.load.running": "index/load/text/test_running.py",
    "index.load.unseen": "index/load/office/test_sight.py",
    # passages are tested with what divides texts, and their table with what reads it
    "index.passages.*": "index/layout/test_divide.py",
    "index.pieces": "index/isolation/test_laid_out.py",
    # what says the same: one oracle for all of it
    "index.copies.*": "index/copies/test_near.py",
    "index.encoder.compile": "index/encoder/test_encode.py",
    "index.encoder.models": "index/encoder/test_encode.py",
    "index.encoder.remember": "index/library/test_updating.py",
    "index.files.patterns": "index/files/test_ignore.py",
    "index.files.roots": "index/files/test_walk.py",
    # an index on disk is written and read as a whole
    "index.annotations.annotator": "rag/test_annotators.py",
    "index.generation.*": "index/generation/test_store.py",
    "index.storage.checked": "torture/test_properties.py",
    "index.storage.manifest": "torture/test_properties.py",
    # the process that reads files is used through its parsers
    "index.isolation.*": "index/isolation/test_parsers.py",
    "index.limits": "index/isolation/test_parsers.py",
    # keeping up is one job
    "index.library.passed": "index/files/test_walk.py",
    "index.library.status": "index/files/test_walk.py",
    "index.library.found": "torture/test_fuzz.py",
    "index.library.*": "index/library/test_updating.py",
    # a search is compared with an oracle as a whole
    "index.search.coverage": "index/search/test_hybrid.py",
    "index.search.dense": "index/search/test_hybrid.py",
    "index.search.nearest": "index/search/test_cells.py",
    "index.search.mentions": "index/search/test_missing.py",
    "index.search.sparse": "index/search/test_postings.py",
    "index.search.surroundings": "index/search/test_missing.py",
    "index.search.retriever": "rag/test_engine.py",
    "index.errors": "ui/server/test_refused.py",  # each of them, as a person is told of it
    "index.types": "rag/test_answers.py",  # documents and passages with what is cut from them
    "index.offline": "test_network.py",
    "rag.citations": "rag/test_answers.py",  # whose JSON holds them
    "rag.readings": "rag/reader/test_trained.py",
    "rag.compose.composed": "rag/test_composers.py",
    "rag.compose.counted_rows": "rag/compose/test_listing.py",
    "rag.compose.fact": "rag/compose/test_summary.py",
    "rag.compose.headed": "rag/compose/test_listing.py",
    "rag.dates.grammar": "rag/dates/test_expressions.py",
    "rag.dates.reading": "rag/dates/test_expressions.py",
    "rag.differences.claims": "rag/differences/test_differ.py",
    "rag.evaluation.judgement": "rag/evaluation/test_report.py",
    "rag.lookup": "rag/test_engine.py",
    "rag.proof.carrying": "rag/proof/test_renewing.py",
    "rag.proof.current": "rag/proof/test_tracing.py",
    "rag.proof.places": "rag/proof/test_tracing.py",
    "rag.proof.verdicts": "rag/proof/test_verifying.py",
    "rag.reader.candidates": "rag/reader/test_emphasis.py",
    "rag.reader.cross_encoder": "rag/reader/test_trained.py",
    "rag.reader.features": "rag/reader/test_trained.py",
    "rag.reader.first": "rag/reader/test_trained.py",
    "rag.statements.wording": "rag/statements/test_sameness.py",
    "rag.questions.*": "rag/questions/test_ask_from.py",
    # commands are run; pages are drawn, and opened in a browser
    "ui.commands.asking": "ui/test_cli.py",
    "ui.commands.caching": "ui/test_cli.py",
    "ui.commands.verifying": "ui/test_cli.py",
    "ui.commands.options": "ui/test_cli.py",
    "ui.commands.annotating": "ui/commands/test_overviewing.py",
    "ui.commands.output": "ui/commands/test_overviewing.py",
    "ui.show.table.*": "ui/show/test_table.py",
    "ui.commands.watch": "ui/commands/test_indexing.py",
    "ui.terminal": "ui/test_cli.py",
    "ui.show.candidates": "rag/test_explanation.py",
    "ui.show.html": "ui/show/test_text.py",
    "ui.show.as_json": "ui/show/test_text.py",
    "ui.show.markdown": "ui/show/test_text.py",
    "ui.show.phrases": "ui/show/test_text.py",
    "ui.show.plain": "ui/show/test_text.py",
    "ui.show.unread": "ui/commands/test_indexing.py",
    "ui.show.report": "ui/commands/test_evaluation.py",
    "ui.show.status": "ui/commands/test_indexing.py",
    "ui.page.*": "ui/page/test_pages.py",
    "ui.server.chat": "ui/server/test_session.py",
    "ui.server.dropped": "ui/server/test_session.py",
    "ui.server.actions": "ui/server/test_session.py",
    "ui.server.answering": "ui/server/test_session.py",
    "ui.server.blocks": "ui/server/gate/test_calls.py",
    "ui.server.sessions": "ui/server/test_session.py",
    "ui.server.upload": "ui/server/test_limits.py",
    "ui.server.views": "ui/server/test_refused.py",
    "ui.server.gate.connection": "ui/server/test_limits.py",
    "ui.server.gate.origin": "ui/server/gate/test_gate.py",
    "ui.server.gate.proxies": "ui/server/gate/test_gate.py",
    "ui.server.gate.refusal": "ui/server/gate/test_calls.py",
    # the sets are measured by one command
    "benchmarks.kit.designed": "benchmarks/test_pages.py",
    "benchmarks.kit.designed_web": "benchmarks/test_pages.py",
    "benchmarks.kit.designed_rows": "benchmarks/test_pages.py",
    "benchmarks.golden": "golden/test_golden_questions.py",
    "benchmarks.edits": "rag/proof/test_tracing.py",
    "benchmarks.differing": "rag/differences/test_differ.py",
    "benchmarks.manifest": "test_manifests.py",
    "benchmarks.page_load": "ui/server/test_web.py",
    "benchmarks.kit.growing": "index/test_growth.py",
    "benchmarks.kit.apart": "benchmarks/test_million.py",
    "index.engines.*": "index/engines/test_collection.py",
    "benchmarks.kit.nearest": "benchmarks/test_million.py",
    "benchmarks.kit.canard": "training/test_repeats.py",
    "benchmarks.kit.abstracts": "benchmarks/test_quality.py",
    "benchmarks.kit.corpora": "benchmarks/test_quality.py",
    "benchmarks.kit.curves": "benchmarks/test_quality.py",
    "benchmarks.kit.excerpts": "benchmarks/test_quality.py",
    "benchmarks.kit.passages": "benchmarks/test_quality.py",
    "benchmarks.kit.sets": "benchmarks/test_quality.py",
    "benchmarks.kit.squad2": "benchmarks/test_quality.py",
    "benchmarks.kit.two_facts": "benchmarks/test_quality.py",
    "benchmarks.kit.wiki": "benchmarks/test_quality.py",
    "benchmarks.kit.overviews": "benchmarks/test_summary.py",
    "benchmarks.kit.tables": "benchmarks/kit/test_cells.py",
    "benchmarks.kit.tabled": "benchmarks/kit/test_cells.py",
    "benchmarks.kit.articles": "benchmarks/kit/test_compared.py",
    "benchmarks.kit.second_readers": "benchmarks/kit/test_compared.py",
    "benchmarks.kit.typeset": "benchmarks/kit/test_compared.py",
    "benchmarks.kit.written": "benchmarks/kit/test_compared.py",
    "benchmarks.kit.bounded": "index/load/pdf/test_boxes.py",
    "training.manifest": "test_manifests.py",
    "training.questions": "training/test_made.py",
    "training.batches": "training/test_teacher.py",
    "training.model": "training/test_restore.py",
    "training.train": "training/test_export.py",
}
# They measure, or fit, what lies outside the repository: a person runs them and reads what they
# print, and RESULTS.md and the model card say of which code that is.
BY_HAND = {
    *(f"benchmarks.{name}" for name in (
        "answers", "boxes", "compounds", "conversation", "decoding", "encoder", "engines",
        "formats", "isolation", "judged", "libraries", "linear", "mattering", "nowhere",
        "offered", "page", "pdf_time", "poison", "reading", "scale", "screenshots", "speed",
        "subjects", "suggestions", "table", "thousand", "update",
    )),
    *(f"benchmarks.kit.{name}" for name in (
        "answering", "designed_office", "designed_set", "encoded", "growth", "others",
        "printed", "programs", "reading_time", "starting", "warm",
    )),
    *(f"training.{name}" for name in (
        "calibrate", "first_reader", "follow_ups", "harden", "margins", "planted", "teach",
    )),
}  # fmt: skip
TESTS = Path(__file__).parent


def named_test(module: str) -> str:
    """The test file that bears a module's name, by its path in `tests`."""
    *folders, name = module.split(".")
    return "/".join([*folders, f"test_{name}.py"])


def says_something(name: str) -> bool:
    """Whether a module is more than a room's face or the way in."""
    file = MODULES[name]
    body = ast.parse(file.read_text("utf-8")).body
    return file.stem != "__main__" and any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body
    )


def elsewhere(module: str) -> str | None:
    """The pattern of `ELSEWHERE` that a module is tested by: the first that matches."""
    return next((pattern for pattern in ELSEWHERE if fnmatchcase(module, pattern)), None)


UNNAMED = [
    name for name in MODULES if says_something(name) and not (TESTS / named_test(name)).exists()
]


@pytest.mark.parametrize("module", sorted(UNNAMED))
def test_a_module_without_a_test_of_its_name_says_where_its_test_is(module: str) -> None:
    assert (module in BY_HAND) != (elsewhere(module) is not None), (
        f"write tests/{named_test(module)}, or say above where {module} is tested"
    )


def test_what_is_said_to_be_tested_elsewhere_is_there_and_has_no_test_of_its_name() -> None:
    assert {test for test in ELSEWHERE.values() if not (TESTS / test).is_file()} == set()
    assert set(ELSEWHERE) - set(map(elsewhere, UNNAMED)) == set()
    assert BY_HAND - set(UNNAMED) == set()


@pytest.mark.slow
def test_no_class_name_stands_twice() -> None:
    names = Counter(
        node.name
        for file in MODULES.values()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []
