from .index import Index as Index
from .look import Look as Look
from .passed import (
    Passed as Passed,
    note_passed_over as note_passed_over,
    passed_over as passed_over,
)
from .recipe import Recipe as Recipe
from .report import FilesReport as FilesReport, UpdateReport as UpdateReport
from .status import IndexStatus as IndexStatus
