import { readsWith } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';
import { readWholeDefinition } from '../../account/wholeDefinition.ts';
import type { ReadContext } from '../contract.ts';
import { type Deployed, readDeployed } from '../targets/deployedService.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { asKnownTo, differsInFixesAlone, hardeningOf, mended, sameHardening } from './hardening.ts';
import { type Before, chosenShape, type Params, putBy } from './types.ts';

/**
 * What has become of a service that was pointed at a copy. Throws TargetGone, Throttled or ActionFailed.
 * @param back ARN of the revision that it goes back to
 */
export function readNow(
  target: ServiceTarget,
  given: Params,
  before: Before,
  context: ReadContext,
  back: string = before.definition,
): Promise<Deployed> {
  return readDeployed(target, context, {
    isOwn: (task, service) => task.taskDefinition === service.taskDefinition,
    onWhat: ({ taskDefinition }, others) => `on ${shortArn(taskDefinition)}, ${others} on another revision`,
    isBack: ({ taskDefinition }) => taskDefinition === back,
    notOurs: async (_read, { taskDefinition }) =>
      (await isCopy(taskDefinition)) ? null : 'that is no copy that Firebreak registered',
  });

  /** The revision is asked for itself: that it was registered with what is mended says nothing of what is deployed. */
  async function isCopy(deployed: string): Promise<boolean> {
    const read = readsWith(context.aws);
    const now = (await readWholeDefinition(read, deployed)).definition;
    const was = (await readWholeDefinition(read, before.definition)).definition;
    const chosen = chosenShape.parse(context.chosen);
    const put = putBy(given, chosen);
    const to = mended(before.hardening, chosen.fixes, put);
    return (
      differsInFixesAlone(was, now, put.references) && sameHardening(asKnownTo(before.hardening, hardeningOf(now)), to)
    );
  }
}
