# What forms ask and settings are called: titles, help and values that can be chosen. Read by whoever shows a form, where
# no name can be mistaken for a title.

## General

set-general = Général
set-popup-window = Fenêtre d’appel
set-popup-window-about = Ouvrir aussi une petite fenêtre quand un appel sonne.
set-proxy = Proxy
set-proxy-about = http://[utilisateur:mot de passe@]hôte:port ; vide : celui du système.
set-ca-file = Certificats
set-ca-file-about = Un fichier PEM de certificats acceptés en plus de ceux du système.
set-popups = Appels annoncés
set-popups-about = De qui les appels sont annoncés.

## What alerts say and do

set-alerts = Ce que disent et font les alertes
set-on-lock = Quand l’écran est verrouillé
set-on-lock-about = ce que montre un appel qui sonne
set-missed-on-lock = … pour les appels manqués
set-missed-on-lock-about = ce que montre un appel manqué quand l’écran est verrouillé
set-while-sharing = Quand l’écran est partagé
set-while-sharing-about = ce que montre un appel qui sonne ; voir `ringside share`
set-missed-while-sharing-about = ce que montre un appel manqué quand l’écran est partagé
set-sound = Son
set-sound-about = le son du bureau pour un appel qui sonne, en plus de celui du téléphone
set-missed-sound = Son des appels manqués
set-missed-sound-about = le son du bureau pour un appel manqué
set-crm-url = Système clients
set-crm-url-about = où un appelant est recherché, par exemple https://hôte/recherche?q={ "{" }number{ "}" }

## Windows

set-window = Fenêtres
set-theme = Couleurs
set-theme-about = système (system), clair (light), sombre (dark) ou contraste (contrast)
set-density = Espacement
set-density-about = aéré (roomy) : deux lignes par collègue ; serré (compact) : une ligne
set-text-percent = Taille du texte
set-text-percent-about = en pour cent, de 100 à 200
set-language = Langue
set-language-about = des fenêtres, de la zone de notification, des notifications et de la ligne de commande

## Call history

set-history = Historique des appels
set-keep-days = Garder les appels
set-keep-days-about = Nombre de jours pendant lesquels les appels sont gardés ; 0 n’en garde aucun

## Address books

set-contacts = Qui appelle : vos propres carnets d’adresses ; rien n’en quitte cet ordinateur
set-files = Fichiers
set-files-about = fichiers vCard (.vcf) et CSV, le plus sûr d’abord ; ~ est votre dossier personnel
set-country = Pays
set-country-about = dont les numéros nationaux y figurent, par exemple FR
set-carddav-url = Carnet d’adresses sur un serveur
set-carddav-url-about = l’adresse CardDAV d’un carnet d’adresses
set-carddav-user = Utilisateur là-bas
set-carddav-user-about = son mot de passe est dans le trousseau : ringside contacts sign-in

## Do-not-disturb

set-dnd = Ne pas déranger
set-schedule = Horaire
set-schedule-about = Quand il est actif de lui-même, par exemple "mon-fri 17:00-08:00".
set-morning = Matin
set-morning-about = L’heure à laquelle `jusqu’à demain` se termine.
set-working-days = Jours ouvrés
set-working-days-about = Les jours où `jusqu’à demain` peut se terminer, par exemple mon-fri.
set-ask-again-after = Redemander après
set-ask-again-after-about = Quand on demande s’il faut le garder, s’il n’a pas de fin.
set-toggle-for = Durée du raccourci
set-toggle-for-about = Combien de temps le raccourci l’active.
set-let-through = Laisser passer
set-let-through-about = Numéros qui sonnent quand même, par exemple "+33 1 23 45 67 89".
set-second-call-within = Deuxième appel
set-second-call-within-about = Un appelant qui rappelle dans ce délai sonne ; 0m pour jamais.

## Hotkeys

set-hotkeys = Touches actives quelle que soit la fenêtre au premier plan
set-hotkey-dnd = Ne pas déranger
set-hotkey-dnd-about = Active ou désactive « Ne pas déranger », par exemple Ctrl+Alt+D.
set-hotkey-window = Fenêtre
set-hotkey-window-about = Ouvre la fenêtre, par exemple Ctrl+Alt+R.
hotkey-toggles = Activer ou désactiver « Ne pas déranger »

## Rules

set-rule = Ce qui est fait de certains appels : la première règle qui convient décide
set-rule-account = Compte
set-rule-account-about = les appels de ce compte
set-rule-line = Ligne
set-rule-line-about = les appels par la ligne de ce nom ou de cet identifiant
set-rule-number = Numéro
set-rule-number-about = les appels de ce numéro ; +3370* pour tous ceux qui commencent ainsi, hidden pour les masqués
set-rule-kind = Genre
set-rule-kind-about = les appels qui sonnent, ou ceux sans réponse ; sinon les deux
set-rule-alert = Alerte
set-rule-alert-about = s’ils sont affichés, chez qui qu’ils sonnent
set-rule-sound-about = si le bureau émet un son
set-rule-popup-about = si la petite fenêtre s’ouvre aussi

## Values that can be chosen

choice-system = système
choice-light = clair
choice-dark = sombre
choice-contrast = contraste
choice-roomy = aéré
choice-compact = serré
choice-mine = les miens
choice-all = tous
choice-none = aucun
choice-show = afficher
choice-hide-name = cacher le nom
choice-auto = automatique

## What providers ask for

