import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareQuantities, parseQuantity, quantityToInteger } from '../../../src/api/quantity.ts';

describe('quantities are read as the API server reads them', () => {
  test.each([
    ['0', 0],
    ['1', 1],
    ['10Gi', 10 * 1024 ** 3],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['512Mi', 512 * 1024 ** 2],
    ['1Ki', 1024],
    ['1k', 1000],
    ['5M', 5_000_000],
    ['1e3', 1000],
    ['1E3', 1000],
    ['2P', 2e15],
    ['1.', 1],
    ['.5k', 500],
    ['+3', 3],
    ['-3', -3],
  ])('%s is %d', (text, expected) => {
    expect(quantityToInteger(text)).toBe(expected);
  });

  test.each([
    ['500m', 500_000_000n],
    ['1n', 1n],
    ['7u', 7000n],
    ['1e-3', 1_000_000n],
  ])('%s keeps its fraction', (text, nanos) => {
    expect(parseQuantity(text)).toBe(nanos);
  });

  test('what is finer than a billionth is rounded up, and so are whole units', () => {
    expect(parseQuantity('0.1n')).toBe(1n);
    expect(quantityToInteger('500m')).toBe(1);
    expect(quantityToInteger('1.0001Ki')).toBe(1025);
    expect(quantityToInteger('-1500m')).toBe(-1);
  });

  test('1E is an exa, 1E1 is ten', () => {
    expect(parseQuantity('1E')).toBe(10n ** 27n);
    expect(quantityToInteger('1E1')).toBe(10);
  });

  test.each(['', '.', 'abc', '10GB', '10 Gi', 'Gi', '1ee3', '1e', '--1', '1Gi1', '1e999999999', '9'.repeat(100), '10gi', '０'])(
    '%j is no quantity',
    (text) => {
      expect(parseQuantity(text)).toBeNull();
    },
  );

  test('what JavaScript cannot count to is refused, not rounded', () => {
    expect(quantityToInteger('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(quantityToInteger('9007199254740992')).toBeNull();
    expect(quantityToInteger('8Ei')).toBeNull();
  });

  test('quantities compare by amount, not by text', () => {
    expect(compareQuantities('1Gi', '1024Mi')).toBe(0);
    expect(compareQuantities('9Gi', '10Gi')).toBe(-1);
    expect(compareQuantities('1G', '1Gi')).toBe(-1);
    expect(compareQuantities('2', '1500m')).toBe(1);
    expect(compareQuantities('x', '1')).toBeNull();
  });

  test('order is that of the numbers, in any unit', () => {
    const amount = fc.tuple(fc.nat(100_000), fc.constantFrom(['Ki', 1024n], ['Mi', 1024n ** 2n], ['k', 1000n], ['', 1n]));
    fc.assert(
      fc.property(amount, amount, ([left, [leftUnit, leftFactor]], [right, [rightUnit, rightFactor]]) => {
        const difference = BigInt(left) * leftFactor - BigInt(right) * rightFactor;
        const expected = difference === 0n ? 0 : difference < 0n ? -1 : 1;
        expect(compareQuantities(`${left}${leftUnit}`, `${right}${rightUnit}`)).toBe(expected);
      }),
    );
  });
});
