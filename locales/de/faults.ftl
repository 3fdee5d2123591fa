# What is wrong with settings, files and address books, and what could not be done. Variables as in `problems.ftl`.

## Settings, line by line

not-toml = das ist kein TOML ({ $why }); berichtigen Sie die Zeile, nichts wurde geändert.
settings-of-organisation = Die Einstellungen der Organisation, Zeile { $line }: { $text }
version-newer = `version` ist nicht 1: die Datei kann von einem neueren Ringside sein; was verstanden wird, gilt.
popup-window-value = `popup_window` muss true oder false sein; false gilt.
proxy-value = `proxy` muss ein Text sein wie "http://proxy:3128".
ca-file-value = `ca_file` muss der Pfad einer PEM-Datei sein.
locked-value = `locked` muss eine Liste sein wie ["proxy", "window.theme"].
section-table = `{ $name }` muss eine Tabelle sein; beginnen Sie sie mit [{ $same }].
row-table = ein `{ $name }` beginnt mit [[{ $same }]], in doppelten Klammern.
row-left-out = diese `{ $name }` bleibt weg, bis das berichtigt ist.
misfit-used = `{ $key }` muss { $known } sein; der Standardwert gilt.
misfit = `{ $key }` muss { $known } sein.
what-one-of = eines von { $choices }
what-text = ein Text in Anführungszeichen
what-path = der Pfad einer Datei, in Anführungszeichen
what-number = eine ganze Zahl ab 0
what-switch = true oder false
what-list = eine Liste von Texten wie ["a", "b"]
what-table = eine Tabelle wie { "{" } a = 1 { "}" }
what-number-30 = eine Zahl wie 30
what-list-one-two = eine Liste wie ["eins", "zwei"]
what-table-key = eine Tabelle wie { "{" } key = "value" { "}" }
what-text-quotes = Text in Anführungszeichen
what-texts-one-two = eine Liste von Texten wie ["eins", "zwei"]
what-channels-list = eine Liste wie ["voice:calls", "tickets:mine"]
what-servers-list = eine Liste wie ["wss://host:6899/"]
what-token-path = ein Pfad wie /api/v1/realtime/token
what-header-or-query = header oder query
what-transports = auto, websocket, long-polling oder polling
what-me-table = eine Tabelle wie { "{" } owner_id = "…", devices = ["…"], extension = "1001" { "}" }
what-time = eine Uhrzeit wie 06:00
what-days = Tage wie mon-fri
what-length = eine Dauer wie 30m oder 8h, höchstens 7 Tage
what-percent = von 100 bis 200
what-rule-number = eine vollständige Nummer wie "+49301234567", ein Anfang wie "+4970*" oder "hidden"
no-inline-account = ein Konto muss eine Tabelle sein; beginnen Sie es mit [[account]].
account-brackets = ein Konto beginnt mit [[account]], in doppelten Klammern.
id-letters = `id` muss aus a-z, 0-9 und - bestehen, etwa "work".
no-id = das Konto hat keine `id`; ergänzen Sie eine, etwa id = "work".
same-id = ein anderes Konto hat dieselbe `id`; geben Sie diesem eine eigene.
no-provider = das Konto hat keinen `provider`; ergänzen Sie einen von { $names }.
unknown-provider = dieser `provider` ist nicht bekannt; nutzen Sie einen von { $names }.
unknown-provider-near = dieser `provider` ist nicht bekannt; meinten Sie "{ $near }"?
popups-value = `popups` muss "mine", "all" oder "none" sein; "mine" gilt.
popups-value-short = `popups` muss "mine", "all" oder "none" sein.
popup-window-short = `popup_window` muss true oder false sein.
country-value = `country` muss aus zwei Buchstaben bestehen, etwa "DE"; Nummern ohne Landesvorwahl werden nicht verstanden.
not-a-country = `country` "{ $country }" ist kein Land; schreiben Sie zwei Buchstaben wie "DE".
prefixes-value = `strip_prefixes` muss eine Liste von Texten sein wie ["L0#"]; sie wird nicht verwendet.
secret-in-settings = `{ $key }` gehört nicht hierher: entfernen Sie es, und führen Sie `ringside account sign-in { $id }` aus.
unknown-key = `{ $key }` ist kein bekannter Schlüssel und wird ignoriert.
unknown-key-near = `{ $key }` ist kein bekannter Schlüssel und wird ignoriert; meinten Sie `{ $near }`?
no-such-setting = `{ $key }` ist kein bekannter Schlüssel; `ringside settings list` zeigt sie.
no-such-table = `{ $name }` ist keine bekannte Tabelle der Einstellungen.
not-a-table = `{ $name }` in den Einstellungen ist keine Tabelle; berichtigen Sie es von Hand.
fixed-value = Ihre Organisation hat diesen Wert festgelegt; fragen Sie, wer Ihren Computer betreut.
not-own-account = Das Konto steht nicht in Ihren eigenen Einstellungen oder nicht als [[account]]-Tabelle; berichtigen Sie die Datei von Hand.
provider-not-known = Der Anbieter dieses Kontos ist nicht bekannt; berichtigen Sie die Einstellungen von Hand.
accounts-no-list = `account` in den Einstellungen ist keine Liste von [[account]]-Tabellen; berichtigen Sie es von Hand.
account-there = ein Konto `{ $id }` gibt es schon; wählen Sie einen anderen Namen.
settings-unreadable = die Einstellungsdatei ist nicht lesbar: { $error }.
settings-left-alone = die Einstellungsdatei ist kein TOML und blieb, wie sie ist; berichtigen Sie sie von Hand: { $error }.
settings-unwritable = die Einstellungsdatei ist nicht schreibbar: { $error }.
settings-not-utf8 = Die Einstellungen { $file } sind kein UTF-8-Text; speichern Sie sie so.
settings-no-read = Die Einstellungen { $file } sind nicht lesbar: { $error }.
call-which = Sagen Sie, welcher Anruf: eine Kennung, `last` oder ein Text, nach dem gesucht wird.
call-no-id = `{ $call }` ist keine Kennung eines Anrufs; `ringside calls --json` zeigt sie.
settings-organisation-unreadable = Die Einstellungen der Organisation { $file } können nicht gelesen werden; fragen Sie Ihren Administrator: { $error }.
settings-reread = Die Einstellungen können nicht gelesen werden, und was sie vorher sagten, gilt weiter; sehen Sie nach { $file }: { $error }.
no-home = Es gibt keinen persönlichen Ordner; nutzen Sie --config FILE.

