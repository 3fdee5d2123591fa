# What a look at everything that a call has to pass has found: “Will I ring?” and `ringside doctor`. Variables as in
# `problems.ftl`.

## The settings and the way out

check-network = Certificates and proxy can be used.
check-no-network = No account can be reached.
check-settings-fault = The settings file has a fault.
check-settings = The settings file has no fault.
check-no-account = There is no account.
check-add-account = Add one in the window or with `ringside account add`.
check-account = There is one account.
check-accounts = There are { $count } accounts.
check-file = { $path } is good.
check-file-unreadable = { $path } cannot be read: { $error }.
check-and-more = { $text } … and { $count } more
check-mend-file = Mend the file; `ringside settings check { $key } { $path }` names every fault.

## An account

check-popups-mine = Calls that ring you are announced.
check-popups-all = All calls are announced.
check-popups-none = No call of this account is announced.
check-set-popups = Set `popups = "mine"` in the settings if that is not what you want.
check-secret = The sign-in is stored and can be read.
check-no-secret = The stored sign-in cannot be read.
check-no-history = Calls are not kept from here on.
check-not-tried = It was not tried yet.
check-wait = Wait some seconds and check again.
check-connected = Connected by { $textway }, last heard { $span } ago.
check-connected-silent = Connected by { $textway }, nothing heard yet.
unknown-way = an unknown way
check-connecting = It is connecting.
check-waiting = It is not connected, and is tried again.
check-the-network = Check the network.
check-needs-sign-in = It needs you to sign in.
check-sign-in = Sign in again.
check-stopped = It has stopped.
check-try-again = Try it again from the window.
check-listening = Listening since { $time }: { $known }.
what-subscriptions-confirmed = the server has confirmed the subscriptions
what-firehose-proof = the server has taken the token and the socket, and confirms no subscriptions
what-nguc-proof = the server has taken the token, and confirms no subscriptions
what-stringee-proof = the server has accepted the sign-in, and confirms no topics
check-lacking = Not everything can be heard.
check-probe = A probe was answered within { $span }.
check-no-probe = A probe was not answered.
check-no-probe-why = Ringside connects again by itself; if this stays, check the network and `ringside status`.
check-owner = Whose calls are yours is known.
check-no-owner = The provider has not said who you are, so which calls are yours may not be known.
check-set-owner = If calls stay unseen, set `popups = "all"` for this account, or the account's own key for who you are.
check-no-gaps = Nothing was missed in the last 24 hours.
check-gaps-one = It was away once in the last 24 hours, and what happened then was fetched.
check-gaps = It was away { $count } times in the last 24 hours, and what happened then was fetched.
check-gap = It was away from { $time } to { $time2 }, and what happened then could not all be fetched.
check-look-at-provider = Look for calls of that time at the provider.
check-understood = Everything that came was understood.
check-skipped = Messages of these kinds were not understood: { $names }.
check-skipped-more = Messages of these kinds were not understood: { $names } and { $count } more.
check-report-names = Nothing, unless calls or people are missing; then report these names.

## The clock and do-not-disturb

check-no-clock = No server has told its time, so the clock was not compared.
check-clock = This computer's clock agrees with the servers'.
check-clock-ahead = This computer's clock is { $span } ahead of a server's.
check-clock-behind = This computer's clock is { $span } behind a server's.
check-set-clock = Set the clock, or let the system set it by the network.
check-dnd-off = Do-not-disturb is off.
check-dnd-on = Do-not-disturb is on, so calls are not announced.
check-dnd-on-until = Do-not-disturb is on until { $time }, so calls are not announced.
check-dnd-switch-off = Switch it off if you want to be called.

## This computer

check-state = What must outlast the program can be written.
check-state-unwritable = Nothing can be written to { $folder }: { $error }.
check-state-why = Make the folder writable and see that the disk is not full, or missed calls are forgotten.
check-keyring = The keyring stores and gives secrets.
check-no-keyring = The keyring cannot be used.
check-sleep = The system tells when the computer sleeps and wakes.
check-no-sleep = The system does not tell of sleep; Ringside notices lost time by itself within seconds.
check-no-daemon = No notification daemon answers, so calls do not pop up.
check-start-daemon = Start a notification daemon (such as dunst) within the desktop session.
check-daemon = Notifications are shown by { $name }.
check-testing = Ringside is testing notifications
check-testing-why = This one goes away by itself.
check-round-trip = A test notification was taken in { $number } ms and went away again.
check-not-gone = A test notification was taken, but the daemon does not say that it went away.
check-not-gone-why = Look whether notifications of calls stay on the screen; if so, use another notification daemon.
check-not-taken = The notification daemon did not take a test notification.
check-restart-daemon = Restart the notification daemon of your desktop.
check-buttons = Notifications have buttons.
check-no-buttons = Notifications have no buttons on this desktop.
check-use-window = Use the window or the tray instead, or another notification daemon.
check-held-back = The desktop holds notifications back.
check-desktop-dnd = Switch the desktop's own do-not-disturb off if calls shall pop up.
check-not-held-back = The desktop does not say that it holds notifications back.
check-tray = A panel shows tray items.
check-no-tray = Ringside cannot be seen in a tray.
check-windows = The windows are installed.
check-no-windows = The windows are not installed; calls are announced all the same.
check-install-windows = Install ringside-desktop, or go on with the tray and `ringside`.
check-no-autostart = Ringside does not start with the session.
check-autostart = Ringside starts with the session.
check-autostart-gone = The entry that starts Ringside with the session names { $program }, which is not there.
check-autostart-anew = Run `ringside autostart on` to write it anew.
check-no-hotkey = No hotkey is set.
check-hotkeys-unbound = The hotkeys cannot be bound on this desktop.
check-hotkeys = Each hotkey has been pressed and heard.
check-hotkeys-unheard = Not heard since Ringside started: { $names }.
check-press-once = Press it once; a desktop may take a hotkey and never tell of it.

## The program itself

check-running = Ringside is running.
check-not-running = Ringside is not running, so nothing is announced.
check-start = Start it with `ringside agent`, and `ringside autostart on` does so with each session.
check-alone = These settings are looked at without the running program.
