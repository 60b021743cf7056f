import { failureOf, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { ActionFailed, Throttled } from '../../platform/errors.ts';
import type { ActContext } from '../contract.ts';
import { isOpened, readInterfaces } from './reads.ts';
import type { ByInterface } from './types.ts';

type With = Pick<ActContext, 'aws'>;

/** Throws the first of several failures; what may pass (Throttled) comes last: refused once is refused again. */
function throwFirst(errors: readonly unknown[]): void {
  const [first] = errors.toSorted((a, b) => rank(a) - rank(b));
  if (first !== undefined) throw first;
}

const rank = (error: unknown): number => (error instanceof Throttled ? 1 : 0);

/**
 * Puts each interface into its groups, and goes on where one is refused. One that is gone needs nothing. Throws the first failure, once all
 * were tried.
 */
export async function putAll({ aws }: With, groups: ByInterface<readonly string[]>): Promise<void> {
  const { client, ModifyNetworkInterfaceAttributeCommand } = await aws.ec2();
  const errors: unknown[] = [];
  for (const [NetworkInterfaceId, Groups] of Object.entries(groups)) {
    try {
      await client.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [...Groups] }));
    } catch (error) {
      if (failureOf(error)?.name === 'InvalidNetworkInterfaceID.NotFound') continue;
      errors.push(namedFailure(error, `Putting ${NetworkInterfaceId} into ${Groups.join(', ')}`));
    }
  }
  throwFirst(errors);
}

export interface Cut {
  readonly instance: string;
  /** Interface -> its closed group. */
  readonly closed: ByInterface<string>;
  /** Interface -> the group in which nothing is tracked. */
  readonly opening: ByInterface<string>;
  /** Takes every rule out of what is open: the second way to close, which no interface has to be put anywhere for. */
  readonly shut: () => Promise<void>;
}

/** Each interface in its one group. */
export const each = (groups: ByInterface<string>): ByInterface<readonly string[]> =>
  Object.fromEntries(Object.entries(groups).map(([id, group]) => [id, [group]]));

/**
 * Ends the connections of interfaces that are closed already: in a group that lets everything through nothing is tracked, and what is not
 * tracked ends with its rule. Whatever happens on the way, they are closed again before this returns or throws: one way or the other, and
 * where both are refused, the error says that the host is open.
 */
export async function cutConnections(context: With, { instance, closed, opening, shut }: Cut): Promise<void> {
  let failed: unknown;
  try {
    await putAll(context, each(opening));
    const shown = (await readInterfaces(readsWith(context.aws), instance)).filter(({ id }) =>
      Object.hasOwn(closed, id),
    );
    if (!shown.every((one) => isOpened(one, instance)))
      failed = new Throttled(`EC2 does not show ${instance} where its connections end`);
  } catch (error) {
    failed = error;
  }
  try {
    await putAll(context, each(closed));
  } catch (error) {
    await shutOr(instance, shut, error);
  }
  if (failed !== undefined) throw failed;
}

/** The interfaces stay where they are; what they are in lets nothing through any more. Throws what went wrong. */
async function shutOr(instance: string, shut: () => Promise<void>, error: unknown): Promise<never> {
  try {
    await shut();
  } catch (second) {
    const named = namedFailure(second, `Taking the rules out of the group of ${instance}`);
    const why = [error, named].map((one) => (one instanceof Error ? one.message : String(one))).join('; ');
    const text = `${instance} IS OPEN to everything: ${why}. Put its network interfaces into a group without rules now`;
    throw [error, named].some((one) => one instanceof Throttled) ? new Throttled(text) : new ActionFailed(text);
  }
  throw error;
}
