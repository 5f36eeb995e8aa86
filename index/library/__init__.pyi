from .index import Index as Index
from .look import Look as Look
from .recipe import Recipe as Recipe
from .report import FilesReport as FilesReport, UpdateReport as UpdateReport
from .status import IndexStatus as IndexStatus
