# What the windows say.

loading = Wird geladen …
people = Personen
calls = Anrufe
accounts = Konten
settings = Einstellungen
views = Ansichten

## Settings

address-books = Adressbücher
contacts =
    { $count ->
        [one] { $count } Kontakt
       *[other] { $count } Kontakte
    }
read-at = gelesen { $time }
skipped-places =
    { $count ->
        [one] { $count } Stelle wurde nicht oder nicht ganz übernommen
       *[other] { $count } Stellen wurden nicht oder nicht ganz übernommen
    }
place-in-line = Zeile { $line }: { $why }
further-places =
    { $count ->
        [one] und { $count } weitere; „ringside contacts check FILE“ nennt sie
       *[other] und { $count } weitere; „ringside contacts check FILE“ nennt sie
    }
search-settings = Einstellungen durchsuchen
no-settings = Keine Einstellung passt.
fixed-settings = Die Einstellungen der Demo lassen sich nicht ändern.
settings-file = Gespeichert in { $path }
organisation-file = Von Ihrer Organisation: { $path }
locked-by = Von Ihrer Organisation festgelegt
theirs = Von Ihrer Organisation vorgegeben
usual = Üblich: { $value }
set-but-hidden = Gesetzt; wird nicht angezeigt
back-to-usual = Zurück zum üblichen Wert von { $title }
reset = Üblicher Wert
saved = { $title }: gespeichert
yes = Ein
no = Aus

## Oneself

you = Sie
own-state = Ihr Status
own-unknown = Status unbekannt
not-connected = Nicht verbunden
no-accounts = Noch kein Konto

## Do not disturb

dnd = Nicht stören
dnd-until = Bis { $time }
dnd-on = Bis Sie es ausschalten
dnd-lengths = Wie lange nicht stören
dnd-30 = Für 30 Minuten
dnd-60 = Für 1 Stunde
dnd-tomorrow = Bis morgen
dnd-open = Bis ich es ausschalte
dnd-at = Bis
dnd-at-label = Nicht stören bis zu dieser Uhrzeit
dnd-set = Setzen
dnd-keep = Anlassen
dnd-asking = Noch an. Anlassen?
dnd-partly = Nicht überall
dnd-schedule = Nach Zeitplan, bis Sie es ausschalten
dnd-schedule-until = Nach Zeitplan, bis { $time }
dnd-held-off = Der Zeitplan ist bis { $time } ausgesetzt
dnd-states = Nicht stören, Konto für Konto
dnd-off = Ausschalten
dnd-some = Nur an in { $accounts }
dnd-stopped = Ringside läuft nicht.
dnd-on-elsewhere = anderswo eingeschaltet
dnd-on-elsewhere-at = um { $time } anderswo eingeschaltet
dnd-off-elsewhere = anderswo ausgeschaltet
dnd-off-elsewhere-at = um { $time } anderswo ausgeschaltet
dnd-here-only = nur hier still
dnd-follows = hier still; der Anbieter folgt
dnd-confirmed = an
dnd-settling = wird geändert …

## Connections

connections = Verbindungen
connection-lacking = Verbunden, aber nicht mit allem
connection-connecting = Verbindet
connection-live = Verbunden
connection-waiting = Wartet
connection-sign-in = Anmeldung nötig
connection-stopped = Angehalten
retry-in = Neuer Versuch in { $length }
retrying = Neuer Versuch
retry = Erneut versuchen
retry-account = { $account } erneut versuchen
sign-in = Anmelden
sign-in-by = Anmelden mit
choose-provider = Auswählen …
sign-in-to = Bei { $account } anmelden
dismiss = Schließen
not-asked = Ringside war nicht ansprechbar; starten Sie es neu, wenn das anhält.
detached = Ringside läuft nicht mehr; was Sie sehen, ist alt. Öffnen Sie Ringside erneut, um es zu starten.
detached-title = Ringside läuft nicht
detached-help = Starten Sie Ringside aus Ihren Anwendungen; dann füllt sich dieses Fenster von selbst.

## Will I ring?

will-i-ring = Klingelt es?
will-ring = Anrufe erreichen Sie.
will-ring-warned = Anrufe erreichen Sie, aber sehen Sie sich das an.
will-not-ring = Anrufe erreichen Sie möglicherweise nicht.
not-proven = Nicht jedes Konto funktioniert nachweislich.
all-proven = Jedes Konto funktioniert nachweislich.
listening = Hört zu seit { $since }, { $heard }
heard-ago = zuletzt gehört vor { $length }
heard-never = noch nichts gehört
missed-out =
    { $count ->
        [one] { $count } Lücke nicht nachgeholt
       *[other] { $count } Lücken nicht nachgeholt
    }
