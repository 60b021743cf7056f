import * as z from 'zod';
import { type Account, AwsError } from '../../account.ts';
import { roleNamed } from '../../iam/roles.ts';
import { checkTrust } from '../../iam/trust.ts';
import { createStateMachine } from '../../services/states/machines.ts';
import type { DeployContext } from '../deploy.ts';

const properties = z.strictObject({
  StateMachineName: z.string().max(80),
  StateMachineType: z.literal('STANDARD'),
  RoleArn: z.string(),
  Definition: z.record(z.string(), z.unknown()),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
});

/** As on AWS, a placeholder without a substitution stays as it is written (and fails when the state is reached). */
function substitute(value: unknown, substitutions: { readonly [name: string]: string }): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z0-9_]+)\}/g, (all, name: string) => substitutions[name] ?? all);
  }
  if (Array.isArray(value)) return value.map((inner) => substitute(inner, substitutions));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substitute(inner, substitutions)]));
}

/** Step Functions tries the role when a machine is created with it, and words the refusal in its own way. */
function checkRole(account: Account, roleName: string, machineArn: string): void {
  const role = roleNamed(account, roleName);
  try {
    if (role) checkTrust(account, role, { kind: 'service', service: 'states.amazonaws.com', sourceArn: machineArn });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const message =
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.';
    throw new AwsError('AccessDeniedException', message);
  }
}

export const stateMachine = {
  properties,
  create: (given: z.infer<typeof properties>, { account }: DeployContext) => {
    const name = given.StateMachineName;
    const arn = `arn:aws:states:${account.region}:${account.id}:stateMachine:${name}`;
    const roleName = given.RoleArn.slice(given.RoleArn.lastIndexOf('/') + 1);
    checkRole(account, roleName, arn);
    createStateMachine(account, {
      name,
      arn,
      definition: substitute(given.Definition, given.DefinitionSubstitutions),
      roleName,
      type: given.StateMachineType,
    });
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
};
