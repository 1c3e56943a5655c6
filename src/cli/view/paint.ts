/** Colour as a port: what something means is said here, and only a terminal that wants colours gets them. */
export const MEANINGS = ['good', 'bad', 'warning', 'unknown', 'strong', 'faint'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** `text` as it is to be printed; never longer on the screen than `text` itself. */
export type Paint = (meaning: Meaning, text: string) => string;

export const plain: Paint = (_meaning, text) => text;

/** ECMA-48, section 8.3.117 (SGR); the eight colours that follow the user's own theme. */
const codes: Readonly<Record<Meaning, number>> = { good: 32, bad: 31, warning: 33, unknown: 35, strong: 1, faint: 2 };

export const coloured: Paint = (meaning, text) => (text === '' ? '' : `\u001b[${codes[meaning]}m${text}\u001b[0m`);

/** Colours only on a terminal, and not where NO_COLOR (https://no-color.org) is set to anything or the terminal is `dumb`. */
export function paintFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const isUnwanted = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return isTerminal && !isUnwanted ? coloured : plain;
}
