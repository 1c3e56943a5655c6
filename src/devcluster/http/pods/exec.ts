/**
 * `pods/exec` over a web socket (`v5.channel.k8s.io` and `v4.channel.k8s.io`): a byte before each message says which stream it is of. There is no
 * terminal: with `tty` the two outputs come as one.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import type { Readable, Duplex } from 'node:stream';
import { signalGroup } from '../../supervision/process-identity.ts';
import { agreedProtocol, WebSocketServerSide } from './web-socket.ts';

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, verdict: 3, resize: 4, close: 255 } as const;

/** False: the client speaks none of the protocols. */
export function attachTo(
  child: () => ChildProcessWithoutNullStreams,
  query: { readonly stdin: boolean; readonly tty: boolean },
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): boolean {
  const protocol = agreedProtocol(incoming, PROTOCOLS);
  if (protocol === null) return false;
  const running = child();
  const { pid } = running;
  const webSocket = new WebSocketServerSide(incoming, socket, head, protocol, {
    onMessage: (message) => {
      if (message[0] === CHANNEL.stdin) running.stdin.write(message.subarray(1));
      if (message[0] === CHANNEL.close && message[1] === CHANNEL.stdin) running.stdin.end();
    },
    onClose: () => {
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
    },
  });
  const pass = (stream: Readable, channel: number): void => {
    stream.on('data', (chunk: Buffer) => {
      if (webSocket.send(Buffer.concat([Buffer.from([channel]), chunk]))) return;
      stream.pause();
      webSocket.whenDrained(() => stream.resume());
    });
  };
  pass(running.stdout, CHANNEL.stdout);
  pass(running.stderr, query.tty ? CHANNEL.stdout : CHANNEL.stderr);
  running.stdin.on('error', () => undefined);
  if (!query.stdin) running.stdin.end();
  const finish = (verdict: object): void => {
    webSocket.send(Buffer.concat([Buffer.from([CHANNEL.verdict]), Buffer.from(JSON.stringify(verdict))]));
    webSocket.close();
  };
  running.on('error', (error) => finish(failure('InternalError', `cannot run it: ${error.message}`, [])));
  running.on('close', (code) => finish(verdictOf(code ?? 137)));
  return true;
}

function verdictOf(exitCode: number): object {
  if (exitCode === 0) return { metadata: {}, status: 'Success' };
  const message = `command terminated with non-zero exit code: exit status ${exitCode}`;
  return failure('NonZeroExitCode', message, [{ reason: 'ExitCode', message: String(exitCode) }]);
}

function failure(reason: string, message: string, causes: readonly object[]): object {
  return { metadata: {}, status: 'Failure', reason, message, details: { causes } };
}
