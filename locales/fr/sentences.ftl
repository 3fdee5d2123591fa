# What the programs say in English where something happens, for all faces. A variable that begins with `text` is a
# sentence of its own, `count` a number, `time` a time; anything else is a name.

## Connections

unreachable = Le fournisseur est injoignable ; vérifiez le réseau ou patientez : Ringside continue d’essayer.
server-fault = Le serveur du fournisseur signale une panne de son côté ; il n’y a rien à faire ici : Ringside continue d’essayer.
not-confirmed = Le fournisseur ne l’a pas confirmé, ce n’est donc peut-être pas fait ; vérifiez, et réessayez si ce n’est pas le cas.
slow-down = Le fournisseur demande de ralentir, ce n’a donc pas été fait ; réessayez dans une minute.
dropped = La connexion a été coupée ; Ringside se reconnecte.
silent = La connexion ne répond plus ; Ringside se reconnecte.
tls = Le certificat du fournisseur n’est pas reconnu ; si votre entreprise inspecte le trafic, indiquez `ca_file` dans les réglages.
proxy = Le proxy n’a pas laissé passer la connexion ; vérifiez `proxy` dans les réglages.
protocol = Le fournisseur a répondu de façon inattendue ; vérifiez les adresses du compte dans les réglages.
refused-token = Le fournisseur refuse le jeton de ce compte ; reconnectez-vous avec un nouveau.
expired-token = Le jeton du compte a expiré ; reconnectez-vous.
code-needed = Le fournisseur demande le code de votre second facteur ; reconnectez-vous et donnez le code affiché.
forbidden = L’accès est refusé, et Ringside redemande toutes les quelques minutes ; si cela persiste, demandez l’accès à votre administrateur.
rate-limited = Le fournisseur demande de ralentir ; Ringside attend le temps demandé.
unwanted = Le fournisseur demande de ne plus se reconnecter ; choisissez Réessayer pour un nouvel essai.
settings-wrong = Les réglages du compte sont faux ; lancez `ringside doctor` pour voir lesquels.
internal = Ringside a fait une erreur dans ce compte et le relance ; merci de la signaler.
account-not-connected = Le compte n’est pas connecté ; réessayez quand il le sera.
this-not-connected = Ce compte n’est pas connecté ; réessayez quand il le sera.
not-running = Ringside n’est pas lancé ; lancez `ringside agent`.
erase-no-number = Ce n’est pas un numéro de téléphone, rien n’a donc été effacé ; `ringside calls` montre les numéros.
hung = Ringside fonctionne mais ne répond pas ; arrêtez-le avec `pkill -9 -x ringside` et relancez `ringside agent`.
other-version = Le Ringside en cours est d’une autre version ; relancez-le.
ending = Ringside se termine ; relancez-le.
no-answer-in-time = Le fournisseur n’a pas répondu à temps ; vérifiez si c’est fait avant de réessayer.
no-number-colleague = Le numéro de ce collègue n’est pas connu ; demandez-le-lui.
no-full-number = Ce n’est pas un numéro complet ; écrivez-le avec l’indicatif du pays, par exemple +45 11 22 33 44.
cannot-dial = Aucun compte connecté ne peut appeler ; vérifiez les connexions.
no-number-caller = Le numéro de cet appelant n’est pas connu.
nobody-waits = Plus personne n’y attend ; quelqu’un d’autre a pris l’appel.
cannot-pick-up = Ce compte ne peut pas prendre un appel en attente ; utilisez le téléphone.
no-such-account = Ce compte n’existe pas ; `ringside account list` affiche ceux qui existent.
demo-fixed = Les comptes de la démo ne peuvent pas être modifiés ; lancez Ringside sans --demo.
no-clipboard = Le presse-papiers est inaccessible ; installez wl-clipboard (Wayland) ou xclip (X11).
no-browser = Il n’y a pas de navigateur ici ; installez xdg-utils.
wait-longest = On peut attendre un collègue 12 heures au plus ; choisissez une durée plus courte.
wait-self = C’est vous-même ; choisissez un collègue.
wait-free = Ce collègue est libre maintenant ; appelez-le.
wait-many = Vous attendez déjà 50 collègues ; annulez-en un d’abord.
favourites-many = Vous avez déjà 500 favoris ; retirez-en un d’abord.

