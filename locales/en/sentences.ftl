# What the programs say in English where something happens, for all faces. A variable that begins with `text` is a
# sentence of its own, `count` a number, `time` a time; anything else is a name.

## Connections

unreachable = The provider cannot be reached; check the network, or wait: Ringside keeps trying.
server-fault = The provider's server answers that it has a fault; there is nothing to do here: Ringside keeps trying.
not-confirmed = The provider did not confirm it, so it may not have been done; look, and try again if it was not.
slow-down = The provider asks to slow down, so it was not done; try again in a minute.
dropped = The connection was cut; Ringside is connecting again.
silent = The connection went silent; Ringside is connecting again.
tls = The provider's certificate is not trusted; if your company inspects traffic, set `ca_file` in the settings.
proxy = The proxy did not let the connection through; check `proxy` in the settings.
protocol = The provider answered in an unexpected way; check the account's addresses in the settings.
refused-token = The provider does not accept this account's token; sign in again with a new one.
expired-token = The account's token has expired; sign in again.
code-needed = The provider wants the code of your second factor; sign in again and give the code it shows now.
forbidden = Access is refused, and Ringside asks again every few minutes; if it stays so, ask your administrator for access.
rate-limited = The provider asks to slow down; Ringside waits as long as it said.
unwanted = The provider asked this program not to connect again; choose Retry to try once more.
settings-wrong = The account's settings are wrong; run `ringside doctor` to see which.
internal = Ringside made a mistake in this account and starts it again; please report it.
account-not-connected = The account is not connected; try again when it is.
this-not-connected = This account is not connected; try again when it is.
not-running = Ringside is not running; start `ringside agent`.
erase-no-number = This is no phone number, so nothing was erased; `ringside calls` shows the callers' numbers.
hung = Ringside is running but does not answer; end it by `pkill -9 -x ringside` and start `ringside agent` again.
other-version = The running Ringside is of another version; restart it.
ending = Ringside is ending; start it again.
no-answer-in-time = The provider did not answer in time; look whether it was done before trying again.
no-number-colleague = This colleague's number is not known; ask them for it.
no-full-number = This is no full phone number; write it with its country code, such as +45 11 22 33 44.
cannot-dial = No connected account can start a call; check the connections.
no-number-caller = This caller's number is not known.
nobody-waits = Nobody waits there any more; somebody else has taken the call.
cannot-pick-up = This account cannot pick up a waiting call; use the phone.
no-such-account = There is no such account; `ringside account list` shows those there are.
demo-fixed = The demo's accounts cannot be changed; start Ringside without --demo.
no-clipboard = The clipboard cannot be reached; install wl-clipboard (Wayland) or xclip (X11).
no-browser = There is no browser here; install xdg-utils.
wait-longest = One can wait for a colleague for at most 12 hours; choose a shorter time.
wait-self = This is yourself; choose a colleague.
wait-free = This colleague is free now; call them.
wait-many = You wait for 50 colleagues already; cancel one of them first.
favourites-many = You have 500 favourites already; remove one of them first.

## This computer

no-daemon = No notification daemon answers, so calls do not pop up; start one (such as dunst).
no-bus = There is no session bus, so calls do not pop up; start Ringside within a desktop session.
no-tray-host = This desktop shows no tray; open Ringside from the menu, or switch on a tray (GNOME: the AppIndicator extension).
no-tray-bus = There is no session bus, so there is no tray; start Ringside within a desktop session.
no-windows = The windows are not installed; install ringside-desktop, or go on with the tray and `ringside`.
window-fault = A window ended with a fault; open it again, and see the log if that goes on.
no-hotkeys = This desktop gives programs no global hotkeys; bind `ringside dnd on` and `ringside dnd off` in its own keyboard settings.
no-secret = No sign-in is stored for `{ $account }`; run `ringside account sign-in { $same }`.
keyring-locked = The keyring is locked; unlock it (your login password), and Ringside goes on by itself.
no-keyring = No keyring answers on this computer; start one (such as gnome-keyring), or use --credentials DIR.
settings-line = Settings, line { $line }: { $text }
store-newer = The call history { $file } was written by a newer Ringside; update this one.
store-damaged = The call history { $file } is damaged; move it away and start Ringside again.
store-unwritable = The call history { $file } cannot be written; make its folder and the disk writable.
disk-full = The disk is full; free some space.
in-memory = Until then calls are kept in memory only.
store-silent = The call history does not answer; look whether the disk is full.
no-store = Nothing keeps calls here.
dnd-clock = This is not a time of day; choose one such as 17:00.
dnd-week = Do not disturb must end within seven days; choose a nearer end.
dnd-not-shown = It was taken but does not show; look at the provider's own page.
dnd-no-answer = The provider did not answer in time; look at its own page.

## Why a call was shown or not

rings-me = rings me
all-calls = popups are on for all calls
why-missed = missed
why-rule = rule { $number } shows it
why-rule-quiet = rule { $number } keeps it quiet
let-through = do not disturb lets this caller through
somebody-else = rings somebody else
provider-silent = rings a line, and nothing says that it rings me
switched-off = popups are switched off for this account
why-silenced = silenced
quiet-caller = this caller is to be quiet for today
why-dnd = do not disturb is on
why-dnd-schedule = do not disturb is on by schedule
why-dnd-provider = do not disturb was switched on at the provider
why-lets-number = do not disturb lets this number through
why-second = the same number calls a second time
why-locked = the screen is locked
why-shared = the screen is shared
why-lost = the connection is lost
why-earlier = it had ended before Ringside was started
why-never-rang = it was not seen to ring
why-unnamed = { $text }; { $text2 }, so the caller is not named
