# What is wrong with settings, files and address books, and what could not be done. Variables as in `problems.ftl`.

## Settings, line by line

not-toml = det er ikke TOML ({ $why }); ret linjen, intet blev ændret.
settings-of-organisation = Organisationens indstillinger, linje { $line }: { $text }
version-newer = `version` er ikke 1: filen kan være fra et nyere Ringside; det, der forstås, bruges.
popup-window-value = `popup_window` skal være true eller false; false bruges.
proxy-value = `proxy` skal være en tekst, f.eks. "http://proxy:3128".
ca-file-value = `ca_file` skal være stien til en PEM-fil.
locked-value = `locked` skal være en liste, f.eks. ["proxy", "window.theme"].
section-table = `{ $name }` skal være en tabel; begynd den med [{ $same }].
row-table = en `{ $name }` begynder med [[{ $same }]], i dobbelte klammer.
row-left-out = denne `{ $name }` udelades, til det er rettet.
misfit-used = `{ $key }` skal være { $known }; standarden bruges.
misfit = `{ $key }` skal være { $known }.
what-one-of = en af { $choices }
what-text = en tekst i anførselstegn
what-path = stien til en fil, i anførselstegn
what-number = et helt tal, mindst 0
what-switch = true eller false
what-list = en liste af tekster, f.eks. ["a", "b"]
what-table = en tabel, f.eks. { "{" } a = 1 { "}" }
what-number-30 = et tal, f.eks. 30
what-list-one-two = en liste, f.eks. ["en", "to"]
what-table-key = en tabel, f.eks. { "{" } key = "value" { "}" }
what-text-quotes = tekst i anførselstegn
what-texts-one-two = en liste af tekster, f.eks. ["en", "to"]
what-channels-list = en liste, f.eks. ["voice:calls", "tickets:mine"]
what-servers-list = en liste som ["wss://host:6899/"]
what-token-path = en sti, f.eks. /api/v1/realtime/token
what-header-or-query = header eller query
what-transports = auto, websocket, long-polling eller polling
what-me-table = en tabel, f.eks. { "{" } owner_id = "…", devices = ["…"], extension = "1001" { "}" }
what-time = et klokkeslæt, f.eks. 06:00
what-days = dage, f.eks. mon-fri
what-length = en varighed, f.eks. 30m eller 8h, højst 7 dage
what-percent = fra 100 til 200
what-rule-number = et fuldt nummer, f.eks. "+4511223344", en begyndelse, f.eks. "+4570*", eller "hidden"
no-inline-account = en konto skal være en tabel; begynd den med [[account]].
account-brackets = en konto begynder med [[account]], i dobbelte klammer.
id-letters = `id` skal bestå af a-z, 0-9 og -, f.eks. "work".
no-id = kontoen har intet `id`; tilføj et, f.eks. id = "work".
same-id = en anden konto har samme `id`; giv denne sit eget.
no-provider = kontoen har ingen `provider`; tilføj en af { $names }.
unknown-provider = denne `provider` er ikke kendt; brug en af { $names }.
unknown-provider-near = denne `provider` er ikke kendt; mente du "{ $near }"?
popups-value = `popups` skal være "mine", "all" eller "none"; "mine" bruges.
popups-value-short = `popups` skal være "mine", "all" eller "none".
popup-window-short = `popup_window` skal være true eller false.
country-value = `country` skal være to bogstaver, f.eks. "DK"; numre uden landekode forstås ikke.
not-a-country = `country` "{ $country }" er ikke et land; skriv to bogstaver, f.eks. "DK".
prefixes-value = `strip_prefixes` skal være en liste af tekster, f.eks. ["L0#"]; den bruges ikke.
secret-in-settings = `{ $key }` hører ikke til her: fjern den, og kør `ringside account sign-in { $id }`.
unknown-key = `{ $key }` er ikke en kendt nøgle og ignoreres.
unknown-key-near = `{ $key }` er ikke en kendt nøgle og ignoreres; mente du `{ $near }`?
no-such-setting = `{ $key }` er ikke en kendt nøgle; `ringside settings list` viser dem.
no-such-table = `{ $name }` er ikke en kendt tabel i indstillingerne.
not-a-table = `{ $name }` i indstillingerne er ingen tabel; ret den i hånden.
fixed-value = Din organisation har fastlåst denne værdi; spørg den, der passer din computer.
not-own-account = Kontoen er ikke i dine egne indstillinger eller ikke som en [[account]]-tabel; ret filen i hånden.
provider-not-known = Kontoens udbyder er ikke kendt; ret indstillingerne i hånden.
accounts-no-list = `account` i indstillingerne er ikke en liste af [[account]]-tabeller; ret den i hånden.
account-there = der er allerede en konto `{ $id }`; vælg et andet navn.
settings-unreadable = indstillingsfilen kan ikke læses: { $error }.
settings-left-alone = indstillingsfilen er ikke TOML og blev ladt være; ret den i hånden: { $error }.
settings-unwritable = indstillingsfilen kan ikke skrives: { $error }.
settings-not-utf8 = Indstillingerne { $file } er ikke UTF-8-tekst; gem dem som sådan.
settings-no-read = Indstillingerne { $file } kan ikke læses: { $error }.
call-which = Sig hvilket opkald: et id, `last` eller en tekst, der skal søges efter.
call-no-id = `{ $call }` er ikke et opkalds id; `ringside calls --json` viser dem.
settings-organisation-unreadable = Organisationens indstillinger { $file } kan ikke læses; spørg din administrator: { $error }.
settings-reread = Indstillingerne kan ikke læses, og det, de sagde før, gælder; se på { $file }: { $error }.
no-home = Der er ingen hjemmemappe; brug --config FILE.

