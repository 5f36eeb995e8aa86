"""What kind of answer a question asks for, and what is said of an answer of that kind.

The words of a question say it, in English and, of its most common forms, in German. What is not
surely asked for as another kind is a fact: who gets an overview for a fact has lost more than who
gets a fact for an overview.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from rag.query import AskedQuestion


class QuestionKind(Enum):
    """What is asked for; the value is what a person reads: "Read as: an overview"."""

    FACT = "a fact"
    OVERVIEW = "an overview"
    COMPARISON = "a comparison"
    VIEWPOINTS = "for and against"
    LIST = "a list"
    COUNT = "a count"


class CitationGroup(NamedTuple):
    """A label that is ours, and the numbers of the answer's quotations that stand under it."""

    label: str
    numbers: tuple[int, ...]


class Counted(Enum):
    """What was counted for a list or a count."""

    ROWS = "rows"  # of tables
    VALUES = "values"  # in a column of a table, each once
    MEMBERS = "members"  # of one list of a text
    SENTENCES = "sentences"


class Tally(NamedTuple):
    """How many were found for a list or a count: more than are quoted where there are very many.

    `source` is the one table whose rows or values they are, `label` the column. They hold each of
    `words`, and of those that stand together one or more.
    """

    number: int
    of: Counted
    source: str = ""
    words: tuple[tuple[str, ...], ...] = ()
    label: str = ""


def kind_of(question: AskedQuestion) -> QuestionKind:
    """The kind of answer that a question asks for by its words; a fact where they do not say."""
    asked = _FRAME.sub("", question.cleaned.casefold().replace("’", "'"), count=1)
    for kind, patterns in _signs().items():
        if any(pattern.search(asked) for pattern in patterns):
            return kind
    return QuestionKind.FACT


