//! A recording of an account at every vendor can be handed over: it says the same when played, and nothing of anybody.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufReader,
    sync::Arc,
    time::Duration,
};

use engine::{
    Command, FixedSecrets, Observed, Parts, Recorder, Settings, SystemClock, control::Control as _,
};
use model::{AccountId, Change, Time};
use simulator::{Options, Simulator};
use tokio::{sync::mpsc, time::timeout};

/// No wait is longer, and none should come near it.
const DEADLINE: Duration = Duration::from_secs(60);

/// So many changes of each account are seen before the recording ends.
const ENOUGH: usize = 40;

/// What became of each call, person and queue of an account; ids, names and numbers are others in a recording, and
/// with them the order of what comes at once.
type Course = BTreeMap<String, BTreeMap<String, Vec<String>>>;

#[derive(Default)]
struct Seen {
    course: Course,
    /// Names, numbers and tokens that must not be in the file.
    personal: BTreeSet<String>,
}

impl Seen {
    fn note(&mut self, observed: &Observed) {
        let Observed::Change(change) = observed else { return };
        let (account, whose, what) = match change {
            Change::Call { account, call, .. } => {
                self.personal.extend(call.peer.number.iter().map(|number| digits(number.as_str())));
                self.personal.extend(call.peer.name.iter().flat_map(|name| words(name)));
                let (state, outcome, mine) = (call.state, call.outcome, call.mine);
                (
                    account,
                    call.id.to_string(),
                    format!("call {:?} {state:?} {outcome:?} {mine:?}", call.direction),
                )
            }
            Change::Person { account, person } => {
                self.personal.extend(person.number.iter().map(|number| digits(number)));
                self.personal.extend(person.name.iter().flat_map(|name| words(name)));
                let (dnd, me) = (person.dnd, person.me);
                (account, person.id.to_string(), format!("person {:?} {dnd} {me}", person.availability))
            }
            Change::Queue { account, queue } => {
                (account, queue.id.clone(), format!("queue {}", queue.waiting.len()))
            }
            Change::Ticket { account, ticket } => {
                (account, ticket.id.clone(), format!("ticket {}", ticket.changes.len()))
            }
            Change::Unknown { account, unknown } => {
                (account, unknown.name.clone(), format!("unknown {}", unknown.count))
            }
            // The recording ends where the program did, and an engine that ends says more.
            Change::Connection { .. }
            | Change::PersonLeft { .. }
            | Change::Gap { .. }
            | Change::Corrected { .. } => return,
        };
        let course = self.course.entry(account.as_str().to_owned()).or_default();
        course.entry(whose).or_default().push(what);
    }

    fn count(&self, account: &AccountId) -> usize {
        self.course.get(account.as_str()).map_or(0, |course| course.values().map(Vec::len).sum())
    }
}

/// What has no like in `is`, each of which is the like of one; `is` may have gone on.
fn missing<'a>(
    was: &'a BTreeMap<String, Vec<String>>,
    is: &BTreeMap<String, Vec<String>>,
) -> Option<&'a Vec<String>> {
    let mut unused: Vec<&Vec<String>> = is.values().collect();
    unused.sort_by_key(|course| course.len());
    let mut wanted: Vec<&Vec<String>> = was.values().collect();
    wanted.sort_by_key(|course| std::cmp::Reverse(course.len()));
    wanted.into_iter().find(|wanted| {
        let like = unused.iter().position(|course| course.starts_with(wanted));
        like.map(|like| unused.remove(like)).is_none()
    })
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// The words of a name that are nobody else's: short ones are in any text.
fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 5)
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_of_every_vendor_says_the_same_and_nothing_of_anybody() {
    let options = Options { people: 12, rate: 200.0, ..Options::default() };
    let simulator = Simulator::start(options).await.unwrap();
    let secrets: Vec<(AccountId, _)> =
        simulator.secrets().map(|(account, secret)| (account.into(), secret.into())).collect();
    let accounts: Vec<AccountId> = secrets.iter().map(|(account, _)| account.clone()).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording.jsonl");
    let clock = Arc::new(SystemClock);
    let recorder = Recorder::create(&path, clock.as_ref()).unwrap();
    assert!(Recorder::create(&path, clock.as_ref()).is_err(), "a file that is there is left alone");
    let (observer, mut observed) = mpsc::channel::<Vec<(Time, Observed)>>(2);
    let parts = Parts {
        clock,
        secrets: Arc::new(FixedSecrets::new(secrets)),
        observer: Some(observer),
        recorder: Some(recorder),
        ..Parts::default()
    };
    let (handle, running) = engine::start(Settings::parse(&simulator.settings()), parts, engine::queue());
    let mut live = Seen::default();
    let watching = async {
        while accounts.iter().any(|account| live.count(account) < ENOUGH) {
            for (_, what) in observed.recv().await.unwrap() {
                live.note(&what);
            }
        }
    };
    let waited = timeout(DEADLINE, watching).await;
    let seen: Vec<_> = accounts.iter().map(|account| (account, live.count(account))).collect();
    assert!(waited.is_ok(), "seen: {seen:?}");
    observed.close();
    drop(handle.act(Command::Quit).await);
    running.await.unwrap();
    simulator.stop().await;

    let mut again = Seen::default();
    let file = BufReader::new(std::fs::File::open(&path).unwrap());
    let played = engine::replay(file, &[], |_, what| again.note(what)).unwrap();
    assert_eq!((played.sessions, played.unasked), (accounts.len(), 0));
    for account in &accounts {
        let was = &live.course[account.as_str()];
        // Which account it is in the recording is not told; only its own has the like of all that was.
        let lacking = again.course.values().map(|is| missing(was, is)).min_by_key(Option::is_some).flatten();
        assert_eq!(lacking, None, "{account}");
    }

    let text = std::fs::read_to_string(&path).unwrap();
    for personal in &live.personal {
        assert!(personal.len() < 6 || !text.contains(personal.as_str()), "{personal} is in the recording");
    }
}
