import { broken, type Check, ok } from '../check.ts';
import { bringBack } from '../stack.ts';

/** What events and the clock come in by. */
export const eventRules: Check = {
  name: 'event-rules',
  look: async ({ stage, eventRules: read }) => {
    const rules = await read();
    const gone = rules.filter(({ enabled }) => enabled === undefined);
    const off = rules.filter(({ enabled }) => enabled === false);
    const aimless = rules.filter(({ enabled, targets }) => enabled === true && targets.length === 0);
    const names = (some: typeof rules): string => some.map(({ logicalId }) => logicalId).join(', ');
    const [firstOff] = off;
    if (firstOff !== undefined)
      return broken(
        `Disabled: ${names(off)}. What they let in is not heard of, and what they run does not run.`,
        `Enable each: aws events enable-rule --name ${firstOff.name} --region ${stage.region}.`,
      );
    if (gone.length > 0) return broken(`Gone: ${names(gone)}.`, bringBack(stage));
    if (aimless.length > 0) return broken(`Without a target: ${names(aimless)}.`, bringBack(stage));
    return ok(`${rules.length} rules of EventBridge are enabled.`);
  },
};
