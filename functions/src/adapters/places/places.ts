import { readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Place } from '../../domain/place.ts';
import { log } from '../../platform/log.ts';

const table = z.array(
  z.object({
    range: z.string(),
    name: z.string(),
    latitude: z.number(),
    longitude: z.number(),
  }),
);

/** Looks addresses up in a local table of ranges, most specific first; without one nothing is known. */
export const placeTable = (file: string | undefined) => {
  const rows = file === undefined ? [] : read(file);
  return (address: string): Place | undefined => {
    if (rows.length === 0 || !ipaddr.isValid(address)) return undefined;
    const plain = ipaddr.process(address);
    return rows.find(
      ({ network, bits }) => network.kind() === plain.kind() && plain.match(network, bits),
    )?.place;
  };
};

const read = (file: string) => {
  try {
    const parsed = table.parse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed
      .map(({ range, ...place }) => {
        const [network, bits] = ipaddr.parseCIDR(range);
        return { network, bits, place };
      })
      .toSorted((a, b) => b.bits - a.bits);
  } catch (error) {
    // Signing in goes on without places; only the travel check is blind.
    log.error('places.unreadable', error);
    return [];
  }
};
