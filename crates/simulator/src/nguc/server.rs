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

use super::company::{Company, ME};
use super::pusher::Pusher;
use super::sockjs::{Rules, SockJs};
use super::tokens::{Credentials, Tokens};
use super::{Handle, Options, Shared, State, day, http};
use crate::Addresses;
use crate::office::Office;
use crate::tap::Taps;

/// The running NGUC; its port is free again once it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    secret: Value,
    handle: Handle,
    tasks: JoinSet<()>,
}

impl Server {
    /// Listens and lets the office live.
    pub(crate) async fn start(listen: SocketAddr, options: Options, office: Office) -> io::Result<Server> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let secret = json!({ "username": options.username, "password": options.password });
        let credentials =
            Credentials { username: options.username, password: options.password, tfa: options.tfa };
        let first = (options.token, options.refresh_token);
        let rules = Rules {
            heartbeat: options.heartbeat,
            pong_within: options.pong_within,
            disconnect_after: options.disconnect_after,
        };
        let state = State {
            sockjs: SockJs::new(rules),
            pusher: Pusher::new(options.authenticate_within, options.closing, options.expired),
            tokens: Tokens::new(credentials, options.refresh_grant, options.expires_in, first),
            company: Company::of(&office, options.lists_calls),
            websocket: options.websocket,
            instead: BTreeMap::new(),
            connections: 0,
            infos: 0,
            upgrades: 0,
            websockets: 0,
            texts: 0,
            pongs: 0,
            polls: 0,
            sends: 0,
            rest: BTreeMap::new(),
        };
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
        tasks.spawn(accept(listener, shared));
        Ok(Server { address, secret, handle, tasks })
    }

    /// Where it is reachable.
    pub fn addresses(&self) -> Addresses {
        let base = format!("http://{}", self.address);
        let settings = Map::from_iter([
            ("event_url".to_owned(), Value::from(base.clone())),
            ("api_url".to_owned(), Value::from(format!("{base}/api"))),
            ("client_id".to_owned(), Value::from("external.ringside")),
        ]);
        Addresses {
            provider: "nguc",
            settings,
            secret: self.secret.clone(),
            me: ME.to_string(),
            company_id: None,
        }
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
