import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A table of places with two cities in it; answers the name of the file. */
export const placesFile = async (): Promise<string> => {
  const file = join(tmpdir(), `places-${process.pid}.json`);
  const rows = [
    { range: '198.51.100.0/24', name: 'Madrid', latitude: 40.4, longitude: -3.7 },
    { range: '203.0.113.0/24', name: 'Bogotá', latitude: 4.7, longitude: -74.1 },
  ];
  await writeFile(file, JSON.stringify(rows));
  return file;
};
