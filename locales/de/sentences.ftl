# What the programs say in English where something happens, for all faces. A variable that begins with `text` is a
# sentence of its own, `count` a number, `time` a time; anything else is a name.

## Connections

unreachable = Der Anbieter ist nicht erreichbar; prüfen Sie das Netzwerk oder warten Sie: Ringside versucht es weiter.
server-fault = Der Server des Anbieters meldet einen eigenen Fehler; hier ist nichts zu tun: Ringside versucht es weiter.
not-confirmed = Der Anbieter hat es nicht bestätigt, vielleicht ist es also nicht geschehen; sehen Sie nach, und versuchen Sie es sonst noch einmal.
slow-down = Der Anbieter bittet um etwas Geduld, daher wurde es nicht ausgeführt; versuchen Sie es in einer Minute noch einmal.
dropped = Die Verbindung wurde getrennt; Ringside verbindet sich neu.
silent = Die Verbindung ist verstummt; Ringside verbindet sich neu.
tls = Dem Zertifikat des Anbieters wird nicht vertraut; wenn Ihre Firma den Datenverkehr prüft, setzen Sie `ca_file` in den Einstellungen.
proxy = Der Proxy ließ die Verbindung nicht durch; prüfen Sie `proxy` in den Einstellungen.
protocol = Der Anbieter hat unerwartet geantwortet; prüfen Sie die Adressen des Kontos in den Einstellungen.
refused-token = Der Anbieter akzeptiert das Token dieses Kontos nicht; melden Sie sich mit einem neuen an.
expired-token = Das Token des Kontos ist abgelaufen; melden Sie sich neu an.
code-needed = Der Anbieter verlangt den Code Ihres zweiten Faktors; melden Sie sich neu an und geben Sie den aktuellen Code ein.
forbidden = Der Zugriff wird verweigert, und Ringside fragt alle paar Minuten erneut; bleibt es so, bitten Sie Ihren Administrator um Zugriff.
rate-limited = Der Anbieter bittet um Zurückhaltung; Ringside wartet so lange wie verlangt.
unwanted = Der Anbieter bat, sich nicht wieder zu verbinden; wählen Sie „Erneut versuchen“ für einen weiteren Versuch.
settings-wrong = Die Einstellungen des Kontos sind falsch; `ringside doctor` zeigt, welche.
internal = Ringside hat in diesem Konto einen Fehler gemacht und startet es neu; bitte melden Sie ihn.
account-not-connected = Das Konto ist nicht verbunden; versuchen Sie es wieder, wenn es verbunden ist.
this-not-connected = Dieses Konto ist nicht verbunden; versuchen Sie es wieder, wenn es verbunden ist.
not-running = Ringside läuft nicht; starten Sie `ringside agent`.
erase-no-number = Das ist keine Telefonnummer, daher wurde nichts gelöscht; `ringside calls` zeigt die Nummern der Anrufer.
hung = Ringside läuft, antwortet aber nicht; beenden Sie es mit `pkill -9 -x ringside` und starten Sie `ringside agent` neu.
other-version = Das laufende Ringside hat eine andere Version; starten Sie es neu.
ending = Ringside wird beendet; starten Sie es neu.
no-answer-in-time = Der Anbieter hat nicht rechtzeitig geantwortet; sehen Sie nach, ob es geschehen ist, bevor Sie es erneut versuchen.
no-number-colleague = Die Nummer dieses Kollegen ist nicht bekannt; fragen Sie danach.
no-full-number = Das ist keine vollständige Telefonnummer; schreiben Sie sie mit Landesvorwahl, etwa +45 11 22 33 44.
cannot-dial = Kein verbundenes Konto kann einen Anruf beginnen; prüfen Sie die Verbindungen.
no-number-caller = Die Nummer dieses Anrufers ist nicht bekannt.
nobody-waits = Dort wartet niemand mehr; jemand anderes hat den Anruf angenommen.
cannot-pick-up = Dieses Konto kann keinen wartenden Anruf annehmen; nutzen Sie das Telefon.
no-such-account = Ein solches Konto gibt es nicht; `ringside account list` zeigt die vorhandenen.
demo-fixed = Die Konten der Demo lassen sich nicht ändern; starten Sie Ringside ohne --demo.
no-clipboard = Die Zwischenablage ist nicht erreichbar; installieren Sie wl-clipboard (Wayland) oder xclip (X11).
no-browser = Hier gibt es keinen Browser; installieren Sie xdg-utils.
wait-longest = Auf einen Kollegen kann man höchstens 12 Stunden warten; wählen Sie eine kürzere Zeit.
wait-self = Das sind Sie selbst; wählen Sie einen Kollegen.
wait-free = Dieser Kollege ist jetzt frei; rufen Sie an.
wait-many = Sie warten schon auf 50 Kollegen; brechen Sie zuerst einen ab.
favourites-many = Sie haben schon 500 Favoriten; entfernen Sie zuerst einen.

