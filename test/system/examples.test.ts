import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { explainAll } from '../../cli/explain/command.ts';
import type { Explained } from '../../cli/explain/explained.ts';
import { readBeginning, startSandbox } from '../../cli/sandbox/start.ts';
import { clusters, type StoredService } from '../../sandbox/services/ecs/state.ts';
import { readWorld } from '../../sandbox/world/read.ts';
import type { World } from '../../sandbox/world/schema.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { openStage, type Stage } from './stage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const example = (name: string): string => join(root, 'examples', `${name}.account.yaml`);
const world = (name: string): World => readWorld(readFileSync(example(name), 'utf8'), name);

/** The shipped rules, with those that observe enforcing and the one that contains by cause, as examples/README.md has them copied. */
const rules = mkdtempSync(join(tmpdir(), 'firebreak-examples-'));
afterAll(() => rmSync(rules, { recursive: true, force: true }));
const enforcing = Object.fromEntries(
  ['rules', 'examples/rules'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.yaml') && file !== 'settings.yaml')
      .map((file) => [
        file.replace('.yaml', ''),
        read(`${folder}/${file}`).replace(/^mode: observe/m, 'mode: enforce'),
      ]),
  ),
);
for (const [name, text] of Object.entries(enforcing)) writeFileSync(join(rules, `${name}.yaml`), text);

const event = (file: string): JsonObject => JSON.parse(read(`events/${file}`));

/** guardduty-ecs-miner.json about another task, as `miner SERVICE TASK` of examples/README.md makes it. */
const miner = (service: string, task: string, cluster = 'prod'): JsonObject =>
  JSON.parse(
    read('events/guardduty-ecs-miner.json')
      .replace('service:checkout-api', `service:${service}`)
      .replaceAll('0f1e2d3c4b5a69788796a5b4c3d2e1f0', task)
      .replaceAll('cluster/prod', `cluster/${cluster}`)
      .replaceAll('task/prod', `task/${cluster}`)
      .replace('"name": "prod"', `"name": "${cluster}"`),
  );

interface Trial {
  readonly what: string;
  readonly event: JsonObject;
  readonly decision: string;
  readonly tier: string;
}

