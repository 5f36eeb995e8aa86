from .index import Index as Index
from .look import Look as Look
from .recipe import Recipe as Recipe
from .report import Report as Report
from .status import Status as Status
