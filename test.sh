#!/usr/bin/env bash
# Sets up what the tests need, builds with warnings as errors, which checks the format too, and runs every test.
# Needs the .NET 10 SDK. Node.js serves the mail and storage tests; where it is missing and apt is at hand, it is installed.
# Ends with the line "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

if ! command -v dotnet >/dev/null; then
    echo "test.sh: the .NET 10 SDK is needed (dotnet is not on the PATH)." >&2
    exit 1
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
    else
        echo "test.sh: Node.js 18 or later with npm is needed for the mail and storage tests; install nodejs and npm." >&2
        exit 1
    fi
fi

for folder in $(git ls-files '*package-lock.json' 2>/dev/null | xargs -r -n1 dirname); do
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
done

dotnet restore Workflows.sln --locked-mode
dotnet build Workflows.sln --no-restore

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --solution Workflows.sln --no-build "$@" 2>&1 | tee "$log" || status=$?

# The last summary of the run: "total:", "failed:", "succeeded:", "skipped:".
count() { awk -v key="$1:" '$1 == key { value = $2 } END { print value + 0 }' "$log"; }
passed=$(count succeeded)
failed=$(count failed)
if [ "$status" != 0 ] && [ "$failed" = 0 ]; then
    failed=1
fi

echo "$passed passed, $failed failed"
[ "$status" = 0 ] && [ "$passed" != 0 ]
