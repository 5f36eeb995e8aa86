from .feedback import feedback_file as feedback_file, record as record
from .figures import Share as Share
from .judgement import ExpectedQuote as ExpectedQuote, Judgement as Judgement
from .questions import (
    GoldenQuestion as GoldenQuestion,
    parse_questions as parse_questions,
    read_questions as read_questions,
)
from .report import Report as Report, evaluate as evaluate, examine as examine
