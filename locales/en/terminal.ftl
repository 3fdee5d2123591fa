# What only the command line says. Variables as in `problems.ftl`.

## States

not-tried = not tried yet
state-connecting = connecting
state-live = live
state-waiting = waiting to connect again
state-sign-in = sign-in needed
state-stopped = stopped
person-available = available
person-ringing = ringing
person-busy = busy
person-dnd = not to be disturbed
person-dnd-short = no calls
person-away = away
person-offline = offline
person-unknown = unknown
person-was = not connected, was { $textstate }
person-left = { $who } left
state-you = (you)
state-until = until { $time }
state-since = since { $time }

## Calls

call-mine-from = my call from
call-mine-to = my call to
call-colleague-from = a colleague's call from
call-colleague-to = a colleague's call to
call-line-from = a line's call from
call-line-to = a line's call to
call-answered = answered
call-on-hold = on hold
call-no-answer = no answer
call-ended = ended
call-went-to-voicemail = went to voicemail
call-voicemail = voicemail
call-by-colleague = answered by a colleague
call-elsewhere = elsewhere
call-declined = declined
call-transferred = transferred
call-failed = failed
call-out-of-sight = ended out of sight
call-lost = lost
queue-waiting = { $count } waiting
ticket-changed = ticket { $id } changed
skipped = skipped { $name } ({ $count } so far)
lines-left-out = { $count } lines are left out here: nothing was read for a while

## Times in which nothing was heard

gap-one-call = 1 call fetched afterwards
gap-many-calls = { $number } calls fetched afterwards
gap-no-call = no call was missed
gap-fetched = what happened was fetched afterwards
gap-the-rest = the rest cannot be fetched
gap-not-fetched = cannot be fetched

## How things stand

status-no-account = No account yet; run `ringside account add`.
colleagues-one = 1 colleague
colleagues-many = { $count } colleagues
status-deaf = Calls may not come through: see the accounts above
status-unseen = Calls come in, but may not be seen: see what is wrong below
status-good = Calls come through
live-connections = Connections
live-calls = Calls
live-recent = Recent
live-people = People
live-missed = { $number } missed
live-quit = q quits
live-by = by { $transport }
live-you = you

## Do-not-disturb

dnd-is-off = Do not disturb is off
dnd-is-off-until = Do not disturb is off, the schedule too until { $time }
what-dnd = Do not disturb
what-dnd-schedule = Do not disturb by schedule
what-dnd-elsewhere = Do not disturb, switched on in { $accounts }
dnd-until-time = { $known } until { $time }
dnd-asks = { $known }: is it to stay on? `ringside dnd keep` or `ringside dnd off`
dnd-until-off = { $known } until you turn it off; you are asked again at { $time }
dnd-endless = { $known }, without an end
dnd-not-there = quiet here, not at the provider
dnd-still-there = still on at the provider
dnd-again-at = It is tried again at { $time }.
dnd-under-way = a change is under way
dnd-none-there = quiet here; the provider has none, or is not connected yet
dnd-word-on = on
dnd-word-off = off
dnd-on-elsewhere-word = switched on elsewhere
dnd-off-elsewhere-word = off, switched off elsewhere
dnd-on-there = on at the provider
dnd-follows-later = quiet here; the provider shows it once it is connected and no call hides it
dnd-unseen = the provider does not show it

## The history

seen-none-new = No missed call is new any more.
past-seen = Seen
past-forgotten = The other end is forgotten of
past-erased = Erased.
past-noted = Noted
past-no-reminder = No reminder
past-reminded = You are reminded at { $time }
past-new = (new)
past-private = (private)
past-shown = shown
past-not-shown = not shown
past-call-back = call back at { $time }
no-past-call = `{ $call }` is no call of the history; see `ringside calls`.
not-a-time = `{ $wrong }` is not a time; write 2026-11-21, yesterday or 7d.
not-to-come = `{ $wrong }` is no time to come; write 15:00, 2h or 2026-11-21T15:00.
not-a-clock = `{ $wrong }` is not a time; write 17:00 or tomorrow.
not-a-length = `{ $wrong }` is not a length of time; write 30m or 2h.

## What was done

