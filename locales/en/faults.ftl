# What is wrong with settings, files and address books, and what could not be done. Variables as in `problems.ftl`.

## Settings, line by line

not-toml = this is not TOML ({ $why }); mend the line, nothing was changed.
settings-of-organisation = The organisation's settings, line { $line }: { $text }
version-newer = `version` is not 1: this file may be of a newer Ringside; what is understood is used.
popup-window-value = `popup_window` must be true or false; false is used.
proxy-value = `proxy` must be a text such as "http://proxy:3128".
ca-file-value = `ca_file` must be the path of a PEM file.
locked-value = `locked` must be a list such as ["proxy", "window.theme"].
section-table = `{ $name }` must be a table; begin it with [{ $same }].
row-table = a `{ $name }` begins with [[{ $same }]], in double brackets.
row-left-out = this `{ $name }` is left out until that is mended.
misfit-used = `{ $key }` must be { $known }; the default is used.
misfit = `{ $key }` must be { $known }.
what-one-of = one of { $choices }
what-text = a text in quotes
what-path = the path of a file, in quotes
what-number = a whole number, at least 0
what-switch = true or false
what-list = a list of texts, such as ["a", "b"]
what-table = a table, such as { "{" } a = 1 { "}" }
what-number-30 = a number, such as 30
what-list-one-two = a list, such as ["one", "two"]
what-table-key = a table, such as { "{" } key = "value" { "}" }
what-text-quotes = text in quotes
what-texts-one-two = a list of texts, such as ["one", "two"]
what-channels-list = a list such as ["voice:calls", "tickets:mine"]
what-servers-list = a list like ["wss://host:6899/"]
what-token-path = a path such as /api/v1/realtime/token
what-header-or-query = header or query
what-transports = auto, websocket, long-polling or polling
what-me-table = a table such as { "{" } owner_id = "…", devices = ["…"], extension = "1001" { "}" }
what-time = a time such as 06:00
what-days = days such as mon-fri
what-length = a length such as 30m or 8h, at most 7 days
what-percent = from 100 to 200
what-rule-number = a full number such as "+4511223344", a beginning such as "+4570*", or "hidden"
no-inline-account = an account must be a table; begin it with [[account]].
account-brackets = an account begins with [[account]], in double brackets.
id-letters = `id` must be made of a-z, 0-9 and -, such as "work".
no-id = the account has no `id`; add one such as id = "work".
same-id = another account has the same `id`; give this one its own.
no-provider = the account has no `provider`; add one of { $names }.
unknown-provider = this `provider` is not known; use one of { $names }.
unknown-provider-near = this `provider` is not known; did you mean "{ $near }"?
popups-value = `popups` must be "mine", "all" or "none"; "mine" is used.
popups-value-short = `popups` must be "mine", "all" or "none".
popup-window-short = `popup_window` must be true or false.
country-value = `country` must be two letters such as "DK"; numbers without their country code are not understood.
not-a-country = `country` "{ $country }" is not a country; write two letters such as "DK".
prefixes-value = `strip_prefixes` must be a list of texts such as ["L0#"]; it is not used.
secret-in-settings = `{ $key }` does not belong here: remove it, and run `ringside account sign-in { $id }`.
unknown-key = `{ $key }` is not a known key and is ignored.
unknown-key-near = `{ $key }` is not a known key and is ignored; did you mean `{ $near }`?
no-such-setting = `{ $key }` is not a known key; `ringside settings list` shows them.
no-such-table = `{ $name }` is not a known table of the settings.
not-a-table = `{ $name }` in the settings is no table; mend it by hand.
fixed-value = Your organisation has fixed this value; ask whoever looks after your computer.
not-own-account = This account is not in your own settings, or not as an [[account]] table; mend the file by hand.
provider-not-known = This account's provider is not known; mend the settings by hand.
accounts-no-list = `account` in the settings is not a list of [[account]] tables; mend it by hand.
account-there = there is an account `{ $id }` already; choose another name.
settings-unreadable = the settings file cannot be read: { $error }.
settings-left-alone = the settings file is not TOML and was left alone; mend it by hand: { $error }.
settings-unwritable = the settings file cannot be written: { $error }.
settings-not-utf8 = The settings { $file } are not UTF-8 text; save them as such.
settings-no-read = The settings { $file } cannot be read: { $error }.
call-which = Say which call: an id, `last` or a text to be searched for.
call-no-id = `{ $call }` is no id of a call; `ringside calls --json` shows them.
settings-organisation-unreadable = The organisation's settings { $file } cannot be read; ask your administrator: { $error }.
settings-reread = The settings cannot be read, and what they said before holds; look at { $file }: { $error }.
no-home = There is no home folder; use --config FILE.

