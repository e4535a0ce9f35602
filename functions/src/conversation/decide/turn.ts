import type { Context } from '../model.ts';
import { apply } from './events.ts';
import type { Event, Goal, Line, State } from './state.ts';

/** One turn under way: the state so far, and the events that brought it there. */
export class Turn {
  state: State;
  readonly events: Event[] = [];
  readonly context: Context;

  constructor(state: State, context: Context) {
    this.state = state;
    this.context = context;
  }

  emit(...events: Event[]): void {
    for (const event of events) {
      this.state = apply(this.state, event);
      this.events.push(event);
    }
  }

  say(key: string, params?: Record<string, unknown>): void {
    const line: Line = params ? { key, params } : { key };
    this.emit({ type: 'said', line });
  }

  get goal(): Goal | undefined {
    return this.state.goals[0];
  }
}
