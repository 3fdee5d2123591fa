//! A door before somebody else's server, through which every byte passes, so that a link can be cut or fall silent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::watch,
    task::JoinHandle,
};

pub struct Front {
    pub port: u16,
    accepting: JoinHandle<()>,
    cuts: watch::Sender<()>,
    frozen: Arc<AtomicBool>,
}

impl Drop for Front {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut();
    }
}

impl Front {
    pub async fn before(address: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cuts, frozen) = (watch::Sender::new(()), Arc::new(AtomicBool::new(false)));
        let (cutting, silent) = (cuts.clone(), Arc::clone(&frozen));
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(address).await else { continue };
                let mut cut = cutting.subscribe();
                let silent = Arc::clone(&silent);
                tokio::spawn(async move {
                    let (from_client, to_client) = client.into_split();
                    let (from_server, to_server) = server.into_split();
                    tokio::select! {
                        () = pass(from_client, to_server, &silent) => {}
                        () = pass(from_server, to_client, &silent) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Self { port, accepting, cuts, frozen }
    }

    pub fn cut(&self) {
        self.cuts.send_replace(());
    }

    /// While on, whatever is sent is lost, both ways.
    pub fn freeze(&self, on: bool) {
        self.frozen.store(on, Ordering::SeqCst);
        if !on {
            // A link that has lost something is of no use.
            self.cut();
        }
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, silent: &AtomicBool) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        let Some(bytes) = bytes.get(..read) else { return };
        if !silent.load(Ordering::SeqCst) && to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
