# What a look at everything that a call has to pass has found: “Will I ring?” and `ringside doctor`. Variables as in
# `problems.ftl`.

## The settings and the way out

check-network = Certifikat och proxy kan användas.
check-no-network = Inget konto kan nås.
check-settings-fault = Inställningsfilen har ett fel.
check-settings = Inställningsfilen har inget fel.
check-no-account = Det finns inget konto.
check-add-account = Lägg till ett i fönstret eller med `ringside account add`.
check-account = Det finns ett konto.
check-accounts = Det finns { $count } konton.
check-file = { $path } är bra.
check-file-unreadable = { $path } kan inte läsas: { $error }.
check-and-more = { $text } … och { $count } till
check-mend-file = Rätta filen; `ringside settings check { $key } { $path }` nämner varje fel.

## An account

check-popups-mine = Samtal som ringer dig visas.
check-popups-all = Alla samtal visas.
check-popups-none = Inga av kontots samtal visas.
check-set-popups = Ange `popups = "mine"` i inställningarna om det inte är vad du vill.
check-secret = Inloggningen är sparad och kan läsas.
check-no-secret = Den sparade inloggningen kan inte läsas.
check-no-history = Samtal sparas inte från och med nu.
check-not-tried = Det har inte prövats än.
check-wait = Vänta några sekunder och kontrollera igen.
check-connected = Ansluten via { $textway }, senast hörd för { $span } sedan.
check-connected-silent = Ansluten via { $textway }, inget hört än.
unknown-way = ett okänt sätt
check-connecting = Det ansluter.
check-waiting = Det är inte anslutet, och ett nytt försök görs.
check-the-network = Kontrollera nätverket.
check-needs-sign-in = Det kräver att du loggar in.
check-sign-in = Logga in igen.
check-stopped = Det har stannat.
check-try-again = Försök igen från fönstret.
check-listening = Lyssnar sedan { $time }: { $known }.
what-subscriptions-confirmed = servern har bekräftat prenumerationerna
what-firehose-proof = servern har tagit nyckeln och anslutningen, och bekräftar inga prenumerationer
what-nguc-proof = servern har tagit nyckeln, och bekräftar inga prenumerationer
what-stringee-proof = servern har godtagit inloggningen, och bekräftar inga ämnen
check-lacking = Allt kan inte höras.
check-probe = Ett prov besvarades inom { $span }.
check-no-probe = Ett prov besvarades inte.
check-no-probe-why = Ringside ansluter igen av sig självt; om det kvarstår, kontrollera nätverket och `ringside status`.
check-owner = Det är känt vilka samtal som är dina.
check-no-owner = Leverantören har inte sagt vem du är, så det är kanske inte känt vilka samtal som är dina.
check-set-owner = Om samtal inte syns, ange `popups = "all"` för kontot, eller kontots egen nyckel för vem du är.
check-no-gaps = Inget missades de senaste 24 timmarna.
check-gaps-one = Det var borta en gång de senaste 24 timmarna, och det som hände då hämtades.
check-gaps = Det var borta { $count } gånger de senaste 24 timmarna, och det som hände då hämtades.
check-gap = Det var borta från { $time } till { $time2 }, och allt som hände då kunde inte hämtas.
check-look-at-provider = Leta efter samtal från den tiden hos leverantören.
check-understood = Allt som kom förstods.
check-skipped = Meddelanden av de här slagen förstods inte: { $names }.
check-skipped-more = Meddelanden av de här slagen förstods inte: { $names } och { $count } till.
check-report-names = Inget, om inte samtal eller personer saknas; rapportera då de här namnen.

## The clock and do-not-disturb

check-no-clock = Ingen server har sagt sin tid, så klockan jämfördes inte.
check-clock = Datorns klocka stämmer med servrarnas.
check-clock-ahead = Datorns klocka går { $span } före en servers.
check-clock-behind = Datorns klocka går { $span } efter en servers.
check-set-clock = Ställ klockan, eller låt systemet ställa den via nätverket.
check-dnd-off = Stör ej är av.
check-dnd-on = Stör ej är på, så samtal visas inte.
check-dnd-on-until = Stör ej är på till { $time }, så samtal visas inte.
check-dnd-switch-off = Stäng av det om du vill bli uppringd.

## This computer

check-state = Det som ska överleva programmet kan skrivas.
check-state-unwritable = Inget kan skrivas i { $folder }: { $error }.
check-state-why = Gör mappen skrivbar och se till att disken inte är full, annars glöms missade samtal.
check-keyring = Nyckelringen sparar och ger hemligheter.
check-no-keyring = Nyckelringen kan inte användas.
check-sleep = Systemet säger när datorn sover och vaknar.
check-no-sleep = Systemet berättar inte om vila; Ringside märker själv förlorad tid inom sekunder.
check-no-daemon = Ingen aviseringstjänst svarar, så samtal visas inte.
check-start-daemon = Starta en aviseringstjänst (t.ex. dunst) i skrivbordssessionen.
check-daemon = Aviseringar visas av { $name }.
check-testing = Ringside provar aviseringar
check-testing-why = Den här försvinner av sig själv.
check-round-trip = En provavisering togs emot på { $number } ms och försvann igen.
check-not-gone = En provavisering togs emot, men tjänsten säger inte att den försvann.
check-not-gone-why = Se efter om aviseringar om samtal ligger kvar på skärmen; i så fall, använd en annan aviseringstjänst.
check-not-taken = Aviseringstjänsten tog inte emot en provavisering.
check-restart-daemon = Starta om skrivbordets aviseringstjänst.
check-buttons = Aviseringar har knappar.
check-no-buttons = Aviseringar har inga knappar på det här skrivbordet.
check-use-window = Använd fönstret eller systemfältet i stället, eller en annan aviseringstjänst.
check-held-back = Skrivbordet håller inne aviseringar.
check-desktop-dnd = Stäng av skrivbordets eget stör ej om samtal ska visas.
check-not-held-back = Skrivbordet säger inte att det håller inne aviseringar.
check-tray = En panel visar systemfältets ikoner.
check-no-tray = Ringside syns inte i något systemfält.
check-windows = Fönstren är installerade.
check-no-windows = Fönstren är inte installerade; samtal visas ändå.
check-install-windows = Installera ringside-desktop, eller fortsätt med systemfältet och `ringside`.
check-no-autostart = Ringside startar inte med sessionen.
check-autostart = Ringside startar med sessionen.
check-autostart-gone = Posten som startar Ringside med sessionen nämner { $program }, som inte finns.
check-autostart-anew = Kör `ringside autostart on` för att skriva den på nytt.
check-no-hotkey = Ingen snabbtangent är angiven.
check-hotkeys-unbound = Snabbtangenterna kan inte bindas på det här skrivbordet.
check-hotkeys = Varje snabbtangent har tryckts och hörts.
check-hotkeys-unheard = Inte hörda sedan Ringside startade: { $names }.
check-press-once = Tryck på den en gång; ett skrivbord kan ta en snabbtangent och aldrig säga det.

## The program itself

check-running = Ringside körs.
check-not-running = Ringside körs inte, så inget visas.
check-start = Starta det med `ringside agent`; `ringside autostart on` gör det med varje session.
check-alone = De här inställningarna granskas utan det körande programmet.
