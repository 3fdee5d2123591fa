//! The other side, written byte by byte.

use std::{path::PathBuf, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::super::connect::Io;

/// A certificate authority that no operating system knows, and a server it vouches for.
pub(super) struct Authority {
    folder: tempfile::TempDir,
    acceptor: TlsAcceptor,
}

impl Authority {
    /// Vouches for `localhost` and `provider.test`.
    pub(super) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let own = params.self_signed(&key).unwrap();
        let issuer = Issuer::new(params, key);
        let server_key = KeyPair::generate().unwrap();
        let names = vec!["localhost".to_owned(), "provider.test".to_owned()];
        let server = CertificateParams::new(names).unwrap().signed_by(&server_key, &issuer).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), own.pem()).unwrap();
        let config =
            rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(
                    vec![server.der().clone()],
                    PrivateKeyDer::try_from(server_key.serialize_der()).unwrap(),
                )
                .unwrap();
        Self { folder, acceptor: TlsAcceptor::from(Arc::new(config)) }
    }

    pub(super) fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    pub(super) async fn accept(&self, stream: TcpStream) -> std::io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(stream).await
    }
}

/// A listener and its port.
pub(super) async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

pub(super) async fn accept(listener: &TcpListener) -> TcpStream {
    listener.accept().await.unwrap().0
}

/// Reads the head of a request, to the empty line.
pub(super) async fn head(stream: &mut impl Io) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Reads a request and answers it with these bytes; gives its head.
pub(super) async fn answer(stream: &mut impl Io, answer: &str) -> String {
    let head = head(stream).await;
    stream.write_all(answer.as_bytes()).await.unwrap();
    head
}

pub(super) const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// The begin of what unfolds to at least so many zeros, in a thousandth of the size (RFC 1951, 3.2.6; RFC 1952).
pub(super) fn zeros_in_gzip(count: usize) -> Vec<u8> {
    const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    const LAST_BLOCK_IN_FIXED_CODES: &str = "110";
    const ZERO: &str = "00110000";
    const THE_SAME_258_TIMES: &str = "1100010100000";
    let mut bits = format!("{LAST_BLOCK_IN_FIXED_CODES}{ZERO}");
    bits.push_str(&THE_SAME_258_TIMES.repeat(count.div_ceil(258)));
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
    HEAD.into_iter().chain(bits.as_bytes().chunks(8).map(byte)).collect()
}
