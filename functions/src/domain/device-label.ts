import type { Locale } from '../platform/failure.ts';

const programs: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/okhttp|Dart|CFNetwork/, 'PM-Bot'],
];
const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad|iOS/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
];
const unknown: Record<Locale, string> = { es: 'Dispositivo desconocido', en: 'Unknown device' };
const joined: Record<Locale, string> = { es: ' en ', en: ' on ' };

/** A user agent in words that its owner recognises. */
export const deviceLabel = (userAgent: string, locale: Locale): string => {
  const known = [programs, systems]
    .map(table => table.find(([pattern]) => pattern.test(userAgent))?.[1])
    .filter(name => name !== undefined);
  return known.length > 0 ? known.join(joined[locale]) : unknown[locale];
};
