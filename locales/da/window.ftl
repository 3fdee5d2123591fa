# What the windows say.

loading = Henter …
people = Personer
calls = Opkald
accounts = Konti
settings = Indstillinger
views = Visninger

## Settings

address-books = Adressebøger
contacts =
    { $count ->
        [one] { $count } kontakt
       *[other] { $count } kontakter
    }
read-at = læst { $time }
skipped-places =
    { $count ->
        [one] { $count } sted blev ikke taget med, eller ikke helt
       *[other] { $count } steder blev ikke taget med, eller ikke helt
    }
place-in-line = Linje { $line }: { $why }
further-places =
    { $count ->
        [one] og { $count } mere; “ringside contacts check FILE” nævner dem
       *[other] og { $count } mere; “ringside contacts check FILE” nævner dem
    }
search-settings = Søg i indstillingerne
no-settings = Ingen indstilling passer.
fixed-settings = Demoens indstillinger kan ikke ændres.
settings-file = Gemt i { $path }
organisation-file = Din organisations: { $path }
locked-by = Fastsat af din organisation
theirs = Sat af din organisation
usual = Normalt: { $value }
set-but-hidden = Sat; vises ikke
back-to-usual = Tilbage til den normale værdi for { $title }
reset = Normal værdi
saved = { $title }: gemt
yes = Til
no = Fra

## Oneself

you = Dig
own-state = Din status
own-unknown = Status ukendt
not-connected = Ikke forbundet
no-accounts = Ingen konto endnu

## Do not disturb

dnd = Forstyr ikke
dnd-until = Indtil { $time }
dnd-on = Indtil du slår det fra
dnd-lengths = Hvor længe du ikke vil forstyrres
dnd-30 = I 30 minutter
dnd-60 = I 1 time
dnd-tomorrow = Indtil i morgen
dnd-open = Indtil jeg slår det fra
dnd-at = Indtil
dnd-at-label = Forstyr ikke indtil dette tidspunkt
dnd-set = Vælg
dnd-keep = Behold
dnd-asking = Stadig slået til. Behold det?
dnd-partly = Ikke overalt
dnd-schedule = Efter tidsplan, indtil du slår det fra
dnd-schedule-until = Efter tidsplan, indtil { $time }
dnd-held-off = Tidsplanen er slået fra indtil { $time }
dnd-states = Forstyr ikke, konto for konto
dnd-off = Slå fra
dnd-some = Kun slået til i { $accounts }
dnd-stopped = Ringside kører ikke.
dnd-on-elsewhere = slået til et andet sted
dnd-on-elsewhere-at = slået til et andet sted { $time }
dnd-off-elsewhere = slået fra et andet sted
dnd-off-elsewhere-at = slået fra et andet sted { $time }
dnd-here-only = kun stille her
dnd-follows = stille her; udbyderen følger
dnd-confirmed = til
dnd-settling = skifter …

## Connections

connections = Forbindelser
connection-lacking = Forbundet, men ikke med alt
connection-connecting = Forbinder
connection-live = Forbundet
connection-waiting = Venter
connection-sign-in = Log ind kræves
connection-stopped = Stoppet
retry-in = Prøver igen om { $length }
retrying = Prøver igen
retry = Prøv igen
retry-account = Prøv igen med { $account }
sign-in = Log ind
sign-in-by = Log ind med
choose-provider = Vælg …
sign-in-to = Log ind på { $account }
dismiss = Luk
not-asked = Ringside kunne ikke spørges; start programmet igen, hvis det bliver ved.
detached = Ringside er stoppet; det du ser er gammelt. Åbn Ringside igen for at starte det.
detached-title = Ringside kører ikke
detached-help = Start Ringside fra dine programmer; så fyldes vinduet af sig selv.

## Will I ring?

