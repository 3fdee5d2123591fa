# What only the command line says. Variables as in `problems.ftl`.

## States

not-tried = pas encore essayé
state-connecting = connexion
state-live = connecté
state-waiting = attend de se reconnecter
state-sign-in = connexion requise
state-stopped = arrêté
person-available = disponible
person-ringing = sonne
person-busy = occupé
person-dnd = ne pas déranger
person-dnd-short = silence
person-away = absent
person-offline = hors ligne
person-unknown = inconnu
person-was = non connecté, était { $textstate }
person-left = { $who } est parti
state-you = (vous)
state-until = jusqu’à { $time }
state-since = depuis { $time }

## Calls

call-mine-from = mon appel de
call-mine-to = mon appel à
call-colleague-from = appel d’un collègue de
call-colleague-to = appel d’un collègue à
call-line-from = appel d’une ligne de
call-line-to = appel d’une ligne à
call-answered = répondu
call-on-hold = en attente
call-no-answer = sans réponse
call-ended = terminé
call-went-to-voicemail = parti en messagerie
call-voicemail = messagerie
call-by-colleague = répondu par un collègue
call-elsewhere = ailleurs
call-declined = refusé
call-transferred = transféré
call-failed = échoué
call-out-of-sight = fin non vue
call-lost = non vu
queue-waiting = { $count } en attente
ticket-changed = ticket { $id } modifié
skipped = { $name } ignoré ({ $count } jusqu’ici)
lines-left-out = { $count } lignes manquent ici : rien n’a été lu un moment

## Times in which nothing was heard

gap-one-call = 1 appel rattrapé
gap-many-calls = { $number } appels rattrapés
gap-no-call = aucun appel manqué
gap-fetched = ce qui s’est passé a été rattrapé
gap-the-rest = le reste est irrécupérable
gap-not-fetched = irrécupérable

## How things stand

status-no-account = Pas encore de compte ; lancez `ringside account add`.
colleagues-one = 1 collègue
colleagues-many =
    { $count ->
        [one] { $count } collègue
        [many] { $count } de collègues
       *[other] { $count } collègues
    }
status-deaf = Des appels pourraient ne pas passer : voir les comptes ci-dessus
status-unseen = Les appels arrivent, mais pourraient ne pas se voir : voir ci-dessous ce qui ne va pas
status-good = Les appels passent
live-connections = Connexions
live-calls = Appels
live-recent = Récents
live-people = Personnes
live-missed = { $number } manqués
live-quit = q pour quitter
live-by = par { $transport }
live-you = vous

## Do-not-disturb

dnd-is-off = « Ne pas déranger » est inactif
dnd-is-off-until = « Ne pas déranger » est inactif, l’horaire aussi jusqu’à { $time }
what-dnd = « Ne pas déranger »
what-dnd-schedule = « Ne pas déranger » selon l’horaire
what-dnd-elsewhere = « Ne pas déranger », activé dans { $accounts }
dnd-until-time = { $known } jusqu’à { $time }
dnd-asks = { $known } : doit-il rester actif ? `ringside dnd keep` ou `ringside dnd off`
dnd-until-off = { $known } jusqu’à ce que vous le désactiviez ; nouvelle question à { $time }
dnd-endless = { $known }, sans fin
dnd-not-there = silencieux ici, pas chez le fournisseur
dnd-still-there = encore actif chez le fournisseur
dnd-again-at = Nouvel essai à { $time }.
dnd-under-way = un changement est en cours
dnd-none-there = silencieux ici ; le fournisseur ne l’a pas, ou n’est pas encore connecté
dnd-word-on = actif
dnd-word-off = inactif
dnd-on-elsewhere-word = activé ailleurs
dnd-off-elsewhere-word = inactif, désactivé ailleurs
dnd-on-there = actif chez le fournisseur
dnd-follows-later = silencieux ici ; le fournisseur l’affichera une fois connecté, quand aucun appel ne le cache
dnd-unseen = le fournisseur ne le montre pas

## The history

seen-none-new = Aucun appel manqué n’est plus nouveau.
past-seen = Vu
past-forgotten = L’autre bout est oublié pour
past-erased = Effacé.
past-noted = Noté
past-no-reminder = Pas de rappel
past-reminded = Rappel prévu à { $time }
past-new = (nouveau)
past-private = (privé)
past-shown = affiché
past-not-shown = non affiché
past-call-back = rappeler à { $time }
no-past-call = `{ $call }` n’est pas un appel de l’historique ; voir `ringside calls`.
not-a-time = `{ $wrong }` n’est pas un moment ; écrivez 2026-11-21, yesterday ou 7d.
not-to-come = `{ $wrong }` n’est pas un moment à venir ; écrivez 15:00, 2h ou 2026-11-21T15:00.
not-a-clock = `{ $wrong }` n’est pas un moment ; écrivez 17:00 ou tomorrow.
not-a-length = `{ $wrong }` n’est pas une durée ; écrivez 30m ou 2h.

## What was done

done = Fait.
phone-first = Votre téléphone sonne d’abord ; décrochez pour être mis en relation.
caller-comes = L’appelant arrive sur votre téléphone.
waits-no-more = { $name } n’est plus attendu.
will-say-free = Une notification dira quand { $name } sera libre.
nobody-called = Personne ne s’appelle `{ $wrong }` ; voir `ringside people`.
several-called = { $number } collègues s’appellent `{ $wrong }` ; nommez-en un par son identifiant : { $ids } …
value-set = (défini, non affiché)
value-not-set = (non défini)
value-yours = (le vôtre)
value-theirs = (celui de votre organisation)
value-fixed = (fixé par votre organisation)

## Discretion

