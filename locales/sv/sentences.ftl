# What the programs say in English where something happens, for all faces. A variable that begins with `text` is a
# sentence of its own, `count` a number, `time` a time; anything else is a name.

## Connections

unreachable = Leverantören kan inte nås; kontrollera nätverket, eller vänta: Ringside fortsätter försöka.
server-fault = Leverantörens server svarar att den har ett fel; det finns inget att göra här: Ringside fortsätter försöka.
not-confirmed = Leverantören bekräftade det inte, så det kanske inte har skett; titta efter, och försök igen om det inte har det.
slow-down = Leverantören ber om lugnare takt, så det blev inte gjort; försök igen om en minut.
dropped = Anslutningen bröts; Ringside ansluter igen.
silent = Anslutningen tystnade; Ringside ansluter igen.
tls = Leverantörens certifikat är inte betrott; om ditt företag inspekterar trafiken, ange `ca_file` i inställningarna.
proxy = Proxyn släppte inte igenom anslutningen; kontrollera `proxy` i inställningarna.
protocol = Leverantören svarade på ett oväntat sätt; kontrollera kontots adresser i inställningarna.
refused-token = Leverantören godtar inte kontots nyckel; logga in igen med en ny.
expired-token = Kontots nyckel har gått ut; logga in igen.
code-needed = Leverantören vill ha koden från din andra faktor; logga in igen och ange koden som visas nu.
forbidden = Åtkomst nekas, och Ringside frågar igen med några minuters mellanrum; om det fortsätter, be din administratör om åtkomst.
rate-limited = Leverantören ber om lugnare takt; Ringside väntar så länge som begärts.
unwanted = Leverantören bad programmet att inte ansluta igen; välj Försök igen för ett nytt försök.
settings-wrong = Kontots inställningar är fel; kör `ringside doctor` för att se vilka.
internal = Ringside gjorde ett fel i kontot och startar om det; rapportera gärna felet.
account-not-connected = Kontot är inte anslutet; försök igen när det är det.
this-not-connected = Det här kontot är inte anslutet; försök igen när det är det.
not-running = Ringside körs inte; starta `ringside agent`.
erase-no-number = Det är inget telefonnummer, så inget raderades; `ringside calls` visar numren.
hung = Ringside är igång men svarar inte; avsluta det med `pkill -9 -x ringside` och starta `ringside agent` igen.
other-version = Ringside som körs är av en annan version; starta om det.
ending = Ringside avslutas; starta det igen.
no-answer-in-time = Leverantören svarade inte i tid; se om det blev gjort innan du försöker igen.
no-number-colleague = Kollegans nummer är inte känt; fråga efter det.
no-full-number = Det är inget fullständigt telefonnummer; skriv det med landskod, t.ex. +45 11 22 33 44.
cannot-dial = Inget anslutet konto kan ringa upp; kontrollera anslutningarna.
no-number-caller = Uppringarens nummer är inte känt.
nobody-waits = Ingen väntar där längre; någon annan har tagit samtalet.
cannot-pick-up = Det här kontot kan inte besvara väntande samtal; använd telefonen.
no-such-account = Det finns inget sådant konto; `ringside account list` visar dem som finns.
demo-fixed = Demons konton kan inte ändras; starta Ringside utan --demo.
no-clipboard = Urklipp kan inte nås; installera wl-clipboard (Wayland) eller xclip (X11).
no-browser = Det finns ingen webbläsare här; installera xdg-utils.
wait-longest = Man kan vänta på en kollega i högst 12 timmar; välj en kortare tid.
wait-self = Det är du själv; välj en kollega.
wait-free = Kollegan är ledig nu; ring.
wait-many = Du väntar redan på 50 kollegor; avbryt en först.
favourites-many = Du har redan 500 favoriter; ta bort en först.

## This computer

no-daemon = Ingen aviseringstjänst svarar, så samtal visas inte; starta en (t.ex. dunst).
no-bus = Det finns ingen sessionsbuss, så samtal visas inte; starta Ringside i en skrivbordssession.
no-tray-host = Det här skrivbordet visar inget systemfält; öppna Ringside från menyn, eller slå på ett (GNOME: tillägget AppIndicator).
no-tray-bus = Det finns ingen sessionsbuss och därför inget systemfält; starta Ringside i en skrivbordssession.
no-windows = Fönstren är inte installerade; installera ringside-desktop, eller fortsätt med systemfältet och `ringside`.
window-fault = Ett fönster avslutades med ett fel; öppna det igen, och se loggen om det fortsätter.
no-hotkeys = Det här skrivbordet ger inte program globala kortkommandon; bind `ringside dnd on` och `ringside dnd off` i dess egna tangentbordsinställningar.
no-secret = Ingen inloggning är sparad för `{ $account }`; kör `ringside account sign-in { $same }`.
keyring-locked = Nyckelringen är låst; lås upp den (ditt inloggningslösenord), så fortsätter Ringside av sig självt.
no-keyring = Ingen nyckelring svarar på den här datorn; starta en (t.ex. gnome-keyring), eller använd --credentials MAPP.
settings-line = Inställningar, rad { $line }: { $text }
store-newer = Samtalshistoriken { $file } skrevs av ett nyare Ringside; uppdatera det här.
store-damaged = Samtalshistoriken { $file } är skadad; flytta undan den och starta om Ringside.
store-unwritable = Samtalshistoriken { $file } kan inte skrivas; gör mappen och disken skrivbara.
disk-full = Disken är full; frigör utrymme.
in-memory = Till dess sparas samtal bara i minnet.
store-silent = Samtalshistoriken svarar inte; se om disken är full.
no-store = Inget sparar samtal här.
dnd-clock = Det är inget klockslag; välj ett som 17:00.
dnd-week = Stör ej måste sluta inom sju dagar; välj en tidigare tid.
dnd-not-shown = Det togs emot men syns inte; titta på leverantörens egen sida.
dnd-no-answer = Leverantören svarade inte i tid; titta på dess egen sida.

## Why a call was shown or not

rings-me = ringer mig
all-calls = alla samtal visas
why-missed = missat
why-rule = regel { $number } visar det
why-rule-quiet = regel { $number } håller det tyst
let-through = stör ej släpper igenom den här uppringaren
somebody-else = ringer någon annan
provider-silent = ringer på en linje, och inget säger att det är till mig
switched-off = visning är avstängd för det här kontot
why-silenced = tystat
quiet-caller = den här uppringaren ska vara tyst i dag
why-dnd = stör ej är på
why-dnd-schedule = stör ej är på enligt schema
why-dnd-provider = stör ej slogs på hos leverantören
why-lets-number = stör ej släpper igenom det här numret
why-second = samma nummer ringer en andra gång
why-locked = skärmen är låst
why-shared = skärmen delas
why-lost = anslutningen är förlorad
why-earlier = det var slut innan Ringside startades
why-never-rang = det sågs aldrig ringa
why-unnamed = { $text }; { $text2 }, så uppringaren namnges inte
