import { createHash } from 'node:crypto';
import { type Account, AwsError, slice } from '../../account.ts';

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

export interface DeployedStack {
  readonly arn: string;
  /** Milliseconds since the epoch, virtual. */
  readonly createdAt: number;
  readonly resources: readonly StackResource[];
}

const stacks = slice('cloudformation', () => new Map<string, DeployedStack>());

/** The id at the end of an ARN follows from the name: a draw would change what everything after it gets. */
const idOf = (name: string): string =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** Notes what a deployment has made. */
export function addStack(account: Account, name: string, resources: readonly StackResource[]): void {
  const arn = `arn:aws:cloudformation:${account.region}:${account.id}:stack/${name}/${idOf(name)}`;
  stacks(account).set(name, { arn, createdAt: account.clock.now(), resources });
}

/** The ARN of a stack, for IAM; of one that is not there, that of any of its name. */
export const stackArn = (account: Account, nameOrArn = ''): string =>
  find(account, nameOrArn)?.arn ??
  (nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:cloudformation:${account.region}:${account.id}:stack/${nameOrArn}/*`);

const find = (account: Account, nameOrArn: string): DeployedStack | undefined =>
  stacks(account).get(nameOrArn) ?? [...stacks(account).values()].find(({ arn }) => arn === nameOrArn);

/** Throws the error that AWS answers when there is no such stack. */
export function stackNamed(account: Account, nameOrArn = ''): DeployedStack {
  const found = find(account, nameOrArn);
  if (found === undefined) throw new AwsError('ValidationError', `Stack with id ${nameOrArn} does not exist`);
  return found;
}
