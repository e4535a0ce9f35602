import ipaddr from 'ipaddr.js';

/**
 * The client's address: the entry that the outermost trusted proxy appended, counted from the right.
 * Everything further left is the client's own claim (RFC 7239 §8.1). `hops` is the number of trusted
 * proxies in front of the server; 0 takes the socket's address. Garbage becomes `unknown`.
 */
export const clientAddress = (
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  hops: number,
): string => {
  const claimed = [forwardedFor ?? []].flat().flatMap(part => part.split(','));
  // A socket without an address is a Unix socket, as the functions emulator's workers have: this machine.
  const chain = [...claimed, socketAddress ?? '127.0.0.1'].map(part => part.trim());
  const entry = chain.at(-1 - hops) ?? chain[0] ?? '';
  return ipaddr.isValid(entry) ? ipaddr.process(entry).toString() : 'unknown';
};

/** What counts as one client: an IPv4 address, or an IPv6 /64, which one subscriber owns whole. */
export const clientNetwork = (address: string): string => {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${parts.map(part => part.toString(16)).join(':')}::/64`;
};
