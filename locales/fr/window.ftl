# What the windows say.

loading = Chargement…
people = Personnes
calls = Appels
accounts = Comptes
settings = Réglages
views = Vues

## Settings

address-books = Carnets d’adresses
contacts =
    { $count ->
        [one] { $count } contact
        [many] { $count } de contacts
       *[other] { $count } contacts
    }
read-at = lu à { $time }
skipped-places =
    { $count ->
        [one] { $count } entrée non reprise, ou en partie
        [many] { $count } d’entrées non reprises, ou en partie
       *[other] { $count } entrées non reprises, ou en partie
    }
place-in-line = Ligne { $line } : { $why }
further-places =
    { $count ->
        [one] et { $count } autre ; « ringside contacts check FILE » les nomme
        [many] et { $count } d’autres ; « ringside contacts check FILE » les nomme
       *[other] et { $count } autres ; « ringside contacts check FILE » les nomme
    }
search-settings = Rechercher dans les réglages
no-settings = Aucun réglage ne correspond.
fixed-settings = Les réglages de la démo ne peuvent pas être modifiés.
settings-file = Enregistrés dans { $path }
organisation-file = De votre organisation : { $path }
locked-by = Imposé par votre organisation
theirs = Défini par votre organisation
usual = Habituel : { $value }
set-but-hidden = Défini ; non affiché
back-to-usual = Revenir à la valeur habituelle de { $title }
reset = Valeur habituelle
saved = { $title } : enregistré
yes = Oui
no = Non

## Oneself

you = Vous
own-state = Votre état
own-unknown = État inconnu
not-connected = Non connecté
no-accounts = Aucun compte

## Do not disturb

dnd = Ne pas déranger
dnd-until = Jusqu’à { $time }
dnd-on = Jusqu’à ce que vous le désactiviez
dnd-lengths = Durée de « Ne pas déranger »
dnd-30 = Pendant 30 minutes
dnd-60 = Pendant 1 heure
dnd-tomorrow = Jusqu’à demain
dnd-open = Jusqu’à ce que je le désactive
dnd-at = Jusqu’à
dnd-at-label = Ne pas déranger jusqu’à cette heure
dnd-set = Régler
dnd-keep = Garder
dnd-asking = Toujours actif. Le garder ?
dnd-partly = Pas partout
dnd-schedule = Selon l’horaire, jusqu’à ce que vous le désactiviez
dnd-schedule-until = Selon l’horaire, jusqu’à { $time }
dnd-held-off = L’horaire est suspendu jusqu’à { $time }
dnd-states = Ne pas déranger, compte par compte
dnd-off = Désactiver
dnd-some = Actif seulement dans { $accounts }
dnd-stopped = Ringside n’est pas lancé.
dnd-on-elsewhere = activé ailleurs
dnd-on-elsewhere-at = activé ailleurs à { $time }
dnd-off-elsewhere = désactivé ailleurs
dnd-off-elsewhere-at = désactivé ailleurs à { $time }
dnd-here-only = silencieux ici seulement
dnd-follows = silencieux ici ; le fournisseur suit
dnd-confirmed = actif
dnd-settling = changement…

## Connections

connections = Connexions
connection-lacking = Connecté, mais pas à tout
connection-connecting = Connexion
connection-live = Connecté
connection-waiting = En attente
connection-sign-in = Connexion requise
connection-stopped = Arrêté
retry-in = Nouvel essai dans { $length }
retrying = Nouvel essai
retry = Réessayer
retry-account = Réessayer { $account }
sign-in = Se connecter
sign-in-by = Se connecter avec
choose-provider = Choisir…
sign-in-to = Se connecter à { $account }
dismiss = Ignorer
not-asked = Ringside ne répond pas ; relancez-le si cela persiste.
detached = Ringside s’est arrêté ; ce que vous voyez est ancien. Ouvrez de nouveau Ringside pour le relancer.
detached-title = Ringside n’est pas lancé
detached-help = Lancez Ringside depuis vos applications ; cette fenêtre se remplira d’elle-même.

## Will I ring?

will-i-ring = Vais-je sonner ?
will-ring = Les appels vous parviendront.
will-ring-warned = Les appels vous parviendront, mais regardez ceci.
will-not-ring = Des appels pourraient ne pas vous parvenir.
not-proven = Le bon fonctionnement de chaque compte n’est pas prouvé.
all-proven = Le bon fonctionnement de chaque compte est prouvé.
listening = À l’écoute depuis { $since }, { $heard }
heard-ago = dernier signal il y a { $length }
heard-never = encore aucun signal
missed-out =
    { $count ->
        [one] { $count } interruption non rattrapée
        [many] { $count } d’interruptions non rattrapées
       *[other] { $count } interruptions non rattrapées
    }
