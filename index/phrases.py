"""What pages say around their texts, by language and topic: the data of `index.furniture`.

A phrase is a regular expression, matched without case against a whole line; "…" stands for up
to 60 characters of anything, a space for white space. `NOTICES` are sentences of the page and
`BUTTONS` its controls, both telling wherever they stand. `LABELS` are words that a text may use
for its own headings too: they count only outside the text. `LEADS` announce links to other
pages, and `TALK` holds words of the calls that offer a newsletter or an account.
"""

from __future__ import annotations

from collections.abc import Mapping

Phrases = Mapping[str, tuple[str, ...]]

_SITES = (
    r"(facebook|twitter|x|linkedin|whatsapp|reddit|pinterest|instagram|youtube|telegram|mastodon"
    r"|bluesky|threads|tiktok|rss|spotify|apple podcasts|xing|hacker news|e-?mail|print|link)"
)
_ITEMS = (
    r"(articles?|stor(y|ies)|posts?|news|read(s|ing)?|content|insights?|topics?|links|threads?|videos?"
    r"|episodes?|coverage|guides|products|questions|searches|resources|pages|recipes|headlines|items)"
)

NOTICES: Phrases = {
    "cookies": (
        r"(this|our|the) (web)?site uses cookies….{0,100}",
        r"we (and our partners )?(use|value|have placed|store|set) (your )?(\w+ )?(cookies|privacy)….{0,140}",
        r"cookies (help|make) (us|our|this|the|\w+ better)….{0,100}",
        r"by (continuing|clicking|browsing|signing up|subscribing|using (this|our|the) (web)?site)….{0,160}",
        r"(javascript|cookies) (is|are|must be) (disabled|enabled|required|turned off|not)…",
    ),
    "rights": (
        r"(©|\(c\) |copyright (©|\(c\)|\d{4})).{0,160}",
        r"(.{0,80}\W)?all rights reserved….{0,60}",
        r"no part of this (page|site|publication)…",
        r"(text|transcript|this page) may contain errors…|.{3,60}\. (text|it) may contain errors",
        r"(digiti[sz]ed|scanned|archived) by….{0,60}",
        r"(.{3,80}\W)?registered in (england|scotland|wales|ireland)…",
        r"(\S+ ){1,5}is (part of|owned by|a trading name of|published by) .{3,60}\b(group|media|ltd|limited|inc|llc|plc)\b….{0,60}",
        r"this (page|post|article|site) (may )?contains? affiliate links….{0,60}",
    ),
    "comments": (
        r"comments (are|have been) (now )?(closed|off|disabled|turned off)…",
        r"be the first to (comment|reply|know|share|review)…",
        r"(want|would you like|ready) to (join|comment|read more|know more|learn more)…",
        r"you (must|need to|have to) (be (logged|signed) in|log in|sign in|register)…",
        r"your e-?mail( address)? will not be (published|shared)….{0,60}",
        r"save my name….{0,60}",
        r"(this |the )?(topic|thread|discussion) (is |has been )?(closed|locked|archived)…",
        r"not the answer you.re looking for….{0,80}",
    ),
    "accounts": (
        r"(.{0,80}[.!?] )?(sign up|subscribe|register|join|donate|find out more|learn more) (here|now|today)",
        r"already (have an account|a (member|subscriber)|subscribed|registered)…",
        r"(don.t|do not) have an account…",
        r"you (have|.ve) (read|used|reached)? ?(\d+|one|two|three|your|no) … (articles?|stories|views|posts)…",
        r"(create|open) (an?|your) (free )?account (to|or|and|for|now|today)…",
        r"(enjoyed?|like|liked|love) (this|what|our)…\? …(support|subscribe|share|sign|join|donate|follow|buy|tip)…",
        r"you(.re| are) (receiving|getting) this…(because|since|as)….{0,80}",
        r"(if|was) … forwarded (you )?(this|to you)….{0,80}",
        r"thanks (to all|for (reading|subscribing|signing))….{0,60}",
        r"an official (web)?site of…",
        r"we.ve (sent|emailed) you…",
    ),
    "feedback": (
        r"(was|is|did) (this|you find this)…(helpful|useful|help you|answer)…\??…",
        r"did this (page|article|summary|answer) help…",
        r"(found|spotted) (an?|something) (error|mistake|typo|wrong)…",
        r"are you sure you want to…",
    ),
    "German": (
        r"(diese|unsere) (web)?(seite|site) (verwendet|nutzt) cookies….{0,100}",
        r"wir (verwenden|nutzen|setzen) cookies….{0,140}",
        r"(.{0,60}\W)?alle rechte vorbehalten…",
        r"bitte (melden|loggen|registrieren) sie sich…",
        r"(die )?kommentar(e|funktion) (sind|ist|wurde)…(geschlossen|deaktiviert)…",
        r"mit der nutzung…(stimmen|erklären) sie….{0,80}",
    ),
    "French": (
        r"(ce|notre) site (utilise|dépose) des cookies….{0,100}",
        r"nous utilisons des cookies….{0,140}",
        r"(.{0,60}\W)?tous droits réservés…",
        r"(les )?commentaires (sont )?(fermés|désactivés)…",
        r"en (poursuivant|continuant) (votre|à)….{0,100}",
        r"(vous devez|veuillez) (être connecté|vous connecter|vous identifier)…",
    ),
    "Spanish": (
        r"(este|nuestro) sitio (web )?(utiliza|usa) cookies….{0,100}",
        r"(utilizamos|usamos) cookies….{0,140}",
        r"(.{0,60}\W)?todos los derechos reservados…",
        r"(los )?comentarios (están )?(cerrados|desactivados)…",
        r"(debes|tienes que|inicia sesión para) (iniciar sesión|registrarte|comentar)…",
    ),
}

