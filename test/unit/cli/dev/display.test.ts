/** The screen on a terminal that is not there: what it is sent, that it is given back, and keys. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { openDisplay } from '../../../../src/cli/dev/display.ts';
import { listenToKeys } from '../../../../src/cli/dev/keys.ts';
import { ENTER_SCREEN, LEAVE_SCREEN } from '../../../../src/cli/view/live/redraw.ts';
import { Collected } from '../../../support/command-line.ts';
import { atRest } from '../view/live/scenes.ts';

class Terminal extends Collected {
  readonly isTTY = true;
  columns = 80;
  rows = 24;

  /** What was sent since the last call. */
  take(): string {
    const { text } = this;
    const fresh = text.slice(this.#taken);
    this.#taken = text.length;
    return fresh;
  }

  #taken = 0;
}

function contextOn(stdout: Terminal) {
  return { env: { NO_COLOR: '1' }, stdin: new PassThrough(), stdout, stderr: new Collected() };
}

describe('the screen', () => {
  test('is entered, drawn, redrawn where it changed, and left as it was', () => {
    const terminal = new Terminal();
    const display = openDisplay('screen', contextOn(terminal));
    expect(terminal.take()).toBe(ENTER_SCREEN);
    display.show(atRest);
    expect(terminal.take()).toContain('orders-shard-0-0  Leader');
    display.show(atRest);
    expect(terminal.take()).toBe('');
    display.show({ ...atRest, elapsedMs: atRest.elapsedMs + 1_000 });
    const change = terminal.take();
    expect(change).toContain('up 2m15s');
    expect(change).not.toContain('MEMBER');
    display.close();
    expect(terminal.take()).toBe(LEAVE_SCREEN);
    display.close();
    expect(terminal.take()).toBe('');
  });

  test('is drawn anew when the terminal has another size', () => {
    const terminal = new Terminal();
    const display = openDisplay('screen', contextOn(terminal));
    display.show(atRest);
    terminal.take();
    Object.assign(terminal, { columns: 60, rows: 12 });
    terminal.emit('resize');
    const rows = terminal
      .take()
      .split(/\[\d+;1H/)
      .slice(1);
    expect(rows).toHaveLength(12);
    // Each but the last one ends in the escape of the next one's place.
    expect(Math.max(...rows.map((row) => stripVTControlCharacters(`${row}[m`).length))).toBeLessThanOrEqual(60);
    display.close();
    terminal.take();
    terminal.emit('resize');
    expect(terminal.take()).toBe('');
  });

  test('shows what it was told for a while', () => {
    const terminal = new Terminal();
    const display = openDisplay('screen', contextOn(terminal));
    display.show(atRest);
    display.tell({ atMs: atRest.elapsedMs, about: 'key', text: 'killed orders-shard-0-0' });
    expect(terminal.take()).toContain('killed orders-shard-0-0');
    display.show({ ...atRest, elapsedMs: atRest.elapsedMs + 11_000 });
    expect(terminal.take()).not.toContain('killed');
    display.close();
  });
});

test('lines and JSON say the same, one change a line', () => {
  const [lines, json] = [new Terminal(), new Terminal()];
  for (const [mode, terminal] of [['lines', lines] as const, ['json', json] as const]) {
    const display = openDisplay(mode, contextOn(terminal));
    display.tell({ atMs: 1_500, about: 'chaos', text: 'kill the leader', meaning: 'bad' });
    display.close();
  }
  expect(lines.text).toBe('   1.5 s  chaos             kill the leader\n');
  expect(JSON.parse(json.text)).toEqual({ atMs: 1_500, about: 'chaos', text: 'kill the leader' });
});

test('keys come one by one, Ctrl-C and Ctrl-D are q, and the terminal gets its lines back', () => {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (mode: boolean) => modes.push(mode) });
  const keys: string[] = [];
  const forget = listenToKeys({ ...contextOn(new Terminal()), stdin }, (key) => keys.push(key));
  stdin.emit('data', Buffer.from('kx'));
  stdin.emit('data', Buffer.from('\u0003'));
  stdin.emit('data', Buffer.from('\u0004'));
  forget();
  stdin.emit('data', Buffer.from('k'));
  expect(keys).toEqual(['k', 'x', 'q', 'q']);
  expect(modes).toEqual([true, false]);
});
