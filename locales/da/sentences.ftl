# What the programs say in English where something happens, for all faces. A variable that begins with `text` is a
# sentence of its own, `count` a number, `time` a time; anything else is a name.

## Connections

unreachable = Udbyderen kan ikke nås; tjek netværket, eller vent: Ringside bliver ved med at prøve.
server-fault = Udbyderens server svarer, at den har en fejl; der er intet at gøre her: Ringside bliver ved med at prøve.
not-confirmed = Udbyderen bekræftede det ikke, så det er måske ikke sket; se efter, og prøv igen, hvis det ikke er.
slow-down = Udbyderen beder om at gå langsommere til værks, så det skete ikke; prøv igen om et minut.
dropped = Forbindelsen blev afbrudt; Ringside forbinder igen.
silent = Forbindelsen blev tavs; Ringside forbinder igen.
tls = Udbyderens certifikat er ikke betroet; hvis dit firma inspicerer trafikken, så sæt `ca_file` i indstillingerne.
proxy = Proxyen slap ikke forbindelsen igennem; tjek `proxy` i indstillingerne.
protocol = Udbyderen svarede på en uventet måde; tjek kontoens adresser i indstillingerne.
refused-token = Udbyderen godtager ikke denne kontos nøgle; log ind igen med en ny.
expired-token = Kontoens nøgle er udløbet; log ind igen.
code-needed = Udbyderen vil have koden fra din anden faktor; log ind igen og angiv den kode, den viser nu.
forbidden = Adgangen er nægtet, og Ringside spørger igen med få minutters mellemrum; bliver det ved, så bed din administrator om adgang.
rate-limited = Udbyderen beder om ro; Ringside venter så længe, den sagde.
unwanted = Udbyderen bad programmet om ikke at forbinde igen; vælg Prøv igen for at forsøge én gang til.
settings-wrong = Kontoens indstillinger er forkerte; kør `ringside doctor` for at se hvilke.
internal = Ringside lavede en fejl i denne konto og starter den igen; meld den gerne.
account-not-connected = Kontoen er ikke forbundet; prøv igen, når den er.
this-not-connected = Denne konto er ikke forbundet; prøv igen, når den er.
not-running = Ringside kører ikke; start `ringside agent`.
erase-no-number = Det er ikke et telefonnummer, så intet blev slettet; `ringside calls` viser numrene.
hung = Ringside kører, men svarer ikke; afslut det med `pkill -9 -x ringside`, og start `ringside agent` igen.
other-version = Det kørende Ringside er en anden version; genstart det.
ending = Ringside er ved at afslutte; start det igen.
no-answer-in-time = Udbyderen svarede ikke i tide; se efter, om det blev gjort, før du prøver igen.
no-number-colleague = Kollegaens nummer er ikke kendt; spørg om det.
no-full-number = Det er ikke et fuldt telefonnummer; skriv det med landekode, f.eks. +45 11 22 33 44.
cannot-dial = Ingen forbundet konto kan starte et opkald; tjek forbindelserne.
no-number-caller = Opkalderens nummer er ikke kendt.
nobody-waits = Ingen venter der længere; en anden har taget opkaldet.
cannot-pick-up = Denne konto kan ikke besvare et ventende opkald; brug telefonen.
no-such-account = Der er ingen sådan konto; `ringside account list` viser dem, der er.
demo-fixed = Demoens konti kan ikke ændres; start Ringside uden --demo.
no-clipboard = Udklipsholderen kan ikke nås; installér wl-clipboard (Wayland) eller xclip (X11).
no-browser = Der er ingen browser her; installér xdg-utils.
wait-longest = Man kan højst vente på en kollega i 12 timer; vælg en kortere tid.
wait-self = Det er dig selv; vælg en kollega.
wait-free = Kollegaen er ledig nu; ring.
wait-many = Du venter allerede på 50 kolleger; annuller en først.
favourites-many = Du har allerede 500 favoritter; fjern en først.

## This computer

no-daemon = Intet notifikationsprogram svarer, så opkald vises ikke; start et (f.eks. dunst).
no-bus = Der er ingen sessionsbus, så opkald vises ikke; start Ringside i en skrivebordssession.
no-tray-host = Dette skrivebord viser ingen bakke; åbn Ringside fra menuen, eller slå en bakke til (GNOME: udvidelsen AppIndicator).
no-tray-bus = Der er ingen sessionsbus, så der er ingen bakke; start Ringside i en skrivebordssession.
no-windows = Vinduerne er ikke installeret; installér ringside-desktop, eller fortsæt med bakken og `ringside`.
window-fault = Et vindue sluttede med en fejl; åbn det igen, og se loggen, hvis det fortsætter.
no-hotkeys = Dette skrivebord giver ikke programmer globale genvejstaster; bind `ringside dnd on` og `ringside dnd off` i dets egne tastaturindstillinger.
no-secret = Der er ikke gemt et log ind for `{ $account }`; kør `ringside account sign-in { $same }`.
keyring-locked = Nøgleringen er låst; lås den op (din adgangskode), så fortsætter Ringside af sig selv.
no-keyring = Ingen nøglering svarer på denne computer; start en (f.eks. gnome-keyring), eller brug --credentials MAPPE.
settings-line = Indstillinger, linje { $line }: { $text }
store-newer = Opkaldshistorikken { $file } er skrevet af et nyere Ringside; opdatér dette.
store-damaged = Opkaldshistorikken { $file } er beskadiget; flyt den væk og start Ringside igen.
store-unwritable = Opkaldshistorikken { $file } kan ikke skrives; gør mappen og disken skrivbare.
disk-full = Disken er fuld; frigør plads.
in-memory = Indtil da gemmes opkald kun i hukommelsen.
store-silent = Opkaldshistorikken svarer ikke; se om disken er fuld.
no-store = Intet gemmer opkald her.
dnd-clock = Det er ikke et klokkeslæt; vælg et som 17:00.
dnd-week = Forstyr ikke skal slutte inden for syv dage; vælg et tidligere tidspunkt.
dnd-not-shown = Det blev modtaget, men vises ikke; se på udbyderens egen side.
dnd-no-answer = Udbyderen svarede ikke i tide; se på dens egen side.

## Why a call was shown or not

rings-me = ringer til mig
all-calls = alle opkald vises
why-missed = ubesvaret
why-rule = regel { $number } viser det
why-rule-quiet = regel { $number } holder det stille
let-through = forstyr ikke lader denne opkalder komme igennem
somebody-else = ringer til en anden
provider-silent = ringer på en linje, og intet siger, at det er til mig
switched-off = visning er slået fra for denne konto
why-silenced = gjort lydløst
quiet-caller = denne opkalder skal være stille i dag
why-dnd = forstyr ikke er slået til
why-dnd-schedule = forstyr ikke er slået til efter tidsplan
why-dnd-provider = forstyr ikke blev slået til hos udbyderen
why-lets-number = forstyr ikke lader dette nummer komme igennem
why-second = samme nummer ringer anden gang
why-locked = skærmen er låst
why-shared = skærmen deles
why-lost = forbindelsen er tabt
why-earlier = det var slut, før Ringside blev startet
why-never-rang = det blev ikke set ringe
why-unnamed = { $text }; { $text2 }, så opkalderen nævnes ikke
