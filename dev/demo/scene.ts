import assert from 'node:assert/strict';
import { type ChatAnswer, type Json, row, type Sentence, tell } from './world.ts';

/** What a scene needs to look at the results from every side. */
export type Stage = {
  projectId: number;
  anaId: number;
  say: Sentence;
  readTask(taskId: number): Promise<Json>;
  /** The task as the realtime mirror shows it, once it has the given state. */
  mirrored(taskId: number, status: string): Promise<Json>;
};

/** The one conversation of the demonstration; web and phone play it word for word. */
export const playScene = async (stage: Stage): Promise<void> => {
  const { say, projectId, anaId } = stage;
  const created = await said(
    say,
    'crea una tarea para revisar el contrato, que la haga Ana, para el viernes',
  );
  const task = created.actions.find(action => action.type === 'task.created')?.task;
  assert.ok(task, 'no task was created');
  const taskId = Number(task['id']);

  const stored = await row(
    `SELECT title, assignee_id::int AS assignee, to_char(due_date, 'YYYY-MM-DD') AS due,
       extract(isodow FROM due_date)::int AS weekday FROM tasks WHERE id = $1`,
    [taskId],
  );
  assert.match(String(stored['title']), /^revisar el contrato$/i);
  assert.equal(stored['assignee'], anaId);
  assert.equal(stored['weekday'], 5);
  tell(`  PostgreSQL  «${String(stored['title'])}», Ana, viernes ${String(stored['due'])}`);

  const read = await stage.readTask(taskId);
  assert.deepEqual(
    [read['projectId'], read['assigneeId'], read['dueDate'], read['status']],
    [projectId, anaId, stored['due'], 'todo'],
  );
  tell(`  API         tarea ${taskId}, versión ${String(read['version'])}`);
  const mirror = await stage.mirrored(taskId, 'todo');
  assert.equal(mirror['dueDate'], stored['due']);
  tell(`  Firestore   projects/${projectId}/tasks/${taskId}`);

  const started = await said(say, 'ya empecé con la tarea del contrato');
  assert.ok(started.actions.some(action => action.type === 'task.updated'));
  assert.equal((await stage.readTask(taskId))['status'], 'in_progress');
  await stage.mirrored(taskId, 'in_progress');
  tell('  Firestore   la tarea está en curso');

  const status = await said(say, '¿cómo va el proyecto?');
  assert.match(status.reply.text, /1/);
};

const said = async (say: Sentence, text: string): Promise<ChatAnswer> => {
  tell(`  tú   ${text}`);
  const answer = await say(text);
  tell(`  bot  ${answer.reply.text.replaceAll('\n', '\n       ')}`);
  return answer;
};
