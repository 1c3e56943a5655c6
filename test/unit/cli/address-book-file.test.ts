/** The file that stands for DNS and routes where pods are processes of one machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { addressesFrom } from '../../../src/cli/address-book-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-book-'));
  file = join(folder, 'addresses.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked = { host: 'a.shop.svc', port: 80 };
const write = (names: Record<string, string>): void => writeFileSync(file, JSON.stringify({ names }));

test('without a file every address is what it says', () => {
  expect(addressesFrom({})(asked)).toEqual(asked);
});

test('what the file says now counts, and what it said last once it is gone', () => {
  write({ 'a.shop.svc': '127.9.0.1' });
  const addresses = addressesFrom({ QUORATE_ADDRESS_BOOK: file });
  expect(addresses(asked)).toEqual({ host: '127.9.0.1', port: 80 });
  write({ 'a.shop.svc': '127.9.0.2' });
  expect(addresses(asked)).toEqual({ host: '127.9.0.2', port: 80 });
  rmSync(file);
  expect(addresses(asked)).toEqual({ host: '127.9.0.2', port: 80 });
});

test('a file that is missing or wrong at the start is told by the name of its variable', () => {
  expect(() => addressesFrom({ QUORATE_ADDRESS_BOOK: file })).toThrow(/^QUORATE_ADDRESS_BOOK: .* cannot be read/);
  writeFileSync(file, '[]');
  expect(() => addressesFrom({ QUORATE_ADDRESS_BOOK: file })).toThrow(/^QUORATE_ADDRESS_BOOK: .*not an object/);
});
