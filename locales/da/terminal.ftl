# What only the command line says. Variables as in `problems.ftl`.

## States

not-tried = ikke prøvet endnu
state-connecting = forbinder
state-live = forbundet
state-waiting = venter på at forbinde igen
state-sign-in = log ind kræves
state-stopped = stoppet
person-available = ledig
person-ringing = ringer
person-busy = optaget
person-dnd = forstyr ikke
person-dnd-short = stille
person-away = fraværende
person-offline = offline
person-unknown = ukendt
person-was = ikke forbundet, var { $textstate }
person-left = { $who } er væk
state-you = (dig)
state-until = indtil { $time }
state-since = siden { $time }

## Calls

call-mine-from = mit opkald fra
call-mine-to = mit opkald til
call-colleague-from = en kollegas opkald fra
call-colleague-to = en kollegas opkald til
call-line-from = en linjes opkald fra
call-line-to = en linjes opkald til
call-answered = besvaret
call-on-hold = parkeret
call-no-answer = intet svar
call-ended = afsluttet
call-went-to-voicemail = gik til telefonsvarer
call-voicemail = telefonsvarer
call-by-colleague = besvaret af en kollega
call-elsewhere = andetsteds
call-declined = afvist
call-transferred = viderestillet
call-failed = mislykket
call-out-of-sight = afslutning ikke set
call-lost = ikke set
queue-waiting = { $count } venter
ticket-changed = sag { $id } ændret
skipped = sprang { $name } over ({ $count } indtil nu)
lines-left-out = { $count } linjer er udeladt her: intet blev læst et stykke tid

## Times in which nothing was heard

gap-one-call = 1 opkald hentet bagefter
gap-many-calls = { $number } opkald hentet bagefter
gap-no-call = intet opkald gik tabt
gap-fetched = hvad der skete, blev hentet bagefter
gap-the-rest = resten kan ikke hentes
gap-not-fetched = kan ikke hentes

## How things stand

status-no-account = Ingen konto endnu; kør `ringside account add`.
colleagues-one = 1 kollega
colleagues-many =
    { $count ->
        [one] { $count } kollega
       *[other] { $count } kolleger
    }
status-deaf = Opkald kommer måske ikke igennem: se kontiene ovenfor
status-unseen = Opkald kommer ind, men ses måske ikke: se nedenfor, hvad der er galt
status-good = Opkald kommer igennem
live-connections = Forbindelser
live-calls = Opkald
live-recent = Seneste
live-people = Personer
live-missed = { $number } ubesvarede
live-quit = q afslutter
live-by = via { $transport }
live-you = dig

## Do-not-disturb

dnd-is-off = Forstyr ikke er slået fra
dnd-is-off-until = Forstyr ikke er slået fra, også tidsplanen indtil { $time }
what-dnd = Forstyr ikke
what-dnd-schedule = Forstyr ikke efter tidsplanen
what-dnd-elsewhere = Forstyr ikke, slået til i { $accounts }
dnd-until-time = { $known } indtil { $time }
dnd-asks = { $known }: skal det blive slået til? `ringside dnd keep` eller `ringside dnd off`
dnd-until-off = { $known }, indtil du slår det fra; du spørges igen { $time }
dnd-endless = { $known }, uden slutning
dnd-not-there = stille her, ikke hos udbyderen
dnd-still-there = stadig slået til hos udbyderen
dnd-again-at = Der prøves igen { $time }.
dnd-under-way = en ændring er i gang
dnd-none-there = stille her; udbyderen har det ikke eller er ikke forbundet endnu
dnd-word-on = slået til
dnd-word-off = slået fra
dnd-on-elsewhere-word = slået til et andet sted
dnd-off-elsewhere-word = slået fra, gjort et andet sted
dnd-on-there = slået til hos udbyderen
dnd-follows-later = stille her; udbyderen viser det, når den er forbundet og intet opkald skjuler det
dnd-unseen = udbyderen viser det ikke

## The history

seen-none-new = Intet ubesvaret opkald er nyt længere.
past-seen = Set
past-forgotten = Den anden ende er glemt for
past-erased = Slettet.
past-noted = Noteret
past-no-reminder = Ingen påmindelse
past-reminded = Du påmindes { $time }
past-new = (ny)
past-private = (privat)
past-shown = vist
past-not-shown = ikke vist
past-call-back = ring tilbage { $time }
no-past-call = `{ $call }` er intet opkald i historikken; se `ringside calls`.
not-a-time = `{ $wrong }` er ikke et tidspunkt; skriv 2026-11-21, yesterday eller 7d.
not-to-come = `{ $wrong }` er ikke et kommende tidspunkt; skriv 15:00, 2h eller 2026-11-21T15:00.
not-a-clock = `{ $wrong }` er ikke et tidspunkt; skriv 17:00 eller tomorrow.
not-a-length = `{ $wrong }` er ikke en varighed; skriv 30m eller 2h.

## What was done

done = Gjort.
phone-first = Din telefon ringer først; svar for at blive stillet igennem.
caller-comes = Opkalderen kommer til din telefon.
waits-no-more = Der ventes ikke længere på { $name }.
will-say-free = En notifikation siger til, når { $name } er ledig.
nobody-called = Ingen hedder `{ $wrong }`; se `ringside people`.
several-called = { $number } kolleger hedder `{ $wrong }`; nævn én med sit id: { $ids } …
value-set = (sat, vises ikke)
value-not-set = (ikke sat)
value-yours = (dit)
value-theirs = (din organisations)
value-fixed = (fastlåst af din organisation)

