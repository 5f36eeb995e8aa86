from .expected import Expected as Expected
from .frames import (
    BadFrame as BadFrame,
    frame_of as frame_of,
    packed as packed,
    parsed as parsed,
    received as received,
)
from .parsers import Parsers as Parsers, ahead as ahead
