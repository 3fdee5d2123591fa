# What is wrong with settings, files and address books, and what could not be done. Variables as in `problems.ftl`.

## Settings, line by line

not-toml = ce n’est pas du TOML ({ $why }) ; corrigez la ligne, rien n’a été changé.
settings-of-organisation = Les réglages de l’organisation, ligne { $line } : { $text }
version-newer = `version` n’est pas 1 : ce fichier vient peut-être d’un Ringside plus récent ; ce qui est compris est utilisé.
popup-window-value = `popup_window` doit être true ou false ; false est utilisé.
proxy-value = `proxy` doit être un texte comme "http://proxy:3128".
ca-file-value = `ca_file` doit être le chemin d’un fichier PEM.
locked-value = `locked` doit être une liste comme ["proxy", "window.theme"].
section-table = `{ $name }` doit être une table ; commencez-la par [{ $same }].
row-table = une entrée `{ $name }` commence par [[{ $same }]], entre doubles crochets.
row-left-out = cette entrée `{ $name }` est laissée de côté jusqu’à correction.
misfit-used = `{ $key }` doit être { $known } ; la valeur par défaut est utilisée.
misfit = `{ $key }` doit être { $known }.
what-one-of = l’un de { $choices }
what-text = un texte entre guillemets
what-path = le chemin d’un fichier, entre guillemets
what-number = un nombre entier, au moins 0
what-switch = true ou false
what-list = une liste de textes, comme ["a", "b"]
what-table = une table, comme { "{" } a = 1 { "}" }
what-number-30 = un nombre, comme 30
what-list-one-two = une liste, comme ["un", "deux"]
what-table-key = une table, comme { "{" } key = "value" { "}" }
what-text-quotes = un texte entre guillemets
what-texts-one-two = une liste de textes, comme ["un", "deux"]
what-channels-list = une liste comme ["voice:calls", "tickets:mine"]
what-servers-list = une liste comme ["wss://host:6899/"]
what-token-path = un chemin comme /api/v1/realtime/token
what-header-or-query = header ou query
what-transports = auto, websocket, long-polling ou polling
what-me-table = une table comme { "{" } owner_id = "…", devices = ["…"], extension = "1001" { "}" }
what-time = une heure comme 06:00
what-days = des jours comme mon-fri
what-length = une durée comme 30m ou 8h, au plus 7 jours
what-percent = entre 100 et 200
what-rule-number = un numéro complet comme "+33123456789", un début comme "+3370*", ou "hidden"
no-inline-account = un compte doit être une table ; commencez-le par [[account]].
account-brackets = un compte commence par [[account]], entre doubles crochets.
id-letters = `id` doit se composer de a-z, 0-9 et -, par exemple "work".
no-id = le compte n’a pas d’`id` ; ajoutez-en un, par exemple id = "work".
same-id = un autre compte a le même `id` ; donnez le sien à celui-ci.
no-provider = le compte n’a pas de `provider` ; ajoutez l’un de { $names }.
unknown-provider = ce `provider` n’est pas connu ; utilisez l’un de { $names }.
unknown-provider-near = ce `provider` n’est pas connu ; vouliez-vous dire "{ $near }" ?
popups-value = `popups` doit être "mine", "all" ou "none" ; "mine" est utilisé.
popups-value-short = `popups` doit être "mine", "all" ou "none".
popup-window-short = `popup_window` doit être true ou false.
country-value = `country` doit être deux lettres comme "FR" ; les numéros sans indicatif de pays ne sont pas compris.
not-a-country = `country` "{ $country }" n’est pas un pays ; écrivez deux lettres comme "FR".
prefixes-value = `strip_prefixes` doit être une liste de textes comme ["L0#"] ; elle n’est pas utilisée.
secret-in-settings = `{ $key }` n’a pas sa place ici : retirez-le, et lancez `ringside account sign-in { $id }`.
unknown-key = `{ $key }` n’est pas une clé connue et est ignorée.
unknown-key-near = `{ $key }` n’est pas une clé connue et est ignorée ; vouliez-vous dire `{ $near }` ?
no-such-setting = `{ $key }` n’est pas une clé connue ; `ringside settings list` les montre.
no-such-table = `{ $name }` n’est pas une table connue des réglages.
not-a-table = `{ $name }` dans les réglages n’est pas une table ; corrigez à la main.
fixed-value = Votre organisation a fixé cette valeur ; demandez à qui s’occupe de votre ordinateur.
not-own-account = Ce compte n’est pas dans vos propres réglages, ou pas comme table [[account]] ; corrigez le fichier à la main.
provider-not-known = Le fournisseur de ce compte n’est pas connu ; corrigez les réglages à la main.
accounts-no-list = `account` dans les réglages n’est pas une liste de tables [[account]] ; corrigez à la main.
account-there = il y a déjà un compte `{ $id }` ; choisissez un autre nom.
settings-unreadable = le fichier des réglages est illisible : { $error }.
settings-left-alone = le fichier des réglages n’est pas du TOML et n’a pas été touché ; corrigez-le à la main : { $error }.
settings-unwritable = le fichier des réglages ne peut être écrit : { $error }.
settings-not-utf8 = Les réglages { $file } ne sont pas du texte UTF-8 ; enregistrez-les ainsi.
settings-no-read = Les réglages { $file } sont illisibles : { $error }.
call-which = Dites quel appel : un identifiant, `last` ou un texte à rechercher.
call-no-id = `{ $call }` n’est pas l’identifiant d’un appel ; `ringside calls --json` les montre.
settings-organisation-unreadable = Les réglages de l’organisation { $file } ne peuvent pas être lus ; demandez à votre administrateur : { $error }.
settings-reread = Les réglages ne peuvent pas être lus, et ce qu’ils disaient avant reste valable ; regardez { $file } : { $error }.
no-home = Il n’y a pas de dossier personnel ; utilisez --config FILE.