## This computer

no-daemon = Aucun service de notification ne répond, les appels ne s’affichent donc pas ; lancez-en un (par exemple dunst).
no-bus = Il n’y a pas de bus de session, les appels ne s’affichent donc pas ; lancez Ringside dans une session de bureau.
no-tray-host = Ce bureau n’affiche pas de zone de notification ; ouvrez Ringside depuis le menu, ou activez-en une (GNOME : l’extension AppIndicator).
no-tray-bus = Il n’y a pas de bus de session, donc pas de zone de notification ; lancez Ringside dans une session de bureau.
no-windows = Les fenêtres ne sont pas installées ; installez ringside-desktop, ou continuez avec l’icône et `ringside`.
window-fault = Une fenêtre s’est arrêtée sur une erreur ; rouvrez-la, et voyez le journal si cela continue.
no-hotkeys = Ce bureau ne donne pas de raccourcis globaux aux programmes ; associez `ringside dnd on` et `ringside dnd off` dans ses réglages du clavier.
no-secret = Aucune connexion n’est enregistrée pour `{ $account }` ; lancez `ringside account sign-in { $same }`.
keyring-locked = Le trousseau est verrouillé ; déverrouillez-le (mot de passe de session), et Ringside reprend tout seul.
no-keyring = Aucun trousseau ne répond sur cet ordinateur ; lancez-en un (par exemple gnome-keyring), ou utilisez --credentials DOSSIER.
settings-line = Réglages, ligne { $line } : { $text }
store-newer = L’historique { $file } a été écrit par un Ringside plus récent ; mettez celui-ci à jour.
store-damaged = L’historique { $file } est endommagé ; déplacez-le et relancez Ringside.
store-unwritable = L’historique { $file } ne peut pas être écrit ; rendez son dossier et le disque accessibles en écriture.
disk-full = Le disque est plein ; libérez de l’espace.
in-memory = D’ici là, les appels ne sont gardés qu’en mémoire.
store-silent = L’historique ne répond pas ; vérifiez si le disque est plein.
no-store = Rien ne conserve les appels ici.
dnd-clock = Ce n’est pas une heure ; choisissez par exemple 17:00.
dnd-week = « Ne pas déranger » doit finir sous sept jours ; choisissez une fin plus proche.
dnd-not-shown = C’est accepté mais n’apparaît pas ; voyez la page du fournisseur.
dnd-no-answer = Le fournisseur n’a pas répondu à temps ; voyez sa page.

## Why a call was shown or not

rings-me = sonne chez moi
all-calls = tous les appels sont affichés
why-missed = manqué
why-rule = la règle { $number } l’affiche
why-rule-quiet = la règle { $number } le garde silencieux
let-through = « Ne pas déranger » laisse passer cet appelant
somebody-else = sonne chez quelqu’un d’autre
provider-silent = sonne sur une ligne, rien ne dit que c’est pour moi
switched-off = l’affichage est désactivé pour ce compte
why-silenced = rendu silencieux
quiet-caller = cet appelant doit rester silencieux aujourd’hui
why-dnd = « Ne pas déranger » est actif
why-dnd-schedule = « Ne pas déranger » est actif selon l’horaire
why-dnd-provider = « Ne pas déranger » a été activé chez le fournisseur
why-lets-number = « Ne pas déranger » laisse passer ce numéro
why-second = le même numéro appelle une seconde fois
why-locked = l’écran est verrouillé
why-shared = l’écran est partagé
why-lost = la connexion est perdue
why-earlier = il était fini avant le lancement de Ringside
why-never-rang = on ne l’a pas vu sonner
why-unnamed = { $text } ; { $text2 }, l’appelant n’est donc pas nommé
