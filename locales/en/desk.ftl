# What the tray and notifications say. A variable that begins with `text` is a sentence of its own, `count` a number,
# `time` a time; anything else is a name.

## Tray

tray-calling = { $textwho } is calling
tray-somebody = Somebody
tray-shared = Your screen is shared
tray-shared-until = Your screen is shared until { $time }
tray-unnamed = { $text }, callers are not named
tray-sharing = I am sharing my screen
tray-hindered = Something of this computer keeps calls from being seen: check it
tray-dnd-30 = Do not disturb for 30 minutes
tray-dnd-60 = Do not disturb for 1 hour
tray-dnd-until = Do not disturb until
tray-dnd-tomorrow = Do not disturb until tomorrow
tray-dnd-open = Do not disturb until I turn it off
tray-dnd-keep = Keep do not disturb on
tray-dnd-off = Switch do not disturb off
tray-no-recent = No recent calls
tray-recent = Recent calls
tray-missed-seen = Mark missed calls as seen
tray-check = Check the connections
tray-open = Open Ringside
tray-quit = Quit
tray-called = { $who } (called)
tray-missed = { $who } (missed)
tray-answered-elsewhere = { $who } (answered by a colleague)
tray-was-here = { $who } (was here)
tray-rings = Your phone rings
tray-busy = You are in a call
tray-away = You are away
tray-available = You are available
tray-offline = You are signed out
tray-dnd = Do not disturb is on
tray-no-account = No account yet: open Ringside to add one
tray-unknown = Your state is not known
tray-asking = { $text } · do not disturb is still on: is it to stay on?
tray-state-dnd = { $text } · do not disturb
tray-state-dnd-until = { $text } · do not disturb until { $time }
tray-dnd-on-until = Do not disturb is on until { $time }
tray-missed-one = 1 missed call
tray-missed-many = { $count } missed calls
account-connecting = { $account }: connecting
account-lacking = { $account }: connected, but not everything can be heard
account-waiting = { $account }: not connected, trying again
account-sign-in = { $account }: sign-in needed
account-stopped = { $account }: stopped

## Notifications

alert-incoming = Incoming call
alert-missed-who = Missed call: { $textwho }
alert-missed = Missed call
alert-open = Open
alert-pick-up = Pick up
alert-silence = Silence
alert-call-back = Call back
alert-call = Call
alert-note = Note: { $note }
alert-look-up-at = Look up at { $host }
alert-look-up = Look up
alert-quiet = Quiet today
alert-copy = Copy number
alert-hidden = Hidden number
alert-unknown = Unknown caller
free = { $who } is free
free-not = { $who } has not become free
free-asked = You asked at { $time } to be told · { $account }
reminder = Call back: { $textwho }
reminder-why = You wanted to call back.
dnd-still = Do not disturb is still on
dnd-still-why = Calls stay quiet until you switch it off.
dnd-keep-on = Keep on
dnd-switch-off = Switch off
no-tray = Ringside runs without a tray
no-tray-why = This desktop shows no tray. Calls are announced all the same; open Ringside from the menu of programs, where its entry also switches do-not-disturb.
reach-ok = Calls will reach you
reach-warn = Calls will reach you, but look at this
reach-fail = Calls may not reach you
reach-good = { $count } things were checked, and all are good.

## Days before a time

day-mon = Mon { $time }
day-tue = Tue { $time }
day-wed = Wed { $time }
day-thu = Thu { $time }
day-fri = Fri { $time }
day-sat = Sat { $time }
day-sun = Sun { $time }
