#!/usr/bin/env bash
# shot.sh PROGRAMS PNG: inside desktop.sh, starts the demo of the programs in a folder and takes a picture of the
# screen once the main window and a ringing call's notification are on it.
set -euo pipefail
programs=$1 picture=$2

"$programs/ringside" agent --demo &
agent=$!
shell=
trap 'kill $shell $agent; wait' EXIT

# within SECONDS WHAT CMD…: asks until the answer is yes.
within() {
  local until=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS > until)); then
      echo "shot.sh: still no $what" >&2
      return 1
    fi
    sleep 0.1
  done
}
rings() { [ "$(dunstctl count displayed)" != 0 ]; }

within 10 "agent" test -S "$XDG_RUNTIME_DIR/ringside/control.sock"
"$programs/ringside-desktop" --demo &
shell=$!
within 20 "main window" xdotool search --onlyvisible --name '^Ringside$'
within 60 "notification" rings
import -window root "$picture"
