import { type Account, AwsError, slice } from '../account.ts';
import { type Policy, type PolicyDocument, parsePolicy } from './policy.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** AROA…: what a session's user id begins with. */
  readonly id: string;
  readonly trust: Policy;
  readonly policies: readonly Policy[];
  /** How long a session of it may last; a role's default. */
  readonly maxSessionSeconds: number;
  /** Its policies as they were written, to be shown. */
  readonly written: Pick<RoleInput, 'trust' | 'policies'>;
  /** Milliseconds since the epoch, virtual. */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** ARN of the managed policy beyond which it may do nothing, whatever its policies say. */
  readonly boundary?: string;
  /** While a change of its policies is on its way: what it was before, and until when that is in force. */
  readonly still?: { readonly role: Role; readonly until: number };
}

export interface RoleInput {
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
  /** 3600 unless the template says otherwise. */
  readonly maxSessionSeconds?: number;
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const rolesOf = slice('iam.roles', () => new Map<string, Role>());

/** @throws AwsError MalformedPolicyDocument, EntityAlreadyExists */
export function createRole(account: Account, input: RoleInput): Role {
  const { name, arn } = input;
  const roles = rolesOf(account);
  if (roles.has(name)) throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
  const role: Role = {
    name,
    arn,
    id: `AROA${account.random.hex(17).toUpperCase()}`,
    trust: parsePolicy(input.trust, 'trust', `role ${name}, trust policy`),
    policies: input.policies.map((each) => parsePolicy(each.document, 'identity', `role ${name}, policy ${each.name}`)),
    maxSessionSeconds: input.maxSessionSeconds ?? 3600,
    written: { trust: input.trust, policies: input.policies },
    createdAt: account.clock.now(),
    tags: input.tags ?? {},
    ...(input.boundary === undefined ? {} : { boundary: input.boundary }),
  };
  roles.set(name, role);
  return role;
}

/** `arn:aws:iam::ID:role/service/NAME`; a role's name is unique whatever its path. */
export const nameInArn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

export const roleNamed = (account: Account, name: string): Role | undefined => rolesOf(account).get(name);

/**
 * IAM is eventually consistent: "any change takes time to become visible from all possible endpoints" (IAM user guide, "Changes that I
 * make are not always immediately visible"). How long it does not say; people see seconds.
 */
const ON_ITS_WAY_MS = 4000;

/** The role as IAM decides by it and shows it now. */
export const inForce = (account: Account, role: Role): Role =>
  role.still !== undefined && account.clock.now() < role.still.until ? role.still.role : role;

/** A role with other policies, or another boundary: what it may do changes a little later. */
export function replaceRole(account: Account, role: Role): void {
  const known = rolesOf(account).get(role.name);
  const { still: _over, ...changed } = role;
  if (known === undefined) return;
  const { still: _older, ...before } = inForce(account, known);
  rolesOf(account).set(role.name, { ...changed, still: { role: before, until: account.clock.now() + ON_ITS_WAY_MS } });
}

export const allRoles = (account: Account): readonly Role[] => [...rolesOf(account).values()];

export const roleWithArn = (account: Account, arn: string): Role | undefined =>
  allRoles(account).find((role) => role.arn === arn);

export const rolesByName = (account: Account): readonly Role[] =>
  [...rolesOf(account).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** A deleted role's sessions can do nothing more. */
export const deleteRole = (account: Account, name: string): boolean => rolesOf(account).delete(name);
