# shellcheck shell=sh disable=SC2034 # jdk_home is for the script that sources this
# Finds a JDK 25, for the scripts that source this file. Reads files only, so that it costs no process.

# Whether a directory is a JDK 25 that can run (and, with "build", compile).
jdk_is_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  [ "${2:-}" != build ] || [ -x "$1/bin/javac" ] || return 1
  while IFS= read -r jdk_line; do
    case $jdk_line in
      'JAVA_VERSION="25"' | 'JAVA_VERSION="25.'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# Sets jdk_home to the first that fits; $1 is "build" when a compiler is needed too.
jdk_find() {
  jdk_home=
  if [ -n "${CLOUDTASK_JAVA_HOME:-}" ]; then
    jdk_is_25 "$CLOUDTASK_JAVA_HOME" "${1:-}" || {
      echo "cloudtask: CLOUDTASK_JAVA_HOME=$CLOUDTASK_JAVA_HOME is no JDK 25; correct it, or unset it to let one be found" >&2
      return 1
    }
    jdk_home=$CLOUDTASK_JAVA_HOME
    return 0
  fi
  if [ -n "${JAVA_HOME:-}" ] && jdk_is_25 "$JAVA_HOME" "${1:-}"; then
    jdk_home=$JAVA_HOME
    return 0
  fi
  jdk_path=$(command -v java 2>/dev/null) && jdk_path=$(readlink -f "$jdk_path" 2>/dev/null) &&
    jdk_is_25 "${jdk_path%/bin/java}" "${1:-}" && jdk_home=${jdk_path%/bin/java} && return 0
  for jdk_dir in /usr/lib/jvm/* /opt/* /opt/java/* /usr/java/* /usr/local/* /usr/local/lib/jvm/* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    "${HOME:-/}"/.local/share/mise/installs/java/* "${HOME:-/}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if jdk_is_25 "$jdk_dir" "${1:-}"; then
      jdk_home=$jdk_dir
      return 0
    fi
  done
  echo "cloudtask: no JDK 25 found (looked at CLOUDTASK_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks).
Install one, for example Eclipse Temurin 25: https://adoptium.net/temurin/releases/?version=25
(Debian: their apt repository and 'apt-get install temurin-25-jdk'; or 'sdk install java 25-tem'),
or name one that is elsewhere with CLOUDTASK_JAVA_HOME=/path/to/jdk-25." >&2
  return 1
}
