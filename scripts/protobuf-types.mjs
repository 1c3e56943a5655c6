/**
 * Writes src/devcluster/http/protobuf/protobuf-types.json: the numbers of fields of Kubernetes' own kinds on the wire, as facts taken from the
 * generated.proto files of its Go modules (`go mod download -json k8s.io/api@vX k8s.io/apimachinery@vX` says where they are).
 *
 *   node scripts/protobuf-types.mjs DIRECTORY_OF_API DIRECTORY_OF_APIMACHINERY
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , api, machinery] = process.argv;
if (api === undefined || machinery === undefined) {
  console.error('usage: node scripts/protobuf-types.mjs DIRECTORY_OF_API DIRECTORY_OF_APIMACHINERY');
  process.exit(2);
}

const { kinds } = JSON.parse(readFileSync('src/devcluster/model/types/builtin-types.json', 'utf8'));
const packages = {
  v1: 'k8s.io.api.core.v1',
  'apps/v1': 'k8s.io.api.apps.v1',
  'policy/v1': 'k8s.io.api.policy.v1',
  'autoscaling/v1': 'k8s.io.api.autoscaling.v1',
  'networking.k8s.io/v1': 'k8s.io.api.networking.v1',
  'coordination.k8s.io/v1': 'k8s.io.api.coordination.v1',
  'discovery.k8s.io/v1': 'k8s.io.api.discovery.v1',
  'storage.k8s.io/v1': 'k8s.io.api.storage.v1',
  'events.k8s.io/v1': 'k8s.io.api.events.v1',
  'rbac.authorization.k8s.io/v1': 'k8s.io.api.rbac.v1',
  'admissionregistration.k8s.io/v1': 'k8s.io.api.admissionregistration.v1',
  'authorization.k8s.io/v1': 'k8s.io.api.authorization.v1',
  'authentication.k8s.io/v1': 'k8s.io.api.authentication.v1',
};
const META = 'k8s.io.apimachinery.pkg.apis.meta.v1';

/** Structs that Go embeds: their fields stand beside the others in JSON. */
const embedded =
  /^(volumeSource|persistentVolumeSource|handler|localObjectReference|ephemeralContainerCommon|rule|ruleWithOperations|subjectAccessReviewSpec)$/;
const scalars = new Set(['string', 'bool', 'bytes', 'int32', 'int64', 'uint32', 'uint64', 'double', 'float']);
/** Written in JSON in a way of their own, which the decoder knows by name. */
const special = {
  [`${META}.Time`]: 'Time',
  [`${META}.MicroTime`]: 'MicroTime',
  [`${META}.FieldsV1`]: 'Raw',
  'k8s.io.apimachinery.pkg.runtime.RawExtension': 'Raw',
  'k8s.io.apimachinery.pkg.api.resource.Quantity': 'Quantity',
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': 'IntOrString',
};

/** `Struct.jsonName` of scalars that may be absent: there, and there alone, zero is a value. Others are written even when nobody set them. */
const pointers = new Set();

function loadPointers(name, folder) {
  let struct = '';
  for (const line of readFileSync(join(folder, 'types.go'), 'utf8').split('\n')) {
    struct = /^type (\w+) struct/.exec(line)?.[1] ?? struct;
    const field = /^\t\w+\s+\*\S+\s+`json:"([^,"]+)/.exec(line);
    if (field !== null) pointers.add(`${name}.${struct}.${field[1]}`);
  }
}

const messages = new Map();
const read = new Set();

function load(name) {
  if (read.has(name)) return;
  read.add(name);
  const path = name.replaceAll('.', '/').replace('k8s/io/', '');
  const folder = path.startsWith('apimachinery/')
    ? join(machinery, path.slice('apimachinery/'.length))
    : join(api, path.slice('api/'.length));
  const file = join(folder, 'generated.proto');
  loadPointers(name, folder);
  let current = null;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const begun = /^message (\w+) \{/.exec(line);
    if (begun !== null) messages.set(`${name}.${begun[1]}`, (current = []));
    const field = /^ {2}(optional |repeated |)(map<\s*(\w+),\s*([\w.]+)\s*>|[\w.]+) (\w+) = (\d+);/.exec(line);
    if (field === null || current === null) continue;
    const [, label, type, , valueType, jsonName, number] = field;
    current.push({
      label: label.trim(),
      type: valueType ?? type,
      isMap: valueType !== undefined,
      jsonName,
      number,
      package: name,
    });
  }
}

/** The full name of a type as a file of the package names it. */
function fullName(type, from) {
  const absolute = type.startsWith('.') ? type.slice(1) : type;
  if (absolute.startsWith('k8s.io.')) return absolute;
  return `${from}.${absolute}`;
}

const table = {};
const shortNames = new Map();

function shortOf(full) {
  const short = full.split('.').at(-1);
  const taken = shortNames.get(short) ?? full;
  shortNames.set(short, taken);
  return taken === full ? short : full.split('.').slice(-3).join('.');
}

function take(full) {
  if (special[full] !== undefined) return `!${special[full]}`;
  load(full.slice(0, full.lastIndexOf('.')));
  const fields = messages.get(full);
  if (fields === undefined) throw new Error(`no message ${full}`);
  const name = shortOf(full);
  if (table[name] !== undefined) return name;
  const rows = (table[name] = {});
  for (const { label, type, isMap, jsonName, number, package: from } of fields) {
    const kind = scalars.has(type) ? type : take(fullName(type, from));
    const mayBeAbsent = label !== 'repeated' && !isMap && pointers.has(`${full}.${jsonName}`);
    const marks = `${scalars.has(type) && mayBeAbsent ? '?' : ''}${isMap ? '%' : ''}${label === 'repeated' ? '*' : ''}${embedded.test(jsonName) && !scalars.has(type) ? '<' : ''}`;
    rows[number] = `${jsonName} ${marks}${kind}`;
  }
  return name;
}

const written = { kinds: {}, messages: table };
/** Questions that are answered and never stored. */
const reviews = ['authorization.k8s.io/v1 SubjectAccessReview', 'authentication.k8s.io/v1 SelfSubjectReview'];

for (const key of [...Object.keys(kinds), ...reviews]) {
  const [apiVersion, kind] = key.split(' ');
  const found = packages[apiVersion];
  if (found === undefined) continue;
  written.kinds[key] = take(`${found}.${kind}`);
}
written.kinds.DeleteOptions = take(`${META}.DeleteOptions`);
writeFileSync('src/devcluster/http/protobuf/protobuf-types.json', `${JSON.stringify(written, null, 1)}\n`);
