# What `--help` says, and what is said of a wrong command line. Clap writes some of it; the rest is in `args.rs`.
# These are looked up nowhere else, and read only when they are to be shown.

## How it is laid out

usage-heading = Användning:
usage-options = [FLAGGOR]
commands-heading = Kommandon:
arguments-heading = Argument:
options-heading = Flaggor:
note-env = [miljö: { $name }]
note-default = [standard: { $value }]
note-values = [möjliga värden: { $values }]

## What belongs to every command

help-flag = Visa hjälp
help-flag-short = Visa hjälp (se mer med '--help')
help-flag-long = Visa hjälp (se en översikt med '-h')
version-flag = Visa version
help-command = Visa den här texten eller hjälpen för ett kommando

## Names of values

name-command = KOMMANDO
name-file = FIL
name-dir = MAPP
name-id = ID
name-pair = NYCKEL=VÄRDE
name-n = N
name-addr = ADRESS
name-time = TID
name-text = TEXT
name-format = FORMAT
name-number = NUMMER
name-call = SAMTAL
name-at = TIDPUNKT
name-person = PERSON
name-queue = KÖ
name-provider = LEVERANTÖR
name-of = LEVERANTÖR.NYCKEL
name-key = NYCKEL
name-value = VÄRDE
name-shell = SKAL

## Ringside

about = Visar inkommande samtal och vem som är ledig, och slår på och av stör ej, hos flera telefonileverantörer på en gång
about-whole = Visar inkommande samtal och vem som är ledig, och slår på och av stör ej, hos flera telefonileverantörer på en gång.
exit-codes = Slutkoder: 0 klart, 1 misslyckat, 2 fel användning eller inställningar, 3 ingen agent körs, 4 inloggning krävs.

## Commands

agent-about = Stanna i systemfältet: anslutningar, aviseringar, kontrollanslutning
watch-about = Anslut utan agent och skriv ut vad som händer
demo-about = Visa det inbyggda demokontoret: simulerade leverantörer på den här datorn
simulate-about = Kör bara de simulerade leverantörerna och skriv ut deras adresser som en rad JSON
status-about = Vem är jag, anslutningar, samtal
dnd-about = Slå på eller av stör ej i alla konton, eller visa det
share-about = Säg att skärmen delas: uppringare namnges inte på den
quiet-about = Uppringare som det ska vara tyst om i dag
calls-about = Samtal, nyaste först
gaps-about = Tider då inget hördes, och vad som hämtades efteråt
note-about = Skriv något om ett samtal; det visas när numret ringer igen
remind-about = Bli påmind om att ringa tillbaka till någon
people-about = Kollegor och vad de gör
dial-about = Ring ett nummer: din egen telefon ringer först
tell-about = Få veta en gång när en kollega är ledig
replay-about = Spela upp en inspelning igen och skriv ut vad den ger
pick-up-about = Hämta en väntande uppringare ur en kö, till din egen telefon
account-about = Lägg till, visa, ta bort, prova eller logga in på ett konto
contacts-about = Dina egna adressböcker: vem ringer
doctor-about = Kontrollera allt som ett samtal ska igenom, från inställningarna till skärmen, med en åtgärd för varje fel
autostart-about = Starta med sessionen, i systemfältet och utan fönster, eller inte längre
quit-about = Avsluta agenten som körs
settings-about = Om inställningsfilen
completions-about = Skriv ut ett skals kompletteringar

## What many commands take

config-help = Inställningsfilen i stället för användarens egen
credentials-help = En mapp med en fil per konto med dess hemlighet, i stället för nyckelringen
json-help = Ett JSON-objekt per rad
number-help = Med landskod, t.ex. +46701234567
which-account = Vilket
seed-help = Samma tal ger samma dag
which-call = Ett id, `last` eller det nyaste som en sökning hittar
which-call-whole = Ett id, `last` eller det nyaste samtal som en sökning hittar

## Agent, watch, replay, demo, simulate

agent-demo = Använd det inbyggda demokontoret i stället för inställningarna
watch-account = Bara det här kontot (får upprepas)
watch-notify = Visa även aviseringar
watch-record = Skriv ned vad som kommer och går, utan token och med namn och nummer ersatta, i en ny fil
replay-file = Vad `ringside watch --record` skrev
replay-set = En annan inställning än den inspelade, t.ex. event_map=FIL (får upprepas)
demo-json = Ett JSON-objekt per rad i stället för livevyn
demo-speed = Hur många gånger livligare än ett vanligt kontor
simulate-listen = Adressen att lyssna på; måste vara på den här datorn
simulate-people = Hur många kollegor
simulate-rate = Händelser per sekund; 0 för ett kontor där inget händer av sig självt

## Do-not-disturb, a shared screen, quiet callers

dnd-on-about = Slå på det; utan längd i en timme
dnd-for = Hur länge, t.ex. 30m eller 2h
dnd-until-help = Till när, t.ex. 17:00 eller tomorrow
dnd-open-ended = Tills det stängs av; du tillfrågas igen efter åtta timmar
dnd-off-about = Stäng av det
dnd-toggle-about = Stäng av det om det är på, annars på i en timme
dnd-keep-about = Låt det vara på utan slut, och bli tillfrågad igen senare
dnd-status-about = Visa det, konto för konto
share-on-about = Namnge inga uppringare på skärmen; slutar av sig självt
share-for = Hur länge, t.ex. 45m eller 2h
share-off-about = Namnge uppringare igen
share-status-about = Visa vem som kan se skärmen, så långt det är känt
quiet-add-about = Var tyst om ett nummer till midnatt
quiet-remove-about = Var inte längre tyst om det
quiet-all = Alla
quiet-list-about = Visa dem

