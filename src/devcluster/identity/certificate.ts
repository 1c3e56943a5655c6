/** A certificate of our own for a server on loopback (RFC 5280), signed by its own key: whoever trusts it trusts that server alone. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface ServerCertificate {
  /** PEM, both. */
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;
/** A clock that is set back a little does not make it invalid. */
const BEFORE_DAYS = 1;
const LINE_LENGTH = 64;

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  text: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  ipAddress: 0x87,
  version: 0xa0,
  extensions: 0xa3,
} as const;

const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
} as const;

/** @param addresses IPv4 */
export function makeCertificate(
  name: string,
  hosts: readonly string[],
  addresses: readonly string[],
  nowMs: number,
): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const subject = sequence(der(TAG.set, sequence(oid(OID.commonName), der(TAG.text, Buffer.from(name)))));
  const names = [
    ...hosts.map((host) => der(TAG.dnsName, Buffer.from(host))),
    ...addresses.map((address) => der(TAG.ipAddress, Buffer.from(address.split('.').map(Number)))),
  ];
  const signed = sequence(
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, serialNumber()),
    algorithm,
    subject,
    sequence(time(nowMs - BEFORE_DAYS * DAY_MS), time(nowMs + VALID_DAYS * DAY_MS)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      TAG.extensions,
      sequence(
        extension(OID.basicConstraints, sequence(der(TAG.boolean, Buffer.from([0xff])))),
        extension(OID.subjectAltName, sequence(...names)),
      ),
    ),
  );
  const signature = sign('sha256', signed, privateKey);
  const whole = sequence(signed, algorithm, der(TAG.bits, Buffer.concat([Buffer.from([0]), signature])));
  return { certificate: pem(whole), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(TAG.sequence, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return der(TAG.oid, Buffer.from(hex, 'hex'));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(TAG.octets, value));
}

/** Positive, and in its shortest form: the first byte is neither zero nor negative. */
function serialNumber(): Buffer {
  const number = randomBytes(16);
  number[0] = ((number[0] ?? 0) & 0x7f) | 0x40;
  return number;
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(TAG.time, Buffer.from(`${digits}Z`));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
