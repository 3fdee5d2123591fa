//! stub
use crate::*;
use std::sync::Arc;
use tokio::sync::mpsc;
/// stub
#[derive(Debug)]
pub struct Reach;
impl Reach {
    /// stub
    pub fn new(_: &Network) -> Result<Self, model::Problem> {
        Ok(Self)
    }
}
/// stub
#[expect(missing_docs, reason = "stub")]
pub struct Link {
    pub account: Account,
    pub reach: Arc<Reach>,
    pub clock: Arc<dyn Clock>,
    pub secrets: Arc<dyn Secrets>,
    pub orders: mpsc::Receiver<Order>,
    pub out: mpsc::Sender<Incoming>,
    pub seed: u64,
}
impl Link {
    /// stub
    pub async fn run(mut self) {
        while self.orders.recv().await.is_some() {}
    }
}
