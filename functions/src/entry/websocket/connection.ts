import type { RawData, WebSocket } from 'ws';
import type { SessionProof } from '../../domain/session.ts';
import { Failure, problemOf } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import type { Progress, Visitor } from '../../platform/operation.ts';
import { failureOf } from '../failures.ts';
import { type Delivery, delivery, type Feeds, type MayHear } from './delivery.ts';
import { type Incoming, readFrame } from './frames.ts';
import { frameBudget, type Limits } from './limits.ts';
import { closeCodes, type Outgoing, outgoing } from './outgoing.ts';
import type { Places } from './places.ts';

export type ConnectionDeps = {
  limits: Limits;
  feeds: Feeds;
  mayHear: MayHear;
  identify(authorization: string): Promise<SessionProof | undefined>;
  hasEnded(who: SessionProof): Promise<boolean>;
  /** Runs POST /chat/message for this person, limits included. */
  converse(visitor: Visitor, who: SessionProof, input: unknown): Promise<object>;
  newId(): string;
  /** Takes a place among the person's connections here; false when they have too many. */
  enter(connection: Connection, userId: number): boolean;
  places: Places;
};

type Message = Extract<Incoming, { type: 'message' }>;

/** One accepted connection, from its first frame to its last. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #visitor: Visitor;
  readonly #deps: ConnectionDeps;
  readonly #out: Outgoing;
  readonly #withinBudget: () => boolean;
  readonly #timers: NodeJS.Timeout[];
  readonly #id: string;
  #who: SessionProof | undefined;
  #place: number | undefined;
  #feed: Delivery | undefined;
  #answered = true;
  #refusals = 0;
  #waiting = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(socket: WebSocket, visitor: Visitor, deps: ConnectionDeps) {
    this.#socket = socket;
    this.#visitor = visitor;
    this.#deps = deps;
    this.#out = outgoing(socket, deps.limits);
    this.#id = deps.newId();
    this.#withinBudget = frameBudget(deps.limits);
    const { authMs, lifeMs } = deps.limits;
    this.#timers = [
      setTimeout(() => this.#expire(), authMs),
      setTimeout(() => this.close(closeCodes.goingAway, 'reconnect'), lifeMs),
    ];
    socket.on('message', (data, binary) => this.#receive(data, binary));
    socket.on('pong', () => {
      this.#answered = true;
    });
    // Broken frames and sizes beyond the limit: ws closes with the right code by itself.
    socket.on('error', () => {});
    socket.on('close', code => this.#closed(code));
  }

  /** Takes over somebody whose credentials came with the handshake. */
  begin(who: SessionProof, lastEventId: string | undefined): void {
    this.#enqueue(() => this.#attempt('unavailable', () => this.#signIn(who, lastEventId)));
  }

  async pull(): Promise<void> {
    await this.#feed?.pull();
  }

  /** Keeps what a quiet connection would resume from. */
  async keep(): Promise<void> {
    if (this.#who) await this.#deps.feeds.keep(this.#who.userId);
  }

  /** Pings the peer, or lets go of one that left the last ping unanswered; looks after its session. */
  async beat(): Promise<void> {
    if (!this.#answered) return this.#socket.terminate();
    this.#answered = false;
    this.#socket.ping();
    if (this.#place !== undefined) await this.#deps.places.keep(this.#place, this.#id);
    if (this.#who && (await this.#deps.hasEnded(this.#who)))
      this.#end(closeCodes.unauthenticated, new Failure('unauthenticated'));
  }

  /** Settles when the messages that arrived so far are answered. */
  idle(): Promise<unknown> {
    return this.#queue;
  }

  close(code: number, reason: string): void {
    this.#out.close(code, reason);
  }

  #receive(data: RawData, binary: boolean): void {
    try {
      if (!this.#withinBudget()) throw new Failure('rate_limited', { retryAfter: 1 });
      const frame = readFrame(data, binary);
      this.#enqueue(() => this.#handle(frame));
    } catch (error) {
      const failure = this.#refuse(error);
      // Who goes on sending what is refused is no client of ours.
      const enough = !this.#who || ++this.#refusals > this.#deps.limits.frameBurst;
      if (enough) this.close(closeCodes.policy, failure.code);
    }
  }

  /** One at a time and in order: a conversation is one. Meanwhile the peer is not read for long. */
  #enqueue(work: () => Promise<unknown>): void {
    const most = this.#deps.limits.waitingMessages;
    if (++this.#waiting >= most) this.#socket.pause();
    this.#queue = this.#queue.then(work).finally(() => {
      if (--this.#waiting < most / 2 && this.#socket.isPaused) this.#socket.resume();
    });
  }

  async #handle(frame: Incoming): Promise<void> {
    if (frame.type === 'auth')
      return this.#attempt('unauthenticated', () => this.#authenticate(frame));
    if (!this.#who) return this.#end(closeCodes.unauthenticated, new Failure('unauthenticated'));
    if (frame.type === 'message') return this.#converse(frame, this.#who);
    this.#out.send({ ...frame, type: 'pong' });
  }

  async #attempt(reason: 'unauthenticated' | 'unavailable', work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      const code = reason === 'unavailable' ? closeCodes.tryLater : closeCodes.unauthenticated;
      this.close(code, this.#refuse(error).code);
    }
  }

  async #authenticate({ token, lastEventId }: Extract<Incoming, { type: 'auth' }>): Promise<void> {
    const who = await this.#deps.identify(`Bearer ${token}`);
    if (!who) throw new Failure('unauthenticated');
    if (!this.#who) return this.#signIn(who, lastEventId);
    // Said again later it must be the same person: their feed is already flowing.
    if (this.#who.userId !== who.userId) throw new Failure('unauthenticated');
    this.#who = who;
    this.#out.send({ type: 'ready', userId: who.userId, resumed: true });
  }

  async #signIn(who: SessionProof, lastEventId: string | undefined): Promise<void> {
    const { feeds, mayHear, enter } = this.#deps;
    // Who left meanwhile must not take a place that nobody would give back.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!enter(this, who.userId) || !(await this.#takePlace(who.userId)))
      return this.#end(closeCodes.tooMany, new Failure('rate_limited', { retryAfter: 30 }));
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    clearTimeout(this.#timers[0]);
    const feed = delivery(who, { feeds, mayHear, out: this.#out });
    const start = await feed.begin(lastEventId);
    this.#who = who;
    this.#out.send({ type: 'ready', userId: who.userId, ...start });
    this.#feed = feed;
    log.info('ws.opened', { ...this.#trace(), resumed: start.resumed });
    await feed.pull();
  }

  /** A place that was taken for somebody who left meanwhile is given back at once. */
  async #takePlace(userId: number): Promise<boolean> {
    const { places, limits } = this.#deps;
    const taken = await places.enter(userId, this.#id, limits.connectionsPerPerson);
    if (taken) this.#place = userId;
    if (this.#socket.readyState === this.#socket.CLOSED) this.#leave();
    return taken;
  }

  #leave(): void {
    if (this.#place !== undefined) void this.#deps.places.leave(this.#place, this.#id);
    this.#place = undefined;
  }

  async #converse(message: Message, who: SessionProof): Promise<void> {
    const started = performance.now();
    const requestId = this.#deps.newId();
    const failure = await this.#reply(message, who, requestId).then(
      () => undefined,
      (error: unknown) => this.#refuse(error, message.id),
    );
    if (failure?.code === 'unauthenticated')
      this.close(closeCodes.unauthenticated, 'unauthenticated');
    const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
    log.info('ws.message', {
      ...this.#trace(),
      requestId,
      code: failure?.code ?? 'ok',
      elapsedMs,
    });
  }

  async #reply(message: Message, who: SessionProof, requestId: string): Promise<void> {
    const { type: _type, id, idempotencyKey, ...input } = message;
    if (await this.#deps.hasEnded(who)) throw new Failure('unauthenticated');
    const progress: Progress = update => void this.#out.send({ ...update, id });
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    const asking = { ...this.#visitor, ...key, requestId, progress };
    const answer = await this.#deps.converse(asking, who, input);
    const frame = { ...answer, type: 'reply', id };
    try {
      await this.#deps.feeds.append([who.userId], { ...frame, for: who.sessionId });
    } catch (error) {
      // The work is done: it is told, although nobody could come back to it.
      log.error('ws.append_failed', error, { requestId });
      this.#out.send(frame);
    }
    await this.pull().catch((error: unknown) => log.error('ws.pull_failed', error));
  }

  #refuse(error: unknown, id?: string): Failure {
    const { requestId, locale } = this.#visitor;
    const failure = failureOf(error, { requestId, operation: 'chat/ws' });
    const { retryAfter } = failure.options;
    const problem = {
      ...problemOf(failure, locale, requestId),
      ...(retryAfter !== undefined && { retryAfter }),
    };
    this.#out.send({ type: 'error', ...(id !== undefined && { id }), problem });
    return failure;
  }

  #end(code: number, failure: Failure): void {
    this.#refuse(failure);
    this.close(code, failure.code);
  }

  #expire(): void {
    this.#end(closeCodes.authTimeout, new Failure('unauthenticated'));
  }

  #closed(code: number): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#leave();
    log.info('ws.closed', { ...this.#trace(), code });
  }

  #trace() {
    const { requestId, address } = this.#visitor;
    return { connection: requestId, userId: this.#who?.userId, address };
  }
}
