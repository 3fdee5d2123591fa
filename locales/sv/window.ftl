# What the windows say.

loading = Hämtar …
people = Personer
calls = Samtal
accounts = Konton
settings = Inställningar
views = Vyer

## Settings

address-books = Adressböcker
contacts =
    { $count ->
        [one] { $count } kontakt
       *[other] { $count } kontakter
    }
read-at = läst { $time }
skipped-places =
    { $count ->
        [one] { $count } ställe togs inte med, eller inte helt
       *[other] { $count } ställen togs inte med, eller inte helt
    }
place-in-line = Rad { $line }: { $why }
further-places =
    { $count ->
        [one] och { $count } till; ”ringside contacts check FILE” nämner dem
       *[other] och { $count } till; ”ringside contacts check FILE” nämner dem
    }
search-settings = Sök i inställningarna
no-settings = Ingen inställning matchar.
fixed-settings = Demons inställningar kan inte ändras.
settings-file = Sparas i { $path }
organisation-file = Din organisations: { $path }
locked-by = Fastställt av din organisation
theirs = Satt av din organisation
usual = Normalt: { $value }
set-but-hidden = Angivet; visas inte
back-to-usual = Tillbaka till det normala värdet för { $title }
reset = Normalt värde
saved = { $title }: sparat
yes = På
no = Av

## Oneself

you = Du
own-state = Din status
own-unknown = Okänd status
not-connected = Inte ansluten
no-accounts = Inget konto än

## Do not disturb

dnd = Stör ej
dnd-until = Till { $time }
dnd-on = Tills du stänger av det
dnd-lengths = Hur länge du inte vill bli störd
dnd-30 = I 30 minuter
dnd-60 = I 1 timme
dnd-tomorrow = Till i morgon
dnd-open = Tills jag stänger av det
dnd-at = Till
dnd-at-label = Stör ej till denna tid
dnd-set = Ställ in
dnd-keep = Behåll
dnd-asking = Fortfarande på. Behåll det?
dnd-partly = Inte överallt
dnd-schedule = Enligt schema, tills du stänger av det
dnd-schedule-until = Enligt schema, till { $time }
dnd-held-off = Schemat är avstängt till { $time }
dnd-states = Stör ej, konto för konto
dnd-off = Stäng av
dnd-some = Bara på i { $accounts }
dnd-stopped = Ringside körs inte.
dnd-on-elsewhere = påslaget någon annanstans
dnd-on-elsewhere-at = påslaget någon annanstans { $time }
dnd-off-elsewhere = avstängt någon annanstans
dnd-off-elsewhere-at = avstängt någon annanstans { $time }
dnd-here-only = tyst bara här
dnd-follows = tyst här; leverantören följer
dnd-confirmed = på
dnd-settling = ändras …

## Connections

connections = Anslutningar
connection-lacking = Ansluten, men inte till allt
connection-connecting = Ansluter
connection-live = Ansluten
connection-waiting = Väntar
connection-sign-in = Logga in krävs
connection-stopped = Stoppad
retry-in = Försöker igen om { $length }
retrying = Försöker igen
retry = Försök igen
retry-account = Försök igen med { $account }
sign-in = Logga in
sign-in-by = Logga in med
choose-provider = Välj …
sign-in-to = Logga in på { $account }
dismiss = Stäng
not-asked = Ringside kunde inte nås; starta om programmet om det fortsätter.
detached = Ringside har stoppat; det du ser är gammalt. Öppna Ringside igen för att starta det.
detached-title = Ringside körs inte
detached-help = Starta Ringside bland dina program; då fylls fönstret av sig självt.

## Will I ring?

will-i-ring = Ringer det?
will-ring = Samtal når dig.
will-ring-warned = Samtal når dig, men titta på detta.
will-not-ring = Samtal kanske inte når dig.
not-proven = Alla konton har inte bevisats fungera.
all-proven = Alla konton har bevisats fungera.
listening = Lyssnar sedan { $since }, { $heard }
heard-ago = hördes senast för { $length } sedan
heard-never = inget har hörts än
missed-out =
    { $count ->
        [one] { $count } lucka inte ifylld
       *[other] { $count } luckor inte ifyllda
    }