will-i-ring = Ringer det?
will-ring = Opkald når dig.
will-ring-warned = Opkald når dig, men se på dette.
will-not-ring = Opkald når dig måske ikke.
not-proven = Ikke alle konti er bevist at virke.
all-proven = Alle konti er bevist at virke.
listening = Lytter siden { $since }, { $heard }
heard-ago = sidst hørt for { $length } siden
heard-never = intet hørt endnu
missed-out =
    { $count ->
        [one] { $count } hul ikke indhentet
       *[other] { $count } huller ikke indhentet
    }
check = Tjek alt nu
checking = Tjekker …
checked-at = Tjekket { $time }
good-findings =
    { $count ->
        [one] { $count } ting er i orden
       *[other] { $count } ting er i orden
    }
close = Luk

## People

search = Søg navn, nummer eller afdeling
clear-search = Ryd søgningen
filter = Vis kun
all = Alle
standing-available = Ledig
standing-ringing = Ringer
standing-busy = Optaget
standing-dnd = Forstyr ikke
standing-away = Ikke til stede
standing-offline = Offline
standing-unknown = Ukendt
standing-stale = Ikke forbundet
state-for = { $state } { $length }
last-known = Sidst kendt for { $length } siden: { $state }
last-known-just = Ikke forbundet, var { $state }
deaf-since = Ikke forbundet siden { $time }
until = indtil { $time }
also-dnd = forstyr ikke
dial = Ring til { $who }
dialing = Ringer til { $who }: tag din telefon
nobody = Ingen passer.
nobody-yet = Kolleger vises her, så snart en konto er forbundet.
sign-in-first = Log ind for at se dine kolleger.
favourite = Favorit
favourites = Favoritter
everybody = Alle
nowhere = Ingen afdeling
group-by = Gruppér efter
grouping-none = Intet
grouping-account = Konto
grouping-department = Afdeling
number = Nummer
department = Afdeling
account = Konto
call = Ring op
copy-number = Kopiér nummer
copied = { $what } er kopieret
not-copied = Det kunne ikke kopieres; markér det med musen i stedet.
tell-when-free = Sig til, når ledig, i
will-tell = Du får besked, når { $who } er ledig
awaited-until = Du får besked ved ledig, indtil { $time }
tell-no-more = Giv ikke besked
shown-all =
    { $count ->
        [one] { $count } person
       *[other] { $count } personer
    }
shown-some =
    { $all ->
        [one] { $count } af { $all } person
       *[other] { $count } af { $all } personer
    }

## Calls

now = Nu
recent = Seneste
missed =
    { $count ->
        [one] { $count } ubesvaret
       *[other] { $count } ubesvarede
    }
missed-seen = Markér som set
no-calls = Ingen opkald lige nu
search-calls = Søg navn, nummer, linje eller note
kind-all = Alle
kind-missed = Ubesvarede
kind-incoming = Indgående
kind-outgoing = Udgående
no-such-call = Intet opkald passer.
found =
    { $count ->
        [one] { $count } opkald
       *[other] { $count } opkald
    }
more = Vis flere
when = Hvornår
line = Linje
with-whom = Med
why = Notifikation
why-shown = Vist: { $why }
why-not-shown = Ikke vist: { $why }
call-back-short = Ring tilbage
note = Note
note-help = Hvad handlede det om?
noted = Noten er gemt
remind = Mind mig om
reminds-at = Påmindelse { $time }
will-remind = Du bliver mindet om det { $time }
remind-not = Ingen påmindelse
no-reminder = Påmindelsen er væk
make-private = Gør privat
private-sure = Hvem der var i den anden ende, glemmes for altid. Opkaldet bliver i listen.
made-private = Den anden ende er glemt
erase = Slet
erase-sure = Opkaldet slettes for altid fra denne computer.
erased = Opkaldet er slettet
keep-or-erase = Gem eller slet opkald
save-calls = Gem opkald i en fil
save-all = Opkaldene i listen.
save-found =
    { $count ->
        [one] Det { $count } opkald, der vises nu.
       *[other] De { $count } opkald, der vises nu.
    }
save-csv = Tabel (CSV)
save-json = JSON
saving = Gemmer …
saved-calls =
    { $count ->
        [one] { $count } opkald gemt i { $path }
       *[other] { $count } opkald gemt i { $path }
    }
