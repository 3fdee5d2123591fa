# What the windows say.

loading = Loading…
people = People
calls = Calls
accounts = Accounts
settings = Settings
views = Views

## Settings

address-books = Address books
contacts =
    { $count ->
        [one] { $count } contact
       *[other] { $count } contacts
    }
read-at = read { $time }
skipped-places =
    { $count ->
        [one] { $count } place was not taken, or not whole
       *[other] { $count } places were not taken, or not whole
    }
place-in-line = Line { $line }: { $why }
further-places = and { $count } more; “ringside contacts check FILE” names them
search-settings = Search the settings
no-settings = No setting matches.
fixed-settings = The demo’s settings cannot be changed.
settings-file = Kept in { $path }
organisation-file = Your organisation’s: { $path }
locked-by = Fixed by your organisation
theirs = Set by your organisation
usual = Usual: { $value }
set-but-hidden = Set; not shown
back-to-usual = Back to the usual value of { $title }
reset = Usual value
saved = { $title }: saved
yes = On
no = Off

## Oneself

you = You
own-state = Your state
own-unknown = State not known
not-connected = Not connected
no-accounts = No account yet

## Do not disturb

dnd = Do not disturb
dnd-until = Until { $time }
dnd-on = Until you turn it off
dnd-lengths = Do not disturb for how long
dnd-30 = For 30 minutes
dnd-60 = For 1 hour
dnd-tomorrow = Until tomorrow
dnd-open = Until I turn it off
dnd-at = Until
dnd-at-label = Do not disturb until this time
dnd-set = Set
dnd-keep = Keep on
dnd-asking = Still on. Keep it on?
dnd-partly = Not everywhere
dnd-schedule = By schedule, until you turn it off
dnd-schedule-until = By schedule, until { $time }
dnd-held-off = The schedule is off until { $time }
dnd-states = Do not disturb, account by account
dnd-off = Turn off
dnd-some = On in { $accounts } only
dnd-stopped = Ringside is not running.
dnd-on-elsewhere = switched on elsewhere
dnd-on-elsewhere-at = switched on elsewhere at { $time }
dnd-off-elsewhere = switched off elsewhere
dnd-off-elsewhere-at = switched off elsewhere at { $time }
dnd-here-only = quiet here only
dnd-follows = quiet here; the provider follows
dnd-confirmed = on
dnd-settling = changing …

## Connections

connections = Connections
connection-lacking = Live, but not everything
connection-connecting = Connecting
connection-live = Live
connection-waiting = Waiting
connection-sign-in = Sign-in needed
connection-stopped = Stopped
retry-in = Trying again in { $length }
retrying = Trying again
retry = Retry
retry-account = Retry { $account }
sign-in = Sign in
sign-in-by = Sign in by
choose-provider = Choose …
sign-in-to = Sign in to { $account }
dismiss = Dismiss
not-asked = Ringside could not be asked; start it again if this goes on.
detached = Ringside has stopped; what you see is old. Open Ringside again to start it.
detached-title = Ringside is not running
detached-help = Start Ringside from your applications; this window then fills by itself.

## Will I ring?

will-i-ring = Will I ring?
will-ring = Calls will reach you.
will-ring-warned = Calls will reach you, but look at this.
will-not-ring = Calls may not reach you.
not-proven = Not every account is proven to work.
all-proven = Every account is proven to work.
listening = Listening since { $since }, { $heard }
heard-ago = last heard { $length } ago
heard-never = nothing heard yet
missed-out =
    { $count ->
        [one] { $count } gap not caught up
       *[other] { $count } gaps not caught up
    }
check = Check everything now
checking = Checking…
checked-at = Checked { $time }
good-findings =
    { $count ->
        [one] { $count } thing is good
       *[other] { $count } things are good
    }
close = Close

## People

search = Search name, number or department
clear-search = Clear the search
filter = Show only
all = All
standing-available = Available
standing-ringing = Ringing
standing-busy = Busy
standing-dnd = Do not disturb
standing-away = Away
standing-offline = Offline
standing-unknown = Unknown
standing-stale = Not connected
state-for = { $state } { $length }
last-known = Last known { $length } ago: { $state }
last-known-just = Not connected, was { $state }
deaf-since = Not connected since { $time }
until = until { $time }
also-dnd = do not disturb
dial = Call { $who }
dialing = Calling { $who }: pick up your phone
nobody = Nobody matches.
nobody-yet = Colleagues appear here as soon as an account is connected.
sign-in-first = Sign in to see your colleagues.
favourite = Favourite
favourites = Favourites
everybody = Everybody
nowhere = No department
group-by = Group by
grouping-none = Nothing
grouping-account = Account
grouping-department = Department
number = Number
department = Department
account = Account
call = Call
copy-number = Copy number
copied = Copied { $what }
not-copied = It could not be copied; select it with the mouse instead.
tell-when-free = Tell me when free, for
will-tell = You will be told when { $who } is free
awaited-until = You will be told when free, until { $time }
tell-no-more = Do not tell me
shown-all =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
shown-some =
    { $all ->
        [one] { $count } of { $all } person
       *[other] { $count } of { $all } people
    }

