# What forms ask and settings are called: titles, help and values that can be chosen. Read by whoever shows a form, where
# no name can be mistaken for a title.

## General

set-general = General
set-popup-window = Popup window
set-popup-window-about = Open a small window for a ringing call as well.
set-proxy = Proxy
set-proxy-about = http://[user:password@]host:port; empty: as the system has it.
set-ca-file = Certificates
set-ca-file-about = A PEM file of certificates trusted beside the system's.
set-popups = Calls that are announced
set-popups-about = Whose calls are announced.

## What alerts say and do

set-alerts = What alerts say and do
set-on-lock = While the screen is locked
set-on-lock-about = what a ringing call shows
set-missed-on-lock = … of missed calls
set-missed-on-lock-about = what a missed call shows while the screen is locked
set-while-sharing = While the screen is shared
set-while-sharing-about = what a ringing call shows; see `ringside share`
set-missed-while-sharing-about = what a missed call shows while the screen is shared
set-sound = Sound
set-sound-about = the desktop's own sound for a call that rings, beside the telephone's
set-missed-sound = Sound of missed calls
set-missed-sound-about = the desktop's own sound for a missed call
set-crm-url = Customer system
set-crm-url-about = where a caller is looked up, such as https://host/search?q={ "{" }number{ "}" }

## Windows

set-window = Windows
set-theme = Colours
set-theme-about = system, light, dark or contrast
set-density = Spacing
set-density-about = roomy: two lines a colleague; compact: one line
set-text-percent = Size of text
set-text-percent-about = in percent, from 100 to 200
set-language = Language
set-language-about = of windows, tray, notifications and the command line

## Call history

set-history = Call history
set-keep-days = Keep calls for
set-keep-days-about = Days that calls are kept for; 0 keeps none

## Address books

set-contacts = Who is calling: address books of your own; nothing of them leaves this computer
set-files = Files
set-files-about = vCard (.vcf) and CSV files, the most trusted first; ~ is your home folder
set-country = Country
set-country-about = whose national numbers are in them, such as DK
set-carddav-url = Address book on a server
set-carddav-url-about = the CardDAV address of one address book
set-carddav-user = User there
set-carddav-user-about = its password is in the keyring: ringside contacts sign-in

## Do-not-disturb

set-dnd = Do-not-disturb
set-schedule = Schedule
set-schedule-about = When it is on by itself, such as "mon-fri 17:00-08:00".
set-morning = Morning
set-morning-about = The time at which `until tomorrow` ends.
set-working-days = Working days
set-working-days-about = The days on which `until tomorrow` may end, such as mon-fri.
set-ask-again-after = Ask again after
set-ask-again-after-about = When one without an end is asked about.
set-toggle-for = Hotkey's length
set-toggle-for-about = For how long the hotkey switches it on.
set-let-through = Let through
set-let-through-about = Numbers that ring all the same, such as "+45 11 22 33 44".
set-second-call-within = Second call
set-second-call-within-about = A caller who calls again within this time rings; 0m for never.

## Hotkeys

set-hotkeys = Keys that work whatever window has the keyboard
set-hotkey-dnd = Do not disturb
set-hotkey-dnd-about = Switches do-not-disturb on or off, such as Ctrl+Alt+D.
set-hotkey-window = Window
set-hotkey-window-about = Opens the window, such as Ctrl+Alt+R.
hotkey-toggles = Switch do-not-disturb on or off

## Rules

set-rule = What is done about some calls: the first rule that fits decides
set-rule-account = Account
set-rule-account-about = calls of this account
set-rule-line = Line
set-rule-line-about = calls through the line with this name or id
set-rule-number = Number
set-rule-number-about = calls from this number; +4570* for all that begin so, hidden for withheld ones
set-rule-kind = Kind
set-rule-kind-about = calls that ring, or those nobody answered; default: both
set-rule-alert = Alert
set-rule-alert-about = whether they are shown, whoever they ring
set-rule-sound-about = whether the desktop makes a sound
set-rule-popup-about = whether the small window opens as well

## Values that can be chosen

choice-system = system
choice-light = light
choice-dark = dark
choice-contrast = contrast
choice-roomy = roomy
choice-compact = compact
choice-mine = mine
choice-all = all
choice-none = none
choice-show = show
choice-hide-name = hide_name
choice-auto = auto

