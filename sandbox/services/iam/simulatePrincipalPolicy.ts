import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam';
import { type Account, AwsError, operation, type Principal } from '../../account.ts';
import { boundaryOf } from '../../iam/authorise.ts';
import { type Context, contextOf } from '../../iam/context.ts';
import { verdictOf } from '../../iam/evaluate.ts';
import type { Policy } from '../../iam/policy.ts';
import { inForce, type Role, roleWithArn } from '../../iam/roles.ts';
import { noSuchEntity } from './onRole.ts';
import { paged } from './page.ts';

const decisions = { allow: 'allowed', deny: 'explicitDeny', silent: 'implicitDeny' } as const;

/**
 * What the policies of a role say of each action on each resource, within its boundary: those of the role alone, so that nothing that the resource's own policy says
 * counts (API reference, "SimulatePrincipalPolicy"). Of users nothing is simulated here: they have no policies in an account file.
 */
export const simulatePrincipalPolicy = operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse>(
  ({ PolicySourceArn = '' }) => [{ action: 'iam:SimulatePrincipalPolicy', resource: PolicySourceArn }],
  (input, { account }) => {
    const { PolicySourceArn = '', ActionNames = [], ResourceArns = ['*'] } = input;
    const role = roleWithArn(account, PolicySourceArn);
    if (role === undefined) throw noSuchEntity(`The role with ARN ${PolicySourceArn} cannot be found.`);
    const unknown = ActionNames.find((name) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(name));
    if (unknown !== undefined || ActionNames.length === 0) {
      throw new AwsError('InvalidInput', `Invalid action name: ${unknown ?? 'none is named'}`);
    }
    const results = ActionNames.flatMap((action) =>
      ResourceArns.map((resource) => {
        const { verdict, missing } = simulated(account, inForce(account, role), action, resource, input);
        const EvalDecision = decisions[verdict];
        const one = { EvalActionName: action, EvalResourceName: resource, EvalDecision };
        if (resource === '*') return { ...one, MissingContextValues: missing };
        const specific = { EvalResourceName: resource, EvalResourceDecision: EvalDecision };
        return {
          ...one,
          MissingContextValues: [],
          ResourceSpecificResults: [{ ...specific, MissingContextValues: missing }],
        };
      }),
    );
    const { items, more } = paged(results, input);
    return { EvaluationResults: [...items], ...more };
  },
);

function simulated(
  account: Account,
  role: Role,
  action: string,
  resource: string,
  { ContextEntries = [] }: SimulatePrincipalPolicyRequest,
) {
  const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/simulated`;
  const caller: Principal = { kind: 'role', roleName: role.name, arn, sessionPolicies: [] };
  const given = ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
    ContextKeyName,
    ContextKeyValues[0] ?? '',
  ]);
  const context = contextOf(account, caller, role.arn, Object.fromEntries(given));
  const asked = { caller, accountId: account.id, roleArn: role.arn, action, resource, context };
  const boundary = boundaryOf(account, role);
  const missing = missingIn([...role.policies, ...(boundary ?? [])], context);
  const own = verdictOf(role.policies, asked);
  if (boundary === undefined || own === 'deny') return { verdict: own, missing };
  const bounded = verdictOf(boundary, asked);
  return { verdict: own === 'allow' || bounded === 'deny' ? bounded : own, missing };
}

/** Keys on which conditions of policies depend, and that nobody has given a value of: where a resource is named, they stand with that. */
const missingIn = (policies: readonly Policy[], context: Context): string[] =>
  [
    ...new Set(
      policies.flatMap(({ statements }) => statements.flatMap(({ conditions }) => conditions.map(({ key }) => key))),
    ),
  ]
    .filter((key) => !context.has(key))
    .sort();
