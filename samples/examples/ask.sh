#!/bin/sh
# Asks one question with curl.
#   sh ask.sh [BASE_URL] [QUESTION]
# With jq installed the answer and its citations are laid out; without it the response is printed as it came.
# ZHIKU_KEY holds the access key of a service that needs one.
set -eu

base=${1:-http://127.0.0.1:8650}
base=${base%/}
question=${2-How many characters must a password have?}

# A JSON string may hold neither bare quotes and backslashes nor control characters.
tab=$(printf '\t')
escaped=$(printf '%s' "$question" | tr -d '\000-\010\013\014\016-\037' | tr '\r' ' ' |
  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$tab/\\\\t/g" |
  awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }')

body=$(mktemp)
trap 'rm -f "$body"' EXIT

set -- --silent --show-error --output "$body" --write-out '%{http_code}' \
  --header 'Content-Type: application/json; charset=utf-8' --header 'Accept: application/json' --data-binary @-
if [ -n "${ZHIKU_KEY:-}" ]; then set -- "$@" --header "Authorization: Bearer $ZHIKU_KEY"; fi

if ! status=$(printf '{"question":"%s"}' "$escaped" | curl "$@" "$base/query"); then
  echo "No answer from $base. Is the service running? Start it with: ./zhiku serve" >&2
  exit 1
fi

show() {
  if command -v jq >/dev/null 2>&1; then jq -r --arg base "$base" "$1" "$body"; else cat "$body" && echo; fi
}

if [ "$status" != 200 ]; then
  echo "Refused with HTTP status $status:" >&2
  show '"\(.code): \(.detail)\n\(.remedy)"' >&2
  exit 1
fi
show '.answer, (.citations[] | "[\(.number)] \(.path), \(.location)\n    \(.quote)\n    \($base)\(.url)"),
  (.warnings[]? | "warning: \(.code): \(.detail)")'