/** What the comments of an example say is to be tried. */
function trialsOf(name: string): readonly Trial[] {
  const text = readFileSync(example(name), 'utf8');
  const tries = text.matchAll(/# Try (?:(\S+\.json)|miner (\S+) (\S+)): (\w+), (\w+)\. /g);
  return [...tries].map(([, file, service = '', task = '', decision = '', tier = '']) => ({
    what: file ?? `miner ${service}`,
    event: file === undefined ? miner(service, task) : event(file),
    decision,
    tier,
  }));
}

const sentences = ({ plan }: Explained): string => plan.map(({ sentence }) => sentence).join('\n');

describe.each(['shop', 'company', 'awkward'])('what the comments of the example %s say', (name) => {
  const trials = trialsOf(name);

  it('is said of several events', () => {
    const written = readFileSync(example(name), 'utf8').match(/# Try /g) ?? [];
    expect(trials.length).toBeGreaterThan(3);
    expect(trials).toHaveLength(written.length);
  });

  it.each(trials)('becomes of $what: $decision, $tier', async ({ event: envelope, decision, tier }) => {
    const [one] = await explainAll([envelope], { account: example(name), rules });
    expect(one).toMatchObject({ decision, page: { tier } });
  });
});

describe('what the comments say of the plan', () => {
  it.each([
    [
      'shop',
      event('guardduty-ecs-miner.json'),
      /back at task-definition\/checkout-api:86.*[\s\S]*Archive payments\/checkout-api@/,
    ],
    [
      'shop',
      event('guardduty-ecs-reverse-shell.json'),
      /Stop 1 affected task of service prod\/checkout-api, which starts new ones/,
    ],
    [
      'awkward',
      event('guardduty-ecs-miner.json'),
      /checkout-api:86, .*in a copy that names its images by digest, because their tags have moved/,
    ],
    [
      'awkward',
      event('ecr-scan-unused-critical.json'),
      /Archive .*\(tags 2026\.11\.20, 2026\.11\.20-amd64\) with the 3 images of its index/,
    ],
    [
      'awkward',
      miner('cart', 'ca470000000000000000000000000001'),
      /a deployment of another version is under way, and goes on/,
    ],
    [
      'awkward',
      miner('log-agent', '1a6a6e00000000000000000000000001'),
      /back at .*log-agent:8,[\s\S]*Archive platform\/log-agent@/,
    ],
    [
      'awkward',
      miner('blue-green', 'b1e00000000000000000000000000001'),
      /Stop 1 affected task of service prod\/blue-green/,
    ],
  ])('of %s', async (name, envelope, says) => {
    const [one] = await explainAll([envelope], { account: example(name), rules });
    expect(one === undefined ? '' : sentences(one)).toMatch(says);
  });
});

/** The account of an example on the morning that its comments are about, half an hour after the deployment. */
const open = (name: string): Promise<Stage> =>
  openStage({ world: world(name), rules: enforcing, startAt: new Date('2026-11-20T09:30:00Z') });

function serviceOf({ account }: Stage, cluster: string, name: string): StoredService {
  const found = clusters(account).get(cluster)?.services.get(name);
  if (found === undefined) throw new Error(`There is no service ${name}`);
  return found;
}

const bad = 'sha256:3f1c9e0d5a7b4c2e8f6d1a0b9c8e7f6a5d4c3b2a1908f7e6d5c4b3a291807f6e';

it('the sandbox of an account is ready while a deployment of the file goes on', async () => {
  // So slow that whoever waits for the deployment's next try does not live to see it.
  const options = { account: example('awkward'), seed: 1, speed: 0.05 };
  const sandbox = await startSandbox(options, readBeginning(options));
  try {
    const cart = clusters(sandbox.account).get('prod')?.services.get('cart');
    expect(cart?.deployments[0]).toMatchObject({ rolloutState: 'IN_PROGRESS' });
  } finally {
    await sandbox.close();
  }
});

describe('an event that is played on an example', () => {
  it('archives an image of the shop that nothing runs, and wakes nobody', async () => {
    await using stage = await open('shop');
    stage.deliver(event('ecr-scan-unused-critical.json'));
    await stage.pass(120);
    expect(Object.values(stage.statuses('batch/invoice-export')).toSorted()).toEqual(['ACTIVE', 'ARCHIVED']);
    expect(stage.heads()).toMatchObject([{ state: 'resting' }]);
    expect(stage.told().filter(({ tier }) => tier === 'page')).toEqual([]);
  });

  it('takes the miner of the shop out with its image, and wakes somebody once', async () => {
    await using stage = await open('shop');
    stage.deliver(event('guardduty-ecs-miner.json'));
    await stage.pass(240);
    expect(serviceOf(stage, 'prod', 'checkout-api').definition.revision).toBe(86);
    expect(stage.statuses('payments/checkout-api')[bad]).toBe('ARCHIVED');
    expect(stage.told().filter(({ tier }) => tier === 'page')).toHaveLength(1);
  });

  it('leaves an image of the company that another cluster runs', async () => {
    await using stage = await open('company');
    stage.deliver(event('guardduty-ecs-miner.json'));
    await stage.pass(240);
    expect(serviceOf(stage, 'prod', 'checkout-api').definition.revision).toBe(86);
    expect(serviceOf(stage, 'internal', 'checkout-api-staging').definition.revision).toBe(87);
    expect(stage.statuses('payments/checkout-api')[bad]).toBe('ACTIVE');
  });

  it('contains a service whose names are as long as AWS allows', async () => {
    const awkward = world('awkward');
    const cluster = awkward.clusters.find(({ name }) => name.length === 255);
    const [service] = cluster?.services ?? [];
    if (cluster === undefined || service === undefined) throw new Error('There is no long name');
    await using stage = await open('awkward');
    stage.deliver(miner(service.name, service.taskIds[0] ?? '', cluster.name));
    await stage.pass(240);
    expect(serviceOf(stage, cluster.name, service.name).definition.revision).toBe(2_147_483_646);
    expect(stage.told().filter(({ tier }) => tier === 'page')).toHaveLength(1);
  });
});
