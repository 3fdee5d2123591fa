# What `--help` says, and what is said of a wrong command line. Clap writes some of it; the rest is in `args.rs`.
# These are looked up nowhere else, and read only when they are to be shown.

## How it is laid out

usage-heading = Utilisation :
usage-options = [OPTIONS]
commands-heading = Commandes :
arguments-heading = Arguments :
options-heading = Options :
note-env = [environnement : { $name }]
note-default = [par défaut : { $value }]
note-values = [valeurs possibles : { $values }]

## What belongs to every command

help-flag = Afficher l’aide
help-flag-short = Afficher l’aide (plus de détails avec '--help')
help-flag-long = Afficher l’aide (résumé avec '-h')
version-flag = Afficher la version
help-command = Afficher ce texte ou l’aide d’une commande

## Names of values

name-command = COMMANDE
name-file = FICHIER
name-dir = DOSSIER
name-id = ID
name-pair = CLÉ=VALEUR
name-n = N
name-addr = ADRESSE
name-time = TEMPS
name-text = TEXTE
name-format = FORMAT
name-number = NUMÉRO
name-call = APPEL
name-at = MOMENT
name-person = PERSONNE
name-queue = FILE
name-provider = FOURNISSEUR
name-of = FOURNISSEUR.CLÉ
name-key = CLÉ
name-value = VALEUR
name-shell = SHELL

## Ringside

about = Affiche les appels entrants et qui est libre, et commande « Ne pas déranger », chez plusieurs fournisseurs de téléphonie à la fois
about-whole = Affiche les appels entrants et qui est libre, et commande « Ne pas déranger », chez plusieurs fournisseurs de téléphonie à la fois.
exit-codes = Codes de sortie : 0 fait, 1 échec, 2 erreur d’utilisation ou de réglages, 3 aucun agent ne tourne, 4 connexion requise.

## Commands

agent-about = Rester dans la zone de notification : connexions, notifications, connexion de contrôle
watch-about = Se connecter sans agent et afficher ce qui se passe
demo-about = Montrer le bureau de démonstration intégré : des fournisseurs simulés sur cet ordinateur
simulate-about = Lancer seulement les fournisseurs simulés et afficher leurs adresses en une ligne de JSON
status-about = Qui suis-je, connexions, appels
dnd-about = Activer ou désactiver « Ne pas déranger » dans tous les comptes, ou l’afficher
share-about = Dire que l’écran est partagé : les appelants n’y sont pas nommés
quiet-about = Appelants à passer sous silence aujourd’hui
calls-about = Appels, du plus récent au plus ancien
gaps-about = Périodes où rien n’a été entendu, et ce qui a été rattrapé
note-about = Noter quelque chose sur un appel ; c’est affiché quand le numéro rappelle
remind-about = Être averti de rappeler quelqu’un
people-about = Les collègues et ce qu’ils font
dial-about = Appeler un numéro : votre propre téléphone sonne d’abord
tell-about = Être prévenu une fois quand un collègue est libre
replay-about = Rejouer un enregistrement et afficher ce qu’il donne
pick-up-about = Prendre un appelant en attente dans une file, sur votre propre téléphone
account-about = Ajouter, lister, retirer, essayer ou connecter un compte
contacts-about = Vos propres carnets d’adresses : qui appelle
doctor-about = Vérifier tout ce qu’un appel doit traverser, des réglages à l’écran, avec un remède pour chaque défaut
autostart-about = Démarrer avec la session, dans la zone de notification et sans fenêtre, ou ne plus le faire
quit-about = Arrêter l’agent qui tourne
settings-about = Au sujet du fichier de réglages
completions-about = Afficher les complétions d’un shell

## What many commands take

config-help = Le fichier de réglages, au lieu de celui de l’utilisateur
credentials-help = Un dossier avec un fichier par compte contenant son secret, au lieu du trousseau
json-help = Un objet JSON par ligne
number-help = Avec l’indicatif du pays, par exemple +33123456789
which-account = Lequel
seed-help = Le même nombre donne la même journée
which-call = Un identifiant, `last`, ou le plus récent que trouve une recherche
which-call-whole = Un identifiant, `last`, ou l’appel le plus récent que trouve une recherche

