# What the tray and notifications say. A variable that begins with `text` is a sentence of its own, `count` a number,
# `time` a time; anything else is a name.

## Tray

tray-calling = { $textwho } ringer
tray-somebody = Någon
tray-shared = Din skärm delas
tray-shared-until = Din skärm delas till { $time }
tray-unnamed = { $text }, uppringare namnges inte
tray-sharing = Jag delar min skärm
tray-hindered = Något på den här datorn gör att samtal inte syns: kontrollera det
tray-dnd-30 = Stör ej i 30 minuter
tray-dnd-60 = Stör ej i 1 timme
tray-dnd-until = Stör ej till
tray-dnd-tomorrow = Stör ej till i morgon
tray-dnd-open = Stör ej tills jag stänger av det
tray-dnd-keep = Behåll stör ej
tray-dnd-off = Stäng av stör ej
tray-no-recent = Inga senaste samtal
tray-recent = Senaste samtal
tray-missed-seen = Markera missade samtal som sedda
tray-check = Kontrollera anslutningarna
tray-open = Öppna Ringside
tray-quit = Avsluta
tray-called = { $who } (uppringd)
tray-missed = { $who } (missat)
tray-answered-elsewhere = { $who } (besvarat av en kollega)
tray-was-here = { $who } (var här)
tray-rings = Din telefon ringer
tray-busy = Du är i ett samtal
tray-away = Du är borta
tray-available = Du är tillgänglig
tray-offline = Du är utloggad
tray-dnd = Stör ej är på
tray-no-account = Inget konto än: öppna Ringside för att lägga till ett
tray-unknown = Din status är inte känd
tray-asking = { $text } · stör ej är fortfarande på: ska det vara på?
tray-state-dnd = { $text } · stör ej
tray-state-dnd-until = { $text } · stör ej till { $time }
tray-dnd-on-until = Stör ej är på till { $time }
tray-missed-one = 1 missat samtal
tray-missed-many =
    { $count ->
        [one] { $count } missat samtal
       *[other] { $count } missade samtal
    }
account-connecting = { $account }: ansluter
account-lacking = { $account }: ansluten, men allt kan inte höras
account-waiting = { $account }: inte ansluten, försöker igen
account-sign-in = { $account }: inloggning krävs
account-stopped = { $account }: stoppad

## Notifications

alert-incoming = Inkommande samtal
alert-missed-who = Missat samtal: { $textwho }
alert-missed = Missat samtal
alert-open = Öppna
alert-pick-up = Besvara
alert-silence = Tysta
alert-call-back = Ring tillbaka
alert-call = Ring
alert-note = Anteckning: { $note }
alert-look-up-at = Slå upp på { $host }
alert-look-up = Slå upp
alert-quiet = Tyst i dag
alert-copy = Kopiera nummer
alert-hidden = Skyddat nummer
alert-unknown = Okänd uppringare
free = { $who } är ledig
free-not = { $who } har inte blivit ledig
free-asked = Du bad { $time } om att få veta · { $account }
reminder = Ring tillbaka: { $textwho }
reminder-why = Du ville ringa tillbaka.
dnd-still = Stör ej är fortfarande på
dnd-still-why = Samtal är tysta tills du stänger av det.
dnd-keep-on = Behåll
dnd-switch-off = Stäng av
no-tray = Ringside körs utan ikon i systemfältet
no-tray-why = Det här skrivbordet visar inget systemfält. Samtal anmäls ändå; öppna Ringside från programmenyn, där posten också slår stör ej på och av.
reach-ok = Samtal når dig
reach-warn = Samtal når dig, men titta på detta
reach-fail = Samtal kanske inte når dig
reach-good =
    { $count ->
        [one] { $count } sak kontrollerades och är i ordning.
       *[other] { $count } saker kontrollerades och alla är i ordning.
    }

## Days before a time

day-mon = mån { $time }
day-tue = tis { $time }
day-wed = ons { $time }
day-thu = tors { $time }
day-fri = fre { $time }
day-sat = lör { $time }
day-sun = sön { $time }
