import { expectThat } from '../../../../cli/demo/scenario.ts';
import { secretArn } from '../../../../sandbox/services/secretsManager/state.ts';
import { worldSchema } from '../../../../sandbox/world/schema.ts';
import { configFinding } from '../../configFinding.ts';
import { openStage } from '../../stage.ts';
import type { Proof } from '../proof.ts';

const place = { id: '123456789012', region: 'us-east-1' };
const arn = secretArn(place, 'ledger/db');
const rule = `name: moved
when:
  compliance: { rule: [ecs-no-environment-secrets] }
  status: [open]
do:
  - ecs.fix-task-definition: { references: [{ variable: DB_PASSWORD, secret: "${arn}" }] }
mode: enforce
`;
const Statement = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn };

const world = worldSchema.parse({
  roles: [{ name: 'ledger-execution', policies: [{ name: 'reads', document: { Statement } }] }],
  secrets: [{ name: 'ledger/db', changedAt: '2026-11-10T00:00:00Z' }],
  repositories: [{ name: 'ledger', images: [{ digest: `sha256:${'e'.repeat(64)}`, tags: ['1'] }] }],
  taskDefinitions: [
    {
      ...{ family: 'ledger', revision: 9, executionRoleArn: 'ledger-execution', registeredAt: '2026-11-01T00:00:00Z' },
      containers: [{ name: 'app', image: 'ledger:1', environment: { DB_PASSWORD: 'correct-horse-battery' } }],
    },
  ],
  clusters: [{ name: 'prod', services: [{ name: 'ledger', taskDefinition: 'ledger:9', desiredCount: 2 }] }],
});

/** A value in plain text is given from a secret, once it is known that the secret is newer and that the service may read it. */
export const movedSecret: Proof = {
  name: 'a value in plain text is given from a secret with a newer one',
  near: /ResponderRole: Read(IamRole|SecretsmanagerSecret): (iam:Simulate|secretsmanager:(List|Describe))/,
  happen: async (template) => {
    await using stage = await openStage({ template, rules: { moved: rule }, world });
    const definition = `arn:aws:ecs:${place.region}:${place.id}:task-definition/ledger:9`;
    stage.deliver(configFinding(stage, 'config-environment-password', definition));
    await stage.settle();
    const [head] = stage.heads();
    expectThat(head?.outcome === 'contained', `it ended as ${head?.outcome}: ${stage.told().at(-1)?.body}`);
  },
};