## Values of accounts and tables

not-an-address = `{ $key }` er ikke en adresse; skriv en som https://host/path.
secret-in-address = `{ $key }` indeholder en adgangskode eller nøgle; læg den i nøgleringen: `ringside account sign-in ID`.
not-encrypted = `{ $key }` er ikke krypteret; brug https:// (http:// er kun til denne computer).
begin-https = `{ $key }` skal begynde med https://.
begin-wss = `{ $key }` skal begynde med wss://.
not-empty = `{ $key }` må ikke være tom.
firehose-no-url = `url` mangler; skriv udbyderens adresse, f.eks. https://pbx.example.com:9443.
firehose-no-domain = `domain` mangler; skriv kontoens navn eller realm, som du logger ind med.
firehose-secret = Hemmeligheden indeholder ikke `username` og `password`; log ind igen.
firehose-me-key = `me` har ingen `{ $key }`; den har owner_id, devices og extension.
firehose-me-text = `{ $key }` i `me` skal være tekst i anførselstegn.
firmafon-secret = Hemmeligheden indeholder ingen `access_token`; log ind igen.
nguc-zone = `time_zone` er ikke kendt på denne computer; skriv et navn som Europe/Stockholm eller en regel som CET-1CEST,M3.5.0,M10.5.0/3.
nguc-secret = Hemmeligheden indeholder hverken adgangskode eller nøgle; log ind igen.
event-map-fault = Filen `event_map` har en fejl i { $place }
semaswift-secret = Hemmeligheden indeholder hverken en adgangsnøgle eller e-mail og adgangskode; log ind igen.
secret-unreadable = Hemmeligheden kan ikke læses; log ind igen.
stringee-api-key = Det ligner en Stringee-API-nøgle; den hører til på din organisations server, som laver nøgler med den: giv i stedet en nøgle eller nøgleadressens adgangskode.
stringee-no-token-url = `token_url` mangler; skriv, hvor din organisation udleverer nøgler, eller log ind med en nøgle.
stringee-authorization = Authorization kan ikke sendes: den har et tegn, som ingen header må have; log ind igen.
let-through-value = `let_through` skal indeholde fulde numre med landekode, f.eks. +45 11 22 33 44.
schedule-value = `{ $wrong }` i `schedule` er ikke dage og tider; skriv f.eks. mon-fri 17:00-08:00.
schedule-always = `schedule` skal efterlade noget tid uden forstyr ikke; forkort den.
rule-nothing = reglen gør ingenting; tilføj alert = "show", alert = "quiet", sound eller popup.
hotkey-value = `{ $key }` er ingen genvejstast; skriv skiftetaster og én tast, f.eks. Ctrl+Alt+D.
crm-host = `crm_url` skal nævne én vært; sæt felterne efter den, f.eks. https://host/search?q={ "{" }number{ "}" }.
crm-fields = `crm_url` må have felterne { "{" }number{ "}" }, { "{" }digits{ "}" }, { "{" }name{ "}" }, { "{" }line{ "}" } og { "{" }account{ "}" } og ingen andre krøllede parenteser.
crm-nothing = `crm_url` siger intet om opkalderen; skriv { "{" }number{ "}" }, hvor nummeret skal stå.
crm-address = `crm_url` er ikke en adresse; skriv en som https://host/search?q={ "{" }number{ "}" }.
proxy-unusable = `proxy` i indstillingerne kan ikke bruges; skriv den som http://vært:port.
ca-file-unusable = `ca_file` ({ $file }) kan ikke bruges: { $known }; angiv en PEM-fil.
ca-file-error = `ca_file` ({ $file }) kan ikke bruges: { $why }; angiv en PEM-fil.
what-not-pem = den er ikke i PEM-format
what-no-certificate = den indeholder intet certifikat
what-bad-certificate = et af dens certifikater kan ikke læses
tls-unusable = TLS kan ikke bruges: { $error }.
key-file-unreadable = Filen, som `{ $key }` nævner, kan ikke læses ({ $error }); ret stien.

