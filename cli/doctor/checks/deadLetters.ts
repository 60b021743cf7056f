import { broken, type Check, ok } from '../check.ts';
import { sortedQueues } from '../deadLetterQueues.ts';

/** What could not be handled or delivered is somebody's to look at: nothing takes it from there. */
export const deadLetters: Check = {
  name: 'dead-letters',
  look: async (place) => {
    const { deadLetters: queues } = await sortedQueues(place);
    const full = queues.flatMap(({ logicalId, url, is }) =>
      is !== undefined && is.waiting > 0 ? [{ logicalId, url, waiting: is.waiting }] : [],
    );
    const [first] = full;
    if (first === undefined) return ok(`${queues.length} dead-letter queues are empty.`);
    return broken(
      `Not handled: ${full.map(({ logicalId, waiting }) => `${waiting} in ${logicalId}`).join(', ')}.`,
      `Read why, then redrive (docs/operations.md, Dead letters): aws sqs receive-message --queue-url ${first.url} --message-attribute-names All --region ${place.stage.region}.`,
    );
  },
};
