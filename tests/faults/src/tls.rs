//! A company's own certificate authority, and what it vouches for.

use std::{path::PathBuf, sync::Arc};

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// What is the matter with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// It is somebody else's.
    WrongHost,
    /// Its time is over.
    Expired,
}

/// See the module.
pub struct Authority {
    folder: tempfile::TempDir,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    /// One that no operating system knows.
    ///
    /// # Errors
    /// When it cannot be made or written.
    pub fn new() -> Result<Self> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate()?;
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("ca.pem"), params.self_signed(&key)?.pem())?;
        Ok(Self { folder, issuer: Issuer::new(params, key) })
    }

    /// Where its certificate lies.
    pub fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The server side of TLS, for `localhost` and `provider.test` unless flawed.
    ///
    /// # Errors
    /// When no certificate can be made.
    pub fn acceptor(&self, flaw: Flaw) -> Result<TlsAcceptor> {
        let names =
            if flaw == Flaw::WrongHost { vec!["other.test"] } else { vec!["localhost", "provider.test"] };
        let mut params = CertificateParams::new(names.into_iter().map(str::to_owned).collect::<Vec<_>>())?;
        if flaw == Flaw::Expired {
            (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
        }
        let key = KeyPair::generate()?;
        let server = params.signed_by(&key, &self.issuer)?;
        let config =
            rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()?
                .with_no_client_auth()
                .with_single_cert(
                    vec![server.der().clone()],
                    PrivateKeyDer::try_from(key.serialize_der()).map_err(anyhow::Error::msg)?,
                )?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}
