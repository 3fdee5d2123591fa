//! Listens, and keeps the tasks that make up the server.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::project::Project;
use super::relay::Relay;
use super::token::Keys;
use super::{
    Entrance, Entry, Handle, Identity, Now, Options, Ping, Requests, Shared, State, asking, day, http,
};
use crate::Addresses;
use crate::office::{ME, Office};
use crate::tap::Taps;

/// The running Stringee; its ports are free again once it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    handle: Handle,
    tasks: JoinSet<()>,
}

impl Server {
    /// Listens and lets the office live. The second entry is at a port of its own.
    pub(crate) async fn start(listen: SocketAddr, options: Options, office: Office) -> io::Result<Server> {
        let first = TcpListener::bind(listen).await?;
        let second = TcpListener::bind(SocketAddr::new(listen.ip(), 0)).await?;
        let addresses =
            BTreeMap::from([(Entry::First, first.local_addr()?), (Entry::Second, second.local_addr()?)]);
        let now = Now::read();
        let project = Project::of(&office, now.at);
        let mut state = State {
            keys: Keys::new(),
            relay: Relay::new(now, project.names(), project.lines()),
            project,
            entrances: BTreeMap::from([(Entry::First, Entrance::Open), (Entry::Second, Entrance::Open)]),
            ping: Ping::EmptyBody,
            instead: BTreeMap::new(),
            other_region: false,
            revoke_next: false,
            odd_envelope: false,
            addresses,
            asked: Requests::default(),
            options,
        };
        if state.options.relay_token {
            let me = state.project.user(ME).to_owned();
            state.relay.accept(asking::RELAY_TOKEN.to_owned(), me);
        }
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            taps: Taps::new(),
            moved: watch::Sender::new(0),
            woken: Notify::new(),
        });
        let handle = Handle { shared: Arc::clone(&shared) };
        let mut tasks = JoinSet::new();
        if office.is_lively() {
            tasks.spawn(day::live(handle.clone(), office));
        }
        let timed = Arc::clone(&shared);
        tasks.spawn(async move { timed.keep_time().await });
        tasks.spawn(accept(first, Entry::First, Arc::clone(&shared)));
        tasks.spawn(accept(second, Entry::Second, shared));
        Ok(Server { handle, tasks })
    }

    /// Where it is reachable.
    pub fn addresses(&self) -> Addresses {
        let state = self.handle.shared.lock();
        let base = state.base();
        let me = state.project.claims(Identity::Same).user;
        let mut settings = Map::from_iter([
            ("token_url".to_owned(), Value::from(format!("{base}/token"))),
            ("api_url".to_owned(), Value::from(base.clone())),
        ]);
        if state.options.relay {
            settings.insert("relay_url".to_owned(), Value::from(format!("{base}/relay")));
        }
        if state.options.identity == Identity::Observer {
            settings.insert("softphone_user".to_owned(), Value::from(me.clone()));
        }
        let secret = match &state.options.authorization {
            Some(authorization) => json!({"token_url_authorization": authorization}),
            None => json!({}),
        };
        Addresses { provider: "stringee", settings, secret, me, company_id: None }
    }

    /// What a test can make happen.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Closes every connection and frees the ports.
    pub(crate) async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.handle.shared.taps.close_all();
    }
}

async fn accept(listener: TcpListener, entry: Entry, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    shared.with(|state, _| state.asked.connections += 1);
                    connections.spawn(serve(Arc::clone(&shared), entry, stream));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(shared: Arc<Shared>, entry: Entry, stream: TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small frames may be late");
    }
    let mut cuts = shared.taps.cuts();
    let io = TokioIo::new(shared.taps.tap(stream));
    let service = service_fn(move |request| http::answer(Arc::clone(&shared), entry, request));
    let connection = http1::Builder::new().serve_connection(io, service).with_upgrades();
    tokio::select! {
        ended = connection => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended");
            }
        }
        _ = cuts.changed() => {}
    }
}