## Address books

carddav-unasked = Adressebogen på serveren kunne ikke spørges ({ $detail }); der prøves igen senere.
carddav-odd = Adressebogen på serveren svarede noget andet end XML; tjek `carddav_url`.
carddav-password = Adressebogen på serveren afviste adgangskoden; kør `ringside contacts sign-in`.
carddav-nowhere = Adressebogen på serveren er der ikke; tjek `carddav_url`.
carddav-status = Adressebogen på serveren svarede med status { $status }; der prøves igen senere.
carddav-waits = Adressebogen på serveren venter, til netværksindstillingerne er rettet.
carddav-user = `carddav_url` kræver `carddav_user` ved siden af i [contacts].
carddav-no-password = Adgangskoden til adressebogen på serveren kan ikke fås; kør `ringside contacts sign-in`.
carddav-odd-secret = Nøgleringens post for adressebogen forstås ikke; kør `ringside contacts sign-in`.
book-useless = { $source } har ingen kontakt, der kan bruges; `ringside contacts check FILE` siger hvorfor.
no-book = { $file } er ingen adressebog; angiv en .vcf- eller .csv-fil i [contacts].
book-unreadable = Adressebogen { $file } kan ikke læses ({ $error }); ret `files` i [contacts].
card-name-cut = navnet er længere end 200 tegn og blev afkortet
card-no-name = den har intet navn
card-no-number = den har intet nummer
card-bad-number = det, der står som nummer, er ikke et nummer
card-too-many = der er mere end 500.000 kontakter
card-one-bad-number = et af numrene er ikke et nummer; de andre bruges
row-unreadable = rækken kan ikke læses
no-columns = ingen kolonne hedder noget som navn, eller ingen noget som telefon
not-a-card = ikke del af et kort
card-open-next = kortet har ingen slutning; det, der stod før det næste, bruges
card-open = kortet har ingen slutning; det, der er, bruges

## What was asked for

