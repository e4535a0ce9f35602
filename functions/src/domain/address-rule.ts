import ipaddr from 'ipaddr.js';

export type AddressEffect = 'allow' | 'deny';
export type AddressRule = { effect: AddressEffect; range: string };

/**
 * An address or CIDR range in its one true form; nothing for odd spellings such as `010.0.0.1`, `127.1` or
 * a range with bits behind its prefix. IPv4 written as IPv6 becomes IPv4.
 */
export const normalRange = (text: string): string | undefined => {
  const [address = '', prefix, ...rest] = text.split('/');
  const width = widthOf(address);
  if (width === undefined || rest.length > 0) return undefined;
  const bits = prefix === undefined ? width : prefixOf(prefix);
  if (bits === undefined || bits > width) return undefined;
  const plain = ipaddr.process(address);
  const plainBits = plain.kind() === 'ipv4' ? bits - (width - 32) : bits;
  const range = `${plain.toString()}/${plainBits}`;
  return plainBits >= 0 && isNetwork(range) ? range : undefined;
};

/** Bits of a well-formed address. An IPv4 part, alone or within IPv6, is four plain decimals. */
const widthOf = (address: string): number | undefined => {
  const dotted = address.includes('.') ? address.slice(address.lastIndexOf(':') + 1) : undefined;
  if (dotted !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(dotted)) return undefined;
  if (dotted === address) return 32;
  return ipaddr.IPv6.isValid(address) && !address.includes('%') ? 128 : undefined;
};

const prefixOf = (text: string): number | undefined =>
  /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : undefined;

const isNetwork = (range: string): boolean => {
  const [address, bits] = ipaddr.parseCIDR(range);
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${bits}`);
  return network.toString() === address.toString();
};

/** Deny wins; once anything is allowed, only what is allowed gets in. */
export const isBlocked = (rules: readonly AddressRule[], address: string): boolean => {
  const matches = (effect: AddressEffect) =>
    rules.some(rule => rule.effect === effect && covers(rule.range, address));
  if (matches('deny')) return true;
  return rules.some(rule => rule.effect === 'allow') && !matches('allow');
};

const covers = (range: string, address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const plain = ipaddr.process(address);
  const [network, bits] = ipaddr.parseCIDR(range);
  return plain.kind() === network.kind() && plain.match(network, bits);
};
