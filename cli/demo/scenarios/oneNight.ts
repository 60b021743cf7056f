import { AwsError } from '../../../sandbox/account.ts';
import { faults } from '../../../sandbox/faults/faults.ts';
import type { PublishedMessage } from '../../../sandbox/services/sns/topics.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { acknowledge } from '../../../shared/respond/acknowledge.ts';
import { shown, tierOf } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import { serviceNow, type TaskSeen } from '../service.ts';
import type { Theatre } from '../theatre.ts';
import { threatEvent } from '../threat.ts';
import { threatRule } from '../threatRule.ts';
import { vulnerabilityEvents } from '../vulnerabilities.ts';
import { answered, exploited, settings } from './nightRules.ts';

const tiers = ['page', 'notice', 'digest'] as const;
type Counts = Partial<Readonly<Record<(typeof tiers)[number], number>>>;

/** What was sent, by tier. Throws NotAsTold when it is not as many as expected. */
function expectTold(messages: readonly PublishedMessage[], expected: Counts): readonly string[] {
  const count = (tier: string): number => messages.filter((one) => tierOf(one) === tier).length;
  const line = tiers.map((tier) => `${tier} ${count(tier)}`).join(', ');
  const wanted = tiers.map((tier) => `${tier} ${expected[tier] ?? 0}`).join(', ');
  expectThat(line === wanted, [`messages: ${line}; not ${wanted}`, ...messages.map(shown)].join('; '));
  return [`messages: ${line}`, ...messages.map(shown)];
}

const hundreds = 400;

async function pushed(theatre: Theatre, repository: string, tag: string, expected: Counts): Promise<readonly string[]> {
  const image = await theatre.image(repository, tag);
  const { account } = theatre.sandbox;
  for (const event of vulnerabilityEvents(account, image, hundreds, theatre.now())) theatre.deliver(event);
  await theatre.settle();
  return expectTold(theatre.heard(), expected);
}

/** What GuardDuty may say of one task within ten minutes. */
const types = [
  ['Execution:Runtime/ReverseShell', 8],
  ['Execution:Runtime/NewBinaryExecuted', 5],
  ['Execution:Runtime/SuspiciousCommand', 5],
  ['Execution:Runtime/SuspiciousTool', 5],
  ['Execution:Runtime/SuspiciousShellCreated', 5],
  ['Execution:Runtime/NewLibraryLoaded', 5],
  ['DefenseEvasion:Runtime/ProcessInjection.Ptrace', 5],
  ['DefenseEvasion:Runtime/SuspiciousCommand', 5],
  ['Discovery:Runtime/SuspiciousCommand', 5],
  ['Persistence:Runtime/SuspiciousCommand', 5],
  ['PrivilegeEscalation:Runtime/SuspiciousCommand', 5],
  ['Impact:Runtime/CryptoMinerExecuted', 8],
] as const;
const miner = 'CryptoCurrency:Runtime/BitcoinTool.B';
const shellId = 'aec1a2b3c4d5e6f708192a3b4c5d6e7f';

interface Seen {
  /** `prod` without it. */
  readonly cluster?: string;
  readonly service: string;
  readonly task: TaskSeen;
  readonly type: string;
  readonly severity: number;
  readonly id?: string;
  readonly lastSeenAt: Date;
  readonly count?: number;
  readonly remote?: string;
}

function found(theatre: Theatre, { cluster = 'prod', service, remote, ...seen }: Seen, times = 1): void {
  const { task, type, severity, id, lastSeenAt, count = 1 } = seen;
  const { account } = theatre.sandbox;
  const event = threatEvent(account, theatre.now(), {
    id: id ?? account.random.hex(32),
    type,
    severity,
    title: `${type.slice(type.indexOf('/') + 1)} in a container.`,
    cluster,
    service,
    task: task.arn,
    taskDefinition: task.taskDefinition,
    container: task.container,
    process: { name: 'sh', path: '/bin/busybox' },
    // Long after it was deployed, so that the image is not to blame.
    firstSeenAt: lastSeenAt,
    lastSeenAt,
    count,
    ...(remote === undefined ? {} : { remote }),
  });
  for (let n = 0; n < times; n += 1) theatre.deliver(event);
}

