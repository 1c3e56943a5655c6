/** Fields that hold a quantity. Checked by CEL, not by a pattern: the message says what to write, and rules may rely on `isQuantity`. */
import { z } from 'zod';
import { parseQuantity } from './quantity.ts';
import { CRD_WORDS } from './schema.ts';
import type { ValidationRule } from './schema.ts';

const QUANTITY_LENGTH_MAX = 32;

function quantitySchema(message: string) {
  const rule: ValidationRule = { rule: 'isQuantity(self) && quantity(self).isGreaterThan(quantity("0"))', message };
  return z
    .string()
    .max(QUANTITY_LENGTH_MAX)
    .refine((text) => (parseQuantity(text) ?? 0n) > 0n, message)
    .meta({ [CRD_WORDS]: { rules: [rule] } });
}

export const bytes = () => quantitySchema('a size is a quantity above zero, such as 512Mi or 10Gi');
export const cpu = () => quantitySchema('an amount of CPU is a quantity above zero, such as 500m or 2');
