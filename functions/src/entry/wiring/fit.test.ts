import { expectTypeOf, it } from 'vitest';
import type { authOperations } from '../../operations/auth/index.ts';
import type { chatOperations } from '../../operations/chat/index.ts';
import type { projectOperations } from '../../operations/projects/index.ts';
import type { systemOperations } from '../../operations/system/index.ts';
import type { authArea } from './auth.ts';
import type { chatArea } from './chat.ts';
import type { Unfit } from './fit.ts';
import type { projectArea } from './projects.ts';
import type { systemArea } from './system.ts';

// Checked by the compiler (`npm run types`): a failing line has the places of the operations in the list.
it('supplies every operation with all that it asks for', () => {
  expectTypeOf<Unfit<typeof authOperations, ReturnType<typeof authArea>>>().toBeNever();
  expectTypeOf<Unfit<typeof chatOperations, ReturnType<typeof chatArea>>>().toBeNever();
  expectTypeOf<Unfit<typeof projectOperations, ReturnType<typeof projectArea>>>().toBeNever();
  expectTypeOf<Unfit<typeof systemOperations, ReturnType<typeof systemArea>>>().toBeNever();
});

it('points at an operation that asks for too much', () => {
  type Greedy = { run(deps: { missing(): void }): Promise<void> };
  expectTypeOf<Unfit<[Greedy], object>>().toEqualTypeOf<'0'>();
});
