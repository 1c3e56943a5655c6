/**
 * Where addresses of a cluster are on this machine, for pods that run as processes of it: names that no DNS knows, and ports that stand for
 * addresses which the machine does not have. Whoever runs the pods writes the book; members and the operator look up what they dial and what
 * they listen on (docs/ARCHITECTURE.md, decision 6).
 */
import { refuse, succeed } from './result.ts';
import type { Result } from './result.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What an address is on this machine; one that nothing is known of is returned as it is. */
export type ResolveAddress = (address: Address) => Address;

export interface AddressBook {
  /** Address by host name, such as `orders-0.orders-members.shop.svc`. */
  readonly names: Readonly<Record<string, string>>;
  /** `127.0.0.1:40001` by `10.244.0.5:6379`: where that port of that address is. */
  readonly ports: Readonly<Record<string, string>>;
}

/** As a cluster without an address book has it. */
export const sameAddress: ResolveAddress = (address) => address;

/** Names may end in the cluster's own domain. */
const CLUSTER_DOMAIN = /\.cluster\.local\.?$/;

export function addressIn({ names, ports }: AddressBook, { host, port }: Address): Address {
  const known = own(names, host.replace(CLUSTER_DOMAIN, '')) ?? host;
  const place = own(ports, addressText({ host: known, port }));
  return (place === null ? null : addressOf(place)) ?? { host: known, port };
}

function own(table: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Null for what is no address with a port. */
export function addressOf(text: string): Address | null {
  const found = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  if (found === null) return null;
  const port = Number(found[3]);
  return port > 65_535 ? null : { host: found[1] ?? found[2] ?? '', port };
}

/** The reason says what in the text is no address book. */
export function parseAddressBook(text: string): Result<AddressBook, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isTable(value)) return refuse('not an object with `names` and `ports`');
  const { names = {}, ports = {} } = value;
  if (!isTextTable(names)) return refuse('names: not a table of addresses by name');
  if (!isTextTable(ports)) return refuse('ports: not a table of addresses by address');
  for (const [from, to] of Object.entries(ports)) {
    if (addressOf(from) === null || addressOf(to) === null) return refuse(`ports: not addresses with a port: ${from} at ${to}`);
  }
  return succeed({ names, ports });
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextTable(value: unknown): value is Readonly<Record<string, string>> {
  return isTable(value) && Object.values(value).every((each) => typeof each === 'string');
}
