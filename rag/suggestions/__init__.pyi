from .ask_from import CandidateQuestion as CandidateQuestion, questions_from as questions_from
from .casing import Casing as Casing
from .clause import Clause as Clause, clause_of as clause_of
from .suggest import Suggester as Suggester