## Discretion

share-until = Skærmen deles indtil { $time }
share-locked = Skærmen er låst
share-not-named = Opkaldere nævnes ikke
share-named = Opkaldere nævnes
share-desktop-dnd = Skrivebordets eget forstyr ikke er slået til

## Accounts

file-not-good = { $file } er ikke god; ret det, der er nævnt ovenfor.
no-file = Der er ingen fil `{ $name }`; der er { $names }.
no-home-folder = Der er ingen hjemmemappe.
not-a-provider = `{ $name }` er ikke en kendt udbyder; brug en af { $names }.
not-a-pair = `{ $wrong }` er ikke en indstilling; skriv NØGLE=VÆRDI.
account-already = Der er allerede en konto `{ $id }`; vælg et andet navn.
account-added = Kontoen `{ $id }` er tilføjet; `ringside account test { $same }` prøver den.
no-account-in = Ingen konto i { $file }.
no-account-called = Der er ingen konto `{ $id }`; `ringside account list` viser dem, der er.
account-removed = Kontoen `{ $id }` og dens hemmelighed er fjernet.
secret-stored = Hemmeligheden er gemt i nøgleringen.
nothing-given = Intet blev givet ({ $what }); det læses fra terminalen eller fra standardinput.
sign-in-by-number = Log ind med (1):
choose-number = Vælg et tal fra 1 til { $number }.
no-sign-in-way = Denne udbyder har intet log ind.
account-works = `{ $id }` virker: forbundet via { $transport }, kolleger: { $number }.
account-not-live = Den var ikke forbundet inden for { $number } sekunder; tjek netværket.
account-ended = Den sluttede.
account-ended-early = Den sluttede, før noget blev hørt.

## Address books

no-books = Der er ingen adressebog; angiv filer i tabellen [contacts] i indstillingerne.
book-one-contact = 1 kontakt
book-many-contacts =
    { $count ->
        [one] { $count } kontakt
       *[other] { $count } kontakter
    }
book-skipped-one = 1 sted ikke taget eller ikke helt
book-skipped = steder ikke taget eller ikke hele: { $number }
book-line = linje { $number }: { $text }
book-more = og { $number } mere
book-result = Kontakter, der kan bruges: { $number }; steder ikke taget eller ikke hele: { $number2 }.
book-no-use = Intet i denne fil kan bruges; gem den som vCard eller som CSV med navngivne kolonner.
who-nobody = { $number } er ikke i nogen af filerne i [contacts].
who-exact = præcis dette nummer
who-shared = flere kontakter har dette nummer
who-ending = det eneste nummer, der slutter sådan
book-password = Adgangskode til adressebogen på serveren:
book-no-password = Ingen adgangskode blev givet; den læses fra terminalen eller fra standardinput.
book-password-stored = Adgangskoden er gemt i nøgleringen; adressebogen læses inden for fem minutter.

## The program

no-socket-folder = Der er ingen mappe til kontrolforbindelsen; sæt XDG_RUNTIME_DIR.
another-runs = et andet Ringside kører; stop det først, eller brug det.
no-control-socket = kontrolforbindelsen kan ikke laves på { $path }: { $error }.
own-fault = Ringside sluttede ved en fejl af sin egen; meld den gerne.
printing-fault = Udskriften sluttede ved en fejl i Ringside; meld den gerne.
output-unwritten = Udskriften er ikke fuldstændig, for den kunne ikke skrives ({ $error }); skaf plads, eller send den et andet sted hen.
starts-with-session = Ringside starter med sessionen, i bakken og uden vindue.
entry-unwritten = Posten i { $folder } kan ikke skrives: { $error }.
entry-unremoved = Posten i { $folder } kan ikke fjernes: { $error }.
would-start = { $program } ville starte med sessionen, men er der ikke; kør `ringside autostart on`.
no-running-ringside = Intet Ringside kører; start `ringside agent`.
doctor-bundle = { $file } er skrevet; den nævner ingen person, intet nummer og ingen konto.
doctor-bundle-unwritten = { $file } kan ikke skrives: { $error }; angiv en ny fil.
doctor-settings = Indstillinger: { $file }
doctor-needs-you = Noget kræver dig: se linjerne mærket FAIL.
watch-no-such = Der er ingen konto `{ $id }` i indstillingerne uden fejl.
watch-nothing = Der er ingen konto at følge; kør `ringside account add`.
watch-all-faulty = Ingen konto i indstillingerne er uden fejl; ret linjerne nævnt ovenfor.
record-there = { $path } findes allerede; giv --record et navn, der ikke er taget.
record-unwritten = { $path } kan ikke skrives: { $error }.
watch-sign-in = Ingen konto kan fortsætte uden log ind; kør `ringside account sign-in ID`, og start igen.
watch-ended = Ingen konto kan fortsætte; hvad der er galt med hver, er sagt ovenfor.
replay-result = Sessioner: { $number } på { $seconds } s; input: { $inputs }, svar på det, der ikke blev spurgt om: { $answers }.
replay-line = Linje { $number }: { $text }
replay-unreadable = den kan ikke læses ({ $error }).
replay-no-recording = det er ikke en linje i en optagelse; lav en med `ringside watch --record`.
simulator-plain = Simulatoren taler ukrypteret; --listen skal være en adresse på denne computer.
simulator-deaf = Simulatoren kan ikke lytte på { $address }: { $error }.
demo-deaf = Demokontoret kan ikke lytte på denne computer: { $error }.