## Values of accounts and tables

not-an-address = `{ $key }` n’est pas une adresse ; écrivez-en une comme https://host/path.
secret-in-address = `{ $key }` contient un mot de passe ou un jeton ; mettez-le dans le trousseau : `ringside account sign-in ID`.
not-encrypted = `{ $key }` n’est pas chiffré ; utilisez https:// (http:// ne vaut que pour cet ordinateur).
begin-https = `{ $key }` doit commencer par https://.
begin-wss = `{ $key }` doit commencer par wss://.
not-empty = `{ $key }` ne doit pas être vide.
firehose-no-url = `url` manque ; écrivez l’adresse du fournisseur, par exemple https://pbx.example.com:9443.
firehose-no-domain = `domain` manque ; écrivez le nom ou le domaine du compte avec lequel vous vous connectez.
firehose-secret = Le secret ne contient pas `username` et `password` ; reconnectez-vous.
firehose-me-key = `me` n’a pas de `{ $key }` ; il a owner_id, devices et extension.
firehose-me-text = `{ $key }` dans `me` doit être un texte entre guillemets.
firmafon-secret = Le secret ne contient pas d’`access_token` ; reconnectez-vous.
nguc-zone = `time_zone` n’est pas connu sur cet ordinateur ; écrivez un nom comme Europe/Stockholm, ou une règle comme CET-1CEST,M3.5.0,M10.5.0/3.
nguc-secret = Le secret ne contient ni mot de passe ni jeton ; reconnectez-vous.
event-map-fault = Le fichier `event_map` a une erreur : { $place }
semaswift-secret = Le secret ne contient ni jeton d’accès ni e-mail et mot de passe ; reconnectez-vous.
secret-unreadable = Le secret est illisible ; reconnectez-vous.
stringee-api-key = Cela ressemble à une clé API Stringee ; sa place est sur le serveur de votre organisation, qui crée des jetons avec : donnez plutôt un jeton ou le mot de passe de l’adresse des jetons.
stringee-no-token-url = `token_url` manque ; écrivez où votre organisation délivre les jetons, ou connectez-vous avec un jeton.
stringee-authorization = Authorization ne peut être envoyé : il contient un caractère qu’aucun en-tête ne peut avoir ; reconnectez-vous.
let-through-value = `let_through` doit contenir des numéros complets avec indicatif de pays, par exemple +33 1 23 45 67 89.
schedule-value = `{ $wrong }` dans `schedule` n’est pas des jours et heures ; écrivez par exemple mon-fri 17:00-08:00.
schedule-always = `schedule` doit laisser du temps sans « Ne pas déranger » ; raccourcissez-le.
rule-nothing = la règle ne fait rien ; ajoutez alert = "show", alert = "quiet", sound ou popup.
hotkey-value = `{ $key }` n’est pas un raccourci ; écrivez des modificateurs et une touche, par exemple Ctrl+Alt+D.
crm-host = `crm_url` doit nommer un hôte ; mettez les champs après, par exemple https://host/search?q={ "{" }number{ "}" }.
crm-fields = `crm_url` peut avoir les champs { "{" }number{ "}" }, { "{" }digits{ "}" }, { "{" }name{ "}" }, { "{" }line{ "}" } et { "{" }account{ "}" }, et aucune autre accolade.
crm-nothing = `crm_url` ne dit rien de l’appelant ; écrivez { "{" }number{ "}" } là où va le numéro.
crm-address = `crm_url` n’est pas une adresse ; écrivez-en une comme https://host/search?q={ "{" }number{ "}" }.
proxy-unusable = `proxy` dans les réglages est inutilisable ; écrivez-le comme http://hôte:port.
ca-file-unusable = `ca_file` ({ $file }) est inutilisable : { $known } ; indiquez un fichier PEM.
ca-file-error = `ca_file` ({ $file }) est inutilisable : { $why } ; indiquez un fichier PEM.
what-not-pem = il n’est pas au format PEM
what-no-certificate = il ne contient aucun certificat
what-bad-certificate = l’un de ses certificats est illisible
tls-unusable = TLS est inutilisable : { $error }.
key-file-unreadable = Le fichier que nomme `{ $key }` est illisible ({ $error }) ; corrigez son chemin.

