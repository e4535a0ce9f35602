// Preload (`NODE_OPTIONS=--import=./no-domain.js`) that switches the Functions Framework's use of
// `node:domain` off. A domain hooks every promise of the process: without it, throughput about
// doubles and memory halves. The price: an error thrown in a timer, or a rejection nobody awaits,
// ends the process, which the platform restarts. See docs/decisions/0007-functions-framework.md.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const domain = createRequire(import.meta.url)('node:domain');
domain.create = () => ({
  on: () => {},
  run: work => work(),
  add: () => {},
  remove: () => {},
  exit: () => {},
  enter: () => {},
});
syncBuiltinESMExports();
