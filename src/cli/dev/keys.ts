/** Keys of the live view, one at a time and without Enter. The terminal is given back as it was. */
import type { CommandContext } from '../command.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** `press` gets each key; Ctrl-C and Ctrl-D are `q`. The returned function gives the terminal back. */
export function listenToKeys({ stdin }: CommandContext, press: (key: string) => void): () => void {
  if (stdin.isTTY !== true || stdin.setRawMode === undefined) return () => undefined;
  const { setRawMode } = stdin;
  const switchRaw = (isRaw: boolean): void => void setRawMode.call(stdin, isRaw);
  const onData = (chunk: Buffer): void => {
    for (const key of chunk.toString('utf8')) press(key === CTRL_C || key === CTRL_D ? 'q' : key);
  };
  const restore = (): void => switchRaw(false);
  switchRaw(true);
  stdin.on('data', onData);
  stdin.resume();
  process.once('exit', restore);
  return () => {
    process.off('exit', restore);
    stdin.off('data', onData);
    stdin.pause();
    restore();
  };
}
