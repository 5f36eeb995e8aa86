"""Documents in several languages in one index: each is found by the words of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index.generation import store
from index.generation.build import encode_documents
from index.language import Query
from index.language.analysis import stems
from index.layout.divide import layout
from index.library.index import Index
from index.passages.chunking import split
from index.passages.texts import sentence_stems
from index.pieces import Kind
from index.search.hybrid import Hybrid
from index.search.sparse import Sparse
from index.search.terms import Terms
from index.storage.checked import Checked, Draft
from index.types import Document
from rag import verify
from rag.answers import Answer
from rag.citations import Citation
from rag.compose.summary import choose, summarize
from rag.differences.differ import differing
from rag.engine import Engine
from rag.lookup import turn_of
from rag.query import AskedQuestion
from rag.questions.ask_from import questions_from
from rag.questions.casing import Casing
from rag.readings import Reading
from tests.doubles import WORLD, FakeEncoder, document
from tests.index.encoder.models import sentence_model

FORMATS = Path(__file__).parents[2] / "formats"
RUSSIAN = """Гавань посёлка Кедровый

Гавань углубили в 1987 году. Работы шли одиннадцать месяцев.

Маяк

Маяк стоит на восточном молу, его высота 41 метр. Угрей в реке Тарн стало меньше из-за турбин.
"""
ARABIC = """ميناء بني صقر

جُرِف الميناء سنة 1987، واستمر العمل أحد عشر شهرًا. أزالت الجرافة أربعمئة ألف طن من الطين.

\u200fالمنارة\u200f