## This computer

no-daemon = Kein Benachrichtigungsdienst antwortet, deshalb erscheinen keine Anrufe; starten Sie einen (etwa dunst).
no-bus = Es gibt keinen Sitzungsbus, deshalb erscheinen keine Anrufe; starten Sie Ringside in einer Desktopsitzung.
no-tray-host = Dieser Desktop zeigt keine Symbolleiste; öffnen Sie Ringside aus dem Menü oder schalten Sie eine ein (GNOME: die Erweiterung AppIndicator).
no-tray-bus = Es gibt keinen Sitzungsbus und deshalb keine Symbolleiste; starten Sie Ringside in einer Desktopsitzung.
no-windows = Die Fenster sind nicht installiert; installieren Sie ringside-desktop, oder nutzen Sie weiter die Symbolleiste und `ringside`.
window-fault = Ein Fenster endete mit einem Fehler; öffnen Sie es erneut, und sehen Sie ins Protokoll, wenn das anhält.
no-hotkeys = Dieser Desktop gibt Programmen keine globalen Tastenkürzel; belegen Sie `ringside dnd on` und `ringside dnd off` in seinen Tastatureinstellungen.
no-secret = Für `{ $account }` ist keine Anmeldung gespeichert; führen Sie `ringside account sign-in { $same }` aus.
keyring-locked = Der Schlüsselbund ist gesperrt; entsperren Sie ihn (Ihr Anmeldepasswort), dann macht Ringside von selbst weiter.
no-keyring = Auf diesem Computer antwortet kein Schlüsselbund; starten Sie einen (etwa gnome-keyring), oder nutzen Sie --credentials ORDNER.
settings-line = Einstellungen, Zeile { $line }: { $text }
store-newer = Die Anrufliste { $file } wurde von einem neueren Ringside geschrieben; aktualisieren Sie dieses.
store-damaged = Die Anrufliste { $file } ist beschädigt; verschieben Sie sie und starten Sie Ringside neu.
store-unwritable = Die Anrufliste { $file } kann nicht geschrieben werden; machen Sie Ordner und Datenträger beschreibbar.
disk-full = Der Datenträger ist voll; schaffen Sie Platz.
in-memory = Bis dahin werden Anrufe nur im Arbeitsspeicher gehalten.
store-silent = Die Anrufliste antwortet nicht; sehen Sie nach, ob der Datenträger voll ist.
no-store = Hier werden keine Anrufe aufbewahrt.
dnd-clock = Das ist keine Uhrzeit; wählen Sie eine wie 17:00.
dnd-week = „Nicht stören“ muss innerhalb von sieben Tagen enden; wählen Sie ein früheres Ende.
dnd-not-shown = Es wurde angenommen, ist aber nicht zu sehen; sehen Sie auf der Seite des Anbieters nach.
dnd-no-answer = Der Anbieter hat nicht rechtzeitig geantwortet; sehen Sie auf seiner Seite nach.

## Why a call was shown or not

rings-me = klingelt bei mir
all-calls = alle Anrufe werden angezeigt
why-missed = verpasst
why-rule = Regel { $number } zeigt ihn
why-rule-quiet = Regel { $number } hält ihn still
let-through = „Nicht stören“ lässt diesen Anrufer durch
somebody-else = klingelt bei jemand anderem
provider-silent = klingelt auf einer Leitung, und nichts sagt, dass es bei mir klingelt
switched-off = die Anzeige ist für dieses Konto aus
why-silenced = stumm geschaltet
quiet-caller = dieser Anrufer soll heute still sein
why-dnd = „Nicht stören“ ist an
why-dnd-schedule = „Nicht stören“ ist nach Zeitplan an
why-dnd-provider = „Nicht stören“ wurde beim Anbieter eingeschaltet
why-lets-number = „Nicht stören“ lässt diese Nummer durch
why-second = dieselbe Nummer ruft zum zweiten Mal an
why-locked = der Bildschirm ist gesperrt
why-shared = der Bildschirm wird geteilt
why-lost = die Verbindung ist verloren
why-earlier = er war zu Ende, bevor Ringside startete
why-never-rang = man sah ihn nicht klingeln
why-unnamed = { $text }; { $text2 }, deshalb wird der Anrufer nicht genannt