BUTTONS: Phrases = {
    "getting about": (
        r"(skip|jump|go|back|return) (to|over) (the )?(main |page )?(content|navigation|top|menu|recipe|search|main|home|start|footer|last page|first page|\w+ list)",
        r"(open|close|toggle|expand|collapse|hide|show) (the )?(main )?(menu|navigation|sidebar|sub-?menu|search|all|table of contents)",
        r"(main )?(menu|navigation)|table of contents|on this page|in this (article|issue|section|story)",
        r"(view|see|show|load|browse) (all|more|full)…",
        r"\W*(back to )?top\W*|return to top",
        r"page \d+( (of|/) \d+)?|\d+ (of|/) \d+|issn:? .{4,20}",
        r"[«‹<←]\W*.{0,80}|.{0,80}\W[›»→>]+",
        r"(prev(ious)?|next|older|newer)( (page|article|post|story|posts|entry|chapter|topic|thread|poem|issue|episode))?(\W*[:›»>→|«‹<←].{0,80})?",
        r"(prev(ious)?|\d+)( (\d+|\.\.\.|…|next|last|»|›|>))+",
    ),
    "loading": (r"(loading|please wait)( \w+){0,2}", r"(like|follow)? ?loading\.{2,}"),
    "sharing": (
        r"share( (this|on|via|by|it|with|to)…| \d+)?",
        rf"(tweet|pin|e-?mail|send|post|print|save|reuse|quote|copy|cite|export|republish)( (it|this( \w+)?|link|page|url|article|citation|content|recipe|(on|to|by|via) {_SITES}))?",
        rf"({_SITES}[\s,|/·•]*(share|and|or|tweet|copy)?[\s,|/·•]*){{2,}}|(share|tweet|print|forward)( (on|via|to) {_SITES})?([\s,|/·•]+(share|tweet|forward|print|copy)?( ?(on|via|to))? ?{_SITES})+.{{0,10}}",
        rf"(follow|like|find|join) (us|me|@\S+|along|the (author|\w+ of \w+))( on {_SITES})?…|follow .{{2,30}} on {_SITES}",
        rf"(subscribe|listen)( on| via|:) {_SITES}…",
    ),
    "comments": (
        r"(\d[\d.,k]*|no|all|view|show|see|read|leave an?|add an?|post an?|write an?|join the) (comments?|repl(y|ies)|reviews?|discussion|conversation|responses?|answers?|thoughts on .{1,80})( ?\(\d+\))?",
        r"(comments?|repl(y|ies)|reviews?|responses?|basket|cart|shop|likes?) ?\(\d+\)",
        r"(repl(y|ies)|views?|posts|likes?|joined|reputation|member since|last seen|citations?|downloads?|shares?): ?[\d.,]+[km]?( \w+: ?[\d.,]+[km]?)*",
        r"([\d.,]+[km]? (views?|likes?|shares?|votes?|upvotes?|claps?|followers?|retweets|replies|comments?|reviews?|reads?)[\s·|,•]*)+",
        r"(asked|modified|viewed|active|updated|posted|answered|edited)? ?([\d.,]+[km]? times|(\d+|an?) (years?|months?|weeks?|days?|hours?|minutes?|mins?)(, \d+ \w+)? ago)",
        r"(like|reply|quote|report|flag|follow|upvote|comment)([\s|/·•]+(like|reply|quote|report|flag|share|edit|follow))*",
        r"(thread|topic) starter…|sorted by\b…|improve this (question|answer)",
        r"(add|ask|post|write) (an?|a new|your|new) (comment|question|answer|review)|post comment|(your )?(comment|name|e-?mail|website)( address)? ?\*",
        r"\d+ characters (left|remaining)",
        r"[★☆⭐\s]+[\d.]*…",
    ),
    "accounts": (
        r"(sign|log)[ -]?(in|up|out)( (to|for|or|with|using|via|and get) …| ?[|/·] ?(register|sign up|join))?",
        r"(please )?(register|subscribe|unsubscribe|donate|join)( (now|today|here|free|for (free|£|\$|€)…|to (our|the|unlock|read|continue|comment|receive|get|press)…|via {_s}|with e-?mail|from this…))?".replace(
            "{_s}", _SITES
        ),
        r"(create|get|open) (an?|your|my) (free )?(account|login|profile)…",
        r"(become|be) an? (\w+ )?(member|subscriber|supporter|patron|friend)( of …| today)?",
        r"give (a|the) gift…|gift (subscriptions?|cards?)",
        r"(continue|post) (with|as) (google|apple|facebook|e-?mail|an? guest)|post as a guest",
        r"(forgot(ten)?|reset|lost) (your |my )?password\??",
        r"(enter )?(your )?e-?mail( address)?|required fields…",
        r"(support|fund) (us|our (work|journalism)|independent journalism)…",
    ),
    "advertising": (
        r"ads?|advert(isements?|ising)?|sponsored( (content|post|by …))?|promoted|(paid|partner) (content|post|partnership)",
        r"(article|story|text) continues (below|after)…|continue reading( below)?…|keep reading…",
        r"add to (basket|cart|wish ?list|bag)|buy now|(in|out of) stock|free (delivery|shipping|returns)…",
        r"(customers|people|others) (also|who)…(bought|viewed|liked|read)|(recently|last) viewed",
    ),
    "controls": (
        r"ok(ay)?|accept( (all|cookies|all cookies))?|reject( (all|cookies|all cookies))?|got it|dismiss|no,? thanks|decline",
        r"(print|edit|download|report|rate|bookmark) (this|the)? ?(page|article|story|recipe|pdf|app|our app|a problem|problem|error|poem|post)…|report (an?|a problem|abuse)…",
        r"(edit|view|improve) (this|it|us|our|in|on|source)( page)?( (on|in) …| (e-?mail )?in (your )?browser)?",
        r"(view|read) (this )?(e-?mail )?(online|in (your )?browser)|forward (this )?to a friend",
        r"(manage|change|edit|update) (your |my )?(cookies?|privacy|consent|preferences|subscription)( \w+)?",
        r"(search|filter|find)( (this|our|the|all|docs|site|within)){0,2}( (site|thread|forum|docs|blog|website|page|documentation))?\.{2,}|search (this|our|the|docs)…",
        r"(yes|no)(\W+(yes|no))?",
        r"(click|tap|press) (here|to (enlarge|expand|play|share|print|view|subscribe|tweet|copy|zoom|see|read))…",
        r"\d+[\s-]*(min(ute)?s?|hours?)\.?[\s-]*(read|listen|watch)( time)?|(estimated )?(reading|read|listening) time\b…",
        r"(proudly )?(powered|hosted|built) (by|with|on|using) (\w+ ?){1,3}|do not (sell|share)…",
        r"(privacy|cookies?|terms)( (policy|notice|settings|preferences|statement|choices|of (use|service|sale)|and conditions|& conditions|and rules|& cookies))( ?[|·•/,-].*)?|privacy & cookies|your privacy choices",
        r"(last )?(edited|modified) by \d+…|(choose|select|change) (your )?(language|region|country|edition)…",
        r"here.s how you know|need help\?|report a problem…|get (e-?mail )?(updates|alerts)( by e-?mail)?",
    ),
    "captions": (
        r"(photo(graph)?s?|photography|images?|pictures?|illustrations?|video|graphic|credits?|file photo)( (credits?|courtesy))?( ?[:/©] ?.{1,100}| (by|courtesy of|via) [A-Z].{1,60})",
        r".{0,80}\b(photo(graph)?|image|illustration|picture|credit)s?: .{1,60}",
        r".{0,160}\((photo|image|credit|getty|ap photo|reuters|file photo|photo by)\b.{0,60}\)|file - .{1,200}",
    ),
    "filing": (
        r"(tags?|tagged|filed under|posted in|categor(y|ies)|keywords|labels|topics)( ?: .{1,100}| (with|in) …)",
    ),
    "German": (
        r"(zum|zur) (inhalt|navigation|startseite|hauptinhalt|suche)( springen)?|nach oben|zurück zur …",
        r"(jetzt |kostenlos )?(anmelden|registrieren|einloggen|abonnieren|abo (testen|abschließen)|newsletter (bestellen|abonnieren))",
        r"anzeige|werbung|impressum|datenschutz(erklärung|hinweise)?|agb|cookie-?einstellungen|barrierefreiheit",
        r"(artikel |seite |beitrag )?(teilen|merken|drucken|anhören|vorlesen|speichern|kommentieren|melden)|(auf|per|via) \w+ teilen|link kopieren",
        r"lesezeit:?…|\d+ min(uten)?\.? lesezeit|(\d+ )?kommentare?( ?\(\d+\))?|kommentar (schreiben|verfassen)",
        r"(alle )?(akzeptieren|ablehnen|zustimmen)|mehr (anzeigen|laden|erfahren)|weiterlesen|schlagworte?:.{0,80}",
        r"(foto|bild|quelle|grafik|abbildung)s?: ?.{1,80}",
    ),
    "French": (
        r"(aller|retour|passer|accéder) (au|à la|en) (contenu|navigation|haut|accueil|menu|page)…|haut de page",
        r"(se connecter|s.abonner|s.inscrire|connexion|inscription|déconnexion|créer un compte|mon compte)",
        r"(je m.|abonnez|inscrivez|connectez|identifiez)-?(vous|abonne|inscris)(\W…)?",
        r"publicité|mentions légales|politique (de confidentialité|des cookies)|conditions générales…|gérer (les|mes) cookies|plan du site",
        r"(partager|imprimer|envoyer|commenter|signaler)( (sur|par|cet|l.article|un|la)…)?|copier le lien|(ajouter|laisser|écrire) un commentaire|(\d+ )?commentaires?( ?\(\d+\))?|lire plus tard",
        r"(temps|durée) de lecture…|lecture \d+ min…|réservé aux abonnés|(tout )?(accepter|refuser)|voir plus",
        r"(crédit|photo|illustration|image)s?( photos?)? ?: ?.{1,80}|mots-clés ?:.{0,80}",
    ),
    "Spanish": (
        r"(ir|saltar|volver) (al|a la|a) (contenido|inicio|menú|arriba|navegación|portada)…",
        r"(suscr[ií]b(ete|irse|ase)|suscripci[oó]n|regístr(ate|ese)|registrarse|inicia(r)? sesión|acceder|crear cuenta|hazte (socio|suscriptor))(\W…)?",
        r"publicidad|aviso legal|política de (cookies|privacidad)|(configuración|gestionar) (de )?(las )?cookies|condiciones de uso|mapa web",
        r"(compartir|imprimir|comentar|guardar)( (en|por|este|artículo)…)?|copiar enlace|enviar por correo",
        r"(\d+ |ver )?comentarios?( ?\(\d+\))?|deja(r)? un comentario|tiempo de lectura…|\d+ min(utos)? de lectura",
        r"(aceptar|rechazar)( todo)?|(ver|leer|cargar) más|(archivado en|etiquetas|temas) ?:.{0,80}|(foto|imagen|crédito)s? ?: ?.{1,80}",
    ),
}