done = Done.
phone-first = Your phone rings first; answer it to be put through.
caller-comes = The caller comes to your phone.
waits-no-more = { $name } is no longer waited for.
will-say-free = A notification will say when { $name } is free.
nobody-called = Nobody is called `{ $wrong }`; see `ringside people`.
several-called = { $number } colleagues are called `{ $wrong }`; name one by its id: { $ids } …
value-set = (set, not shown)
value-not-set = (not set)
value-yours = (yours)
value-theirs = (your organisation's)
value-fixed = (fixed by your organisation)

## Discretion

share-until = The screen is shared until { $time }
share-locked = The screen is locked
share-not-named = Callers are not named
share-named = Callers are named
share-desktop-dnd = The desktop's own do-not-disturb is on

## Accounts

file-not-good = { $file } is not good; mend what is named above.
no-file = There is no file `{ $name }`; there is { $names }.
no-home-folder = There is no home folder.
not-a-provider = `{ $name }` is not a known provider; use one of { $names }.
not-a-pair = `{ $wrong }` is not a setting; write KEY=VALUE.
account-already = There is an account `{ $id }` already; choose another name.
account-added = Account `{ $id }` is added; `ringside account test { $same }` tries it.
no-account-in = No account in { $file }.
no-account-called = There is no account `{ $id }`; `ringside account list` shows those there are.
account-removed = Account `{ $id }` and its secret are removed.
secret-stored = The secret is stored in the keyring.
nothing-given = No { $what } was given; it is read from the terminal or from standard input.
sign-in-by-number = Sign in by (1):
choose-number = Choose a number from 1 to { $number }.
no-sign-in-way = This provider has no sign-in.
account-works = `{ $id }` works: live by { $transport }, { $number } colleagues.
account-not-live = It was not live within { $number } seconds; check the network.
account-ended = It ended.
account-ended-early = It ended before anything was heard.

## Address books

no-books = There is no address book; name files in the table [contacts] of the settings.
book-one-contact = 1 contact
book-many-contacts = { $count } contacts
book-skipped-one = 1 place not taken or not whole
book-skipped = { $number } places not taken or not whole
book-line = line { $number }: { $text }
book-more = and { $number } more
book-result = Contacts that can be used: { $number }; places not taken or not whole: { $number2 }.
book-no-use = Nothing of this file can be used; save it as vCard, or as CSV with named columns.
who-nobody = { $number } is in none of the files in [contacts].
who-exact = exactly this number
who-shared = several contacts have this number
who-ending = the only number that ends like this one
book-password = Password of the address book on the server:
book-no-password = No password was given; it is read from the terminal or from standard input.
book-password-stored = The password is stored in the keyring; the address book is read within five minutes.

## The program

no-socket-folder = There is no folder for the control socket; set XDG_RUNTIME_DIR.
another-runs = another Ringside is running; stop it first, or use that one.
no-control-socket = the control socket cannot be made at { $path }: { $error }.
own-fault = Ringside ended by a fault of its own; please report it.
printing-fault = Printing ended by a fault of Ringside; please report it.
output-unwritten = The output is not complete, for writing it failed ({ $error }); make room or send it elsewhere.
starts-with-session = Ringside starts with the session, in the tray and without a window.
entry-unwritten = The entry in { $folder } cannot be written: { $error }.
entry-unremoved = The entry in { $folder } cannot be removed: { $error }.
would-start = { $program } would start with the session, but is not there; run `ringside autostart on`.
no-running-ringside = No Ringside is running; start `ringside agent`.
doctor-bundle = Wrote { $file }; it names no person, number or account.
doctor-bundle-unwritten = { $file } cannot be written: { $error }; name a new file.
doctor-settings = Settings: { $file }
doctor-needs-you = Something needs you: see the lines marked FAIL.
watch-no-such = There is no account `{ $id }` in the settings without faults.
watch-nothing = There is no account to watch; run `ringside account add`.
watch-all-faulty = No account in the settings is without faults; mend the lines named above.
record-there = { $path } is there already; give --record a name that is not taken.
record-unwritten = { $path } cannot be written: { $error }.
watch-sign-in = No account can go on without a sign-in; run `ringside account sign-in ID` and start again.
watch-ended = No account can go on; what is wrong with each was said above.
replay-result = { $number } sessions in { $seconds } s; { $inputs } inputs, { $answers } answers to what was not asked.
replay-line = Line { $number }: { $text }
replay-unreadable = it cannot be read ({ $error }).
replay-no-recording = this is not a line of a recording; make one with `ringside watch --record`.
simulator-plain = The simulator speaks without encryption; --listen must be an address of this computer.
simulator-deaf = The simulator cannot listen on { $address }: { $error }.
demo-deaf = The demo office cannot listen on this computer: { $error }.