## Address books

carddav-unasked = Le carnet d’adresses du serveur n’a pu être interrogé ({ $detail }) ; nouvel essai plus tard.
carddav-odd = Le carnet d’adresses du serveur a répondu autre chose que du XML ; vérifiez `carddav_url`.
carddav-password = Le carnet d’adresses du serveur a refusé le mot de passe ; lancez `ringside contacts sign-in`.
carddav-nowhere = Le carnet d’adresses du serveur est introuvable ; vérifiez `carddav_url`.
carddav-status = Le carnet d’adresses du serveur a répondu avec le statut { $status } ; nouvel essai plus tard.
carddav-waits = Le carnet d’adresses du serveur attend que les réglages réseau soient corrigés.
carddav-user = `carddav_url` demande `carddav_user` à côté dans [contacts].
carddav-no-password = Le mot de passe du carnet d’adresses du serveur n’est pas disponible ; lancez `ringside contacts sign-in`.
carddav-odd-secret = L’entrée du trousseau pour le carnet d’adresses n’est pas comprise ; lancez `ringside contacts sign-in`.
book-useless = { $source } n’a aucun contact utilisable ; `ringside contacts check FILE` dit pourquoi.
no-book = { $file } n’est pas un carnet d’adresses ; indiquez un fichier .vcf ou .csv dans [contacts].
book-unreadable = Le carnet d’adresses { $file } est illisible ({ $error }) ; corrigez `files` dans [contacts].
card-name-cut = le nom dépasse 200 caractères et a été coupé
card-no-name = il n’a pas de nom
card-no-number = il n’a pas de numéro
card-bad-number = ce qui est écrit comme numéro n’en est pas un
card-too-many = il y a plus de 500 000 contacts
card-one-bad-number = l’un de ses numéros n’en est pas un ; les autres sont utilisés
row-unreadable = la ligne est illisible
no-columns = aucune colonne ne s’appelle à peu près nom, ou aucune à peu près téléphone
not-a-card = ne fait partie d’aucune fiche
card-open-next = la fiche n’a pas de fin ; ce qui précède la suivante est utilisé
card-open = la fiche n’a pas de fin ; ce qu’il y en a est utilisé

## What was asked for

