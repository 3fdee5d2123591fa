# What the tray and notifications say. A variable that begins with `text` is a sentence of its own, `count` a number,
# `time` a time; anything else is a name.

## Tray

tray-calling = { $textwho } ruft an
tray-somebody = Jemand
tray-shared = Ihr Bildschirm wird geteilt
tray-shared-until = Ihr Bildschirm wird bis { $time } geteilt
tray-unnamed = { $text }, Anrufer werden nicht genannt
tray-sharing = Ich teile meinen Bildschirm
tray-hindered = Etwas an diesem Computer verhindert, dass Anrufe zu sehen sind: prüfen Sie es
tray-dnd-30 = Nicht stören für 30 Minuten
tray-dnd-60 = Nicht stören für 1 Stunde
tray-dnd-until = Nicht stören bis
tray-dnd-tomorrow = Nicht stören bis morgen
tray-dnd-open = Nicht stören, bis ich es ausschalte
tray-dnd-keep = „Nicht stören“ anlassen
tray-dnd-off = „Nicht stören“ ausschalten
tray-no-recent = Keine letzten Anrufe
tray-recent = Letzte Anrufe
tray-missed-seen = Verpasste Anrufe als gesehen markieren
tray-check = Verbindungen prüfen
tray-open = Ringside öffnen
tray-quit = Beenden
tray-called = { $who } (angerufen)
tray-missed = { $who } (verpasst)
tray-answered-elsewhere = { $who } (von Kollegen angenommen)
tray-was-here = { $who } (war hier)
tray-rings = Ihr Telefon klingelt
tray-busy = Sie sind in einem Gespräch
tray-away = Sie sind abwesend
tray-available = Sie sind verfügbar
tray-offline = Sie sind abgemeldet
tray-dnd = „Nicht stören“ ist an
tray-no-account = Noch kein Konto: öffnen Sie Ringside, um eines hinzuzufügen
tray-unknown = Ihr Status ist nicht bekannt
tray-asking = { $text } · „Nicht stören“ ist noch an: soll es anbleiben?
tray-state-dnd = { $text } · nicht stören
tray-state-dnd-until = { $text } · nicht stören bis { $time }
tray-dnd-on-until = „Nicht stören“ ist an bis { $time }
tray-missed-one = 1 verpasster Anruf
tray-missed-many =
    { $count ->
        [one] { $count } verpasster Anruf
       *[other] { $count } verpasste Anrufe
    }
account-connecting = { $account }: verbindet
account-lacking = { $account }: verbunden, aber nicht alles ist zu hören
account-waiting = { $account }: nicht verbunden, neuer Versuch
account-sign-in = { $account }: Anmeldung nötig
account-stopped = { $account }: angehalten

## Notifications

alert-incoming = Eingehender Anruf
alert-missed-who = Verpasster Anruf: { $textwho }
alert-missed = Verpasster Anruf
alert-open = Öffnen
alert-pick-up = Annehmen
alert-silence = Stumm schalten
alert-call-back = Zurückrufen
alert-call = Anrufen
alert-note = Notiz: { $note }
alert-look-up-at = Nachschlagen bei { $host }
alert-look-up = Nachschlagen
alert-quiet = Heute still
alert-copy = Nummer kopieren
alert-hidden = Unterdrückte Nummer
alert-unknown = Unbekannter Anrufer
free = { $who } ist frei
free-not = { $who } ist nicht frei geworden
free-asked = Sie baten um { $time } um Meldung · { $account }
reminder = Zurückrufen: { $textwho }
reminder-why = Sie wollten zurückrufen.
dnd-still = „Nicht stören“ ist noch an
dnd-still-why = Anrufe bleiben still, bis Sie es ausschalten.
dnd-keep-on = Anlassen
dnd-switch-off = Ausschalten
no-tray = Ringside läuft ohne Symbol in der Leiste
no-tray-why = Dieser Desktop zeigt keine Symbolleiste. Anrufe werden trotzdem gemeldet; öffnen Sie Ringside aus dem Programmmenü, dessen Eintrag auch „Nicht stören“ schaltet.
reach-ok = Anrufe erreichen Sie
reach-warn = Anrufe erreichen Sie, aber sehen Sie sich das an
reach-fail = Anrufe erreichen Sie möglicherweise nicht
reach-good =
    { $count ->
        [one] { $count } Punkt wurde geprüft und ist in Ordnung.
       *[other] { $count } Punkte wurden geprüft, alle sind in Ordnung.
    }

## Days before a time

day-mon = Mo { $time }
day-tue = Di { $time }
day-wed = Mi { $time }
day-thu = Do { $time }
day-fri = Fr { $time }
day-sat = Sa { $time }
day-sun = So { $time }