## Agent, watch, replay, demo, simulate

agent-demo = Utiliser le bureau de démonstration intégré au lieu des réglages
watch-account = Seulement ce compte (peut être répété)
watch-notify = Afficher aussi des notifications
watch-record = Noter ce qui vient et va, sans jetons et avec noms et numéros remplacés, dans un nouveau fichier
replay-file = Ce que `ringside watch --record` a écrit
replay-set = Un autre réglage que celui enregistré, par exemple event_map=FICHIER (peut être répété)
demo-json = Un objet JSON par ligne au lieu de la vue en direct
demo-speed = Combien de fois plus animé qu’un bureau ordinaire
simulate-listen = L’adresse d’écoute ; doit être de cet ordinateur
simulate-people = Combien de collègues
simulate-rate = Événements par seconde ; 0 pour un bureau où rien n’arrive de soi-même

## Do-not-disturb, a shared screen, quiet callers

dnd-on-about = L’activer ; sans durée, pour une heure
dnd-for = Pour combien de temps, par exemple 30m ou 2h
dnd-until-help = Jusqu’à quand, par exemple 17:00 ou tomorrow
dnd-open-ended = Jusqu’à ce qu’il soit désactivé ; la question vous est reposée après huit heures
dnd-off-about = Le désactiver
dnd-toggle-about = Le désactiver s’il est actif, sinon l’activer pour une heure
dnd-keep-about = Le laisser actif sans fin, et être interrogé de nouveau plus tard
dnd-status-about = L’afficher, compte par compte
share-on-about = Ne nommer aucun appelant à l’écran ; se termine de soi-même
share-for = Pour combien de temps, par exemple 45m ou 2h
share-off-about = Nommer de nouveau les appelants
share-status-about = Afficher qui peut voir l’écran, pour autant qu’on le sache
quiet-add-about = Passer un numéro sous silence jusqu’à minuit
quiet-remove-about = Ne plus le passer sous silence
quiet-all = Tous
quiet-list-about = Les lister

## Calls

calls-since = Seulement les appels commencés à ce moment ou après, par exemple 2026-11-21, yesterday ou 7d (plus tôt)
calls-before = Seulement les appels commencés avant
calls-missed = Seulement les appels que j’ai manqués
calls-search = Seulement les appels avec ceci dans le nom, le numéro, la ligne ou la note
calls-export = Tous les appels qui correspondent, pour un autre programme
calls-limit = Autant au plus [par défaut : 100, ou tous avec --export]
calls-seen-about = Les appels manqués ont été vus
calls-seen-call = Seulement celui-ci : un identifiant, `last`, ou le plus récent que trouve une recherche
calls-private-about = Oublier définitivement qui était à l’autre bout d’un appel
calls-erase-about = Oublier des appels définitivement
calls-erase-before = Les appels commencés avant, par exemple 2026-11-21 ou 30d (plus tôt)
calls-erase-number = Les appels avec ce numéro
calls-erase-call = Un appel, par son identifiant
calls-erase-all = Tous les appels
note-text = Quoi ; un texte vide retire la note
remind-at = Quand, par exemple 15:00, 2h ou 2026-11-21T15:00 ; `off` pour pas du tout

## People, dialling, queues

people-search = Seulement les personnes avec ceci dans le nom ou le numéro
dial-account = Par ce compte
tell-person = L’identifiant d’un collègue, ou assez de son nom pour le distinguer de tous les autres
tell-for = Combien de temps attendre, par exemple 30m ou 2h ; sinon une heure
tell-cancel = Ne plus attendre
pick-up-queue = La file, comme `ringside status` l’affiche : compte/identifiant
pick-up-caller = L’appelant ; sinon celui qui attend depuis le plus longtemps

