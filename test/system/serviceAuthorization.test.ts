import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Permission } from '../../shared/actions/contract.ts';
import { grantedBy } from '../../tools/leastPrivilege/granted.ts';
import { functionGrants } from '../../tools/roles.ts';
import { embeddedTarget } from '../actions/embeddedWorlds.ts';
import { factsOf, knowsKey, typesOf } from '../serviceAuthorization.ts';
import { bundles, packaged } from './stage.ts';

/** A permission as any of our policies says it. */
interface Said {
  readonly action: string;
  readonly resource: string;
  readonly conditionKeys: readonly string[];
}

/** What is wrong with a permission, by AWS's service-authorization reference; none: nothing. */
async function complaints({ action, resource, conditionKeys }: Said): Promise<readonly string[]> {
  const facts = await factsOf(action);
  if (facts === undefined) return [`AWS has no action ${action}`];
  const isScoped = facts.resourceTypes.length > 0;
  return [
    ...(isScoped && resource === '*' ? [`${action} on *, which AWS can scope`] : []),
    ...(!isScoped && resource !== '*' ? [`${action} on ${resource}, which AWS cannot scope`] : []),
    ...(isScoped && resource !== '*' && typesOf(resource, facts).length === 0
      ? [`${action} on ${resource}, of no type that AWS lists for it`]
      : []),
    ...conditionKeys
      .filter((key) => !knowsKey(facts, key))
      .map((key) => `${action} under ${key}, which it does not have`),
  ];
}

/**
 * What a caller needs besides. The data list no dependent actions at all, so that these are by hand, of AWS's user guides: ECS
 * ("Grant permission to tag resources on creation", "Amazon ECS task definition IAM role"), Application Auto Scaling
 * ("Permissions required for API actions on target services").
 */
const dependents: { readonly [action: string]: readonly string[] } = {
  'ecs:RegisterTaskDefinition': ['iam:PassRole', 'ecs:TagResource'],
  'ecs:RunTask': ['iam:PassRole'],
  'application-autoscaling:RegisterScalableTarget': ['ecs:DescribeServices', 'ecs:UpdateService'],
};

/** Dependent actions of what is granted that are not granted with it. */
async function ungranted(actions: readonly string[]): Promise<readonly string[]> {
  const all = [...new Set(actions)].map(async (action) => [
    ...(dependents[action] ?? []),
    ...((await factsOf(action))?.dependentActions ?? []),
  ]);
  return (await Promise.all(all)).flat().filter((action) => !actions.includes(action));
}

/** Every statement of the template, wherever it stands. */
function statementsOf(value: unknown): readonly { readonly [key: string]: unknown }[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = Object.values(value).flatMap(statementsOf);
  return 'Effect' in value ? [value as { readonly [key: string]: unknown }] : inner;
}

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [String(value)];
const keysOf = (condition: unknown): readonly string[] =>
  Object.values((condition ?? {}) as { readonly [operator: string]: object }).flatMap((keys) => Object.keys(keys));

const ofActions = catalogue.flatMap((action) =>
  action.targets.map((kind) => {
    const { read, write } = action.permissions(embeddedTarget(kind));
    return [action.name, kind, [...read, ...write]] as const;
  }),
);
const said = ({ action, resource, condition }: Permission): Said => ({
  action,
  resource,
  conditionKeys: keysOf(condition),
});

describe('AWS knows every permission', () => {
  it('that the template grants, on what it grants it', async () => {
    const grants = await grantedBy(packaged, bundles);
    expect(grants.length).toBeGreaterThan(100);
    const found = await Promise.all(
      grants.map(({ action, resource }) =>
        // A trust policy speaks of its role.
        complaints({ action, resource: resource ?? 'arn:aws:iam::ACCOUNT:role/any', conditionKeys: [] }),
      ),
    );
    expect(found.flat()).toEqual([]);
  });

  it('that the template makes a condition of, by a key that the action has', async () => {
    const conditional = statementsOf(packaged.Resources).filter(
      ({ Condition, Effect }) => Condition && Effect === 'Allow',
    );
    expect(conditional.length).toBeGreaterThan(5);
    const found = conditional.flatMap(({ Action, Condition }) =>
      listOf(Action).map(async (action) => {
        const facts = await factsOf(action);
        return keysOf(Condition).filter((key) => facts === undefined || !knowsKey(facts, key));
      }),
    );
    expect((await Promise.all(found)).flat()).toEqual([]);
  });

  it.each(ofActions)('that %s needs for a target of kind %s', async (_name, _kind, permissions) => {
    expect((await Promise.all(permissions.map((one) => complaints(said(one))))).flat()).toEqual([]);
  });

  it('and what a caller needs besides is granted', async () => {
    for (const [policy, of] of Map.groupBy(await grantedBy(packaged, bundles), (grant) => grant.policy)) {
      expect(await ungranted(of.map(({ action }) => action)), policy).toEqual([]);
    }
  });
});

describe('a permission on * says why', () => {
  it.each(ofActions)('that %s needs for a target of kind %s', (_name, _kind, permissions) => {
    const silent = permissions.filter(({ resource, why }) => resource === '*' && (why ?? '') === '');
    expect(silent).toEqual([]);
  });

  it.each(Object.entries(functionGrants))('of the function %s', (_name, grants) => {
    expect(grants.filter(({ Resource, why }) => Resource === '*' && (why ?? '') === '')).toEqual([]);
  });
});

describe('what AWS does not know is found out', () => {
  it.each([
    ['an action that is none', 'ecr:ArchiveImage', 'arn:aws:ecr:REGION:ACCOUNT:repository/a', [], /no action/],
    ['a star where AWS can scope', 'ecs:StopTask', '*', [], /can scope/],
    ['an ARN where it cannot', 'ecs:ListClusters', 'arn:aws:ecs:REGION:ACCOUNT:cluster/*', [], /cannot scope/],
    ['another type of resource', 'ecs:StopTask', 'arn:aws:ecs:REGION:ACCOUNT:cluster/*', [], /of no type/],
    ['another service', 'ecs:StopTask', 'arn:aws:ecr:REGION:ACCOUNT:task/*', [], /of no type/],
    [
      'a key of another action',
      'ecs:StopTask',
      'arn:aws:ecs:REGION:ACCOUNT:task/*',
      ['ecs:CreateAction'],
      /does not have/,
    ],
  ])('%s', async (_what, action, resource, conditionKeys, complaint) => {
    expect(await complaints({ action, resource, conditionKeys })).toEqual([expect.stringMatching(complaint)]);
  });

  it('a dependent action that is not granted', async () => {
    expect(await ungranted(['ecs:RegisterTaskDefinition', 'ecs:TagResource'])).toEqual(['iam:PassRole']);
    expect(await ungranted(['ecs:RegisterTaskDefinition', 'ecs:TagResource', 'iam:PassRole'])).toEqual([]);
  });
});
