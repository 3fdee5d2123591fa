# What `--help` says, and what is said of a wrong command line. Clap writes some of it; the rest is in `args.rs`.
# These are looked up nowhere else, and read only when they are to be shown.

## How it is laid out

usage-heading = Aufruf:
usage-options = [OPTIONEN]
commands-heading = Befehle:
arguments-heading = Argumente:
options-heading = Optionen:
note-env = [Umgebung: { $name }]
note-default = [Standard: { $value }]
note-values = [mögliche Werte: { $values }]

## What belongs to every command

help-flag = Hilfe ausgeben
help-flag-short = Hilfe ausgeben (mehr mit '--help')
help-flag-long = Hilfe ausgeben (Überblick mit '-h')
version-flag = Version ausgeben
help-command = Diesen Text oder die Hilfe zu einem Befehl ausgeben

## Names of values

name-command = BEFEHL
name-file = DATEI
name-dir = ORDNER
name-id = ID
name-pair = NAME=WERT
name-n = N
name-addr = ADRESSE
name-time = ZEIT
name-text = TEXT
name-format = FORMAT
name-number = NUMMER
name-call = ANRUF
name-at = ZEITPUNKT
name-person = PERSON
name-queue = WARTESCHLANGE
name-provider = ANBIETER
name-of = ANBIETER.NAME
name-key = NAME
name-value = WERT
name-shell = SHELL

## Ringside

about = Zeigt, wer anruft und wer frei ist, und schaltet „Nicht stören“, bei mehreren Telefonanbietern zugleich
about-whole = Zeigt, wer anruft und wer frei ist, und schaltet „Nicht stören“, bei mehreren Telefonanbietern zugleich.
exit-codes = Rückgabewerte: 0 erledigt, 1 fehlgeschlagen, 2 falscher Aufruf oder falsche Einstellungen, 3 kein Agent läuft, 4 Anmeldung nötig.

## Commands

agent-about = In der Symbolleiste bleiben: Verbindungen, Benachrichtigungen, Steuerkanal
watch-about = Ohne Agent verbinden und ausgeben, was geschieht
demo-about = Das eingebaute Demo-Büro zeigen: simulierte Anbieter auf diesem Computer
simulate-about = Nur die simulierten Anbieter starten und ihre Adressen als eine Zeile JSON ausgeben
status-about = Wer bin ich, Verbindungen, Anrufe
dnd-about = „Nicht stören“ in allen Konten ein- oder ausschalten oder anzeigen
share-about = Sagen, dass der Bildschirm geteilt wird: Anrufer werden darauf nicht genannt
quiet-about = Anrufer, bei denen es heute still bleibt
calls-about = Anrufe, neueste zuerst
gaps-about = Zeiten, in denen nichts zu hören war, und was nachgeholt wurde
note-about = Etwas zu einem Anruf notieren; es erscheint, wenn die Nummer wieder anruft
remind-about = An einen Rückruf erinnert werden
people-about = Kollegen und was sie tun
dial-about = Eine Nummer anrufen: zuerst klingelt Ihr eigenes Telefon
tell-about = Einmal Meldung bekommen, wenn ein Kollege frei ist
replay-about = Eine Aufzeichnung erneut abspielen und ausgeben, was sich ergibt
pick-up-about = Einen wartenden Anrufer aus einer Warteschlange annehmen, auf Ihrem eigenen Telefon
account-about = Ein Konto hinzufügen, auflisten, entfernen, prüfen oder anmelden
contacts-about = Eigene Adressbücher: wer ruft an
doctor-about = Alles prüfen, was ein Anruf durchläuft, von den Einstellungen bis zum Bildschirm, mit einer Abhilfe für jeden Fehler
autostart-about = Mit der Sitzung starten, in der Symbolleiste und ohne Fenster, oder nicht mehr
quit-about = Den laufenden Agenten beenden
settings-about = Zur Einstellungsdatei
completions-about = Die Vervollständigungen einer Shell ausgeben

## What many commands take

