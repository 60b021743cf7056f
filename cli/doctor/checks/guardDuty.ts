import { broken, type Check, ok } from '../check.ts';
import { enable } from '../detector.ts';

/** Without GuardDuty no threat is ever heard of. */
export const guardDuty: Check = {
  name: 'guardduty',
  look: async ({ stage: { region }, detector }) => {
    const found = await detector();
    if (found === undefined) return broken(`GuardDuty has no detector in ${region}.`, enable(region));
    const { id, enabled } = found;
    if (enabled) return ok(`Detector ${id} is enabled.`);
    return broken(
      `Detector ${id} is suspended: it finds nothing.`,
      `Resume it: aws guardduty update-detector --detector-id ${id} --enable --region ${region}.`,
    );
  },
};