check = Kontrollera allt nu
checking = Kontrollerar …
checked-at = Kontrollerat { $time }
good-findings =
    { $count ->
        [one] { $count } sak är i ordning
       *[other] { $count } saker är i ordning
    }
close = Stäng

## People

search = Sök namn, nummer eller avdelning
clear-search = Rensa sökningen
filter = Visa bara
all = Alla
standing-available = Tillgänglig
standing-ringing = Ringer
standing-busy = Upptagen
standing-dnd = Stör ej
standing-away = Borta
standing-offline = Offline
standing-unknown = Okänd
standing-stale = Inte ansluten
state-for = { $state } { $length }
last-known = Senast känt för { $length } sedan: { $state }
last-known-just = Inte ansluten, var { $state }
deaf-since = Inte ansluten sedan { $time }
until = till { $time }
also-dnd = stör ej
dial = Ring { $who }
dialing = Ringer { $who }: lyft din telefon
nobody = Ingen matchar.
nobody-yet = Kollegor visas här så snart ett konto är anslutet.
sign-in-first = Logga in för att se dina kollegor.
favourite = Favorit
favourites = Favoriter
everybody = Alla
nowhere = Ingen avdelning
group-by = Gruppera efter
grouping-none = Inget
grouping-account = Konto
grouping-department = Avdelning
number = Nummer
department = Avdelning
account = Konto
call = Ring
copy-number = Kopiera nummer
copied = { $what } kopierades
not-copied = Det gick inte att kopiera; markera med musen i stället.
tell-when-free = Säg till när ledig, i
will-tell = Du får veta när { $who } är ledig
awaited-until = Du får veta vid ledig, till { $time }
tell-no-more = Säg inte till
shown-all =
    { $count ->
        [one] { $count } person
       *[other] { $count } personer
    }
shown-some =
    { $all ->
        [one] { $count } av { $all } person
       *[other] { $count } av { $all } personer
    }

## Calls

now = Nu
recent = Senaste
missed =
    { $count ->
        [one] { $count } missat
       *[other] { $count } missade
    }
missed-seen = Markera som sett
no-calls = Inga samtal just nu
search-calls = Sök namn, nummer, linje eller anteckning
kind-all = Alla
kind-missed = Missade
kind-incoming = Inkommande
kind-outgoing = Utgående
no-such-call = Inget samtal matchar.
found =
    { $count ->
        [one] { $count } samtal
       *[other] { $count } samtal
    }
more = Visa fler
when = När
line = Linje
with-whom = Med
why = Avisering
why-shown = Visad: { $why }
why-not-shown = Inte visad: { $why }
call-back-short = Ring tillbaka
note = Anteckning
note-help = Vad gällde det?
noted = Anteckningen sparad
remind = Påminn mig om
reminds-at = Påminnelse { $time }
will-remind = Du blir påmind { $time }
remind-not = Ingen påminnelse
no-reminder = Påminnelsen är borta
make-private = Gör privat
private-sure = Vem som var i andra änden glöms för alltid. Samtalet finns kvar i listan.
made-private = Den andra änden är glömd
erase = Radera
erase-sure = Samtalet raderas för alltid från den här datorn.
erased = Samtalet är raderat
keep-or-erase = Spara eller radera samtal
save-calls = Spara samtal i en fil
save-all = Samtalen i listan.
save-found =
    { $count ->
        [one] Det { $count } samtal som visas nu.
       *[other] De { $count } samtal som visas nu.
    }
save-csv = Tabell (CSV)
save-json = JSON
saving = Sparar …
saved-calls =
    { $count ->
        [one] { $count } samtal sparat i { $path }
       *[other] { $count } samtal sparade i { $path }
    }
keep-calls = Behåll samtal i
keep-none = Inga samtal sparas
keep-years =
    { $count ->
        [one] { $count } år
       *[other] { $count } år
    }