## Values of accounts and tables

not-an-address = `{ $key }` ist keine Adresse; schreiben Sie eine wie https://host/path.
secret-in-address = `{ $key }` enthält ein Passwort oder Token; legen Sie es in den Schlüsselbund: `ringside account sign-in ID`.
not-encrypted = `{ $key }` ist nicht verschlüsselt; nutzen Sie https:// (http:// gilt nur für diesen Computer).
begin-https = `{ $key }` muss mit https:// beginnen.
begin-wss = `{ $key }` muss mit wss:// beginnen.
not-empty = `{ $key }` darf nicht leer sein.
firehose-no-url = `url` fehlt; schreiben Sie die Adresse des Anbieters, etwa https://pbx.example.com:9443.
firehose-no-domain = `domain` fehlt; schreiben Sie Name oder Realm des Kontos, mit dem Sie sich anmelden.
firehose-secret = Das Geheimnis enthält kein `username` und `password`; melden Sie sich neu an.
firehose-me-key = `me` hat kein `{ $key }`; es hat owner_id, devices und extension.
firehose-me-text = `{ $key }` in `me` muss Text in Anführungszeichen sein.
firmafon-secret = Das Geheimnis enthält kein `access_token`; melden Sie sich neu an.
nguc-zone = `time_zone` ist auf diesem Computer nicht bekannt; schreiben Sie einen Namen wie Europe/Stockholm oder eine Regel wie CET-1CEST,M3.5.0,M10.5.0/3.
nguc-secret = Das Geheimnis enthält weder Passwort noch Token; melden Sie sich neu an.
event-map-fault = Die Datei `event_map` hat einen Fehler in { $place }
semaswift-secret = Das Geheimnis enthält weder Zugriffstoken noch E-Mail und Passwort; melden Sie sich neu an.
secret-unreadable = Das Geheimnis ist nicht lesbar; melden Sie sich neu an.
stringee-api-key = Das sieht nach einem Stringee-API-Schlüssel aus; er gehört auf den Server Ihrer Organisation, der damit Token macht: geben Sie stattdessen ein Token oder das Passwort der Token-Adresse an.
stringee-no-token-url = `token_url` fehlt; schreiben Sie, wo Ihre Organisation Token ausgibt, oder melden Sie sich mit einem Token an.
stringee-authorization = Authorization lässt sich nicht senden: es enthält ein Zeichen, das kein Header haben darf; melden Sie sich neu an.
let-through-value = `let_through` muss vollständige Nummern mit Landesvorwahl enthalten, etwa +49 30 1234567.
schedule-value = `{ $wrong }` in `schedule` sind keine Tage und Zeiten; schreiben Sie etwa mon-fri 17:00-08:00.
schedule-always = `schedule` muss etwas Zeit ohne „Nicht stören“ lassen; kürzen Sie es.
rule-nothing = die Regel tut nichts; ergänzen Sie alert = "show", alert = "quiet", sound oder popup.
hotkey-value = `{ $key }` ist kein Tastenkürzel; schreiben Sie Zusatztasten und eine Taste, etwa Ctrl+Alt+D.
crm-host = `crm_url` muss einen Host nennen; setzen Sie die Felder dahinter, etwa https://host/search?q={ "{" }number{ "}" }.
crm-fields = `crm_url` darf die Felder { "{" }number{ "}" }, { "{" }digits{ "}" }, { "{" }name{ "}" }, { "{" }line{ "}" } und { "{" }account{ "}" } haben und keine anderen geschweiften Klammern.
crm-nothing = `crm_url` sagt nichts über den Anrufer; schreiben Sie { "{" }number{ "}" }, wo die Nummer hingehört.
crm-address = `crm_url` ist keine Adresse; schreiben Sie eine wie https://host/search?q={ "{" }number{ "}" }.
proxy-unusable = `proxy` in den Einstellungen ist nicht nutzbar; schreiben Sie es wie http://Host:Port.
ca-file-unusable = `ca_file` ({ $file }) ist nicht nutzbar: { $known }; nennen Sie eine PEM-Datei.
ca-file-error = `ca_file` ({ $file }) ist nicht nutzbar: { $why }; nennen Sie eine PEM-Datei.
what-not-pem = sie ist nicht im PEM-Format
what-no-certificate = sie enthält kein Zertifikat
what-bad-certificate = eines ihrer Zertifikate ist nicht lesbar
tls-unusable = TLS ist nicht nutzbar: { $error }.
key-file-unreadable = Die Datei, die `{ $key }` nennt, ist nicht lesbar ({ $error }); berichtigen Sie den Pfad.

