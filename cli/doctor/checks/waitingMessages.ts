import { broken, type Check, ok, warning } from '../check.ts';
import { sortedQueues } from '../deadLetterQueues.ts';
import { bringBack } from '../stack.ts';

/** What lies in a queue has not been handled yet. */
export const waitingMessages: Check = {
  name: 'queues',
  look: async (place) => {
    const { others } = await sortedQueues(place);
    const gone = others.filter(({ is }) => is === undefined).map(({ logicalId }) => logicalId);
    if (gone.length > 0)
      return broken(
        `Gone: ${gone.join(', ')}. What is sent there is lost, or goes to the dead letters.`,
        bringBack(place.stage),
      );
    const full = others.flatMap(({ logicalId, is }) =>
      is !== undefined && is.waiting > 0 ? [`${is.waiting} in ${logicalId}`] : [],
    );
    if (full.length === 0) return ok(`${others.length} queues are empty.`);
    return warning(
      `Messages wait: ${full.join(', ')}.`,
      'Ask again in a minute: if they are still there, see consumers and functions here, and the log group of the function that takes them.',
    );
  },
};
