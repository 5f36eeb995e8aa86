from .cells import (
    AnswerCell as AnswerCell,
    AnswerTable as AnswerTable,
    DocumentRow as DocumentRow,
)
from .columns import (
    ColumnKind as ColumnKind,
    TableColumn as TableColumn,
    columns_of as columns_of,
    parse_columns as parse_columns,
    read_columns as read_columns,
)
from .cuts import cut_out as cut_out
from .filling import (
    fill as fill,
    fill_rows as fill_rows,
    require_cells as require_cells,
    tabulate as tabulate,
)
from .values import sort_key as sort_key
