import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/**
 * A sample of GuardDuty as it would come in now, in the account's Region.
 * @param named what the sample names, and what stands in its place, as text of JSON
 * @param id of the finding; the sample's own where none is given
 */
export function threatNow(
  { account }: Pick<Stage, 'account'>,
  sample: string,
  named: { readonly [inSample: string]: string },
  id?: string,
): JsonObject {
  const event = sampleEvent(sample);
  const now = new Date(account.clock.now()).toISOString();
  const own = String(event.detail['id']);
  const all = Object.entries({ [String(event['region'])]: account.region, ...named, [own]: id ?? own });
  const text = all
    .reduce((so, [inSample, here]) => so.replaceAll(inSample, () => here), JSON.stringify(event))
    .replace(/("(?:eventFirstSeen|eventLastSeen|createdAt|updatedAt)":)"[^"]*"/g, `$1"${now}"`);
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