## Address books

carddav-unasked = Das Adressbuch auf dem Server war nicht zu erreichen ({ $detail }); es wird später erneut versucht.
carddav-odd = Das Adressbuch auf dem Server antwortete etwas anderes als XML; prüfen Sie `carddav_url`.
carddav-password = Das Adressbuch auf dem Server lehnte das Passwort ab; führen Sie `ringside contacts sign-in` aus.
carddav-nowhere = Das Adressbuch auf dem Server ist nicht da; prüfen Sie `carddav_url`.
carddav-status = Das Adressbuch auf dem Server antwortete mit Status { $status }; es wird später erneut versucht.
carddav-waits = Das Adressbuch auf dem Server wartet, bis die Netzwerkeinstellungen berichtigt sind.
carddav-user = `carddav_url` braucht `carddav_user` daneben in [contacts].
carddav-no-password = Das Passwort des Adressbuchs auf dem Server ist nicht zu bekommen; führen Sie `ringside contacts sign-in` aus.
carddav-odd-secret = Der Eintrag des Schlüsselbunds für das Adressbuch wird nicht verstanden; führen Sie `ringside contacts sign-in` aus.
book-useless = { $source } enthält keinen nutzbaren Kontakt; `ringside contacts check FILE` sagt warum.
no-book = { $file } ist kein Adressbuch; nennen Sie eine .vcf- oder .csv-Datei in [contacts].
book-unreadable = Das Adressbuch { $file } ist nicht lesbar ({ $error }); berichtigen Sie `files` in [contacts].
card-name-cut = der Name ist länger als 200 Zeichen und wurde gekürzt
card-no-name = er hat keinen Namen
card-no-number = er hat keine Nummer
card-bad-number = was als Nummer dasteht, ist keine
card-too-many = es gibt mehr als 500.000 Kontakte
card-one-bad-number = eine der Nummern ist keine; die anderen gelten
row-unreadable = die Zeile ist nicht lesbar
no-columns = keine Spalte heißt etwa Name, oder keine etwa Telefon
not-a-card = gehört zu keiner Karte
card-open-next = die Karte hat kein Ende; was vor der nächsten stand, gilt
card-open = die Karte hat kein Ende; was da ist, gilt

## What was asked for

