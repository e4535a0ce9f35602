import { keepsDomains, servesRequests } from '../../platform/config.ts';

/** What the framework asks of a domain. */
const noDomain = {
  on: () => noDomain,
  run: (work: () => unknown) => work(),
};

/**
 * Takes `node:domain` out of the framework's hands, which wraps every request in one: a domain makes Node
 * call a hook for every promise of the process, more than half of what a request costs. Without it an error
 * that nobody awaits ends the process, which the platform replaces; with it, it would go unnoticed.
 */
export const leaveDomains = (): void => {
  if (!servesRequests() || keepsDomains()) return;
  Object.assign(process.getBuiltinModule('node:domain'), { create: () => noDomain });
};
