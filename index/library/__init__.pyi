from .index import Index as Index
from .recipe import Recipe as Recipe
from .report import Report as Report
from .status import Status as Status
