import { describe, expect, it } from 'vitest';
import { clusters, ecsArn } from '../../sandbox/services/ecs/state.ts';
import { secretArn } from '../../sandbox/services/secretsManager/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { configFinding } from './configFinding.ts';
import { kept } from './kept.ts';
import { openStage, type Stage } from './stage.ts';

/** In the value that is moved, and nowhere else. */
const marker = 'correct-horse-battery-staple';
const incident = 'ecs-task-definition/123456789012/us-east-1/ledger:9';
const arn = secretArn({ id: '123456789012', region: 'us-east-1' }, 'ledger/db');
const valueFrom = `${arn}:password::`;

const reads = {
  name: 'reads',
  document: { Statement: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn } },
};
const decrypts = (Resource: string) => ({
  name: 'decrypts',
  document: {
    Statement: {
      ...{ Effect: 'Allow', Action: 'kms:Decrypt', Resource },
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
    },
  },
});

const world = (secret: object | null, policies: readonly object[] = [reads], definition: object = {}) =>
  worldSchema.parse({
    roles: [{ name: 'ledger-execution', policies }],
    secrets: secret === null ? [] : [{ name: 'ledger/db', changedAt: '2026-11-10T00:00:00Z', ...secret }],
    repositories: [{ name: 'ledger', images: [{ digest: `sha256:${'e'.repeat(64)}`, tags: ['1'] }] }],
    taskDefinitions: [
      {
        ...{
          family: 'ledger',
          revision: 9,
          executionRoleArn: 'ledger-execution',
          registeredAt: '2026-11-01T00:00:00Z',
        },
        containers: [{ name: 'app', image: 'ledger:1', environment: { DB_PASSWORD: marker, GREETING: 'hello' } }],
        ...definition,
      },
    ],
    clusters: [{ name: 'prod', services: [{ name: 'ledger', taskDefinition: 'ledger:9', desiredCount: 2 }] }],
  });

const rule = (approval = 'approval: { when: [always] }\n') => `name: moved
when:
  compliance: { rule: [ecs-no-environment-secrets] }
  status: [open]
do:
  - evidence.capture
  - ecs.fix-task-definition: { references: [{ variable: DB_PASSWORD, secret: "${valueFrom}" }] }
mode: enforce
${approval}page: { held: notice }
`;

async function found(stage: Stage): Promise<void> {
  stage.deliver(configFinding(stage, 'config-environment-secret', ecsArn(stage.account, 'task-definition/ledger:9')));
  await stage.settle();
}

const deployed = ({ account }: Stage) => {
  const service = clusters(account).get('prod')?.services.get('ledger');
  const [container] = service?.definition.containers ?? [];
  return { revision: service?.definition.revision, environment: container?.environment, secrets: container?.secrets };
};
const last = (stage: Stage): string => stage.told().at(-1)?.body ?? '';
const before = {
  revision: 9,
  environment: [
    { name: 'DB_PASSWORD', value: marker },
    { name: 'GREETING', value: 'hello' },
  ],
  secrets: undefined,
};

describe('a value in plain text', () => {
  it('is given from the secret once somebody approves it, until it is undone; no value is kept anywhere on the way', async () => {
    await using stage = await openStage({ rules: { moved: rule() }, world: world({}) });
    await found(stage);
    expect(last(stage)).toContain('app with DB_PASSWORD from secret:ledger/db');
    expect(deployed(stage)).toEqual(before);
    expect((await stage.approve(incident)).kind).toBe('given');
    await stage.settle();
    expect(deployed(stage)).toEqual({
      revision: 10,
      environment: [{ name: 'GREETING', value: 'hello' }],
      secrets: [{ name: 'DB_PASSWORD', valueFrom }],
    });
    expect(stage.heads()).toMatchObject([{ outcome: 'contained' }]);
    expect(last(stage)).toContain('task-definition/ledger:9 still holds the value');
    expect((await stage.undo(incident)).kind).toBe('opened');
    await stage.settle();
    expect(deployed(stage)).toEqual(before);
    expect(kept(stage)).toContain('DB_PASSWORD');
    expect(kept(stage)).not.toContain(marker);
    expect(stage.account.trail.map(({ action }) => action)).not.toContain('secretsmanager:GetSecretValue');
  });

  it.each([
    ['that is not there', world(null), 'is not there'],
    ['that is to be deleted', world({ deletedAt: '2026-12-01T00:00:00Z' }), 'is to be deleted'],
    ['that is as old as the leak', world({ changedAt: '2026-10-01T00:00:00Z' }), 'it may be the value that is leaked'],
    ['that the execution role may not read', world({}, []), 'add secretsmanager:GetSecretValue on'],
    [
      'that it may not decrypt',
      world({ kmsKeyId: 'a1b2' }),
      'add kms:Decrypt on arn:aws:kms:us-east-1:123456789012:key/a1b2',
    ],
    ['that no role would read', world({}, [reads], { executionRoleArn: undefined }), 'it has no execution role'],
  ])('is left where it is for a secret %s, and that is told', async (_what, given, why) => {
    await using stage = await openStage({ rules: { moved: rule('') }, world: given });
    await found(stage);
    expect(last(stage)).toContain(why);
    expect(stage.heads()).toMatchObject([{ outcome: 'held' }]);
    expect(deployed(stage)).toEqual(before);
  });

  it('is given from a secret with a key of its own, which the execution role may use', async () => {
    const key = 'arn:aws:kms:us-east-1:123456789012:key/a1b2';
    const given = world({ kmsKeyId: 'a1b2' }, [reads, decrypts(key)]);
    await using stage = await openStage({ rules: { moved: rule('') }, world: given });
    await found(stage);
    expect(deployed(stage)).toMatchObject({ revision: 10, secrets: [{ name: 'DB_PASSWORD', valueFrom }] });
  });
});
