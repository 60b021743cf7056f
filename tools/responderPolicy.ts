import { rolePermissions } from '../shared/account/credentialHolder.ts';
import { runnersPermissions } from '../shared/account/definitionServices.ts';
import { plainSecretsPermissions } from '../shared/account/plainSecrets.ts';
import { workloadPermissions } from '../shared/account/workloadPermissions.ts';
import type { Action, Permission } from '../shared/actions/contract.ts';
import { type Grant, grantsByResources } from '../shared/actions/sessionPolicy.ts';
import { clusterOf } from '../shared/actions/targets/ecsTarget.ts';
import { podRolePermissions } from '../shared/actions/targets/podRoles.ts';
import { lookUpPermission } from '../shared/respond/whoChanged.ts';
import { anyGroup, anyInstance, anyName, anySecretEnd, anyTarget, inWords } from './anyTarget.ts';

/** As an action declares it, with the account and partition of the stack in ARNs. */
interface Condition {
  readonly [operator: string]: { readonly [key: string]: string | { readonly 'Fn::Sub': string } };
}

/** One statement of a role's policy in a CloudFormation template. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly (string | { readonly 'Fn::Sub': string })[];
  readonly Condition?: Condition;
}

const inTemplate = {
  partition: '${AWS::Partition}',
  account: '${AWS::AccountId}',
  region: '${AWS::Region}',
  name: '*',
} as const;

/**
 * What the responder role may do: everything that some action needs on any target of the stack's account and Region. Each
 * call is narrowed to one action on one target by its session policy. Changes are named by the action that makes them, reads
 * (which actions share) by what they read.
 */
export function responderStatements(catalogue: readonly Action[]): readonly Statement[] {
  const all = catalogue.map((action) => ({ action, ...allPermissions(action) }));
  const reads = grantsByResources([...all.flatMap(({ read }) => read), ...surroundings, lookUpPermission]).map(
    (grant) => statement(`Read${subject(grant.resources)}`, grant),
  );
  const whole = new Set(
    all.flatMap(({ write }) =>
      write.flatMap(({ action, resource, condition }) =>
        condition === undefined ? [JSON.stringify([action, resource])] : [],
      ),
    ),
  );
  const granted = new Set<string>();
  // What two actions need stands once, under the first: a second one would be missed by nobody.
  const isNew = ({ action, resource, condition }: Permission): boolean => {
    // What another action needs without a condition allows it already; the session of a step keeps its own.
    if (condition !== undefined && whole.has(JSON.stringify([action, resource]))) return false;
    const key = JSON.stringify([action, resource, condition]);
    if (granted.has(key)) return false;
    granted.add(key);
    return true;
  };
  const writes = all.flatMap(({ action, write }) =>
    grantsByResources(write.filter(isNew)).map((grant, at) =>
      statement(`${pascal(action.name)}${at === 0 ? '' : at + 1}`, grant),
    ),
  );
  return [...reads, ...writes];
}

/** What Decide reads before there is an action: what belongs to what a finding accuses. */
const surroundings: readonly Permission[] = [
  ...workloadPermissions(clusterOf(anyTarget('ecs-task'))),
  ...runnersPermissions(clusterOf(anyTarget('ecs-service'))),
  ...plainSecretsPermissions(clusterOf(anyTarget('ecs-service'))),
  ...podRolePermissions(anyTarget('pod')),
  ...(['function', 'instance'] as const).flatMap((kind) => rolePermissions(anyTarget(kind), anyTarget(kind))),
].map(ofAnyName);

/** The calls that actions, and Decide, declare as reads, sorted. */
export function readCalls(catalogue: readonly Action[]): readonly string[] {
  const read = [...catalogue.flatMap((action) => allPermissions(action).read), ...surroundings];
  return [...new Set(read.map(({ action }) => action))].sort();
}

/** With `*` in the place of names, once: `service/*` is every service of every cluster, because IAM's star passes slashes. */
function ofAnyName(permission: Permission): Permission {
  const resource = permission.resource
    .replace(`${anyName}${anySecretEnd}`, '*')
    .replaceAll(anyName, '*')
    .replace(anyInstance, '*')
    .replace(anyGroup, '*')
    .replace(/(?:\/\*)+$/, '/*');
  return { ...permission, resource };
}

function allPermissions(action: Action): {
  readonly read: readonly Permission[];
  readonly write: readonly Permission[];
} {
  const each = action.targets.map((kind) => action.permissions(anyTarget(kind)));
  return {
    read: each.flatMap(({ read }) => read.map(ofAnyName)),
    write: each.flatMap(({ write }) => write.map(ofAnyName)),
  };
}

function statement(Sid: string, { actions, resources, condition }: Grant): Statement {
  const Resource = resources.map((arn) => (arn === '*' ? arn : inStack(arn)));
  return {
    Sid,
    Effect: 'Allow',
    Action: actions,
    Resource,
    ...(condition === undefined ? {} : { Condition: inEachArn(condition) }),
  };
}

const inStack = (arn: string): { readonly 'Fn::Sub': string } => ({ 'Fn::Sub': inWords(arn, inTemplate) });

const inEachArn = (condition: NonNullable<Permission['condition']>): Condition =>
  Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [key, value.startsWith('arn:') ? inStack(value) : value]),
      ),
    ]),
  );

/** `EcsServiceServiceRevision` for services and their revisions, `Anything` for `*`: a Sid takes letters and digits only. */
function subject(resources: readonly string[]): string {
  if (resources.includes('*')) return 'Anything';
  return resources
    .map((arn, at) => {
      const [, , service = '', , , resource = ''] = arn.split(':');
      return `${at === 0 ? pascal(service) : ''}${pascal(resource.split('/')[0] ?? '')}`;
    })
    .join('');
}

const pascal = (text: string): string =>
  text.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9]?)/g, (_match, letter: string) => letter.toUpperCase());
