import { describe, expect, it } from 'vitest';
import { users } from '../../sandbox/iam/users.ts';
import { ecsArn } from '../../sandbox/services/ecs/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { configFinding } from './configFinding.ts';
import { kept } from './kept.ts';
import { openStage, type Stage } from './stage.ts';

/** In the value of every variable, and nowhere else. */
const marker = 'correct-horse-battery-staple';
const [key, foreign] = ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'] as const;
const family = 'exports';
const incident = `ecs-task-definition/123456789012/us-east-1/${family}:3`;

const world = (keys: object = {}, user: object = {}, mirror = '') =>
  worldSchema.parse({
    users: [{ name: 'builder', tags: { team: 'build' }, accessKeys: [{ id: key, ...keys }], ...user }],
    repositories: [{ name: family, images: [{ digest: `sha256:${'e'.repeat(64)}`, tags: ['1'] }] }],
    taskDefinitions: [
      {
        family,
        revision: 3,
        tags: { team: 'data' },
        containers: [
          {
            name: 'app',
            image: `${family}:1`,
            environment: {
              AWS_ACCESS_KEY_ID: key,
              AWS_SECRET_ACCESS_KEY: marker,
              MIRROR_TOKEN: `${mirror} ${marker}`,
              DB_PASSWORD: `${marker}-of-the-database`,
              GREETING: marker,
            },
          },
        ],
      },
    ],
    clusters: [{ name: 'prod', services: [{ name: 'exports', taskDefinition: `${family}:3`, desiredCount: 1 }] }],
  });

const asked = `name: leaked
when:
  compliance: { rule: [ecs-no-environment-secrets] }
  status: [open]
do:
  - evidence.capture
  - iam.deactivate-access-key
mode: enforce
approval: { when: [always] }
page: { held: notice }
`;
const unasked = asked.replace('approval: { when: [always] }\n', '');

async function found(stage: Stage): Promise<void> {
  stage.deliver(
    configFinding(stage, 'config-environment-secret', ecsArn(stage.account, `task-definition/${family}:3`)),
  );
  await stage.settle();
}

const status = ({ account }: Stage) =>
  users(account)
    .get('builder')
    ?.keys.map((one) => one.status);
const heard = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const subject = (words: string): string => `NO ACTION: ${family}:3 ${words}, us-east-1 123456789012`;
const last = (stage: Stage): string => stage.told().at(-1)?.body ?? '';

describe('a secret in plain text in a task definition', () => {
  it('is told by name under the shipped rules, with who runs it and what would be done, and nothing is changed', async () => {
    await using stage = await openStage({ rules: {}, world: world({}, {}, foreign) });
    await found(stage);
    expect(heard(stage)).toEqual([`digest ${subject('seen, nothing done')}`]);
    expect(last(stage)).toContain(
      'app: AWS_ACCESS_KEY_ID, app: AWS_SECRET_ACCESS_KEY, app: DB_PASSWORD, app: MIRROR_TOKEN',
    );
    expect(last(stage)).toContain('is run by service prod/exports');
    expect(last(stage)).toContain(`IAM names no user of this account for access key ${foreign}`);
    expect(last(stage)).toContain(`Set access key ${key} of user builder Inactive`);
    expect(last(stage)).not.toContain('GREETING');
    expect(status(stage)).toEqual(['Active']);
  });

  it('waits for a person, is done, read back and undone, and no value is kept anywhere on the way', async () => {
    await using stage = await openStage({ rules: { leaked: asked }, world: world() });
    await found(stage);
    expect(heard(stage)).toEqual([`notice ${subject('waits for your approval')}`]);
    expect(status(stage)).toEqual(['Active']);
    expect((await stage.approve(incident)).kind).toBe('given');
    await stage.settle();
    expect(status(stage)).toEqual(['Inactive']);
    expect(heard(stage).at(-1)).toBe(`digest ${subject('fixed')}`);
    await stage.undo(incident);
    await stage.settle();
    expect(status(stage)).toEqual(['Active']);
    expect(heard(stage).at(-1)).toBe(`notice ${subject('undone')}`);
    const all = kept(stage);
    // What is searched is there: the evidence in S3, the messages, the logs, the table.
    for (const known of ['manifest.json', subject('undone'), 'DB_PASSWORD', key, 'REPORT RequestId'])
      expect(all).toContain(known);
    expect(all.includes(marker)).toBe(false);
  });

  it('is not told as fixed where a key in it is nobody’s here: the others are set Inactive, and somebody is told', async () => {
    await using stage = await openStage({ rules: { leaked: unasked }, world: world({}, {}, foreign) });
    await found(stage);
    expect(status(stage)).toEqual(['Inactive']);
    expect(heard(stage)).toEqual([`notice ${subject('fixed, a decision waits')}`]);
    expect(last(stage)).toContain(`IAM names no user of this account for access key ${foreign}`);
  });

  it('waits for a person where its only key is nobody’s here', async () => {
    await using stage = await openStage({ rules: { leaked: unasked }, world: world({}, { accessKeys: [] }) });
    await found(stage);
    expect(heard(stage)).toEqual([`notice ${subject('held until you look')}`]);
    expect(last(stage)).toContain(`IAM names no user of this account for access key ${key}`);
  });

  it('has nothing changed where its key is Inactive already, and its owner is told all the same', async () => {
    await using stage = await openStage({ rules: { leaked: unasked }, world: world({ status: 'Inactive' }) });
    await found(stage);
    expect(last(stage)).toContain(`access key ${key} of user builder is Inactive already`);
    expect(last(stage)).toContain('app: DB_PASSWORD');
    expect(stage.calls('iam:UpdateAccessKey')).toBe(0);
  });

  it('has its key left to a person where the user is a break-glass user, whatever was approved', async () => {
    const named = world({}, { name: 'break-glass' });
    await using stage = await openStage({ rules: { leaked: unasked }, world: named });
    await found(stage);
    expect(last(stage)).toContain('break-glass is a break-glass user by its name');
    expect(stage.calls('iam:UpdateAccessKey')).toBe(0);
  });

  it('has an undo say that the key is gone, once a person has deleted it', async () => {
    await using stage = await openStage({ rules: { leaked: unasked }, world: world() });
    await found(stage);
    expect(status(stage)).toEqual(['Inactive']);
    const user = users(stage.account).get('builder');
    if (user !== undefined) users(stage.account).set('builder', { ...user, keys: [] });
    await stage.undo(incident);
    await stage.settle();
    expect(last(stage)).toMatch(/gone|not there any more|deleted/);
    expect(stage.calls('iam:UpdateAccessKey')).toBe(1);
  });
});
