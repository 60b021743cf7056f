import { describe, expect, it } from 'vitest';
import { clusters, ecsArn } from '../../sandbox/services/ecs/state.ts';
import { secretArn } from '../../sandbox/services/secretsManager/state.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { configFinding } from './configFinding.ts';
import { openStage, type Stage } from './stage.ts';

const arn = secretArn({ id: '123456789012', region: 'us-east-1' }, 'ledger/db');
const document = { Statement: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn } };
const incidentOf = (revision: number) => `ecs-task-definition/123456789012/us-east-1/ledger:${revision}`;

const worldWith = (image: object = {}) =>
  worldSchema.parse({
    roles: [{ name: 'ledger-execution', policies: [{ name: 'reads', document }] }],
    secrets: [{ name: 'ledger/db', changedAt: '2026-11-10T00:00:00Z' }],
    repositories: [{ name: 'ledger', images: [{ digest: `sha256:${'e'.repeat(64)}`, tags: ['1'], ...image }] }],
    taskDefinitions: [
      {
        ...{ family: 'ledger', revision: 9, executionRoleArn: 'ledger-execution' },
        registeredAt: '2026-11-01T00:00:00Z',
        containers: [{ name: 'app', image: 'ledger:1', environment: { DB_PASSWORD: 'a', API_TOKEN: 'b' } }],
      },
    ],
    clusters: [{ name: 'prod', services: [{ name: 'ledger', taskDefinition: 'ledger:9', desiredCount: 2 }] }],
  });

const ruleOf = (name: string, compliance: string, params: string) =>
  [
    ...[`name: ${name}`, 'when:', `  compliance: { rule: [${compliance}] }`, '  status: [open]', 'do:'],
    ...[`  - ecs.fix-task-definition: ${params}`, 'mode: enforce', 'page: { held: notice }', ''],
  ].join('\n');
const rules = {
  user: ruleOf('user', 'ecs-task-definition-nonroot-user', '{ user: "1000:1000" }'),
  moved: ruleOf(
    'moved',
    'ecs-no-environment-secrets',
    `{ references: [{ variable: DB_PASSWORD, secret: "${arn}:password::" }] }`,
  ),
};

async function finds(stage: Stage, revision: number, rule: string): Promise<void> {
  const id = ecsArn(stage.account, `task-definition/ledger:${revision}`);
  const event = configFinding(stage, 'config-environment-secret', id);
  stage.deliver(JSON.parse(JSON.stringify(event).replaceAll(/ecs-no-environment-secrets[-a-z0-9]*/g, rule)));
  await stage.settle();
}

const deployed = ({ account }: Stage) => {
  const service = clusters(account).get('prod')?.services.get('ledger');
  const [container] = service?.definition.containers ?? [];
  const { user, environment, secrets } = container ?? {};
  return { revision: service?.definition.revision, user, plain: environment?.map(({ name }) => name), secrets };
};
const last = (stage: Stage): string => stage.told().at(-1)?.body ?? '';

describe('a copy that a fix has deployed, found by AWS Config itself', () => {
  it('is fixed once more by another rule with what it was made with; both are undone', async () => {
    await using stage = await openStage({ world: worldWith(), rules });
    await finds(stage, 9, 'ecs-task-definition-nonroot-user');
    expect(deployed(stage)).toMatchObject({ revision: 10, user: '1000:1000', plain: ['DB_PASSWORD', 'API_TOKEN'] });
    // For so long the service is in the hands of the first incident.
    await stage.pass(20 * 60);
    await finds(stage, 10, 'ecs-no-environment-secrets');
    expect(deployed(stage)).toEqual({
      ...{ revision: 11, user: '1000:1000', plain: ['API_TOKEN'] },
      secrets: [{ name: 'DB_PASSWORD', valueFrom: `${arn}:password::` }],
    });
    // An undo leaves the service while another incident needs the copy; the last one puts it back.
    for (const revision of [9, 10]) {
      expect(stage.heads()).toContainEqual(
        expect.objectContaining({ incident: incidentOf(revision), outcome: 'contained' }),
      );
      expect(await stage.undo(incidentOf(revision))).toMatchObject({ kind: 'opened' });
      await stage.settle();
    }
    expect(deployed(stage)).toMatchObject({ revision: 9, user: undefined, plain: ['DB_PASSWORD', 'API_TOKEN'] });
  });

  it('waits for a person where nothing more can be done: it is not told as fixed', async () => {
    await using stage = await openStage({ world: worldWith(), rules });
    await finds(stage, 9, 'ecs-no-environment-secrets');
    expect(deployed(stage)).toMatchObject({ revision: 10, plain: ['API_TOKEN'] });
    await finds(stage, 10, 'ecs-no-environment-secrets');
    expect(deployed(stage)).toMatchObject({ revision: 10 });
    expect(stage.heads()).toContainEqual(expect.objectContaining({ incident: incidentOf(10), outcome: 'held' }));
    expect(last(stage)).toContain('the copy has values in plain text that the rule names no secret for');
  });

  it('goes on running where the second fix does not come up; its own undo puts it back', async () => {
    await using stage = await openStage({ world: worldWith({ needs: ['root'] }), rules });
    await finds(stage, 9, 'ecs-no-environment-secrets');
    const first = deployed(stage);
    expect(first).toMatchObject({ revision: 10, plain: ['API_TOKEN'] });
    await stage.pass(20 * 60);
    await finds(stage, 10, 'ecs-task-definition-nonroot-user');
    await stage.pass(30 * 60);
    expect(deployed(stage)).toEqual(first);
    expect(stage.heads()).toContainEqual(expect.objectContaining({ incident: incidentOf(10), outcome: 'degraded' }));
    expect(last(stage)).toContain('pointed it at task-definition/ledger:10 again');
    for (const revision of [10, 9]) {
      expect(await stage.undo(incidentOf(revision))).toMatchObject({ kind: 'opened' });
      await stage.settle();
    }
    expect(deployed(stage)).toMatchObject({ revision: 9, plain: ['DB_PASSWORD', 'API_TOKEN'] });
  });
});
