#!/bin/sh
# Makes the AOT caches: starts a standalone on a directory that is thrown away, uses it as a person would,
# and lets each JVM write down what it loaded.
# usage: launch/train.sh HOME NEXT JDK
set -eu
home=$1
next=$2
java=$3/bin/java
# shellcheck source=launch/roles.sh
. "$home/launch/roles.sh"
scratch=$(mktemp -d)
data=$scratch/data
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$scratch"' EXIT

role_of standalone
for jar in "$next/lib/$role_module"-[0-9]*.jar; do :; done
# shellcheck disable=SC2086 # the flags are words
"$java" "-XX:AOTCacheOutput=$next/standalone.aot" $role_flags -cp "$jar" "$role_main" --demo --data "$data" \
  --console-port 0 --center-port 0 --agent-port 0 --coordinator-port 0 >"$scratch/ready" 2>"$scratch/err" &
pid=$!
waited=0
until grep -q '^ready ' "$scratch/ready"; do
  if [ "$waited" -ge 300 ] || ! kill -0 "$pid" 2>/dev/null; then
    cat "$scratch/err"
    echo "standalone did not become ready"
    exit 1
  fi
  sleep 0.2
  waited=$((waited + 1))
done
sleep 3

role_of cli
for jar in "$next/lib/$role_module"-[0-9]*.jar; do :; done
# shellcheck disable=SC2086 # the flags are words
"$java" "-XX:AOTCacheOutput=$next/cli.aot" $role_flags -cp "$jar" io.cloudtask.cli.Rehearsal "$data" "$home/examples"

kill "$pid"
wait "$pid" || true
pid=
cat "$scratch/err"
ls -l "$next"/*.aot
