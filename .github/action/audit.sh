#!/usr/bin/env bash
# Runs the audit that the inputs of action.yml describe (given as environment variables), and tells GitHub of it.
# Exits as `patchdiff run` does.
set -euo pipefail

fail() {
  echo "::error title=patchdiff::$1"
  exit 2
}
[ -n "${DATASET:-}" ] || fail 'the input dataset is missing'
[ -n "${PREDICTIONS:-}" ] || fail 'the input predictions is missing'
for name in SANDBOX SARIF SUMMARY; do
  case ${!name:-} in true | false | '') ;; *) fail "the input ${name,,} must be true or false" ;; esac
done

run=$REPORT_DIR/${SHARD:+shard-${SHARD/\//-of-}}
run=${run%/}
[ -n "${SHARD:-}" ] || run=$REPORT_DIR/run
args=("$DATASET" --run-id "$(basename "$run")" --out "$REPORT_DIR" --engine "${ENGINE:-auto}")
args+=(--fail-on "${FAIL_ON:-none}" --max-divergent "${MAX_DIVERGENT:-0}")
while IFS= read -r file; do [ -z "$file" ] || args+=(-p "$file"); done <<< "$PREDICTIONS"
read -r -d '' -a instances <<< "${INSTANCES:-}" || true
for id in ${instances[@]+"${instances[@]}"}; do args+=(-i "$id"); done
[ -z "${SHARD:-}" ] || args+=(--shard "$SHARD")
[ -z "${WORKERS:-}" ] || args+=(-j "$WORKERS")
[ -z "${TIMEOUT:-}" ] || args+=(-t "$TIMEOUT")
[ -z "${BUDGET:-}" ] || args+=(--budget "$BUDGET")

[ "${SANDBOX:-true}" = true ] || args+=(--no-sandbox)

status=0
patchdiff run "${args[@]}" || status=$?
[ -f "$run/report.json" ] || exit "$status"

patchdiff report "$run" --format html -o "$run/report.html"
{
  echo "report=$run/report.json"
  echo "html=$run/report.html"
  patchdiff report "$run" --format github-outputs
} >> "$GITHUB_OUTPUT"
if [ "${SARIF:-false}" = true ]; then
  patchdiff report "$run" --format sarif -o "$run/report.sarif"
  echo "sarif=$run/report.sarif" >> "$GITHUB_OUTPUT"
fi
patchdiff report "$run" --format github-annotations
if [ "${SUMMARY:-true}" = true ]; then
  patchdiff report "$run" --format github-summary >> "$GITHUB_STEP_SUMMARY" ||
    echo '::warning title=patchdiff::the job summary could not be written'
fi
exit "$status"
