# What `--help` says, and what is said of a wrong command line. Clap writes some of it; the rest is in `args.rs`.
# These are looked up nowhere else, and read only when they are to be shown.

## How it is laid out

usage-heading = Brug:
usage-options = [TILVALG]
commands-heading = Kommandoer:
arguments-heading = Argumenter:
options-heading = Tilvalg:
note-env = [miljø: { $name }]
note-default = [standard: { $value }]
note-values = [mulige værdier: { $values }]

## What belongs to every command

help-flag = Vis hjælp
help-flag-short = Vis hjælp (se mere med '--help')
help-flag-long = Vis hjælp (se et overblik med '-h')
version-flag = Vis version
help-command = Vis denne tekst eller hjælpen til en kommando

## Names of values

name-command = KOMMANDO
name-file = FIL
name-dir = MAPPE
name-id = ID
name-pair = NØGLE=VÆRDI
name-n = N
name-addr = ADRESSE
name-time = TID
name-text = TEKST
name-format = FORMAT
name-number = NUMMER
name-call = OPKALD
name-at = TIDSPUNKT
name-person = PERSON
name-queue = KØ
name-provider = UDBYDER
name-of = UDBYDER.NØGLE
name-key = NØGLE
name-value = VÆRDI
name-shell = SHELL

## Ringside

about = Viser indgående opkald og hvem der er ledig, og slår forstyr ikke til og fra, hos flere telefoniudbydere på én gang
about-whole = Viser indgående opkald og hvem der er ledig, og slår forstyr ikke til og fra, hos flere telefoniudbydere på én gang.
exit-codes = Slutkoder: 0 gjort, 1 mislykket, 2 forkert brug eller forkerte indstillinger, 3 ingen agent kører, 4 log ind kræves.

## Commands

agent-about = Bliv i bakken: forbindelser, notifikationer, kontrolforbindelse
watch-about = Opret forbindelse uden en agent, og skriv ud, hvad der sker
demo-about = Vis det indbyggede demokontor: simulerede udbydere på denne computer
simulate-about = Kør kun de simulerede udbydere, og skriv deres adresser ud som én linje JSON
status-about = Hvem er jeg, forbindelser, opkald
dnd-about = Slå forstyr ikke til eller fra på alle konti, eller vis det
share-about = Sig, at skærmen deles: opkaldere nævnes ikke på den
quiet-about = Opkaldere, der skal være stille om i dag
calls-about = Opkald, nyeste først
gaps-about = Tider, hvor intet blev hørt, og hvad der blev hentet bagefter
note-about = Skriv noget om et opkald; det vises, når nummeret ringer igen
remind-about = Bliv mindet om at ringe tilbage til nogen
people-about = Kolleger, og hvad de gør
dial-about = Ring til et nummer: din egen telefon ringer først
tell-about = Få besked én gang, når en kollega er ledig
replay-about = Afspil en optagelse igen, og skriv ud, hvad der kommer ud af den
pick-up-about = Hent en ventende opkalder ud af en kø, til din egen telefon
account-about = Tilføj, vis, fjern, afprøv eller log ind på en konto
contacts-about = Dine egne adressebøger: hvem ringer
doctor-about = Tjek alt, hvad et opkald skal igennem, fra indstillingerne til skærmen, med et råd til hver fejl
autostart-about = Start med sessionen, i bakken og uden vindue, eller ikke længere
quit-about = Afslut den agent, der kører
settings-about = Om indstillingsfilen
completions-about = Skriv en shells fuldførelser ud

## What many commands take

config-help = Indstillingsfilen i stedet for brugerens egen
credentials-help = En mappe med én fil pr. konto med dens hemmelighed, i stedet for nøgleringen
json-help = Ét JSON-objekt pr. linje
number-help = Med landekode, f.eks. +4511223344
which-account = Hvilken
seed-help = Samme tal giver den samme dag
which-call = Et id, `last` eller det nyeste, som en søgning finder
which-call-whole = Et id, `last` eller det nyeste opkald, som en søgning finder

## Agent, watch, replay, demo, simulate

agent-demo = Brug det indbyggede demokontor i stedet for indstillingerne
watch-account = Kun denne konto (kan gentages)
watch-notify = Vis også notifikationer
watch-record = Skriv ned, hvad der kommer og går, uden tokens og med navne og numre erstattet, i en ny fil
replay-file = Hvad `ringside watch --record` skrev
replay-set = En anden indstilling end den optagne, f.eks. event_map=FIL (kan gentages)
demo-json = Ét JSON-objekt pr. linje i stedet for den levende visning
demo-speed = Hvor mange gange livligere end et almindeligt kontor
simulate-listen = Adressen, der lyttes på; skal være på denne computer
simulate-people = Hvor mange kolleger
simulate-rate = Hændelser pr. sekund; 0 for et kontor, hvor intet sker af sig selv

## Do-not-disturb, a shared screen, quiet callers

dnd-on-about = Slå det til; uden varighed i én time
dnd-for = Hvor længe, f.eks. 30m eller 2h
dnd-until-help = Indtil hvornår, f.eks. 17:00 eller tomorrow
dnd-open-ended = Indtil det slås fra; du spørges igen efter otte timer
dnd-off-about = Slå det fra
dnd-toggle-about = Slå det fra, hvis det er slået til, ellers til i en time
dnd-keep-about = Lad det være slået til uden slutning, og bliv spurgt igen senere
dnd-status-about = Vis det, konto for konto
share-on-about = Nævn ingen opkaldere på skærmen; slutter af sig selv
share-for = Hvor længe, f.eks. 45m eller 2h
share-off-about = Nævn opkaldere igen
share-status-about = Vis, hvem der kan se skærmen, så vidt det vides
quiet-add-about = Vær stille om et nummer indtil midnat
quiet-remove-about = Vær ikke længere stille om det
quiet-all = Dem alle
quiet-list-about = Vis dem

