# What forms ask and settings are called: titles, help and values that can be chosen. Read by whoever shows a form, where
# no name can be mistaken for a title.

## General

set-general = Allmänt
set-popup-window = Popupfönster
set-popup-window-about = Öppna också ett litet fönster när ett samtal ringer.
set-proxy = Proxy
set-proxy-about = http://[användare:lösenord@]värd:port; tomt: som systemet har den.
set-ca-file = Certifikat
set-ca-file-about = En PEM-fil med certifikat som är betrodda utöver systemets.
set-popups = Samtal som visas
set-popups-about = Vems samtal som visas.

## What alerts say and do

set-alerts = Vad aviseringar visar och gör
set-on-lock = När skärmen är låst
set-on-lock-about = vad ett samtal som ringer visar
set-missed-on-lock = … om missade samtal
set-missed-on-lock-about = vad ett missat samtal visar när skärmen är låst
set-while-sharing = När skärmen delas
set-while-sharing-about = vad ett samtal som ringer visar; se `ringside share`
set-missed-while-sharing-about = vad ett missat samtal visar när skärmen delas
set-sound = Ljud
set-sound-about = skrivbordets eget ljud för ett samtal som ringer, utöver telefonens
set-missed-sound = Ljud för missade samtal
set-missed-sound-about = skrivbordets eget ljud för ett missat samtal
set-crm-url = Kundsystem
set-crm-url-about = där en uppringare slås upp, t.ex. https://värd/sök?q={ "{" }number{ "}" }

## Windows

set-window = Fönster
set-theme = Färger
set-theme-about = system, ljust (light), mörkt (dark) eller kontrast (contrast)
set-density = Avstånd
set-density-about = luftigt (roomy): två rader per kollega; kompakt (compact): en rad
set-text-percent = Textstorlek
set-text-percent-about = i procent, från 100 till 200
set-language = Språk
set-language-about = i fönster, systemfält, aviseringar och på kommandoraden

## Call history

set-history = Samtalshistorik
set-keep-days = Spara samtal i
set-keep-days-about = Antal dagar som samtal sparas; 0 sparar inga

## Address books

set-contacts = Vem som ringer: dina egna adressböcker; inget av dem lämnar den här datorn
set-files = Filer
set-files-about = vCard- (.vcf) och CSV-filer, den mest betrodda först; ~ är din hemmapp
set-country = Land
set-country-about = vars nationella nummer som står i dem, t.ex. SE
set-carddav-url = Adressbok på en server
set-carddav-url-about = CardDAV-adressen till en adressbok
set-carddav-user = Användare där
set-carddav-user-about = lösenordet finns i nyckelringen: ringside contacts sign-in

## Do-not-disturb

set-dnd = Stör ej
set-schedule = Schema
set-schedule-about = När det är på av sig självt, t.ex. "mon-fri 17:00-08:00".
set-morning = Morgon
set-morning-about = Tiden då `till i morgon` slutar.
set-working-days = Arbetsdagar
set-working-days-about = De dagar då `till i morgon` kan sluta, t.ex. mon-fri.
set-ask-again-after = Fråga igen efter
set-ask-again-after-about = När det frågas om ett utan slut.
set-toggle-for = Snabbtangentens längd
set-toggle-for-about = Hur länge snabbtangenten slår på det.
set-let-through = Släpp igenom
set-let-through-about = Nummer som ringer ändå, t.ex. "+46 8 123 456 78".
set-second-call-within = Andra samtalet
set-second-call-within-about = En uppringare som ringer igen inom den här tiden får ringa; 0m för aldrig.

## Hotkeys

set-hotkeys = Tangenter som fungerar oavsett vilket fönster som har tangentbordet
set-hotkey-dnd = Stör ej
set-hotkey-dnd-about = Slår på eller av stör ej, t.ex. Ctrl+Alt+D.
set-hotkey-window = Fönster
set-hotkey-window-about = Öppnar fönstret, t.ex. Ctrl+Alt+R.
hotkey-toggles = Slå på eller av stör ej

## Rules

set-rule = Vad som görs med vissa samtal: den första regeln som passar avgör
set-rule-account = Konto
set-rule-account-about = det här kontots samtal
set-rule-line = Linje
set-rule-line-about = samtal via linjen med det här namnet eller id:t
set-rule-number = Nummer
set-rule-number-about = samtal från det här numret; +4670* för alla som börjar så, hidden för skyddade
set-rule-kind = Slag
set-rule-kind-about = samtal som ringer, eller de som ingen svarade på; annars båda
set-rule-alert = Avisering
set-rule-alert-about = om de visas, vem de än ringer
set-rule-sound-about = om skrivbordet låter
set-rule-popup-about = om det lilla fönstret också öppnas

## Values that can be chosen

choice-system = system
choice-light = ljust
choice-dark = mörkt
choice-contrast = kontrast
choice-roomy = luftigt
choice-compact = kompakt
choice-mine = mina
choice-all = alla
choice-none = inga
choice-show = visa
choice-hide-name = dölj namn
choice-auto = automatiskt

