import { describe, expect, test } from '@jest/globals';
import { operatorSettingsFrom } from '../../../../src/operator/settings.ts';

const build = { version: '0.1.0' };
const least = {
  QUORATE_NAMESPACE: 'quorate',
  QUORATE_IMAGE_REPOSITORY: 'ghcr.io/quorate/quorate',
  QUORATE_POD_NAME: 'operator-abc',
};

describe('settings of the operator', () => {
  test('what is not said has a default', () => {
    expect(operatorSettingsFrom(least, build)).toEqual({
      ok: true,
      value: {
        namespace: 'quorate',
        watchNamespaces: null,
        imageRepository: 'ghcr.io/quorate/quorate',
        version: '0.1.0',
        leaseName: 'quorate-operator',
        identity: 'operator-abc',
        kubeconfigPath: null,
        host: null,
        port: 8080,
        logLevel: 'info',
      },
    });
  });

  test('everything can be said', () => {
    const env = {
      ...least,
      QUORATE_WATCH_NAMESPACES: 'shop, bank,shop',
      QUORATE_VERSION: '0.2.0',
      QUORATE_LEASE_NAME: 'mine',
      QUORATE_POD_UID: 'uid',
      KUBECONFIG: '/tmp/config',
      QUORATE_PORT: '0',
      QUORATE_LOG_LEVEL: 'debug',
    };
    expect(operatorSettingsFrom(env, build)).toMatchObject({
      value: {
        watchNamespaces: ['shop', 'bank'],
        version: '0.2.0',
        leaseName: 'mine',
        identity: 'operator-abc_uid',
        kubeconfigPath: '/tmp/config',
        host: null,
        port: 0,
        logLevel: 'debug',
      },
    });
  });

  test.each([
    [{ QUORATE_NAMESPACE: '' }, 'QUORATE_NAMESPACE is missing'],
    [{ QUORATE_IMAGE_REPOSITORY: undefined }, 'QUORATE_IMAGE_REPOSITORY is missing'],
    [{ QUORATE_WATCH_NAMESPACES: 'Shop' }, 'not a namespace: Shop'],
    [{ QUORATE_WATCH_NAMESPACES: Array.from({ length: 65 }, (_, number) => `n${number}`).join() }, 'at most 64'],
    [{ QUORATE_PORT: '80a' }, 'not a port: 80a'],
    [{ QUORATE_PORT: '70000' }, 'not a port: 70000'],
    [{ QUORATE_LOG_LEVEL: 'loud' }, 'QUORATE_LOG_LEVEL is none of'],
  ])('%j is refused by name', (fault, reason) => {
    const settings = operatorSettingsFrom({ ...least, ...fault }, build);
    expect(settings).toMatchObject({ ok: false });
    if (!settings.ok) expect(settings.reason).toContain(reason);
  });
});
