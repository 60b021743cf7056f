import { expectPull, section, shown, tierOf } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import { serviceLine, serviceNow, type TaskSeen } from '../service.ts';
import type { Theatre } from '../theatre.ts';
import { type Threat, threatEvent } from '../threat.ts';
import { threatRule } from '../threatRule.ts';

const service = 'ledger';
const finding = 'aec1a2b3c4d5e6f708192a3b4c5d6e7f';

const shell = (task: TaskSeen, seen: Pick<Threat, 'firstSeenAt' | 'lastSeenAt' | 'count'>): Threat => ({
  id: finding,
  type: 'Execution:Runtime/ReverseShell',
  severity: 8,
  title: 'A process in a container created a reverse shell.',
  cluster: 'prod',
  service,
  task: task.arn,
  taskDefinition: task.taskDefinition,
  container: task.container,
  process: { name: 'sh', path: '/bin/busybox' },
  ...seen,
});

/** One of the tasks that run now. */
async function oneTask(theatre: Theatre): Promise<TaskSeen> {
  const [task] = (await serviceNow(theatre, 'prod', service)).tasks;
  if (task === undefined) throw new Error(`No task of ${service} runs`);
  return task;
}

export const intrusion: Scenario = {
  name: 'intrusion',
  title: 'An intrusion: a reverse shell in an otherwise clean image, in a protected service',
  world: 'checkout.account.yaml',
  steps: [
    {
      title: 'GuardDuty finds a reverse shell in one of three tasks that have run for weeks',
      happen: async (theatre) => {
        theatre.editRule('demo-threats', threatRule);
        await theatre.pass(61);
        const task = await oneTask(theatre);
        const now = theatre.now();
        const firstSeenAt = new Date(now.getTime() - 2 * 60_000);
        theatre.notes.set('accused', task.arn).set('first seen', firstSeenAt.toISOString());
        const seen = { firstSeenAt, lastSeenAt: firstSeenAt, count: 1 };
        theatre.deliver(threatEvent(theatre.sandbox.account, now, shell(task, seen)));
        await theatre.settle();
        return [`Execution:Runtime/ReverseShell in task ${task.arn.slice(-32, -20)}`];
      },
    },
    {
      title: 'The accused task is replaced, though the service is protected; its image is left alone',
      happen: async (theatre) => {
        const seen = await serviceNow(theatre, 'prod', service);
        expectThat(!seen.tasks.some(({ arn }) => arn === theatre.notes.get('accused')), 'the accused task still runs');
        expectThat(seen.tasks.length === 3, `${seen.tasks.length} tasks run, not 3`);
        const image = await theatre.image('payments/ledger', '2.7.1');
        return [serviceLine(service, seen), ...expectPull(image, await theatre.pull(image), 'ok')];
      },
    },
    {
      title: 'One page, because of its class',
      happen: async (theatre) => {
        const messages = theatre.heard();
        expectThat(messages.map(tierOf).join() === 'page', `messages: ${messages.map(tierOf).join() || 'none'}`);
        return messages.flatMap((one) => [
          shown(one),
          ...section(one, 'What happened'),
          ...section(one, 'What was done'),
        ]);
      },
    },
    {
      title: 'Six hours later GuardDuty sends the same finding again: it went on, in a new task',
      happen: async (theatre) => {
        await theatre.pass(6 * 3600);
        const task = await oneTask(theatre);
        const now = theatre.now();
        const firstSeenAt = new Date(theatre.notes.get('first seen') ?? now);
        const seen = { firstSeenAt, lastSeenAt: new Date(now.getTime() - 60_000), count: 2 };
        theatre.deliver(threatEvent(theatre.sandbox.account, now, shell(task, seen)));
        await theatre.settle();
        const after = await serviceNow(theatre, 'prod', service);
        expectThat(!after.tasks.some(({ arn }) => arn === task.arn), 'the accused task still runs');
        const messages = theatre.heard();
        expectThat(messages.map(tierOf).join() === 'page', `messages: ${messages.map(tierOf).join() || 'none'}`);
        const [message] = messages;
        expectThat(message?.subject?.includes('did not hold') === true, `the page says: ${message?.subject}`);
        return [
          serviceLine(service, after),
          ...messages.flatMap((one) => [shown(one), ...section(one, 'What happened')]),
        ];
      },
    },
  ],
};
