import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addLongDoubles, formatLongDouble, parseLongDouble } from '../../../src/keyspace/long-double.ts';

function sum(left: string, right: string): string | null {
  const [first, second] = [parseLongDouble(left), parseLongDouble(right)];
  if (!first || !second) return 'invalid';
  const result = addLongDoubles(first, second);
  return result && formatLongDouble(result);
}

describe('numbers of INCRBYFLOAT', () => {
  test.each([
    ['10.50', '0.1', '10.6'],
    ['5.0e3', '2.0e2', '5200'],
    ['0.1', '0.2', '0.3'],
    ['3', '1.1', '4.1'],
    ['1e20', '1', '100000000000000000000'],
    ['1.000000000000000005', '0', '1'],
    ['1.0000000000000000051', '0', '1.00000000000000001'],
    ['1', '1e-17', '1.00000000000000001'],
    ['1', '1e-18', '1'],
    ['-5e-20', '0', '0'],
    ['-1.5', '1.5', '0'],
    ['0x10', '0x.8', '16.5'],
    ['0x1p3', '+1', '9'],
    ['.5', '5.', '5.5'],
    ['18446744073709551615', '1', '18446744073709551616'],
    ['18446744073709551616', '1', '18446744073709551616'],
    ['9007199254740993', '0', '9007199254740993'],
    ['inf', '1', null],
    ['1e4932', '1.1e4932', null],
  ])('%s + %s = %s', (left, right, expected) => {
    expect(sum(left, right)).toBe(expected);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    'abc',
    'nan',
    '.',
    'e5',
    '1e',
    '--1',
    '0x',
    '1_0',
    '1e5000',
    '-1e5000',
    '1e-5000',
    '1'.repeat(6000),
  ])('%j is no valid float', (text) => {
    expect(parseLongDouble(text)).toBeNull();
  });

  test('a power of ten that nobody can write out costs nothing', () => {
    expect(parseLongDouble('1e999999999999')).toBeNull();
    expect(sum('0e999999999999', '1')).toBe('1');
  });

  test('integers up to 2^63 stay exact, and what is printed is read as the same number', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 62n), 2n ** 62n), fc.bigInt(-(2n ** 62n), 2n ** 62n), (left, right) => {
        expect(sum(String(left), String(right))).toBe(String(left + right));
      }),
    );
  });
});
