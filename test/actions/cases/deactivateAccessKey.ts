import { IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { users } from '../../../sandbox/iam/users.ts';
import { ecsArn } from '../../../sandbox/services/ecs/state.ts';
import { asAdministrator } from '../../system/asAdministrator.ts';
import { configFinding } from '../../system/configFinding.ts';
import type { ActionCase, Tags } from '../actionCase.ts';

const name = 'cases-builder';
/** Its name begins with that of the target's user. */
const other = 'cases-builder-not';
const family = 'cases-leaked';
const [id, otherId] = ['AKIACASES00000000001', 'AKIACASES00000000002'] as const;

const worldIn = (path: string) => (tags: Tags) => ({
  users: [
    { name, path, tags, accessKeys: [{ id, lastUsed: { at: '2026-11-01T02:00:00Z', service: 'ecr' } }] },
    { name: other, accessKeys: [{ id: otherId }] },
  ],
  repositories: [{ name: family, images: [{ digest: `sha256:${'e'.repeat(64)}`, tags: ['1'] }] }],
  taskDefinitions: [
    {
      family,
      revision: 3,
      containers: [
        {
          name: 'app',
          image: `${family}:1`,
          environment: { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'correct-horse-battery-staple' },
        },
      ],
    },
  ],
  clusters: [{ name: family, services: [{ name: 'app', taskDefinition: `${family}:3`, desiredCount: 1 }] }],
});

/** An access key that stands in a task definition in plain text. */
export const it: ActionCase = {
  action: 'iam.deactivate-access-key',
  world: worldIn('/'),
  // IAM names a user without its path.
  otherWorld: worldIn('/build/'),
  target: ({ account, region }) => {
    return { kind: 'access-key', id, arn: `arn:aws:iam::${account}:user/${name}`, user: name, account, region };
  },
  incident: ({ account, region }) => `ecs-task-definition/${account}/${region}/${family}:3`,
  finding: (stage) =>
    configFinding(stage, 'config-environment-secret', ecsArn(stage.account, `task-definition/${family}:3`)),
  when: ['compliance: { rule: [ecs-no-environment-secrets] }', 'status: [open]'],
  truth: (account) =>
    Object.fromEntries(
      [...users(account).values()].flatMap((user) =>
        user.keys.map((key) => [`key ${key.id} of ${user.name}`, key.status]),
      ),
    ),
  changes: { of: `key ${id} of ${name}`, from: 'Active', to: 'Inactive' },
  byHand: (stage) =>
    asAdministrator(stage, IAMClient, (iam) =>
      iam.send(new UpdateAccessKeyCommand({ UserName: name, AccessKeyId: id, Status: 'Active' })),
    ),
  call: 'UpdateAccessKey',
  elsewhere: {
    'iam:UpdateAccessKey': [
      {
        call: ({ iam }) =>
          iam.send(new UpdateAccessKeyCommand({ UserName: other, AccessKeyId: otherId, Status: 'Inactive' })),
      },
    ],
  },
};
