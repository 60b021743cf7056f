import type { Account } from '../../sandbox/account.ts';
import { granted } from '../../sandbox/iam/granted.ts';
import type { Grant } from '../../sandbox/iam/grants.ts';
import { openSandbox } from '../../sandbox/sandbox.ts';
import type { Template } from '../../sandbox/template/deploy.ts';
import { worldSchema } from '../../sandbox/world/schema.ts';
import { nameAnywhere } from './names.ts';

/** What a template grants: to its roles, to who may take them, and by the policies of its queues, topics and functions. */
export async function grantedBy(template: Template, bundles: string): Promise<readonly Grant[]> {
  const sandbox = await openSandbox({ template, bundles }, { world: worldSchema.parse({}) });
  try {
    return granted(sandbox.account).map((grant) => grantAnywhere(grant, sandbox.account));
  } finally {
    await sandbox.close();
  }
}

export function grantAnywhere(grant: Grant, account: Account): Grant {
  const named = (text: string): string => nameAnywhere(text, account);
  const orNull = (text: string | null): string | null => (text === null ? null : named(text));
  return {
    ...grant,
    policy: named(grant.policy),
    principal: orNull(grant.principal),
    resource: orNull(grant.resource),
  };
}

/** One text for one grant. */
export const keyOf = ({ policy, statement, principal, action, resource }: Grant): string =>
  JSON.stringify([policy, statement, principal, action, resource]);