keep-calls = Behold opkald i
keep-none = Ingen opkald gemmes
keep-years =
    { $count ->
        [one] { $count } år
       *[other] { $count } år
    }
keep-days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dage
    }
keep-help = Ældre opkald slettes af sig selv fra denne computer.
kept = Opkald gemmes i { $length }
erase-calls = Slet opkald
erase-older = Ældre end { $length }
erase-all = Alle opkald
erase-older-sure = Alle opkald ældre end { $length } slettes for altid fra denne computer.
erase-all-sure = Alle opkald slettes for altid fra denne computer med noter og påmindelser.
erased-calls = Opkaldene er slettet
erase-number = Slet alle med dette nummer
erase-number-sure = Alle opkald med dette nummer slettes for altid fra denne computer.
no-recent = Opkald, du foretager og får, vises her.
hidden-number = Skjult nummer
unknown-caller = Ukendt opkalder
call-ringing = Ringer
call-calling = Ringer op
call-held = Parkeret
call-held-with = Parkeret med { $who }
call-talking = Taler
call-talking-with = Taler med { $who }
no-answer = Intet svar
outcome-answered = Besvaret
outcome-missed = Ubesvaret
outcome-voicemail = Telefonsvarer
outcome-answered-elsewhere = Besvaret et andet sted
outcome-declined = Afvist
outcome-busy = Var optaget
outcome-transferred = Viderestillet
outcome-failed = Kom ikke igennem
outcome-lost = Afslutning ikke set
talked = Besvaret, { $length }
incoming = Indgående
outgoing = Udgående
call-back = Ring tilbage til { $who }
newly-missed = Ny
incoming-call = Indgående opkald
call-from = Indgående opkald fra { $who }
caller-note = Note: { $note }
caller-call-back = Du ville ringe tilbage.
waiting-calls =
    { $count ->
        [one] { $count } venter
       *[other] { $count } venter
    }
queues = Køer
pick-up = Besvar
pick-up-from = Besvar den første i { $queue }
silence = Gør lydløs
silence-call = Gør lydløs: opkaldet fra { $who }
open = Åbn

## Accounts

last-heard = Sidst hørt
ago = for { $length } siden
never = Ikke endnu
connection-state = Forbindelse
since = siden { $time }
over = over { $transport }
new-token = Log ind igen
owner = Du er
gaps = Huller
gap = { $from } til { $to }
gap-calls =
    { $count ->
        [one] { $count } opkald hentet bagefter
       *[other] { $count } opkald hentet bagefter
    }
gap-rest = { $calls }, resten kan ikke hentes
gap-nothing = intet opkald gik tabt
gap-filled = hentet bagefter
gap-open = kan ikke hentes
unknown = Oversprungne meddelelser
remove = Fjern
remove-account = Fjern { $account }
remove-title = Fjern kontoen “{ $account }”?
remove-help = Dens indstillinger og gemte nøgle slettes fra denne computer.
quit = Afslut Ringside
quit-title = Afslut Ringside?
quit-help = Intet melder opkald, før du starter det igen.
cancel = Annuller
add-account = Tilføj en konto
add = Tilføj konto
adding = Tilføjer …
signing-in = Logger ind …
provider = Udbyder
no-browser-sign-in = Du logger ind her med det, din udbyder har givet dig; ingen af dem beskriver et log ind gennem browseren.
connecting-to = Forbinder til { $account }; kolleger vises om et øjeblik.
account-name = Navn på denne computer
account-name-help = Små bogstaver, cifre og bindestreger, f.eks. “work”.
account-name-taken = Der er allerede en konto med dette navn.
advanced = Adresser
advanced-help = Lad stå tomt for udbyderens egne.

## First run

welcome = Velkommen til Ringside
welcome-help = Tilføj din telefonkonto for at se, hvem der ringer, og hvilke kolleger der er ledige.

## Times

span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } t
span-hours-minutes = { $hours } t { $minutes } min
span-days = { $count } d
tomorrow-at = i morgen { $time }
yesterday-at = i går { $time }
