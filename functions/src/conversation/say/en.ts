import type { Goal, ProjectFigures, TaskFilter } from '../decide/state.ts';
import { details, narrowed, personName, rows, wish } from './describe.ts';
import { figuresText, workloadText } from './en-figures.ts';
import { dayText, enumerated, plain, priorityNames, quote, statusNames } from './format.ts';
import { type Catalogue, number, type Params, task, tasks, text } from './speech.ts';

const examples: Record<string, string> = {
  idle: 'For example: “create a task to review the contract, for Ana, on Friday”, “mark the report as done” or “how is the project going?”.',
  awaiting_task_title: 'Tell me in a few words what is to be done, such as “review the contract”.',
  awaiting_assignee: 'Tell me a name of the team, “me” or “nobody”.',
  awaiting_due_date: 'Tell me a day, such as “Friday”, “20 March” or “no date”.',
  awaiting_priority: 'It can be low, medium, high or urgent.',
  awaiting_task: 'Tell me the title of the task or its number in the list.',
  awaiting_status: 'It can be to do, in progress, blocked, in review or done.',
  awaiting_project: 'Tell me the name of the project.',
  awaiting_confirmation: 'Answer “yes” or “no”, or tell me what to change.',
  awaiting_comment: 'Write the comment as it should stand.',
  awaiting_email: 'I need an address such as ana@example.com.',
};
const example = (params: Params): string => examples[text(params.asking)] ?? examples.idle ?? '';

const changed = (params: Params, name: string | undefined): string => {
  const { title, status, priority, dueDate } = task(params);
  const named = quote(title);
  if (params.intent === 'update_status') return `Done, ${named} is now ${statusNames.en[status]}.`;
  if (params.intent === 'rename_task') return `Done, it is now called ${named}.`;
  if (params.intent === 'assign_task')
    return name ? `Done, ${named} now belongs to ${plain(name)}.` : `Done, ${named} is unassigned.`;
  if (params.intent === 'set_due_date')
    return dueDate
      ? `Done, ${named} is due ${dayText(dueDate, 'en')}.`
      : `Done, ${named} has no due date.`;
  return `Done, ${named} now has ${priorityNames.en[priority]} priority.`;
};

