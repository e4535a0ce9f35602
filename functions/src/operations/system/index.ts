import type { AnyOperation } from '../../platform/operation.ts';
import { getHealth } from './get-health.ts';
import { getLiveness } from './get-liveness.ts';
import { getOpenApi } from './get-openapi.ts';

/** What the product says of itself. */
export const systemOperations = [
  getHealth,
  getLiveness,
  getOpenApi,
] as const satisfies readonly AnyOperation[];