LEADS: Phrases = {
    "English": (
        rf"(related|recommended|similar|popular|trending|latest|recent|further|more|most|featured|top|suggested|other|hot|new|our best|editor.?s.{{0,3}})( (related|recommended|from|network|bread|\w+))? {_ITEMS}( from…| in…| on this topic| like this)?",
        r"(most|recommended|suggested|more|popular|featured|trending|new)( \w+)? ?(read|viewed|popular|shared|watched|for you|from .{2,40}|on this topic|like this|this week|now)",
        r"you (may|might|could) (also )?(like|enjoy|be interested)…|recommended for you|(up|read|watch) next|editor.?s.{0,3} picks?|don.t miss…",
        r"(read|watch|listen|see|find out|discover|explore|learn)( (more|also|next|now)| the full …)(( on| about| in)? (these|this|our|the|related) …)?( ?[:›»>→-].{1,100})?",
        r"related|cited by|similar|recommended|recent (posts|comments)|more stories|archives",
    ),
    "German": (
        r"(lesen sie|lies) (auch|mehr|dazu)…|(mehr|weitere|ähnliche|verwandte) (zum|aus|artikel|beiträge|themen|nachrichten)…|meistgelesen|(das könnte|auch) (sie|dich)? ?(auch )?(interessant|interessieren)…|zum thema|siehe auch…|aus dem ressort…",
    ),
    "French": (
        r"(à )?lire (aussi|également|la suite|plus)…|(sur|dans) (le|la) même (sujet|rubrique|thème)|(articles|sujets) (liés|similaires|associés)|les plus lus|voir aussi…|à (découvrir|voir) (aussi)?…|la rédaction vous (conseille|recommande)",
    ),
    "Spanish": (
        r"(lee|lea|ver|leer) (también|además)…|más (información|noticias|en|sobre)…|(noticias|artículos) relacionad[oa]s|te puede interesar…|lo más (visto|leído|comentado)|relacionad[oa]s",
    ),
}

