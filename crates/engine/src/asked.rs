//! What people asked for, and what became of it.

mod alerting;

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use model::{AccountId, CallId, PersonId, Problem, ProblemCode};
use protocols::Instant;
use providers::{Action, ActionId};
use secrecy::SecretString;
use tokio::sync::oneshot;

use crate::{
    Command, Incoming, NewAccount, Order, Reply, Secrets, SettingChange, add_account,
    contacts::read_number,
    core::{DndSwitch, nobody},
    engine::Loop,
    favourites,
    history::{Page, Query},
    paths, remove_account,
    settings::change_setting,
    store::Mark,
};

const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Commands whose actions are still on their way.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    open: BTreeMap<ActionId, usize>,
    groups: BTreeMap<usize, Group>,
    next: usize,
    /// Who waits for do-not-disturb to have settled.
    dnd: Vec<oneshot::Sender<Reply>>,
}

/// One command, done in several accounts.
#[derive(Debug)]
struct Group {
    reply: oneshot::Sender<Reply>,
    left: usize,
    problem: Option<Problem>,
    until: Instant,
}

impl Asked {
    fn group(
        &mut self,
        actions: Vec<ActionId>,
        problem: Option<Problem>,
        until: Instant,
        reply: oneshot::Sender<Reply>,
    ) {
        self.next += 1;
        self.groups.insert(self.next, Group { reply, left: actions.len(), problem, until });
        for action in actions {
            self.open.insert(action, self.next);
        }
        self.settle(self.next);
    }

    pub(crate) fn done(&mut self, action: ActionId, result: Result<(), Problem>) {
        let Some(number) = self.open.remove(&action) else { return };
        if let Some(group) = self.groups.get_mut(&number) {
            group.left = group.left.saturating_sub(1);
            group.problem = result.err().or(group.problem.take());
        }
        self.settle(number);
    }

    pub(crate) fn expire(&mut self, now: Instant) {
        let late: Vec<usize> =
            self.groups.iter().filter(|(_, group)| group.until <= now).map(|(&number, _)| number).collect();
        for number in late {
            self.open.retain(|_, group| *group != number);
            if let Some(group) = self.groups.get_mut(&number) {
                group.left = 0;
                group.problem = Some(Problem::new(
                    ProblemCode::Unreachable,
                    "The provider did not answer in time; look whether it was done before trying again.",
                ));
            }
            self.settle(number);
        }
    }

    pub(crate) fn waits_for_dnd(&self) -> bool {
        !self.dnd.is_empty()
    }

    pub(crate) fn dnd_settled(&mut self, verdict: &Reply) {
        for reply in self.dnd.drain(..) {
            drop(reply.send(verdict.clone()));
        }
    }

    fn settle(&mut self, number: usize) {
        if self.groups.get(&number).is_some_and(|group| group.left == 0)
            && let Some(group) = self.groups.remove(&number)
        {
            // Whoever asked may have gone.
            drop(group.reply.send(group.problem.map_or(Ok(()), Err)));
        }
    }
}

