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

  test('a line for each setting that is wrong says what stands there and what it takes', () => {
    const text = 'name: Member_1\nclientport: 1\nclientPort: 70000\npeers: []\nlimits: {segmentBytes: 5, sgmentBytes: 5}\n';
    const parsed = parseNodeConfig(text);
    expect(parsed.ok ? [] : parsed.reason.split('\n').sort()).toEqual([
      'adminTokenFile is missing: the file with the token of admin calls',
      'clientPort cannot be 70000: a port, 0 to 65535',
      'clientport is no setting: there are name, dataFolder, host, clientPort, peerPort, httpPort, peers, peerSecretFile, ' +
        'adminTokenFile, clientPasswordFile, logLevel, memoryLimitBytes, limits',
      'dataFolder is missing: the folder of this member alone, such as /var/lib/quorate',
      'limits.segmentBytes cannot be 5: at least 65536; any of the keys in docs/limits.md, each with a whole number',
      'limits.sgmentBytes is no setting; limits: any of the keys in docs/limits.md, each with a whole number',
      'name cannot be "Member_1": the member\'s name, which is a DNS label: lower-case letters, digits and `-`, at most 63',
      'peerSecretFile is missing: the file with the secret that members share',
      'peers cannot be []: where members are dialled, its own entry included: a list of 1 to 16, each {name: …, host: …, port: …}',
    ]);
  });

  test('with an entry of peers that is incomplete names the entry', () => {
    const parsed = parseNodeConfig(
      whole.replace('peers: [{name: member-1, host: 127.0.0.1, port: 7946}]', 'peers: [{name: a, port: 1}]'),
    );
    expect(parsed.ok ? '' : parsed.reason).toBe(
      'peers.0.host is missing: where members are dialled, its own entry included: a list of 1 to 16, each {name: …, host: …, port: …}',
    );
  });

  test('without any settings says what belongs there', () => {
    expect(parseNodeConfig('hello')).toEqual({
      ok: false,
      reason: 'settings are expected, one a line, such as `name: member-1`; docs/configuration.md shows a whole file',
    });
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

  test('that holds nothing, or nonsense, is told setting by setting, and that there is another way', () => {
    const byHand =
      'The operator sets these in a pod. By hand: quorate node --config FILE; docs/configuration.md shows a whole file';
    expect(nodeConfigFromEnvironment({})).toEqual({
      ok: false,
      reason: [
        "QUORATE_NAME is missing: the member's name",
        'QUORATE_DATA is missing: its data folder',
        'QUORATE_PEER_HOST_TEMPLATE is missing: the host of a peer, with {name} where the name of the peer goes',
        'QUORATE_PEER_SECRET_FILE is missing: the file with the secret that members share',
        'QUORATE_ADMIN_TOKEN_FILE is missing: the file with the token of admin calls',
        byHand,
      ].join('\n'),
    });
    const nonsense = { QUORATE_NAME: '', QUORATE_CLIENT_PORT: 'x', QUORATE_PEER_HOST_TEMPLATE: 'a', QUORATE_LOG_LEVEL: 'loud' };
    expect(nodeConfigFromEnvironment({ ...environment, ...nonsense })).toEqual({
      ok: false,
      reason: [
        'QUORATE_NAME cannot be "": the member\'s name',
        'QUORATE_PEER_HOST_TEMPLATE cannot be "a": the host of a peer, with {name} where the name of the peer goes',
        'QUORATE_CLIENT_PORT cannot be "x": a port, 0 to 65535',
        'QUORATE_LOG_LEVEL cannot be "loud": trace, debug, info, warn or error',
        byHand,
      ].join('\n'),
    });
  });
});
