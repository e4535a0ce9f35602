import { format } from 'node:util';
import { afterAll, vi } from 'vitest';

/** Everything that is printed from now on, by whatever way; kept from the screen. */
export const capturedLogs = (): (() => string) => {
  let text = '';
  for (const way of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, way).mockImplementation((...values: unknown[]) => {
      text += `${format(...values)}\n`;
    });
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(chunk => {
      text += String(chunk);
      return true;
    });
  afterAll(() => vi.restoreAllMocks());
  return () => text;
};
