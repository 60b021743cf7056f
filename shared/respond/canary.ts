import { canaryKey, isCanary } from '../finding/canary.ts';
import type { Envelope } from '../finding/source.ts';
import { readHead } from '../incident/head.ts';
import { raise } from '../incident/raise.ts';
import type { Metric } from '../platform/metric.ts';
import type { Reported } from './report.ts';
import { type StartEffects, start } from './start.ts';

/**
 * Takes the canary in: protocol 1 and 2 without a finding and without a record, because nothing of it may pile up. A delivery that comes
 * again starts nothing anew.
 */
export async function takeCanary(effects: StartEffects, envelope: Envelope): Promise<void> {
  try {
    await open(effects, envelope);
  } catch (error) {
    // Not thrown: the next one is another try, and a dead letter of a canary would be one more page about the same outage.
    effects.log('The canary could not be taken in; the next one comes in minutes', { error });
  }
}

async function open(effects: StartEffects, { account, region, time }: Envelope): Promise<void> {
  const incident = canaryKey(account, region);
  const known = await readHead(effects.table, incident);
  if (known === undefined || known.lastFindingAt < time) {
    const news = { run: effects.newId(), now: effects.clock.now(), activity: time, unchanged: true };
    await raise(effects.table, incident, news);
  }
  await start(effects, incident);
}

/** Says that the canary has come through. Whether it has not is watched by an alarm, which asks nothing of ours (resources/canary.yml). */
export function noteCanary(metric: Metric, { incident, more, outcome }: Reported): void {
  if (isCanary(incident) && !more && outcome === 'ignored') metric('CanaryReported', 1);
}
