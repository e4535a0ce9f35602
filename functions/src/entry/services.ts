import { once } from '../platform/once.ts';
import { lists, type ServiceName } from './operation-lists.ts';
import { assemble, type Service } from './service.ts';
import type { Area } from './wiring/unit-of-work.ts';

/** What the operations of each service may ask for. */
const areas: Record<ServiceName, () => Promise<Area>> = {
  auth: async () => (await import('./wiring/auth.ts')).authArea,
  projects: async () => (await import('./wiring/projects.ts')).projectArea,
  chat: async () => (await import('./wiring/chat.ts')).chatArea,
  operations: async () => (await import('./wiring/system.ts')).systemArea,
};

const serviceOf = (name: ServiceName) =>
  once(async (): Promise<Service> => {
    const [{ environmentOf }, operations, area] = await Promise.all([
      import('./wiring/unit-of-work.ts'),
      lists[name](),
      areas[name](),
    ]);
    return assemble({
      operations,
      environment: await environmentOf(area),
      gated: name !== 'operations',
    });
  });

/** The services by name, each assembled at its first use and then kept. */
export const services: Record<ServiceName, () => Promise<Service>> = {
  auth: serviceOf('auth'),
  projects: serviceOf('projects'),
  chat: serviceOf('chat'),
  operations: serviceOf('operations'),
};
