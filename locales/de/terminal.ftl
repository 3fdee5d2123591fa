# What only the command line says. Variables as in `problems.ftl`.

## States

not-tried = noch nicht versucht
state-connecting = verbindet
state-live = verbunden
state-waiting = wartet auf neue Verbindung
state-sign-in = Anmeldung nötig
state-stopped = angehalten
person-available = verfügbar
person-ringing = klingelt
person-busy = besetzt
person-dnd = nicht stören
person-dnd-short = still
person-away = abwesend
person-offline = offline
person-unknown = unbekannt
person-was = nicht verbunden, war { $textstate }
person-left = { $who } ist weg
state-you = (Sie)
state-until = bis { $time }
state-since = seit { $time }

## Calls

call-mine-from = mein Anruf von
call-mine-to = mein Anruf an
call-colleague-from = Anruf eines Kollegen von
call-colleague-to = Anruf eines Kollegen an
call-line-from = Anruf einer Leitung von
call-line-to = Anruf einer Leitung an
call-answered = angenommen
call-on-hold = gehalten
call-no-answer = keine Antwort
call-ended = beendet
call-went-to-voicemail = ging an die Mailbox
call-voicemail = Mailbox
call-by-colleague = von Kollegen angenommen
call-elsewhere = anderswo
call-declined = abgelehnt
call-transferred = weitergegeben
call-failed = gescheitert
call-out-of-sight = Ende nicht gesehen
call-lost = ungesehen
queue-waiting = { $count } warten
ticket-changed = Ticket { $id } geändert
skipped = { $name } übersprungen (bisher { $count })
lines-left-out = { $count } Zeilen fehlen hier: eine Weile wurde nichts gelesen

## Times in which nothing was heard

gap-one-call = 1 Anruf nachträglich geholt
gap-many-calls = { $number } Anrufe nachträglich geholt
gap-no-call = kein Anruf ging verloren
gap-fetched = was geschah, wurde nachträglich geholt
gap-the-rest = der Rest lässt sich nicht holen
gap-not-fetched = lässt sich nicht holen

## How things stand

status-no-account = Noch kein Konto; führen Sie `ringside account add` aus.
colleagues-one = 1 Kollege
colleagues-many =
    { $count ->
        [one] { $count } Kollege
       *[other] { $count } Kollegen
    }
status-deaf = Anrufe kommen möglicherweise nicht durch: siehe die Konten oben
status-unseen = Anrufe kommen an, sind aber vielleicht nicht zu sehen: siehe unten, was nicht stimmt
status-good = Anrufe kommen durch
live-connections = Verbindungen
live-calls = Anrufe
live-recent = Letzte
live-people = Personen
live-missed = { $number } verpasst
live-quit = q beendet
live-by = über { $transport }
live-you = Sie

## Do-not-disturb

dnd-is-off = „Nicht stören“ ist aus
dnd-is-off-until = „Nicht stören“ ist aus, auch der Zeitplan bis { $time }
what-dnd = „Nicht stören“
what-dnd-schedule = „Nicht stören“ nach Zeitplan
what-dnd-elsewhere = „Nicht stören“, eingeschaltet in { $accounts }
dnd-until-time = { $known } bis { $time }
dnd-asks = { $known }: soll es an bleiben? `ringside dnd keep` oder `ringside dnd off`
dnd-until-off = { $known }, bis Sie es ausschalten; Sie werden um { $time } erneut gefragt
dnd-endless = { $known }, ohne Ende
dnd-not-there = hier still, nicht beim Anbieter
dnd-still-there = beim Anbieter noch an
dnd-again-at = Es wird um { $time } erneut versucht.
dnd-under-way = eine Änderung läuft
dnd-none-there = hier still; der Anbieter hat es nicht oder ist noch nicht verbunden
dnd-word-on = an
dnd-word-off = aus
dnd-on-elsewhere-word = anderswo eingeschaltet
dnd-off-elsewhere-word = aus, anderswo ausgeschaltet
dnd-on-there = beim Anbieter an
dnd-follows-later = hier still; der Anbieter zeigt es, sobald er verbunden ist und kein Anruf es verdeckt
dnd-unseen = der Anbieter zeigt es nicht

