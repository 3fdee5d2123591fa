# What the tray and notifications say. A variable that begins with `text` is a sentence of its own, `count` a number,
# `time` a time; anything else is a name.

## Tray

tray-calling = { $textwho } ringer
tray-somebody = Nogen
tray-shared = Din skærm deles
tray-shared-until = Din skærm deles indtil { $time }
tray-unnamed = { $text }, opkaldere nævnes ikke
tray-sharing = Jeg deler min skærm
tray-hindered = Noget på denne computer gør, at opkald ikke ses: tjek det
tray-dnd-30 = Forstyr ikke i 30 minutter
tray-dnd-60 = Forstyr ikke i 1 time
tray-dnd-until = Forstyr ikke indtil
tray-dnd-tomorrow = Forstyr ikke indtil i morgen
tray-dnd-open = Forstyr ikke, indtil jeg slår det fra
tray-dnd-keep = Behold forstyr ikke
tray-dnd-off = Slå forstyr ikke fra
tray-no-recent = Ingen seneste opkald
tray-recent = Seneste opkald
tray-missed-seen = Markér ubesvarede opkald som set
tray-check = Tjek forbindelserne
tray-open = Åbn Ringside
tray-quit = Afslut
tray-called = { $who } (ringet op)
tray-missed = { $who } (ubesvaret)
tray-answered-elsewhere = { $who } (besvaret af en kollega)
tray-was-here = { $who } (var her)
tray-rings = Din telefon ringer
tray-busy = Du er i et opkald
tray-away = Du er ikke til stede
tray-available = Du er ledig
tray-offline = Du er logget af
tray-dnd = Forstyr ikke er slået til
tray-no-account = Ingen konto endnu: åbn Ringside for at tilføje en
tray-unknown = Din status er ikke kendt
tray-asking = { $text } · forstyr ikke er stadig slået til: skal det blive ved?
tray-state-dnd = { $text } · forstyr ikke
tray-state-dnd-until = { $text } · forstyr ikke indtil { $time }
tray-dnd-on-until = Forstyr ikke er slået til indtil { $time }
tray-missed-one = 1 ubesvaret opkald
tray-missed-many =
    { $count ->
        [one] { $count } ubesvaret opkald
       *[other] { $count } ubesvarede opkald
    }
account-connecting = { $account }: forbinder
account-lacking = { $account }: forbundet, men ikke alt kan høres
account-waiting = { $account }: ikke forbundet, prøver igen
account-sign-in = { $account }: log ind kræves
account-stopped = { $account }: stoppet

## Notifications

alert-incoming = Indgående opkald
alert-missed-who = Ubesvaret opkald: { $textwho }
alert-missed = Ubesvaret opkald
alert-open = Åbn
alert-pick-up = Besvar
alert-silence = Gør lydløs
alert-call-back = Ring tilbage
alert-call = Ring op
alert-note = Note: { $note }
alert-look-up-at = Slå op på { $host }
alert-look-up = Slå op
alert-quiet = Stille i dag
alert-copy = Kopiér nummer
alert-hidden = Skjult nummer
alert-unknown = Ukendt opkalder
free = { $who } er ledig
free-not = { $who } er ikke blevet ledig
free-asked = Du bad { $time } om at få besked · { $account }
reminder = Ring tilbage: { $textwho }
reminder-why = Du ville ringe tilbage.
dnd-still = Forstyr ikke er stadig slået til
dnd-still-why = Opkald er stille, indtil du slår det fra.
dnd-keep-on = Behold
dnd-switch-off = Slå fra
no-tray = Ringside kører uden ikon i bakken
no-tray-why = Dette skrivebord viser ingen bakke. Opkald meldes alligevel; åbn Ringside fra programmenuen, hvor punktet også slår forstyr ikke til og fra.
reach-ok = Opkald når dig
reach-warn = Opkald når dig, men se på dette
reach-fail = Opkald når dig måske ikke
reach-good =
    { $count ->
        [one] { $count } ting er tjekket, og den er i orden.
       *[other] { $count } ting er tjekket, og alle er i orden.
    }

## Days before a time

day-mon = man. { $time }
day-tue = tirs. { $time }
day-wed = ons. { $time }
day-thu = tors. { $time }
day-fri = fre. { $time }
day-sat = lør. { $time }
day-sun = søn. { $time }
