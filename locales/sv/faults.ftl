# What is wrong with settings, files and address books, and what could not be done. Variables as in `problems.ftl`.

## Settings, line by line

not-toml = det här är inte TOML ({ $why }); rätta raden, inget ändrades.
settings-of-organisation = Organisationens inställningar, rad { $line }: { $text }
version-newer = `version` är inte 1: filen kan vara från ett nyare Ringside; det som förstås används.
popup-window-value = `popup_window` måste vara true eller false; false används.
proxy-value = `proxy` måste vara en text som "http://proxy:3128".
ca-file-value = `ca_file` måste vara sökvägen till en PEM-fil.
locked-value = `locked` måste vara en lista som ["proxy", "window.theme"].
section-table = `{ $name }` måste vara en tabell; börja den med [{ $same }].
row-table = en `{ $name }` börjar med [[{ $same }]], i dubbla hakparenteser.
row-left-out = denna `{ $name }` utelämnas tills det är rättat.
misfit-used = `{ $key }` måste vara { $known }; standardvärdet används.
misfit = `{ $key }` måste vara { $known }.
what-one-of = en av { $choices }
what-text = en text inom citattecken
what-path = sökvägen till en fil, inom citattecken
what-number = ett heltal, minst 0
what-switch = true eller false
what-list = en lista med texter, t.ex. ["a", "b"]
what-table = en tabell, t.ex. { "{" } a = 1 { "}" }
what-number-30 = ett tal, t.ex. 30
what-list-one-two = en lista, t.ex. ["ett", "två"]
what-table-key = en tabell, t.ex. { "{" } key = "value" { "}" }
what-text-quotes = text inom citattecken
what-texts-one-two = en lista med texter, t.ex. ["ett", "två"]
what-channels-list = en lista som ["voice:calls", "tickets:mine"]
what-servers-list = en lista som ["wss://host:6899/"]
what-token-path = en sökväg som /api/v1/realtime/token
what-header-or-query = header eller query
what-transports = auto, websocket, long-polling eller polling
what-me-table = en tabell som { "{" } owner_id = "…", devices = ["…"], extension = "1001" { "}" }
what-time = ett klockslag som 06:00
what-days = dagar som mon-fri
what-length = en längd som 30m eller 8h, högst 7 dagar
what-percent = från 100 till 200
what-rule-number = ett fullständigt nummer som "+46812345678", en början som "+4670*", eller "hidden"
no-inline-account = ett konto måste vara en tabell; börja det med [[account]].
account-brackets = ett konto börjar med [[account]], i dubbla hakparenteser.
id-letters = `id` måste bestå av a-z, 0-9 och -, t.ex. "work".
no-id = kontot har inget `id`; lägg till ett, t.ex. id = "work".
same-id = ett annat konto har samma `id`; ge det här ett eget.
no-provider = kontot har ingen `provider`; lägg till en av { $names }.
unknown-provider = denna `provider` är okänd; använd en av { $names }.
unknown-provider-near = denna `provider` är okänd; menade du "{ $near }"?
popups-value = `popups` måste vara "mine", "all" eller "none"; "mine" används.
popups-value-short = `popups` måste vara "mine", "all" eller "none".
popup-window-short = `popup_window` måste vara true eller false.
country-value = `country` måste vara två bokstäver som "SE"; nummer utan landskod förstås inte.
not-a-country = `country` "{ $country }" är inget land; skriv två bokstäver som "SE".
prefixes-value = `strip_prefixes` måste vara en lista med texter som ["L0#"]; den används inte.
secret-in-settings = `{ $key }` hör inte hemma här: ta bort den, och kör `ringside account sign-in { $id }`.
unknown-key = `{ $key }` är ingen känd nyckel och ignoreras.
unknown-key-near = `{ $key }` är ingen känd nyckel och ignoreras; menade du `{ $near }`?
no-such-setting = `{ $key }` är ingen känd nyckel; `ringside settings list` visar dem.
no-such-table = `{ $name }` är ingen känd tabell i inställningarna.
not-a-table = `{ $name }` i inställningarna är ingen tabell; rätta den för hand.
fixed-value = Din organisation har låst det här värdet; fråga den som sköter din dator.
not-own-account = Kontot finns inte i dina egna inställningar, eller inte som en [[account]]-tabell; rätta filen för hand.
provider-not-known = Kontots leverantör är okänd; rätta inställningarna för hand.
accounts-no-list = `account` i inställningarna är inte en lista med [[account]]-tabeller; rätta den för hand.
account-there = det finns redan ett konto `{ $id }`; välj ett annat namn.
settings-unreadable = inställningsfilen kan inte läsas: { $error }.
settings-left-alone = inställningsfilen är inte TOML och lämnades orörd; rätta den för hand: { $error }.
settings-unwritable = inställningsfilen kan inte skrivas: { $error }.
settings-not-utf8 = Inställningarna { $file } är inte UTF-8-text; spara dem så.
settings-no-read = Inställningarna { $file } kan inte läsas: { $error }.
call-which = Säg vilket samtal: ett id, `last` eller en text att söka efter.
call-no-id = `{ $call }` är inget id för ett samtal; `ringside calls --json` visar dem.
settings-organisation-unreadable = Organisationens inställningar { $file } kan inte läsas; fråga din administratör: { $error }.
settings-reread = Inställningarna kan inte läsas, och det de sade förut gäller; titta på { $file }: { $error }.
no-home = Det finns ingen hemmapp; använd --config FILE.

