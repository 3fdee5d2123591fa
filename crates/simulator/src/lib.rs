//! Part of Ringside; see the workspace's ARCHITECTURE.md.
