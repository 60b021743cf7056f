import * as z from 'zod';
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

export const stateMachine = {
  properties,
  create: (given: z.infer<typeof properties>, { account }: DeployContext) => {
    const name = given.StateMachineName;
    const arn = `arn:aws:states:${account.region}:${account.id}:stateMachine:${name}`;
    createStateMachine(account, {
      name,
      arn,
      definition: substitute(given.Definition, given.DefinitionSubstitutions),
      roleName: given.RoleArn.slice(given.RoleArn.lastIndexOf('/') + 1),
      type: given.StateMachineType,
    });
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
};
