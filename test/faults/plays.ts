import { readFileSync } from 'node:fs';
import { beginStale } from '../../sandbox/faults/stale.ts';
import { clusters } from '../../sandbox/services/ecs/state.ts';
import { misdeliver } from '../../sandbox/services/eventbridge/bus.ts';
import { putParameter } from '../../sandbox/services/ssm/parameters.ts';
import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import { actionCases, besides, rulesFor, worldOfCases } from '../actions/actionCase.ts';
import { actionEvent, pushAgain, pushed } from '../system/pushing.ts';
import { incidentOf } from '../system/scan.ts';
import type { Stage } from '../system/stage.ts';
import type { TaskSeen } from '../system/threats/seen.ts';
import { containing, serviceIncident } from '../system/threats/shop.ts';
import { deliverThreat, miner, shell } from '../system/threats/threats.ts';
import { accusedDigest, cleanDigest, shopWorld } from '../system/threats/world.ts';
import { casePlays } from './casePlays.ts';
import { hostPlays, hostsRules, hostsWorld } from './hostPlays.ts';
import type { Play } from './play.ts';
import { podPlays, podsRules, podsWorld } from './podPlays.ts';
import type { Truth } from './truth.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const spare = { repository: 'faults/spare', digest: digest('5') };
const index = { repository: 'faults/index', digest: digest('6'), platforms: [digest('7'), digest('8')] };
const busy = { repository: 'faults/busy', digest: digest('9') };
const asked = { repository: 'faults/asked', digest: digest('a') };
/** The task of no service that events/guardduty-ecs-standalone-task.json names. */
const LONER = '99887766554433221100ffeeddccbbaa';

const standalone = readFileSync(new URL('../../events/guardduty-ecs-standalone-task.json', import.meta.url), 'utf8');

/** Everything that the plays need, so that one account serves all of them. */
export function faultsWorld(): World {
  const shop = shopWorld([
    {
      name: 'cart',
      autoscaled: true,
      movedTag: true,
      protectedTasks: 1,
      breaker: { enable: true, rollback: true },
    },
    { name: 'basket' },
  ]);
  const more = worldSchema.parse({
    repositories: [
      { name: spare.repository, images: [{ digest: spare.digest, tags: ['1.0'], scan: { CRITICAL: 12 } }] },
      {
        name: index.repository,
        images: [{ digest: index.digest, tags: ['1.0'], platforms: index.platforms.map((one) => ({ digest: one })) }],
      },
      { name: busy.repository, images: [{ digest: busy.digest, tags: ['1.0'], scan: { CRITICAL: 12 } }] },
      { name: asked.repository, images: [{ digest: asked.digest, tags: ['1.0'], scan: { CRITICAL: 12 } }] },
    ],
    taskDefinitions: [
      { family: 'nightly-report', revision: 12, containers: [{ name: 'report', image: `${busy.repository}:1.0` }] },
    ],
    clusters: [{ name: 'prod', tasks: [{ id: LONER, taskDefinition: 'nightly-report:12' }] }],
  });
  const clusters = shop.clusters.map((cluster) => ({
    ...cluster,
    tasks: more.clusters.flatMap(({ tasks }) => tasks),
  }));
  const hosts = hostsWorld();
  const world = {
    ...shop,
    repositories: [...shop.repositories, ...more.repositories, ...hosts.repositories],
    taskDefinitions: [...shop.taskDefinitions, ...more.taskDefinitions, ...hosts.taskDefinitions],
    clusters: [...clusters, ...hosts.clusters],
    ...podsWorld(),
  };
  return besides(world, worldOfCases(actionCases));
}

/** What is not contained is a page in these: so a hold under a fault can be told from silence. */
export const faultsRules: { readonly [name: string]: string } = {
  scans: `name: scans
when:
  type: [ImageScan]
  counts: { critical: [{ numeric: [">=", 10] }] }
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
`,
  asking: `name: asking
order: 50
when:
  type: [ImageScan]
  resource: { repository: [${asked.repository}] }
do:
  - evidence.capture
  - ecr.quarantine-image
mode: enforce
approval: { when: [always], timeout: PT10M, onTimeout: proceed }
`,
  containing,
  ...hostsRules,
  ...podsRules,
  ...rulesFor(actionCases),
};