impl Loop {
    /// Does what was asked for; the reply comes when it is done.
    pub(crate) fn command(&mut self, command: Command, reply: oneshot::Sender<Reply>) {
        let done = match command {
            Command::DndOn { length } => return self.dnd(DndSwitch::On(length), reply),
            Command::DndOff => return self.dnd(DndSwitch::Off, reply),
            Command::DndToggle => return self.dnd(DndSwitch::Toggle, reply),
            Command::DndKeep => return self.dnd(DndSwitch::Keep, reply),
            Command::Dial { number, account } => return self.dial(&number, account, reply),
            Command::CallBack { call } => {
                let known = self
                    .core
                    .call(&call)
                    .and_then(|call| Some((call.peer.number.clone()?, call.account.clone())));
                self.core.missed_call_seen(&call);
                return match known {
                    Some((number, account)) => self.dial(number.as_str(), Some(account), reply),
                    None => self.call_back_past(call, reply),
                };
            }
            Command::PickUp { queue, caller } => return self.pick_up(&queue, caller, reply),
            Command::Retry { account } => {
                self.parts.secrets.ask_again();
                let accounts = account.map_or_else(|| self.account_ids(), |account| vec![account]);
                let all = accounts.iter().all(|account| self.order(account, Order::Retry));
                if all { Ok(()) } else { Err(no_account()) }
            }
            Command::SignIn { account, secret } => return self.sign_in(account, secret.0, reply),
            Command::AddAccount(account) => return self.add(account, reply),
            Command::RemoveAccount { account } => return self.remove(account, reply),
            Command::Silence { call } => {
                self.core.silence(call);
                Ok(())
            }
            Command::CallPerson { person } => {
                let known = self.core.person(&person).and_then(|person| person.number.clone());
                let account = person.as_str().split_once('/').map(|(account, _)| account.into());
                match known {
                    Some(number) => return self.dial(&number, account, reply),
                    None => Err(Problem::new(
                        ProblemCode::Settings,
                        "This colleague's number is not known; ask them for it.",
                    )),
                }
            }
            Command::Favourite { person, on } => self.favourite(person, on),
            Command::TellWhenFree { person, minutes } => {
                let (now, wall) = (self.parts.clock.now(), self.parts.clock.wall());
                self.core.tell_when_free(now, wall, &person, minutes)
            }
            Command::TellNoMore { person } => {
                self.core.tell_no_more(&person);
                Ok(())
            }
            Command::Set(change) => self.set(&change),
            Command::QuietCaller { call } => self.quiet_caller_of(&call),
            Command::QuietNumber { number } => self.quiet_number(&number),
            Command::AllowCaller { number } => self.allow_caller(number.as_deref()),
            Command::OpenCrm { call } => self.open_crm(&call),
            Command::CopyNumber { call } => self.copy_number(&call),
            Command::Share { minutes } => self.share(minutes),
            Command::MissedSeen => {
                self.core.missed_seen();
                Ok(())
            }
            Command::CallSeen { call } => {
                self.core.missed_call_seen(&call);
                Ok(())
            }
            Command::Note { call, text } => return self.mark(Mark::Note(call, text), reply),
            Command::Remind { call, at } => return self.mark(Mark::Remind(call, at), reply),
            Command::MakePrivate { call } => return self.mark(Mark::Private(call), reply),
            Command::Erase { calls } => return self.mark(Mark::Erase(calls), reply),
            Command::Check { tell } => return self.check(tell, reply),
            Command::Open { window } => self.open(window),
            Command::Quit => {
                self.quit = true;
                Ok(())
            }
        };
        drop(reply.send(done));
    }

    fn favourite(&mut self, person: PersonId, on: bool) -> Reply {
        let mut people = self.core.favourites.clone();
        if on && people.len() >= favourites::MOST {
            let text = "You have 500 favourites already; remove one of them first.";
            return Err(Problem::new(ProblemCode::Settings, text));
        }
        let differs = if on {
            self.core.person(&person).ok_or_else(nobody)?;
            people.insert(person)
        } else {
            people.remove(&person)
        };
        if let (true, Some(folder)) = (differs, &self.parts.state_folder) {
            favourites::keep(folder, &people).map_err(|error| {
                let text = format!("Favourites cannot be kept in {}: {error}.", folder.display());
                Problem::new(ProblemCode::Settings, text)
            })?;
        }
        self.core.favourites = people;
        Ok(())
    }

    fn set(&mut self, change: &SettingChange) -> Reply {
        let path = self.parts.settings_file.clone().ok_or_else(fixed_settings)?;
        let organisation = paths::organisation_settings();
        change_setting(&path, organisation.as_deref(), change)?;
        self.reread_settings();
        Ok(())
    }

    fn account_ids(&self) -> Vec<AccountId> {
        self.core.settings().accounts.iter().map(|account| account.id.clone()).collect()
    }

    /// The reply comes when every account has taken it, or not.
    fn dnd(&mut self, switch: DndSwitch, reply: oneshot::Sender<Reply>) {
        let (now, wall) = (self.parts.clock.now(), self.parts.clock.wall());
        match self.core.switch_dnd(now, wall, switch) {
            Ok(()) => self.asked.dnd.push(reply),
            Err(problem) => drop(reply.send(Err(problem))),
        }
    }