favourites-not-kept = Les favoris ne peuvent être gardés dans { $file } : { $error }.
favourites-unreadable = Les favoris sont illisibles : { $error } ; corrigez ou retirez le fichier.
no-such-queue = Cette file n’existe pas ; `ringside status` montre celles qu’il y a.
account-name-letters = Le nom d’un compte se compose de a-z, 0-9 et - ; choisissez-en un tel.
no-known-provider = `{ $name }` n’est pas un fournisseur connu.
not-of-provider = `{ $key }` n’est pas un réglage de ce fournisseur ; voir `ringside settings schema`.
not-quiet = Cet appelant n’était pas silencieux ; `ringside quiet list` montre qui l’est.
no-crm = Il n’y a pas d’adresse où rechercher cet appelant ; indiquez `crm_url` sous [alerts].
share-length = Un écran se partage une minute au moins et un jour au plus ; choisissez une telle durée.
no-such-colleague = Ce collègue n’existe pas ; `ringside people --json` montre les identifiants de ceux qu’il y a.
history-no-such-call = Cet appel n’est pas dans l’historique ; `ringside calls` montre ceux qu’il y a.
calls-not-saved = Les appels ne peuvent être enregistrés dans { $folder } : { $error }.
no-folder-for-calls = Cet utilisateur n’a pas de dossier où enregistrer les appels ; utilisez `ringside calls --export`.
no-store-here = Rien ne garde les appels ici ; utilisez `ringside agent`.
no-desktop = Il n’y a pas de bureau où ouvrir une fenêtre.
not-ready = Le compte n’est pas prêt.
state-unwritable = { $file } dans le dossier d’état ne peut être écrit ({ $error }) ; faites de la place ou corrigez ses droits.
request-odd = Cette demande n’est pas comprise ; voir le contrat.
demo-no-secrets = La démo ne garde pas de secrets.
dnd-memory = Ce que « Ne pas déranger » retient (dnd.json dans le dossier d’état) est illisible et reste tel quel ; retirez le fichier, et voyez si « Ne pas déranger » est actif dans vos comptes.
dnd-quiet-here = Silencieux ici, mais pas partout, un nouvel essai suit : { $account } : { $text }
dnd-off-here = Désactivé ici, mais pas partout, un nouvel essai suit : { $account } : { $text }
no-hotkeys-bound = Le bureau n’a pas pris les raccourcis ; autorisez-les dans ses réglages, ou indiquez d’autres touches dans [hotkeys].
keyring-no-text = Ce que le trousseau contient pour ce compte n’est pas du texte ; reconnectez-vous.
credentials-id = L’identifiant d’un compte ne peut contenir que a-z, 0-9 et - ; donnez-en un autre au compte.
credentials-unwritten = Ringside n’écrit pas dans { $folder } ; modifiez { $file } vous-même et relancez Ringside.
credentials-no-folder = Il n’y a pas de dossier { $folder } ; indiquez-en un existant avec --credentials.
credentials-unreadable = { $file } est illisible ({ $error }) ; faites-en le vôtre, avec les droits 600.
credentials-long = { $file } est trop long pour un secret ; mettez-y seulement son JSON.
credentials-no-json = { $file } ne contient pas de JSON ; écrivez-le là, par exemple { "{" }"access_token":"…"{ "}" }.
credentials-unexamined = { $file } ne peut être examiné ; faites-en le vôtre, avec les droits 600.
credentials-no-file = { $file } n’est pas un fichier ; mettez-y un fichier.
credentials-foreign = { $file } appartient à quelqu’un d’autre ; faites-en le vôtre, avec les droits 600.
credentials-open = { $file } est lisible par d’autres ; lancez `chmod 600` dessus.

## Why a call was shown or not, in other words

why-rule-says = une règle le dit
why-same = le même appel que { $call }
why-same-shown = le même appel qu’un autre affiché
why-desktop-quiet = { $text } ; « Ne pas déranger » du bureau est actif

## A window that is not drawn

no-resident = La partie résidente de Ringside ne tourne pas ; rouvrez Ringside.
window-blank = La fenêtre de Ringside ne peut être affichée
window-blank-why = Le moteur web de cet ordinateur ne la dessine pas. Les appels sont annoncés quand même ; continuez avec la zone de notification, ou avec `ringside status` et `ringside doctor` dans un terminal.
