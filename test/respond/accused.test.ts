import { describe, expect, it } from 'vitest';
import type { Accused } from '../../shared/account/accused.ts';
import type { Permission, Target } from '../../shared/actions/contract.ts';
import { imageResource } from '../../shared/finding/ecrImage.ts';
import type { Finding } from '../../shared/finding/finding.ts';
import type { Outcome } from '../../shared/incident/items.ts';
import { keys } from '../../shared/incident/keys.ts';
import { planOfRun } from '../../shared/incident/plans.ts';
import { raise } from '../../shared/incident/raise.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { readAccused, readSuspects } from '../../shared/respond/accused.ts';
import { awsError } from '../account/awsError.ts';
import { account, mockAccount, region, type World } from '../account/mockAccount.ts';
import { finding, now, rule, ruleSet } from '../plan/fakes.ts';
import { accused, shell, task, threatFinding } from '../plan/threats.ts';
import { Lab } from './model/lab.ts';

const set = ruleSet([rule({ name: 'r1', when: { type: [{ 'anything-but': ['Else'] }] } })]);
const arn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;

/** A finding about the task of this id in the mocked account. */
const about = (id: string, other: Partial<Finding> = {}): Finding =>
  threatFinding(
    shell,
    {},
    {
      id: `finding ${id}`,
      account,
      region,
      resource: {
        ...task,
        id: `prod/${id}`,
        arn: arn(`task/prod/${id}`),
        service: 'checkout',
        taskDefinition: arn('task-definition/checkout:87'),
      },
      ...other,
    },
  );

const world = (fields: Partial<World> = {}): World => ({
  images: [],
  taskDefinitions: { 'checkout:87': { taskRoleArn: 'arn:aws:iam::123456789012:role/checkout' } },
  clusters: [
    {
      name: 'prod',
      services: [{ name: 'checkout', definition: ['nginx'], history: [] }],
      tasks: ['a', 'b'].map((id) => ({
        id,
        image: `${account}.dkr.ecr.${region}.amazonaws.com/payments/checkout:1`,
        imageDigest: `sha256:${id.repeat(64)}`,
        task: { group: 'service:checkout' },
      })),
    },
  ],
  ...fields,
});

async function read(findings: readonly Finding[], fields: Partial<World> = {}, lastTry = false) {
  const lab = new Lab();
  const mock = mockAccount(world(fields));
  const asked: { target: Target; permissions: readonly Permission[] }[] = [];
  const sessions = {
    ...lab.effects.sessions,
    read: async (target: Target, permissions: readonly Permission[]) => {
      asked.push({ target, permissions });
      return mock.aws;
    },
  };
  const matched = findings.map((one) => decideFinding(one, set, now));
  return { ...(await readAccused({ ...lab.effects, sessions }, matched, lastTry)), mock, asked };
}

const kinds = (one: Accused | undefined): readonly string[] | undefined => one?.targets.map(({ kind }) => kind);