    fn dial(&mut self, number: &str, account: Option<AccountId>, reply: oneshot::Sender<Reply>) {
        let mut able = self.core.accounts_that(|able| able.dial);
        able.retain(|id| account.as_ref().is_none_or(|wanted| wanted == id));
        able.truncate(1);
        // A number without its country code is meant as the account's own country writes it.
        let plan = able.first().and_then(|id| self.core.settings().account(id));
        let plan = plan.map(|account| account.numbers.clone()).unwrap_or_default();
        let Some(number) = read_number(number, &plan) else {
            let text =
                "This is no full phone number; write it with its country code, such as +45 11 22 33 44.";
            drop(reply.send(Err(Problem::new(ProblemCode::Settings, text))));
            return;
        };
        let nobody = Problem::new(
            ProblemCode::Forbidden,
            "No connected account can start a call; check the connections.",
        );
        self.act(&able, &Action::Dial(number), nobody, reply);
    }

    /// Calls somebody back by a call of the history.
    fn call_back_past(&self, call: CallId, reply: oneshot::Sender<Reply>) {
        let (store, sender) = (self.store.clone(), self.sender.clone());
        tokio::spawn(async move {
            let query = Query { call: Some(call), limit: 1, ..Query::default() };
            let page = match store {
                Some(store) => store.page(query).await,
                None => Ok(Page::default()),
            };
            let past = page.map(|page| page.calls.into_iter().next().map(|past| past.call));
            let known = past.map(|call| call.and_then(|call| Some((call.peer.number?, call.account))));
            match known {
                Ok(Some((number, account))) => {
                    let dial = Command::Dial { number: number.to_string(), account: Some(account) };
                    drop(sender.send(Incoming::Command(dial, reply)).await);
                }
                Ok(None) => {
                    let text = "This caller's number is not known.";
                    drop(reply.send(Err(Problem::new(ProblemCode::Settings, text))));
                }
                Err(problem) => drop(reply.send(Err(problem))),
            }
        });
    }

    fn pick_up(&mut self, queue: &str, caller: Option<String>, reply: oneshot::Sender<Reply>) {
        let problem = |code, text| Problem::new(code, text);
        let Some((account, queue)) = self.core.queue(queue) else {
            let text = "There is no such queue; `ringside status` shows those there are.";
            drop(reply.send(Err(problem(ProblemCode::Settings, text))));
            return;
        };
        let caller = match caller {
            Some(caller) => queue.waiting.iter().find(|waiting| waiting.id.as_ref() == Some(&caller)),
            None => queue.waiting.first(),
        };
        let Some(caller) = caller.and_then(|caller| caller.id.clone()) else {
            let text = "Nobody waits there any more; somebody else has taken the call.";
            drop(reply.send(Err(problem(ProblemCode::Settings, text))));
            return;
        };
        let mut able = self.core.accounts_that(|able| able.pick_up);
        able.retain(|id| id == account);
        let nobody =
            problem(ProblemCode::Forbidden, "This account cannot pick up a waiting call; use the phone.");
        let queue =
            queue.id.strip_prefix(account.as_str()).unwrap_or(&queue.id).trim_start_matches('/').to_owned();
        self.act(&able, &Action::PickUp { queue, caller }, nobody, reply);
    }

    fn act(
        &mut self,
        accounts: &[AccountId],
        action: &Action,
        nobody: Problem,
        reply: oneshot::Sender<Reply>,
    ) {
        let mut problem = accounts.is_empty().then_some(nobody);
        let mut begun = Vec::new();
        for account in accounts {
            let id = self.core.action_id();
            if self.order(account, Order::Act(id, action.clone())) {
                begun.push(id);
            } else {
                problem = Some(no_account());
            }
        }
        let until = self.parts.clock.now() + ANSWER_WITHIN;
        self.asked.group(begun, problem, until, reply);
    }