favourites-not-kept = Favoriten lassen sich nicht in { $file } speichern: { $error }.
favourites-unreadable = Die Favoriten sind nicht lesbar: { $error }; berichtigen oder entfernen Sie die Datei.
no-such-queue = Diese Warteschlange gibt es nicht; `ringside status` zeigt die vorhandenen.
account-name-letters = Der Name eines Kontos besteht aus a-z, 0-9 und -; wählen Sie so einen.
no-known-provider = `{ $name }` ist kein bekannter Anbieter.
not-of-provider = `{ $key }` ist keine Einstellung dieses Anbieters; siehe `ringside settings schema`.
not-quiet = Dieser Anrufer war nicht still; `ringside quiet list` zeigt, wer es ist.
no-crm = Es gibt keine Adresse, um den Anrufer nachzuschlagen; setzen Sie `crm_url` unter [alerts].
share-length = Ein Bildschirm wird mindestens eine Minute und höchstens einen Tag geteilt; wählen Sie so eine Zeit.
no-such-colleague = Diesen Kollegen gibt es nicht; `ringside people --json` zeigt die Kennungen der vorhandenen.
history-no-such-call = Diesen Anruf gibt es in der Anrufliste nicht; `ringside calls` zeigt die vorhandenen.
calls-not-saved = Die Anrufe lassen sich nicht in { $folder } speichern: { $error }.
no-folder-for-calls = Dieser Benutzer hat keinen Ordner, um Anrufe zu speichern; nutzen Sie `ringside calls --export`.
no-store-here = Hier bewahrt nichts Anrufe auf; nutzen Sie `ringside agent`.
no-desktop = Es gibt keinen Desktop, um ein Fenster zu öffnen.
not-ready = Das Konto ist nicht bereit.
state-unwritable = { $file } im Zustandsordner ist nicht schreibbar ({ $error }); schaffen Sie Platz, oder berichtigen Sie die Rechte.
request-odd = Diese Anfrage wird nicht verstanden; siehe die Vereinbarung.
demo-no-secrets = Die Demo bewahrt keine Geheimnisse auf.
dnd-memory = Was „Nicht stören“ sich merkt (dnd.json im Zustandsordner), ist nicht lesbar und bleibt, wie es ist; entfernen Sie die Datei, und sehen Sie nach, ob „Nicht stören“ in Ihren Konten an ist.
dnd-quiet-here = Hier still, aber nicht überall, was erneut versucht wird: { $account }: { $text }
dnd-off-here = Hier aus, aber nicht überall, was erneut versucht wird: { $account }: { $text }
no-hotkeys-bound = Der Desktop hat die Tastenkürzel nicht übernommen; erlauben Sie sie in seinen Einstellungen, oder nennen Sie andere Tasten in [hotkeys].
keyring-no-text = Was der Schlüsselbund für dieses Konto enthält, ist kein Text; melden Sie sich neu an.
credentials-id = Die Kennung eines Kontos darf nur a-z, 0-9 und - enthalten; geben Sie dem Konto eine andere.
credentials-unwritten = Ringside schreibt nicht in { $folder }; ändern Sie { $file } selbst und starten Sie Ringside neu.
credentials-no-folder = Es gibt keinen Ordner { $folder }; nennen Sie mit --credentials einen vorhandenen.
credentials-unreadable = { $file } ist nicht lesbar ({ $error }); machen Sie sie zu Ihrer, mit Rechten 600.
credentials-long = { $file } ist zu lang für ein Geheimnis; legen Sie nur das JSON dort ab.
credentials-no-json = { $file } enthält kein JSON; schreiben Sie es dorthin, etwa { "{" }"access_token":"…"{ "}" }.
credentials-unexamined = { $file } lässt sich nicht prüfen; machen Sie sie zu Ihrer, mit Rechten 600.
credentials-no-file = { $file } ist keine Datei; legen Sie dort eine Datei ab.
credentials-foreign = { $file } gehört jemand anderem; machen Sie sie zu Ihrer, mit Rechten 600.
credentials-open = { $file } ist für andere lesbar; führen Sie `chmod 600` darauf aus.

## Why a call was shown or not, in other words

why-rule-says = eine Regel sagt es
why-same = derselbe Anruf wie { $call }
why-same-shown = derselbe Anruf wie einer, der gezeigt wird
why-desktop-quiet = { $text }; „Nicht stören“ des Desktops ist an

## A window that is not drawn

no-resident = Der ständige Teil von Ringside läuft nicht; öffnen Sie Ringside erneut.
window-blank = Das Fenster von Ringside lässt sich nicht zeigen
window-blank-why = Die Web-Engine dieses Computers zeichnet es nicht. Anrufe werden trotzdem gemeldet; machen Sie mit der Symbolleiste weiter, oder mit `ringside status` und `ringside doctor` in einem Terminal.
