import { join } from 'node:path';
import { loopback } from './part.ts';

export const root = join(import.meta.dirname, '..');
export const dataDir = join(root, '.pm-bot');
export const logDir = join(dataDir, 'logs');

/** Where everything listens unless PMBOT_PORT_<NAME> or --port-offset says otherwise. */
export const defaultPorts = {
  gateway: 5000,
  functions: 5001,
  ws: 5010,
  auth: 9099,
  firestore: 8080,
  pubsub: 8085,
  mail: 8025,
  smtp: 1025,
  redisRest: 8079,
  redis: 16379,
  storage: 9199,
  postgres: 54320,
  hub: 4400,
  logging: 4500,
  eventarc: 9299,
  tasks: 9499,
};

export type PortName = keyof typeof defaultPorts;
export type Ports = Record<PortName, number>;

export const portNames = Object.keys(defaultPorts) as PortName[];

/** gateway → PMBOT_PORT_GATEWAY, redisRest → PMBOT_PORT_REDIS_REST */
export const variableOf = (name: PortName): string =>
  `PMBOT_PORT_${name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`;

export const portsFrom = (
  environment: Record<string, string | undefined> = process.env,
  args: readonly string[] = process.argv,
): Ports => {
  const given = args.find(arg => arg.startsWith('--port-offset='))?.split('=')[1];
  const offset = Number(given ?? environment.PMBOT_PORT_OFFSET ?? 0);
  const portOf = (name: PortName) => {
    const port = Number(environment[variableOf(name)] ?? defaultPorts[name] + offset);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`${variableOf(name)}: ${port} is no port`);
    return [name, port] as const;
  };
  return Object.fromEntries(portNames.map(portOf)) as Ports;
};

export const gatewayUrl = (ports: Ports): string => `http://${loopback}:${ports.gateway}`;
export const webSocketUrl = (ports: Ports): string => `ws://${loopback}:${ports.ws}/chat/ws`;
export const functionsUrl = (ports: Ports): string => `http://${loopback}:${ports.functions}`;