field-address = Adresse
field-where-events = D’où viennent les événements.
field-where-events-nguc = D’où viennent les événements ; les identifiants de la session sont ajoutés.
field-rest = L’API REST.
field-events = Événements
field-transport = Transport
field-transport-about = Comment viennent les événements ; auto prend le meilleur qui marche.
field-personal-token = Jeton personnel
field-personal-token-about = Créez-en un sur app.relatel.dk sous Compte, Applications autorisées.
field-firehose-url = Où se trouve le Firehose, par exemple https://pbx.example.com:9443.
field-domain = Domaine
field-domain-about = Le nom ou le domaine du compte avec lequel vous vous connectez.
field-accounts = Comptes
field-accounts-about = Les identifiants des comptes à écouter ; le vôtre et ses sous-comptes si rien n’est indiqué.
field-events-about = Les événements à écouter ; tous si rien n’est indiqué. La sonnerie exige CHANNEL_CREATE.
field-me = Moi
field-me-about = Qui vous êtes, si cela ne peut être trouvé : owner_id, devices, extension.
field-token-in-about = Où va le jeton de la connexion ; une query finit dans les journaux des proxys.
field-crossbar = L’API REST de Kazoo, si vous y avez droit : pour les noms, « Ne pas déranger » et les appels en cours.
field-user-and-password = Nom d’utilisateur et mot de passe
field-user-name = Nom d’utilisateur
field-password = Mot de passe
field-portal = Comme vous vous connectez au portail de votre fournisseur.
field-client-id = Identifiant client
field-client-id-about = `external.` et le nom de votre entreprise, tel que NGUC vous l’a donné ; requis pour se connecter avec un mot de passe.
field-user-id = Votre identifiant
field-user-id-about = Votre identifiant chez NGUC ; requis seulement si Ringside ne le trouve pas.
field-time-zone = Fuseau horaire
field-time-zone-about = Le fuseau des heures que NGUC écrit sans en donner.
field-event-map = Table des événements
field-event-map-about = Le chemin complet d’un fichier qui dit ce que signifient les événements de NGUC ; voir docs/event-map.md.
field-nguc-user = Ce avec quoi vous vous connectez à NGUC.
field-nguc-password = Votre mot de passe chez NGUC.
field-code = Code à usage unique
field-code-about = Le code de votre second facteur, si vous en avez un.
field-token = Jeton
field-access-token = Jeton d’accès
field-nguc-token-about = Un jeton que NGUC vous a délivré.
field-refresh-token = Jeton de renouvellement
field-nguc-refresh-about = Ce qui obtient le suivant ; sans lui, celui-ci dure jusqu’à son expiration.
field-token-path = Chemin du jeton
field-token-path-about = Où l’API donne les jetons pour les événements.
field-channels = Canaux
field-channels-about = Ce qui est écouté ; { "{" }id{ "}" } désigne votre utilisateur.
field-agent = Agent
field-agent-about = Quel agent vous êtes, si votre utilisateur ne le dit pas.
field-dnd-status = Statut « Ne pas déranger »
field-dnd-status-about = Le statut d’agent pour « Ne pas déranger ».
field-available-status = Statut disponible
field-available-status-about = Le statut d’agent après « Ne pas déranger ».
field-pat-about = Un jeton personnel comme pat_live_…
field-renews = Renouvelle un jeton d’accès qui expire.
field-email-and-password = E-mail et mot de passe
field-email = E-mail
field-as-at-semaswift = Comme chez Semaswift.
field-token-url = Adresse des jetons
field-token-url-about = Où votre organisation délivre les jetons Stringee ; laissez vide pour coller un jeton.
field-softphone = Utilisateur du softphone
field-softphone-about = Laissez vide si le jeton est l’utilisateur de votre softphone : les appelants sont affichés, mais Stringee vous compte en ligne tant que Ringside tourne, softphone ou non. Si le jeton est un utilisateur observateur, écrivez ici celui de votre softphone : les appels ne sont pas touchés, mais les numéros peuvent manquer sans relais.
field-stringee-api = L’API REST ; les projets d’autres régions ont leur propre adresse.
field-server-list = Liste des serveurs
field-server-list-about = Où demander les serveurs ; sinon à l’API REST.
field-servers = Serveurs
field-servers-about = Serveurs auxquels se connecter au lieu de demander une liste, par exemple wss://v1.stringee.com:6899/.
field-relay = Relais
field-relay-about = Le relais de votre organisation, s’il y en a un : il sait qui est là, les numéros des appelants et « Ne pas déranger ».
field-dnd-attribute = Attribut « Ne pas déranger »
field-dnd-attribute-about = L’attribut qui dit « Ne pas déranger ».
field-dnd-on = « Ne pas déranger » actif
field-dnd-on-about = Ce que vaut l’attribut quand c’est actif.
field-dnd-off = « Ne pas déranger » inactif
field-dnd-off-about = Ce que vaut l’attribut quand c’est inactif.
field-org-token-url = Adresse des jetons de l’organisation
field-authorization = Authorization
field-authorization-about = Ce que l’adresse des jetons de votre organisation veut comme en-tête Authorization, s’il y a lieu.
field-pasted-token = Jeton collé
field-client-token = Jeton client
field-client-token-about = Un jeton client Stringee ; il marche jusqu’à son expiration.
field-relay-token = Jeton du relais
field-relay-token-about = Ce que le relais veut à la place, s’il y a lieu.
