# What a look at everything that a call has to pass has found: “Will I ring?” and `ringside doctor`. Variables as in
# `problems.ftl`.

## The settings and the way out

check-network = Certifikater og proxy kan bruges.
check-no-network = Ingen konto kan nås.
check-settings-fault = Indstillingsfilen har en fejl.
check-settings = Indstillingsfilen har ingen fejl.
check-no-account = Der er ingen konto.
check-add-account = Tilføj en i vinduet eller med `ringside account add`.
check-account = Der er én konto.
check-accounts = Der er { $count } konti.
check-file = { $path } er god.
check-file-unreadable = { $path } kan ikke læses: { $error }.
check-and-more = { $text } … og { $count } mere
check-mend-file = Ret filen; `ringside settings check { $key } { $path }` nævner hver fejl.

## An account

check-popups-mine = Opkald, der ringer til dig, vises.
check-popups-all = Alle opkald vises.
check-popups-none = Ingen af denne kontos opkald vises.
check-set-popups = Sæt `popups = "mine"` i indstillingerne, hvis det ikke er det, du vil.
check-secret = Log ind er gemt og kan læses.
check-no-secret = Det gemte log ind kan ikke læses.
check-no-history = Opkald gemmes ikke fra nu af.
check-not-tried = Den er ikke prøvet endnu.
check-wait = Vent nogle sekunder, og tjek igen.
check-connected = Forbundet via { $textway }, sidst hørt for { $span } siden.
check-connected-silent = Forbundet via { $textway }, intet hørt endnu.
unknown-way = en ukendt vej
check-connecting = Den forbinder.
check-waiting = Den er ikke forbundet, og der prøves igen.
check-the-network = Tjek netværket.
check-needs-sign-in = Den kræver, at du logger ind.
check-sign-in = Log ind igen.
check-stopped = Den er stoppet.
check-try-again = Prøv den igen fra vinduet.
check-listening = Lytter siden { $time }: { $known }.
what-subscriptions-confirmed = serveren har bekræftet abonnementerne
what-firehose-proof = serveren har taget nøglen og forbindelsen og bekræfter ingen abonnementer
what-nguc-proof = serveren har taget nøglen og bekræfter ingen abonnementer
what-stringee-proof = serveren har godtaget log ind og bekræfter ingen emner
check-lacking = Ikke alt kan høres.
check-probe = En prøve blev besvaret inden for { $span }.
check-no-probe = En prøve blev ikke besvaret.
check-no-probe-why = Ringside forbinder igen af sig selv; bliver det ved, så tjek netværket og `ringside status`.
check-owner = Det vides, hvilke opkald der er dine.
check-no-owner = Udbyderen har ikke sagt, hvem du er, så det vides måske ikke, hvilke opkald der er dine.
check-set-owner = Ses opkald ikke, så sæt `popups = "all"` for denne konto eller kontoens egen nøgle for, hvem du er.
check-no-gaps = Intet gik tabt de seneste 24 timer.
check-gaps-one = Den var væk én gang de seneste 24 timer, og hvad der skete da, blev hentet.
check-gaps = Den var væk { $count } gange de seneste 24 timer, og hvad der skete da, blev hentet.
check-gap = Den var væk fra { $time } til { $time2 }, og ikke alt, hvad der skete da, kunne hentes.
check-look-at-provider = Se efter opkald fra den tid hos udbyderen.
check-understood = Alt, hvad der kom, blev forstået.
check-skipped = Beskeder af disse slags blev ikke forstået: { $names }.
check-skipped-more = Beskeder af disse slags blev ikke forstået: { $names } og { $count } mere.
check-report-names = Intet, medmindre opkald eller personer mangler; meld så disse navne.

## The clock and do-not-disturb

check-no-clock = Ingen server har sagt sin tid, så uret blev ikke sammenlignet.
check-clock = Computerens ur stemmer med servernes.
check-clock-ahead = Computerens ur er { $span } foran en servers.
check-clock-behind = Computerens ur er { $span } bagud for en servers.
check-set-clock = Stil uret, eller lad systemet stille det over netværket.
check-dnd-off = Forstyr ikke er slået fra.
check-dnd-on = Forstyr ikke er slået til, så opkald vises ikke.
check-dnd-on-until = Forstyr ikke er slået til indtil { $time }, så opkald vises ikke.
check-dnd-switch-off = Slå det fra, hvis du vil ringes op.

## This computer

check-state = Det, der skal overleve programmet, kan skrives.
check-state-unwritable = Der kan ikke skrives til { $folder }: { $error }.
check-state-why = Gør mappen skrivbar, og se efter, at disken ikke er fuld, ellers glemmes ubesvarede opkald.
check-keyring = Nøgleringen gemmer og giver hemmeligheder.
check-no-keyring = Nøgleringen kan ikke bruges.
check-sleep = Systemet siger, når computeren sover og vågner.
check-no-sleep = Systemet siger ikke, når det sover; Ringside opdager selv tabt tid inden for sekunder.
check-no-daemon = Intet notifikationsprogram svarer, så opkald vises ikke.
check-start-daemon = Start et notifikationsprogram (f.eks. dunst) i skrivebordssessionen.
check-daemon = Notifikationer vises af { $name }.
check-testing = Ringside prøver notifikationer
check-testing-why = Denne forsvinder af sig selv.
check-round-trip = En prøvenotifikation blev taget på { $number } ms og forsvandt igen.
check-not-gone = En prøvenotifikation blev taget, men programmet siger ikke, at den forsvandt.
check-not-gone-why = Se, om notifikationer om opkald bliver på skærmen; gør de det, så brug et andet notifikationsprogram.
check-not-taken = Notifikationsprogrammet tog ikke en prøvenotifikation.
check-restart-daemon = Genstart skrivebordets notifikationsprogram.
check-buttons = Notifikationer har knapper.
check-no-buttons = Notifikationer har ingen knapper på dette skrivebord.
check-use-window = Brug vinduet eller bakken i stedet eller et andet notifikationsprogram.
check-held-back = Skrivebordet holder notifikationer tilbage.
check-desktop-dnd = Slå skrivebordets eget forstyr ikke fra, hvis opkald skal vises.
check-not-held-back = Skrivebordet siger ikke, at det holder notifikationer tilbage.
check-tray = Et panel viser bakkens ikoner.
check-no-tray = Ringside kan ikke ses i en bakke.
check-windows = Vinduerne er installeret.
check-no-windows = Vinduerne er ikke installeret; opkald vises alligevel.
check-install-windows = Installer ringside-desktop, eller fortsæt med bakken og `ringside`.
check-no-autostart = Ringside starter ikke med sessionen.
check-autostart = Ringside starter med sessionen.
check-autostart-gone = Posten, der starter Ringside med sessionen, nævner { $program }, som ikke er der.
check-autostart-anew = Kør `ringside autostart on` for at skrive den igen.
check-no-hotkey = Ingen genvejstast er sat.
check-hotkeys-unbound = Genvejstasterne kan ikke bindes på dette skrivebord.
check-hotkeys = Hver genvejstast er trykket og hørt.
check-hotkeys-unheard = Ikke hørt, siden Ringside startede: { $names }.
check-press-once = Tryk på den én gang; et skrivebord kan tage en genvejstast og aldrig sige det.

## The program itself

check-running = Ringside kører.
check-not-running = Ringside kører ikke, så intet vises.
check-start = Start det med `ringside agent`; `ringside autostart on` gør det med hver session.
check-alone = Disse indstillinger ses uden det kørende program.
