# What only the command line says. Variables as in `problems.ftl`.

## States

not-tried = inte prövat än
state-connecting = ansluter
state-live = ansluten
state-waiting = väntar på att ansluta igen
state-sign-in = inloggning krävs
state-stopped = stoppad
person-available = ledig
person-ringing = ringer
person-busy = upptagen
person-dnd = stör ej
person-dnd-short = stör ej
person-away = borta
person-offline = offline
person-unknown = okänd
person-was = inte ansluten, var { $textstate }
person-left = { $who } är borta
state-you = (du)
state-until = till { $time }
state-since = sedan { $time }

## Calls

call-mine-from = mitt samtal från
call-mine-to = mitt samtal till
call-colleague-from = en kollegas samtal från
call-colleague-to = en kollegas samtal till
call-line-from = en linjes samtal från
call-line-to = en linjes samtal till
call-answered = besvarat
call-on-hold = parkerat
call-no-answer = inget svar
call-ended = avslutat
call-went-to-voicemail = gick till röstbrevlåda
call-voicemail = röstbrevlåda
call-by-colleague = besvarat av en kollega
call-elsewhere = annanstans
call-declined = avvisat
call-transferred = vidarekopplat
call-failed = misslyckat
call-out-of-sight = slutet sågs inte
call-lost = ej sett
queue-waiting = { $count } väntar
ticket-changed = ärende { $id } ändrat
skipped = hoppade över { $name } ({ $count } hittills)
lines-left-out = { $count } rader är utelämnade här: inget lästes på ett tag

## Times in which nothing was heard

gap-one-call = 1 samtal hämtat i efterhand
gap-many-calls = { $number } samtal hämtade i efterhand
gap-no-call = inget samtal missades
gap-fetched = det som hände hämtades i efterhand
gap-the-rest = resten kan inte hämtas
gap-not-fetched = kan inte hämtas

## How things stand

status-no-account = Inget konto än; kör `ringside account add`.
colleagues-one = 1 kollega
colleagues-many =
    { $count ->
        [one] { $count } kollega
       *[other] { $count } kollegor
    }
status-deaf = Samtal kanske inte kommer fram: se kontona ovan
status-unseen = Samtal kommer in, men syns kanske inte: se nedan vad som är fel
status-good = Samtal kommer fram
live-connections = Anslutningar
live-calls = Samtal
live-recent = Senaste
live-people = Personer
live-missed = { $number } missade
live-quit = q avslutar
live-by = via { $transport }
live-you = du

## Do-not-disturb

dnd-is-off = Stör ej är av
dnd-is-off-until = Stör ej är av, även schemat till { $time }
what-dnd = Stör ej
what-dnd-schedule = Stör ej enligt schemat
what-dnd-elsewhere = Stör ej, påslaget i { $accounts }
dnd-until-time = { $known } till { $time }
dnd-asks = { $known }: ska det vara på? `ringside dnd keep` eller `ringside dnd off`
dnd-until-off = { $known } tills du stänger av det; du tillfrågas igen { $time }
dnd-endless = { $known }, utan slut
dnd-not-there = tyst här, inte hos leverantören
dnd-still-there = fortfarande på hos leverantören
dnd-again-at = Ett nytt försök görs { $time }.
dnd-under-way = en ändring pågår
dnd-none-there = tyst här; leverantören har det inte, eller är inte ansluten än
dnd-word-on = på
dnd-word-off = av
dnd-on-elsewhere-word = påslaget någon annanstans
dnd-off-elsewhere-word = av, avstängt någon annanstans
dnd-on-there = på hos leverantören
dnd-follows-later = tyst här; leverantören visar det när den är ansluten och inget samtal döljer det
dnd-unseen = leverantören visar det inte

## The history

seen-none-new = Inget missat samtal är nytt längre.
past-seen = Sett
past-forgotten = Den andra änden är glömd för
past-erased = Raderat.
past-noted = Antecknat
past-no-reminder = Ingen påminnelse
past-reminded = Du påminns { $time }
past-new = (nytt)
past-private = (privat)
past-shown = visat
past-not-shown = inte visat
past-call-back = ring tillbaka { $time }
no-past-call = `{ $call }` är inget samtal i historiken; se `ringside calls`.
not-a-time = `{ $wrong }` är ingen tid; skriv 2026-11-21, yesterday eller 7d.
not-to-come = `{ $wrong }` är ingen kommande tid; skriv 15:00, 2h eller 2026-11-21T15:00.
not-a-clock = `{ $wrong }` är ingen tid; skriv 17:00 eller tomorrow.
not-a-length = `{ $wrong }` är ingen tidslängd; skriv 30m eller 2h.

## What was done

done = Klart.
phone-first = Din telefon ringer först; svara för att kopplas fram.
caller-comes = Uppringaren kommer till din telefon.
waits-no-more = Det väntas inte längre på { $name }.
will-say-free = En avisering säger till när { $name } är ledig.
nobody-called = Ingen heter `{ $wrong }`; se `ringside people`.
several-called = { $number } kollegor heter `{ $wrong }`; ange en med sitt id: { $ids } …
value-set = (angett, visas inte)
value-not-set = (inte angett)
value-yours = (ditt)
value-theirs = (din organisations)
value-fixed = (låst av din organisation)

