#!/bin/sh
# Builds or checks the console with the machine's Node.
# usage: build.sh build   makes target/classes/io/cloudtask/console
#        build.sh check   types, lint, format, unit tests
set -eu
cd "$(dirname "$0")"

need() {
  echo "console: Node 20.19 or newer with npm builds the console, and $1. Install it (nodejs.org, or your system's packages nodejs and npm), then run this again." >&2
  exit 1
}
command -v node >/dev/null 2>&1 || need "node is not on the PATH"
command -v npm >/dev/null 2>&1 || need "npm is not on the PATH"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  need "this one is $(node --version)"

# What was fetched once is not fetched again: without a network the build goes on.
if ! cmp -s package-lock.json node_modules/.fetched; then
  echo "console: fetching its libraries"
  npm ci --prefer-offline --no-audit --no-fund
  cp package-lock.json node_modules/.fetched
fi

case ${1:-build} in
  build) exec node scripts/build.mjs ;;
  check)
    npm run --silent types
    npm run --silent check
    npm run --silent test
    ;;
  *)
    echo "usage: build.sh build|check" >&2
    exit 2
    ;;
esac
