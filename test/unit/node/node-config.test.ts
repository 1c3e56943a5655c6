import { describe, expect, test } from '@jest/globals';
import { nodeConfigFromEnvironment, parseNodeConfig } from '../../../src/node/node-config.ts';

const whole = `
name: member-1
dataFolder: /var/lib/quorate
peers: [{name: member-1, host: 127.0.0.1, port: 7946}]
peerSecretFile: /etc/quorate/peer
adminTokenFile: /etc/quorate/admin
`;

describe('the configuration file', () => {
  test('has defaults for all that has a sane one', () => {
    expect(parseNodeConfig(whole)).toMatchObject({
      ok: true,
      value: { name: 'member-1', clientPort: 6379, peerPort: 7946, httpPort: 8080, clientPasswordFile: null, logLevel: 'info' },
    });
  });

  test.each([
    ['no YAML', 'name: [', 'not valid YAML'],
    ['an unknown key', `${whole}clientport: 1`, 'clientport'],
    ['a port that is none', `${whole}clientPort: 70000`, 'clientPort'],
    ['a name that DNS cannot carry', whole.replace('name: member-1\n', 'name: Member_1\n'), 'name'],
    ['a limit that is none', `${whole}limits: {dataBytesMax: -1}`, 'limits.dataBytesMax'],
    ['nothing', '', 'empty'],
  ])('with %s is refused, and the field is named', (_what, text, field) => {
    const parsed = parseNodeConfig(text);
    expect(parsed).toMatchObject({ ok: false });
    expect(parsed.ok ? '' : parsed.reason).toContain(field);
  });

  test('S17: the data limit follows from the memory limit', () => {
    const parsed = parseNodeConfig(`${whole}memoryLimitBytes: 1000000000`);
    expect(parsed.ok && parsed.value.limits.dataBytesMax).toBe(400_000_000);
  });
});

describe('the environment of a pod', () => {
  const environment = {
    QUORATE_NAME: 'orders-shard-0-1',
    QUORATE_DATA: '/data',
    QUORATE_PEER_HOST_TEMPLATE: '{name}.orders-members.default.svc',
    QUORATE_PEER_SECRET_FILE: '/etc/quorate/peer/secret',
    QUORATE_ADMIN_TOKEN_FILE: '/etc/quorate/admin/token',
    QUORATE_MEMORY_LIMIT_BYTES: '536870912',
  };

  test('is enough', () => {
    expect(nodeConfigFromEnvironment(environment)).toMatchObject({
      ok: true,
      value: {
        name: 'orders-shard-0-1',
        host: '0.0.0.0',
        peers: { hostTemplate: '{name}.orders-members.default.svc', port: 7946 },
        limits: { dataBytesMax: Math.floor(536870912 * 0.4) },
      },
    });
  });

  test.each(Object.keys(environment).filter((name) => name !== 'QUORATE_MEMORY_LIMIT_BYTES'))('without %s is refused', (name) => {
    const parsed = nodeConfigFromEnvironment({ ...environment, [name]: undefined });
    expect(parsed.ok ? '' : parsed.reason).toContain(name);
  });
});
