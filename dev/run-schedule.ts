/** `npm run schedule -- relayOutbox`: runs a scheduled function of the running stack now. */
import { loadedTriggers, runNow, type Trigger } from './functions-wiring.ts';
import { functionsUrl, portsFrom } from './settings.ts';
import { say } from './wording.ts';

const fail = (line: string): never => {
  console.error(line);
  process.exit(1);
};

const url = functionsUrl(portsFrom());
const wanted = process.argv.slice(2).find(arg => !arg.startsWith('--'));
const triggers: Trigger[] = await loadedTriggers(url).catch(() => fail(say('notRunning', { url })));
const scheduled = triggers.filter(trigger => trigger.schedule);
const chosen = scheduled.find(trigger => trigger.name === wanted);
const names = scheduled.map(trigger => trigger.name).join(', ');
if (!chosen) fail(say('whichSchedule', { names }));
else {
  await runNow(url, chosen).catch((error: unknown) => fail(String(error)));
  console.log(say('scheduleRan', { name: chosen.name }));
}