/** The first task of a service that runs. */
function firstTask({ account }: Stage, service: string): TaskSeen {
  const tasks = [...(clusters(account).get('prod')?.tasks.values() ?? [])];
  const task = tasks.find(({ group, status }) => group === `service:${service}` && status === 'RUNNING');
  const [container] = task?.containers ?? [];
  if (task === undefined || container === undefined) throw new Error(`No task of ${service} runs`);
  const { name, image, digest: seen = '' } = container;
  return {
    arn: task.arn,
    taskDefinition: task.definition.arn,
    status: task.status,
    container: { name, image },
    digest: seen,
  };
}

const find = (stage: Stage, service: string, kind: typeof miner): void => {
  deliverThreat(stage, service, { kind, task: firstTask(stage, service) });
};

const runs = ({ tasks }: Truth, wanted: string): boolean => Object.values(tasks).some((some) => some.includes(wanted));

/** Nobody is woken for what a person has asked for and got. */
const undoOf = (play: Play, name: string, done: (truth: Truth) => boolean): Play => ({
  name,
  title: `${play.title}, then undone`,
  after: play.name,
  begin: async (stage) => void (await stage.undo(play.incident ?? '')),
  incident: play.incident,
  ends: { outcome: 'undone', pages: 0, stands: [] },
  done,
  mayChange: play.mayChange,
});

const quarantine: Play = {
  name: 'quarantine',
  title: 'a scan of an image that nothing runs',
  begin: (stage) => void stage.scan(spare),
  incident: incidentOf(spare),
  ends: { outcome: 'contained', pages: 0, stands: ['ecr.quarantine-image'] },
  done: ({ images }) => images[spare.digest] === 'ARCHIVED',
  mayChange: { images: [spare.digest] },
};

/** What a team's pipeline does to it a minute later; the event is put onto the bus here, so that its id is known. */
const again: Play = {
  ...quarantine,
  name: 'push-again',
  title: `${quarantine.title}, then pushed again`,
  after: quarantine.name,
  begin: async (stage) => {
    await stage.pass(60);
    misdeliver(stage.account, { lostPercent: 100 });
    await pushAgain(stage, spare, '1.0');
    misdeliver(stage.account, { lostPercent: 0 });
    stage.deliver(actionEvent(stage, spare, pushed));
  },
  ends: { ...quarantine.ends, says: /contained again 1 of 2 times/ },
};

const platform: Play = {
  name: 'platform',
  title: 'a scan of a platform of an index',
  begin: (stage) => void stage.scan({ repository: index.repository, digest: index.platforms[0] ?? '' }),
  incident: incidentOf({ repository: index.repository, digest: index.platforms[0] ?? '' }),
  ends: { outcome: 'contained', pages: 0, stands: ['ecr.quarantine-image'] },
  done: ({ images }) => images[index.digest] === 'ARCHIVED' && images[index.platforms[0] ?? ''] === 'ARCHIVED',
  mayChange: { images: [index.digest, ...index.platforms] },
};

const late: Play = {
  name: 'unanswered',
  title: 'a scan of an image that a rule asks about, and nobody answers in time',
  begin: (stage) => void stage.scan(asked),
  incident: incidentOf(asked),
  ends: { outcome: 'contained', pages: 1, stands: ['ecr.quarantine-image'], says: /without an answer/ },
  done: ({ images }) => images[asked.digest] === 'ARCHIVED',
  mayChange: { images: [asked.digest] },
};

const approved: Play = {
  ...late,
  name: 'approved',
  title: 'a scan of an image that a rule asks about, and somebody says yes',
  begin: async (stage) => {
    stage.scan(asked);
    await stage.pass(5 * 60);
    // Where nothing is asked yet, it is the end of the time that counts.
    await stage.approve(asked);
  },
  ends: { ...late.ends, says: /Approved by ann|without an answer/ },
};