LABELS: Phrases = {
    "English": (
        r"home( ?page)?|menu|search|close|help|faqs?|support|about( us| me)?|contact( us)?|careers|jobs|press|media|shop|store|basket|cart|sale|account|my (account|\w+)|profile|settings",
        r"news|sports?|weather|business|politics|culture|opinion|world|health|technology|tech|science|travel|video|photos|podcasts?|newsletters?|magazine|archives?|issues?|(current|back) issues?|topics|sections|categories|tags|blog|events|forums?|users|questions|answers|articles|students|staff|alumni|library",
        r"login|logout|register|subscribe|submit|send|save|print|edit|listen|play|pause|mute|copy|cancel|next|previous|back|more|less|download( pdf| article)?|export.{0,20}|delete|random|apply|go",
        r"comments?|repl(y|ies)|reviews?|discussion|transcript|newsletter signup|stay (informed|connected|in touch|up to date)…|topics?:?",
        r"privacy|cookies?|terms|legal|imprint|accessibility|sitemap|site map|advertise( with us)?|licen[cs]e|rss|feed|language( assistance)?|english|en|copyright|disclaimer",
        r"(email|e-mail|name|username|password|website|phone|message|comment|your (name|answer|comment|e-?mail|message)|first name|last name|subject)",
        r"(customer|store|help|track|for|no|add|get|our|all|the) (\w+ ){0,2}(service|finder|cent(er|re)|order|authors|librarians|account|data|app|team|products)",
        r"what do you think\?…|(was|did|is) this…\?",
        r"open access|submit (a |your )?(manuscript|article|story|tip)|view full text|metrics|(primary|secondary) sidebar|reader interactions|about this (article|page|site)",
    ),
    "German": (
        r"startseite|suche|kontakt|über uns|hilfe|abo|shop|politik|wirtschaft|kultur|sport|wissen|reise|meinung|newsletter|archiv|themen|karriere|presse|mediadaten|kommentare",
    ),
    "French": (
        r"accueil|recherche(r)?|contact|à propos|aide|boutique|économie|politique|culture|sport|sciences?|voyages?|opinions?|archives|newsletters?|thèmes|nous contacter",
    ),
    "Spanish": (
        r"inicio|portada|buscar|contacto|quiénes somos|ayuda|tienda|economía|política|cultura|deportes|ciencia|viajes|opinión|archivo|boletines|temas|internacional",
    ),
}

