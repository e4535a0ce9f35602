import { parseKeyRing } from '../functions/src/adapters/encryption/key-ring.ts';
import { passwordHasher } from '../functions/src/adapters/passwords/password-hasher.ts';
import { authMethodRepository } from '../functions/src/data/auth-methods.ts';
import { type Database, inTransaction, openDatabase } from '../functions/src/data/database.ts';
import { memberRepository } from '../functions/src/data/members.ts';
import { outboxRepository } from '../functions/src/data/outbox.ts';
import { projectRepository } from '../functions/src/data/projects.ts';
import { taskRepository } from '../functions/src/data/tasks.ts';
import { userRepository } from '../functions/src/data/users.ts';
import { addDays, dateIn } from '../functions/src/domain/calendar.ts';
import type { TaskStatus } from '../functions/src/domain/task.ts';

/** Who can sign in right after `npm start`. */
export const demoLogin = { email: 'demo@pm-bot.local', password: 'pm-bot-demo-2026' };

const timezone = 'America/Mexico_City';

export const demoPeople = [
  { email: demoLogin.email, fullName: 'Daniela Demo', role: 'owner' },
  { email: 'ana@pm-bot.local', fullName: 'Ana Torres', role: 'manager' },
  { email: 'luis@pm-bot.local', fullName: 'Luis Gómez', role: 'member' },
  { email: 'sofia@pm-bot.local', fullName: 'Sofía Ramírez', role: 'viewer' },
] as const;

/** Title, person by position in `demoPeople`, days from today, state. */
const tasks: [string, number | null, number | null, TaskStatus][] = [
  ['Definir el alcance del sitio', 0, -6, 'done'],
  ['Revisar el contrato con el proveedor', 1, 2, 'in_progress'],
  ['Diseñar la página de inicio', 2, 4, 'in_review'],
  ['Preparar la campaña de correo', 1, 7, 'todo'],
  ['Corregir el formulario de contacto', 2, -1, 'blocked'],
  ['Escribir las preguntas frecuentes', null, null, 'todo'],
];

/**
 * Called by `npm start` after the migrations and before the functions, with the variables the
 * functions get. Finds its own work done on the second start.
 */
export const loadDemoData = async (env: Record<string, string>): Promise<void> => {
  const db = openDatabase({ connectionString: env.DATABASE_URL ?? '', max: 2 });
  try {
    if (await userRepository(db).findByEmail(demoLogin.email)) return;
    const hasher = passwordHasher(parseKeyRing('PASSWORD_PEPPERS', env.PASSWORD_PEPPERS));
    const password = await hasher.hash(demoLogin.password);
    await inTransaction(db, trx => fill(trx, password));
  } finally {
    await db.destroy();
  }
};

const fill = async (db: Database, password: { hash: string; pepper: string | null }) => {
  const ids: number[] = [];
  for (const { email, fullName } of demoPeople) {
    const user = await userRepository(db).insert(
      { email, fullName, locale: 'es', timezone },
      password,
    );
    if (!user) throw new Error(`${email} is taken`);
    await db
      .updateTable('users')
      .set({ status: 'active', email_verified: true })
      .where('id', '=', user.id)
      .execute();
    await authMethodRepository(db).addPassword(user.id);
    ids.push(user.id);
  }
  const [owner = 0] = ids;
  const project = await projectRepository(db).insert(owner, {
    name: 'Lanzamiento de la web',
    description: 'Proyecto de ejemplo: pruébalo, cámbialo, bórralo.',
  });
  await fillProject(db, project.id, ids);
};

const fillProject = async (db: Database, projectId: number, ids: number[]) => {
  const [owner = 0] = ids;
  const outbox = outboxRepository(db);
  const announce = (type: string, payload: Record<string, unknown>) =>
    outbox.add({ topic: 'task-events', type, projectId, payload: { actorId: owner, ...payload } });
  await announce('project.created', { projectId });
  for (const [index, { role }] of demoPeople.entries()) {
    const userId = ids[index] ?? 0;
    await memberRepository(db).insert(projectId, userId, role);
    await announce('member.added', { userId });
  }
  const today = dateIn(new Date(), timezone);
  for (const [title, person, days, status] of tasks) {
    const task = await taskRepository(db).insert(projectId, owner, {
      title,
      status,
      assigneeId: person === null ? null : (ids[person] ?? null),
      dueDate: days === null ? null : addDays(today, days),
    });
    await announce('task.created', { taskId: task.id, version: task.version });
  }
};
