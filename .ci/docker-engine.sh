#!/usr/bin/env bash
# Sees to it that a Docker engine answers and that the tools of the local engine and of base-image.sh exist.
# Installs what is missing where it may (root on a machine with apt) and starts the daemon where none runs.
set -euo pipefail

seconds_to_wait=60

install_missing() {
  local missing=()
  command -v dockerd >/dev/null || missing+=(docker.io)
  command -v debootstrap >/dev/null || missing+=(debootstrap)
  command -v iptables >/dev/null || missing+=(iptables)
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "docker-engine: missing ${missing[*]}, and only root on a machine with apt can install them here" >&2
    return 0
  fi
  echo "docker-engine: installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

answers() { docker info >/dev/null 2>&1; }

start_daemon() {
  local log
  log=$(mktemp --suffix=.dockerd.log)
  echo "docker-engine: starting dockerd, log in $log"
  setsid dockerd >"$log" 2>&1 </dev/null &
  for _ in $(seq "$seconds_to_wait"); do
    if answers; then return 0; fi
    sleep 1
  done
  echo "docker-engine: dockerd did not answer within $seconds_to_wait s:" >&2
  tail -n 20 "$log" >&2
  return 1
}

install_missing
answers || start_daemon
docker version --format 'docker-engine: {{.Server.Version}} answers'