share-until = L’écran est partagé jusqu’à { $time }
share-locked = L’écran est verrouillé
share-not-named = Les appelants ne sont pas nommés
share-named = Les appelants sont nommés
share-desktop-dnd = « Ne pas déranger » du bureau est actif

## Accounts

file-not-good = { $file } n’est pas correct ; corrigez ce qui est nommé ci-dessus.
no-file = Il n’y a pas de fichier `{ $name }` ; il y a { $names }.
no-home-folder = Il n’y a pas de dossier personnel.
not-a-provider = `{ $name }` n’est pas un fournisseur connu ; utilisez l’un de { $names }.
not-a-pair = `{ $wrong }` n’est pas un réglage ; écrivez CLÉ=VALEUR.
account-already = Il y a déjà un compte `{ $id }` ; choisissez un autre nom.
account-added = Le compte `{ $id }` est ajouté ; `ringside account test { $same }` l’essaie.
no-account-in = Aucun compte dans { $file }.
no-account-called = Il n’y a pas de compte `{ $id }` ; `ringside account list` montre ceux qu’il y a.
account-removed = Le compte `{ $id }` et son secret sont retirés.
secret-stored = Le secret est enregistré dans le trousseau.
nothing-given = Rien n’a été donné ({ $what }) ; c’est lu du terminal ou de l’entrée standard.
sign-in-by-number = Se connecter par (1) :
choose-number = Choisissez un nombre de 1 à { $number }.
no-sign-in-way = Ce fournisseur n’a pas de connexion.
account-works = `{ $id }` marche : connecté par { $transport }, collègues : { $number }.
account-not-live = Pas de connexion en { $number } secondes ; vérifiez le réseau.
account-ended = C’est terminé.
account-ended-early = C’est terminé avant d’avoir entendu quoi que ce soit.

## Address books

no-books = Il n’y a pas de carnet d’adresses ; indiquez des fichiers dans la table [contacts] des réglages.
book-one-contact = 1 contact
book-many-contacts =
    { $count ->
        [one] { $count } contact
        [many] { $count } de contacts
       *[other] { $count } contacts
    }
book-skipped-one = 1 passage non pris ou incomplet
book-skipped = passages non pris ou incomplets : { $number }
book-line = ligne { $number } : { $text }
book-more = et { $number } de plus
book-result = Contacts utilisables : { $number } ; passages non pris ou incomplets : { $number2 }.
book-no-use = Rien de ce fichier n’est utilisable ; enregistrez-le en vCard, ou en CSV à colonnes nommées.
who-nobody = { $number } n’est dans aucun des fichiers de [contacts].
who-exact = exactement ce numéro
who-shared = plusieurs contacts ont ce numéro
who-ending = le seul numéro qui finisse ainsi
book-password = Mot de passe du carnet d’adresses du serveur :
book-no-password = Aucun mot de passe donné ; il est lu du terminal ou de l’entrée standard.
book-password-stored = Le mot de passe est enregistré dans le trousseau ; le carnet est lu dans les cinq minutes.

## The program

no-socket-folder = Il n’y a pas de dossier pour la connexion de contrôle ; indiquez XDG_RUNTIME_DIR.
another-runs = un autre Ringside tourne ; arrêtez-le d’abord, ou utilisez-le.
no-control-socket = la connexion de contrôle ne peut être créée en { $path } : { $error }.
own-fault = Ringside s’est arrêté par sa propre faute ; merci de la signaler.
printing-fault = L’affichage s’est arrêté par une faute de Ringside ; merci de la signaler.
output-unwritten = La sortie n’est pas complète, car elle ne peut être écrite ({ $error }) ; faites de la place ou dirigez-la ailleurs.
starts-with-session = Ringside démarre avec la session, dans la zone de notification et sans fenêtre.
entry-unwritten = L’entrée dans { $folder } ne peut être écrite : { $error }.
entry-unremoved = L’entrée dans { $folder } ne peut être retirée : { $error }.
would-start = { $program } démarrerait avec la session, mais n’existe pas ; lancez `ringside autostart on`.
no-running-ringside = Aucun Ringside ne tourne ; lancez `ringside agent`.
doctor-bundle = { $file } est écrit ; il ne nomme ni personne, ni numéro, ni compte.
doctor-bundle-unwritten = { $file } ne peut être écrit : { $error } ; indiquez un nouveau fichier.
doctor-settings = Réglages : { $file }
doctor-needs-you = Quelque chose vous attend : voir les lignes marquées FAIL.
watch-no-such = Il n’y a pas de compte `{ $id }` sans défaut dans les réglages.
watch-nothing = Il n’y a pas de compte à suivre ; lancez `ringside account add`.
watch-all-faulty = Aucun compte des réglages n’est sans défaut ; corrigez les lignes nommées ci-dessus.
record-there = { $path } existe déjà ; donnez à --record un nom libre.
record-unwritten = { $path } ne peut être écrit : { $error }.
watch-sign-in = Aucun compte ne peut continuer sans connexion ; lancez `ringside account sign-in ID` et recommencez.
watch-ended = Aucun compte ne peut continuer ; ce qui ne va pas est dit ci-dessus.
replay-result = Sessions : { $number } en { $seconds } s ; entrées : { $inputs }, réponses à ce qui n’était pas demandé : { $answers }.
replay-line = Ligne { $number } : { $text }
replay-unreadable = elle est illisible ({ $error }).
replay-no-recording = ce n’est pas une ligne d’enregistrement ; faites-en un avec `ringside watch --record`.
simulator-plain = Le simulateur parle sans chiffrement ; --listen doit être une adresse de cet ordinateur.
simulator-deaf = Le simulateur ne peut écouter sur { $address } : { $error }.
demo-deaf = Le bureau de démonstration ne peut écouter sur cet ordinateur : { $error }.
