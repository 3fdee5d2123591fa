# What a look at everything that a call has to pass has found: “Will I ring?” and `ringside doctor`. Variables as in
# `problems.ftl`.

## The settings and the way out

check-network = Les certificats et le proxy sont utilisables.
check-no-network = Aucun compte n’est joignable.
check-settings-fault = Le fichier des réglages a un défaut.
check-settings = Le fichier des réglages n’a pas de défaut.
check-no-account = Il n’y a pas de compte.
check-add-account = Ajoutez-en un dans la fenêtre ou avec `ringside account add`.
check-account = Il y a un compte.
check-accounts = Il y a { $count } comptes.
check-file = { $path } est correct.
check-file-unreadable = { $path } est illisible : { $error }.
check-and-more = { $text } … et { $count } de plus
check-mend-file = Corrigez le fichier ; `ringside settings check { $key } { $path }` nomme chaque défaut.

## An account

check-popups-mine = Les appels qui sonnent chez vous sont annoncés.
check-popups-all = Tous les appels sont annoncés.
check-popups-none = Aucun appel de ce compte n’est annoncé.
check-set-popups = Mettez `popups = "mine"` dans les réglages si ce n’est pas voulu.
check-secret = La connexion est enregistrée et lisible.
check-no-secret = La connexion enregistrée est illisible.
check-no-history = Les appels ne sont plus conservés à partir de maintenant.
check-not-tried = Pas encore essayé.
check-wait = Attendez quelques secondes et vérifiez à nouveau.
check-connected = Connecté par { $textway }, entendu il y a { $span }.
check-connected-silent = Connecté par { $textway }, rien entendu encore.
unknown-way = une voie inconnue
check-connecting = En cours de connexion.
check-waiting = Non connecté, nouvel essai en cours.
check-the-network = Vérifiez le réseau.
check-needs-sign-in = Vous devez vous connecter.
check-sign-in = Reconnectez-vous.
check-stopped = Arrêté.
check-try-again = Réessayez depuis la fenêtre.
check-listening = À l’écoute depuis { $time } : { $known }.
what-subscriptions-confirmed = le serveur a confirmé les abonnements
what-firehose-proof = le serveur a pris le jeton et la connexion, et ne confirme pas d’abonnements
what-nguc-proof = le serveur a pris le jeton, et ne confirme pas d’abonnements
what-stringee-proof = le serveur a accepté la connexion, et ne confirme pas de sujets
check-lacking = Tout ne peut être entendu.
check-probe = Un essai a reçu réponse en { $span }.
check-no-probe = Un essai est resté sans réponse.
check-no-probe-why = Ringside se reconnecte tout seul ; si cela persiste, vérifiez le réseau et `ringside status`.
check-owner = On sait quels appels sont les vôtres.
check-no-owner = Le fournisseur n’a pas dit qui vous êtes, on ignore donc peut-être quels appels sont les vôtres.
check-set-owner = Si des appels restent invisibles, mettez `popups = "all"` pour ce compte, ou sa clé qui dit qui vous êtes.
check-no-gaps = Rien n’a été manqué ces dernières 24 heures.
check-gaps-one = Absent une fois ces dernières 24 heures, et ce qui s’est passé alors a été rattrapé.
check-gaps = Absent { $count } fois ces dernières 24 heures, et ce qui s’est passé alors a été rattrapé.
check-gap = Absent de { $time } à { $time2 }, et tout ce qui s’est passé alors n’a pu être rattrapé.
check-look-at-provider = Cherchez les appels de ce moment chez le fournisseur.
check-understood = Tout ce qui est venu a été compris.
check-skipped = Des messages de ces genres n’ont pas été compris : { $names }.
check-skipped-more = Des messages de ces genres n’ont pas été compris : { $names } et { $count } de plus.
check-report-names = Rien, sauf si des appels ou des personnes manquent ; signalez alors ces noms.

## The clock and do-not-disturb