# what stands before a question and asks nothing: "hi, could you please tell me"
_FRAME = re.compile(
    r"""\A(?:(?:in|from|within|according\ to|im|laut)\ (?!what|which|how|wie|welche)[^,?]{1,60},)?\W*(?:(?:hi|hello|hey|hallo|ok(?:ay)?|so|well|now|and|please|pls|plz|kindly|just|quickly|bitte
        |(?:can|could|would|will)\ (?:you|u)|(?:kannst|könntest)\ du|(?:können|könnten)\ sie
        |i\ (?:want|need|would\ like)\ (?:you\ )?to(?:\ know)?|i'd\ like\ (?:you\ )?to(?:\ know)?
        |i\ (?:want|need)|i'd\ like|tell\ (?:me|us)(?!\ about|\ (?:all|more|everything))
        |do\ you\ know|mir|mal)\b[\s,.!:-]*)*""",
    re.VERBOSE,
)
_NUMBERED = r"(?:one|two|three|four|five|six|\d{1,2}|a\ few|some)"
_DOCUMENT = (
    r"(?:documents?|docs?|files?|folder|papers?|articles?|reports?|texts?|books?|contracts?|leases?"
    r"|minutes|interviews?|transcripts?|studies|study|essays?|stor(?:y|ies)|letters?|e?mails?|memos?"
    r"|guides?|manuals?|sources?|tables?|sheets?|spreadsheets?|collection|agreements?|policy"
    r"|policies|chapters?|notes|pdfs?|slides|presentations?)"
)
# begins what is asked of a single thing
_ONE = r"\A(?!(?:who|whom|whose|when|where|why|how\ (?:many|much|long|old|far)|by\ how)\b)"
_COMPARATIVE = (
    r"(?:more|less|fewer|better|worse|cheaper|dearer|bigger|larger|smaller|longer|shorter|older"
    r"|newer|younger|faster|slower|quicker|higher|lower|taller|stronger|weaker|heavier|lighter"
    r"|earlier|later|sooner|closer|nearer|safer|riskier|richer|poorer|deeper|wider|warmer|colder"
    r"|hotter|louder|quieter|easier|harder|stricter|sweeter|busier|healthier)"
)
_POLICY = (
    r"(?:allowed|banned|forbidden|prohibited|abolished|regulated|legal(?:i[sz]ed)?|illegal|taxed"
    r"|censored|restricted|mandatory|compulsory|privati[sz]ed|nationali[sz]ed|paid\ more)"
)
_VIEWPOINTS = (
    r"\b(?:arguments?|reasons?|points?|case)\ (?:for|against)\b(?!\ example)",
    r"\bpros?\b(?:\ (?:and|or|&)\ |\W+|\ ?/\ ?)(?:the\ )?con(?:s|tras?)\b|\Apros\ of\b|\Acons\ of\b",
    r"\b(?:dis)?advantages\b|\b(?:up|down)sides?\b|\bbenefits\ and\ (?:\w+\ )?(?:drawbacks|risks|costs|harms)",
    r"\bspeaks?\ (?:for|against|in\ favou?r)\b|\bfor\ and\ against\b|\bboth\ sides\b|\beither\ side\b",
    r"\bwhat\b.*\b(?:objections|criticisms?|critics|opponents|supporters|proponents|skeptics)\b",
    r"\A(?:the\ )?(?:objections|criticisms?)\ (?:to|of|against)\b",
    r"""\bwhat\ (?:do|did)\ (?:people|they|others|every(?:one|body)|\w+\ people|(?:the\ |our\ |most\ |some\ )?\w+s)
        \ (?:think|feel|believe|make)\b""",
    r"\bhow\ (?:do|did)\ .+\ feel\ about\b",
    r"\A(?:the\ |all\ |different\ |various\ |what\ (?:are|were)\ (?:the\ )?(?:different\ |various\ )?)*"
    r"(?:opinions?|views?|viewpoints|perspectives|attitudes)\ (?:on|of|about|towards?|regarding|whether)\b",
    r"\b(?:different|various|opposing|conflicting)\ (?:views?|viewpoints|opinions|perspectives|positions)\b",
    r"\A(?:the\ |what\ is\ the\ )?(?:debate|controversy|dispute)\ (?:about|on|over|around)\b",
    r"""\A(?:is|are|was|were|would)\ .+\ (?:(?:a|an)\ (?:good|bad|terrible|great)\ (?:idea|thing)|worth\ it
        |justified|(?:un)?ethical|(?:im)?moral|good\ or\ bad|right\ or\ wrong|a\ threat\ or)\b""",
    rf"\Ashould\ (?!i\b|you\b).+\ (?:be|become|stay)\ (?:\w+ly\ )?(?:more\ )?{_POLICY}\b",
    r"\Ashould\ (?!i\b|you\b).+?\ (?:build|ban|allow|introduce|abolish|legali[sz]e|regulate|forbid|subsidi[sz]e)\b",
    r"\A(?:who|which\ \w+s?)\ (?:is|are|was|were|supports?|backs?|favou?rs?)\b.+\b(?:and|or)\ (?:who|which|what)?\b.*"
    r"\b(?:against|oppose[sd]?|opposed|rejects?)\b",
    r"""\Ado\ (?:people|most\ people|they|every(?:one|body)|(?:the\ |our\ |most\ )\w+s)
        \ (?:like|want|support|favou?r|prefer|approve|oppose|believe|think|trust)\b""",
    r"\bspr(?:icht|echen)\b.*\b(?:für|gegen|dafür|dagegen)\b|\bfür\ und\ (?:gegen|wider)\b",
    r"\b(?:vor|nach)(?:-\ (?:und|oder)\ |teile\b)|\bargumente\b|\bmeinungen\b|\bpro\ (?:und|&)\ [ck]ontra\b",
    r"\bwas\ (?:halten|denken|meinen)\b",
)  # fmt: skip
_COMPARISON = (
    r"\A(?:compa(?:re|ir|ring)|contrast|juxtapose)\b",
    r"\A(?:(?:make|do|give\ me|draw\ up|show\ me)\ )?(?:a\ |the\ )?(?:\w+\ )?comparison\ (?:of|between|with)\b",
    rf"{_ONE}.*\b(?:compared?|in\ comparison)\ (?:to|with)\b",
    rf"{_ONE}.*\b(?:differences?|similarit(?:y|ies))\ (?:between|among|in|of)\b",
    r"\bhow\ (?:do|does|did|is|are|was|were)\ .+\ (?:differ(?:ent)?|compare|stack\ up|alike|similar)\b",
    r"\b(?:in\ (?:what|which)\ (?:ways?|respects?)|how\ far)\b.*\b(?:alike|similar|differ(?:ent)?|same)\b",
    rf"{_ONE}.*\b(?:vs\.?|versus)(?!\w)",
    r"\bha(?:ve|s|d)\ in\ common\b|\A(?:what|which\ \w+)\ (?:distinguish(?:es)?|sets?\ .+\ apart)\b|\bside\ by\ side\b",
    rf"\A(?:what|where|how|on\ what|do|does)\b.*\b(?:the\ |these\ |both\ |two\ |three\ |{_DOCUMENT}\ )"
    r".*\b(?:disagree|contradict(?:\ each\ other|\ one\ another)?|conflict|diverge|differ)\b",
    r"\A(?:do|does|did)\ .+\band\b.+\b(?:dis)?agree\b",
    rf"\A(?:which|who|what)\b.*\b{_COMPARATIVE}\b.*\bor\b",
    rf"\Awhich\ of\ (?:the|these|those|my|our)\ (?:two|three|four|both)\b.*\b(?:{_COMPARATIVE}|the\ (?:most|least|\w+est))\b",
    r"\bhow\ (?:has|have|had|did)\b.*\bchanged?\ (?:from|between)\b|\bwhat\ (?:has\ |have\ )?changed\ (?:from|between)\b",
    r"\bvergleich(?:e|en|t)?\b(?!\w)|\bunterschiede?\ zwischen\b|\bunterscheide[nt]\b|\bgemeinsamkeiten\b",
    r"\bhaben\b.*\bgemeinsam\b",
)  # fmt: skip
_GIST = (
    r"(?:summary|overview|gist|synopsis|outline|run-?down|recap|digest|run-?through|abstract|tl;?dr"
    r"|zusammenfassung|überblick|übersicht|kurzfassung)"
)
_MAIN = (
    r"(?:(?:main|key|central|core|principal|major|essential|most\ important|basic|overall|biggest)\ "
    r"(?:points?|ideas?|arguments?|themes?|thesis|theses|messages?|take-?aways?|findings?|conclusions?"
    r"|claims?|topics?|results|lessons?|insights?|facts|things|statements?|aspects))"
)
_OVERVIEW = (
    r"\A(?:summari[sz]e|sum\ (?:up|it|this|them)|recap|condense|outline|brief\ me|tl;?dr)\b",
    rf"\A(?:(?:give|show|make|write|provide|get|send|do|draw\ up)\ )?(?:me\ |us\ )?(?:an?\ |the\ )?"
    rf"(?:\w+\ ){{0,2}}?{_GIST}(?:\W*\Z|\W*(?:of|on|about|over|from|for|please|pls|plz|thanks)\b)",
    rf"\A(?:what\ ?(?:'s|s|is)|was\ ist)\ (?:the|a|die|der)\ (?:\w+\ )?{_GIST}(?:\W*\Z|\ (?:of|on|about)\b)",
    r"\Awhat(?:\ is|'s|s|\ are|\ was|\ were)\ (?:(?:all\ )?(?:this|it|that|these|they|those)|(?:the|this|that|these|my|our)\ "
    r"(?:\w+\ ){0,4}?\w+)(?<!talks)(?<!speaks)(?<!asks)(?<!writes)\ (?:all\ |mainly\ |basically\ |really\ )?about\W*\Z",
    rf"\A(?!(?:who|when|where|why|how|if)\b).*\b{_MAIN}(?:\W*\Z|\ (?:of|in|from|on|about|made|is|are|that|here)\b)",
    rf"\bwhat\ ?(?:'s|s|is|are)?\ (?:it|they|this|(?:the|this|that|these)\ {_DOCUMENT})\ (?:\w+ly\ )?"
    r"(?:saying|claiming|arguing|telling)\W*\Z",
    rf"\Awhat\ do(?:es)?\ (?:it|they|this|(?:all\ )?(?:the|this|that|these)\ (?:\w+\ )?{_DOCUMENT})\ (?:\w+ly\ )?"
    r"(?:say|cover|contain|claim|argue|conclude|discuss|deal\ with|tell\ (?:me|us))\W*\Z",
    r"\Awhat\ do(?:es)?\ (?:the\ )?(?:\w+\ )?(?:chapter|part|introduction|conclusion|abstract|preface|foreword)"
    r"\b[^?]{0,40}?\ (?:say|cover|contain|argue|discuss|deal\ with)\W*\Z",
    r"\A(?:what|which)\ (?:topics|subjects|themes|areas|questions|issues)\b.*"
    r"\b(?:discuss|cover|address|deal[st]?|treat|raise)(?:ed|s)?\b",
    rf"\Awhat(?:'s|s|\ is|\ are)\ in\ (?:this|these|that|those|the|my|our|all)\ (?:\w+\ )?{_DOCUMENT}\W*\Z",
    r"\Awhat\ (?:should|must|do)\ (?:i|we|one)\ (?:need\ to\ |have\ to\ )?know\ (?:about|before)\b",
    r"\Atell\ (?:me|us)\ (?:(?:all|more|everything|something|a\ (?:bit|little))\ )?about\b",
    rf"\bin\ (?:about\ )?{_NUMBERED}\ (?:short\ )?(?:sentences?|words|lines|paragraphs?|bullet\ points|bullets)\b",
    r"\A(?:describe|explain)\b.*\b(?:briefly|in\ short|in\ brief|in\ a\ nutshell)\b|\bin\ a\ nutshell\b",
    r"\Aeverything\ (?:we|you|there|that|about|on)\b",
    r"\bfass\w*\b.*\bzusammen\b|\bworum\ geht\b|\bwovon\ handel[nt]\b|\b(?:kern|haupt)(?:aussage|punkt|these|argument|idee)\w*",
    rf"\A(?:gib|gebt|geben|mach|schreib)\w*\b.*\b{_GIST}\b|\bwas\ sind\ die\ (?:wichtigsten|zentralen|wesentlichen)\b",
)  # fmt: skip
# what is told one by one in somebody's own files, and seldom as a number
_RECORDS = (
    r"(?:projects?|invoices?|bills|contracts?|leases|tickets?|bugs?|issues|tasks?|to-?dos|(?:action\ )?items"
    r"|meetings?|appointments|orders|suppliers?|vendors?|customers?|clients?|rows?|entries|records"
    r"|interviews?|recipes?|vacanc(?:y|ies)|(?:open\ )?positions|deadlines?|decisions?|e?-?mails?|letters"
    r"|documents?|files|chapters|sections|paragraphs|mentions|complaints|deliveries|shipments"
    r"|applicants|applications|payments|transactions|reservations|bookings|milestones)"
)
_RECORDS_DE = (
    r"(?:projekte?n?|rechnungen|verträgen?|tickets|aufgaben|sitzungen|termine?n?|protokollen?|bestellungen"
    r"|lieferanten|kunden|zeilen|einträgen?|mails|briefen?|dokumenten?|dateien|kapitel|beschlüssen?"
    r"|rezepten?|bewerbungen|zahlungen)"
)
_HOW_MANY = r"(?:how\ ?man+y|(?:what\ (?:is\ |was\ )?(?:the\ )?)?(?:total\ )?number\ of)"
# says that what is counted stands in the documents one by one
_TOLD = (
    r"(?:mention(?:ed|s)?|listed|named\ in|cited?|cites|quoted|refer(?:red|s)?\ to|appears?|occurs?|come\ up"
    r"|(?:in|on|of)\ (?:the|this|that|these|my|our)\ (?:\w+\ ){0,2}?"
    r"(?:list|table|sheet|spreadsheet|csv|file|folder|documents?|minutes|register|log|database|excel|transcripts?"
    r"|interviews)|status|assigned|overdue|unpaid|outstanding"
    r"|still|(?:haven't|havent|hasn't|hasnt|not)\ .+\ yet|(?:cost|earn|weigh|pay)s?\ (?:more|less)\ than"
    r"|(?:joined|started|left|signed\ up|born|bought|sold|sent|made|due)\ (?:before|after|since)|\w+\ different)"
)
_COUNT = (
    rf"\A(?:(?:in|for|of|from|on|at|with|to)\ )?{_HOW_MANY}\ (?:of\ (?:the|our|my|these|your)\ )?(?:\w+\ )?{_RECORDS}\b",
    rf"\A(?:(?:in|for|of|from|on|at|with|to)\ )?{_HOW_MANY}\ .*\b{_TOLD}\b",
    rf"\A{_HOW_MANY}\ different\ ",
    r"\Acount\ (?:up\ )?(?:how|the|all|every|each|my|our)\b",
    r"\Ahow\ (?:often|many\ times|frequently)\ .*\b(?:mentioned|named|quoted|cited|come\ up|appear|occur|referred)\b",
    rf"\A(?:in|an|bei|mit|von)?\ ?wie\ ?viele[nr]?\ (?:\w+\ )?{_RECORDS_DE}\b",
    r"\Awie\ (?:oft|häufig)\b.*\b(?:erwähnt|genannt|vor(?:kommt|kommen)?|zitiert|auf(?:taucht|tauchen)?)\b",
)  # fmt: skip
# plural words for one thing
_SINGULAR = (
    r"(?:hours|terms|costs|fees|odds|chances|contents|details|circumstances|news|means|headquarters"
    r"|politics|physics|mathematics|economics|premises|savings|earnings|sales|times|species|series|ones"
    r"|states\b(?=\ that)|whereabouts|proceeds)"
)
_VERB = r"(?:is|was|were|are|do|does|did|has|have|had)"
_PLURAL = rf"(?!(?:{_SINGULAR}|{_VERB})\b)(?:people|children|criteria|phenomena|men|women|\w+(?<![sui])s)"
_ONE_OF_THEM = r"(?!.*\b(?:most|least|best|worst|first|last|\w{3,}est)\b)"
_IN = r"(?:in\ |on\ |at\ |for\ |with\ |from\ )?"
_WORDS = rf"(?:(?!{_VERB}\b)\w+\ ){{0,2}}?"
_OF_SEVERAL = (
    r"(?:are|were|do|did|have|had|can|could|should|must|may|might|will|would|shall|need|apply|exist"
    r"|count|belong|work|\w+ed)"
)
_LIST = (
    r"\A(?:list|enumerate|name)\ (?!price|maintenance|server)(?:me\ |out\ |up\ )?(?:(?:all|every|each|the|any|of|some|my|our)\b|\w+s\b)",
    r"\A(?:give|show|find|get|collect|extract|pull\ out|tell|search|look\ up|identify|point\ out)\ (?:me\ |us\ |out\ )?"
    r"(?:for\ )?(?:(?:a|the)\ (?:\w+\ )?list\ of|all\b|every\b|each\b|(?:the\ )?(?:names|dates|titles|addresses)\ of)",
    r"\A(?:a\ |the\ )?(?:full\ |complete\ )?list\ of\b|\A(?:all|every|each)\ (?!right)\w+(?!.*\b(?:is|are|was|were|what|who)\b)",
    r"\A(?:the\ )?(?:names|dates|titles|addresses|steps|ingredients)\b\ (?:of|to|for|in)\b",
    r"\A(?:what|which)\ (?:are|were)\ (?:all\ )?(?:the|my|our|your|their|his|her|its)\ (?:\w+\ ){0,3}?" + _PLURAL + r"\b",
    r"\A(?:what|which)\ (?:are|were)\ .*\bof\ all\b",
    rf"\A{_ONE_OF_THEM}{_IN}which\ (?:of\ the\ )?{_PLURAL}\ \w+",
    rf"\A{_ONE_OF_THEM}{_IN}(?:what|which)\ (?:all\ )?{_WORDS}{_PLURAL}\ {_OF_SEVERAL}\b",
    r"\Awho\ (?:all|else)\b|\Awho\ (?:are|were)\ (?:all\ )?(?:the|our|my)\ (?:\w+\ ){0,3}?" + _PLURAL + r"\b",
    r"\bwhat\ all\b|\b(?:all|each|every\ one)\ of\ them\b|\bstep\ by\ step\b|\bchecklist\b",
    r"\A(?:nenne?|liste|zähle?|zeige?|finde?)\b.*(?:\balle[nrs]?\b|\bauf\b|\bdie\b)|\Aalle[nrs]?\ \w+|\bwer\ alles\b|\bwas\ alles\b",
    r"\A(?:in\ |mit\ |bei\ |von\ |auf\ )?welche[nr]?\ (?:\w+\ ){1,3}?(?:sind|waren|haben|hatten|\w{2,}en)\b(?!\ (?:ist|war|hat)\b)",
    r"\Awelche\ \w+en\ (?:hat|muss|kann|darf|soll|gibt)\b|\Awas\ sind\ die\b",
)  # fmt: skip


@cache
def _signs() -> dict[QuestionKind, list[re.Pattern[str]]]:
    """What says that a kind is asked for, compiled when somebody asks; the first that fits counts.

    Who wants the arguments for and against summarised wants both sides.
    """
    patterns = {
        QuestionKind.VIEWPOINTS: _VIEWPOINTS,
        QuestionKind.COMPARISON: _COMPARISON,
        QuestionKind.OVERVIEW: _OVERVIEW,
        QuestionKind.COUNT: _COUNT,
        QuestionKind.LIST: _LIST,
    }
    return {kind: [re.compile(p, re.VERBOSE) for p in own] for kind, own in patterns.items()}
