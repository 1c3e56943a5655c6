/** Where a client connects to, and how it introduces itself. */
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ReceivedReply } from '../../wire/resp/reply-parser.ts';
import { CommandError, EXIT_FAILED, EXIT_UNREACHABLE } from '../command.ts';
import { RespConnection } from './connection.ts';

export const CONNECT_TIMEOUT_MS = 5_000;

export interface RedisServer {
  /** What the prompt shows: `127.0.0.1:6379`, or the member's name. */
  readonly label: string;
  /** An open stream. @throws CommandError when there is none to be had */
  readonly open: () => Promise<Duplex>;
}

export interface Introduction {
  /** Null: none is given. */
  readonly password: string | null;
  readonly protocol: 2 | 3;
}

export function tcpServer(host: string, port: number): RedisServer {
  const label = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return { label, open: () => openTcp(host, port, label) };
}

function openTcp(host: string, port: number, label: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, timeout: CONNECT_TIMEOUT_MS });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(new CommandError(EXIT_UNREACHABLE, `${label} cannot be reached: ${error.message}`, { cause: error }));
    };
    const giveUp = (): void => fail(new Error(`no connection within ${CONNECT_TIMEOUT_MS / 1000} s`));
    socket.once('error', fail);
    socket.once('timeout', giveUp);
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.off('timeout', giveUp);
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

/** @throws CommandError when the server cannot be reached, or refuses the introduction */
export async function introduced(
  server: RedisServer,
  { password, protocol }: Introduction,
  onPush?: (push: ReceivedReply) => void,
): Promise<RespConnection> {
  const connection = new RespConnection(await server.open(), onPush);
  const auth = password === null ? [] : protocol === 3 ? ['AUTH', 'default', password] : [password];
  const words = protocol === 3 ? ['HELLO', '3', ...auth] : auth.length > 0 ? ['AUTH', ...auth] : null;
  if (words === null) return connection;
  const reply = await connection.ask(words);
  if (reply.type !== 'error') return connection;
  connection.close();
  throw new CommandError(EXIT_FAILED, `${server.label} refused: ${reply.message}`);
}