favourites-not-kept = Favoritter kan ikke gemmes i { $file }: { $error }.
favourites-unreadable = Favoritterne kan ikke læses: { $error }; ret eller fjern filen.
no-such-queue = Den kø findes ikke; `ringside status` viser dem, der er.
account-name-letters = En kontos navn består af a-z, 0-9 og -; vælg sådan et navn.
no-known-provider = `{ $name }` er ikke en kendt udbyder.
not-of-provider = `{ $key }` er ikke en indstilling for denne udbyder; se `ringside settings schema`.
not-quiet = Denne opkalder var ikke stille; `ringside quiet list` viser, hvem der er.
no-crm = Der er ingen adresse at slå opkalderen op på; sæt `crm_url` under [alerts].
share-length = En skærm deles mindst et minut og højst et døgn; vælg sådan et tidspunkt.
no-such-colleague = Den kollega findes ikke; `ringside people --json` viser id'er på dem, der er.
history-no-such-call = Det opkald findes ikke i historikken; `ringside calls` viser dem, der er.
calls-not-saved = Opkaldene kan ikke gemmes i { $folder }: { $error }.
no-folder-for-calls = Denne bruger har ingen mappe at gemme opkald i; brug `ringside calls --export`.
no-store-here = Intet gemmer opkald her; brug `ringside agent`.
no-desktop = Der er intet skrivebord at åbne et vindue på.
not-ready = Kontoen er ikke klar.
state-unwritable = { $file } i tilstandsmappen kan ikke skrives ({ $error }); skaf plads, eller ret rettighederne.
request-odd = Denne forespørgsel forstås ikke; se kontrakten.
demo-no-secrets = Demoen gemmer ingen hemmeligheder.
dnd-memory = Det, forstyr ikke husker (dnd.json i tilstandsmappen), kan ikke læses og bliver, som det er; fjern filen, og se efter, om forstyr ikke er slået til på dine konti.
dnd-quiet-here = Stille her, men ikke alle steder, og det prøves igen: { $account }: { $text }
dnd-off-here = Slået fra her, men ikke alle steder, og det prøves igen: { $account }: { $text }
no-hotkeys-bound = Skrivebordet tog ikke genvejstasterne; tillad dem i dets indstillinger, eller angiv andre taster i [hotkeys].
keyring-no-text = Det, nøgleringen har for denne konto, er ikke tekst; log ind igen.
credentials-id = En kontos id må kun indeholde a-z, 0-9 og -; giv kontoen et andet.
credentials-unwritten = Ringside skriver ikke til { $folder }; ret selv { $file }, og start Ringside igen.
credentials-no-folder = Der er ingen mappe { $folder }; angiv en, der findes, med --credentials.
credentials-unreadable = { $file } kan ikke læses ({ $error }); gør den til din, med rettigheder 600.
credentials-long = { $file } er for lang til en hemmelighed; læg kun dens JSON dér.
credentials-no-json = { $file } indeholder ikke JSON; skriv det dér, f.eks. { "{" }"access_token":"…"{ "}" }.
credentials-unexamined = { $file } kan ikke undersøges; gør den til din, med rettigheder 600.
credentials-no-file = { $file } er ikke en fil; læg en fil dér.
credentials-foreign = { $file } tilhører en anden; gør den til din, med rettigheder 600.
credentials-open = { $file } kan læses af andre; kør `chmod 600` på den.

## Why a call was shown or not, in other words

why-rule-says = en regel siger det
why-same = samme opkald som { $call }
why-same-shown = samme opkald som et, der vises
why-desktop-quiet = { $text }; skrivebordets eget forstyr ikke er slået til

## A window that is not drawn

no-resident = Ringsides faste del kører ikke; åbn Ringside igen.
window-blank = Ringsides vindue kan ikke vises
window-blank-why = Computerens webmotor tegner det ikke. Opkald vises alligevel; fortsæt med bakken eller med `ringside status` og `ringside doctor` i en terminal.