describe('what findings accuse', () => {
  it('is read once for each cluster, and each finding has its own part of it', async () => {
    const { accused: seen, unread, mock, asked } = await read([about('a'), about('b')]);
    expect(seen.get('finding a')?.tasks).toEqual([arn('task/prod/a')]);
    expect(seen.get('finding b')?.digests).toEqual([`sha256:${'b'.repeat(64)}`]);
    expect(kinds(seen.get('finding a'))).toEqual(['ecs-task', 'ecs-service', 'image']);
    expect(mock.inputs('ecs:DescribeTasks')).toHaveLength(1);
    expect(asked).toHaveLength(1);
    expect(unread).toEqual([]);
  });

  it('is read on credentials that can only read, on this cluster', async () => {
    const { asked, mock } = await read([about('a')]);
    const permissions = asked[0]?.permissions ?? [];
    const allowed = new Set(permissions.map(({ action }) => action));
    for (const sent of mock.sent()) expect(allowed).toContain(sent);
    for (const { action, resource, why } of permissions) {
      expect(action).toMatch(/^ecs:(Describe|List)/);
      if (resource === '*') expect(why).toMatch(/./);
      else
        expect(resource).toMatch(
          /^arn:aws:ecs:[a-z0-9-]+:\d{12}:((task|service|service-revision)\/prod\/\*|cluster\/prod)$/,
        );
    }
  });

  it('is its own resource alone for what is not on ECS, and nothing is read', async () => {
    const { accused: seen, asked } = await read([finding()]);
    expect(kinds(seen.get(finding().id))).toEqual(['image']);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a rule takes', {}, 1],
    ['no rule takes', { type: 'Else' }, 0],
    ['its source closed', { status: 'resolved' }, 0],
    ['is a sample', { sample: true }, 0],
  ] as const)('is read of what %s', async (_what, fields, times) => {
    expect((await read([about('a', fields)])).asked).toHaveLength(times);
  });

  it('of which the account shows nothing any more is still the task, with what its finding says', async () => {
    const { accused: seen, unread } = await read([about('gone')]);
    expect(kinds(seen.get('finding gone'))).toEqual(['ecs-task', 'ecs-service']);
    expect(unread).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it('is said, and what the finding names is accused', async () => {
    const refuse = { DescribeTasks: awsError('AccessDeniedException') };
    const { accused: seen, unread } = await read([about('a')], { refuse });
    expect(kinds(seen.get('finding a'))).toEqual(['ecs-task', 'ecs-service']);
    expect(unread).toEqual(['Reading what prod/a belongs to: access denied (AccessDeniedException).']);
  });

  it('is said of a part, too, and the rest is used', async () => {
    const refuse = { ListServiceDeployments: awsError('UnsupportedFeatureException') };
    const { accused: seen, unread } = await read([about('a')], { refuse });
    expect(kinds(seen.get('finding a'))).toContain('ecs-service');
    expect(unread).toEqual([
      expect.stringMatching(/^what service\/prod\/checkout has run could not be read: AWS refused/),
    ]);
  });

  it('because the cluster is gone is said', async () => {
    expect((await read([about('a')], { clusters: [] })).unread).toEqual(['Cluster prod is not there any more.']);
  });

  it('because the event names no cluster that IAM could be given is said, and nothing is asked', async () => {
    const resource = { ...task, arn: arn('task/*/a'), cluster: '*' };
    const { unread, asked } = await read([about('a', { resource })]);
    expect(unread).toEqual([expect.stringContaining('no permission is given for it')]);
    expect(asked).toEqual([]);
  });

  it.each(['DescribeTasks', 'DescribeServices', 'ListServiceDeployments'])(
    'because AWS asks for patience is read again; at the last try it is said: %s',
    async (command) => {
      const refuse = { [command]: awsError('ThrottlingException') };
      await expect(read([about('a')], { refuse })).rejects.toMatchObject({ name: 'Throttled' });
      const { accused: seen, unread } = await read([about('a')], { refuse }, true);
      expect(kinds(seen.get('finding a'))).toContain('ecs-task');
      expect(unread).toEqual([expect.stringContaining('AWS asked us to slow down')]);
    },
  );
});

describe('the images that no service may go back to', () => {
  const digest = `sha256:${'c'.repeat(64)}`;
  const ran = { ...imageResource({ account, region }, 'payments/checkout', digest, []), account, region };
  const incident = `image/${account}/${region}/payments/checkout@${digest}`;
  const around = new Map([['f', accused({ ran: [ran] })]]);

  async function suspects(state: 'running' | 'resting' | 'closed' | null, outcome: Outcome | null = null) {
    const lab = new Lab();
    await lab.takeIn();
    if (state !== null) {
      await raise(lab.world.table, incident, { run: 'r', now });
      await lab.world.table.update(keys.head(incident), {}, { set: { state, outcome } });
    }
    return readSuspects(lab.effects, await lab.head(), around);
  }

  it.each(['contained', 'degraded', 'not-contained', 'held', 'joined'] as const)(
    'are those that an open incident has accused: %s',
    async (outcome) => {
      expect(await suspects('resting', outcome)).toEqual([digest]);
      expect(await suspects('closed', outcome)).toEqual([]);
    },
  );

  it('are those that an incident is just deciding about', async () => {
    expect(await suspects('running')).toEqual([digest]);
  });

  it.each(['observed', 'ignored', 'undone', 'released'] as const)('are none that was cleared: %s', async (outcome) => {
    expect(await suspects('resting', outcome)).toEqual([]);
  });

  it('are none of which nobody has said anything', async () => {
    expect(await suspects(null)).toEqual([]);
  });

  describe('by this incident itself', () => {
    /** An incident whose last plan suspected an image, in steps that ran or that were only proposed. */
    async function suspecting(where: 'steps' | 'proposed', direction: 'do' | 'undo' = 'do'): Promise<Lab> {
      const lab = new Lab();
      await lab.takeIn();
      await lab.run();
      const head = await lab.head();
      const plan = (await planOfRun(lab.effects.bodies, head, 1))?.plan;
      const steps = (plan?.steps ?? []).map((one) => ({
        ...one,
        accusation: { ...one.accusation, suspects: ['sha256:old'] },
      }));
      const hash = await lab.effects.bodies.put(JSON.stringify({ ...plan, steps: [], proposed: [], [where]: steps }));
      await lab.world.table.update(
        keys.head(lab.incident),
        {},
        { set: { plan: { ...head.plan, hash, direction } as never } },
      );
      return lab;
    }

    it.each(['steps', 'proposed'] as const)(
      'stay so in the next plan, when they were accused in its %s',
      async (where) => {
        const lab = await suspecting(where);
        expect(await readSuspects(lab.effects, await lab.head(), new Map())).toEqual(['sha256:old']);
      },
    );

    it('are cleared by a person’s undo: it was a false alarm', async () => {
      const lab = await suspecting('steps', 'undo');
      expect(await readSuspects(lab.effects, await lab.head(), new Map())).toEqual([]);
    });
  });
});
