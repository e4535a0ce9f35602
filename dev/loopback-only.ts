/**
 * Preloaded (`node --import`) into servers that would listen on every interface and cannot be told
 * otherwise: whatever TCP port they open is opened on 127.0.0.1 only.
 */
import { type ListenOptions, Server } from 'node:net';
import { loopback } from './part.ts';

type Listen = (this: Server, ...args: unknown[]) => Server;
const original = Reflect.get(Server.prototype, 'listen') as Listen;

const local: Listen = function (...args) {
  const [first, ...rest] = args;
  if (typeof first === 'number')
    return original.call(this, { port: first, host: loopback }, ...rest.filter(isCallback));
  if (isOptions(first) && first.port !== undefined && first.path === undefined)
    return original.call(this, { ...first, host: loopback }, ...rest);
  return original.call(this, ...args);
};

const isCallback = (value: unknown) => typeof value === 'function';
const isOptions = (value: unknown): value is ListenOptions =>
  typeof value === 'object' && value !== null;

Server.prototype.listen = local as typeof Server.prototype.listen;
