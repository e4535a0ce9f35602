import { type ClientOptions, WebSocket } from 'ws';
import type { Json } from './product.ts';

export type Frame = { type: string; eventId: string; id?: string } & Record<string, Json & string>;

/** A client of /chat/ws that remembers every frame. */
export type Peer = {
  socket: WebSocket;
  frames: Frame[];
  /** The first frame, past or to come, that fits. */
  hear(type: string, fits?: (frame: Frame) => boolean): Promise<Frame>;
  say(frame: unknown): void;
  /** The code with which the connection ended. */
  closed: Promise<number>;
};

const patienceMs = 8_000;

export const connect = (url: string, options: ClientOptions = {}): Peer => {
  const socket = new WebSocket(url, options);
  const frames: Frame[] = [];
  const listeners = new Set<() => void>();
  socket.on('message', data => {
    frames.push(JSON.parse(String(data)) as Frame);
    for (const listener of listeners) listener();
  });
  const closed = new Promise<number>(resolve => socket.once('close', resolve));
  socket.on('error', () => {});
  const hear: Peer['hear'] = (type, fits = () => true) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = frames.find(frame => frame.type === type && fits(frame));
        if (!found) return;
        listeners.delete(look);
        clearTimeout(late);
        resolve(found);
      };
      const late = setTimeout(
        () => reject(new Error(`No ${type} among ${JSON.stringify(frames)}`)),
        patienceMs,
      );
      listeners.add(look);
      look();
    });
  const say = (frame: unknown) =>
    socket.send(
      typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame),
    );
  return { socket, frames, hear, say, closed };
};

/** Settles with the answer to an upgrade that is refused. */
export const refusal = (url: string, options: ClientOptions = {}): Promise<[number, Json]> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.once('open', () => reject(new Error('was accepted')));
    socket.on('error', () => {});
    socket.once('unexpected-response', (_request, response) => {
      let text = '';
      response.on('data', part => {
        text += String(part);
      });
      response.on('end', () => resolve([response.statusCode ?? 0, JSON.parse(text) as Json]));
    });
  });
