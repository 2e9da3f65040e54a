# shellcheck shell=sh disable=SC2154 # dir, home, base, centers and agents are those of the script that sources this
# The parts of the example cluster: where each is, how it is configured, started, and found to be there.

zk_port() { echo $((base + $1)); } # 1 to 3; they talk to each other on +10 and +20
postgres_port() { echo $((base + 4)); }
center_port() { echo $((base + 30 + 2 * $1)); }
console_port() { echo $((base + 31 + 2 * $1)); }
agent_port() { echo $((base + 50 + $1)); }
zk_hosts() { echo "127.0.0.1:$(zk_port 1),127.0.0.1:$(zk_port 2),127.0.0.1:$(zk_port 3)"; }

say() { echo "up: $*" >&2; }

fail() {
  say "$1"
  [ -z "${2:-}" ] || [ ! -f "$2" ] || { echo "--- the end of $2:" >&2 && tail -n 15 "$2" >&2; }
  exit 1
}

# Each program writes its own.
pid_file() {
  case $1 in
    zookeeper*) echo "$dir/$1/data/coordinator.pid" ;;
    postgres) echo "$dir/postgres/data/postmaster.pid" ;;
    *) echo "$dir/$1/pid" ;;
  esac
}

# The process of a part, while it lives. Another process may have got its number since: ours name the directory.
pid_of() {
  pid=$(head -n 1 "$(pid_file "$1")" 2>/dev/null) || return 1
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  ps -o args= -p "$pid" 2>/dev/null | grep -qF "$dir/$1/" || return 1
  echo "$pid"
}

lives() { pid_of "$1" >/dev/null; }

# Starts a role in the directory of a part, unless it lives: start PART ROLE FILE
start() {
  ! lives "$1" || return 0
  (
    cd "$dir/$1"
    nohup "$home/cloudtask" "$2" -f "$dir/$1/$3" >>out.log 2>&1 </dev/null &
  )
}

# Waits until a command succeeds: await SECONDS PART COMMAND...
await() {
  await_left=$(($1 * 5))
  await_part=$2
  shift 2
  until "$@"; do
    [ "$await_left" -gt 0 ] || fail "$await_part did not become ready" "$dir/$await_part/out.log"
    await_left=$((await_left - 1))
    sleep 0.2
  done
}

# A file that is not there yet; who edits one keeps what was written.
write() { if [ -s "$1" ]; then cat >/dev/null; else cat >"$1"; fi; }

write_zookeeper() {
  mkdir -p "$dir/zookeeper$1/data"
  echo "$1" >"$dir/zookeeper$1/data/myid"
  write "$dir/zookeeper$1/zoo.cfg" <<CFG
tickTime=1000
initLimit=10
syncLimit=5
dataDir=$dir/zookeeper$1/data
clientPortAddress=127.0.0.1
clientPort=$(zk_port "$1")
server.1=127.0.0.1:$((base + 11)):$((base + 21))
server.2=127.0.0.1:$((base + 12)):$((base + 22))
server.3=127.0.0.1:$((base + 13)):$((base + 23))
CFG
}

write_center() {
  mkdir -p "$dir/center$1"
  write "$dir/center$1/center.yaml" <<CFG
pidfile: $dir/center$1/pid
directory: $dir/center$1/files
admintokenfile: $dir/admin-token
cluster:
  hosts: $(zk_hosts)
  tokenfile: $dir/cluster-token
  device: 127.0.0.1
  runtime: example
api:
  hosts: ["127.0.0.1:$(center_port "$1")"]
console:
  hosts: ["127.0.0.1:$(console_port "$1")"]
scheduler:
  lease: 3s # as long as the agents' pulse
  allocrecovery: 20s
store:
  url: jdbc:postgresql://127.0.0.1:$(postgres_port)/cloudtask
  user: cloudtask
  passwordfile: $dir/postgres/password
logger:
  logfile: $dir/center$1/center.log
CFG
}

write_agent() {
  mkdir -p "$dir/agent$1"
  write "$dir/agent$1/agent.yaml" <<CFG
pidfile: $dir/agent$1/pid
cluster:
  hosts: $(zk_hosts)
  tokenfile: $dir/cluster-token
  device: 127.0.0.1
  runtime: example
  pulse: 3s # taken for dead after 4 to 6 s, so that jobs of every 5 s run elsewhere within 12 s
api:
  hosts: ["127.0.0.1:$(agent_port "$1")"]
cache:
  maxjobs: 1000
  savedirectory: $dir/agent$1/cache
logger:
  logfile: $dir/agent$1/agent.log
CFG
}

write_parts() {
  for n in 1 2 3; do write_zookeeper $n; done
  for n in $(seq "$centers"); do write_center "$n"; done
  for n in $(seq "$agents"); do write_agent "$n"; done
  mkdir -p "$dir/postgres"
  [ -s "$dir/postgres/password" ] || (
    umask 077
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$dir/postgres/password"
  )
  write "$dir/ServerConfig.json" <<CFG
{
  "websitehost": "http://127.0.0.1:$(console_port 1)",
  "centerhost": "http://127.0.0.1:$(center_port 1)",
  "cluster": {"hosts": "$(zk_hosts)", "tokenfile": "$dir/cluster-token"},
  "admintokenfile": "$dir/admin-token"
}
CFG
}

start_zookeeper() { for n in 1 2 3; do start zookeeper$n coordinator zoo.cfg; done; }

# The ensemble has agreed on a leader when this succeeds.
initialise() {
  [ ! -e "$dir/initialised" ] || return 0
  init_left=60
  until "$home/cloudtask" init -f "$dir/ServerConfig.json" >"$dir/init.log" 2>&1; do
    [ "$init_left" -gt 0 ] || fail "ZooKeeper did not become ready" "$dir/init.log"
    init_left=$((init_left - 1))
    sleep 0.5
  done
  touch "$dir/initialised"
}

start_centers() {
  for n in $(seq "$centers"); do start "center$n" center center.yaml; done
  for n in $(seq "$centers"); do await 60 "center$n" answers "$(center_port "$n")"; done
}

answers() { curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$1/cloudtask/v2/_ping"; }

start_agents() {
  for n in $(seq "$agents"); do start "agent$n" agent agent.yaml; done
  await 60 agent1 all_joined
}

# As the centers see it, who give them jobs from now on.
all_joined() { [ "$(operator agent list --json 2>/dev/null | grep -o '"online" *: *true' | wc -l)" -ge "$agents" ]; }

operator() {
  CLOUDTASK_URL="http://127.0.0.1:$(console_port 1)" CLOUDTASK_TOKEN=$(cat "$dir/admin-token") "$home/cloudtask" "$@"
}

ready_line() {
  pids=postgres=$(pid_of postgres)
  consoles=
  urls=
  for n in 1 2 3; do pids=$pids,zookeeper$n=$(pid_of zookeeper$n); done
  for n in $(seq "$centers"); do
    pids=$pids,center$n=$(pid_of "center$n")
    consoles=$consoles${consoles:+,}http://127.0.0.1:$(console_port "$n")
  done
  for n in $(seq "$agents"); do
    pids=$pids,agent$n=$(pid_of "agent$n")
    urls=$urls${urls:+,}http://127.0.0.1:$(agent_port "$n")
  done
  ready="ready consoles=$consoles agents=$urls coordinator=$(zk_hosts) token=$dir/admin-token pids=$pids"
  echo "$ready" >"$dir/ready"
  echo "$ready"
  say "to operate it: export CLOUDTASK_URL=http://127.0.0.1:$(console_port 1) CLOUDTASK_TOKEN=\$(cat $dir/admin-token)"
}
