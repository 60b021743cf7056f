import { namedFailure } from '../../account/awsFailure.ts';
import { type Ownership, ownershipBy, unlessItPasses } from '../../account/owner.ts';
import { type Reads, readsWith } from '../../account/reads.ts';
import { ActionFailed } from '../../platform/errors.ts';
import type { ReadContext, Target } from '../contract.ts';

export type FunctionTarget = Target<'function'>;

const shape = /^arn:aws(?:-[a-z]+)*:lambda:([a-z]{2,}(?:-[a-z0-9]+)+):(\d{12}):function:([A-Za-z0-9_-]{1,64})$/;

/**
 * The name of a function, from a checked ARN. A target comes from an event, and a `*` in it would widen the policy to every function:
 * throws ActionFailed for what is no ARN of a function in the target's account and Region.
 */
export function functionNameOf({ arn, account, region }: FunctionTarget): string {
  const [, itsRegion, itsAccount, name] = shape.exec(arn) ?? [];
  if (name !== undefined && itsRegion === region && itsAccount === account) return name;
  throw new ActionFailed('There is no valid account, Region and function, so no permission is given for it', {
    evidence: { arn, account, region },
  });
}

/** Grants on one function, all of its versions. */
export const onFunction = (target: FunctionTarget, ...actions: readonly string[]) => {
  functionNameOf(target);
  return actions.map((action) => ({ action, resource: target.arn }));
};

/** What a function may have at the same time, reserved for it; null where it shares what is unreserved. @throws TargetGone when it is not there */
export async function readReserved(target: FunctionTarget, context: ReadContext): Promise<number | null> {
  const read = readsWith(context.aws);
  try {
    const { client, GetFunctionConcurrencyCommand } = await read.aws.lambda();
    const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: target.arn }), read.call);
    return answer.ReservedConcurrentExecutions ?? null;
  } catch (error) {
    throw namedFailure(error, `Reading the concurrency of ${functionNameOf(target)}`);
  }
}

/** How long one invocation may last, in seconds. @throws TargetGone when it is not there */
export async function readTimeout(target: FunctionTarget, context: ReadContext): Promise<number | null> {
  const read = readsWith(context.aws);
  try {
    const { client, GetFunctionConfigurationCommand } = await read.aws.lambda();
    const answer = await client.send(new GetFunctionConfigurationCommand({ FunctionName: target.arn }), read.call);
    return answer.Timeout ?? null;
  } catch (error) {
    throw namedFailure(error, `Reading the time-out of ${functionNameOf(target)}`);
  }
}

/** Whose it is, and whether it is protected, as its tags say; what cannot be read protects. */
export const tagsOf = ({ aws, call }: Reads, target: FunctionTarget): Promise<Ownership> =>
  ownershipBy(async () => {
    const { client, ListTagsCommand } = await aws.lambda();
    const { Tags = {} } = await client.send(new ListTagsCommand({ Resource: target.arn }), call);
    return Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }));
  });

/** `tagsOf`. @throws Throttled where AWS may tell a little later */
export async function ownershipOf(target: FunctionTarget, { aws }: ReadContext): Promise<Ownership> {
  const own = await tagsOf(readsWith(aws), target);
  return unlessItPasses(own, `Reading function ${functionNameOf(target)}`);
}