const held: Play = {
  name: 'held',
  title: 'a scan of an image that a service runs',
  begin: (stage) => void stage.scan(busy),
  incident: incidentOf(busy),
  ends: { outcome: 'held', pages: 1, stands: [] },
  done: () => false,
  mayChange: {},
};

const image: Play = {
  name: 'miner',
  title: 'a miner that came with the image of a service',
  begin: (stage) => find(stage, 'cart', miner),
  incident: serviceIncident('cart'),
  ends: { outcome: 'contained', pages: 1, stands: ['ecr.quarantine-image', 'ecs.contain-service'] },
  done: (truth) =>
    truth.images[accusedDigest('cart')] === 'ARCHIVED' &&
    !runs(truth, accusedDigest('cart')) &&
    truth.services['cart']?.digests['app'] === cleanDigest('cart'),
  mayChange: { images: [accusedDigest('cart')], services: ['cart'] },
};

const intrusion: Play = {
  name: 'shell',
  title: 'a reverse shell in a task of a service',
  begin: (stage) => find(stage, 'basket', shell),
  incident: serviceIncident('basket'),
  ends: { outcome: 'contained', pages: 1, stands: ['ecs.contain-service'] },
  // The accused task is stopped, and by us: its service starts another.
  done: ({ stoppedByRequest, tasks }) => stoppedByRequest.some((id) => tasks[id] === undefined),
  mayChange: { services: ['basket'] },
};

const alone: Play = {
  name: 'alone',
  title: 'a reverse shell in a task of no service',
  begin: (stage) => {
    const { id, detail } = JSON.parse(standalone);
    const seen = new Date(stage.sandbox.clock.now() - 60_000).toISOString();
    const event = standalone.replaceAll(id, stage.account.random.uuid()).replaceAll(detail.service.eventLastSeen, seen);
    stage.deliver(JSON.parse(event));
  },
  incident: 'ecs-group/123456789012/us-east-1/prod/family:nightly-report',
  ends: { outcome: 'contained', pages: 0, stands: ['ecs.stop-task'] },
  done: ({ tasks }) => tasks[LONER] === undefined,
  mayChange: {},
};

/** ECS shows a task some seconds after it has started, and no reader can tell that from one that has gone. */
const young: Play = {
  name: 'young',
  title: 'a reverse shell in a task of no service that ECS does not show yet',
  begin(stage) {
    const tasks = clusters(stage.account).get('prod')?.tasks;
    const task = tasks?.get(LONER);
    if (tasks === undefined || task === undefined) throw new Error('The task is not there');
    tasks.delete(LONER);
    beginStale(stage.account, 'ecs', 20_000);
    tasks.set(LONER, task);
    alone.begin(stage);
  },
  incident: alone.incident,
  ends: alone.ends,
  done: alone.done,
  mayChange: {},
};

/** In the order in which a cell looks for one that reaches its call: the cheapest first. */
export const plays: readonly Play[] = [
  quarantine,
  again,
  late,
  approved,
  held,
  platform,
  intrusion,
  alone,
  young,
  image,
  undoOf(quarantine, 'undo-quarantine', ({ images }) => images[spare.digest] === 'ACTIVE'),
  undoOf(image, 'undo-miner', ({ services }) => services['cart']?.definition === 'cart:2'),
  {
    name: 'typo',
    title: 'a typo in a rule, then a scan',
    begin: (stage) => {
      putParameter(stage.account, { name: '/firebreak/dev/rules/scans', value: 'name: scans\nwhne: {}\n' });
      stage.scan(spare);
    },
    incident: incidentOf(spare),
    ends: quarantine.ends,
    done: ({ images }) => images[spare.digest] === 'ARCHIVED',
    mayChange: { images: [spare.digest] },
  },
  ...hostPlays,
  ...podPlays,
  ...casePlays,
];
