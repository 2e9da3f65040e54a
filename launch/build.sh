#!/bin/sh
# Builds dist/ of a checkout: all jars, and for each role an AOT cache from a training run.
# usage: launch/build.sh HOME JDK, by the launcher, which holds the lock. Progress goes to stderr.
set -eu
home=$1
JAVA_HOME=$2
export JAVA_HOME
next=$home/dist/next
log=$home/dist/build.log
# shellcheck source=launch/roles.sh
. "$home/launch/roles.sh"

say() { echo "cloudtask: $*" >&2; }

if ! command -v mvn >/dev/null 2>&1; then
  say "this checkout has to be built once, and Maven (mvn) is missing. Install it: apt-get install maven"
  exit 1
fi

# One line for each module instead of a wall of text; on a terminal it is one line that changes.
progress() {
  progress_downloads=0
  while IFS= read -r progress_line; do
    printf '%s\n' "$progress_line"
    case $progress_line in
      *'Downloaded from '*)
        progress_downloads=$((progress_downloads + 1))
        [ ! -t 2 ] || printf '\r  fetching libraries: %s files\033[K' "$progress_downloads" >&2
        [ -t 2 ] || [ $((progress_downloads % 200)) -ne 0 ] || echo "  fetching libraries: $progress_downloads files" >&2
        ;;
      'console: fetching its libraries')
        [ ! -t 2 ] || printf '\r  fetching the libraries of the console\033[K' >&2
        [ -t 2 ] || echo "  fetching the libraries of the console" >&2
        ;;
      '[INFO] Building '*' ['*/*']')
        progress_module=${progress_line#'[INFO] Building '}
        progress_step=${progress_line##*[}
        if [ -t 2 ]; then
          printf '\r  [%s %s\033[K' "$progress_step" "${progress_module%% 3.*}" >&2
        else
          echo "  [$progress_step ${progress_module%% 3.*}" >&2
        fi
        ;;
    esac
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

rm -rf "$next"
mkdir -p "$next"
touch "$next/built"
say "building (the first time this takes a few minutes; log: $log)"
{
  cd "$home"
  mvn -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true \
    "-Dcloudtask.lib=$next/lib" -pl distribution -am package </dev/null 2>&1 || {
    failure=$?
    # Maven leaves its last line open, and this has to stand at the beginning of one.
    printf '\nmaven failed: %s\n' "$failure"
  }
} | progress >"$log"
if grep -q '^maven failed: ' "$log"; then
  say "the build failed:"
  grep -E '^(\[ERROR\]|console: )' "$log" | head -n 20 >&2
  say "the whole log is $log"
  exit 1
fi

# A start without a cache works too, only slower: what goes wrong here is said and no more.
train() {
  "$home/launch/train.sh" "$home" "$next" "$JAVA_HOME" >"$home/dist/train.log" 2>&1 ||
    say "no start-up cache was made, starts will be slower (see $home/dist/train.log)"
}
[ -n "${CLOUDTASK_NO_AOT:-}" ] || {
  say "training the start-up caches"
  train
}

# Programs that run from the old jars keep them: they are open, only their names go.
rm -rf "$home/dist/old"
[ ! -d "$home/dist/current" ] || mv "$home/dist/current" "$home/dist/old"
mv "$next" "$home/dist/current"
rm -rf "$home/dist/old"
say "built"