check = Tout vérifier maintenant
checking = Vérification…
checked-at = Vérifié à { $time }
good-findings =
    { $count ->
        [one] { $count } point est en ordre
        [many] { $count } de points sont en ordre
       *[other] { $count } points sont en ordre
    }
close = Fermer

## People

search = Chercher un nom, un numéro ou un service
clear-search = Effacer la recherche
filter = Afficher seulement
all = Tous
standing-available = Disponible
standing-ringing = Sonne
standing-busy = Occupé
standing-dnd = Ne pas déranger
standing-away = Absent
standing-offline = Hors ligne
standing-unknown = Inconnu
standing-stale = Non connecté
state-for = { $state } { $length }
last-known = Dernier état connu il y a { $length } : { $state }
last-known-just = Non connecté, était { $state }
deaf-since = Non connecté depuis { $time }
until = jusqu’à { $time }
also-dnd = ne pas déranger
dial = Appeler { $who }
dialing = Appel de { $who } : décrochez votre téléphone
nobody = Personne ne correspond.
nobody-yet = Vos collègues apparaissent ici dès qu’un compte est connecté.
sign-in-first = Connectez-vous pour voir vos collègues.
favourite = Favori
favourites = Favoris
everybody = Tous
nowhere = Aucun service
group-by = Grouper par
grouping-none = Rien
grouping-account = Compte
grouping-department = Service
number = Numéro
department = Service
account = Compte
call = Appeler
copy-number = Copier le numéro
copied = { $what } copié
not-copied = Copie impossible ; sélectionnez-le avec la souris.
tell-when-free = Me prévenir quand libre, pendant
will-tell = Vous serez prévenu quand { $who } sera libre
awaited-until = Vous serez prévenu dès que libre, jusqu’à { $time }
tell-no-more = Ne plus me prévenir
shown-all =
    { $count ->
        [one] { $count } personne
        [many] { $count } de personnes
       *[other] { $count } personnes
    }
shown-some =
    { $all ->
        [one] { $count } sur { $all } personne
        [many] { $count } sur { $all } de personnes
       *[other] { $count } sur { $all } personnes
    }

## Calls

now = Maintenant
recent = Récents
missed =
    { $count ->
        [one] { $count } manqué
        [many] { $count } de manqués
       *[other] { $count } manqués
    }
missed-seen = Marquer comme vu
no-calls = Aucun appel en cours
search-calls = Chercher nom, numéro, ligne ou note
kind-all = Tous
kind-missed = Manqués
kind-incoming = Entrants
kind-outgoing = Sortants
no-such-call = Aucun appel ne correspond.
found =
    { $count ->
        [one] { $count } appel
        [many] { $count } d’appels
       *[other] { $count } appels
    }
more = Afficher plus
when = Quand
line = Ligne
with-whom = Avec
why = Notification
why-shown = Affichée : { $why }
why-not-shown = Non affichée : { $why }
call-back-short = Rappeler
note = Note
note-help = De quoi s’agissait-il ?
noted = Note enregistrée
remind = Me rappeler dans
reminds-at = Rappel à { $time }
will-remind = Un rappel vous sera fait à { $time }
remind-not = Aucun rappel
no-reminder = Le rappel est supprimé
make-private = Rendre privé
private-sure = La personne à l’autre bout est oubliée définitivement. L’appel reste dans la liste.
made-private = L’autre bout est oublié
erase = Effacer
erase-sure = Cet appel est effacé définitivement de cet ordinateur.
erased = L’appel est effacé
keep-or-erase = Enregistrer ou effacer des appels
save-calls = Enregistrer les appels dans un fichier
save-all = Les appels de la liste.
save-found =
    { $count ->
        [one] { $count } appel affiché.
        [many] { $count } d’appels affichés.
       *[other] Les { $count } appels affichés.
    }
save-csv = Tableau (CSV)
save-json = JSON
saving = Enregistrement…
saved-calls =
    { $count ->
        [one] { $count } appel enregistré dans { $path }
        [many] { $count } d’appels enregistrés dans { $path }
       *[other] { $count } appels enregistrés dans { $path }
    }