## What providers ask for

field-address = Adress
field-where-events = Varifrån händelser kommer.
field-where-events-nguc = Varifrån händelser kommer; sessionens id:n läggs till.
field-rest = REST-API:et.
field-events = Händelser
field-transport = Transport
field-transport-about = Hur händelser kommer; auto tar det bästa som fungerar.
field-personal-token = Personlig nyckel
field-personal-token-about = Skapa en på app.relatel.dk under Konto, Godkända program.
field-firehose-url = Var Firehose finns, t.ex. https://pbx.example.com:9443.
field-domain = Domän
field-domain-about = Kontots namn eller realm, som du loggar in med.
field-accounts = Konton
field-accounts-about = Id:n för konton som ska höras; ditt och dess underkonton om inget anges.
field-events-about = Händelser som ska höras; alla om inget anges. Ringning kräver CHANNEL_CREATE.
field-me = Jag
field-me-about = Vem du är, om det inte går att ta reda på: owner_id, devices, extension.
field-token-in-about = Var anslutningens nyckel skickas; en query hamnar i proxyers loggar.
field-crossbar = Kazoos REST-API, om du får använda det: för namn, stör ej och pågående samtal.
field-user-and-password = Användarnamn och lösenord
field-user-name = Användarnamn
field-password = Lösenord
field-portal = Så som du loggar in på din leverantörs portal.
field-client-id = Klient-id
field-client-id-about = `external.` och ditt företags namn, så som NGUC gav dig det; behövs för att logga in med lösenord.
field-user-id = Ditt användar-id
field-user-id-about = Ditt id hos NGUC; behövs bara där Ringside inte tar reda på det.
field-time-zone = Tidszon
field-time-zone-about = Zonen för tider som NGUC skriver utan.
field-event-map = Händelsekarta
field-event-map-about = Hela sökvägen till en fil som säger vad NGUC:s händelser betyder; se docs/event-map.md.
field-nguc-user = Det du loggar in i NGUC med.
field-nguc-password = Ditt lösenord hos NGUC.
field-code = Engångskod
field-code-about = Koden från din andra faktor, om du har en.
field-token = Nyckel
field-access-token = Åtkomstnyckel
field-nguc-token-about = En nyckel som NGUC har utfärdat till dig.
field-refresh-token = Förnyelsenyckel
field-nguc-refresh-about = Det som hämtar nästa; utan den räcker denna tills den går ut.
field-token-path = Sökväg för nyckel
field-token-path-about = Där API:et ger nycklar till händelser.
field-channels = Kanaler
field-channels-about = Vad som avlyssnas; { "{" }id{ "}" } står för din användare.
field-agent = Agent
field-agent-about = Vilken agent du är, om din användare inte säger det.
field-dnd-status = Status för stör ej
field-dnd-status-about = Agentens status för stör ej.
field-available-status = Status för tillgänglig
field-available-status-about = Agentens status efter stör ej.
field-pat-about = En personlig nyckel, t.ex. pat_live_…
field-renews = Förnyar en åtkomstnyckel som går ut.
field-email-and-password = E-post och lösenord
field-email = E-post
field-as-at-semaswift = Som hos Semaswift.
field-token-url = Nyckeladress
field-token-url-about = Där din organisation lämnar ut Stringee-nycklar; utelämna den för att klistra in en nyckel.
field-softphone = Mjuktelefonens användare
field-softphone-about = Utelämna den om nyckeln är din mjuktelefons användare: uppringare visas, men Stringee räknar dig som online medan Ringside körs, med eller utan mjuktelefon. Om nyckeln är en observatörs egen användare, skriv din mjuktelefons användare här: samtal rörs inte, men uppringares nummer kan saknas utan ett relä.
field-stringee-api = REST-API:et; projekt i andra regioner har en egen adress.
field-server-list = Lista över servrar
field-server-list-about = Där servrarna efterfrågas; annars hos REST-API:et.
field-servers = Servrar
field-servers-about = Servrar att ansluta till i stället för att fråga efter en lista, t.ex. wss://v1.stringee.com:6899/.
field-relay = Relä
field-relay-about = Din organisations relä, om den har ett: det vet vem som är där, uppringares nummer och stör ej.
field-dnd-attribute = Attribut för stör ej
field-dnd-attribute-about = Attributet som säger stör ej.
field-dnd-on = Stör ej på
field-dnd-on-about = Vad attributet är medan det är på.
field-dnd-off = Stör ej av
field-dnd-off-about = Vad attributet är medan det är av.
field-org-token-url = Organisationens nyckeladress
field-authorization = Authorization
field-authorization-about = Vad din organisations nyckeladress vill ha som Authorization-huvud, om något.
field-pasted-token = Inklistrad nyckel
field-client-token = Klientnyckel
field-client-token-about = En Stringee-klientnyckel; den fungerar tills den går ut.
field-relay-token = Relänyckel
field-relay-token-about = Vad reläet vill ha i stället, om något.
