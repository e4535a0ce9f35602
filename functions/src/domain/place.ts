/** Roughly where an address is. */
export type Place = { name: string; latitude: number; longitude: number };

/** Kilometres per hour that no traveller does. */
const fastest = 1_000;
/** Places are rough: what is nearer than this says nothing. */
const nearKilometres = 300;
const earthRadius = 6_371;

export const isImpossibleTravel = (from: Place, left: Date, to: Place, arrived: Date): boolean => {
  const distance = kilometres(from, to);
  const hours = Math.max(0, arrived.getTime() - left.getTime()) / 3_600_000;
  return distance > nearKilometres && distance > fastest * hours;
};

/** Distance on the sphere (haversine). */
const kilometres = (a: Place, b: Place): number => {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) *
      Math.cos(rad(b.latitude)) *
      Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.sqrt(half));
};
