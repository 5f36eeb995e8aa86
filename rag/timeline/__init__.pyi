from .composer import compose_timeline as compose_timeline
from .dated import (
    DatedDocument as DatedDocument,
    DatedSentence as DatedSentence,
    DatedSentences as DatedSentences,
    dated_document as dated_document,
    own_date as own_date,
    read_dated as read_dated,
)
from .expressions import DateExpression as DateExpression, date_expressions as date_expressions
from .ordering import (
    MOST as MOST,
    CitedTimeline as CitedTimeline,
    TimelineRequest as TimelineRequest,
    timeline as timeline,
)
from .period import Period as Period, between as between
