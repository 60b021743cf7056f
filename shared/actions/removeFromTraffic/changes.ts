import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import type { ActContext, Executed, ReadContext, Verified } from '../contract.ts';
import { substepsOf } from '../substeps.ts';
import { observeTask } from './observe.ts';
import { isAt, isRegistered, readHealth } from './reads.ts';
import { chosenShape, type Observed, type Params, type TaskTarget } from './types.ts';

type ChosenTarget = ReturnType<typeof chosenShape.parse>['targets'][number];

const chosenIn = ({ chosen }: ReadContext): readonly ChosenTarget[] => chosenShape.parse(chosen).targets;

/** By group, and of these only what is the task's own as ECS shows it now: an address may have been given to another one since. */
async function ownNow(target: TaskTarget, params: Params, before: Observed, context: ActContext) {
  const { addresses } = await observeTask(target, params, { ...context, before });
  return chosenIn(context).filter(({ name }) => Object.hasOwn(addresses, name));
}

const asked = ({ group, id, port }: ChosenTarget) => ({ TargetGroupArn: group, Targets: [{ Id: id, Port: port }] });

interface Words {
  /** Of the sub-step, and what is being done and was done, before the target's name or after it. */
  readonly call: string;
  readonly doing: (name: string) => string;
  readonly did: string;
}

/** One target by one call: exactly the one that was chosen, and nothing else of its group. Throws TargetGone where the task does not run any more. */
async function inEach(
  target: TaskTarget,
  { call, doing, did }: Words,
  own: readonly ChosenTarget[],
  context: ActContext,
  change: (one: ChosenTarget) => Promise<unknown>,
): Promise<Executed> {
  const steps = substepsOf(context);
  for (const one of own) {
    const { name } = one;
    await steps.attempt({ name: `${call} ${name}`, doing: doing(name), did: `${name} ${did}` }, async () => {
      await change(one);
      return null;
    });
  }
  return { kind: 'done', did: `${target.id}: ${steps.finish()}` };
}

export async function takeOut(
  target: TaskTarget,
  params: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const read = readsWith(context.aws);
  const { client, DeregisterTargetsCommand } = await read.aws.elasticLoadBalancing();
  const words = { call: 'deregister', doing: (name: string) => `Taking ${name} out`, did: 'taken out' };
  return inEach(target, words, await ownNow(target, params, before, context), context, (one) =>
    client.send(new DeregisterTargetsCommand(asked(one)), read.call),
  );
}

/** Throws TargetGone where the task does not run any more: its address may be another's by now. */
export async function putBack(
  target: TaskTarget,
  params: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const read = readsWith(context.aws);
  const { client, RegisterTargetsCommand } = await read.aws.elasticLoadBalancing();
  const words = { call: 'register', doing: (name: string) => `Registering ${name}`, did: 'registered again' };
  return inEach(target, words, await ownNow(target, params, before, context), context, (one) =>
    client.send(new RegisterTargetsCommand(asked(one)), read.call),
  );
}

interface Seen extends ChosenTarget {
  readonly health: TargetHealthDescription | undefined;
}

const isIn = ({ health }: Seen): boolean => health !== undefined && isRegistered(health);

/** Each target is asked for by its name: that it is not registered is an answer of its own (`unused`), and no gap in a list. */
async function readChosen(target: TaskTarget, context: ReadContext): Promise<readonly Seen[]> {
  const read = readsWith(context.aws);
  try {
    const seen: Seen[] = [];
    for (const one of chosenIn(context)) {
      const answers = await readHealth(read, one.group, [one]);
      seen.push({ ...one, health: answers.find((each) => isAt(each, one)) });
    }
    return seen;
  } catch (error) {
    throw namedFailure(error, `Reading the targets of ${target.id} back`);
  }
}

const listed = (some: readonly Seen[], { drainSeconds = {} }: Partial<Observed> = {}): string =>
  some
    .map(({ name, health }) => {
      const state = health?.TargetHealth?.State ?? 'unknown';
      const seconds = drainSeconds[name.split(' ')[0] ?? ''];
      const until =
        seconds === undefined ? '' : `, for ${seconds} s at the most, until the requests that it has are answered`;
      return state === 'draining' ? `${name} is draining${until}` : `${name} is ${state}`;
    })
    .join('; ');

/** Holds when no target of it gets new requests. One that its service, or somebody, has registered again gets them. */
export async function verifyOut(
  target: TaskTarget,
  _params: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const seen = await readChosen(target, context);
  const back = seen.filter(isIn);
  if (back.length > 0) {
    const why = 'its service, or somebody, has registered it again';
    return { state: 'broken', seen: `${target.id} gets requests: ${listed(back)}; ${why}`, absence: false };
  }
  return { state: 'holds', seen: `${target.id} gets no new requests: ${listed(seen, before)}`, absence: false };
}

/** Holds when every target is registered again and was looked at. Throws TargetGone where the task does not run any more. */
export async function verifyBack(
  target: TaskTarget,
  params: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const { addresses } = await observeTask(target, params, { ...context, before });
  const seen = await readChosen(target, context);
  const gone = seen.filter(({ name }) => !Object.hasOwn(addresses, name));
  const its = seen.filter(({ name }) => Object.hasOwn(addresses, name));
  const state = its.some((one) => !isIn(one))
    ? 'broken'
    : its.some(({ health }) => health?.TargetHealth?.State === 'initial')
      ? 'pending'
      : 'holds';
  const lost =
    gone.length === 0 ? '' : `; its service does not have ${gone.map(({ name }) => name).join(', ')} any more`;
  return {
    state,
    seen: `${target.id}: ${listed(its)}${lost}`,
    absence: false,
    ...(gone.length === 0 ? {} : { partlyGone: true }),
  };
}
