from .briefing import (
    TOP as TOP,
    BriefRequest as BriefRequest,
    CitedBrief as CitedBrief,
    brief as brief,
)
from .grouping import Subject as Subject, subjects as subjects
from .seen import LAST as LAST, SeenBefore as SeenBefore, first_day as first_day
from .strength import by_turns as by_turns, strongest as strongest, strongest_of as strongest_of
