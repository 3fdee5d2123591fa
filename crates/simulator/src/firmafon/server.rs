//! Listens, and keeps the tasks that make up the server.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::company::{COMPANY, Company, ME};
use super::faye::Faye;
use super::gate::Gate;
use super::{Cookie, Endpoint, Handle, Options, Shared, State, day, http};
use crate::Addresses;
use crate::office::Office;
use crate::tap::Taps;

/// The running Firmafon; its port is free again once it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    token: String,
    handle: Handle,
    tasks: JoinSet<()>,
}

impl Server {
    /// Listens and lets the office live.
    pub(crate) async fn start(listen: SocketAddr, options: Options, office: Office) -> io::Result<Server> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let mut company = Company::of(&office, options.admin, options.wrap_presence);
        if office.is_lively() {
            day::remember_morning(&mut company, &office, Timestamp::now());
        }
        let gate = Gate {
            token: Some(options.token.clone()),
            refuse_at: options.refuse_token_at,
            company: COMPANY,
            employees: company.employee_ids().collect(),
            patterns: options.channel_patterns,
        };
        let state = State {
            faye: Faye::new(options.timeout, options.cookie == Cookie::Required),
            gate,
            company,
            websocket: options.websocket,
            cookie: options.cookie,
            instead: BTreeMap::new(),
            connections: 0,
            faye_requests: 0,
            websockets: 0,
            rest: BTreeMap::new(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            taps: Taps::new(),
            moved: watch::Sender::new(0),
            woken: Notify::new(),
            ping: options.ping,
        });
        let handle = Handle { shared: Arc::clone(&shared) };
        let mut tasks = JoinSet::new();
        if office.is_lively() {
            tasks.spawn(day::live(handle.clone(), office));
        }
        let timed = Arc::clone(&shared);
        tasks.spawn(async move { timed.keep_time().await });
        tasks.spawn(accept(listener, shared));
        Ok(Server { address, token: options.token, handle, tasks })
    }

    /// Where it is reachable.
    pub fn addresses(&self) -> Addresses {
        let base = format!("http://{}", self.address);
        let settings = Map::from_iter([
            ("pubsub_url".to_owned(), Value::from(format!("{base}/faye"))),
            ("api_url".to_owned(), Value::from(format!("{base}/api/v2"))),
        ]);
        Addresses {
            provider: "firmafon",
            settings,
            secret: json!({ "access_token": self.token }),
            me: Endpoint::Employee(ME).to_string(),
            company_id: Some(COMPANY),
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