## The history

seen-none-new = Kein verpasster Anruf ist mehr neu.
past-seen = Gesehen
past-forgotten = Das andere Ende ist vergessen bei
past-erased = Gelöscht.
past-noted = Notiert
past-no-reminder = Keine Erinnerung
past-reminded = Sie werden um { $time } erinnert
past-new = (neu)
past-private = (privat)
past-shown = gezeigt
past-not-shown = nicht gezeigt
past-call-back = zurückrufen um { $time }
no-past-call = `{ $call }` ist kein Anruf der Anrufliste; siehe `ringside calls`.
not-a-time = `{ $wrong }` ist keine Zeit; schreiben Sie 2026-11-21, yesterday oder 7d.
not-to-come = `{ $wrong }` ist keine künftige Zeit; schreiben Sie 15:00, 2h oder 2026-11-21T15:00.
not-a-clock = `{ $wrong }` ist keine Zeit; schreiben Sie 17:00 oder tomorrow.
not-a-length = `{ $wrong }` ist keine Dauer; schreiben Sie 30m oder 2h.

## What was done

done = Erledigt.
phone-first = Zuerst klingelt Ihr Telefon; nehmen Sie ab, um verbunden zu werden.
caller-comes = Der Anrufer kommt auf Ihr Telefon.
waits-no-more = Auf { $name } wird nicht mehr gewartet.
will-say-free = Eine Benachrichtigung meldet, wenn { $name } frei ist.
nobody-called = Niemand heißt `{ $wrong }`; siehe `ringside people`.
several-called = { $number } Kollegen heißen `{ $wrong }`; nennen Sie einen mit seiner Kennung: { $ids } …
value-set = (gesetzt, nicht gezeigt)
value-not-set = (nicht gesetzt)
value-yours = (Ihres)
value-theirs = (Ihrer Organisation)
value-fixed = (von Ihrer Organisation festgelegt)

## Discretion

share-until = Der Bildschirm wird bis { $time } geteilt
share-locked = Der Bildschirm ist gesperrt
share-not-named = Anrufer werden nicht genannt
share-named = Anrufer werden genannt
share-desktop-dnd = „Nicht stören“ des Desktops ist an

## Accounts

file-not-good = { $file } ist nicht in Ordnung; berichtigen Sie, was oben genannt ist.
no-file = Es gibt keine Datei `{ $name }`; es gibt { $names }.
no-home-folder = Es gibt keinen persönlichen Ordner.
not-a-provider = `{ $name }` ist kein bekannter Anbieter; nutzen Sie einen von { $names }.
not-a-pair = `{ $wrong }` ist keine Einstellung; schreiben Sie NAME=WERT.
account-already = Ein Konto `{ $id }` gibt es schon; wählen Sie einen anderen Namen.
account-added = Das Konto `{ $id }` ist hinzugefügt; `ringside account test { $same }` probiert es.
no-account-in = Kein Konto in { $file }.
no-account-called = Es gibt kein Konto `{ $id }`; `ringside account list` zeigt die vorhandenen.
account-removed = Das Konto `{ $id }` und sein Geheimnis sind entfernt.
secret-stored = Das Geheimnis ist im Schlüsselbund gespeichert.
nothing-given = Nichts angegeben ({ $what }); es wird vom Terminal oder von der Standardeingabe gelesen.
sign-in-by-number = Anmelden mit (1):
choose-number = Wählen Sie eine Zahl von 1 bis { $number }.
no-sign-in-way = Dieser Anbieter hat keine Anmeldung.
account-works = `{ $id }` funktioniert: verbunden über { $transport }, Kollegen: { $number }.
account-not-live = Es war binnen { $number } Sekunden nicht verbunden; prüfen Sie das Netzwerk.
account-ended = Es endete.
account-ended-early = Es endete, bevor etwas zu hören war.

## Address books

no-books = Es gibt kein Adressbuch; nennen Sie Dateien in der Tabelle [contacts] der Einstellungen.
book-one-contact = 1 Kontakt
book-many-contacts =
    { $count ->
        [one] { $count } Kontakt
       *[other] { $count } Kontakte
    }
