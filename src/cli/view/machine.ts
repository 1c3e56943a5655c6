/** What programs read: JSON, or YAML. */
import { dump } from 'js-yaml';
import { assertNever } from '../../shared/assert.ts';

export const OUTPUTS = ['json', 'yaml'] as const;
export type Output = (typeof OUTPUTS)[number];

/** `value` is plain JSON. */
export function machineText(value: unknown, output: Output): string {
  switch (output) {
    case 'json':
      return `${JSON.stringify(value, null, 2)}\n`;
    case 'yaml':
      return dump(value, { lineWidth: -1, noRefs: true });
    default:
      return assertNever(output);
  }
}
