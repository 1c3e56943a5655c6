/** Help texts, rendered from the table of commands: what help says is what the parser takes. */
import { BUILD_VERSION } from '../shared/build.ts';
import type { Command, OptionSpec } from './command.ts';

const WIDTH = 100;

/** `quorate help`: one line for each command. */
export function overview(commands: readonly Command[]): string {
  const rows: [string, string][] = [
    ...commands.map(({ name, summary }): [string, string] => [name, summary]),
    ['help [COMMAND]', 'print this text, or what a command takes'],
  ];
  return [
    `quorate ${BUILD_VERSION}: replicated storage on Kubernetes`,
    '',
    'Usage: quorate COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...table(rows),
    '',
    '`quorate help COMMAND` and `quorate COMMAND --help` print what a command takes. examples/local-three.sh starts three',
    'storage nodes on loopback; docs/configuration.md lists every setting.',
    '',
  ].join('\n');
}

/** `quorate snapshot` alone: the commands that begin with that word. */
export function groupHelp(group: string, commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  return [`Usage: quorate ${group} COMMAND [OPTIONS]`, '', 'Commands:', ...table(rows), ''].join('\n');
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options);
  const lines = [usageLine(command), '', ...wrap(sentence(command.summary))];
  for (const paragraph of command.details) lines.push('', ...wrap(paragraph));
  const rows: [string, string][] = command.positionals.map(({ name, summary }) => [name, summary]);
  if (rows.length > 0) lines.push('', 'Arguments:', ...table(rows));
  lines.push('', 'Options:');
  lines.push(
    ...table([
      ...options.map(([name, spec]): [string, string] => [optionWords(name, spec), spec.summary + notes(spec)]),
      ['--help', 'print this text'],
    ]),
  );
  return [...lines, ''].join('\n');
}

export function usageLine(command: Command): string {
  const words = [
    ...Object.entries(command.options).map(([name, spec]) => {
      const text = optionWords(name, spec);
      const more = spec.repeated === true ? ` [${text} …]` : '';
      return spec.required === true ? text + more : `[${text}]${spec.repeated === true ? ' …' : ''}`;
    }),
    ...command.positionals.map(({ name, required, repeated }) => {
      const text = name + (repeated === true ? ' …' : '');
      return required ? text : `[${text}]`;
    }),
  ];
  return wrap(['Usage: quorate', command.name, ...words].join(' '), '    ').join('\n');
}

function optionWords(name: string, spec: OptionSpec): string {
  return spec.value === null ? `--${name}` : `--${name} ${spec.value}`;
}

function notes(spec: OptionSpec): string {
  const words = [spec.required === true ? 'required' : '', spec.repeated === true ? 'may be repeated' : ''];
  const said = words.filter((word) => word !== '').join(', ');
  return said === '' ? '' : ` (${said})`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) => {
    const [first = '', ...more] = wrap(right, '', WIDTH - width - 4);
    return [`  ${left.padEnd(width)}  ${first}`, ...more.map((line) => ' '.repeat(width + 4) + line)];
  });
}

/** Breaks at spaces; lines after the first begin with `indent`. A paragraph that begins with spaces is a listing, and stays as it is. */
function wrap(text: string, indent = '', width = WIDTH): string[] {
  if (text.startsWith('  ')) return text.split('\n');
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += line === '' || line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