check = Jetzt alles prüfen
checking = Prüft …
checked-at = Geprüft { $time }
good-findings =
    { $count ->
        [one] { $count } Punkt ist in Ordnung
       *[other] { $count } Punkte sind in Ordnung
    }
close = Schließen

## People

search = Name, Nummer oder Abteilung suchen
clear-search = Suche leeren
filter = Nur anzeigen
all = Alle
standing-available = Verfügbar
standing-ringing = Klingelt
standing-busy = Beschäftigt
standing-dnd = Nicht stören
standing-away = Abwesend
standing-offline = Offline
standing-unknown = Unbekannt
standing-stale = Nicht verbunden
state-for = { $state } { $length }
last-known = Zuletzt bekannt vor { $length }: { $state }
last-known-just = Nicht verbunden, zuletzt { $state }
deaf-since = Nicht verbunden seit { $time }
until = bis { $time }
also-dnd = nicht stören
dial = { $who } anrufen
dialing = { $who } wird angerufen: heben Sie Ihr Telefon ab
nobody = Niemand passt.
nobody-yet = Kollegen erscheinen hier, sobald ein Konto verbunden ist.
sign-in-first = Melden Sie sich an, um Ihre Kollegen zu sehen.
favourite = Favorit
favourites = Favoriten
everybody = Alle
nowhere = Keine Abteilung
group-by = Gruppieren nach
grouping-none = Nichts
grouping-account = Konto
grouping-department = Abteilung
number = Nummer
department = Abteilung
account = Konto
call = Anrufen
copy-number = Nummer kopieren
copied = { $what } kopiert
not-copied = Kopieren war nicht möglich; markieren Sie es mit der Maus.
tell-when-free = Melden, wenn frei, innerhalb von
will-tell = Sie erfahren, wenn { $who } frei ist
awaited-until = Sie werden informiert, sobald frei, bis { $time }
tell-no-more = Nicht mehr melden
shown-all =
    { $count ->
        [one] { $count } Person
       *[other] { $count } Personen
    }
shown-some =
    { $all ->
        [one] { $count } von { $all } Person
       *[other] { $count } von { $all } Personen
    }

## Calls

now = Jetzt
recent = Letzte
missed =
    { $count ->
        [one] { $count } verpasst
       *[other] { $count } verpasst
    }
missed-seen = Als gesehen markieren
no-calls = Gerade keine Anrufe
search-calls = Name, Nummer, Leitung oder Notiz suchen
kind-all = Alle
kind-missed = Verpasst
kind-incoming = Eingehend
kind-outgoing = Ausgehend
no-such-call = Kein Anruf passt.
found =
    { $count ->
        [one] { $count } Anruf
       *[other] { $count } Anrufe
    }
more = Mehr anzeigen
when = Wann
line = Leitung
with-whom = Mit
why = Benachrichtigung
why-shown = Angezeigt: { $why }
why-not-shown = Nicht angezeigt: { $why }
call-back-short = Zurückrufen
note = Notiz
note-help = Worum ging es?
noted = Notiz gespeichert
remind = Erinnern in
reminds-at = Erinnerung um { $time }
will-remind = Sie werden um { $time } erinnert
remind-not = Keine Erinnerung
no-reminder = Die Erinnerung ist entfernt
make-private = Privat machen
private-sure = Wer am anderen Ende war, wird endgültig vergessen. Der Anruf bleibt in der Liste.
made-private = Die Gegenseite ist vergessen
erase = Löschen
erase-sure = Dieser Anruf wird endgültig von diesem Computer gelöscht.
erased = Der Anruf ist gelöscht
keep-or-erase = Anrufe sichern oder löschen
save-calls = Anrufe in einer Datei sichern
save-all = Die aufgelisteten Anrufe.
save-found =
    { $count ->
        [one] Der { $count } jetzt aufgelistete Anruf.
       *[other] Die { $count } jetzt aufgelisteten Anrufe.
    }
save-csv = Tabelle (CSV)
save-json = JSON
saving = Wird gesichert …
saved-calls =
    { $count ->
        [one] { $count } Anruf in { $path } gesichert
       *[other] { $count } Anrufe in { $path } gesichert
    }
