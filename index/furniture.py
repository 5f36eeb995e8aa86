"""Page furniture: what a web page says around its text. It stays in the text, never quoted.

A line is furniture when all of it is the talk of a page: a button, a menu, a notice, a call to
subscribe. A sentence that merely speaks *about* newsletters or cookies is not: the patterns ask
for the whole line, and the softer rule for a line that stands alone and addresses the reader.
"""

from __future__ import annotations

import re

_SHORT = 16  # words; longer lines are furniture only by the softer rule or as a notice

# Each pattern must match a whole line (final punctuation aside).
_LINES = re.compile(
    r"""(?xi:
    (?:home|menu|main\ menu|navigation|search|close|open\ menu|back(?:\ to\ (?:top|home|blog|news|all.*))?
      |next|previous|prev|more|see\ (?:all|more).*|view\ (?:all|more).*|show\ more|load\ more.*|\W*top\W*
      |ok(?:ay)?|accept(?:\ (?:all|cookies|all\ cookies))?|reject\ all|got\ it|dismiss|print|email|e-mail|copy\ link
      |save|bookmark|listen|play|pause|mute|like|reply|report|flag|edit|download\ (?:pdf|app|the\ app|our\ app)
      |help|faqs?|about(?:\ us)?|contact(?:\ us)?|careers|press|jobs|shop|store|cart|basket|account|my\ account)
  | skip\ (?:to|navigation).{0,40}
  | (?:loading|please\ wait)\b.{0,30}
  | (?:\d+\s+|no\ |all\ |view\ |show\ |see\ |read\ |leave\ (?:a|your)\ |add\ (?:a|your)\ |post\ a\ |write\ a\ |join\ the\ )?
    (?:comments?|repl(?:y|ies)|reviews?|discussion|conversation|responses?)(?:\s*\(\d+\))?(?:\ (?:are\ )?(?:closed|off|disabled).*)?
  | (?:want|would\ you\ like|ready)\ to\ (?:join|comment|read\ more|know\ more|learn\ more|get|hear)\b.{0,60}
  | be\ the\ first\ to\ (?:comment|reply|know|share).{0,30}
  | what\ do\ you\ think\?.{0,60}
  | (?:sign|log)[ -]?(?:in|up|on|out)\b.{0,80}
  | (?:please\ )?(?:register|subscribe|unsubscribe|donate)\b(?:\ (?:now|today|here|free|for|to|from|and|or|in|with|via|by)\b.{0,70})?
  | (?:create|open|get)\ (?:an?|your)\ (?:free\ )?(?:account|login)\b.{0,50}
  | already\ (?:have\ an\ account|a\ (?:member|subscriber)|subscribed|registered)\b.{0,60}
  | (?:become|be)\ a\ (?:member|subscriber|supporter|patron|friend)\b.{0,40} | give\ (?:a|the)\ gift\b.{0,40}
  | you\ (?:must|need\ to|have\ to)\ (?:log|sign|be\ logged|be\ signed|register)\b.{0,60}
  | you\ have\ \d+\ (?:free\ )?(?:articles?|stories|views)\b.{0,60}
  | continue\ with\ \w+ | do\ not\ (?:sell|share)\b.{0,60} | issn\b.{0,30}
  | (?:last\ )?(?:modified|edited|updated)\ by\b.{0,40} | thread\ starter.{0,40} | current\ issue | back\ issues
  | .{0,80}\b(?:photograph|photo|image|illustration|picture)s?\s*:\s.{1,60}
  | .{0,60}\bsign\ up\ (?:here|now|today)
  | (?:don.t|do\ not)\ have\ an\ account\b.{0,40}
  | forg[oe]t(?:ten)?\ (?:your\ )?(?:password|username).{0,20}
  | (?:share|tweet|pin|email|send|post|save|print|search|edit|reuse|quote|copy|cite|report)(?:\ (?:it|this|on|to|via|with|by|the|a|an|docs|all|\w+\ content)\b.{0,50})?
  | (?:share|tweet|facebook|twitter|x|linkedin|whatsapp|reddit|email|e-mail|print|copy\ link|pinterest|instagram
      |youtube|telegram|mastodon|bluesky|threads|rss|link)(?:[\s,|/·•]+(?:share|tweet|facebook|twitter|x|linkedin|whatsapp
      |reddit|email|e-mail|print|copy\ link|pinterest|instagram|youtube|telegram|mastodon|bluesky|threads|rss|and|link))*
  | follow\ (?:us|me|@|along|the\ author|\w+\ on)\b.{0,60}
  | (?:like|find|join)\ us\ on\ .{0,50}
  | (?:advertisement|advertisements|advertising|ad|sponsored(?:\ (?:content|post|by.{0,40}))?|promoted|paid\ (?:content|post|partnership)|partner\ content)
  | (?:article|story|text)\ continues\ (?:below|after).{0,40}
  | (?:continue|keep)\ reading.{0,80}
  | (?:read|watch|listen|see|learn|find\ out|discover|explore)(?:\ (?:more|also|next|now|on|the\ full\ .{1,30}|full\ .{1,30}))(?:\s*[:›»>→-].*|\ (?:here|about|from|on|in|at)\b.{0,60})?
  | (?:see|read|watch)\ also\b.{0,100}
  | (?:related|recommended|similar|popular|trending|back|latest|recent|further|more|most|featured|top|suggested|other)\ (?:recommended\ )?
    (?:articles?|threads?|stories|story|posts?|news|reading|read|content|insights?|topics|links|items|coverage|viewed|popular|videos?|searches|questions|products|guides|releases|resources|pages|headlines|for\ you|from\b.{1,50}|in\b.{1,40}|on\ this\ topic|like\ this|by\ this\ author)(?:\s*:.*)?
  | (?:you\ (?:may|might)\ (?:also\ )?(?:like|enjoy|be\ interested).{0,50}|recommended\ for\ you|up\ next|read\ next|in\ this\ (?:article|issue|section|story)|on\ this\ page|table\ of\ contents|contents|jump\ to\b.{0,60})
  | (?:tags?|tagged|topics|categor(?:y|ies)|filed\ under|posted\ in|keywords|labels)\s*(?::.*|\ (?:with|in)\b.*)?
  | (?:photo|photograph|photography|image|images|picture|illustration|video|graphic|credit|credits|getty\ images|file\ photo|stock\ photo)s?(?:\ (?:credits?|courtesy|source))?(?:\s*[:/©]\s*.{1,100}|\ (?:by|courtesy\ of|via)\ .{1,60})?
  | .{0,80}\((?:photo|image|credit|getty|ap\ photo|reuters|file\ photo).{0,60}\)
  | (?:©|\(c\)\s|copyright\b).{0,160}
  | (?:.{0,80}\W)?all\ rights\ reserved.{0,60}
  | (?:privacy|cookie|terms)(?:\ (?:policy|notice|settings|preferences|statement|of\ (?:use|service|sale)|and\ conditions|&\ conditions))?(?:\s*[|·•/,-].*)?
  | (?:manage|change|edit|update)\ (?:your\ )?(?:cookies?|privacy|cookie|consent|preferences|subscription)\b.{0,40}
  | (?:this|our)\ (?:web)?site\ uses\ cookies.{0,160} | we\ (?:use|value)\ (?:cookies|your\ privacy).{0,200}
  | by\ (?:continuing|using|clicking|signing|subscribing|browsing)\b.{0,200}
  | \d+[\s-]*(?:min(?:ute)?s?|hours?|seconds?)[\s-]*(?:read|listen|watch)(?:ing)?(?:\ time)?.{0,20} | (?:reading|read)\ time\b.{0,30} | est(?:imated|\.)\ read.{0,40}
  | page\ \d+(?:\s*(?:of|/)\s*\d+)?.{0,20} | \d+\s*/\s*\d+ | (?:[«‹<←]\s*)?(?:prev(?:ious)?|older|newer|next)(?:\ (?:page|article|post|story|posts|entry|chapter|topic|thread))?(?:\s*[:›»>→|«‹<←-].*)?
  | (?:[«‹<←]\s*)?(?:prev(?:ious)?|\d+)(?:\s+(?:\d+|\.\.\.|…|next|last|»|›|>))+
  | .{0,60}[›»→]\s*
  | (?:click|tap|press)\ (?:here|to|on)\b.{0,100}
  | (?:view|visit|open|get)\ (?:this|it|us|our|in|on|the\ app|in\ browser|online).{0,60}
  | (?:was|did)\ (?:this|you\ find\ this)\b.{0,20}\b(?:helpful|useful|page|article)\b.{0,40} | rate\ this\b.{0,30} | (?:yes|no)(?:\s*[|/·]?\s*(?:yes|no))?
  | (?:\d[\d.,]*[km]?\s+(?:views?|likes?|shares?|votes?|upvotes?|claps?|followers?|members|posts|retweets|replies|comments?)[\s·|,•]*)+
  | (?:posts|joined|rep(?:utation)?|member\ since|last\ seen)\s*:.{0,40}
  | (?:topic|thread)\ (?:closed|locked).{0,60}
  | (?:powered|hosted|built|designed)\ (?:by|with|on)\b.{0,40}
  | (?:support|fund)\ (?:us|our\ (?:work|journalism)|independent\ journalism|quality\ journalism).{0,80}
  | (?:enter|your)\ (?:your\ )?(?:e-?mail|email\ address).{0,40} | e-?mail\ address | required\ fields.{0,40}
  | (?:choose|select|change)\ (?:your\ )?(?:language|region|country|edition)\b.{0,30} | (?:english|en|us|uk|international)\ edition
  | (?:toggle|expand|collapse|hide|show)\b\ ?(?:menu|navigation|sidebar|all|table\ of\ contents|sub-?menu|search)
  | (?:javascript|cookies)\ (?:is|are|must\ be)\ .{0,80}
  | (?:editor.?s\ picks?|don.t\ miss.{0,50}|newsletter|newsletters|daily\ newsletter|stay\ (?:informed|connected|up\ to\ date|in\ touch)\b.{0,60})
  | (?:want|need)\ more\b.{0,60}\?.{0,60}
  | (?:forward|pass)\ (?:this|it)\ (?:on\ )?to\ a\ friend.{0,40} | view\ this\ (?:email|e-mail)\ in.{0,30}
  )[\s.!…:]*"""
)

