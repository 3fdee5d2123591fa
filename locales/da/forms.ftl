# What forms ask and settings are called: titles, help and values that can be chosen. Read by whoever shows a form, where
# no name can be mistaken for a title.

## General

set-general = Generelt
set-popup-window = Popup-vindue
set-popup-window-about = Åbn også et lille vindue, når et opkald ringer.
set-proxy = Proxy
set-proxy-about = http://[bruger:adgangskode@]vært:port; tom: som systemet har den.
set-ca-file = Certifikater
set-ca-file-about = En PEM-fil med certifikater, der er betroede ud over systemets.
set-popups = Opkald, der vises
set-popups-about = Hvis opkald der vises.

## What alerts say and do

set-alerts = Hvad beskeder om opkald viser og gør
set-on-lock = Mens skærmen er låst
set-on-lock-about = hvad et opkald, der ringer, viser
set-missed-on-lock = … om ubesvarede opkald
set-missed-on-lock-about = hvad et ubesvaret opkald viser, mens skærmen er låst
set-while-sharing = Mens skærmen deles
set-while-sharing-about = hvad et opkald, der ringer, viser; se `ringside share`
set-missed-while-sharing-about = hvad et ubesvaret opkald viser, mens skærmen deles
set-sound = Lyd
set-sound-about = skrivebordets egen lyd for et opkald, der ringer, ud over telefonens
set-missed-sound = Lyd for ubesvarede opkald
set-missed-sound-about = skrivebordets egen lyd for et ubesvaret opkald
set-crm-url = Kundesystem
set-crm-url-about = hvor en opkalder slås op, f.eks. https://vært/søg?q={ "{" }number{ "}" }

## Windows

set-window = Vinduer
set-theme = Farver
set-theme-about = system, lys (light), mørk (dark) eller kontrast (contrast)
set-density = Afstand
set-density-about = luftig (roomy): to linjer pr. kollega; kompakt (compact): én linje
set-text-percent = Tekststørrelse
set-text-percent-about = i procent, fra 100 til 200
set-language = Sprog
set-language-about = i vinduer, bakke, notifikationer og på kommandolinjen

## Call history

set-history = Opkaldshistorik
set-keep-days = Gem opkald i
set-keep-days-about = Antal dage, opkald gemmes; 0 gemmer ingen

## Address books

set-contacts = Hvem ringer: dine egne adressebøger; intet af dem forlader denne computer
set-files = Filer
set-files-about = vCard- (.vcf) og CSV-filer, den mest pålidelige først; ~ er din hjemmemappe
set-country = Land
set-country-about = hvis nationale numre der står i dem, f.eks. DK
set-carddav-url = Adressebog på en server
set-carddav-url-about = CardDAV-adressen på én adressebog
set-carddav-user = Bruger dér
set-carddav-user-about = adgangskoden er i nøgleringen: ringside contacts sign-in

## Do-not-disturb

set-dnd = Forstyr ikke
set-schedule = Tidsplan
set-schedule-about = Hvornår det er slået til af sig selv, f.eks. "mon-fri 17:00-08:00".
set-morning = Morgen
set-morning-about = Det tidspunkt, hvor `indtil i morgen` slutter.
set-working-days = Arbejdsdage
set-working-days-about = De dage, hvor `indtil i morgen` kan slutte, f.eks. mon-fri.
set-ask-again-after = Spørg igen efter
set-ask-again-after-about = Hvornår der spørges til et uden slutning.
set-toggle-for = Genvejens varighed
set-toggle-for-about = Hvor længe genvejstasten slår det til.
set-let-through = Lad komme igennem
set-let-through-about = Numre, der ringer alligevel, f.eks. "+45 11 22 33 44".
set-second-call-within = Andet opkald
set-second-call-within-about = En opkalder, der ringer igen inden for denne tid, ringer igennem; 0m for aldrig.

## Hotkeys

set-hotkeys = Taster, der virker, uanset hvilket vindue der har tastaturet
set-hotkey-dnd = Forstyr ikke
set-hotkey-dnd-about = Slår forstyr ikke til eller fra, f.eks. Ctrl+Alt+D.
set-hotkey-window = Vindue
set-hotkey-window-about = Åbner vinduet, f.eks. Ctrl+Alt+R.
hotkey-toggles = Slå forstyr ikke til eller fra

## Rules

set-rule = Hvad der sker med visse opkald: den første regel, der passer, afgør det
set-rule-account = Konto
set-rule-account-about = denne kontos opkald
set-rule-line = Linje
set-rule-line-about = opkald gennem linjen med dette navn eller id
set-rule-number = Nummer
set-rule-number-about = opkald fra dette nummer; +4570* for alle, der begynder sådan, hidden for skjulte
set-rule-kind = Slags
set-rule-kind-about = opkald, der ringer, eller dem ingen svarede på; ellers begge
set-rule-alert = Besked
set-rule-alert-about = om de vises, hvem de end ringer til
set-rule-sound-about = om skrivebordet siger en lyd
set-rule-popup-about = om det lille vindue også åbnes

## Values that can be chosen

choice-system = system
choice-light = lys
choice-dark = mørk
choice-contrast = kontrast
choice-roomy = luftig
choice-compact = kompakt
choice-mine = mine
choice-all = alle
choice-none = ingen
choice-show = vis
choice-hide-name = skjul navn
choice-auto = automatisk

