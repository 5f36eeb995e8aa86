from .alone import (
    date_pattern as date_pattern,
    month_pattern as month_pattern,
    period_of as period_of,
)
from .expressions import (
    Date as Date,
    DateExpression as DateExpression,
    WrittenDate as WrittenDate,
    date_expressions as date_expressions,
    written_dates as written_dates,
)
from .grammar import month_names as month_names
from .period import Period as Period, between as between
from .reading import RelativeDate as RelativeDate
