#!/usr/bin/env bash
# Makes the command `patchdiff` available to later steps: from this checkout, or from npm when VERSION names one.
set -euo pipefail

prefix=${RUNNER_TEMP:?}/patchdiff
mkdir -p "$prefix/bin"
if [ -n "${VERSION:-}" ]; then
  npm install --global --no-audit --no-fund --prefix "$prefix" "patchdiff@$VERSION"
else
  npm ci --prefix "${GITHUB_ACTION_PATH:?}" --no-audit --no-fund
  ln -sf "$GITHUB_ACTION_PATH/bin/patchdiff.js" "$prefix/bin/patchdiff"
fi
echo "$prefix/bin" >> "${GITHUB_PATH:?}"
