/** Help texts, rendered from the table of commands: what help says is what the parser takes. */
import { BUILD_VERSION } from '../shared/build.ts';
import type { Command, OptionSpec } from './command.ts';

const WIDTH = 100;

/** `quorate help`: one line for each command. As a plugin of kubectl the program lists what a plugin is for. */
export function overview(commands: readonly Command[], program: string): string {
  const rowsOf = (listed: readonly Command[]): [string, string][] => listed.map(({ name, summary }) => [name, summary]);
  const shown = commands.filter(({ isHidden }) => isHidden !== true);
  const plugin = rowsOf(shown.filter(({ isPlugin }) => isPlugin === true));
  const others = rowsOf(shown.filter(({ isPlugin }) => isPlugin !== true));
  const help: [string, string] = ['help [COMMAND]', 'print this text, or what a command takes'];
  const isPlugin = program !== 'quorate';
  const width = Math.max(...[...plugin, ...(isPlugin ? [] : others), help].map(([left]) => left.length));
  return [
    `quorate ${BUILD_VERSION}: replicated storage on Kubernetes`,
    '',
    `Usage: ${program} COMMAND [OPTIONS]`,
    ...(isPlugin ? [] : ['', 'Commands:', ...table([...others, help], width)]),
    ...(plugin.length === 0
      ? []
      : [
          '',
          isPlugin ? 'Commands:' : 'Commands with your own rights in a Kubernetes cluster, also as `kubectl quorate COMMAND`:',
          ...table(isPlugin ? [...plugin, help] : plugin, width),
        ]),
    '',
    `\`${program} help COMMAND\` and \`${program} COMMAND --help\` print what a command takes.`,
    ...(isPlugin ? ['docs/kubectl.md explains each, with the rights that it needs.'] : LOCAL_HINTS),
    '',
  ].join('\n');
}

const LOCAL_HINTS = [
  'examples/local-three.sh starts three storage nodes on loopback; docs/configuration.md lists every setting.',
];

/** `quorate snapshot` alone: the commands that begin with that word. */
export function groupHelp(group: string, commands: readonly Command[], program: string): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  return [`Usage: ${program} ${group} COMMAND [OPTIONS]`, '', 'Commands:', ...table(rows), ''].join('\n');
}

export function commandHelp(command: Command, program: string): string {
  const options = Object.entries(command.options);
  const lines = [usageLine(command, program), '', ...wrap(sentence(command.summary))];
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

function usageLine(command: Command, program: string): string {
  const words = [
    ...Object.entries(command.options).map(([name, spec]) => {
      const text = optionWords(name, spec).replace(/^(-.), --\S+/, '$1');
      const more = spec.repeated === true ? ` [${text} …]` : '';
      return spec.required === true ? text + more : `[${text}]${spec.repeated === true ? ' …' : ''}`;
    }),
    ...command.positionals.map(({ name, required, repeated }) => {
      const text = name + (repeated === true ? ' …' : '');
      return required ? text : `[${text}]`;
    }),
  ];
  return wrap([`Usage: ${program}`, command.name, ...words].join(' '), '    ').join('\n');
}

function optionWords(name: string, spec: OptionSpec): string {
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  return `${short}--${name}${spec.value === null ? '' : ` ${spec.value}`}`;
}

function notes(spec: OptionSpec): string {
  const words = [spec.required === true ? 'required' : '', spec.repeated === true ? 'may be repeated' : ''];
  const said = words.filter((word) => word !== '').join(', ');
  return said === '' ? '' : ` (${said})`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function table(rows: readonly (readonly [string, string])[], width = Math.max(...rows.map(([left]) => left.length))): string[] {
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
