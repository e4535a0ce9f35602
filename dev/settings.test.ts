import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Obstacle, requireFreePorts, requirePrograms } from './checks.ts';
import { javaVersionIn } from './google-emulators.ts';
import { freePort } from './ports.ts';
import { portNames, portsFrom } from './settings.ts';

describe('ports', () => {
  it('can be moved together or named one by one', () => {
    expect(portsFrom({}, []).gateway).toBe(5000);
    expect(portsFrom({}, ['--port-offset=100'])).toMatchObject({ gateway: 5100, postgres: 54_420 });
    expect(portsFrom({ PMBOT_PORT_REDIS_REST: '7001' }, ['--port-offset=1'])).toMatchObject({
      redisRest: 7001,
      gateway: 5001,
    });
    expect(() => portsFrom({ PMBOT_PORT_AUTH: 'x' }, [])).toThrow(/PMBOT_PORT_AUTH/);
  });

  it('that are taken are named in one line, with the variable that changes them', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const free = await Promise.all(portNames.map(async name => [name, await freePort()] as const));
    const ports = { ...portsFrom({}, []), ...Object.fromEntries(free), mail: port };
    const complaint = await requireFreePorts(ports, 0).catch((error: unknown) => error);
    expect(complaint).toBeInstanceOf(Obstacle);
    expect(String(complaint)).toMatch(new RegExp(`${port} \\(mail\\).*PMBOT_PORT_MAIL`));
    expect(String(complaint)).not.toContain('\n');
    other.close();
  });
});

describe('what the machine must have', () => {
  it('is asked for in one line', () => {
    expect(() => requirePrograms({ PMBOT_REDIS: 'native', PATH: '' })).toThrow(/redis-server/);
  });

  it('includes Java 21 only for the emulators of Google', () => {
    expect(javaVersionIn('openjdk version "21.0.2" 2024-01-16')).toBe(21);
    expect(javaVersionIn('java version "1.8.0_402"')).toBe(8);
    expect(javaVersionIn('')).toBeUndefined();
  });
});
