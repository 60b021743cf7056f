import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { secretArn, secrets, versionAt } from '../../../sandbox/services/secretsManager/state.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase } from '../actionCase.ts';

const name = 'cases/database';
const other = 'cases/database-of-another';
const rotation = { function: 'rotate-database' };

/** A secret whose rotation is overdue. */
export const it: ActionCase = {
  action: 'secrets.rotate',
  world: (tags) => ({
    secrets: [
      { name, tags, rotation, lastRotatedAt: '2026-01-05T02:00:00Z' },
      { name: other, rotation },
    ],
    repositories: [{ name: 'cases/reader', images: [{ digest: `sha256:${'c5'.repeat(32)}`, tags: ['1.0'] }] }],
    taskDefinitions: [
      {
        family: 'cases-reader',
        revision: 1,
        containers: [
          {
            name: 'app',
            image: 'cases/reader:1.0',
            secrets: [{ name: 'DATABASE', valueFrom: secretArn({ id: '123456789012', region: 'us-east-1' }, name) }],
          },
        ],
      },
    ],
    clusters: [
      { name: 'cases-readers', services: [{ name: 'reader', taskDefinition: 'cases-reader:1', desiredCount: 1 }] },
    ],
  }),
  target: ({ account, region }) => {
    const arn = secretArn({ id: account, region }, name);
    return { kind: 'secret', id: arn.slice(arn.indexOf(':secret:') + 8), arn, account, region };
  },
  finding: (stage) => configFinding(stage, 'config-secret', secretArn(stage.account, name)),
  when: ['compliance: { rule: [secretsmanager-secret-periodic-rotation] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...secrets(account).values()].map((secret) => [
        `version of ${secret.name}`,
        versionAt(secret, 'AWSCURRENT')?.endsWith('first-version-of-this-secret') === true ? 'the first' : 'a new one',
      ]),
    ),
  changes: { of: `version of ${name}`, from: 'the first', to: 'a new one' },
  elsewhere: {
    'secretsmanager:RotateSecret': [
      { call: ({ secretsManager }) => secretsManager.send(new RotateSecretCommand({ SecretId: other })) },
    ],
  },
};
