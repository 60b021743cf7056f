import { failureOf, mayPass, namedFailure } from '../../account/awsFailure.ts';
import { readsWith } from '../../account/reads.ts';
import { Throttled } from '../../platform/errors.ts';
import type { ActContext } from '../contract.ts';
import { type Membership, readMembership, standsBy } from './reads.ts';

type With = Pick<ActContext, 'aws'>;

/**
 * Standby in its own group: no health check of the group looks at it there, which would find it dead and have it terminated with all that it
 * knows, and its load balancers let go of it. The group starts another in its place: with fewer wanted instead it would be refused wherever
 * no fewer are allowed.
 */
export const standBy = (context: With, instance: string): Promise<string> =>
  moved(context, instance, 'enter', async ({ group }) => {
    const { client, EnterStandbyCommand } = await context.aws.autoScaling();
    const asked = { AutoScalingGroupName: group, InstanceIds: [instance], ShouldDecrementDesiredCapacity: false };
    await client.send(new EnterStandbyCommand(asked));
  });

/** Back into service; a group wants one more then, as AWS has it. */
export const serveAgain = (context: With, instance: string): Promise<string> =>
  moved(context, instance, 'leave', async ({ group }) => {
    const { client, ExitStandbyCommand } = await context.aws.autoScaling();
    await client.send(new ExitStandbyCommand({ AutoScalingGroupName: group, InstanceIds: [instance] }));
  });

/** Asks first, and again where it is refused: a call that was lost may have been made, and a second one is refused. */
async function moved(
  context: With,
  instance: string,
  way: 'enter' | 'leave',
  call: (membership: Membership) => Promise<void>,
): Promise<string> {
  const read = (): Promise<Membership | undefined> => readMembership(readsWith(context.aws), instance);
  const isThere = (one: Membership): boolean => standsBy(one) === (way === 'enter');
  const doing = `Letting ${instance} ${way === 'enter' ? 'stand by' : 'serve again'}`;
  try {
    const before = await read();
    if (before === undefined) return `${instance} is of no Auto Scaling group any more`;
    if (way === 'leave' && before.lifecycle === 'EnteringStandby') throw new Throttled(stillEntering(instance));
    if (!isThere(before)) await call(before);
    return said(instance, way, before.group);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null || mayPass(failure)) throw namedFailure(error, doing);
    const now = await read();
    if (now === undefined || !isThere(now)) throw namedFailure(error, doing);
    return said(instance, way, now.group);
  }
}

/** It can leave only once it is there: a load balancer lets go of it first, for five minutes where nobody has set it otherwise. */
const stillEntering = (instance: string): string =>
  `${instance} is on its way to stand by, and cannot serve before it is there: undo it again in some minutes`;

const said = (instance: string, way: 'enter' | 'leave', group: string): string =>
  way === 'enter' ? `${instance} stands by in ${group}` : `${instance} serves in ${group} again`;
