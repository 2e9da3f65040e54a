# shellcheck shell=sh disable=SC2154 # as parts.sh, which has to be sourced before
# The PostgreSQL of the example cluster: that of the machine, or one from Maven Central.

embedded_version=14.22.0

# Its programs refuse to run as root; in a user namespace of its own root is nobody.
as_user=
[ "$(id -u)" != 0 ] || as_user='unshare -U'

# Sets postgres_bin. CLOUDTASK_EXAMPLE_POSTGRES names another directory, or says 'embedded'.
find_postgres() {
  case ${CLOUDTASK_EXAMPLE_POSTGRES:-} in
    embedded) ;;
    '')
      for postgres_bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/bin; do
        [ ! -x "$postgres_bin/postgres" ] || [ ! -x "$postgres_bin/initdb" ] || return 0
      done
      ;;
    *)
      postgres_bin=$CLOUDTASK_EXAMPLE_POSTGRES
      [ -x "$postgres_bin/postgres" ] || fail "CLOUDTASK_EXAMPLE_POSTGRES: there is no $postgres_bin/postgres"
      return 0
      ;;
  esac
  postgres_bin=$dir/postgres/program/bin
  [ -x "$postgres_bin/postgres" ] || fetch_postgres
}

fetch_postgres() {
  case $(uname -s).$(uname -m) in
    Linux.x86_64) platform=linux-amd64 ;;
    Linux.aarch64) platform=linux-arm64v8 ;;
    Darwin.x86_64) platform=darwin-amd64 ;;
    Darwin.arm64) platform=darwin-arm64v8 ;;
    *) fail "PostgreSQL is missing. Install it: apt-get install postgresql" ;;
  esac
  say "no PostgreSQL is installed; fetching one"
  # shellcheck source=launch/jdk.sh
  . "$home/launch/jdk.sh"
  jdk_find build || exit 1
  archive=$dir/postgres/archive
  mkdir -p "$archive" "$dir/postgres/program"
  JAVA_HOME=$jdk_home mvn -B -N -f "$home/pom.xml" dependency:copy "-DoutputDirectory=$archive" \
    "-Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-$platform:$embedded_version" \
    >"$archive/log" 2>&1 </dev/null ||
    fail "PostgreSQL can't be fetched. Install it: apt-get install postgresql" "$archive/log"
  (cd "$archive" && "$jdk_home/bin/jar" -xf ./*.jar) && tar -xJf "$archive"/*.txz -C "$dir/postgres/program"
  rm -rf "$archive"
}

# Two quick things before the server listens: its directory, and in it our database.
make_database() {
  [ ! -e "$dir/postgres/made" ] || return 0
  rm -rf "$dir/postgres/data"
  # shellcheck disable=SC2086 # as_user is words
  $as_user "$postgres_bin/initdb" -D "$dir/postgres/data" -U cloudtask --auth=scram-sha-256 \
    --pwfile="$dir/postgres/password" -E UTF8 --no-locale >"$dir/postgres/initdb.log" 2>&1 &&
    echo 'CREATE DATABASE cloudtask' |
    $as_user "$postgres_bin/postgres" --single -D "$dir/postgres/data" postgres >>"$dir/postgres/initdb.log" 2>&1 ||
    fail "the database can't be made; as root it needs user namespaces (unshare -U): try as another user" \
      "$dir/postgres/initdb.log"
  touch "$dir/postgres/made"
}

start_postgres() {
  ! lives postgres || return 0
  find_postgres
  make_database
  (
    cd "$dir/postgres"
    # shellcheck disable=SC2086
    nohup $as_user "$postgres_bin/postgres" -D "$dir/postgres/data" -p "$(postgres_port)" \
      -c listen_addresses=127.0.0.1 -c unix_socket_directories= >>out.log 2>&1 </dev/null &
  )
}

# The last line of its pid file says so.
postgres_ready() { lives postgres && grep -q '^ready' "$(pid_file postgres)"; }