keep-calls = Anrufe behalten für
keep-none = Keine Anrufe werden aufbewahrt
keep-years =
    { $count ->
        [one] { $count } Jahr
       *[other] { $count } Jahre
    }
keep-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
keep-help = Ältere werden von selbst von diesem Computer gelöscht.
kept = Anrufe werden aufbewahrt: { $length }
erase-calls = Anrufe löschen
erase-older = Älter als { $length }
erase-all = Alle Anrufe
erase-older-sure = Alle Anrufe, die älter sind ({ $length }), werden endgültig von diesem Computer gelöscht.
erase-all-sure = Alle Anrufe werden mit Notizen und Erinnerungen endgültig von diesem Computer gelöscht.
erased-calls = Die Anrufe sind gelöscht
erase-number = Alle mit dieser Nummer löschen
erase-number-sure = Alle Anrufe mit dieser Nummer werden endgültig von diesem Computer gelöscht.
no-recent = Ihre Anrufe werden hier aufgelistet.
hidden-number = Unterdrückte Nummer
unknown-caller = Unbekannter Anrufer
call-ringing = Klingelt
call-calling = Ruft an
call-held = Gehalten
call-held-with = Gehalten mit { $who }
call-talking = Im Gespräch
call-talking-with = Im Gespräch mit { $who }
no-answer = Keine Antwort
outcome-answered = Angenommen
outcome-missed = Verpasst
outcome-voicemail = Mailbox
outcome-answered-elsewhere = Anderswo angenommen
outcome-declined = Abgelehnt
outcome-busy = War besetzt
outcome-transferred = Weitergeleitet
outcome-failed = Kam nicht durch
outcome-lost = Ende nicht gesehen
talked = Angenommen, { $length }
incoming = Eingehend
outgoing = Ausgehend
call-back = { $who } zurückrufen
newly-missed = Neu
incoming-call = Eingehender Anruf
call-from = Eingehender Anruf von { $who }
caller-note = Notiz: { $note }
caller-call-back = Sie wollten zurückrufen.
waiting-calls =
    { $count ->
        [one] { $count } Anrufer wartet
       *[other] { $count } Anrufer warten
    }
queues = Warteschlangen
pick-up = Annehmen
pick-up-from = Den ersten Anrufer von { $queue } annehmen
silence = Stumm schalten
silence-call = Anruf von { $who } stumm schalten
open = Öffnen

## Accounts

last-heard = Zuletzt gehört
ago = vor { $length }
never = Noch nicht
connection-state = Verbindung
since = seit { $time }
over = über { $transport }
new-token = Neu anmelden
owner = Sie sind
gaps = Lücken
gap = { $from } bis { $to }
gap-calls =
    { $count ->
        [one] { $count } Anruf nachgeholt
       *[other] { $count } Anrufe nachgeholt
    }
gap-rest = { $calls }, der Rest lässt sich nicht holen
gap-nothing = kein Anruf ging verloren
gap-filled = nachträglich geholt
gap-open = lässt sich nicht holen
unknown = Übersprungene Nachrichten
remove = Entfernen
remove-account = { $account } entfernen
remove-title = Konto „{ $account }“ entfernen?
remove-help = Seine Einstellungen und sein gespeichertes Token werden von diesem Computer gelöscht.
quit = Ringside beenden
quit-title = Ringside beenden?
quit-help = Anrufe werden erst wieder gemeldet, wenn Sie es neu starten.
cancel = Abbrechen
add-account = Konto hinzufügen
add = Konto hinzufügen
adding = Wird hinzugefügt …
signing-in = Meldet an …
provider = Anbieter
no-browser-sign-in = Sie melden sich hier mit dem an, was Ihr Anbieter Ihnen gegeben hat; keiner von ihnen beschreibt eine Anmeldung über den Browser.
connecting-to = Verbindet mit { $account }; Kollegen erscheinen gleich.
account-name = Name auf diesem Computer
account-name-help = Kleinbuchstaben, Ziffern und Bindestriche, etwa „work“.
account-name-taken = Es gibt bereits ein Konto mit diesem Namen.
advanced = Adressen
advanced-help = Leer lassen für die des Anbieters.

## First run

welcome = Willkommen bei Ringside
welcome-help = Fügen Sie Ihr Telefonkonto hinzu, um zu sehen, wer anruft und welche Kollegen frei sind.

## Times

span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } Std.
span-hours-minutes = { $hours } Std. { $minutes } min
span-days = { $count } T.
tomorrow-at = morgen { $time }
yesterday-at = gestern { $time }