_MENU = re.compile(r"\s+[|·•/›»>]\s+|\s*\|\s*")
_PICTURES = re.compile(r"[^\w\s.,;:!?'\"()\[\]{}|/·•›»>«‹<→←©@&#%$€£+*=~^…–—-]+")
_DELIVERY = re.compile(
    r"(?i)\b(?:newsletters?|inbox|subscri\w+|sign(?:ing)? up|podcasts?|brief(?:ing)?s?|alerts?|updates?|free"
    r"|daily|weekly|monthly|every (?:morning|day|week|friday|monday|sunday)|e-?mails?|insights?|offers?"
    r"|straight to|delivered|unlimited|trial|app|premium|membership|members?|join)\b"
)
_READER = re.compile(r"(?i)\b(?:you|your)\b")
_CALL = re.compile(
    r"(?i)^(?:get|join|sign|subscribe|download|try|start|receive|enjoy|become|never miss|don.t miss|stay"
    r"|we (?:scan|send|deliver|curate|pick|bring)|our (?:newsletter|daily|weekly|free)|like what"
    r"|enjoy(?:ed|ing)? (?:this|what)|love this|want|each (?:week|morning|day)|every (?:week|morning|day))\b"
)
_POINTER = re.compile(
    r"(?i)\A(?:meanwhile, |also, |for more[^,]*, |to (?:understand|learn|read|see)[^,]*, )?"
    r"(?:you can (?:find|read|see) (?:related|more|our|other)\b.*:|"
    r"(?:check out|read|see) (?:the|our|this) (?:detailed |full |complete |related |latest )+\w+\b).*"
)


