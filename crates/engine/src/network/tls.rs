use std::{path::Path, sync::Arc};

use model::{Problem, ProblemCode};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

/// Trusts what the operating system trusts and the certificates of `ca_file`.
pub(super) fn client_config(ca_file: Option<&Path>) -> Result<ClientConfig, Problem> {
    let extra = match ca_file {
        None => Vec::new(),
        Some(path) => certificates(path).map_err(|reason| {
            Problem::new(
                ProblemCode::Settings,
                format!("`ca_file` ({}) cannot be used: {reason}; name a PEM file.", path.display()),
            )
        })?,
    };
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Problem::new(ProblemCode::Internal, format!("TLS cannot be used: {error}.")))?;
    Ok(match Verifier::new_with_extra_roots(extra, provider) {
        Ok(verifier) => builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)),
        Err(error) => {
            // Loopback needs no certificates, so a computer without any can still be used for the demo.
            tracing::warn!(%error, "no certificate is trusted; install the package ca-certificates");
            builder.with_root_certificates(RootCertStore::empty())
        }
    }
    .with_no_client_auth())
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = std::fs::read(path).map_err(|error| error.to_string())?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let found = found.map_err(|_| "it is not in PEM format".to_owned())?;
    if found.is_empty() {
        return Err("it holds no certificate".to_owned());
    }
    if RootCertStore::empty().add_parsable_certificates(found.iter().cloned()).0 < found.len() {
        return Err("one of its certificates cannot be read".to_owned());
    }
    Ok(found)
}
