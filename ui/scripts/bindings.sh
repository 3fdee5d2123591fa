#!/bin/sh
# Writes ui/src/bindings/*.ts from the Rust types again.
cd "$(dirname "$0")/../.." && rm -rf ui/src/bindings && TS_RS_EXPORT_DIR="$PWD/ui/src/bindings" TS_RS_LARGE_INT=number cargo test --quiet --package engine --features bindings export_bindings
