import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { roleNamed } from '../../../sandbox/iam/roles.ts';
import { serviceCredentials } from '../../../sandbox/iam/trust.ts';
import { ecrService } from '../../../sandbox/services/ecr/service.ts';
import { taskDefinitions } from '../../../sandbox/services/ecs/state.ts';
import { stsService } from '../../../sandbox/services/sts/service.ts';
import { misfitsOf } from '../../../sandbox/world/check.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { fakeAccount } from '../fakeAccount.ts';
import { clientOptions, policyOf, throughDoor } from '../services/throughDoor.ts';

const repository = 'arn:aws:ecr:eu-west-1:123456789012:repository';
const allowed = policyOf({ Effect: 'Allow', Action: 'ecr:DescribeRepositories', Resource: `${repository}/app` });
const container = { name: 'web', image: 'public.ecr.aws/nginx/nginx:1.27' };

/** What does not fit in an account with these roles and this task definition, each as `path: message`. */
function misfits(roles: readonly object[], definition: object = {}): readonly string[] {
  const taskDefinition = { family: 'api', revision: 1, containers: [container], ...definition };
  const world = worldSchema.parse({ roles, taskDefinitions: [taskDefinition] });
  return misfitsOf(world).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the roles of an account file', () => {
  it('are decided by: a session of one may do what its policy says, and no more', async () => {
    const account = { AWS: 'arn:aws:iam::123456789012:root' };
    const trust = policyOf({ Effect: 'Allow', Principal: account, Action: 'sts:AssumeRole' });
    const role = { name: 'reader', trust, policies: [{ name: 'read', document: allowed }] };
    const world = { region: 'eu-west-1', repositories: [{ name: 'app' }, { name: 'ledger' }], roles: [role] };
    await throughDoor([ecrService, stsService], async ({ account }) => {
      loadWorld(account, worldSchema.parse(world));
      const { Credentials: session } = await new STSClient(clientOptions(account)).send(
        new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/reader', RoleSessionName: 'ann' }),
      );
      const ecr = new ECRClient({
        ...clientOptions(account),
        credentials: {
          accessKeyId: session?.AccessKeyId ?? '',
          secretAccessKey: session?.SecretAccessKey ?? '',
          sessionToken: session?.SessionToken ?? '',
        },
      });
      const read = (name: string) => ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
      expect((await read('app')).repositories).toMatchObject([{ repositoryName: 'app' }]);
      await expect(read('ledger')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });
  });

  it('trust the tasks of ECS, and nobody else, unless they say whom', () => {
    const { account } = fakeAccount();
    loadWorld(account, worldSchema.parse({ roles: [{ name: 'task' }] }));
    const session = (service: string) =>
      serviceCredentials(account, { roleName: 'task', service, sourceArn: 'arn:aws:ecs:*', sessionName: 'one' });
    expect(session('ecs-tasks.amazonaws.com').accessKeyId).toMatch(/^ASIA/);
    expect(() => session('lambda.amazonaws.com')).toThrow(/not authorized/);
    expect(roleNamed(account, 'task')?.policies).toEqual([]);
  });

  it('are named by task definitions, by name or ARN; an ARN may be of a role that is not there', () => {
    const { account } = fakeAccount();
    const elsewhere = 'arn:aws:iam::123456789012:role/pull';
    const definition = { family: 'api', revision: 1, taskRoleArn: 'task', executionRoleArn: elsewhere };
    const world = { roles: [{ name: 'task' }], taskDefinitions: [{ ...definition, containers: [container] }] };
    loadWorld(account, worldSchema.parse(world));
    expect(taskDefinitions(account).get('api:1')?.settings).toMatchObject({
      taskRoleArn: `arn:aws:iam::${account.id}:role/task`,
      executionRoleArn: elsewhere,
    });
    expect(roleNamed(account, 'pull')).toBeUndefined();
  });

  it.each([
    [
      'a role twice',
      misfits([{ name: 'task' }, { name: 'task' }]),
      'roles.1.name: task is there already; change or remove one of the two',
    ],
    [
      'a policy twice',
      misfits([
        {
          name: 'task',
          policies: [
            { name: 'read', document: allowed },
            { name: 'read', document: allowed },
          ],
        },
      ]),
      'roles.0.policies.1.name: read is there already; change or remove one of the two',
    ],
    [
      'a name of no role',
      misfits([{ name: 'checkout-task' }], { taskRoleArn: 'chekout-task' }),
      'taskDefinitions.0.taskRoleArn: chekout-task is not among the roles; did you mean "checkout-task"?',
    ],
    [
      'a name where there are no roles',
      misfits([], { executionRoleArn: 'pull' }),
      'taskDefinitions.0.executionRoleArn: pull is not among the roles; add it there, or write its ARN',
    ],
  ])('are refused with %s', (_what, found, message) => {
    expect(found).toEqual([message]);
  });

  it.each([
    [
      'an effect that is none',
      { Effect: 'Alow' },
      'Statement.0.Effect: must be one of Allow, Deny; did you mean "Allow"?',
    ],
    ['a number for an action', { Action: [1] }, 'Statement.0.Action.0: must be text; put it in quotes'],
    ['a key that IAM has not', { Scope: '*' }, 'Statement.0.Scope: "Scope" is not a key here; remove it'],
    ['an action of no service', { Action: 's3' }, ' invalid Action: s3; mend that part or take it out'],
    ['a resource that is no ARN', { Resource: 'app' }, ' invalid Resource: app; mend that part or take it out'],
    [
      'a condition that nothing here can decide',
      { Condition: { StringEquals: { 'aws:ResourceTag/team': 'payments' } } },
      ' this account does not know the condition key aws:ResourceTag/team in a policy of kind identity; mend that part or take it out',
    ],
    ['somebody in a policy of its own', { Principal: '*' }, ' an identity policy must not name a Principal; mend'],
  ])('are refused with %s in a policy', (_what, change, message) => {
    const document = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...change });
    const [first, ...others] = misfits([{ name: 'task', policies: [{ name: 'read', document }] }]);
    expect(first?.replace(/^roles\.0\.policies\.0\.document[.:]/, '')).toContain(message);
    expect(others).toEqual([]);
  });

  it('are refused with a policy that has no statement, or one of another form', () => {
    const of = (document: object) => misfits([{ name: 'task', trust: document }]);
    expect(of({})).toEqual(['roles.0.trust.Statement: is missing; add it here']);
    expect(of({ Statement: 7 })).toEqual(['roles.0.trust.Statement: must be a map or a list']);
    expect(of({ Statement: { Effect: 'Allow', Principal: 7, Action: 'sts:AssumeRole' } })).toEqual([
      'roles.0.trust.Statement.Principal: must be "*" or a map',
    ]);
  });
});
