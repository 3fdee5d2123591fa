# What a look at everything that a call has to pass has found: “Will I ring?” and `ringside doctor`. Variables as in
# `problems.ftl`.

## The settings and the way out

check-network = Zertifikate und Proxy sind nutzbar.
check-no-network = Kein Konto ist zu erreichen.
check-settings-fault = Die Einstellungsdatei hat einen Fehler.
check-settings = Die Einstellungsdatei hat keinen Fehler.
check-no-account = Es gibt kein Konto.
check-add-account = Fügen Sie eines im Fenster oder mit `ringside account add` hinzu.
check-account = Es gibt ein Konto.
check-accounts = Es gibt { $count } Konten.
check-file = { $path } ist in Ordnung.
check-file-unreadable = { $path } ist nicht lesbar: { $error }.
check-and-more = { $text } … und { $count } weitere
check-mend-file = Berichtigen Sie die Datei; `ringside settings check { $key } { $path }` nennt jeden Fehler.

## An account

check-popups-mine = Anrufe, die bei Ihnen klingeln, werden gemeldet.
check-popups-all = Alle Anrufe werden gemeldet.
check-popups-none = Kein Anruf dieses Kontos wird gemeldet.
check-set-popups = Setzen Sie `popups = "mine"` in den Einstellungen, wenn Sie das nicht wollen.
check-secret = Die Anmeldung ist gespeichert und lesbar.
check-no-secret = Die gespeicherte Anmeldung ist nicht lesbar.
check-no-history = Anrufe werden von jetzt an nicht aufbewahrt.
check-not-tried = Es wurde noch nicht versucht.
check-wait = Warten Sie einige Sekunden und prüfen Sie erneut.
check-connected = Verbunden über { $textway }, zuletzt gehört vor { $span }.
check-connected-silent = Verbunden über { $textway }, noch nichts gehört.
unknown-way = einen unbekannten Weg
check-connecting = Es verbindet sich.
check-waiting = Es ist nicht verbunden und wird erneut versucht.
check-the-network = Prüfen Sie das Netzwerk.
check-needs-sign-in = Es verlangt, dass Sie sich anmelden.
check-sign-in = Melden Sie sich neu an.
check-stopped = Es ist angehalten.
check-try-again = Versuchen Sie es vom Fenster aus erneut.
check-listening = Hört zu seit { $time }: { $known }.
what-subscriptions-confirmed = der Server hat die Abonnements bestätigt
what-firehose-proof = der Server hat Token und Verbindung angenommen und bestätigt keine Abonnements
what-nguc-proof = der Server hat das Token angenommen und bestätigt keine Abonnements
what-stringee-proof = der Server hat die Anmeldung angenommen und bestätigt keine Themen
check-lacking = Nicht alles ist zu hören.
check-probe = Eine Probe wurde binnen { $span } beantwortet.
check-no-probe = Eine Probe blieb unbeantwortet.
check-no-probe-why = Ringside verbindet sich von selbst neu; bleibt es so, prüfen Sie das Netzwerk und `ringside status`.
check-owner = Welche Anrufe Ihre sind, ist bekannt.
check-no-owner = Der Anbieter hat nicht gesagt, wer Sie sind, deshalb ist vielleicht nicht bekannt, welche Anrufe Ihre sind.
check-set-owner = Bleiben Anrufe ungesehen, setzen Sie für dieses Konto `popups = "all"` oder den Schlüssel, der sagt, wer Sie sind.
check-no-gaps = In den letzten 24 Stunden ging nichts verloren.
check-gaps-one = Es war in den letzten 24 Stunden einmal weg, und was da geschah, wurde geholt.
check-gaps = Es war in den letzten 24 Stunden { $count }-mal weg, und was da geschah, wurde geholt.
check-gap = Es war von { $time } bis { $time2 } weg, und nicht alles, was da geschah, ließ sich holen.
check-look-at-provider = Suchen Sie Anrufe dieser Zeit beim Anbieter.
check-understood = Alles, was kam, wurde verstanden.
check-skipped = Meldungen dieser Arten wurden nicht verstanden: { $names }.
check-skipped-more = Meldungen dieser Arten wurden nicht verstanden: { $names } und { $count } weitere.
check-report-names = Nichts, es sei denn, Anrufe oder Personen fehlen; dann melden Sie diese Namen.

## The clock and do-not-disturb