config-help = Die Einstellungsdatei statt der eigenen des Benutzers
credentials-help = Ein Ordner mit einer Datei je Konto, die dessen Geheimnis enthält, statt des Schlüsselbunds
json-help = Ein JSON-Objekt je Zeile
number-help = Mit Landesvorwahl, etwa +4930123456
which-account = Welches
seed-help = Dieselbe Zahl ergibt denselben Tag
which-call = Eine Kennung, `last` oder der neueste, den eine Suche findet
which-call-whole = Eine Kennung, `last` oder der neueste Anruf, den eine Suche findet

## Agent, watch, replay, demo, simulate

agent-demo = Das eingebaute Demo-Büro statt der Einstellungen nutzen
watch-account = Nur dieses Konto (mehrfach möglich)
watch-notify = Auch Benachrichtigungen zeigen
watch-record = In eine neue Datei schreiben, was kommt und geht, ohne Token und mit ersetzten Namen und Nummern
replay-file = Was `ringside watch --record` geschrieben hat
replay-set = Eine andere Einstellung als die aufgezeichnete, etwa event_map=DATEI (mehrfach möglich)
demo-json = Ein JSON-Objekt je Zeile statt der Live-Ansicht
demo-speed = Wievielmal lebhafter als ein gewöhnliches Büro
simulate-listen = Die Adresse, auf der gelauscht wird; muss eine dieses Computers sein
simulate-people = Wie viele Kollegen
simulate-rate = Geschehnisse je Sekunde; 0 für ein Büro, in dem von selbst nichts geschieht

## Do-not-disturb, a shared screen, quiet callers

dnd-on-about = Einschalten; ohne Dauer für eine Stunde
dnd-for = Wie lange, etwa 30m oder 2h
dnd-until-help = Bis wann, etwa 17:00 oder tomorrow
dnd-open-ended = Bis es ausgeschaltet wird; nach acht Stunden werden Sie erneut gefragt
dnd-off-about = Ausschalten
dnd-toggle-about = Ausschalten, wenn es an ist, sonst für eine Stunde einschalten
dnd-keep-about = Ohne Ende anlassen und später erneut gefragt werden
dnd-status-about = Anzeigen, Konto für Konto
share-on-about = Keinen Anrufer auf dem Bildschirm nennen; endet von selbst
share-for = Wie lange, etwa 45m oder 2h
share-off-about = Anrufer wieder nennen
share-status-about = Zeigen, wer den Bildschirm sehen kann, soweit bekannt
quiet-add-about = Bei einer Nummer bis Mitternacht still bleiben
quiet-remove-about = Bei ihr nicht mehr still bleiben
quiet-all = Alle
quiet-list-about = Auflisten

## Calls

calls-since = Nur Anrufe, die dann oder später begannen, etwa 2026-11-21, yesterday oder 7d (zuvor)
calls-before = Nur Anrufe, die früher begannen
calls-missed = Nur Anrufe, die ich verpasst habe
calls-search = Nur Anrufe mit diesem in Name, Nummer, Leitung oder Notiz
calls-export = Alle passenden Anrufe, für ein anderes Programm
calls-limit = Höchstens so viele [Standard: 100, mit --export alle]
calls-seen-about = Die verpassten Anrufe sind gesehen
calls-seen-call = Nur diesen: eine Kennung, `last` oder der neueste, den eine Suche findet
calls-private-about = Endgültig vergessen, wer am anderen Ende eines Anrufs war
calls-erase-about = Anrufe endgültig vergessen
calls-erase-before = Anrufe, die früher begannen, etwa 2026-11-21 oder 30d (zuvor)
calls-erase-number = Anrufe mit dieser Nummer
calls-erase-call = Ein Anruf, nach seiner Kennung
calls-erase-all = Alle Anrufe
note-text = Was; ein leerer Text entfernt die Notiz
remind-at = Wann, etwa 15:00, 2h oder 2026-11-21T15:00; `off` für gar nicht

## People, dialling, queues

people-search = Nur Personen mit diesem in Name oder Nummer
dial-account = Über dieses Konto
tell-person = Die Kennung eines Kollegen oder genug vom Namen, um ihn von allen anderen zu unterscheiden
tell-for = Wie lange gewartet wird, etwa 30m oder 2h; sonst eine Stunde
tell-cancel = Nicht länger warten
pick-up-queue = Die Warteschlange, wie `ringside status` sie zeigt: Konto/Kennung
pick-up-caller = Der Anrufer; sonst wer am längsten wartet