## Values of accounts and tables

not-an-address = `{ $key }` är ingen adress; skriv en som https://host/path.
secret-in-address = `{ $key }` innehåller ett lösenord eller en nyckel; lägg det i nyckelringen: `ringside account sign-in ID`.
not-encrypted = `{ $key }` är inte krypterad; använd https:// (http:// är bara för den här datorn).
begin-https = `{ $key }` måste börja med https://.
begin-wss = `{ $key }` måste börja med wss://.
not-empty = `{ $key }` får inte vara tom.
firehose-no-url = `url` saknas; skriv leverantörens adress, t.ex. https://pbx.example.com:9443.
firehose-no-domain = `domain` saknas; skriv kontots namn eller realm, som du loggar in med.
firehose-secret = Hemligheten innehåller inte `username` och `password`; logga in igen.
firehose-me-key = `me` har ingen `{ $key }`; den har owner_id, devices och extension.
firehose-me-text = `{ $key }` i `me` måste vara text inom citattecken.
firmafon-secret = Hemligheten innehåller ingen `access_token`; logga in igen.
nguc-zone = `time_zone` är okänd på den här datorn; skriv ett namn som Europe/Stockholm, eller en regel som CET-1CEST,M3.5.0,M10.5.0/3.
nguc-secret = Hemligheten innehåller varken lösenord eller nyckel; logga in igen.
event-map-fault = Filen `event_map` har ett fel på { $place }
semaswift-secret = Hemligheten innehåller varken åtkomstnyckel eller e-post och lösenord; logga in igen.
secret-unreadable = Hemligheten kan inte läsas; logga in igen.
stringee-api-key = Det liknar en API-nyckel från Stringee; den hör hemma på din organisations server, som skapar nycklar med den: ge i stället en nyckel eller nyckeladressens lösenord.
stringee-no-token-url = `token_url` saknas; skriv var din organisation lämnar ut nycklar, eller logga in med en nyckel.
stringee-authorization = Authorization kan inte skickas: den har ett tecken som inget huvud får ha; logga in igen.
let-through-value = `let_through` måste innehålla fullständiga nummer med landskod, t.ex. +46 8 123 456 78.
schedule-value = `{ $wrong }` i `schedule` är inte dagar och tider; skriv t.ex. mon-fri 17:00-08:00.
schedule-always = `schedule` måste lämna någon tid utan stör ej; korta den.
rule-nothing = regeln gör ingenting; lägg till alert = "show", alert = "quiet", sound eller popup.
hotkey-value = `{ $key }` är ingen snabbtangent; skriv väljartangenter och en tangent, t.ex. Ctrl+Alt+D.
crm-host = `crm_url` måste nämna en värd; sätt fälten efter den, t.ex. https://host/search?q={ "{" }number{ "}" }.
crm-fields = `crm_url` får ha fälten { "{" }number{ "}" }, { "{" }digits{ "}" }, { "{" }name{ "}" }, { "{" }line{ "}" } och { "{" }account{ "}" }, och inga andra klammerparenteser.
crm-nothing = `crm_url` säger inget om uppringaren; skriv { "{" }number{ "}" } där numret ska stå.
crm-address = `crm_url` är ingen adress; skriv en som https://host/search?q={ "{" }number{ "}" }.
proxy-unusable = `proxy` i inställningarna kan inte användas; skriv den som http://värd:port.
ca-file-unusable = `ca_file` ({ $file }) kan inte användas: { $known }; ange en PEM-fil.
ca-file-error = `ca_file` ({ $file }) kan inte användas: { $why }; ange en PEM-fil.
what-not-pem = den är inte i PEM-format
what-no-certificate = den innehåller inget certifikat
what-bad-certificate = ett av dess certifikat kan inte läsas
tls-unusable = TLS kan inte användas: { $error }.
key-file-unreadable = Filen som `{ $key }` nämner kan inte läsas ({ $error }); rätta sökvägen.

## Address books