async function oneTask(theatre: Theatre, service: string, cluster = 'prod'): Promise<TaskSeen> {
  const [task] = (await serviceNow(theatre, cluster, service)).tasks;
  if (task === undefined) throw new Error(`No task of ${service} runs`);
  return task;
}

const minutesAgo = (theatre: Theatre, minutes: number): Date => new Date(theatre.now().getTime() - minutes * 60_000);

const incidentOf = ({ sandbox: { account } }: Theatre, service: string): string =>
  `ecs-service/${account.id}/${account.region}/prod/${service}`;

/** Until when something is told, in steps of a second of the account's own clock. */
async function untilTold(theatre: Theatre, mostSeconds: number): Promise<readonly PublishedMessage[]> {
  for (let second = 0; second < mostSeconds; second += 1) {
    await theatre.pass(1);
    const messages = theatre.heard();
    if (messages.length > 0) return messages;
  }
  return [];
}

async function contained(theatre: Theatre, service: string): Promise<void> {
  const task = await oneTask(theatre, service);
  found(theatre, { service, task, type: miner, severity: 8, lastSeenAt: minutesAgo(theatre, 1) });
  await theatre.settle();
}

/** The last call of a containment that stops a task. */
const refusedOperation = 'StopTask';

export const oneNight: Scenario = {
  name: 'one-night',
  title: 'One incident, one page: four hundred findings, twelve types, a week of repeats, a page that nobody answers',
  world: 'night.account.yaml',
  ofDays: true,
  steps: [
    {
      title: '400 vulnerabilities of one push, of an image that nothing runs',
      happen: async (theatre) => {
        theatre.editRule('demo-exploited', exploited);
        theatre.editRule('demo-threats', threatRule);
        theatre.editRule('demo-answered', answered);
        putParameter(theatre.sandbox.account, { name: '/firebreak/dev/settings', value: settings });
        await theatre.pass(61);
        return pushed(theatre, 'payments/batch', '5.0.0', { digest: 1 });
      },
    },
    {
      title: 'The same 400, of an image that 40 services run',
      happen: (theatre) => pushed(theatre, 'platform/api', '9.1.0', { page: 1 }),
    },
    {
      title: 'Twelve types of GuardDuty about one task within ten minutes, each delivered twice: one thread',
      happen: async (theatre) => {
        const task = await oneTask(theatre, 'ledger');
        const lastSeenAt = minutesAgo(theatre, 2);
        theatre.notes.set('seen', lastSeenAt.toISOString()).set('task', JSON.stringify(task));
        for (const [n, [type, severity]] of types.entries()) {
          const id = n === 0 ? { id: shellId } : {};
          found(theatre, { service: 'ledger', task, type, severity, lastSeenAt, ...id }, 2);
          await theatre.pass(48);
        }
        await theatre.settle();
        const messages = theatre.heard();
        const threads = new Set(messages.map(({ attributes }) => attributes['thread']?.StringValue));
        expectThat(threads.size === 1, `${threads.size} threads`);
        return [...expectTold(messages, { page: 1 }), `threads: ${threads.size}`];
      },
    },
    {
      title: 'A shell in twelve services at once, all of one actor: one page, and a list in its thread',
      happen: async (theatre) => {
        const [type, severity] = types[0];
        const lastSeenAt = minutesAgo(theatre, 1);
        const cluster = 'apis';
        for (let n = 1; n <= 12; n += 1) {
          const service = `api-${String(n).padStart(2, '0')}`;
          const task = await oneTask(theatre, service, cluster);
          found(theatre, { cluster, service, task, type, severity, lastSeenAt, remote: '203.0.113.7' });
        }
        await theatre.pass(20 * 60);
        const messages = theatre.heard();
        const list = messages.find((one) => tierOf(one) === 'notice')?.message ?? '';
        expectThat(list.includes('12 incidents so far'), `the list says: ${list.slice(0, 200)}`);
        const threads = new Set(messages.map(({ attributes }) => attributes['thread']?.StringValue));
        expectThat(threads.size === 1, `${threads.size} threads`);
        return expectTold(messages, { page: 1, notice: 1 });
      },
    },
    {
      title:
        'The first of the twelve types comes again every six hours for a week, with no later activity: nothing new',
      happen: async (theatre) => {
        const task = JSON.parse(theatre.notes.get('task') ?? '') as TaskSeen;
        const lastSeenAt = new Date(theatre.notes.get('seen') ?? '');
        for (let times = 2; times < 30; times += 1) {
          await theatre.pass(6 * 3600);
          const seen = {
            service: 'ledger',
            task,
            type: types[0][0],
            severity: 8,
            id: shellId,
            lastSeenAt,
            count: times,
          };
          found(theatre, seen);
        }
        await theatre.settle();
        return expectTold(theatre.heard(), {});
      },
    },
    {
      title: 'Then with later activity: one page, which says that the containment did not hold',
      happen: async (theatre) => {
        const task = await oneTask(theatre, 'ledger');
        const lastSeenAt = minutesAgo(theatre, 1);
        found(theatre, { service: 'ledger', task, type: types[0][0], severity: 8, id: shellId, lastSeenAt, count: 31 });
        await theatre.settle();
        const messages = theatre.heard();
        const [first] = messages;
        expectThat(first?.subject?.includes('did not hold') === true, `the page says: ${first?.subject}`);
        return expectTold(messages, { page: 1 });
      },
    },
    {
      title: 'AWS refuses to stop a task: a page within a minute',
      happen: async (theatre) => {
        const { account } = theatre.sandbox;
        const refused = new AwsError('AccessDeniedException', 'with an explicit deny in a service control policy');
        const list = faults(account);
        list.push(({ operation }) => (operation === refusedOperation ? refused : undefined));
        const task = await oneTask(theatre, 'query');
        const lastSeenAt = minutesAgo(theatre, 1);
        found(theatre, { service: 'query', task, type: miner, severity: 8, lastSeenAt });
        const from = theatre.now().getTime();
        const messages = await untilTold(theatre, 600);
        const seconds = (theatre.now().getTime() - from) / 1000;
        list.length = 0;
        expectThat(seconds <= 60, `it took ${seconds} s`);
        const [first] = messages;
        expectThat(first?.subject?.includes('NOT contained') === true, `the page says: ${first?.subject}`);
        return [...expectTold(messages, { page: 1 }), `after ${seconds} s`];
      },
    },
    {
      title: 'Nobody answers for a quarter of an hour: it goes on to the next',
      happen: async (theatre) => {
        await theatre.pass(16 * 60);
        const messages = theatre.heard();
        expectThat(messages[0]?.subject?.startsWith('GET UP: unanswered') === true, `it says: ${messages[0]?.subject}`);
        return expectTold(messages, { page: 1 });
      },
    },
    {
      title: 'Somebody has it: firebreak acknowledge, and for an hour it goes on to nobody',
      happen: async (theatre) => {
        const incident = incidentOf(theatre, 'query');
        const said = await acknowledge(theatre.stage.effects, { incident, by: 'ana', reason: 'looking at it' });
        expectThat(said.kind === 'acknowledged', JSON.stringify(said));
        await theatre.pass(3600);
        return expectTold(theatre.heard(), { notice: 1 });
      },
    },
    {
      title: 'The policy is mended, and GuardDuty sees it again: contained, and the page is over',
      happen: async (theatre) => {
        await contained(theatre, 'query');
        const lines = expectTold(theatre.heard(), { notice: 1 });
        const incident = incidentOf(theatre, 'query');
        const again = await acknowledge(theatre.stage.effects, { incident, by: 'ana', reason: 'looking at it' });
        expectThat(again.kind === 'nothing', 'the page is still open');
        return lines;
      },
    },
    {
      title: 'At night, a miner that is contained: a notice, which waits until the team is at work at 08:00 in Berlin',
      happen: async (theatre) => {
        await contained(theatre, 'refunds');
        const atNight = expectTold(theatre.heard(), {});
        const opens = new Date(theatre.now()).setUTCHours(7, 0, 0, 0);
        await theatre.pass((opens - theatre.now().getTime()) / 1000 - 60);
        expectTold(theatre.heard(), {});
        await theatre.pass(6 * 60);
        return [...atNight, ...expectTold(theatre.heard(), { notice: 1 })];
      },
    },
    {
      title: 'In working hours, the same in another service: a notice, at once',
      happen: async (theatre) => {
        await contained(theatre, 'receipts');
        return expectTold(theatre.heard(), { notice: 1 });
      },
    },
  ],
};
