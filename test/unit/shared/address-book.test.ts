/** Where addresses are on this machine. */
import { expect, test } from '@jest/globals';
import { addressIn, addressOf, addressText, parseAddressBook } from '../../../src/shared/address-book.ts';
import type { AddressBook } from '../../../src/shared/address-book.ts';

const book: AddressBook = {
  names: { 'orders-0.orders-members.shop.svc': '10.40.0.5' },
  ports: { '10.40.0.5:6379': '127.0.0.1:40001' },
};

test.each([
  ['a name and its port', 'orders-0.orders-members.shop.svc', 6379, '127.0.0.1', 40_001],
  ['a name in the domain of the cluster', 'orders-0.orders-members.shop.svc.cluster.local', 6379, '127.0.0.1', 40_001],
  ['an address and its port', '10.40.0.5', 6379, '127.0.0.1', 40_001],
  ['a port that stands for itself', 'orders-0.orders-members.shop.svc', 7946, '10.40.0.5', 7946],
  ['a name that nobody knows', 'orders-1.orders-members.shop.svc', 6379, 'orders-1.orders-members.shop.svc', 6379],
  ['a name that every object has', 'constructor', 1, 'constructor', 1],
])('%s', (_, host, port, foundHost, foundPort) => {
  expect(addressIn(book, { host, port })).toEqual({ host: foundHost, port: foundPort });
});

test('addresses are written and read with their port', () => {
  expect(addressOf(addressText({ host: '127.4.0.5', port: 80 }))).toEqual({ host: '127.4.0.5', port: 80 });
  expect(addressOf(addressText({ host: '::1', port: 80 }))).toEqual({ host: '::1', port: 80 });
  for (const text of ['127.0.0.1', ':80', '127.0.0.1:70000', 'a:b']) expect(addressOf(text)).toBeNull();
});

test('what is read is held against what a book is', () => {
  expect(parseAddressBook(JSON.stringify(book))).toEqual({ ok: true, value: book });
  expect(parseAddressBook('{}')).toEqual({ ok: true, value: { names: {}, ports: {} } });
  for (const [text, reason] of [
    ['{', 'not valid JSON'],
    ['[]', 'not an object'],
    ['{"names": []}', 'names: not a table'],
    ['{"names": {"a": 1}}', 'names: not a table'],
    ['{"ports": {"a": "b"}}', 'ports: not addresses with a port: a at b'],
  ] as const) {
    expect(parseAddressBook(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) as unknown });
  }
});
