import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Stage } from './stage.ts';

/** What AWS Config finds of a resource now: a sample event, of the resource with this id. */
export function configFinding({ account }: Stage, sample: string, id: string): JsonObject {
  const event = sampleEvent(sample);
  const now = new Date(account.clock.now()).toISOString();
  const text = JSON.stringify(event)
    .replaceAll(JSON.stringify(event.detail['resourceId']), JSON.stringify(id))
    .replaceAll(String(event['region']), account.region)
    .replace(
      /("(?:resultRecordedTime|orderingTimestamp|configRuleInvokedTime|notificationCreationTime)":)"[^"]*"/g,
      `$1"${now}"`,
    );
  return { ...JSON.parse(text), id: account.random.uuid(), time: `${now.slice(0, 19)}Z` };
}