## Discretion

share-until = Skärmen delas till { $time }
share-locked = Skärmen är låst
share-not-named = Uppringare namnges inte
share-named = Uppringare namnges
share-desktop-dnd = Skrivbordets eget stör ej är på

## Accounts

file-not-good = { $file } är inte bra; rätta det som nämns ovan.
no-file = Det finns ingen fil `{ $name }`; det finns { $names }.
no-home-folder = Det finns ingen hemmapp.
not-a-provider = `{ $name }` är ingen känd leverantör; använd en av { $names }.
not-a-pair = `{ $wrong }` är ingen inställning; skriv NYCKEL=VÄRDE.
account-already = Det finns redan ett konto `{ $id }`; välj ett annat namn.
account-added = Kontot `{ $id }` är tillagt; `ringside account test { $same }` provar det.
no-account-in = Inget konto i { $file }.
no-account-called = Det finns inget konto `{ $id }`; `ringside account list` visar dem som finns.
account-removed = Kontot `{ $id }` och dess hemlighet är borttagna.
secret-stored = Hemligheten är sparad i nyckelringen.
nothing-given = Inget gavs ({ $what }); det läses från terminalen eller från standard in.
sign-in-by-number = Logga in med (1):
choose-number = Välj ett tal från 1 till { $number }.
no-sign-in-way = Den här leverantören har ingen inloggning.
account-works = `{ $id }` fungerar: ansluten via { $transport }, kollegor: { $number }.
account-not-live = Det var inte anslutet inom { $number } sekunder; kontrollera nätverket.
account-ended = Det avslutades.
account-ended-early = Det avslutades innan något hördes.

## Address books

no-books = Det finns ingen adressbok; ange filer i tabellen [contacts] i inställningarna.
book-one-contact = 1 kontakt
book-many-contacts =
    { $count ->
        [one] { $count } kontakt
       *[other] { $count } kontakter
    }
book-skipped-one = 1 ställe inte taget eller inte helt
book-skipped = ställen inte tagna eller inte hela: { $number }
book-line = rad { $number }: { $text }
book-more = och { $number } till
book-result = Kontakter som kan användas: { $number }; ställen inte tagna eller inte hela: { $number2 }.
book-no-use = Inget i filen kan användas; spara den som vCard, eller som CSV med namngivna kolumner.
who-nobody = { $number } finns inte i någon av filerna i [contacts].
who-exact = exakt det här numret
who-shared = flera kontakter har det här numret
who-ending = det enda numret som slutar så här
book-password = Lösenord till adressboken på servern:
book-no-password = Inget lösenord gavs; det läses från terminalen eller från standard in.
book-password-stored = Lösenordet är sparat i nyckelringen; adressboken läses inom fem minuter.

## The program

no-socket-folder = Det finns ingen mapp för kontrollanslutningen; ange XDG_RUNTIME_DIR.
another-runs = ett annat Ringside körs; stoppa det först, eller använd det.
no-control-socket = kontrollanslutningen kan inte skapas på { $path }: { $error }.
own-fault = Ringside avslutades av ett eget fel; rapportera det gärna.
printing-fault = Utskriften avslutades av ett fel i Ringside; rapportera det gärna.
output-unwritten = Utskriften är inte fullständig, för den kan inte skrivas ({ $error }); skapa utrymme, eller skicka den någon annanstans.
starts-with-session = Ringside startar med sessionen, i systemfältet och utan fönster.
entry-unwritten = Posten i { $folder } kan inte skrivas: { $error }.
entry-unremoved = Posten i { $folder } kan inte tas bort: { $error }.
would-start = { $program } skulle starta med sessionen, men finns inte; kör `ringside autostart on`.
no-running-ringside = Inget Ringside körs; starta `ringside agent`.
doctor-bundle = { $file } är skriven; den nämner ingen person, inget nummer och inget konto.
doctor-bundle-unwritten = { $file } kan inte skrivas: { $error }; ange en ny fil.
doctor-settings = Inställningar: { $file }
doctor-needs-you = Något kräver dig: se raderna märkta FAIL.
watch-no-such = Det finns inget konto `{ $id }` i inställningarna utan fel.
watch-nothing = Det finns inget konto att följa; kör `ringside account add`.
watch-all-faulty = Inget konto i inställningarna är utan fel; rätta raderna ovan.
record-there = { $path } finns redan; ge --record ett namn som inte är taget.
record-unwritten = { $path } kan inte skrivas: { $error }.
watch-sign-in = Inget konto kan fortsätta utan inloggning; kör `ringside account sign-in ID` och starta igen.
watch-ended = Inget konto kan fortsätta; vad som är fel med vart och ett står ovan.
replay-result = Sessioner: { $number } på { $seconds } s; indata: { $inputs }, svar på det som inte frågades: { $answers }.
replay-line = Rad { $number }: { $text }
replay-unreadable = den kan inte läsas ({ $error }).
replay-no-recording = det är ingen rad i en inspelning; gör en med `ringside watch --record`.
simulator-plain = Simulatorn talar okrypterat; --listen måste vara en adress på den här datorn.
simulator-deaf = Simulatorn kan inte lyssna på { $address }: { $error }.
demo-deaf = Demokontoret kan inte lyssna på den här datorn: { $error }.
