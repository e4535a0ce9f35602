import { demoLogin } from './demo-data.ts';
import { functionsUrl, gatewayUrl, logDir, type Ports, webSocketUrl } from './settings.ts';
import type { Services } from './stack.ts';
import { say } from './wording.ts';

/** The last thing `npm start` prints: where everything is. */
export const addressTable = (ports: Ports, services: Services): string => {
  const { postgres, redis, bridge, mail, firestore, pubsub, storage } = services;
  const rules = say(firestore.enforcesRules ? 'rulesOn' : 'rulesOff');
  const redisNote = redis.kind === 'native' ? 'redis-server' : say('redisJs');
  const lines: [string, string, string?][] = [
    [say('apiLabel'), gatewayUrl(ports), say('docsNote')],
    [say('chatLabel'), webSocketUrl(ports), 'npm run chat'],
    [say('mailLabel'), mail.url],
    ['Functions', functionsUrl(ports)],
    ['Auth', `http://127.0.0.1:${ports.auth}`],
    ['Firestore', firestore.url, firestore.enforcesRules ? `${firestore.kind}: ${rules}` : rules],
    ['Pub/Sub', pubsub.url],
    [say('storageLabel'), storage.url],
    ['PostgreSQL', postgres.url],
    ['Redis', redis.url, redisNote],
    ['Redis REST', bridge.url],
    ['SMTP', mail.smtpUrl],
    [say('logsLabel'), logDir],
    [say('loginLabel'), demoLogin.email, demoLogin.password],
  ];
  return lines
    .map(([label, address, note]) => `  ${label.padEnd(15)}${address}${note ? `   ${note}` : ''}`)
    .join('\n');
};
