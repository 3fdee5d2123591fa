# What `--help` says, and what is said of a wrong command line. Clap writes some of it; the rest is in `args.rs`.
# These are looked up nowhere else, and read only when they are to be shown.

## How it is laid out

usage-heading = Usage:
usage-options = [OPTIONS]
commands-heading = Commands:
arguments-heading = Arguments:
options-heading = Options:
note-env = [env: { $name }]
note-default = [default: { $value }]
note-values = [possible values: { $values }]

## What belongs to every command

help-flag = Print help
help-flag-short = Print help (see more with '--help')
help-flag-long = Print help (see a summary with '-h')
version-flag = Print version
help-command = Print this message or the help of the given subcommand(s)

## Names of values

name-command = COMMAND
name-file = FILE
name-dir = DIR
name-id = ID
name-pair = KEY=VALUE
name-n = N
name-addr = ADDR
name-time = TIME
name-text = TEXT
name-format = FORMAT
name-number = NUMBER
name-call = CALL
name-at = AT
name-person = PERSON
name-queue = QUEUE
name-provider = PROVIDER
name-of = OF
name-key = KEY
name-value = VALUE
name-shell = SHELL

## Ringside

about = Shows incoming calls and who is free, and switches do-not-disturb, over several telephony clouds at once
about-whole = Shows incoming calls and who is free, and switches do-not-disturb, over several telephony clouds at once.
exit-codes = Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 no agent is running, 4 sign-in needed.

## Commands

agent-about = Stay in the tray: connections, notifications, control socket
watch-about = Connect without an agent and print what happens
demo-about = Show the built-in demo office: simulated providers on this computer
simulate-about = Run the simulated providers alone and print their addresses as one JSON line
status-about = Who am I, connections, calls
dnd-about = Switch do-not-disturb in every account, or show it
share-about = Say that the screen is shared: callers are not named on it
quiet-about = Callers to be quiet about today
calls-about = Calls, newest first
gaps-about = Times in which nothing was heard, and what was fetched afterwards
note-about = Write something about a call; it is shown when the number rings again
remind-about = Be reminded of calling somebody back
people-about = Colleagues and what they do
dial-about = Call a number: your own phone rings first
tell-about = Be told once when a colleague is free
replay-about = Play a recording again and print what it comes to
pick-up-about = Take a waiting caller out of a queue, to your own phone
account-about = Add, list, remove, test or sign in an account
contacts-about = Address books of your own: who is calling
doctor-about = Check everything a call has to pass, from the settings to the screen, with a remedy for each fault
autostart-about = Start with the session, in the tray and without a window, or no longer
quit-about = End the running agent
settings-about = About the settings file
completions-about = Print a shell's completions

## What many commands take

config-help = The settings file, instead of the user's own
credentials-help = A folder with one file per account holding its secret, instead of the keyring
json-help = One JSON object a line
number-help = With country code, such as +4511223344
which-account = Which one
seed-help = The same number gives the same day
which-call = An id, `last`, or the newest that a search finds
which-call-whole = An id, `last`, or the newest call that a search finds

## Agent, watch, replay, demo, simulate

agent-demo = Use the built-in demo office instead of the settings
watch-account = Only this account (may be repeated)
watch-notify = Show notifications as well
watch-record = Write down what comes and goes, with tokens removed and names and numbers replaced, in a new file
replay-file = What `ringside watch --record` wrote
replay-set = Another setting than was recorded, such as event_map=FILE (may be repeated)
demo-json = One JSON object a line instead of the live view
demo-speed = How many times livelier than an ordinary office
simulate-listen = The address to listen on; must be of this computer
simulate-people = How many colleagues
simulate-rate = Happenings a second; 0 for an office in which nothing happens by itself

## Do-not-disturb, a shared screen, quiet callers

dnd-on-about = Switch it on; without a length for one hour
dnd-for = For how long, such as 30m or 2h
dnd-until-help = Until when, such as 17:00 or tomorrow
dnd-open-ended = Until it is switched off; you are asked again after eight hours
dnd-off-about = Switch it off
dnd-toggle-about = Switch it off if it is on, else on for an hour
dnd-keep-about = Leave it on without an end, and be asked again later
dnd-status-about = Show it, account by account
share-on-about = Name no caller on the screen; ends by itself
share-for = For how long, such as 45m or 2h
share-off-about = Name callers again
share-status-about = Show who may see the screen, as far as is known
quiet-add-about = Be quiet about a number until midnight
quiet-remove-about = No longer be quiet about it
quiet-all = All of them
quiet-list-about = List them