TALK: Mapping[str, str] = {
    "begins": (
        r"get|join|sign|subscribe|download|try|start|receive|enjoy|become|never miss|don.t miss|stay|keep|support"
        r"|we (scan|send|deliver|curate|pick|bring)|our (newsletter|daily|weekly|free)|like what|enjoy(ed|ing)? (this|what)"
        r"|love this|want|thanks|each (week|morning|day)|every (week|morning|day)|not a (subscriber|member)|if you"
        r"|jede[nr]? (morgen|woche|tag)|erhalten|melden|chaque|recevez|tous les|cada|recibe|todos los"
    ),
    "reader": r"you|your|sie|ihre?n?|ihr|dein\w*|dir|vous|votre|vos|tu|tus|te",
    "offer": (
        r"newsletters?|inbox|subscri\w+|sign(ing|ed)? up|podcasts?|brief(ing)?s?|alerts?|updates?|free|daily|weekly"
        r"|monthly|every (morning|day|week|friday|monday|sunday)|e-?mails?|insights?|offers?|straight to|delivered"
        r"|unlimited|trial|app|premium|membership|members?|join|coffee|tip|postfach|kostenlos|abonn\w+|gratuit\w*"
        r"|boîte|gratis|suscri\w+|boletín|correo|jeden (morgen|tag)|chaque (matin|jour|semaine)|cada (mañana|día|semana)"
    ),
}