## What providers ask for

field-address = Adresse
field-where-events = Hvor hændelser kommer fra.
field-where-events-nguc = Hvor hændelser kommer fra; sessionens id'er tilføjes.
field-rest = REST-API'et.
field-events = Hændelser
field-transport = Transport
field-transport-about = Hvordan hændelser kommer; auto tager den bedste, der virker.
field-personal-token = Personlig nøgle
field-personal-token-about = Lav en på app.relatel.dk under Konto, Godkendte programmer.
field-firehose-url = Hvor Firehose er, f.eks. https://pbx.example.com:9443.
field-domain = Domæne
field-domain-about = Kontoens navn eller realm, som du logger ind med.
field-accounts = Konti
field-accounts-about = Id'er på de konti, der skal høres; din og dens underkonti, hvis intet er angivet.
field-events-about = De hændelser, der skal høres; alle, hvis intet er angivet. Ringning kræver CHANNEL_CREATE.
field-me = Mig
field-me-about = Hvem du er, hvis det ikke kan findes: owner_id, devices, extension.
field-token-in-about = Hvor forbindelsens nøgle sendes; en query ender i proxyers logge.
field-crossbar = Kazoos REST-API, hvis du må bruge det: til navne, forstyr ikke og igangværende opkald.
field-user-and-password = Brugernavn og adgangskode
field-user-name = Brugernavn
field-password = Adgangskode
field-portal = Som du logger ind på din udbyders portal.
field-client-id = Klient-id
field-client-id-about = `external.` og dit firmas navn, som NGUC gav dig det; nødvendigt for at logge ind med adgangskode.
field-user-id = Dit bruger-id
field-user-id-about = Dit id hos NGUC; kun nødvendigt, hvor Ringside ikke selv finder det.
field-time-zone = Tidszone
field-time-zone-about = Zonen for de tider, NGUC skriver uden.
field-event-map = Hændelseskort
field-event-map-about = Hele stien til en fil, der siger, hvad NGUC's hændelser betyder; se docs/event-map.md.
field-nguc-user = Det, du logger ind i NGUC med.
field-nguc-password = Din adgangskode hos NGUC.
field-code = Engangskode
field-code-about = Koden fra din anden faktor, hvis du har en.
field-token = Nøgle
field-access-token = Adgangsnøgle
field-nguc-token-about = En nøgle, som NGUC har udstedt til dig.
field-refresh-token = Fornyelsesnøgle
field-nguc-refresh-about = Det, der henter den næste; uden den holder denne, til den udløber.
field-token-path = Sti til nøgle
field-token-path-about = Hvor API'et giver nøgler til hændelser.
field-channels = Kanaler
field-channels-about = Hvad der lyttes til; { "{" }id{ "}" } står for din bruger.
field-agent = Agent
field-agent-about = Hvilken agent du er, hvis din bruger ikke siger det.
field-dnd-status = Status for forstyr ikke
field-dnd-status-about = Agentens status for forstyr ikke.
field-available-status = Status for ledig
field-available-status-about = Agentens status efter forstyr ikke.
field-pat-about = En personlig nøgle, f.eks. pat_live_…
field-renews = Fornyer en adgangsnøgle, der udløber.
field-email-and-password = E-mail og adgangskode
field-email = E-mail
field-as-at-semaswift = Som hos Semaswift.
field-token-url = Nøgleadresse
field-token-url-about = Hvor din organisation udleverer Stringee-nøgler; udelad den for at indsætte en nøgle.
field-softphone = Softphonens bruger
field-softphone-about = Udelad den, hvis nøglen er din softphones bruger: opkaldere vises, men Stringee regner dig for online, mens Ringside kører, med eller uden softphone. Er nøglen en observatørs egen bruger, så skriv din softphones bruger her: opkald røres ikke, men opkalderes numre kan mangle uden et relæ.
field-stringee-api = REST-API'et; projekter i andre regioner har deres egen adresse.
field-server-list = Liste over servere
field-server-list-about = Hvor der spørges efter serverne; ellers hos REST-API'et.
field-servers = Servere
field-servers-about = Servere at forbinde til i stedet for at spørge efter en liste, f.eks. wss://v1.stringee.com:6899/.
field-relay = Relæ
field-relay-about = Din organisations relæ, hvis den har et: det ved, hvem der er der, opkalderes numre og forstyr ikke.
field-dnd-attribute = Attribut for forstyr ikke
field-dnd-attribute-about = Det attribut, der siger forstyr ikke.
field-dnd-on = Forstyr ikke til
field-dnd-on-about = Hvad attributten er, mens det er slået til.
field-dnd-off = Forstyr ikke fra
field-dnd-off-about = Hvad attributten er, mens det er slået fra.
field-org-token-url = Organisationens nøgleadresse
field-authorization = Authorization
field-authorization-about = Hvad din organisations nøgleadresse vil have som Authorization-header, hvis noget.
field-pasted-token = Indsat nøgle
field-client-token = Klientnøgle
field-client-token-about = En Stringee-klientnøgle; den virker, til den udløber.
field-relay-token = Relænøgle
field-relay-token-about = Hvad relæet vil have i stedet, hvis noget.
