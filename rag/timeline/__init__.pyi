from .composer import compose_timeline as compose_timeline
from .dated import (
    DatedDocument as DatedDocument,
    DatedSentence as DatedSentence,
    DatedSentences as DatedSentences,
    dated_document as dated_document,
    own_date as own_date,
    read_dated as read_dated,
)
from .ordering import (
    MOST as MOST,
    CitedTimeline as CitedTimeline,
    TimelineRequest as TimelineRequest,
    timeline as timeline,
)
