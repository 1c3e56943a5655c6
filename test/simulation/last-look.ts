/**
 * The last thing that happens to a world: the power of all goes at once, and when they run again every member is asked for every key. What
 * was acknowledged is on the disks, or it is lost; and nobody writes any more that could help a leader to find out what is committed.
 */
import { hold } from '../support/raft-checker.ts';
import { ClientConnection } from './client-connection.ts';
import type { History } from './history.ts';
import type { Endpoint, Network } from './network.ts';

const TIMEOUT_MS = 8000;
/** Its number in the history. */
const CLIENT = 1000;

const reader: Endpoint = {
  host: 'last-look',
  isAlive: true,
  deliver(act) {
    act();
  },
};

/** Asks this member for these keys; all are answered, at once. */
export async function readAll(network: Network, history: History, host: string, keys: readonly string[]): Promise<void> {
  const connection = new ClientConnection(network, reader, host, TIMEOUT_MS);
  hold(await connection.opened, `at rest ${host} lets no client in`);
  const commands = keys.map((key) => ['GET', key]);
  const open = commands.map((words) => history.invoke(CLIENT, { type: 'command', words }));
  const outcomes = await Promise.all(connection.send(commands));
  const kinds = open.map((call, at) => history.return(call, outcomes[at]!));
  connection.close('all is read');
  const unanswered = kinds.findIndex((kind) => kind !== 'ok');
  hold(
    unanswered === -1,
    `at rest ${host} does not answer GET ${keys[unanswered] ?? ''}: ${JSON.stringify(outcomes[unanswered])}`,
  );
}