## Address books and accounts

contacts-list-about = Les carnets d’adresses que nomment les réglages, et l’état de chacun
contacts-check-about = Lire un fichier vCard ou CSV et lister ce qui n’en est pas utilisable, et pourquoi
contacts-who-about = Qui a ce numéro, d’après les fichiers que nomment les réglages
contacts-who-number = Avec son indicatif de pays, ou comme l’écrit votre pays
contacts-sign-in-about = Enregistrer le mot de passe du carnet d’adresses d’un serveur ; il est demandé, ou lu de l’entrée standard
account-add-about = Ajouter un compte ; le secret est demandé, ou lu de l’entrée standard
account-add-id = Son nom ici : a-z, 0-9 et -
account-add-provider = Le fournisseur, par exemple firmafon
account-add-set = Un réglage, par exemple api_url=https://… (peut être répété)
account-list-about = Lister les comptes
account-remove-about = Retirer un compte et son secret
account-test-about = Se connecter une fois et dire ce qui marche
account-sign-in-about = Enregistrer un autre secret ; il est demandé, ou lu de l’entrée standard

## The program

doctor-bundle-help = Écrire ce qui a été trouvé dans un nouveau fichier à joindre, sans noms, numéros ni comptes
autostart-on-about = Démarrer avec la session
autostart-off-about = Ne pas démarrer avec la session
autostart-status-about = Afficher si c’est le cas
schema-about = Afficher le schéma JSON du fichier de réglages, ou d’un fichier que nomme une clé d’un compte
schema-of = Le fournisseur et la clé, par exemple nguc.event_map
settings-check-about = Chercher des erreurs dans les réglages, ou dans un fichier que nomme une clé d’un compte, par exemple une table des événements
settings-check-of = Le fournisseur et la clé, par exemple nguc.event_map ; sinon les réglages
settings-check-file = Le fichier
path-about = Afficher où se trouve le fichier de réglages
settings-list-about = Chaque réglage de l’agent qui tourne, ce qu’il est et qui le dit
set-about = Écrire une valeur dans les réglages ; sans valeur, la retirer
set-key = Son nom, après sa table : proxy, window.theme, account.work.popups
set-value = Ce qu’il doit être
shells = bash, elvish, fish, powershell ou zsh

## What is wrong with a command line

wrong = erreur :
tip = conseil :
see-help = Pour en savoir plus, essayez '{ $flag }'.
meant = vouliez-vous dire { $names } ?
twice = l’argument '{ $argument }' ne peut être utilisé plusieurs fois
together = '{ $argument }' ne peut être utilisé avec '{ $other }'
no-value = '{ $argument }' demande une valeur, mais n’en a pas reçu
bad-value = valeur incorrecte '{ $value }' pour '{ $argument }'
bad-value-since = valeur incorrecte '{ $value }' pour '{ $argument }' : { $reason }
more-values = valeur inattendue '{ $value }' pour '{ $argument }' ; aucune autre n’est attendue
no-command = commande inconnue '{ $name }'
command-missing = '{ $command }' doit être suivi d’une commande
commands-there = [commandes : { $names }]
arguments-missing = ces arguments obligatoires manquent : { $arguments }
no-argument = argument inattendu '{ $argument }'
not-utf8 = un ou plusieurs arguments ne sont pas de l’UTF-8 valable

## In the words of those who read arguments

tip-as-value = écrivez '{ $written }' pour donner '{ $argument }' comme valeur
tip-exists = '{ $command }' existe
tip-without-dashes = la commande '{ $command }' existe ; retirez le '--' qui la précède pour l’utiliser
above-zero = doit être un nombre au-dessus de 0
no-digits = doit être un nombre entier
no-integer = doit être un nombre entier
too-large = le nombre est trop grand
out-of-range = { $number } n’est pas dans { $range }
no-float = doit être un nombre
empty-float = doit être un nombre
no-address = doit être une adresse avec port, par exemple 127.0.0.1:8080