check-no-clock = Aucun serveur n’a donné son heure, l’horloge n’a donc pas été comparée.
check-clock = L’horloge de cet ordinateur concorde avec celles des serveurs.
check-clock-ahead = L’horloge de cet ordinateur avance de { $span } sur celle d’un serveur.
check-clock-behind = L’horloge de cet ordinateur retarde de { $span } sur celle d’un serveur.
check-set-clock = Réglez l’horloge, ou laissez le système la régler par le réseau.
check-dnd-off = « Ne pas déranger » est inactif.
check-dnd-on = « Ne pas déranger » est actif, les appels ne sont donc pas annoncés.
check-dnd-on-until = « Ne pas déranger » est actif jusqu’à { $time }, les appels ne sont donc pas annoncés.
check-dnd-switch-off = Désactivez-le si vous voulez être appelé.

## This computer

check-state = Ce qui doit survivre au programme peut être écrit.
check-state-unwritable = Rien ne peut être écrit dans { $folder } : { $error }.
check-state-why = Rendez le dossier accessible en écriture et voyez que le disque n’est pas plein, sinon les appels manqués sont oubliés.
check-keyring = Le trousseau enregistre et rend les secrets.
check-no-keyring = Le trousseau est inutilisable.
check-sleep = Le système dit quand l’ordinateur dort et se réveille.
check-no-sleep = Le système ne signale pas la veille ; Ringside remarque le temps perdu tout seul en quelques secondes.
check-no-daemon = Aucun service de notification ne répond, les appels ne s’affichent donc pas.
check-start-daemon = Lancez un service de notification (par exemple dunst) dans la session du bureau.
check-daemon = Les notifications sont affichées par { $name }.
check-testing = Ringside essaie les notifications
check-testing-why = Celle-ci disparaît toute seule.
check-round-trip = Une notification d’essai a été prise en { $number } ms et a disparu.
check-not-gone = Une notification d’essai a été prise, mais le service ne dit pas qu’elle a disparu.
check-not-gone-why = Voyez si les notifications d’appels restent à l’écran ; si oui, utilisez un autre service de notification.
check-not-taken = Le service de notification n’a pas pris une notification d’essai.
check-restart-daemon = Relancez le service de notification de votre bureau.
check-buttons = Les notifications ont des boutons.
check-no-buttons = Les notifications n’ont pas de boutons sur ce bureau.
check-use-window = Utilisez plutôt la fenêtre ou la zone de notification, ou un autre service de notification.
check-held-back = Le bureau retient les notifications.
check-desktop-dnd = Désactivez « Ne pas déranger » du bureau si les appels doivent s’afficher.
check-not-held-back = Le bureau ne dit pas qu’il retient les notifications.
check-tray = Un panneau affiche les icônes de notification.
check-no-tray = Ringside n’est visible dans aucune zone de notification.
check-windows = Les fenêtres sont installées.
check-no-windows = Les fenêtres ne sont pas installées ; les appels sont annoncés quand même.
check-install-windows = Installez ringside-desktop, ou continuez avec la zone de notification et `ringside`.
check-no-autostart = Ringside ne démarre pas avec la session.
check-autostart = Ringside démarre avec la session.
check-autostart-gone = L’entrée qui lance Ringside avec la session nomme { $program }, qui n’existe pas.
check-autostart-anew = Lancez `ringside autostart on` pour la réécrire.
check-no-hotkey = Aucun raccourci n’est défini.
check-hotkeys-unbound = Les raccourcis ne peuvent être pris sur ce bureau.
check-hotkeys = Chaque raccourci a été pressé et entendu.
check-hotkeys-unheard = Pas entendus depuis le démarrage de Ringside : { $names }.
check-press-once = Pressez-le une fois ; un bureau peut prendre un raccourci sans jamais le signaler.

## The program itself

check-running = Ringside tourne.
check-not-running = Ringside ne tourne pas, rien n’est donc annoncé.
check-start = Lancez-le avec `ringside agent` ; `ringside autostart on` le fait à chaque session.
check-alone = Ces réglages sont examinés sans le programme en cours.
