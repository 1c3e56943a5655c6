/** Where scenes go: drawn on a terminal, a line a change elsewhere, or as JSON for programs. */
import { assertNever } from '../../shared/assert.ts';
import type { CommandContext } from '../command.ts';
import { paintedLine } from '../view/layout.ts';
import { happeningLine, happenings } from '../view/live/happenings.ts';
import type { Happening } from '../view/live/happenings.ts';
import { ENTER_SCREEN, LEAVE_SCREEN, redraw } from '../view/live/redraw.ts';
import { screen } from '../view/live/screen.ts';
import type { Scene } from '../view/live/scene.ts';
import { paintFor } from '../view/paint.ts';

export type DisplayMode = 'screen' | 'lines' | 'json';

export interface Display {
  show(scene: Scene): void;
  /** Something that no scene shows. */
  tell(happening: Happening): void;
  /** The terminal is as it was before. */
  close(): void;
}

export function openDisplay(mode: DisplayMode, context: CommandContext): Display {
  switch (mode) {
    case 'screen':
      return new ScreenDisplay(context);
    case 'lines':
    case 'json':
      return new LineDisplay(context, mode);
    default:
      return assertNever(mode);
  }
}

class LineDisplay implements Display {
  readonly #context: CommandContext;
  readonly #mode: 'lines' | 'json';
  #last: Scene | null = null;

  constructor(context: CommandContext, mode: 'lines' | 'json') {
    this.#context = context;
    this.#mode = mode;
  }

  show(scene: Scene): void {
    for (const happening of happenings(this.#last, scene)) this.tell(happening);
    this.#last = scene;
  }

  tell(happening: Happening): void {
    const { stdout, env } = this.#context;
    const { meaning: _colour, ...told } = happening;
    const line = this.#mode === 'json' ? JSON.stringify(told) : happeningLine(happening, paintFor(stdout.isTTY === true, env));
    stdout.write(`${line}\n`);
  }

  close(): void {
    // Lines stay.
  }
}

/** Of a terminal that does not tell its own. */
const SIZE = { columns: 80, rows: 24 } as const;
/** What was told stays for a moment, above everything else. */
const TOLD_MS = 10_000;

class ScreenDisplay implements Display {
  readonly #context: CommandContext;
  #rows: readonly string[] | null = null;
  #scene: Scene | null = null;
  #told: readonly Happening[] = [];
  #isOpen = true;

  constructor(context: CommandContext) {
    this.#context = context;
    context.stdout.write(ENTER_SCREEN);
    context.stdout.on('resize', this.#resized);
    // Whatever ends the process, the terminal is given back.
    process.once('exit', this.#restore);
  }

  show(scene: Scene): void {
    this.#scene = scene;
    const { stdout, env } = this.#context;
    const size = { columns: stdout.columns ?? SIZE.columns, rows: stdout.rows ?? SIZE.rows };
    const paint = paintFor(true, env);
    this.#told = this.#told.filter(({ atMs }) => scene.elapsedMs - atMs < TOLD_MS);
    const notes = [...scene.notes, ...this.#told.map(({ text }) => text)];
    const rows = screen({ ...scene, notes }, size).map((line) => paintedLine(line, paint));
    const change = redraw(this.#rows, rows);
    if (change !== '') stdout.write(change);
    this.#rows = rows;
  }

  tell(happening: Happening): void {
    this.#told = [...this.#told, happening].slice(-3);
    if (this.#scene !== null) this.show(this.#scene);
  }

  close(): void {
    this.#context.stdout.off('resize', this.#resized);
    process.off('exit', this.#restore);
    this.#restore();
  }

  readonly #restore = (): void => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#context.stdout.write(LEAVE_SCREEN);
  };

  /** Another size: nothing that stands there can be trusted. */
  readonly #resized = (): void => {
    this.#rows = null;
    if (this.#scene !== null) this.show(this.#scene);
  };
}
