import { openHeads } from '../../../shared/incident/openHeads.ts';
import { firstOf } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';

/** The sweep sends what is left every five minutes: what is older than two of its rounds does not get out. */
const sentWithinMs = 10 * 60_000;
const mostNamed = 3;

/** Messages that were written and are not known to be sent. */
export const messages: Check = {
  name: 'messages',
  look: async ({ stage: { stage, effects } }) => {
    const now = effects.clock.now().getTime();
    const heads = await asked('dynamodb:Query on the incident table', () => openHeads(effects.table));
    const unsent = heads.flatMap(({ incident, outbox }) =>
      outbox.map(({ at, notBefore = at, tier }) => ({ incident, at: notBefore, tier })),
    );
    const late = unsent.filter(({ at }) => now - Date.parse(at) > sentWithinMs);
    if (late.length === 0)
      return ok(unsent.length === 0 ? 'Every message was sent.' : `${unsent.length} on their way.`);
    const lines = late.map(({ incident, at, tier }) => `${tier} of ${incident}, due ${at}`);
    return broken(
      `Written and not sent: ${firstOf(lines, mostNamed).join('; ')}.`,
      `Read what they say: firebreak incidents show <incident> --stage ${stage}; then see subscriptions, schedules and the log group of the sweep.`,
    );
  },
};
