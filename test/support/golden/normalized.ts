/** Answers without what is another each time: identities, versions, times, addresses and drawn names. */
import type { GoldenAnswer } from './play.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<address>'],
  [/(ReplicaSet \\"[-a-z0-9]+-)[a-z0-9]+\\"/g, '$1<drawn>\\"'],
  [/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<drawn>'],
  [/(ResourceVersion in object meta: |(?:ResourceVersion in |in )(?:the precondition|record) \()\d+/g, '$1<version>'],
  [/-----BEGIN CERTIFICATE-----[^"]*/g, '<certificate>'],
];
const VALUES: Readonly<Record<string, string>> = {
  resourceVersion: '<version>',
  nodePort: '<port>',
  continue: '<token>',
  'controller.kubernetes.io/hash': '<hash>',
};

/**
 * UIDs become `<uid 1>` and so on, in the order in which they are met.
 * @param kept by name: drawn values that steps kept, such as the name of a revision
 */
export function normalized(answers: readonly GoldenAnswer[], kept: ReadonlyMap<string, string>): readonly GoldenAnswer[] {
  let text = JSON.stringify(answers.map((answer) => plain(answer)));
  for (const [name, value] of kept) if (DRAWN.test(name)) text = text.replaceAll(value, `<${name}>`);
  const uids: string[] = [];
  text = text.replaceAll(UUID, (uid) => {
    if (!uids.includes(uid)) uids.push(uid);
    return `<uid ${uids.indexOf(uid) + 1}>`;
  });
  for (const [pattern, by] of REPLACED) text = text.replaceAll(pattern, by);
  return JSON.parse(text) as readonly GoldenAnswer[];
}

/** What must not change the API server shows as a difference of two objects of its own, at the end of the sentence. */
const DIFFERENCE = /\n(@@|\s+\w+\.\w+\{)[\s\S]*$/;
/** Names of what is kept for being another each time. */
const DRAWN = /^(drawn|revision|token)/;

/** Keys in order, so that UIDs are met in the same order; versions and ports by their names. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item));
  if (typeof value === 'string') return value.replace(DIFFERENCE, '');
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(
    pairs.map(([name, item]) => {
      const by = VALUES[name];
      if (by !== undefined && item !== '' && item !== '0' && typeof item !== 'object') return [name, by];
      return [name, name === 'managedFields' && Array.isArray(item) ? managers(item) : plain(item)];
    }),
  );
}

/** Without their times, which are whole seconds, and in an order of their own instead. */
function managers(entries: readonly unknown[]): readonly unknown[] {
  return entries
    .map((entry) => JSON.stringify(plain({ ...(entry as object), time: undefined })))
    .sort()
    .map((text) => JSON.parse(text) as unknown);
}