## Values of accounts and tables

not-an-address = `{ $key }` is not an address; write one like https://host/path.
secret-in-address = `{ $key }` holds a password or a token; put it in the keyring: `ringside account sign-in ID`.
not-encrypted = `{ $key }` is not encrypted; use https:// (plain http:// is for this computer only).
begin-https = `{ $key }` must begin with https://.
begin-wss = `{ $key }` must begin with wss://.
not-empty = `{ $key }` must not be empty.
firehose-no-url = `url` is missing; write the provider's address, such as https://pbx.example.com:9443.
firehose-no-domain = `domain` is missing; write the account's name or realm, as you log in with it.
firehose-secret = The secret holds no `username` and `password`; sign in again.
firehose-me-key = `me` has no `{ $key }`; it has owner_id, devices and extension.
firehose-me-text = `{ $key }` in `me` must be text in quotes.
firmafon-secret = The secret holds no `access_token`; sign in again.
nguc-zone = `time_zone` is not known on this computer; write a name such as Europe/Stockholm, or a rule such as CET-1CEST,M3.5.0,M10.5.0/3.
nguc-secret = The secret holds no password and no token; sign in again.
event-map-fault = The file `event_map` has a mistake in { $place }
semaswift-secret = The secret holds neither an access token nor e-mail and password; sign in again.
secret-unreadable = The secret cannot be read; sign in again.
stringee-api-key = This looks like a Stringee API key; it belongs on your organisation's server, which makes tokens with it: give a token or the token address's password instead.
stringee-no-token-url = `token_url` is missing; write where your organisation hands out tokens, or sign in with a token.
stringee-authorization = The Authorization cannot be sent: it has a character that no header may have; sign in again.
let-through-value = `let_through` must hold full numbers with country code, such as +45 11 22 33 44.
schedule-value = `{ $wrong }` in `schedule` is not days and times; write such as mon-fri 17:00-08:00.
schedule-always = `schedule` must leave some time without do-not-disturb; shorten it.
rule-nothing = the rule does nothing; add alert = "show", alert = "quiet", sound or popup.
hotkey-value = `{ $key }` is no hotkey; write modifiers and one key, such as Ctrl+Alt+D.
crm-host = `crm_url` must name one host; put the fields behind it, such as https://host/search?q={ "{" }number{ "}" }.
crm-fields = `crm_url` may have the fields { "{" }number{ "}" }, { "{" }digits{ "}" }, { "{" }name{ "}" }, { "{" }line{ "}" } and { "{" }account{ "}" }, and no other braces.
crm-nothing = `crm_url` says nothing of the caller; write where the number goes as { "{" }number{ "}" }.
crm-address = `crm_url` is not an address; write one like https://host/search?q={ "{" }number{ "}" }.
proxy-unusable = `proxy` in the settings cannot be used; write it like http://host:port.
ca-file-unusable = `ca_file` ({ $file }) cannot be used: { $known }; name a PEM file.
ca-file-error = `ca_file` ({ $file }) cannot be used: { $why }; name a PEM file.
what-not-pem = it is not in PEM format
what-no-certificate = it holds no certificate
what-bad-certificate = one of its certificates cannot be read
tls-unusable = TLS cannot be used: { $error }.
key-file-unreadable = The file that `{ $key }` names cannot be read ({ $error }); mend its path.

## Address books

