# What forms ask and settings are called: titles, help and values that can be chosen. Read by whoever shows a form, where
# no name can be mistaken for a title.

## General

set-general = Allgemein
set-popup-window = Popup-Fenster
set-popup-window-about = Bei einem klingelnden Anruf auch ein kleines Fenster öffnen.
set-proxy = Proxy
set-proxy-about = http://[Benutzer:Passwort@]Host:Port; leer: wie im System.
set-ca-file = Zertifikate
set-ca-file-about = Eine PEM-Datei mit Zertifikaten, denen neben denen des Systems vertraut wird.
set-popups = Anrufe, die gemeldet werden
set-popups-about = Wessen Anrufe gemeldet werden.

## What alerts say and do

set-alerts = Was Meldungen zeigen und tun
set-on-lock = Bei gesperrtem Bildschirm
set-on-lock-about = was ein klingelnder Anruf zeigt
set-missed-on-lock = … bei verpassten Anrufen
set-missed-on-lock-about = was ein verpasster Anruf bei gesperrtem Bildschirm zeigt
set-while-sharing = Bei geteiltem Bildschirm
set-while-sharing-about = was ein klingelnder Anruf zeigt; siehe `ringside share`
set-missed-while-sharing-about = was ein verpasster Anruf bei geteiltem Bildschirm zeigt
set-sound = Ton
set-sound-about = der Ton des Desktops für einen klingelnden Anruf, neben dem des Telefons
set-missed-sound = Ton für verpasste Anrufe
set-missed-sound-about = der Ton des Desktops für einen verpassten Anruf
set-crm-url = Kundensystem
set-crm-url-about = wo ein Anrufer nachgeschlagen wird, etwa https://host/suche?q={ "{" }number{ "}" }

## Windows

set-window = Fenster
set-theme = Farben
set-theme-about = System (system), hell (light), dunkel (dark) oder Kontrast (contrast)
set-density = Abstände
set-density-about = weit (roomy): zwei Zeilen je Kollege; eng (compact): eine Zeile
set-text-percent = Textgröße
set-text-percent-about = in Prozent, von 100 bis 200
set-language = Sprache
set-language-about = von Fenstern, Symbolleiste, Benachrichtigungen und Kommandozeile

## Call history

set-history = Anrufliste
set-keep-days = Anrufe aufbewahren
set-keep-days-about = Tage, die Anrufe aufbewahrt werden; 0 bewahrt keine auf

## Address books

set-contacts = Wer anruft: Ihre eigenen Adressbücher; nichts davon verlässt diesen Computer
set-files = Dateien
set-files-about = vCard- (.vcf) und CSV-Dateien, die verlässlichste zuerst; ~ ist Ihr persönlicher Ordner
set-country = Land
set-country-about = dessen nationale Nummern darin stehen, etwa DE
set-carddav-url = Adressbuch auf einem Server
set-carddav-url-about = die CardDAV-Adresse eines Adressbuchs
set-carddav-user = Benutzer dort
set-carddav-user-about = das Passwort liegt im Schlüsselbund: ringside contacts sign-in

## Do-not-disturb

set-dnd = Nicht stören
set-schedule = Zeitplan
set-schedule-about = Wann es von selbst an ist, etwa "mon-fri 17:00-08:00".
set-morning = Morgen
set-morning-about = Die Uhrzeit, zu der `bis morgen` endet.
set-working-days = Arbeitstage
set-working-days-about = Die Tage, an denen `bis morgen` enden kann, etwa mon-fri.
set-ask-again-after = Erneut fragen nach
set-ask-again-after-about = Wann nach einem ohne Ende gefragt wird.
set-toggle-for = Dauer per Tastenkürzel
set-toggle-for-about = Wie lange das Tastenkürzel es einschaltet.
set-let-through = Durchlassen
set-let-through-about = Nummern, die trotzdem klingeln, etwa "+49 30 1234567".
set-second-call-within = Zweiter Anruf
set-second-call-within-about = Wer innerhalb dieser Zeit noch einmal anruft, klingelt durch; 0m für nie.

## Hotkeys

set-hotkeys = Tasten, die wirken, gleich welches Fenster die Tastatur hat
set-hotkey-dnd = Nicht stören
set-hotkey-dnd-about = Schaltet „Nicht stören“ ein oder aus, etwa Ctrl+Alt+D.
set-hotkey-window = Fenster
set-hotkey-window-about = Öffnet das Fenster, etwa Ctrl+Alt+R.
hotkey-toggles = „Nicht stören“ ein- oder ausschalten

## Rules

set-rule = Was mit manchen Anrufen geschieht: die erste passende Regel entscheidet
set-rule-account = Konto
set-rule-account-about = Anrufe dieses Kontos
set-rule-line = Leitung
set-rule-line-about = Anrufe über die Leitung mit diesem Namen oder dieser Kennung
set-rule-number = Nummer
set-rule-number-about = Anrufe von dieser Nummer; +4970* für alle, die so beginnen, hidden für unterdrückte
set-rule-kind = Art
set-rule-kind-about = klingelnde Anrufe oder die, die niemand angenommen hat; sonst beide
set-rule-alert = Meldung
set-rule-alert-about = ob sie gezeigt werden, bei wem auch immer sie klingeln
set-rule-sound-about = ob der Desktop einen Ton gibt
set-rule-popup-about = ob auch das kleine Fenster aufgeht

## Values that can be chosen

choice-system = System
choice-light = hell
choice-dark = dunkel
choice-contrast = Kontrast
choice-roomy = weit
choice-compact = eng
choice-mine = meine
choice-all = alle
choice-none = keine
choice-show = zeigen
choice-hide-name = Namen verbergen
choice-auto = automatisch

## What providers ask for

