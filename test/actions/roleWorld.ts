import { type Accusation, noAccusation } from '../../shared/actions/accusation.ts';
import type { Target } from '../../shared/actions/contract.ts';
import { documentOf, markOf } from '../../shared/actions/revokeRoleSessions/deny.ts';
import type { Observed } from '../../shared/actions/revokeRoleSessions/observe.ts';
import { actContext, type TestContext } from './actContext.ts';
import { type Answers, answeringAws, type Sent } from './answeringAws.ts';

export const params = { maxOtherUsers: 0 };
export const roleNamed = (id: string, path = ''): Target<'role'> => ({
  ...{ kind: 'role', id, session: null, account: '123456789012', region: 'eu-central-1' },
  arn: `arn:aws:iam::123456789012:role/${path}${id}`,
});
export const target = roleNamed('cart');
export const taskArn = (id: string): string => `arn:aws:ecs:eu-central-1:123456789012:task/prod/${id}`;
export const policyName = 'FirebreakRevokedSessions';

export const seen: Observed = {
  policy: 'none',
  others: [],
  unread: [],
  protectedBy: null,
  services: [],
  runOn: [],
  siblings: [],
  holder: null,
  hosts: [],
  byToken: [],
  letIn: true,
  size: 300,
  owner: 'unknown',
  seen: ['role cart is used by nobody'],
};
const refusal = (name: string): Error => Object.assign(new Error('refused'), { name, $metadata: {}, $fault: 'client' });
export const throwing = (name: string) => () => {
  throw refusal(name);
};
export const trust = (...statements: object[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
export const trusts = (Principal: unknown, Effect = 'Allow') => ({ Effect, Principal, Action: 'sts:AssumeRole' });
export const byTasks = trusts({ Service: 'ecs-tasks.amazonaws.com' });
export const ours =
  (cutOff: string, tasks: readonly string[] = []) =>
  () => ({
    PolicyDocument: encodeURIComponent(documentOf({ cutOff, mark: markOf({ tasks }) })),
  });

const definitions: { readonly [arn: string]: object } = {
  'cart:1': { taskRoleArn: target.arn },
  'pull:1': { executionRoleArn: `arn:aws:iam::123456789012:role/any/path/cart` },
  'other:1': { taskRoleArn: 'arn:aws:iam::123456789012:role/other' },
};
const answers: Answers = {
  GetRole: () => ({ Role: { AssumeRolePolicyDocument: trust(byTasks), Tags: [{ Key: 'team', Value: 'shop' }] } }),
  GetRolePolicy: throwing('NoSuchEntityException'),
  ListRolePolicies: () => ({ PolicyNames: [] }),
  PutRolePolicy: () => ({}),
  DeleteRolePolicy: () => ({}),
  ListInstanceProfilesForRole: () => ({ InstanceProfiles: [] }),
  ListFunctions: () => ({ Functions: [] }),
  ListClusters: () => ({ clusterArns: ['arn:aws:ecs:eu-central-1:123456789012:cluster/prod'] }),
  ListServices: () => ({ serviceArns: ['a', 'b', 'c'] }),
  DescribeServices: () => ({
    services: ['cart', 'pull', 'other'].map((serviceName) => ({ serviceName, taskDefinition: `${serviceName}:1` })),
  }),
  ListTasks: () => ({ taskArns: ['t1', 't2', 'lone'].map(taskArn) }),
  DescribeTasks: () => ({
    tasks: [
      { taskArn: taskArn('t1'), lastStatus: 'RUNNING', group: 'service:cart', taskDefinitionArn: 'cart:1' },
      { taskArn: taskArn('t2'), lastStatus: 'RUNNING', group: 'service:cart', taskDefinitionArn: 'cart:1' },
      {
        ...{ taskArn: taskArn('lone'), lastStatus: 'RUNNING', group: 'family:other', taskDefinitionArn: 'other:1' },
        overrides: { taskRoleArn: target.arn },
      },
    ],
  }),
  DescribeTaskDefinition: (({ taskDefinition }: { readonly taskDefinition: string }) => ({
    taskDefinition: definitions[taskDefinition],
  })) as never,
};
export const accused = (...tasks: string[]): Accusation => ({
  ...noAccusation,
  cause: 'intrusion',
  tasks: tasks.map(taskArn),
});

export interface Given {
  readonly more?: Answers;
  readonly accusation?: Accusation;
  readonly of?: Target<'role'>;
  readonly keep?: TestContext;
}
export function contextOf({ more = {}, accusation = noAccusation, keep }: Given): {
  readonly context: TestContext;
  readonly sent: readonly Sent[];
} {
  const { aws, sent } = answeringAws({ ...answers, ...more });
  return { context: { ...actContext(aws, keep), accusation }, sent };
}