/** The voice of the bot in English, sentence for sentence with the Spanish one. */
export const en: Catalogue = {
  greet: p =>
    text(p.name)
      ? `Hello! We are in ${quote(text(p.name))}. What shall we do?`
      : ['Hello! How can I help?', 'Hello! Tell me what you need.'],
  goodbye: ['See you!', 'Bye!'],
  thanks: ['You are welcome!', 'Any time!'],
  fine: ['All right. Tell me if you need anything.'],
  help: [
    'I can create tasks (“create a task to review the contract, for Ana, on Friday”), change them (“mark the report as done”), list them (“what is due this week?”), tell you how the project is going and undo the last change. What shall we do?',
  ],
  help_asking: p => `${example(p)} To drop it, say “cancel”.`,
  out_of_scope: [
    'I cannot help with that: I look after projects and tasks. Say “help” to see what I can do.',
  ],
  not_understood: p => `I did not quite get that. ${example(p)}`,
  choices: p =>
    p.asking === 'idle' || !p.asking
      ? 'I still do not follow. Do you want to create a task, change one, see your tasks or know how the project is going?'
      : `I still do not follow. ${example(p)} You can also say “cancel”.`,
  handover: [
    'I would rather not make things up. I have left word in the project that you need a person.',
  ],
  handover_alone: [
    'I would rather not invent anything, but you are in no project yet and there is nobody to tell. Create one or ask to be invited.',
  ],
  waiting: ['Sure, take your time.'],
  where_we_are: (p, s) => {
    const last = p.task
      ? ` The last one was ${quote(task(p).title)} (${statusNames.en[task(p).status]}, ${details(task(p), s)}).`
      : '';
    return text(p.name)
      ? `We are in ${quote(text(p.name))}.${last} What shall we do?`
      : 'What shall we do?';
  },
  nothing_to_repeat: ['I have not said anything yet.'],
  cancelled: ['Fine, I leave it.', 'All right, cancelled.'],
  nothing_to_cancel: ['Nothing is half done. What shall we do?'],
  nothing_to_cancel_undo: ['Nothing is half done. To take the last change back, say “undo”.'],
  dropped: p =>
    p.intent === 'delete_task' ? 'All right, I delete nothing.' : 'All right, I leave it undone.',
  not_done_unsure: ['Then I leave it for now. Tell me when you know.'],
  conditional: ['I cannot wait for a condition to come true.'],
  left_as_is: ['All right, I leave it as it is.'],
  back_to: ['Back to where we were.'],
  nothing_to_undo: ['There is nothing to undo.'],
  undo_too_late: ['More than ten minutes have passed; I cannot undo that. Tell me what to change.'],
  undone: ['Done, undone.', 'Done, all as it was.'],
  no_projects: ['You have no project yet. Let us create the first.'],
  project_unknown: p => `I cannot find the project ${quote(text(p.name))} among yours.`,
  project_entered: p =>
    `We are in ${quote(text(p.name))}: ${figuresText(p.figures as ProjectFigures)}`,
  project_created: p => `Done! I created the project ${quote(text(p.name))}, and we are in it.`,
  workload: (p, s) => workloadText(p.figures as ProjectFigures, s),
  members_elsewhere: [
    'Taking somebody out of the project is not done here: whoever manages it does so in the list of members. I can hand their tasks to somebody else.',
  ],
  project_status: p => `${quote(text(p.name))}: ${figuresText(p.figures as ProjectFigures)}`,
  ask_project: p => `In which project: ${enumerated((p.names as string[]).map(plain), 'en')}?`,
  ask_project_name: ['What is the project called?'],
  ask_title: ['What is to be done?', 'What shall the task be called?'],
  ask_new_title: ['What is it called now?'],
  title_too_long: p => `That title is too long: ${number(p.most)} characters fit.`,
  ask_assignee: p =>
    p.intent === 'create_task'
      ? text(p.title)
        ? `Who does ${quote(text(p.title))}?`
        : 'Who does it?'
      : number(p.tasks) > 1
        ? 'Who gets them?'
        : `Who gets ${quote(text(p.title))}?`,
  ask_assignee_again: p => `Who does it then? You can also say “invite ${plain(text(p.name))}”.`,
  which_person: p => `Whom do you mean: ${enumerated((p.names as string[]).map(plain), 'en')}?`,
  person_unknown: p => `Nobody called ${plain(text(p.name))} is in the project.`,
  ask_due_date: p =>
    (p.again || p.intent !== 'create_task') && text(p.title)
      ? `When is ${quote(text(p.title))} due?`
      : 'When is it due?',
  noted: p => `Alright, ${plain(text(p.name))}.`,
  date_past: p => `${dayText(text(p.date), 'en')} has passed.`,
  ask_priority: p =>
    `Which priority${text(p.title) ? ` for ${quote(text(p.title))}` : ''}: low, medium, high or urgent?`,
  ask_status: p =>
    `Which status for ${p.title ? quote(text(p.title)) : 'the task'}: to do, in progress, blocked, in review or done?`,
  ask_task: ['Which task?'],
  ask_comment: p => `What shall I comment on ${quote(text(p.title))}?`,
  ask_email: p =>
    text(p.name) ? `What is the e-mail of ${plain(text(p.name))}?` : 'Which e-mail shall I invite?',
  which_task: (p, s) => `There are several. Which one?\n${rows(tasks(p), s)}`,
  task_unknown: p =>
    text(p.title)
      ? `I cannot find a task like ${quote(text(p.title))}. Which one is it?`
      : 'I cannot find that task. Which one is it?',
  task_unknown_near: (p, s) =>
    `I cannot find ${quote(text(p.title))}. Is it one of these?\n${rows(tasks(p), s)}`,
  none_match: ['There are no such tasks.'],
  confirm: (p, s) =>
    (p.goal as Goal).unsure
      ? `Do you want me to ${wish(p.goal as Goal, s)}?`
      : `I am going to ${wish(p.goal as Goal, s)}. Shall I?`,
  task_created: (p, s) => `Done! I created ${quote(task(p).title)}: ${details(task(p), s)}.`,
  task_updated: (p, s) => changed(p, personName(task(p).assigneeId, s)),
  tasks_updated: p => `Done, ${number(p.count)} tasks changed.`,
  task_deleted: p => `Done, I deleted ${quote(text(p.title))}. If that was a mistake, say “undo”.`,
  tasks_deleted: p =>
    `Done, I deleted ${number(p.count)} tasks. If that was a mistake, say “undo”.`,
  comment_added: p => `Done, I commented on ${quote(text(p.title))}.`,
  member_added: p => `Done, ${plain(text(p.name))} is in the project.`,
  member_invited: p => `Done, I sent the invitation to ${plain(text(p.email))}.`,
  task_list: (p, s) =>
    `${tasks(p).length === 1 ? 'There is 1 task' : `There are ${tasks(p).length} tasks`}${narrowed(p.filter as TaskFilter, s)}:\n${rows(tasks(p), s)}`,
  task_list_empty: (p, s) => `There are no tasks${narrowed(p.filter as TaskFilter, s)}.`,
  task_detail: (p, s) =>
    `${quote(task(p).title)} is ${statusNames.en[task(p).status]}, ${details(task(p), s)}.`,
  risks_later: ['I cannot work out risks yet; soon I will.'],
  sprint_later: ['I cannot plan sprints yet; soon I will.'],
  session_restarted: [
    'I was updated and lost the thread. Your tasks are safe; tell me again what you need.',
  ],
  welcome_back: p =>
    text(p.name)
      ? `We are still in ${quote(text(p.name))}. What was half done I left undone.`
      : 'What was half done I left undone.',
  last_topic: (p, s) =>
    `Last time we spoke of ${quote(task(p).title)} (${statusNames.en[task(p).status]}, ${details(task(p), s)}). Shall we go on with it?`,
  apology: ['Sorry, I got tangled up. Could you put it another way?'],
  failed_forbidden: ['You may not do that in this project.'],
  failed_not_found: ['That no longer exists or you may not see it.'],
  failed_no_account: ['That person has no PM-Bot account yet.'],
  failed_conflict: ['That already exists.'],
  failed_precondition_failed: p =>
    p.request === 'undo'
      ? 'Somebody changed it since, so I leave it rather than overwrite their change.'
      : 'Somebody has just changed that task. Look at it again and tell me whether to go on.',
  failed_validation_failed: ['Some of that is not valid. Could you put it another way?'],
  failed_unavailable: ['I cannot do that right now. Try again in a few seconds.'],
  failed_rate_limited: ['You are going very fast. Wait a moment and try again.'],
  failed_internal: ['Something failed on our side and I did not do it. Try again.'],
};

export const enReplies: Record<string, string> = {
  yes: 'Yes',
  no: 'No',
  nobody: 'Nobody',
  no_date: 'No date',
  today: 'Today',
  tomorrow: 'Tomorrow',
  friday: 'Friday',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
  todo: 'To do',
  in_progress: 'In progress',
  in_review: 'In review',
  done: 'Done',
};
