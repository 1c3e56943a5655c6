#!/usr/bin/env bash
# Three storage nodes on loopback, without Kubernetes: they found a cluster, and any Redis client can use any of them.
#
#   examples/local-three.sh [FOLDER]     data, logs and secrets go to FOLDER (a new temporary one by default); Ctrl-C stops all three
#
# Needs Node.js 20.19 or newer, and the bundle: `make build` makes dist/quorate.cjs.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
program=${QUORATE_PROGRAM:-$here/dist/quorate.cjs}
[ -f "$program" ] || { echo "there is no $program: run \`make build\` first" >&2; exit 1; }
folder=${1:-$(mktemp -d)}
base=${QUORATE_LOCAL_PORT:-17000}
mkdir -p "$folder"
umask 077
for secret in peer-secret admin-token client-password; do
  [ -s "$folder/$secret" ] || node -e 'process.stdout.write(require("crypto").randomBytes(24).toString("hex"))' > "$folder/$secret"
done

pids=()
# Each is told to stop in turn, and hands over what it leads; the folder stays.
trap 'trap - EXIT INT TERM; kill "${pids[@]}" 2>/dev/null; wait; echo "stopped; the data is in $folder"' EXIT
trap 'exit 0' INT TERM

for number in 1 2 3; do
  cat > "$folder/member-$number.yaml" <<YAML
name: member-$number
dataFolder: $folder/data-$number
host: 127.0.0.1
clientPort: $((base + number * 10))
peerPort: $((base + number * 10 + 1))
httpPort: $((base + number * 10 + 2))
peers:
  - {name: member-1, host: 127.0.0.1, port: $((base + 11))}
  - {name: member-2, host: 127.0.0.1, port: $((base + 21))}
  - {name: member-3, host: 127.0.0.1, port: $((base + 31))}
peerSecretFile: $folder/peer-secret
adminTokenFile: $folder/admin-token
clientPasswordFile: $folder/client-password
YAML
  node "$program" node --config "$folder/member-$number.yaml" > "$folder/member-$number.log" 2>&1 &
  pids+=($!)
done

# Founding: every member draws its own id; each is told the same list, once (a second run finds the cluster founded already).
node - "$base" "$folder/admin-token" <<'JS'
const [base, tokenFile] = [Number(process.argv[2]), process.argv[3]];
const token = require('fs').readFileSync(tokenFile, 'utf8').trim();
const url = (number, path) => `http://127.0.0.1:${base + number * 10 + 2}${path}`;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (what, act) => {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const value = await act().catch(() => null);
    if (value) return value;
    await wait(100);
  }
  throw new Error(`${what} did not come about within 15 s; see the logs`);
};
(async () => {
  const status = (number) => until(`member-${number} answers`, () => fetch(url(number, '/status')).then((answer) => answer.json()));
  const all = await Promise.all([1, 2, 3].map(status));
  if (all.every((one) => one.state === 'awaiting-membership')) {
    const members = all.map(({ memberId, name }) => ({ id: memberId, name }));
    const body = JSON.stringify({ clusterId: 'local', generation: { number: 1, id: '0'.repeat(16) }, epoch: 1, members });
    for (const number of [1, 2, 3]) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(url(number, '/admin/found'), { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`member-${number} was not founded: ${await answer.text()}`);
    }
  }
  const leader = await until('a leader', async () => (await (await fetch(url(1, '/status'))).json()).replication.leader);
  console.log(`${leader.name} leads`);
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
JS

cat <<TEXT
three members serve:
  redis-cli -p $((base + 10)) -a "\$(cat $folder/client-password)" SET greeting hello
  redis-cli -p $((base + 20)) -a "\$(cat $folder/client-password)" GET greeting
  curl http://127.0.0.1:$((base + 12))/status
logs: $folder/member-*.log     Ctrl-C stops all three
TEXT
wait
