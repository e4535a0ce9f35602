import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** Only addresses that anybody on the internet can reach: no loopback, private, link-local or carrier range. */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  // Unwraps an IPv4 address inside an IPv6 one.
  return ipaddr.process(address).range() === 'unicast';
};

const privateNames = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|test|invalid)$/;

/** A https address on the usual port, without credentials, whose host is not plainly a private one. */
export const isAcceptableUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const host = url.hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    return false;
  if (ipaddr.isValid(host)) return isPublicAddress(host);
  return host.includes('.') && !privateNames.test(host);
};

/** Addresses of a host, if there are any and all of them are public. */
export const publicAddressesOf = async (host: string): Promise<string[]> => {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true, verbatim: true });
  const addresses = found.map(({ address }) => address);
  return addresses.every(isPublicAddress) ? addresses : [];
};
