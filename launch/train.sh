#!/bin/sh
# Makes the AOT caches: starts a standalone on a directory that is thrown away, and an agent beside it, uses them as a
# person would, and lets each JVM write down what it loaded.
# usage: launch/train.sh HOME NEXT JDK
set -eu
home=$1
next=$2
java=$3/bin/java
# shellcheck source=launch/roles.sh
. "$home/launch/roles.sh"
scratch=$(mktemp -d)
data=$scratch/data
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; rm -rf "$scratch"' EXIT

# train ROLE ARGUMENT...: starts it in the background and waits for its ready line, which is in $scratch/ROLE.ready then.
train() {
  train_role=$1
  shift
  role_of "$train_role"
  for jar in "$next/lib/$role_module"-[0-9]*.jar; do :; done
  # shellcheck disable=SC2086 # the flags are words
  "$java" "-XX:AOTCacheOutput=$next/$role_module.aot" $role_flags -cp "$jar" "$role_main" "$@" \
    >"$scratch/$train_role.ready" 2>"$scratch/$train_role.err" &
  train_pid=$!
  pids="$train_pid $pids"
  train_waited=0
  until grep -q '^ready ' "$scratch/$train_role.ready"; do
    if [ "$train_waited" -ge 300 ] || ! kill -0 "$train_pid" 2>/dev/null; then
      cat "$scratch/$train_role.err"
      echo "$train_role did not become ready"
      exit 1
    fi
    sleep 0.2
    train_waited=$((train_waited + 1))
  done
}

# address KEY: what the standalone's ready line says of it.
address() {
  sed -n "s/^ready.* $1=\\([^ ]*\\).*/\\1/p" "$scratch/standalone.ready"
}

train standalone --demo --data "$data" --console-port 0 --center-port 0 --agent-port 0 --coordinator-port 0
mkdir "$scratch/agent"
cat >"$scratch/agent/agent.yaml" <<EOF
useserverconfig: false
centerhost: $(address center)
websitehost: $(address console)
cluster: {hosts: "$(address coordinator)", runtime: local, tokenfile: "$data/cluster-token"}
api: {hosts: ["127.0.0.1:0"]}
EOF
cd "$scratch/agent"
train agent -f agent.yaml
sleep 3

role_of cli
for jar in "$next/lib/$role_module"-[0-9]*.jar; do :; done
# shellcheck disable=SC2086 # the flags are words
"$java" "-XX:AOTCacheOutput=$next/cli.aot" $role_flags -cp "$jar" io.cloudtask.cli.Rehearsal "$data" "$home/examples"

for pid in $pids; do
  kill "$pid"
  wait "$pid" || true
done
pids=
cat "$scratch"/*.err
ls -l "$next"/*.aot
