from .ask_from import (
    WIDE as WIDE,
    CandidateQuestion as CandidateQuestion,
    asks_the_same as asks_the_same,
    questions_from as questions_from,
)
from .casing import Casing as Casing
from .clause import Clause as Clause, clause_of as clause_of
from .corpus import (
    CorpusQuestion as CorpusQuestion,
    corpus_questions as corpus_questions,
    tried as tried,
)
from .kept import QuestionsAnnotator as QuestionsAnnotator, document_questions as document_questions
from .rows import about_rows as about_rows
from .topics import about_sections as about_sections, about_topics as about_topics
