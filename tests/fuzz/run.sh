#!/usr/bin/env bash
# ./dev fuzz [TARGET…] [--for 60s] [--at-once] [--seed N] [--worlds N]: looks for what goes wrong; see docs/fuzzing.md.
# Instrumentation by codegen options of the stable compiler; no sanitizer, for there is no unsafe code to sanitize.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
kept=$target/fuzz-corpora # what runs find grows here; what is worth keeping goes to tests/fuzz/corpora
wanted=()
seconds=60
at_once=
seed=
worlds=10000000

fail() {
  printf './dev fuzz: %s\n' "$*" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
  --for)
    case ${2:-} in
    *h) seconds=$((${2%h} * 3600)) ;;
    *m) seconds=$((${2%m} * 60)) ;;
    *) seconds=${2%s} ;;
    esac
    shift 2
    ;;
  --at-once)
    at_once=1
    shift
    ;;
  --seed)
    seed=$2
    shift 2
    ;;
  --worlds)
    worlds=$2
    shift 2
    ;;
  -*) fail "there is no $1; see ./dev --help." ;;
  *)
    wanted+=("$1")
    shift
    ;;
  esac
done
[ ${#wanted[@]} -gt 0 ] || mapfile -t wanted < <(grep -o 'target("[a-z-]*"' tests/fuzz/src/lib.rs | cut -d '"' -f 2)

# With a seed one world is played and told; without, as many as wanted from a fresh seed on.
model() {
  local first=${seed:-$((RANDOM * RANDOM * RANDOM))}
  [ -z "$seed" ] || worlds=1
  echo "Playing $worlds worlds from seed $first on; building first …"
  RINGSIDE_SEED=$first RINGSIDE_WORLDS=$worlds \
    cargo test --profile fuzz -p model -p engine -p os -p cli --lib core::proof::any_world -- --nocapture
}

flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
flags+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
flags+=" -Cllvm-args=-sanitizer-coverage-trace-compares"

built=
build() {
  [ -z "$built" ] || return 0
  built=1
  local host
  host=$(rustc -vV | sed -n 's/^host: //p')
  echo "Building the targets with coverage, which takes minutes …"
  RUSTFLAGS=$flags cargo build --profile fuzz -p fuzz --features libfuzzer --bin fuzz \
    --target "$host" --target-dir "$target/fuzz"
  program=$target/fuzz/$host/fuzz/fuzz
}

run() {
  local name=$1 folders busy TIMEFORMAT=%U
  grep -q "target(\"$name\"" tests/fuzz/src/lib.rs || fail "there is no target $name; see tests/fuzz/src/lib.rs."
  build
  folders=("$kept/$name")
  [ ! -d "tests/fuzz/corpora/$name" ] || folders+=("tests/fuzz/corpora/$name")
  [ ! -d "tests/scenarios/$name" ] || folders+=("tests/scenarios/$name")
  mkdir -p "$kept/$name" "$target/fuzz-findings"
  echo "$name, for $seconds s …"
  busy=$({ time RINGSIDE_FUZZ=$name "$program" -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=2048 \
    ${seed:+-seed="$seed"} -print_final_stats=1 -artifact_prefix="$target/fuzz-findings/$name-" "${folders[@]}" \
    >"$target/fuzz-findings/$name.log" 2>&1; } 2>&1) || {
    [ $? != 72 ] || fail "$name was interrupted." # libFuzzer's exit code for that
    tail -n 30 "$target/fuzz-findings/$name.log"
    fail "$name went wrong: the input is in $target/fuzz-findings. Put it into tests/fuzz/corpora/$name and mend it."
  }
  awk -v name="$name" -v busy="${busy%.*}" '
    match($0, /cov: [0-9]+/) { coverage = substr($0, RSTART + 5, RLENGTH - 5) }
    match($0, /corp: [0-9]+/) { corpus = substr($0, RSTART + 6, RLENGTH - 6) }
    /number_of_executed_units/ { executions = $2 }
    END { printf "  %s: %d executions in %d s of a core, %d edges, %d inputs kept, nothing found\n",
      name, executions, busy, coverage, corpus }
  ' "$target/fuzz-findings/$name.log"
}

[ -z "$at_once" ] || build
runs=()
for name in "${wanted[@]}"; do
  if [ "$name" = model ]; then
    model
  elif [ -n "$at_once" ]; then
    run "$name" &
    runs+=($!)
  else
    run "$name"
  fi
done
wrong=0
for one in "${runs[@]}"; do wait "$one" || wrong=1; done
exit $wrong
