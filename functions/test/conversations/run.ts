import { play } from './play.ts';
import { readScripts } from './script.ts';

/** Plays the scripts of the files named on the command line and prints the talk. */
let failed = 0;
for (const file of process.argv.slice(2))
  for (const script of readScripts(file)) {
    process.stdout.write(`\n# ${script.name} (${script.country ?? 'MX'})\n`);
    for (const { user, bot, differences } of await play(script)) {
      process.stdout.write(`> ${user}\n  ${bot.replaceAll('\n', '\n  ')}\n`);
      for (const difference of differences) process.stdout.write(`  ✗ ${difference}\n`);
      failed += differences.length;
    }
  }
process.exitCode = failed > 0 ? 1 : 0;
