import { describe, expect, it } from 'vitest';
import type { Needed } from '../../sandbox/account.ts';
import { services } from '../../sandbox/services.ts';
import { factsOf, listedAs, typesOf } from '../serviceAuthorization.ts';
import { fakeAccount } from './fakeAccount.ts';
import { inputs } from './operationInputs.ts';

/** Operations that need no permission, as AWS documents. */
const unneeded = ['sts GetCallerIdentity'];

/** Types that AWS marks as required and that stand for another way to make the same call, which this account does not have. */
const otherWays = [
  ...['states:DescribeExecution without express', 'states:ListExecutions without maprun'],
  // A node is an EC2 instance here, and never a machine elsewhere.
  ...[
    'ssm:DescribeInstanceAssociationsStatus without managed-instance',
    'ssm:DescribeInstancePatches without managed-instance',
    'ssm:DescribeInstancePatchStates without managed-instance',
  ],
  // Which volumes it is about follows from the instance, and this account has none.
  'ec2:CreateSnapshots without volume',
];

/** What a Kubernetes cluster lets in, IAM is not asked. */
const decidedByIam = services.filter(({ admitsItself }) => admitsItself !== true);

const operations = decidedByIam.flatMap(({ name, operations: all }) =>
  Object.entries(all).map(([operation, { needs }]) => ({
    name: `${name} ${operation}`,
    asked: (): readonly (readonly Needed[])[] => {
      const { account } = fakeAccount();
      return (inputs[name]?.[operation] ?? [{}]).map((input) => needs(input as never, account));
    },
  })),
);

/** What is wrong with one question to IAM; undefined: it is AWS's. */
async function wrong({ action, resource, context = {} }: Needed): Promise<string | undefined> {
  const facts = await factsOf(action);
  if (facts === undefined) return `AWS has no action ${action}`;
  const unknown = Object.keys(context).filter((key) => !facts.conditionKeys.includes(listedAs(key)));
  if (unknown.length > 0) return `AWS gives ${action} no ${unknown.join(', ')}`;
  if (resource === '*') {
    return facts.resourceTypes.length === 0
      ? undefined
      : `AWS scopes ${action}: a grant on an ARN would be refused here`;
  }
  if (facts.resourceTypes.length === 0) return `AWS cannot scope ${action}: a grant on ${resource} has no effect there`;
  return typesOf(resource, facts).length > 0 ? undefined : `${resource} is of no type that AWS lists for ${action}`;
}

/** Types that AWS requires for an action and that were not asked for. */
async function missing(needed: readonly Needed[]): Promise<readonly string[]> {
  const actions = [...Map.groupBy(needed, ({ action }) => action)];
  const all = await Promise.all(
    actions.map(async ([action, of]) => {
      const facts = await factsOf(action);
      if (facts === undefined) return [];
      const asked = new Set(of.flatMap(({ resource }) => typesOf(resource, facts).map(({ name }) => name)));
      return facts.resourceTypes
        .filter(({ name, required }) => required && !asked.has(name))
        .map(({ name }) => `${action} without ${name}`);
    }),
  );
  return all.flat();
}

describe('what IAM is asked is what AWS asks', () => {
  it.each(operations)('$name', async ({ name, asked }) => {
    const needed = asked();
    if (unneeded.includes(name)) return expect(needed).toEqual([[]]);
    // An operation that asks for nothing here needs an input in operationInputs.ts.
    for (const one of needed) expect(one).not.toEqual([]);
    const complaints = await Promise.all(needed.flat().map(wrong));
    expect(complaints.filter((complaint) => complaint !== undefined)).toEqual([]);
    const without = (await Promise.all(needed.map(missing))).flat();
    expect(without.filter((one) => !otherWays.includes(one))).toEqual([]);
  });

  it('of operations that are there: an input is of one of them', () => {
    const named = Object.entries(inputs).flatMap(([service, of]) => Object.keys(of).map((one) => `${service} ${one}`));
    expect(named.filter((one) => !operations.some(({ name }) => name === one))).toEqual([]);
  });
});

describe('a question that AWS does not ask', () => {
  it.each([
    ['an action that is none', 'ecs:StopTasks', 'arn:aws:ecs:eu-west-1:123456789012:task/prod/1', /no action/],
    [
      'an ARN where AWS cannot scope',
      'ecs:ListServices',
      'arn:aws:ecs:eu-west-1:123456789012:cluster/prod',
      /cannot scope/,
    ],
    ['a star where AWS scopes', 'ecs:StopTask', '*', /AWS scopes/],
    ['another type', 'ecs:StopTask', 'arn:aws:ecs:eu-west-1:123456789012:service/prod/cart', /no type/],
  ])('is found out: %s', async (_what, action, resource, complaint) => {
    expect(await wrong({ action, resource })).toMatch(complaint);
  });
});
