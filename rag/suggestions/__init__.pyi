from .suggest import Suggester as Suggester