    fn sign_in(&mut self, account: AccountId, secret: String, reply: oneshot::Sender<Reply>) {
        if self.core.settings().account(&account).is_none() {
            drop(reply.send(Err(no_account())));
            return;
        }
        let (secrets, sender) = (Arc::clone(&self.parts.secrets), self.sender.clone());
        tokio::spawn(async move {
            let done = match store(secrets.as_ref(), &account, secret).await {
                Ok(()) => retry(&sender, account).await,
                Err(problem) => Err(problem),
            };
            drop(reply.send(done));
        });
    }

    fn add(&mut self, account: NewAccount, reply: oneshot::Sender<Reply>) {
        let checked = check_account(&account);
        let (Some(path), Ok(())) = (self.parts.settings_file.clone(), &checked) else {
            drop(reply.send(checked.and(Err(fixed_settings()))));
            return;
        };
        let (secrets, sender) = (Arc::clone(&self.parts.secrets), self.sender.clone());
        tokio::spawn(async move {
            let done = match store(secrets.as_ref(), &account.id, account.secret.0.clone()).await {
                Ok(()) => write(&path, |path| add_account(path, &account)),
                Err(problem) => Err(problem),
            };
            drop(sender.send(Incoming::SettingsChanged).await);
            drop(reply.send(done));
        });
    }

    fn remove(&mut self, account: AccountId, reply: oneshot::Sender<Reply>) {
        let Some(path) = self.parts.settings_file.clone() else {
            drop(reply.send(Err(fixed_settings())));
            return;
        };
        let (secrets, sender) = (Arc::clone(&self.parts.secrets), self.sender.clone());
        tokio::spawn(async move {
            let forgotten = secrets.delete(&account).await.map_err(|fault| fault.problem(&account));
            let done = write(&path, |path| remove_account(path, account.as_str()));
            drop(sender.send(Incoming::SettingsChanged).await);
            drop(reply.send(done.and(forgotten)));
        });
    }
}

async fn store(secrets: &dyn Secrets, account: &AccountId, secret: String) -> Reply {
    secrets.write(account, SecretString::from(secret)).await.map_err(|fault| fault.problem(account))
}

async fn retry(sender: &tokio::sync::mpsc::Sender<Incoming>, account: AccountId) -> Reply {
    let (reply, done) = oneshot::channel();
    let asked = sender.send(Incoming::Command(Command::Retry { account: Some(account) }, reply)).await;
    match asked {
        Ok(()) => done.await.unwrap_or(Ok(())),
        Err(_) => Ok(()),
    }
}

fn write(path: &Path, change: impl FnOnce(&Path) -> anyhow::Result<()>) -> Reply {
    change(path).map_err(|error| Problem::new(ProblemCode::Settings, format!("{error}.")))
}

/// Whether a new account's name, vendor and keys are good.
///
/// # Errors
/// What to change.
pub fn check_account(account: &NewAccount) -> Reply {
    let settings = |text: String| Problem::new(ProblemCode::Settings, text);
    let id = account.id.as_str();
    if id.is_empty()
        || id.len() > 64
        || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Err(settings("An account's name is made of a-z, 0-9 and -; choose such a name.".to_owned()));
    }
    let vendor = providers::vendor(&account.provider)
        .ok_or_else(|| settings(format!("`{}` is not a known provider.", account.provider)))?;
    let mut keys = serde_json::Map::new();
    for (key, text) in &account.settings {
        let known = vendor.keys.iter().find(|known| known.name == key.as_str()).ok_or_else(|| {
            settings(format!("`{key}` is not a setting of this provider; see `ringside settings schema`."))
        })?;
        keys.insert(key.clone(), crate::settings::json(known, text).map_err(settings)?);
    }
    (vendor.check)(&keys).map_err(|fault| settings(fault.text))
}

fn no_account() -> Problem {
    Problem::new(
        ProblemCode::Settings,
        "There is no such account; `ringside account list` shows those there are.",
    )
}

fn fixed_settings() -> Problem {
    Problem::new(
        ProblemCode::Settings,
        "The demo's accounts cannot be changed; start Ringside without --demo.",
    )
}
