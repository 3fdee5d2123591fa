#!/usr/bin/env bash
# Draws every PNG in this folder from its SVG; run as ./dev icons, commit the result.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for svg in tray/*.svg; do
  for px in 16 22 24 32 48; do
    rsvg-convert --width "$px" --height "$px" --output "${svg%.svg}-$px.png" "$svg"
  done
done

# The names that Tauri's bundler expects.
app() { rsvg-convert --width "$1" --height "$1" --output "app/$2.png" app/ringside.svg; }
app 32 32x32
app 64 64x64
app 128 128x128
app 256 128x128@2x
app 512 icon
