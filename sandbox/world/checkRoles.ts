import { closest } from '../../shared/rules/closest.ts';
import { AwsError } from '../account.ts';
import type { PolicyKind } from '../iam/context.ts';
import { parsePolicy } from '../iam/policy.ts';
import { documentSchema } from '../iam/schema.ts';
import { type Misfit, type Path, repeated } from './misfit.ts';
import { misshapen } from './misshapen.ts';
import type { World } from './schema.ts';

type Role = World['roles'][number];

/** What does not fit in the roles: IAM would not take the policy, or could not decide by it. */
export function inRoles({ roles, managedPolicies }: World): Misfit[] {
  const named = managedPolicies.map(({ name }) => name);
  return [
    ...repeated(managedPolicies, ['managedPolicies'], 'name', ({ name }) => name),
    ...managedPolicies.flatMap(({ document }, at) =>
      inDocument(document, 'identity', ['managedPolicies', at, 'document']),
    ),
    ...repeated(roles, ['roles'], 'name', ({ name }) => name),
    ...roles.flatMap(({ trust, policies, permissionsBoundary: boundary }, at) => {
      const path = ['roles', at, 'policies'];
      const hint = named.length === 0 ? 'add it there' : closest(boundary ?? '', named);
      return [
        ...(boundary === undefined || named.includes(boundary)
          ? []
          : [
              {
                path: ['roles', at, 'permissionsBoundary'],
                message: `${boundary} is not among the managedPolicies; ${hint}`,
              },
            ]),
        ...inDocument(trust, 'trust', ['roles', at, 'trust']),
        ...repeated(policies, path, 'name', ({ name }) => name),
        ...policies.flatMap(({ document }, index) => inDocument(document, 'identity', [...path, index, 'document'])),
      ];
    }),
  ];
}

function inDocument(document: Role['trust'], kind: PolicyKind, path: Path): readonly Misfit[] {
  const written = documentSchema.safeParse(document, { reportInput: true });
  if (!written.success) return misshapen(written.error, documentSchema, path);
  try {
    parsePolicy(document, kind, '');
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return [{ path, message: `${error.message.replace(/^: /, '')}; mend that part or take it out` }];
  }
}

/** A name is of a role of the file. An ARN may be of one that is not there: nobody then knows what it may do. */
export function inRoleNames({ roles, taskDefinitions, functions, instances, clusters }: World): Misfit[] {
  const names = roles.map(({ name }) => name);
  const misfit = (named: string | undefined, path: Path): readonly Misfit[] => {
    if (named === undefined || named.startsWith('arn:') || names.includes(named)) return [];
    const hint = names.length === 0 ? 'add it there, or write its ARN' : closest(named, names);
    return [{ path, message: `${named} is not among the roles; ${hint}` }];
  };
  return [
    ...taskDefinitions.flatMap((definition, at) =>
      (['taskRoleArn', 'executionRoleArn'] as const).flatMap((key) =>
        misfit(definition[key], ['taskDefinitions', at, key]),
      ),
    ),
    ...clusters.flatMap(({ containerInstances }, at) =>
      containerInstances.flatMap(({ role }, index) =>
        misfit(role, ['clusters', at, 'containerInstances', index, 'role']),
      ),
    ),
    ...instances.flatMap(({ role }, at) => misfit(role, ['instances', at, 'role'])),
    ...functions.flatMap(({ role }, at) => misfit(role, ['functions', at, 'role'])),
  ];
}
