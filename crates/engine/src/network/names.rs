//! The addresses of names. Looking one up may take long and hold a thread, so there are few lookups at a time, however
//! many ask and however long no answer comes.

use std::{
    collections::BTreeMap,
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{
    FutureExt as _,
    future::{BoxFuture, Shared, select_ok},
};
use tokio::{task::AbortHandle, time::Instant};

/// What was asked for so long ago and not answered may be lost: it is asked for once more beside it.
const SLOW: Duration = Duration::from_secs(1);

/// So many lookups of one name run at a time: each keeps its thread until the system gives up, which asks again after
/// 5 s and ends after 10 s where nobody configured it, so that something is asked in every [`SLOW`].
const MOST: usize = 10;

/// An answer serves for this long: a knock and the attempt that follows it, a websocket and the requests beside it.
const FRESH: Duration = Duration::from_secs(5);

/// So many names are remembered; then one is forgotten for the next.
const REMEMBERED: usize = 64;

type Answer = BoxFuture<'static, io::Result<Vec<IpAddr>>>;

type LookUp = dyn Fn(String) -> Answer + Send + Sync;

type Found = Shared<BoxFuture<'static, Result<Vec<IpAddr>, Arc<io::Error>>>>;

/// What is known of names, shared by all connections.
#[derive(Clone)]
pub struct Names {
    look_up: Arc<LookUp>,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    running: Vec<Lookup>,
    names: BTreeMap<String, Name>,
}

struct Name {
    found_at: Instant,
    addresses: Vec<IpAddr>,
    /// Which of the addresses answered last.
    answered: Option<IpAddr>,
}

struct Lookup {
    host: String,
    begun_at: Instant,
    task: AbortHandle,
    found: Found,
}

impl Default for Names {
    /// As the operating system knows them.
    fn default() -> Self {
        Self::by(|host| async {
            let blocking = || Ok((host, 0).to_socket_addrs()?.map(|address| address.ip()).collect());
            tokio::task::spawn_blocking(blocking).await?
        })
    }
}

impl Names {
    /// Looked up by this, which is heard to its end however long it takes.
    pub fn by<F>(look_up: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self { look_up: Arc::new(move |host| look_up(host).boxed()), known: Arc::default() }
    }

    /// The addresses of a name in the order in which they are to be tried; it waits until somebody knows.
    pub(super) async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        loop {
            if let Some(fresh) = self.fresh(host) {
                return Ok(fresh);
            }
            let (lookups, slow_at) = self.lookups(host);
            if let Ok(found) = tokio::time::timeout_at(slow_at, select_ok(lookups)).await {
                let (addresses, _) = found.map_err(|error| io::Error::new(error.kind(), error))?;
                return Ok(self.found(host, addresses));
            }
        }
    }

    /// Somebody answered at this address of the name.
    pub(super) fn answered(&self, host: &str, address: IpAddr) {
        if let Some(name) = self.known().names.get_mut(host) {
            name.answered = Some(address);
        }
    }

    /// Nobody answered there: which address does is not known.
    pub(super) fn forget(&self, host: &str) {
        if let Some(name) = self.known().names.get_mut(host) {
            name.answered = None;
        }
    }

    /// Whether the name has several addresses, and which of them answers is not known.
    pub(super) async fn are_many(&self, host: &str) -> bool {
        self.addresses(host).await.is_ok_and(|addresses| addresses.len() > 1)
            && self.answering(host).is_none()
    }

    fn answering(&self, host: &str) -> Option<IpAddr> {
        let known = self.known();
        let name = known.names.get(host)?;
        name.answered.filter(|address| name.addresses.contains(address))
    }

    fn fresh(&self, host: &str) -> Option<Vec<IpAddr>> {
        let known = self.known();
        known.names.get(host).filter(|name| name.found_at.elapsed() < FRESH).map(Name::ordered)
    }

    fn found(&self, host: &str, addresses: Vec<IpAddr>) -> Vec<IpAddr> {
        let mut known = self.known();
        if known.names.len() >= REMEMBERED && !known.names.contains_key(host) {
            known.names.pop_first();
        }
        let answered = known.names.get(host).and_then(|name| name.answered);
        let name = Name { found_at: Instant::now(), addresses, answered };
        let ordered = name.ordered();
        known.names.insert(host.to_owned(), name);
        ordered
    }

    /// All that run for this name, one more if those are slow, and when they are.
    fn lookups(&self, host: &str) -> (Vec<Found>, Instant) {
        let now = Instant::now();
        let mut known = self.known();
        known.running.retain(|lookup| !lookup.task.is_finished());
        let of_host = known.running.iter().filter(|lookup| lookup.host == host);
        if of_host.clone().count() < MOST && of_host.clone().all(|lookup| lookup.begun_at + SLOW <= now) {
            let asked = tokio::spawn((self.look_up)(host.to_owned()));
            let (host, task) = (host.to_owned(), asked.abort_handle());
            let found = asked.map(|found| Ok(found.map_err(io::Error::other)??)).boxed().shared();
            known.running.push(Lookup { host, begun_at: now, task, found });
        }
        let of_host = known.running.iter().filter(|lookup| lookup.host == host);
        let slow_at = of_host.clone().map(|lookup| lookup.begun_at + SLOW).filter(|at| *at > now).max();
        (of_host.map(|lookup| lookup.found.clone()).collect(), slow_at.unwrap_or(now + SLOW))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Name {
    /// First what answered last; the others by turns of their family (RFC 8305, 4).
    fn ordered(&self) -> Vec<IpAddr> {
        let is_six = self.addresses.first().is_some_and(IpAddr::is_ipv6);
        let (first, second): (Vec<IpAddr>, Vec<IpAddr>) =
            self.addresses.iter().partition(|address| address.is_ipv6() == is_six);
        let mut second = second.into_iter();
        let mut ordered: Vec<IpAddr> =
            first.into_iter().flat_map(|address| [Some(address), second.next()]).flatten().collect();
        ordered.extend(second);
        ordered.sort_by_key(|address| Some(*address) != self.answered);
        ordered
    }
}

impl reqwest::dns::Resolve for Names {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let names = self.clone();
        Box::pin(async move {
            let all = names.addresses(name.as_str()).await?;
            // Each would be waited for before the next is tried.
            let addresses = names.answering(name.as_str()).map_or(all, |address| vec![address]);
            let addresses = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as reqwest::dns::Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{mpsc, oneshot};

    use super::*;

    /// Names that are answered when the test says so, and how often each was asked for.
    fn held() -> (Names, mpsc::UnboundedReceiver<oneshot::Sender<Vec<IpAddr>>>) {
        let (asked, asks) = mpsc::unbounded_channel();
        let names = Names::by(move |_| {
            let (answer, answered) = oneshot::channel();
            asked.send(answer).unwrap();
            async { answered.await.map_err(io::Error::other) }
        });
        (names, asks)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn those_who_ask_for_a_name_at_once_wait_for_one_lookup() {
        let (names, mut asks) = held();
        let all: Vec<_> = (0..20).map(|_| names.lookups("provider.test").0).collect();
        assert_eq!(names.known().running.len(), 1);
        asks.recv().await.unwrap().send(vec![address("192.0.2.1")]).unwrap();
        for lookups in all {
            let (found, _) = select_ok(lookups).await.unwrap();
            assert_eq!(found, [address("192.0.2.1")]);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_name_that_nobody_answers_for_holds_few_lookups_and_is_known_as_soon_as_somebody_does() {
        let (names, mut asks) = held();
        let ask = || {
            let names = names.clone();
            tokio::spawn(async move { names.addresses("provider.test").await.unwrap() })
        };
        let waiting: Vec<_> = (0..50).map(|_| ask()).collect();
        let mut lost = Vec::new();
        for _ in 0..MOST {
            lost.push(asks.recv().await.unwrap());
        }
        tokio::time::sleep(2 * SLOW).await;
        assert_eq!((names.known().running.len(), asks.len()), (MOST, 0));
        lost.pop().unwrap().send(vec![address("192.0.2.7")]).unwrap();
        for waits in waiting {
            assert_eq!(waits.await.unwrap(), [address("192.0.2.7")]);
        }
    }

    #[tokio::test]
    async fn families_take_turns_and_what_answered_last_comes_first() {
        let names = Names::by(|_| async {
            Ok(["2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2"].map(address).into())
        });
        let ordered = ["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2"].map(address);
        assert_eq!(names.addresses("provider.test").await.unwrap(), ordered);
        names.answered("provider.test", address("192.0.2.2"));
        assert_eq!(names.addresses("provider.test").await.unwrap()[..2], [ordered[3], ordered[0]]);
        assert_eq!(names.addresses("other.test").await.unwrap(), ordered);
    }

    #[tokio::test]
    async fn a_name_that_is_not_known_is_an_error_at_once() {
        let names = Names::by(|_| async { Err(io::ErrorKind::NotFound.into()) });
        assert_eq!(names.addresses("nobody.test").await.unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(names.known().names.is_empty());
    }

    #[tokio::test]
    async fn names_without_end_are_forgotten_one_for_the_next() {
        let names = Names::by(|_| async { Ok(["192.0.2.1", "192.0.2.2"].map(address).into()) });
        for number in 0..3 * REMEMBERED {
            names.addresses(&format!("{number}.test")).await.unwrap();
        }
        assert_eq!(names.known().names.len(), REMEMBERED);
        names.lookups("one more.test");
        assert!(names.known().running.len() <= 1 + MOST);
    }
}
