/** Addresses looked up in the file that `QUORATE_ADDRESS_BOOK` names: where pods are processes of one machine, it stands for DNS and routes. */
import { readFileSync } from 'node:fs';
import { addressIn, parseAddressBook, sameAddress } from '../shared/address-book.ts';
import type { AddressBook, ResolveAddress } from '../shared/address-book.ts';
import { errnoOf } from '../wal/errno.ts';
import { UsageError } from './command.ts';

export const ADDRESS_BOOK_VARIABLE = 'QUORATE_ADDRESS_BOOK';

/**
 * Without a file every address is what it says. The file is read at each look-up, since pods come and go: whoever writes it puts a new one in
 * its place. @throws UsageError when at the start it cannot be read, or says what no address book says
 */
export function addressesFrom(env: Readonly<Record<string, string | undefined>>): ResolveAddress {
  const file = env[ADDRESS_BOOK_VARIABLE] ?? '';
  if (file === '') return sameAddress;
  let book = readBook(file);
  return (address) => {
    try {
      book = readBook(file);
    } catch (error) {
      // What was known last is better than to end for a file that whoever runs the pods took with it.
      if (!(error instanceof UsageError)) throw error;
    }
    return addressIn(book, address);
  };
}

function readBook(file: string): AddressBook {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${ADDRESS_BOOK_VARIABLE}: ${file} cannot be read: ${errnoOf(error) ?? String(error)}`, {
      cause: error,
    });
  }
  const book = parseAddressBook(text);
  if (!book.ok) throw new UsageError(`${ADDRESS_BOOK_VARIABLE}: ${file}: ${book.reason}`);
  return book.value;
}