carddav-unasked = The address book on the server could not be asked ({ $detail }); it is tried again later.
carddav-odd = The address book on the server answered something else than XML; check `carddav_url`.
carddav-password = The address book on the server refused the password; run `ringside contacts sign-in`.
carddav-nowhere = The address book on the server is not there; check `carddav_url`.
carddav-status = The address book on the server answered with status { $status }; it is tried again later.
carddav-waits = The address book on the server waits until the network settings are mended.
carddav-user = `carddav_url` needs `carddav_user` beside it in [contacts].
carddav-no-password = The password of the address book on the server is not to be had; run `ringside contacts sign-in`.
carddav-odd-secret = The keyring's entry for the address book is not understood; run `ringside contacts sign-in`.
book-useless = { $source } holds no contact that can be used; `ringside contacts check FILE` says why.
no-book = { $file } is no address book; name a .vcf or .csv file in [contacts].
book-unreadable = The address book { $file } cannot be read ({ $error }); mend `files` in [contacts].
card-name-cut = the name is longer than 200 characters and was cut
card-no-name = it has no name
card-no-number = it has no number
card-bad-number = what is written as its number is none
card-too-many = there are more than 500,000 contacts
card-one-bad-number = one of its numbers is none; the others are used
row-unreadable = the row cannot be read
no-columns = no column is called something like name, or none something like phone
not-a-card = not part of a card
card-open-next = the card has no end; what it said before the next one is used
card-open = the card has no end; what there is of it is used

## What was asked for

favourites-not-kept = Favourites cannot be kept in { $file }: { $error }.
favourites-unreadable = The favourites cannot be read: { $error }; mend or remove the file.
no-such-queue = There is no such queue; `ringside status` shows those there are.
account-name-letters = An account's name is made of a-z, 0-9 and -; choose such a name.
no-known-provider = `{ $name }` is not a known provider.
not-of-provider = `{ $key }` is not a setting of this provider; see `ringside settings schema`.
not-quiet = This caller was not quiet; `ringside quiet list` shows who is.
no-crm = There is no address to look this caller up at; set `crm_url` under [alerts].
share-length = A screen is shared for a minute at least and a day at most; choose such a time.
no-such-colleague = There is no such colleague; `ringside people --json` shows the ids of those there are.
history-no-such-call = There is no such call in the history; `ringside calls` shows those there are.
calls-not-saved = The calls cannot be saved in { $folder }: { $error }.
no-folder-for-calls = This user has no folder to save calls in; use `ringside calls --export`.
no-store-here = Nothing keeps calls here; use `ringside agent`.
no-desktop = There is no desktop to open a window on.
not-ready = The account is not ready.
state-unwritable = { $file } in the state folder cannot be written ({ $error }); make room or mend its rights.
request-odd = This request is not understood; see the contract.
demo-no-secrets = The demo keeps no secrets.
dnd-memory = What do-not-disturb remembers (dnd.json in the state folder) cannot be read and is left as it is; remove the file, and look whether do-not-disturb is on in your accounts.
dnd-quiet-here = Quiet here, but not everywhere, which is tried again: { $account }: { $text }
dnd-off-here = Off here, but not everywhere, which is tried again: { $account }: { $text }
no-hotkeys-bound = The desktop did not bind the hotkeys; allow them in its settings, or name other keys in [hotkeys].
keyring-no-text = What the keyring holds for this account is not text; sign in again.
credentials-id = An account's id may hold only a-z, 0-9 and -; give the account another one.
credentials-unwritten = Ringside does not write to { $folder }; change { $file } yourself, and start Ringside again.
credentials-no-folder = There is no folder { $folder }; name an existing one with --credentials.
credentials-unreadable = { $file } cannot be read ({ $error }); make it yours, with mode 600.
credentials-long = { $file } is too long for a secret; put only its JSON there.
credentials-no-json = { $file } holds no JSON; write it there, such as { "{" }"access_token":"…"{ "}" }.
credentials-unexamined = { $file } cannot be examined; make it yours, with mode 600.
credentials-no-file = { $file } is not a file; put a file there.
credentials-foreign = { $file } belongs to somebody else; make it yours, with mode 600.
credentials-open = { $file } can be read by others; run `chmod 600` on it.

## Why a call was shown or not, in other words

why-rule-says = a rule says so
why-same = the same call as { $call }
why-same-shown = the same call as one that is shown
why-desktop-quiet = { $text }; the desktop's own do-not-disturb is on

## A window that is not drawn

no-resident = Ringside's resident part is not running; open Ringside again.
window-blank = Ringside's window cannot be shown
window-blank-why = The web engine of this computer does not draw it. Calls are announced all the same; go on with the tray, or with `ringside status` and `ringside doctor` in a terminal.
