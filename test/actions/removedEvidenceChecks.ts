import type { RemovedCheck } from '../removedCheck.ts';

const secrets = 'test/actions/evidenceTaskRedaction.test.ts';
const task = 'test/actions/evidenceTask.test.ts';
const permissions = 'test/actions/evidencePermissions.test.ts';

/** What evidence on a task rests on: no secret is stored, what hangs costs its share, and what was lost is said. */
export const evidenceChecks: readonly RemovedCheck[] = [
  {
    file: 'shared/actions/evidenceCapture/redaction.ts',
    text: '? inner.map(nameOnly)',
    replacement: '? inner',
    test: secrets,
    why: 'the values of environments are stored',
  },
  {
    file: 'shared/actions/evidenceCapture/redaction.ts',
    text: "if (typeof value === 'string') return free ? text(value) : value;",
    replacement: "if (typeof value === 'string') return value;",
    test: secrets,
    why: 'a secret in a command line is stored',
  },
  {
    file: 'shared/actions/evidenceCapture/redaction.ts',
    text: '.map(literally)',
    replacement: '',
    test: secrets,
    why: 'a secret with a character that a pattern gives a meaning to is stored',
  },
  {
    file: 'shared/actions/evidenceCapture/redaction.ts',
    text: '[JSON.stringify(value).slice(1, -1), name] as const',
    replacement: '[value, name] as const',
    test: secrets,
    why: 'a secret in a log line of JSON is stored',
  },
  {
    file: 'shared/actions/evidenceCapture/redaction.ts',
    text: '.toSorted((a, b) => b.length - a.length)',
    replacement: '',
    test: secrets,
    why: 'the end of a secret that begins with another is stored',
  },
  {
    file: 'shared/actions/evidenceCapture/redaction.ts',
    text: 'known === null ? () => withheld :',
    replacement: 'known === null ? (line: string) => line :',
    test: task,
    why: 'command lines are stored though nobody knows what is secret in them',
  },
  {
    file: 'shared/actions/evidenceCapture/task.ts',
    text: 'redactionOf([definition.taskDefinition, seen.task?.overrides])',
    replacement: 'redactionOf([definition.taskDefinition])',
    test: secrets,
    why: 'a secret that a task was started with is stored where the task writes it',
  },
  {
    file: 'shared/actions/evidenceCapture/logs.ts',
    text: 'message: text(message),',
    replacement: 'message,',
    test: secrets,
    why: 'a secret that a container has logged is stored',
  },
  {
    file: 'shared/actions/evidenceCapture/logs.ts',
    text: 'answer.nextBackwardToken === token',
    replacement: 'answer.events?.length === 0',
    test: 'test/actions/evidenceLogs.test.ts',
    why: 'an empty page passes for the beginning of a stream',
  },
  {
    file: 'shared/actions/evidenceCapture/logs.ts',
    text: 'return left < 0;',
    replacement: 'return left < -1e9;',
    test: 'test/actions/evidenceLogs.test.ts',
    why: 'a container that logs much fills the time of the others',
  },
  {
    file: 'shared/actions/evidenceCapture/collection.ts',
    text: 'all.run(() => own.run(() => work(pieceOf(found, context, signal))))',
    replacement: 'all.run(() => work(pieceOf(found, context, signal)))',
    test: task,
    name: 'costs its piece ten seconds',
    why: 'one call that hangs costs all other evidence',
  },
  {
    file: 'shared/actions/evidenceCapture/task.ts',
    text: '      if (!stoppedByFirebreak(task)) throw',
    replacement: '      if (task === undefined) throw',
    test: task,
    why: 'a network interface that was lost is not said',
  },
  {
    file: 'shared/actions/evidenceCapture/permissions.ts',
    text: ':log-stream:*/${task}`',
    replacement: ':log-stream:*`',
    test: permissions,
    why: 'a step may read the log lines of every task',
  },
  {
    file: 'shared/actions/targets/ecsTarget.ts',
    text: 'if (!isEcsName(name)) throw',
    replacement: "if (name === '') throw",
    test: permissions,
    why: 'a wildcard in an event opens every task and service',
  },
  {
    file: 'shared/actions/sessionPolicy.ts',
    text: 'Statement.length === 0 ? [nothing] : Statement',
    replacement: 'Statement',
    test: 'test/actions/sessionPolicy.test.ts',
    why: 'a step that reads nothing has no valid policy, and fails',
  },
  {
    file: 'shared/actions/containService/permissions.ts',
    text: 'fitsSession([...read, ...write]) ?',
    replacement: 'read.length > 0 ?',
    test: 'test/actions/sessionPolicy.test.ts',
    why: 'a service with a long name is not contained, and it is found out in an incident',
  },
  {
    file: 'shared/actions/containService/permissions.ts',
    text: 'return [...[...families].flatMap(register), ...passes];',
    replacement: 'return [...families].flatMap(register);',
    test: 'test/actions/containServiceIam.test.ts',
    why: 'ECS refuses to point a service back, because nobody may pass its roles on',
  },
  {
    file: 'shared/actions/containService/plan.ts',
    text: '...clean.roles, ...observed.roles',
    replacement: '...clean.roles',
    test: 'test/actions/containServiceIam.test.ts',
    why: 'ECS refuses an undo, because nobody may pass the roles of what was there before on',
  },
  {
    file: 'shared/respond/evidenceFolder.ts',
    text: 'store.put(`${folder}/${name}`',
    replacement: 'store.put(name',
    test: 'test/respond/evidenceFolder.test.ts',
    why: 'evidence on a task and on its image overwrite each other',
  },
];
