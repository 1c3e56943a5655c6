import { get } from 'node:http';
import type { RequestOptions } from 'node:http';
import type { ResolveAddress } from '../shared/address-book.ts';
import { present } from '../shared/assert.ts';
import { addressesFrom } from './address-book-file.ts';
import { EXIT_DONE, EXIT_FAILED, UsageError } from './command.ts';
import type { Command } from './command.ts';

const PROBE_TIMEOUT_MS = 5000;
const HTTP_PORT = 80;

/** For health checks from within an image that has no other HTTP client. */
export const probeCommand: Command = {
  name: 'probe',
  summary: 'exit 0 when URL answers 2xx, 1 otherwise: for health checks',
  details: [],
  positionals: [{ name: 'URL', required: true, summary: 'where to ask, for example http://localhost:8080/readyz' }],
  options: {},
  run: async (given, { env, stdout }) => {
    const url = present(given.positional('URL'), 'URL is required');
    const status = await new Promise<number>((resolve, reject) => {
      const request = get(...placed(url, addressesFrom(env)), (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('timeout', () => request.destroy(new Error(`no answer within ${PROBE_TIMEOUT_MS / 1000} s`)));
      request.on('error', reject);
    });
    stdout.write(`${url}: ${status}\n`);
    return status >= 200 && status <= 299 ? EXIT_DONE : EXIT_FAILED;
  },
};

/** The URL with the address that it has on this machine; the server is told the one that was asked for. */
function placed(text: string, addresses: ResolveAddress): [URL, RequestOptions] {
  if (!URL.canParse(text) || !text.startsWith('http://')) throw new UsageError(`URL: an http:// address, not ${text}`);
  const url = new URL(text);
  const { host } = url;
  const address = addresses({ host: url.hostname, port: Number(url.port === '' ? HTTP_PORT : url.port) });
  url.hostname = address.host;
  url.port = String(address.port);
  return [url, { timeout: PROBE_TIMEOUT_MS, headers: { host } }];
}
