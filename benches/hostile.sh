#!/bin/sh
# Runs the program on every hostile file of the tests; prints seconds, peak memory (MiB), exit code and what it said.
# Needs GNU time as /usr/bin/time. Fails where a file takes more than 1 s or 128 MiB.
#
#   cargo build --release && benches/hostile.sh
#   PHUSONG=target/debug/phusong benches/hostile.sh
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
program=${PHUSONG:-$root/target/release/phusong}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$root" && cargo run --quiet --example make_hostile -- "$folder/files" >/dev/null || exit 2
failed=0
printf '%7s %7s %4s  %s\n' seconds MiB exit file
for file in "$folder"/files/*; do
  /usr/bin/time -f '%e %M' -o "$folder/time" \
    "$program" --lang en validate "$file" --carrier Viettel --province 40 --format csv >"$folder/out" 2>"$folder/err"
  code=$?
  # GNU time writes a line of its own where the exit code is not 0.
  set -- $(tail -n 1 "$folder/time")
  said=$( (sed -n 2p "$folder/out"; grep -v '^No --province' "$folder/err") | cut -c 1-110 | head -n 1)
  awk -v s="$1" -v k="$2" -v c="$code" -v f="$(basename "$file" .bin)" -v t="$said" \
    'BEGIN { printf "%7.2f %7.1f %4d  %s: %s\n", s, k / 1024, c, f, t; exit (s > 1 || k / 1024 > 128 || c > 2) }' || failed=1
done
exit $failed
