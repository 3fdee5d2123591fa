# What the tray and notifications say. A variable that begins with `text` is a sentence of its own, `count` a number,
# `time` a time; anything else is a name.

## Tray

tray-calling = { $textwho } appelle
tray-somebody = Quelqu’un
tray-shared = Votre écran est partagé
tray-shared-until = Votre écran est partagé jusqu’à { $time }
tray-unnamed = { $text }, les appelants ne sont pas nommés
tray-sharing = Je partage mon écran
tray-hindered = Quelque chose sur cet ordinateur empêche de voir les appels : vérifiez-le
tray-dnd-30 = Ne pas déranger pendant 30 minutes
tray-dnd-60 = Ne pas déranger pendant 1 heure
tray-dnd-until = Ne pas déranger jusqu’à
tray-dnd-tomorrow = Ne pas déranger jusqu’à demain
tray-dnd-open = Ne pas déranger jusqu’à ce que je le désactive
tray-dnd-keep = Garder « Ne pas déranger »
tray-dnd-off = Désactiver « Ne pas déranger »
tray-no-recent = Aucun appel récent
tray-recent = Appels récents
tray-missed-seen = Marquer les appels manqués comme vus
tray-check = Vérifier les connexions
tray-open = Ouvrir Ringside
tray-quit = Quitter
tray-called = { $who } (appelé)
tray-missed = { $who } (manqué)
tray-answered-elsewhere = { $who } (répondu par un collègue)
tray-was-here = { $who } (a appelé)
tray-rings = Votre téléphone sonne
tray-busy = Vous êtes en communication
tray-away = Vous êtes absent
tray-available = Vous êtes disponible
tray-offline = Vous êtes déconnecté
tray-dnd = « Ne pas déranger » est actif
tray-no-account = Aucun compte : ouvrez Ringside pour en ajouter un
tray-unknown = Votre état n’est pas connu
tray-asking = { $text } · « Ne pas déranger » est toujours actif : le garder ?
tray-state-dnd = { $text } · ne pas déranger
tray-state-dnd-until = { $text } · ne pas déranger jusqu’à { $time }
tray-dnd-on-until = « Ne pas déranger » est actif jusqu’à { $time }
tray-missed-one = 1 appel manqué
tray-missed-many =
    { $count ->
        [one] { $count } appel manqué
        [many] { $count } d’appels manqués
       *[other] { $count } appels manqués
    }
account-connecting = { $account } : connexion
account-lacking = { $account } : connecté, mais tout ne peut être entendu
account-waiting = { $account } : non connecté, nouvel essai
account-sign-in = { $account } : connexion requise
account-stopped = { $account } : arrêté

## Notifications

alert-incoming = Appel entrant
alert-missed-who = Appel manqué : { $textwho }
alert-missed = Appel manqué
alert-open = Ouvrir
alert-pick-up = Prendre
alert-silence = Silence
alert-call-back = Rappeler
alert-call = Appeler
alert-note = Note : { $note }
alert-look-up-at = Rechercher sur { $host }
alert-look-up = Rechercher
alert-quiet = Silence aujourd’hui
alert-copy = Copier le numéro
alert-hidden = Numéro masqué
alert-unknown = Appelant inconnu
free = { $who } est libre
free-not = { $who } ne s’est pas libéré
free-asked = Vous avez demandé à { $time } d’être prévenu · { $account }
reminder = Rappeler : { $textwho }
reminder-why = Vous vouliez rappeler.
dnd-still = « Ne pas déranger » est toujours actif
dnd-still-why = Les appels restent silencieux jusqu’à ce que vous le désactiviez.
dnd-keep-on = Garder
dnd-switch-off = Désactiver
no-tray = Ringside tourne sans icône de notification
no-tray-why = Ce bureau n’affiche pas de zone de notification. Les appels sont annoncés quand même ; ouvrez Ringside depuis le menu des programmes, dont l’entrée bascule aussi « Ne pas déranger ».
reach-ok = Les appels vous parviendront
reach-warn = Les appels vous parviendront, mais regardez ceci
reach-fail = Des appels pourraient ne pas vous parvenir
reach-good =
    { $count ->
        [one] { $count } point vérifié, il est en ordre.
        [many] { $count } de points vérifiés, tous sont en ordre.
       *[other] { $count } points vérifiés, tous sont en ordre.
    }

## Days before a time

day-mon = lun. { $time }
day-tue = mar. { $time }
day-wed = mer. { $time }
day-thu = jeu. { $time }
day-fri = ven. { $time }
day-sat = sam. { $time }
day-sun = dim. { $time }