field-address = Adresse
field-where-events = Woher Ereignisse kommen.
field-where-events-nguc = Woher Ereignisse kommen; die Kennungen der Sitzung werden angehängt.
field-rest = Die REST-API.
field-events = Ereignisse
field-transport = Transportweg
field-transport-about = Wie Ereignisse kommen; auto nimmt den besten Weg, der geht.
field-personal-token = Persönliches Token
field-personal-token-about = Erstellen Sie eines auf app.relatel.dk unter Konto, Autorisierte Anwendungen.
field-firehose-url = Wo die Firehose ist, etwa https://pbx.example.com:9443.
field-domain = Domäne
field-domain-about = Name oder Realm des Kontos, mit dem Sie sich anmelden.
field-accounts = Konten
field-accounts-about = Kennungen der Konten, von denen zu hören ist; ohne Angabe Ihres und seine Unterkonten.
field-events-about = Die Ereignisse, die zu hören sind; ohne Angabe alle. Klingeln braucht CHANNEL_CREATE.
field-me = Ich
field-me-about = Wer Sie sind, falls es sich nicht ermitteln lässt: owner_id, devices, extension.
field-token-in-about = Wohin das Token der Verbindung kommt; eine Query landet in Protokollen von Proxys.
field-crossbar = Kazoos REST-API, falls Sie sie nutzen dürfen: für Namen, „Nicht stören“ und laufende Anrufe.
field-user-and-password = Benutzername und Passwort
field-user-name = Benutzername
field-password = Passwort
field-portal = Wie Sie sich im Portal Ihres Anbieters anmelden.
field-client-id = Client-Kennung
field-client-id-about = `external.` und der Name Ihrer Firma, wie NGUC ihn Ihnen gab; nötig für die Anmeldung mit Passwort.
field-user-id = Ihre Benutzerkennung
field-user-id-about = Ihre Kennung bei NGUC; nur nötig, wo Ringside sie nicht ermittelt.
field-time-zone = Zeitzone
field-time-zone-about = Die Zone der Zeiten, die NGUC ohne eine schreibt.
field-event-map = Ereigniskarte
field-event-map-about = Der ganze Pfad einer Datei, die sagt, was die Ereignisse von NGUC bedeuten; siehe docs/event-map.md.
field-nguc-user = Womit Sie sich bei NGUC anmelden.
field-nguc-password = Ihr Passwort bei NGUC.
field-code = Einmalcode
field-code-about = Der Code Ihres zweiten Faktors, falls Sie einen haben.
field-token = Token
field-access-token = Zugriffstoken
field-nguc-token-about = Ein Token, das NGUC Ihnen ausgestellt hat.
field-refresh-token = Erneuerungstoken
field-nguc-refresh-about = Was das nächste holt; ohne es hält dieses, bis es abläuft.
field-token-path = Token-Pfad
field-token-path-about = Wo die API Token für Ereignisse gibt.
field-channels = Kanäle
field-channels-about = Worauf gehört wird; { "{" }id{ "}" } steht für Ihren Benutzer.
field-agent = Agent
field-agent-about = Welcher Agent Sie sind, wenn Ihr Benutzer es nicht sagt.
field-dnd-status = Status für „Nicht stören“
field-dnd-status-about = Der Agentenstatus für „Nicht stören“.
field-available-status = Status für verfügbar
field-available-status-about = Der Agentenstatus nach „Nicht stören“.
field-pat-about = Ein persönliches Token, etwa pat_live_…
field-renews = Erneuert ein Zugriffstoken, das abläuft.
field-email-and-password = E-Mail und Passwort
field-email = E-Mail
field-as-at-semaswift = Wie bei Semaswift.
field-token-url = Token-Adresse
field-token-url-about = Wo Ihre Organisation Stringee-Token ausgibt; lassen Sie es weg, um ein Token einzufügen.
field-softphone = Benutzer des Softphones
field-softphone-about = Lassen Sie es weg, wenn das Token der Benutzer Ihres Softphones ist: Anrufer werden gezeigt, aber für Stringee sind Sie online, solange Ringside läuft, mit oder ohne Softphone. Ist das Token ein eigener Beobachter, schreiben Sie hier den Benutzer Ihres Softphones: Anrufe werden nicht berührt, aber ohne Relay können Nummern der Anrufer fehlen.
field-stringee-api = Die REST-API; Projekte in anderen Regionen haben eine eigene Adresse.
field-server-list = Liste der Server
field-server-list-about = Wo nach den Servern gefragt wird; sonst bei der REST-API.
field-servers = Server
field-servers-about = Server, mit denen verbunden wird, statt nach einer Liste zu fragen, etwa wss://v1.stringee.com:6899/.
field-relay = Relay
field-relay-about = Das Relay Ihrer Organisation, falls sie eines hat: es weiß, wer da ist, die Nummern der Anrufer und „Nicht stören“.
field-dnd-attribute = Attribut für „Nicht stören“
field-dnd-attribute-about = Das Attribut, das „Nicht stören“ besagt.
field-dnd-on = „Nicht stören“ an
field-dnd-on-about = Was das Attribut ist, solange es an ist.
field-dnd-off = „Nicht stören“ aus
field-dnd-off-about = Was das Attribut ist, solange es aus ist.
field-org-token-url = Token-Adresse der Organisation
field-authorization = Authorization
field-authorization-about = Was die Token-Adresse Ihrer Organisation als Authorization-Header will, falls überhaupt.
field-pasted-token = Eingefügtes Token
field-client-token = Client-Token
field-client-token-about = Ein Stringee-Client-Token; es gilt, bis es abläuft.
field-relay-token = Relay-Token
field-relay-token-about = Was das Relay stattdessen will, falls überhaupt.
