#!/bin/bash
# Makes sure that a Docker Engine answers on this machine: installs Debian's and starts it where there is none (as root, then).
# Safe to run again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
docker info >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "no container engine answers \`docker info\`, and only root can install one: start yours, or run this as root" >&2
  exit 1
fi
missing=
for program in dockerd docker iptables ip jq; do command -v $program >/dev/null || missing=yes; done
if [ -n "$missing" ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables iproute2 jq >/dev/null
fi
# Some sandboxes withhold CAP_SYS_RESOURCE, which `docker run --privileged` asks for: containers run without it there.
if [ $((0x$(awk '/CapBnd/{print $2}' /proc/self/status) >> 24 & 1)) = 0 ]; then
  install -m 755 "$here/node/runc-nsr" /usr/local/sbin/runc-nsr
  mkdir -p /etc/docker
  settings=$(jq -s 'add // {}' /etc/docker/daemon.json 2>/dev/null || echo '{}')
  jq '. + {"storage-driver": "overlay2", "default-runtime": "runc-nsr"} | .runtimes["runc-nsr"].path = "/usr/local/sbin/runc-nsr"' \
    <<<"$settings" >/etc/docker/daemon.json
fi
nohup dockerd >/var/log/dockerd.log 2>&1 </dev/null &
for _ in $(seq 60); do
  docker info >/dev/null 2>&1 && exit 0
  sleep 0.5
done
echo "dockerd did not start:" >&2
tail -20 /var/log/dockerd.log >&2
exit 1
