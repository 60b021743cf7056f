import type { Target } from '@aws-sdk/client-ssm';
import { type Account, AwsError } from '../../../account.ts';
import { type ManagedNode, managedNodes } from '../nodes/state.ts';

function testOf({ Key = '', Values = [] }: Target): (node: ManagedNode) => boolean {
  if (Key.toLowerCase() === 'instanceids') return ({ id }) => Values.includes(id);
  if (Key === 'tag-key') return ({ tags }) => Values.some((name) => Object.hasOwn(tags, name));
  if (Key.startsWith('tag:')) {
    const name = Key.slice('tag:'.length);
    return ({ tags }) => Object.hasOwn(tags, name) && Values.includes(tags[name] ?? '');
  }
  throw new AwsError('ValidationException', `This account does not model targets by ${Key}`);
}

/** Managed nodes that meet all criteria, whatever their agent does. Throws AwsError for resource groups. */
export function targeted(account: Account, targets: readonly Target[]): readonly ManagedNode[] {
  const tests = targets.map(testOf);
  return [...managedNodes(account).values()].filter((node) => tests.every((test) => test(node)));
}
