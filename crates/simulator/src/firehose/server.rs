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
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::audience::Audience;
use super::crossbar::Sessions;
use super::gate::Gate;
use super::people::Directory;
use super::switch::Switch;
use super::{Handle, Options, Requests, Shared, State, day, http};
use crate::Addresses;
use crate::office::Office;
use crate::tap::Taps;

/// The running Firehose; its port is free again once it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    handle: Handle,
    tasks: JoinSet<()>,
}

impl Server {
    /// Listens and lets the office live.
    pub(crate) async fn start(listen: SocketAddr, options: Options, office: Office) -> io::Result<Server> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let gate = Gate {
            username: options.username.clone(),
            password: options.password.clone(),
            domain: options.domain.clone(),
            form: options.token_form,
            lifetime: options.token_lifetime,
            is_shut: false,
            grants: BTreeMap::new(),
            issued: 0,
        };
        let directory = Directory::of(&office, &options.domain);
        let ping = options.ping;
        let state = State {
            gate,
            // Legs of two runs are not to have the same ids.
            switch: Switch::new(directory, options.quirks.clone(), fastrand::u64(..)),
            audience: Audience::default(),
            sessions: Sessions::default(),
            options,
            instead: BTreeMap::new(),
            requests: Requests::default(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            taps: Taps::new(),
            moved: watch::Sender::new(0),
            ping,
        });
        let handle = Handle { shared: Arc::clone(&shared) };
        let mut tasks = JoinSet::new();
        if office.is_lively() {
            tasks.spawn(day::live(handle.clone(), office));
        }
        tasks.spawn(accept(listener, shared));
        Ok(Server { address, handle, tasks })
    }

    /// Where it is reachable.
    pub fn addresses(&self) -> Addresses {
        let base = format!("http://{}", self.address);
        let me = self.handle.me();
        let state = self.handle.shared.lock();
        let mut settings = Map::from_iter([
            ("url".to_owned(), Value::from(base.as_str())),
            ("domain".to_owned(), Value::from(state.options.domain.as_str())),
        ]);
        if state.options.crossbar {
            settings.insert("crossbar_url".to_owned(), Value::from(format!("{base}/v2")));
        }
        Addresses {
            provider: "firehose",
            settings,
            secret: json!({ "username": state.options.username, "password": state.options.password }),
            me,
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
                    shared.with(|state, _| state.requests.connections += 1);
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