keep-calls = Garder les appels pendant
keep-none = Aucun appel n’est gardé
keep-years =
    { $count ->
        [one] { $count } an
        [many] { $count } d’années
       *[other] { $count } ans
    }
keep-days =
    { $count ->
        [one] { $count } jour
        [many] { $count } de jours
       *[other] { $count } jours
    }
keep-help = Les plus anciens sont effacés d’eux-mêmes de cet ordinateur.
kept = Les appels sont gardés { $length }
erase-calls = Effacer des appels
erase-older = Plus de { $length }
erase-all = Tous les appels
erase-older-sure = Tous les appels de plus de { $length } sont effacés définitivement de cet ordinateur.
erase-all-sure = Tous les appels, avec notes et rappels, sont effacés définitivement de cet ordinateur.
erased-calls = Les appels sont effacés
erase-number = Effacer tous ceux de ce numéro
erase-number-sure = Tous les appels de ce numéro sont effacés définitivement de cet ordinateur.
no-recent = Les appels que vous passez et recevez s’afficheront ici.
hidden-number = Numéro masqué
unknown-caller = Appelant inconnu
call-ringing = Sonne
call-calling = Appelle
call-held = En attente
call-held-with = En attente avec { $who }
call-talking = En conversation
call-talking-with = En conversation avec { $who }
no-answer = Pas de réponse
outcome-answered = Répondu
outcome-missed = Manqué
outcome-voicemail = Messagerie vocale
outcome-answered-elsewhere = Répondu ailleurs
outcome-declined = Refusé
outcome-busy = Était occupé
outcome-transferred = Transféré
outcome-failed = N’a pas abouti
outcome-lost = Fin non vue
talked = Répondu, { $length }
incoming = Entrant
outgoing = Sortant
call-back = Rappeler { $who }
newly-missed = Nouveau
incoming-call = Appel entrant
call-from = Appel entrant de { $who }
caller-note = Note : { $note }
caller-call-back = Vous vouliez rappeler.
waiting-calls =
    { $count ->
        [one] { $count } appelant attend
        [many] { $count } d’appelants attendent
       *[other] { $count } appelants attendent
    }
queues = Files d’attente
pick-up = Prendre
pick-up-from = Prendre le premier appelant de { $queue }
silence = Silence
silence-call = Silence pour l’appel de { $who }
open = Ouvrir

## Accounts

last-heard = Dernier signal
ago = il y a { $length }
never = Pas encore
connection-state = Connexion
since = depuis { $time }
over = par { $transport }
new-token = Se reconnecter
owner = Vous êtes
gaps = Interruptions
gap = de { $from } à { $to }
gap-calls =
    { $count ->
        [one] { $count } appel récupéré ensuite
        [many] { $count } d’appels récupérés ensuite
       *[other] { $count } appels récupérés ensuite
    }
gap-rest = { $calls }, le reste est irrécupérable
gap-nothing = aucun appel manqué
gap-filled = récupéré ensuite
gap-open = irrécupérable
unknown = Messages ignorés
remove = Supprimer
remove-account = Supprimer { $account }
remove-title = Supprimer le compte « { $account } » ?
remove-help = Ses réglages et son jeton enregistré sont effacés de cet ordinateur.
quit = Quitter Ringside
quit-title = Quitter Ringside ?
quit-help = Plus aucun appel n’est annoncé tant que vous ne le relancez pas.
cancel = Annuler
add-account = Ajouter un compte
add = Ajouter le compte
adding = Ajout…
signing-in = Connexion…
provider = Fournisseur
no-browser-sign-in = Vous vous connectez ici avec ce que votre fournisseur vous a donné ; aucun ne documente de connexion par le navigateur.
connecting-to = Connexion à { $account } ; vos collègues apparaissent dans un instant.
account-name = Nom sur cet ordinateur
account-name-help = Minuscules, chiffres et tirets, par exemple « work ».
account-name-taken = Un compte porte déjà ce nom.
advanced = Adresses
advanced-help = Laissez vide pour celles du fournisseur.

## First run

welcome = Bienvenue dans Ringside
welcome-help = Ajoutez votre compte téléphonique pour voir qui appelle et quels collègues sont libres.

## Times

span-seconds = { $count } s
span-minutes = { $count } min
span-hours = { $count } h
span-hours-minutes = { $hours } h { $minutes } min
span-days = { $count } j
tomorrow-at = demain { $time }
yesterday-at = hier { $time }