book-skipped-one = 1 nicht oder nicht ganz übernommene Stelle
book-skipped = nicht oder nicht ganz übernommene Stellen: { $number }
book-line = Zeile { $number }: { $text }
book-more = und { $number } weitere
book-result = Nutzbare Kontakte: { $number }; nicht oder nicht ganz übernommene Stellen: { $number2 }.
book-no-use = Nichts aus dieser Datei ist nutzbar; speichern Sie sie als vCard oder als CSV mit benannten Spalten.
who-nobody = { $number } ist in keiner der Dateien in [contacts].
who-exact = genau diese Nummer
who-shared = mehrere Kontakte haben diese Nummer
who-ending = die einzige Nummer, die so endet
book-password = Passwort des Adressbuchs auf dem Server:
book-no-password = Kein Passwort angegeben; es wird vom Terminal oder von der Standardeingabe gelesen.
book-password-stored = Das Passwort ist im Schlüsselbund gespeichert; das Adressbuch wird binnen fünf Minuten gelesen.

## The program

no-socket-folder = Es gibt keinen Ordner für den Steuerkanal; setzen Sie XDG_RUNTIME_DIR.
another-runs = ein anderes Ringside läuft; beenden Sie es zuerst, oder nutzen Sie es.
no-control-socket = der Steuerkanal lässt sich nicht unter { $path } anlegen: { $error }.
own-fault = Ringside endete durch einen eigenen Fehler; bitte melden Sie ihn.
printing-fault = Die Ausgabe endete durch einen Fehler von Ringside; bitte melden Sie ihn.
output-unwritten = Die Ausgabe ist nicht vollständig, denn sie ließ sich nicht schreiben ({ $error }); schaffen Sie Platz, oder leiten Sie sie woandershin.
starts-with-session = Ringside startet mit der Sitzung, in der Symbolleiste und ohne Fenster.
entry-unwritten = Der Eintrag in { $folder } ist nicht schreibbar: { $error }.
entry-unremoved = Der Eintrag in { $folder } lässt sich nicht entfernen: { $error }.
would-start = { $program } würde mit der Sitzung starten, ist aber nicht da; führen Sie `ringside autostart on` aus.
no-running-ringside = Kein Ringside läuft; starten Sie `ringside agent`.
doctor-bundle = { $file } ist geschrieben; sie nennt keine Person, keine Nummer und kein Konto.
doctor-bundle-unwritten = { $file } ist nicht schreibbar: { $error }; nennen Sie eine neue Datei.
doctor-settings = Einstellungen: { $file }
doctor-needs-you = Etwas braucht Sie: siehe die mit FAIL markierten Zeilen.
watch-no-such = Es gibt kein Konto `{ $id }` in den Einstellungen ohne Fehler.
watch-nothing = Es gibt kein Konto zu verfolgen; führen Sie `ringside account add` aus.
watch-all-faulty = Kein Konto in den Einstellungen ist ohne Fehler; berichtigen Sie die oben genannten Zeilen.
record-there = { $path } gibt es schon; geben Sie --record einen freien Namen.
record-unwritten = { $path } ist nicht schreibbar: { $error }.
watch-sign-in = Kein Konto kann ohne Anmeldung weitermachen; führen Sie `ringside account sign-in ID` aus und starten Sie neu.
watch-ended = Kein Konto kann weitermachen; was jedem fehlt, steht oben.
replay-result = Sitzungen: { $number } in { $seconds } s; Eingaben: { $inputs }, Antworten auf nicht Gefragtes: { $answers }.
replay-line = Zeile { $number }: { $text }
replay-unreadable = sie ist nicht lesbar ({ $error }).
replay-no-recording = das ist keine Zeile einer Aufzeichnung; machen Sie eine mit `ringside watch --record`.
simulator-plain = Der Simulator spricht unverschlüsselt; --listen muss eine Adresse dieses Computers sein.
simulator-deaf = Der Simulator kann auf { $address } nicht lauschen: { $error }.
demo-deaf = Das Demo-Büro kann auf diesem Computer nicht lauschen: { $error }.
