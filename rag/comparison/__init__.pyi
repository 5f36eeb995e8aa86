from .composer import compose_comparison as compose_comparison
from .sides import (
    ComparedSide as ComparedSide,
    ComparisonRequest as ComparisonRequest,
    comparison_of as comparison_of,
)