## Calls

calls-since = Only calls that began then or later, such as 2026-11-21, yesterday or 7d (ago)
calls-before = Only calls that began earlier
calls-missed = Only calls I missed
calls-search = Only calls with this in name, number, line or note
calls-export = All calls that match, for another program
calls-limit = So many at most [default: 100, or all with --export]
calls-seen-about = The missed calls have been looked at
calls-seen-call = Only this one: an id, `last`, or the newest that a search finds
calls-private-about = Forget who was at the other end of a call, for good
calls-erase-about = Forget calls for good
calls-erase-before = Calls that began earlier, such as 2026-11-21 or 30d (ago)
calls-erase-number = Calls with this number
calls-erase-call = One call, by its id
calls-erase-all = All calls
note-text = What; an empty text takes the note away
remind-at = When, such as 15:00, 2h or 2026-11-21T15:00; `off` for not at all

## People, dialling, queues

people-search = Only people with this in name or number
dial-account = By this account
tell-person = A colleague's id, or enough of the name to tell them from all others
tell-for = For how long to wait, such as 30m or 2h; without it an hour
tell-cancel = Wait no longer
pick-up-queue = The queue, as `ringside status` shows it: account/id
pick-up-caller = The caller; without one, who has waited longest

## Address books and accounts

contacts-list-about = The address books that the settings name, and how each stands
contacts-check-about = Read a vCard or CSV file and list what cannot be used of it, and why
contacts-who-about = Who has this number, by the files that the settings name
contacts-who-number = With its country code, or as your country writes it
contacts-sign-in-about = Store the password of the address book on a server; it is asked for, or read from standard input
account-add-about = Add an account; the secret is asked for, or read from standard input
account-add-id = Its name here: a-z, 0-9 and -
account-add-provider = The vendor, such as firmafon
account-add-set = A setting, such as api_url=https://… (may be repeated)
account-list-about = List the accounts
account-remove-about = Remove an account and its secret
account-test-about = Connect once and tell what works
account-sign-in-about = Store another secret; it is asked for, or read from standard input

## The program

doctor-bundle-help = Write what was found to a new file to be sent along, without names, numbers and accounts
autostart-on-about = Start with the session
autostart-off-about = Do not start with the session
autostart-status-about = Show whether it does
schema-about = Print the JSON Schema of the settings file, or of a file that an account's key names
schema-of = The provider and the key, such as nguc.event_map
settings-check-about = Look for faults in the settings, or in a file that an account's key names, such as an event map
settings-check-of = The provider and the key, such as nguc.event_map; without one, the settings
settings-check-file = The file
path-about = Print where the settings file lies
settings-list-about = Every setting of the running agent, what it is and who says so
set-about = Write one value into the settings; without a value, take it out
set-key = Its name, after its table: proxy, window.theme, account.work.popups
set-value = What it is to be
shells = bash, elvish, fish, powershell or zsh

## What is wrong with a command line

wrong = error:
tip = tip:
see-help = For more information, try '{ $flag }'.
meant = did you mean { $names }?
twice = the argument '{ $argument }' cannot be used multiple times
together = '{ $argument }' cannot be used with '{ $other }'
no-value = a value is required for '{ $argument }' but none was supplied
bad-value = invalid value '{ $value }' for '{ $argument }'
bad-value-since = invalid value '{ $value }' for '{ $argument }': { $reason }
more-values = unexpected value '{ $value }' for '{ $argument }' found; no more were expected
no-command = unrecognized subcommand '{ $name }'
command-missing = '{ $command }' requires a subcommand but one was not provided
commands-there = [subcommands: { $names }]
arguments-missing = the following required arguments were not provided: { $arguments }
no-argument = unexpected argument '{ $argument }' found
not-utf8 = invalid UTF-8 was detected in one or more arguments

## In the words of those who read arguments

tip-as-value = to pass '{ $argument }' as a value, use '{ $written }'
tip-exists = '{ $command }' exists
tip-without-dashes = subcommand '{ $command }' exists; to use it, remove the '--' before it
above-zero = must be a number above 0
no-digits = invalid digit found in string
no-integer = cannot parse integer from empty string
too-large = number too large to fit in target type
out-of-range = { $number } is not in { $range }
no-float = invalid float literal
empty-float = cannot parse float from empty string
no-address = invalid socket address syntax
