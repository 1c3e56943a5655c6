/** What is wrong with settings, in words for whoever wrote them: the setting, what stands there, and what it takes. */
import type { z } from 'zod';

/** What each setting takes. */
export type SettingMeanings<Name extends string> = Readonly<Record<Name, string>>;

/** A line for each setting that is wrong. `top`: what is said when `given` holds no settings at all. */
export function issuesText(error: z.ZodError, given: unknown, meanings: SettingMeanings<string>, top: string): string {
  return error.issues.flatMap((issue) => linesOf(issue, given, meanings, top)).join('\n');
}

function linesOf(issue: z.core.$ZodIssue, given: unknown, meanings: SettingMeanings<string>, top: string): readonly string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = path === '' ? `: there are ${Object.keys(meanings).join(', ')}` : `; ${path}: ${meaningOf(issue, meanings)}`;
    return issue.keys.map((key) => `${path === '' ? key : `${path}.${key}`} is no setting${known}`);
  }
  if (path === '') return [top];
  const value = issue.path.reduce(within, given);
  const problem = value === undefined ? 'is missing' : `cannot be ${JSON.stringify(value)}`;
  return [`${path} ${problem}: ${meaningOf(issue, meanings)}`];
}

/** Of what stands deeper the schema itself says what it takes, after what the whole is. */
function meaningOf(issue: z.core.$ZodIssue, meanings: SettingMeanings<string>): string {
  const meaning = meanings[String(issue.path[0])] ?? issue.message;
  return issue.path.length > 1 && issue.code === 'too_small' ? `at least ${issue.minimum}; ${meaning}` : meaning;
}

function within(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
