from .annotator import Annotator as Annotator
from .kept import FOLDER as FOLDER, KeptAnnotations as KeptAnnotations
from .making import (
    annotate as annotate,
    annotated as annotated,
    counts as counts,
    delete_half_written as delete_half_written,
    keep_only as keep_only,
)