## Calls

now = Now
recent = Recent
missed = { $count } missed
missed-seen = Mark as seen
no-calls = No calls right now
search-calls = Search name, number, line or note
kind-all = All
kind-missed = Missed
kind-incoming = Incoming
kind-outgoing = Outgoing
no-such-call = No call matches.
found =
    { $count ->
        [one] { $count } call
       *[other] { $count } calls
    }
more = Show more
when = When
line = Line
with-whom = With
why = Notification
why-shown = Shown: { $why }
why-not-shown = Not shown: { $why }
call-back-short = Call back
note = Note
note-help = What was it about?
noted = Note kept
remind = Remind me in
reminds-at = Reminder at { $time }
will-remind = You will be reminded at { $time }
remind-not = No reminder
no-reminder = The reminder is gone
make-private = Make private
private-sure = Who was at the other end is forgotten for good. The call stays in the list.
made-private = The other end is forgotten
erase = Erase
erase-sure = This call is erased from this computer for good.
erased = The call is erased
keep-or-erase = Save or erase calls
save-calls = Save calls to a file
save-all = The calls that are listed.
save-found =
    { $count ->
        [one] The { $count } call that is listed now.
       *[other] The { $count } calls that are listed now.
    }
save-csv = Table (CSV)
save-json = JSON
saving = Saving…
saved-calls =
    { $count ->
        [one] { $count } call saved in { $path }
       *[other] { $count } calls saved in { $path }
    }
keep-calls = Keep calls for
keep-none = No calls are kept
keep-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
keep-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
keep-help = Older ones are erased from this computer by themselves.
kept = Calls are kept for { $length }
erase-calls = Erase calls
erase-older = Older than { $length }
erase-all = All calls
erase-older-sure = All calls older than { $length } are erased from this computer for good.
erase-all-sure = All calls are erased from this computer for good, with their notes and reminders.
erased-calls = The calls are erased
erase-number = Erase all with this number
erase-number-sure = All calls with this number are erased from this computer for good.
no-recent = Calls you make and get will be listed here.
hidden-number = Hidden number
unknown-caller = Unknown caller
call-ringing = Ringing
call-calling = Calling
call-held = On hold
call-held-with = On hold with { $who }
call-talking = Talking
call-talking-with = Talking with { $who }
no-answer = No answer
outcome-answered = Answered
outcome-missed = Missed
outcome-voicemail = Voicemail
outcome-answered-elsewhere = Answered elsewhere
outcome-declined = Declined
outcome-busy = Was busy
outcome-transferred = Transferred
outcome-failed = Did not get through
outcome-lost = End not seen
talked = Answered, { $length }
incoming = Incoming
outgoing = Outgoing
call-back = Call { $who } back
newly-missed = New
incoming-call = Incoming call
call-from = Incoming call from { $who }
caller-note = Note: { $note }
caller-call-back = You wanted to call back.
waiting-calls =
    { $count ->
        [one] { $count } caller waits
       *[other] { $count } callers wait
    }
queues = Queues
pick-up = Pick up
pick-up-from = Pick up the first caller of { $queue }
silence = Silence
silence-call = Silence the call from { $who }
open = Open

## Accounts

last-heard = Last heard
ago = { $length } ago
never = Not yet
connection-state = Connection
since = since { $time }
over = over { $transport }
new-token = Sign in again
owner = You are
gaps = Gaps
gap = { $from } to { $to }
gap-calls =
    { $count ->
        [one] { $count } call fetched afterwards
       *[other] { $count } calls fetched afterwards
    }
gap-rest = { $calls }, the rest cannot be fetched
gap-nothing = no call was missed
gap-filled = fetched afterwards
gap-open = cannot be fetched
unknown = Skipped messages
remove = Remove
remove-account = Remove { $account }
remove-title = Remove the account “{ $account }”?
remove-help = Its settings and its stored token are deleted from this computer.
quit = Quit Ringside
quit-title = Quit Ringside?
quit-help = Nothing announces a call until you start it again.
cancel = Cancel
add-account = Add an account
add = Add account
adding = Adding…
signing-in = Signing in…
provider = Provider
no-browser-sign-in = You sign in here, with what your provider has given you; none of these documents a sign-in through the browser.
connecting-to = Connecting to { $account }; colleagues appear in a moment.
account-name = Name on this computer
account-name-help = Small letters, digits and dashes, such as “work”.
account-name-taken = There is an account with this name already.
advanced = Addresses
advanced-help = Leave empty for the provider’s own.

## First run

welcome = Welcome to Ringside
welcome-help = Add your telephone account to see who calls and which colleagues are free.

## Times

span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-hours-minutes = { $hours } h { $minutes } min
span-days = { $count } d
tomorrow-at = tomorrow { $time }
yesterday-at = yesterday { $time }
