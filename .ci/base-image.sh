#!/usr/bin/env bash
# Makes the images that the Docker tests run on, from Debian packages alone, so that no image registry is needed:
#   patchdiff-test-base:SUITE    a minimal Debian, made by debootstrap
#   patchdiff-test-python:SUITE  containers/python.Dockerfile on it, with pytest and the packages given
# Usage: base-image.sh [SUITE [PIP_PACKAGES]]   (bullseye: Python 3.9, the default; bookworm: Python 3.11). Needs root.
set -euo pipefail

suite=${1:-bullseye}
packages="pytest${2:+ $2}"
base=patchdiff-test-base:$suite
python=patchdiff-test-python:$suite
containers=$(cd "$(dirname "$0")/../containers" && pwd)

# The archive that this machine itself installs from.
mirror() {
  local uris
  uris=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main')
  grep -v -i security <<<"$uris" | head -n 1
}

# What this machine needs to reach its package sources, the new system needs as well.
copy_machine_settings() {
  local root=$1
  cp -t "$root/usr/local/share/ca-certificates" /usr/local/share/ca-certificates/*.crt 2>/dev/null || true
  chroot "$root" update-ca-certificates >/dev/null
  cp -t "$root/etc" /etc/pip.conf 2>/dev/null || true
  cp -t "$root/etc/apt/apt.conf.d" /etc/apt/apt.conf.d/*proxy* 2>/dev/null || true
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
}

make_base() {
  local work
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  echo "base-image: debootstrap $suite"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$work/root" "$(mirror)" >"$work/log" 2>&1 || {
    tail -n 20 "$work/log" >&2
    return 1
  }
  copy_machine_settings "$work/root"
  tar --directory "$work/root" --create --numeric-owner --one-file-system --exclude=./proc/* --exclude=./sys/* . |
    docker import --change 'CMD ["/bin/bash"]' - "$base" >/dev/null
}

exists() { docker image inspect "$1" >/dev/null 2>&1; }

exists "$base" || make_base
docker buildx version >/dev/null 2>&1 || export DOCKER_BUILDKIT=0
docker build --quiet --network host --tag "$python" --file "$containers/python.Dockerfile" \
  --build-arg "BASE_IMAGE=$base" --build-arg "PIP_PACKAGES=$packages" "$containers" >/dev/null
echo "base-image: $base and $python are ready"