carddav-unasked = Adressboken på servern kunde inte frågas ({ $detail }); ett nytt försök görs senare.
carddav-odd = Adressboken på servern svarade något annat än XML; kontrollera `carddav_url`.
carddav-password = Adressboken på servern nekade lösenordet; kör `ringside contacts sign-in`.
carddav-nowhere = Adressboken på servern finns inte; kontrollera `carddav_url`.
carddav-status = Adressboken på servern svarade med status { $status }; ett nytt försök görs senare.
carddav-waits = Adressboken på servern väntar tills nätverksinställningarna är rättade.
carddav-user = `carddav_url` kräver `carddav_user` bredvid i [contacts].
carddav-no-password = Lösenordet till adressboken på servern går inte att få; kör `ringside contacts sign-in`.
carddav-odd-secret = Nyckelringens post för adressboken förstås inte; kör `ringside contacts sign-in`.
book-useless = { $source } har ingen kontakt som kan användas; `ringside contacts check FILE` säger varför.
no-book = { $file } är ingen adressbok; ange en .vcf- eller .csv-fil i [contacts].
book-unreadable = Adressboken { $file } kan inte läsas ({ $error }); rätta `files` i [contacts].
card-name-cut = namnet är längre än 200 tecken och kortades
card-no-name = den har inget namn
card-no-number = den har inget nummer
card-bad-number = det som står som nummer är inget nummer
card-too-many = det finns fler än 500 000 kontakter
card-one-bad-number = ett av numren är inget nummer; de andra används
row-unreadable = raden kan inte läsas
no-columns = ingen kolumn heter något som namn, eller ingen något som telefon
not-a-card = inte del av ett kort
card-open-next = kortet har inget slut; det som stod före nästa används
card-open = kortet har inget slut; det som finns används

## What was asked for

favourites-not-kept = Favoriter kan inte sparas i { $file }: { $error }.
favourites-unreadable = Favoriterna kan inte läsas: { $error }; rätta eller ta bort filen.
no-such-queue = Kön finns inte; `ringside status` visar dem som finns.
account-name-letters = Ett kontos namn består av a-z, 0-9 och -; välj ett sådant namn.
no-known-provider = `{ $name }` är ingen känd leverantör.
not-of-provider = `{ $key }` är ingen inställning för leverantören; se `ringside settings schema`.
not-quiet = Den här uppringaren var inte tystad; `ringside quiet list` visar vilka som är.
no-crm = Det finns ingen adress att slå upp uppringaren på; ange `crm_url` under [alerts].
share-length = En skärm delas minst en minut och högst ett dygn; välj en sådan tid.
no-such-colleague = Kollegan finns inte; `ringside people --json` visar id:n för dem som finns.
history-no-such-call = Samtalet finns inte i historiken; `ringside calls` visar dem som finns.
calls-not-saved = Samtalen kan inte sparas i { $folder }: { $error }.
no-folder-for-calls = Den här användaren har ingen mapp att spara samtal i; använd `ringside calls --export`.
no-store-here = Inget sparar samtal här; använd `ringside agent`.
no-desktop = Det finns inget skrivbord att öppna ett fönster på.
not-ready = Kontot är inte redo.
state-unwritable = { $file } i tillståndsmappen kan inte skrivas ({ $error }); skapa utrymme, eller rätta rättigheterna.
request-odd = Den här begäran förstås inte; se kontraktet.
demo-no-secrets = Demon sparar inga hemligheter.
dnd-memory = Det som stör ej minns (dnd.json i tillståndsmappen) kan inte läsas och lämnas som det är; ta bort filen, och se efter om stör ej är på i dina konton.
dnd-quiet-here = Tyst här, men inte överallt, och ett nytt försök görs: { $account }: { $text }
dnd-off-here = Av här, men inte överallt, och ett nytt försök görs: { $account }: { $text }
no-hotkeys-bound = Skrivbordet tog inte snabbtangenterna; tillåt dem i dess inställningar, eller ange andra tangenter i [hotkeys].
keyring-no-text = Det nyckelringen har för kontot är inte text; logga in igen.
credentials-id = Ett kontos id får bara innehålla a-z, 0-9 och -; ge kontot ett annat.
credentials-unwritten = Ringside skriver inte till { $folder }; ändra { $file } själv och starta Ringside igen.
credentials-no-folder = Det finns ingen mapp { $folder }; ange en som finns med --credentials.
credentials-unreadable = { $file } kan inte läsas ({ $error }); gör den till din, med rättigheter 600.
credentials-long = { $file } är för lång för en hemlighet; lägg bara dess JSON där.
credentials-no-json = { $file } innehåller ingen JSON; skriv den där, t.ex. { "{" }"access_token":"…"{ "}" }.
credentials-unexamined = { $file } kan inte undersökas; gör den till din, med rättigheter 600.
credentials-no-file = { $file } är ingen fil; lägg en fil där.
credentials-foreign = { $file } tillhör någon annan; gör den till din, med rättigheter 600.
credentials-open = { $file } kan läsas av andra; kör `chmod 600` på den.

## Why a call was shown or not, in other words

why-rule-says = en regel säger det
why-same = samma samtal som { $call }
why-same-shown = samma samtal som ett som visas
why-desktop-quiet = { $text }; skrivbordets eget stör ej är på

## A window that is not drawn

no-resident = Ringsides fasta del körs inte; öppna Ringside igen.
window-blank = Ringsides fönster kan inte visas
window-blank-why = Datorns webbmotor ritar det inte. Samtal visas ändå; fortsätt med systemfältet, eller med `ringside status` och `ringside doctor` i en terminal.
