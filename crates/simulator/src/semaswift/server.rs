//! Listens, and keeps the tasks that make up the server.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::centrifugo::{Centrifugo, Setup};
use super::organisation::Organisation;
use super::rest::Meter;
use super::sign_in::SignIn;
use super::{Handle, Options, Shared, State, day, http};
use crate::Addresses;
use crate::office::Office;
use crate::tap::Taps;

/// The running Semaswift; its port is free again once it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    handle: Handle,
    tasks: JoinSet<()>,
}

impl Server {
    /// Listens and lets the office live.
    pub(crate) async fn start(listen: SocketAddr, options: Options, office: Office) -> io::Result<Server> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let setup = Setup {
            secret: options.hmac_secret.clone(),
            ping: Duration::from_secs(options.ping.as_secs()),
            pong_within: options.pong_within,
            connect_within: options.connect_within,
            grace: options.grace,
            needs_subscription_tokens: options.needs_subscription_tokens,
            kept: options.kept,
            most_waiting: options.most_waiting,
            most_connections: options.most_connections,
        };
        let realtime_url = format!("ws://{address}/connection/websocket");
        let state = State {
            centrifugo: Centrifugo::new(setup),
            organisation: Organisation::of(&office, options.call_end),
            sign_in: SignIn::new(&options.personal_token, options.access_token_for),
            realtime_url: options.realtime_url.clone().unwrap_or(realtime_url),
            meter: Meter::default(),
            withheld: BTreeSet::new(),
            options,
            instead: BTreeMap::new(),
            is_down: false,
            clock_ahead: Duration::ZERO,
            connections: 0,
            upgrades: 0,
            rest: BTreeMap::new(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            taps: Taps::new(),
            moved: watch::Sender::new(0),
            woken: Notify::new(),
            address,
        });
        let handle = Handle { shared: Arc::clone(&shared) };
        let mut tasks = JoinSet::new();
        if office.is_lively() {
            tasks.spawn(day::live(handle.clone(), office));
        }
        let timed = Arc::clone(&shared);
        tasks.spawn(async move { timed.keep_time().await });
        tasks.spawn(accept(listener, shared));
        Ok(Server { handle, tasks })
    }

    /// Where it is reachable.
    pub fn addresses(&self) -> Addresses {
        self.handle.addresses()
    }

    /// What a test can make happen.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Closes every connection and frees the port.
    pub(crate) async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.handle.shared.taps.close_all();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    shared.with(|state, _| state.connections += 1);
                    connections.spawn(serve(Arc::clone(&shared), stream));
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

async fn serve(shared: Arc<Shared>, stream: TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small frames may be late");
    }
    let mut cuts = shared.taps.cuts();
    let io = TokioIo::new(shared.taps.tap(stream));
    let service = service_fn(move |request| http::answer(Arc::clone(&shared), request));
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
