from .evaluation import evaluate as evaluate
from .files import read_answer as read_answer
from .indexing import index as index, remove as remove, status as status
from .options import (
    BROKEN_PIPE as BROKEN_PIPE,
    FAILED as FAILED,
    MISUSED as MISUSED,
    NOT_ANSWERED as NOT_ANSWERED,
    Command as Command,
    Documents as Documents,
    listing as listing,
)
from .repl import converse as converse