## Address books and accounts

contacts-list-about = Die Adressbücher, die die Einstellungen nennen, und wie es um jedes steht
contacts-check-about = Eine vCard- oder CSV-Datei lesen und auflisten, was davon nicht nutzbar ist und warum
contacts-who-about = Wer diese Nummer hat, nach den Dateien, die die Einstellungen nennen
contacts-who-number = Mit Landesvorwahl oder wie man sie in Ihrem Land schreibt
contacts-sign-in-about = Das Passwort des Adressbuchs auf einem Server speichern; es wird erfragt oder von der Standardeingabe gelesen
account-add-about = Ein Konto hinzufügen; das Geheimnis wird erfragt oder von der Standardeingabe gelesen
account-add-id = Sein Name hier: a-z, 0-9 und -
account-add-provider = Der Anbieter, etwa firmafon
account-add-set = Eine Einstellung, etwa api_url=https://… (mehrfach möglich)
account-list-about = Die Konten auflisten
account-remove-about = Ein Konto und sein Geheimnis entfernen
account-test-about = Einmal verbinden und sagen, was funktioniert
account-sign-in-about = Ein anderes Geheimnis speichern; es wird erfragt oder von der Standardeingabe gelesen

## The program

doctor-bundle-help = Das Gefundene zum Mitschicken in eine neue Datei schreiben, ohne Namen, Nummern und Konten
autostart-on-about = Mit der Sitzung starten
autostart-off-about = Nicht mit der Sitzung starten
autostart-status-about = Zeigen, ob es so ist
schema-about = Das JSON-Schema der Einstellungsdatei ausgeben oder das einer Datei, die eine Einstellung eines Kontos nennt
schema-of = Der Anbieter und der Name, etwa nguc.event_map
settings-check-about = Fehler in den Einstellungen suchen oder in einer Datei, die eine Einstellung eines Kontos nennt, etwa einer Ereigniskarte
settings-check-of = Der Anbieter und der Name, etwa nguc.event_map; sonst die Einstellungen
settings-check-file = Die Datei
path-about = Ausgeben, wo die Einstellungsdatei liegt
settings-list-about = Jede Einstellung des laufenden Agenten, was sie ist und wer es so will
set-about = Einen Wert in die Einstellungen schreiben; ohne Wert wird er entfernt
set-key = Ihr Name, nach ihrer Tabelle: proxy, window.theme, account.work.popups
set-value = Was sie sein soll
shells = bash, elvish, fish, powershell oder zsh

## What is wrong with a command line

wrong = Fehler:
tip = Tipp:
see-help = Mehr dazu mit '{ $flag }'.
meant = meinten Sie { $names }?
twice = das Argument '{ $argument }' darf nur einmal vorkommen
together = '{ $argument }' lässt sich nicht zusammen mit '{ $other }' nutzen
no-value = '{ $argument }' braucht einen Wert, bekam aber keinen
bad-value = ungültiger Wert '{ $value }' für '{ $argument }'
bad-value-since = ungültiger Wert '{ $value }' für '{ $argument }': { $reason }
more-values = unerwarteter Wert '{ $value }' für '{ $argument }'; mehr werden nicht erwartet
no-command = unbekannter Befehl '{ $name }'
command-missing = auf '{ $command }' muss ein Befehl folgen
commands-there = [Befehle: { $names }]
arguments-missing = diese erforderlichen Argumente fehlen: { $arguments }
no-argument = unerwartetes Argument '{ $argument }'
not-utf8 = ein oder mehrere Argumente sind kein gültiges UTF-8

## In the words of those who read arguments

tip-as-value = schreiben Sie '{ $written }', um '{ $argument }' als Wert zu übergeben
tip-exists = '{ $command }' gibt es
tip-without-dashes = den Befehl '{ $command }' gibt es; entfernen Sie '--' davor, um ihn zu nutzen
above-zero = muss eine Zahl über 0 sein
no-digits = muss eine ganze Zahl sein
no-integer = muss eine ganze Zahl sein
too-large = die Zahl ist zu groß
out-of-range = { $number } liegt nicht in { $range }
no-float = muss eine Zahl sein
empty-float = muss eine Zahl sein
no-address = muss eine Adresse mit Port sein, etwa 127.0.0.1:8080
