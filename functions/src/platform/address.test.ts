import { describe, expect, it } from 'vitest';
import { clientAddress, clientNetwork } from './address.ts';

describe('clientAddress', () => {
  it('takes the socket when no proxy is trusted, whatever the header claims', () => {
    expect(clientAddress('10.0.0.9', '1.2.3.4', 0)).toBe('10.0.0.9');
  });

  it('counts trusted hops from the right, so that a forged entry on the left changes nothing', () => {
    expect(clientAddress('10.0.0.9', '1.2.3.4, 203.0.113.7', 1)).toBe('203.0.113.7');
    expect(clientAddress('10.0.0.9', ['6.6.6.6', '203.0.113.7, 10.0.0.1'], 2)).toBe('203.0.113.7');
  });

  it('puts garbage into one bucket', () => {
    expect(clientAddress('10.0.0.9', 'not-an-address', 1)).toBe('unknown');
    expect(clientAddress('10.0.0.9', '1.2.3.4,, ', 1)).toBe('unknown');
  });

  it('takes a Unix socket for this machine, never for what the header claims', () => {
    expect(clientAddress(undefined, '1.2.3.4', 0)).toBe('127.0.0.1');
  });

  it('reads mapped IPv4 as IPv4', () => {
    expect(clientAddress('::ffff:203.0.113.7', undefined, 0)).toBe('203.0.113.7');
  });
});

describe('clientNetwork', () => {
  it('treats a /64 as one client', () => {
    const first = clientNetwork('2001:db8:1:2::1');
    expect(first).toBe(clientNetwork('2001:db8:1:2:ffff::9'));
    expect(first).not.toBe(clientNetwork('2001:db8:1:3::1'));
  });

  it('keeps IPv4 addresses apart', () => {
    expect(clientNetwork('203.0.113.7')).toBe('203.0.113.7');
  });
});
