from .asking import ask as ask, chat as chat
from .briefing import brief as brief
from .caching import cache_app as cache_app
from .evaluation import evaluate as evaluate
from .gathering import questions as questions, timeline as timeline, who as who
from .indexing import index as index, remove as remove, status as status
from .options import (
    BROKEN_PIPE as BROKEN_PIPE,
    FAILED as FAILED,
    MISUSED as MISUSED,
    Command as Command,
)
from .overviewing import about as about
from .relating import related as related
from .tabling import table as table
from .verifying import verify as verify