def is_furniture(line: str) -> bool:
    """Whether a whole line (cleaned, alone in its block) is the page's talk, not the text's."""
    line = line.strip("[]{}")
    words = line.split()
    if not any(c.isalpha() for c in line):
        return len(line) < 40 and not any(c.isdigit() for c in line)
    if _LINES.fullmatch(line) or _LINES.fullmatch(_PICTURES.sub("", line).strip()):
        return len(words) <= _SHORT or line.startswith(("©", "Copyright", "We ", "This ", "By "))
    return is_menu(line) or _is_call(line, words)


def is_menu(line: str) -> bool:
    """Three or more short entries with separators between them."""
    parts = [p.strip() for p in _MENU.split(line)]
    return (
        len(parts) >= 3
        and all(p and len(p.split()) <= 4 and not p.endswith((".", ",", ";")) for p in parts)
        and not any(c.isdigit() for p in parts[1:] for c in p)
    )


def _is_call(line: str, words: list[str]) -> bool:
    """A call to subscribe: it begins as one, addresses the reader and speaks of delivery."""
    return (
        len(words) <= 30
        and bool(_CALL.search(line))
        and bool(_READER.search(line))
        and len({m.lower() for m in _DELIVERY.findall(line)}) >= 2
    )


def is_pointer(sentence: str) -> bool:
    """A sentence inside the text that only leads to another page."""
    return bool(_POINTER.fullmatch(sentence)) and len(sentence.split()) <= 30


_INITIALS = re.compile(r"[A-Z]{2,3}")


def is_initials(line: str, after: str) -> bool:
    """ "JD" above "Jane Doe": an avatar's letters."""
    return bool(_INITIALS.fullmatch(line)) and bool(after) and (
        "".join(w[0] for w in after.split()[:4]).startswith(line) and len(after.split()) <= 4
    )  # fmt: skip
