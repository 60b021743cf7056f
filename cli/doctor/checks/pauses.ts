import { lasting, readPauses } from '../../../shared/incident/pauses.ts';
import { plain } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { type Check, ok, warning } from '../check.ts';

/** While everything is paused, nothing is contained. That is somebody's decision, and easily forgotten. */
export const pauses: Check = {
  name: 'pause',
  look: async ({ stage: { stage, effects } }) => {
    const { table, clock } = effects;
    const all = await asked('dynamodb:GetItem on the incident table', () => readPauses(table));
    const everything = lasting(all, clock.now()).find(({ target }) => target === null);
    if (everything === undefined) return ok('Changes are not paused.');
    const { until, by, reason } = everything;
    return warning(
      `Every change is paused until ${until} by ${plain(by, 100)} (${plain(reason, 200)}).`,
      `End it when you can: firebreak resume --stage ${stage}.`,
    );
  },
};
