import { get } from 'node:http';
import { present } from '../shared/assert.ts';
import { EXIT_DONE, EXIT_FAILED } from './command.ts';
import type { Command } from './command.ts';

const PROBE_TIMEOUT_MS = 5000;

/** For health checks from within an image that has no other HTTP client. */
export const probeCommand: Command = {
  name: 'probe',
  summary: 'exit 0 when URL answers 2xx, 1 otherwise: for health checks',
  details: [],
  positionals: [{ name: 'URL', required: true, summary: 'where to ask, for example http://localhost:8080/readyz' }],
  options: {},
  run: async (given, { stdout }) => {
    const url = present(given.positional('URL'), 'URL is required');
    const status = await new Promise<number>((resolve, reject) => {
      const request = get(url, { timeout: PROBE_TIMEOUT_MS }, (response) => {
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
