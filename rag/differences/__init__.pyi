from .differ import (
    Difference as Difference,
    DifferenceKind as DifferenceKind,
    compare as compare,
    differing as differing,
)