check-no-clock = Kein Server hat seine Zeit genannt, deshalb wurde die Uhr nicht verglichen.
check-clock = Die Uhr dieses Computers stimmt mit denen der Server überein.
check-clock-ahead = Die Uhr dieses Computers geht gegenüber einem Server { $span } vor.
check-clock-behind = Die Uhr dieses Computers geht gegenüber einem Server { $span } nach.
check-set-clock = Stellen Sie die Uhr, oder lassen Sie sie vom System über das Netzwerk stellen.
check-dnd-off = „Nicht stören“ ist aus.
check-dnd-on = „Nicht stören“ ist an, deshalb werden keine Anrufe gemeldet.
check-dnd-on-until = „Nicht stören“ ist bis { $time } an, deshalb werden keine Anrufe gemeldet.
check-dnd-switch-off = Schalten Sie es aus, wenn Sie angerufen werden wollen.

## This computer

check-state = Was das Programm überdauern muss, lässt sich schreiben.
check-state-unwritable = In { $folder } lässt sich nichts schreiben: { $error }.
check-state-why = Machen Sie den Ordner beschreibbar und sehen Sie nach, ob Platz ist, sonst werden verpasste Anrufe vergessen.
check-keyring = Der Schlüsselbund speichert und gibt Geheimnisse.
check-no-keyring = Der Schlüsselbund ist nicht nutzbar.
check-sleep = Das System meldet, wenn der Computer schläft und aufwacht.
check-no-sleep = Das System meldet den Schlaf nicht; Ringside bemerkt verlorene Zeit von selbst binnen Sekunden.
check-no-daemon = Kein Benachrichtigungsdienst antwortet, deshalb erscheinen keine Anrufe.
check-start-daemon = Starten Sie einen Benachrichtigungsdienst (etwa dunst) in der Sitzung des Desktops.
check-daemon = Benachrichtigungen zeigt { $name }.
check-testing = Ringside prüft Benachrichtigungen
check-testing-why = Diese verschwindet von selbst.
check-round-trip = Eine Testbenachrichtigung wurde in { $number } ms angenommen und verschwand wieder.
check-not-gone = Eine Testbenachrichtigung wurde angenommen, aber der Dienst meldet nicht, dass sie verschwand.
check-not-gone-why = Sehen Sie, ob Benachrichtigungen von Anrufen stehen bleiben; wenn ja, nutzen Sie einen anderen Benachrichtigungsdienst.
check-not-taken = Der Benachrichtigungsdienst nahm keine Testbenachrichtigung an.
check-restart-daemon = Starten Sie den Benachrichtigungsdienst Ihres Desktops neu.
check-buttons = Benachrichtigungen haben Schaltflächen.
check-no-buttons = Benachrichtigungen haben auf diesem Desktop keine Schaltflächen.
check-use-window = Nutzen Sie stattdessen das Fenster oder die Symbolleiste, oder einen anderen Benachrichtigungsdienst.
check-held-back = Der Desktop hält Benachrichtigungen zurück.
check-desktop-dnd = Schalten Sie „Nicht stören“ des Desktops aus, wenn Anrufe erscheinen sollen.
check-not-held-back = Der Desktop meldet nicht, dass er Benachrichtigungen zurückhält.
check-tray = Eine Leiste zeigt Symbole.
check-no-tray = Ringside ist in keiner Symbolleiste zu sehen.
check-windows = Die Fenster sind installiert.
check-no-windows = Die Fenster sind nicht installiert; Anrufe werden trotzdem gemeldet.
check-install-windows = Installieren Sie ringside-desktop, oder machen Sie mit der Symbolleiste und `ringside` weiter.
check-no-autostart = Ringside startet nicht mit der Sitzung.
check-autostart = Ringside startet mit der Sitzung.
check-autostart-gone = Der Eintrag, der Ringside mit der Sitzung startet, nennt { $program }, das nicht da ist.
check-autostart-anew = Führen Sie `ringside autostart on` aus, um ihn neu zu schreiben.
check-no-hotkey = Kein Tastenkürzel ist gesetzt.
check-hotkeys-unbound = Die Tastenkürzel lassen sich auf diesem Desktop nicht einrichten.
check-hotkeys = Jedes Tastenkürzel wurde gedrückt und gehört.
check-hotkeys-unheard = Seit dem Start von Ringside nicht gehört: { $names }.
check-press-once = Drücken Sie es einmal; ein Desktop kann ein Tastenkürzel annehmen und nie melden.

## The program itself

check-running = Ringside läuft.
check-not-running = Ringside läuft nicht, deshalb wird nichts gemeldet.
check-start = Starten Sie es mit `ringside agent`; `ringside autostart on` tut das bei jeder Sitzung.
check-alone = Diese Einstellungen werden ohne das laufende Programm geprüft.
