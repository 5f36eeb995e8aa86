from .parsers import Parsers as Parsers, ahead as ahead