## What providers ask for

field-address = Address
field-where-events = Where events come from.
field-where-events-nguc = Where events come from; the session's ids are added.
field-rest = The REST API.
field-events = Events
field-transport = Transport
field-transport-about = How events come; auto takes the best that works.
field-personal-token = Personal token
field-personal-token-about = Make one at app.relatel.dk under Account, Authorised applications.
field-firehose-url = Where the Firehose is, such as https://pbx.example.com:9443.
field-domain = Domain
field-domain-about = The account's name or realm, as you log in with it.
field-accounts = Accounts
field-accounts-about = The ids of the accounts to hear of; yours and its children if not given.
field-events-about = The events to hear; all if not given. Ringing needs CHANNEL_CREATE.
field-me = Me
field-me-about = Who you are, if it cannot be found out: owner_id, devices, extension.
field-token-in-about = Where the socket's token goes; a query ends in the logs of proxies.
field-crossbar = Kazoo's REST API, if you may use it: for names, do not disturb and calls under way.
field-user-and-password = User name and password
field-user-name = User name
field-password = Password
field-portal = As you log in at your provider's portal.
field-client-id = Client id
field-client-id-about = `external.` and your company's name, as NGUC gave it to you; needed to sign in with a password.
field-user-id = Your user id
field-user-id-about = Your id at NGUC; needed only where Ringside does not find it out.
field-time-zone = Time zone
field-time-zone-about = The zone of times that NGUC writes without one.
field-event-map = Event map
field-event-map-about = The whole path of a file that says what NGUC's events mean; see docs/event-map.md.
field-nguc-user = What you sign in to NGUC with.
field-nguc-password = Your password at NGUC.
field-code = One-time code
field-code-about = The code of your second factor, if you have one.
field-token = Token
field-access-token = Access token
field-nguc-token-about = A token that NGUC issued to you.
field-refresh-token = Refresh token
field-nguc-refresh-about = What gets the next one; without it, this lasts until it expires.
field-token-path = Token path
field-token-path-about = Where the API gives tokens for events.
field-channels = Channels
field-channels-about = What to listen to; { "{" }id{ "}" } stands for your user.
field-agent = Agent
field-agent-about = Which agent you are, if your user does not tell.
field-dnd-status = Do-not-disturb status
field-dnd-status-about = The agent status for do-not-disturb.
field-available-status = Available status
field-available-status-about = The agent status after do-not-disturb.
field-pat-about = A personal token such as pat_live_…
field-renews = Renews an access token that ends.
field-email-and-password = E-mail and password
field-email = E-mail
field-as-at-semaswift = As at Semaswift.
field-token-url = Token address
field-token-url-about = Where your organisation hands out Stringee tokens; leave it out to paste a token.
field-softphone = Softphone's user
field-softphone-about = Leave it out if the token is your softphone's user: callers are shown, but Stringee counts you as online while Ringside runs, softphone or not. If the token is an observer's own user, write your softphone's user here: calls are not touched, but callers' numbers may be missing without a relay.
field-stringee-api = The REST API; projects in other regions have an address of their own.
field-server-list = List of servers
field-server-list-about = Where the servers are asked for; without it, at the REST API.
field-servers = Servers
field-servers-about = Servers to connect to instead of asking for a list, such as wss://v1.stringee.com:6899/.
field-relay = Relay
field-relay-about = Your organisation's relay, if it has one: it knows who is there, callers' numbers and do-not-disturb.
field-dnd-attribute = Do-not-disturb attribute
field-dnd-attribute-about = The attribute that says do-not-disturb.
field-dnd-on = Do-not-disturb on
field-dnd-on-about = What the attribute is while it is on.
field-dnd-off = Do-not-disturb off
field-dnd-off-about = What the attribute is while it is off.
field-org-token-url = Organisation's token address
field-authorization = Authorization
field-authorization-about = What your organisation's token address wants as Authorization header, if anything.
field-pasted-token = Pasted token
field-client-token = Client token
field-client-token-about = A Stringee client token; it works until it expires.
field-relay-token = Relay token
field-relay-token-about = What the relay wants instead of it, if anything.