keep-days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dagar
    }
keep-help = Äldre samtal raderas av sig själva från den här datorn.
kept = Samtal sparas i { $length }
erase-calls = Radera samtal
erase-older = Äldre än { $length }
erase-all = Alla samtal
erase-older-sure = Alla samtal äldre än { $length } raderas för alltid från den här datorn.
erase-all-sure = Alla samtal raderas för alltid från den här datorn, med anteckningar och påminnelser.
erased-calls = Samtalen är raderade
erase-number = Radera alla med det här numret
erase-number-sure = Alla samtal med det här numret raderas för alltid från den här datorn.
no-recent = Samtal du ringer och får listas här.
hidden-number = Skyddat nummer
unknown-caller = Okänd uppringare
call-ringing = Ringer
call-calling = Ringer upp
call-held = Parkerat
call-held-with = Parkerat med { $who }
call-talking = Talar
call-talking-with = Talar med { $who }
no-answer = Inget svar
outcome-answered = Besvarat
outcome-missed = Missat
outcome-voicemail = Röstbrevlåda
outcome-answered-elsewhere = Besvarat någon annanstans
outcome-declined = Avvisat
outcome-busy = Var upptaget
outcome-transferred = Kopplat vidare
outcome-failed = Kom inte fram
outcome-lost = Slutet sågs inte
talked = Besvarat, { $length }
incoming = Inkommande
outgoing = Utgående
call-back = Ring tillbaka till { $who }
newly-missed = Nytt
incoming-call = Inkommande samtal
call-from = Inkommande samtal från { $who }
caller-note = Anteckning: { $note }
caller-call-back = Du ville ringa tillbaka.
waiting-calls =
    { $count ->
        [one] { $count } väntar
       *[other] { $count } väntar
    }
queues = Köer
pick-up = Besvara
pick-up-from = Besvara den första i { $queue }
silence = Tysta
silence-call = Tysta samtalet från { $who }
open = Öppna

## Accounts

last-heard = Hördes senast
ago = för { $length } sedan
never = Inte än
connection-state = Anslutning
since = sedan { $time }
over = via { $transport }
new-token = Logga in igen
owner = Du är
gaps = Luckor
gap = { $from } till { $to }
gap-calls =
    { $count ->
        [one] { $count } samtal hämtat i efterhand
       *[other] { $count } samtal hämtade i efterhand
    }
gap-rest = { $calls }, resten kan inte hämtas
gap-nothing = inget samtal missades
gap-filled = hämtat i efterhand
gap-open = kan inte hämtas
unknown = Överhoppade meddelanden
remove = Ta bort
remove-account = Ta bort { $account }
remove-title = Ta bort kontot ”{ $account }”?
remove-help = Dess inställningar och sparade nyckel raderas från den här datorn.
quit = Avsluta Ringside
quit-title = Avsluta Ringside?
quit-help = Inget anmäler samtal förrän du startar det igen.
cancel = Avbryt
add-account = Lägg till ett konto
add = Lägg till konto
adding = Lägger till …
signing-in = Loggar in …
provider = Leverantör
no-browser-sign-in = Du loggar in här med det din leverantör har gett dig; ingen av dem beskriver en inloggning via webbläsaren.
connecting-to = Ansluter till { $account }; kollegor visas om ett ögonblick.
account-name = Namn på den här datorn
account-name-help = Små bokstäver, siffror och bindestreck, t.ex. ”work”.
account-name-taken = Det finns redan ett konto med det namnet.
advanced = Adresser
advanced-help = Lämna tomt för leverantörens egna.

## First run

welcome = Välkommen till Ringside
welcome-help = Lägg till ditt telefonkonto för att se vem som ringer och vilka kollegor som är lediga.

## Times

span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } tim
span-hours-minutes = { $hours } tim { $minutes } min
span-days = { $count } d
tomorrow-at = i morgon { $time }
yesterday-at = i går { $time }