## Calls

calls-since = Kun opkald, der begyndte da eller senere, f.eks. 2026-11-21, yesterday eller 7d (siden)
calls-before = Kun opkald, der begyndte tidligere
calls-missed = Kun opkald, jeg ikke besvarede
calls-search = Kun opkald med dette i navn, nummer, linje eller note
calls-export = Alle opkald, der passer, til et andet program
calls-limit = Højst så mange [standard: 100, eller alle med --export]
calls-seen-about = De ubesvarede opkald er set
calls-seen-call = Kun dette: et id, `last` eller det nyeste, som en søgning finder
calls-private-about = Glem for altid, hvem der var i den anden ende af et opkald
calls-erase-about = Glem opkald for altid
calls-erase-before = Opkald, der begyndte tidligere, f.eks. 2026-11-21 eller 30d (siden)
calls-erase-number = Opkald med dette nummer
calls-erase-call = Ét opkald, ud fra dets id
calls-erase-all = Alle opkald
note-text = Hvad; en tom tekst fjerner noten
remind-at = Hvornår, f.eks. 15:00, 2h eller 2026-11-21T15:00; `off` for slet ikke

## People, dialling, queues

people-search = Kun personer med dette i navn eller nummer
dial-account = Via denne konto
tell-person = En kollegas id, eller nok af navnet til at skelne fra alle andre
tell-for = Hvor længe der ventes, f.eks. 30m eller 2h; ellers en time
tell-cancel = Vent ikke længere
pick-up-queue = Køen, som `ringside status` viser den: konto/id
pick-up-caller = Opkalderen; ellers den, der har ventet længst

## Address books and accounts

contacts-list-about = De adressebøger, som indstillingerne nævner, og hvordan hver står til
contacts-check-about = Læs en vCard- eller CSV-fil, og vis, hvad af den der ikke kan bruges, og hvorfor
contacts-who-about = Hvem der har dette nummer, ifølge de filer, som indstillingerne nævner
contacts-who-number = Med sin landekode, eller som dit land skriver det
contacts-sign-in-about = Gem adgangskoden til adressebogen på en server; der spørges om den, eller den læses fra standardinput
account-add-about = Tilføj en konto; der spørges om hemmeligheden, eller den læses fra standardinput
account-add-id = Dens navn her: a-z, 0-9 og -
account-add-provider = Udbyderen, f.eks. firmafon
account-add-set = En indstilling, f.eks. api_url=https://… (kan gentages)
account-list-about = Vis kontiene
account-remove-about = Fjern en konto og dens hemmelighed
account-test-about = Opret forbindelse én gang, og sig, hvad der virker
account-sign-in-about = Gem en anden hemmelighed; der spørges om den, eller den læses fra standardinput

## The program

doctor-bundle-help = Skriv det fundne til en ny fil, der kan sendes med, uden navne, numre og konti
autostart-on-about = Start med sessionen
autostart-off-about = Start ikke med sessionen
autostart-status-about = Vis, om det gør
schema-about = Skriv JSON-skemaet for indstillingsfilen ud, eller for en fil, som en kontos nøgle nævner
schema-of = Udbyderen og nøglen, f.eks. nguc.event_map
settings-check-about = Led efter fejl i indstillingerne, eller i en fil, som en kontos nøgle nævner, f.eks. et hændelseskort
settings-check-of = Udbyderen og nøglen, f.eks. nguc.event_map; ellers indstillingerne
settings-check-file = Filen
path-about = Skriv ud, hvor indstillingsfilen ligger
settings-list-about = Hver indstilling for den agent, der kører, hvad den er, og hvem der siger det
set-about = Skriv én værdi i indstillingerne; uden en værdi tages den ud
set-key = Dens navn, efter dens tabel: proxy, window.theme, account.work.popups
set-value = Hvad den skal være
shells = bash, elvish, fish, powershell eller zsh

## What is wrong with a command line

wrong = fejl:
tip = tip:
see-help = Se '{ $flag }' for mere.
meant = mente du { $names }?
twice = argumentet '{ $argument }' kan ikke bruges flere gange
together = '{ $argument }' kan ikke bruges sammen med '{ $other }'
no-value = '{ $argument }' skal have en værdi, men fik ingen
bad-value = ugyldig værdi '{ $value }' for '{ $argument }'
bad-value-since = ugyldig værdi '{ $value }' for '{ $argument }': { $reason }
more-values = uventet værdi '{ $value }' for '{ $argument }'; der ventedes ikke flere
no-command = ukendt kommando '{ $name }'
command-missing = '{ $command }' skal efterfølges af en kommando
commands-there = [kommandoer: { $names }]
arguments-missing = disse påkrævede argumenter mangler: { $arguments }
no-argument = uventet argument '{ $argument }'
not-utf8 = et eller flere argumenter er ikke gyldig UTF-8

## In the words of those who read arguments

tip-as-value = skriv '{ $written }' for at give '{ $argument }' som værdi
tip-exists = '{ $command }' findes
tip-without-dashes = kommandoen '{ $command }' findes; fjern '--' foran for at bruge den
above-zero = skal være et tal over 0
no-digits = skal være et helt tal
no-integer = skal være et helt tal
too-large = tallet er for stort
out-of-range = { $number } er ikke i { $range }
no-float = skal være et tal
empty-float = skal være et tal
no-address = skal være en adresse med port, f.eks. 127.0.0.1:8080