تقف المنارة على الرصيف الشرقي، ويبلغ ارتفاعها 41 مترًا. هل تمر السفن ليلًا؟ نعم.
"""
HEBREW = "הנמל של ברל הועמק בשנת 1987. \u200f„המגדלור“ עומד על המזח.\u200f\n"
TEXTS = {
    **WORLD,
    "gavan.txt": RUSSIAN,
    "mina.txt": ARABIC,
    **{
        name: (FORMATS / name).read_text("utf-8")
        for name in ("hafenordnung.txt", "anguille.txt", "gangkou.txt")
    },
}
ASKED = {  # question -> source, words that answer
    "How tall is the lighthouse of Brell?": ("harbour.txt", "41 metres"),
    "Welche Gebühren zahlen Fischer im Hafen je Woche?": ("hafenordnung.txt", "4,80 Euro"),
    "Combien d'anguilles la turbine blesse-t-elle?": ("anguille.txt", "une anguille sur six"),
    "Когда углубили гавани?": ("gavan.txt", "1987 году"),
    "港口什么时候疏浚？": ("gangkou.txt", "1987年"),
    "متى جرف ميناء بني صقر؟": ("mina.txt", "1987"),
}


def retriever_over(documents: Sequence[Document]) -> Hybrid:
    encoder = FakeEncoder()
    return encode_documents(documents, encoder).retriever(encoder)


def sparse_of(texts: Mapping[str, str]) -> Sparse:
    """BM25 over texts, each with its language."""
    own = [stems(text, language) for text, language in texts.items()]
    return Sparse.build(Terms.of(own), sorted(set(texts.values())))


@pytest.fixture(scope="module")
def mixed() -> Hybrid:
    return retriever_over([document(text, source) for source, text in TEXTS.items()])


def test_every_document_has_its_language(mixed: Hybrid) -> None:
    languages = {d.source: d.language for d in mixed.passages.documents}
    assert languages == {
        **dict.fromkeys(WORLD, "en"),
        "gavan.txt": "ru",
        "mina.txt": "ar",
        "hafenordnung.txt": "de",
        "anguille.txt": "fr",
        "gangkou.txt": "zh",
    }
    assert mixed.sparse.languages == ("ar", "de", "en", "fr", "ru", "zh")


@pytest.mark.parametrize("question", ASKED)
def test_a_question_finds_the_document_in_its_language(mixed: Hybrid, question: str) -> None:
    source, words = ASKED[question]
    assert mixed.search(Query(question), 1)[0].passage.document.source == source
    ((row, _), *_) = mixed.sparse.search(Query(question), 1)
    assert words in mixed.passages[row].text


def test_a_german_question_finds_german_though_english_shares_its_stop_words() -> None:
    found = retriever_over(
        [
            document("Did anyone die in the war? They die in war. So was it, also hat and rat."),
            document("Der Rat von Nordersiel hat den Hafen im Jahr 1987 für die Fischer geräumt."),
        ]
    )
    question = "Was war die Folge, als die Häfen geräumt waren?"
    assert found.sparse.languages == ("de", "en")
    (row, _), *others = found.sparse.search(Query(question), 5)
    assert found.passages[row].document.language == "de"
    assert others == []  # "war" and "die" ask for nothing
    assert found.search(Query("Did anyone die in the war?"), 1)[0].passage.document.language == "en"


def test_a_word_is_unknown_where_no_language_knows_it(mixed: Hybrid) -> None:
    def unknown(question: str) -> tuple[str, ...]:
        return mixed.missing(Query(question)).nowhere

    assert unknown("Welche Gebühren kosten die Häfen in Zürich?") == ("kosten", "Zürich")
    assert unknown("How tall are the lighthouses of Zürich?") == ("Zürich",)
    assert unknown("疏浚港口") == ()
    assert unknown("核能电站") == ("核能电站",)


def test_english_alone_is_asked_in_english_alone() -> None:
    found = retriever_over([document(text, source) for source, text in WORLD.items()])
    assert found.sparse.languages == ("en",)
    missing = found.missing(Query("Wann war die Flut?"))
    assert missing.nowhere == ("Wann", "die", "Flut")
    assert [mention.word for mention in missing.mentions] == ["war"]  # in "warm"


def test_the_languages_of_an_index_are_kept(tmp_path: Path) -> None:
    draft = Draft(tmp_path)
    terms = Terms.of([stems("die Häfen", "de"), stems("the eels", "en")])
    terms.save(draft)
    Sparse.build(terms, ["de", "en"]).save(draft)
    loaded = Sparse.load(Checked(tmp_path, draft.entries))
    assert loaded.languages == ("de", "en")
    assert [row for row, _ in loaded.search(Query("Hafen"), 5)] == [0]


def test_a_shared_stem_is_counted_once() -> None:
    alone = sparse_of({"Brell Brell": "en", "mud": "en"})
    both = sparse_of({"Brell Brell": "de", "mud": "en"})
    assert both.scores(Query("Brell Brell")).tolist() == alone.scores(Query("Brell Brell")).tolist()


def sentences(made: Document) -> list[str]:
    return [made.text[p.start : p.end] for p in layout(made) if p.kind is Kind.SENTENCE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Der Hafen wird am 3. Mai geräumt, d. h. bald. Er bleibt bis zum 10. Juni geschlossen.",
            ["Der Hafen wird am 3. Mai geräumt, d. h. bald.",
             "Er bleibt bis zum 10. Juni geschlossen."],
        ),
        (
            "港口疏浚了！花了十一个月。为什么？因为水浅。",
            ["港口疏浚了！", "花了十一个月。", "为什么？", "因为水浅。"],
        ),
        (
            "جُرِف الميناء عام 1987. هل انتهى العمل؟ نعم، انتهى.",
            ["جُرِف الميناء عام 1987.", "هل انتهى العمل؟", "نعم، انتهى."],
        ),
    ],
)  # fmt: skip
def test_sentences_end_by_the_rules_of_the_language(text: str, expected: list[str]) -> None:
    assert sentences(document(text)) == expected


@pytest.mark.parametrize("language", ["en", "de", "xx", "vo", ""])
def test_a_language_without_rules_is_split_by_the_english_ones(language: str) -> None:
    made = document("Dr. Holm saw it. She left.")
    told = Document(made.id, made.text, "", "", {"language": language}, made.blocks)
    assert sentences(told) == ["Dr. Holm saw it.", "She left."]


def cited(made: Document, quote: str) -> Citation:
    start = made.text.index(quote)
    return Citation(made, start, start + len(quote), None, 1.0, 1)


def test_what_reads_english_alone_is_silent_elsewhere() -> None:
    one = document("Der Hafen von Brell ist nicht offen, sagte der Bürgermeister am Montag im Rat.")
    other = document("Der Hafen von Brell ist offen, sagte der Bürgermeister am Montag im Rat.")
    assert (one.language, other.language) == ("de", "de")
    answer = Answer("Hafen?", (cited(one, one.text), cited(other, other.text)), (), 0.9)
    assert differing(answer) == ()
    (passage,) = split(
        document((FORMATS / "anguille.txt").read_text("utf-8")), FakeEncoder().count_tokens
    )[-1:]
    assert list(questions_from(passage, Casing(passage.document.text))) == []


def test_an_answer_is_in_the_language_of_its_best_quotation(mixed: Hybrid) -> None:
    german = next(d for d in mixed.passages.documents if d.language == "de")
    answer = Answer("Hafen?", (cited(german, "Aalfang"),), (), 0.9)
    assert answer.language == turn_of(answer).language == "de"
    abstained = Answer("Hafen?", (), (), 0.1, (cited(german, "Aalfang"),))
    assert abstained.language == turn_of(abstained).language == "de"
    assert Answer("Hafen?", (), (), 0.1).language == "en"


def test_a_sentence_is_new_by_its_own_languages_words(mixed: Hybrid) -> None:
    asked = AskedQuestion("Häfen und eels und der Siel")
    hits = mixed.search(asked, 4)
    readings = [Reading(h, s.span, 1.0, 0.9) for h in hits for s in h.passage.sentences]
    chosen = summarize(choose(asked, readings, 4, 5.0))
    assert {c.document.language for c in chosen} >= {"de", "en"}
    assert all(c.quote == c.document.text[c.start : c.end] for c in chosen)


def test_evidence_is_counted_in_the_documents_language(mixed: Hybrid) -> None:
    (hit, *_) = mixed.search(Query("Sind in den Häfen Reusen verboten?"), 1)
    assert hit.evidence is not None
    for sentence, coverage in zip(hit.passage.sentences, hit.evidence.coverage, strict=True):
        own = set(sentence_stems(hit.passage.document, sentence).all)
        assert (coverage > 0) == bool(own & {"haf", "reus", "verbot"})


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_multilingual_model_indexes_and_answers_in_six_languages(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    for source, text in {**TEXTS, "namal.txt": HEBREW}.items():
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text(text, "utf-8")
    model = sentence_model(tmp_path, "xlm-roberta", "mean", "normalize")
    Index(tmp_path / "index").update(folder, model=str(model))
    index = store.open_index(tmp_path / "index")
    assert {d.language for d in index.documents} == {"ar", "de", "en", "fr", "he", "ru", "zh"}
    engine = Engine.open(tmp_path / "index")
    for question, (source, _) in ASKED.items():
        # by words: the model's weights are random
        ((row, _), *_) = index.retriever.sparse.search(Query(question), 1)
        assert index.retriever.passages[row].document.source == source
        hits = index.retriever.search(Query(question), 3)
        assert source in [hit.passage.document.source for hit in hits]
        answer = engine.ask(question, history=[engine.ask("Wann?")])
        for citation in (*answer.citations, *answer.closest):
            assert citation.quote == citation.document.text[citation.start : citation.end]
        assert all(v.status.value == "holds" for v in verify(answer.to_dict(), index.documents))