## Calls

calls-since = Bara samtal som började då eller senare, t.ex. 2026-11-21, yesterday eller 7d (sedan)
calls-before = Bara samtal som började tidigare
calls-missed = Bara samtal jag missade
calls-search = Bara samtal med detta i namn, nummer, linje eller anteckning
calls-export = Alla samtal som passar, för ett annat program
calls-limit = Högst så många [standard: 100, eller alla med --export]
calls-seen-about = De missade samtalen är sedda
calls-seen-call = Bara det här: ett id, `last` eller det nyaste som en sökning hittar
calls-private-about = Glöm för alltid vem som var i andra änden av ett samtal
calls-erase-about = Glöm samtal för alltid
calls-erase-before = Samtal som började tidigare, t.ex. 2026-11-21 eller 30d (sedan)
calls-erase-number = Samtal med det här numret
calls-erase-call = Ett samtal, med sitt id
calls-erase-all = Alla samtal
note-text = Vad; en tom text tar bort anteckningen
remind-at = När, t.ex. 15:00, 2h eller 2026-11-21T15:00; `off` för inte alls

## People, dialling, queues

people-search = Bara personer med detta i namn eller nummer
dial-account = Via det här kontot
tell-person = En kollegas id, eller nog av namnet för att skilja från alla andra
tell-for = Hur länge det väntas, t.ex. 30m eller 2h; annars en timme
tell-cancel = Vänta inte längre
pick-up-queue = Kön, som `ringside status` visar den: konto/id
pick-up-caller = Uppringaren; annars den som har väntat längst

## Address books and accounts

contacts-list-about = Adressböckerna som inställningarna nämner, och hur det står till med var och en
contacts-check-about = Läs en vCard- eller CSV-fil och visa vad i den som inte kan användas, och varför
contacts-who-about = Vem som har det här numret, enligt filerna som inställningarna nämner
contacts-who-number = Med sin landskod, eller som ditt land skriver det
contacts-sign-in-about = Spara lösenordet till adressboken på en server; det frågas efter, eller läses från standard in
account-add-about = Lägg till ett konto; hemligheten frågas efter, eller läses från standard in
account-add-id = Dess namn här: a-z, 0-9 och -
account-add-provider = Leverantören, t.ex. firmafon
account-add-set = En inställning, t.ex. api_url=https://… (får upprepas)
account-list-about = Visa kontona
account-remove-about = Ta bort ett konto och dess hemlighet
account-test-about = Anslut en gång och säg vad som fungerar
account-sign-in-about = Spara en annan hemlighet; den frågas efter, eller läses från standard in

## The program

doctor-bundle-help = Skriv det som hittades till en ny fil att skicka med, utan namn, nummer och konton
autostart-on-about = Starta med sessionen
autostart-off-about = Starta inte med sessionen
autostart-status-about = Visa om det gör det
schema-about = Skriv ut JSON-schemat för inställningsfilen, eller för en fil som ett kontos nyckel nämner
schema-of = Leverantören och nyckeln, t.ex. nguc.event_map
settings-check-about = Leta efter fel i inställningarna, eller i en fil som ett kontos nyckel nämner, t.ex. en händelsekarta
settings-check-of = Leverantören och nyckeln, t.ex. nguc.event_map; annars inställningarna
settings-check-file = Filen
path-about = Skriv ut var inställningsfilen ligger
settings-list-about = Varje inställning för agenten som körs, vad den är och vem som säger det
set-about = Skriv ett värde i inställningarna; utan värde tas det bort
set-key = Dess namn, efter dess tabell: proxy, window.theme, account.work.popups
set-value = Vad den ska vara
shells = bash, elvish, fish, powershell eller zsh

## What is wrong with a command line

wrong = fel:
tip = tips:
see-help = Se '{ $flag }' för mer.
meant = menade du { $names }?
twice = argumentet '{ $argument }' kan inte användas flera gånger
together = '{ $argument }' kan inte användas tillsammans med '{ $other }'
no-value = '{ $argument }' måste ha ett värde men fick inget
bad-value = ogiltigt värde '{ $value }' för '{ $argument }'
bad-value-since = ogiltigt värde '{ $value }' för '{ $argument }': { $reason }
more-values = oväntat värde '{ $value }' för '{ $argument }'; inga fler väntades
no-command = okänt kommando '{ $name }'
command-missing = '{ $command }' måste följas av ett kommando
commands-there = [kommandon: { $names }]
arguments-missing = dessa obligatoriska argument saknas: { $arguments }
no-argument = oväntat argument '{ $argument }'
not-utf8 = ett eller flera argument är inte giltig UTF-8

## In the words of those who read arguments

tip-as-value = skriv '{ $written }' för att ge '{ $argument }' som värde
tip-exists = '{ $command }' finns
tip-without-dashes = kommandot '{ $command }' finns; ta bort '--' framför för att använda det
above-zero = måste vara ett tal över 0
no-digits = måste vara ett heltal
no-integer = måste vara ett heltal
too-large = talet är för stort
out-of-range = { $number } är inte i { $range }
no-float = måste vara ett tal
empty-float = måste vara ett tal
no-address = måste vara en adress med port, t.ex. 127.0.0.1:8080
