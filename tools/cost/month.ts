import type { Template } from '../../sandbox/template/deploy.ts';
import { metricNamespace } from '../../shared/platform/metric.ts';
import type { EventKinds } from './eventKinds.ts';
import { containmentMs, type PlayedIncident } from './incidents.ts';
import { type Quantities, quantitiesOf } from './prices.ts';
import { nothing, plus, times, type Usage } from './usage.ts';

/** Of each thousand events that EventBridge's rules let through. */
export const MIX = { repeated: 600, ignored: 250, observed: 140, contained: 10 } as const;
export const VOLUMES = [0, 100, 10_000, 1_000_000] as const;

const HOURS = 730;
/** Lambda keeps so many long polls of 20 s on a queue that is empty. */
const POLLS_AN_HOUR = 5 * (3600 / 20);
/** DynamoDB asks KMS for the table's key at most every five minutes for each caller. */
const KEYS_AN_HOUR = 12;

/** The mean of what the demo contains. Throws when it contains nothing. */
export function meanContainment(played: readonly PlayedIncident[]): Usage {
  const contained = played.filter((one) => containmentMs(one) !== null);
  if (contained.length === 0) throw new Error('The demo contains nothing: there is no mean of it.');
  return times(
    contained.reduce((sum, { usage }) => plus(sum, usage), nothing),
    1 / contained.length,
  );
}

const countOf = ({ Resources }: Template, type: string): number =>
  Object.values(Resources).filter(({ Type }) => Type === type).length;

/** Metrics of ours, each of which an alarm watches; those of AWS's services are free. */
const ownMetrics = ({ Resources }: Template): number =>
  new Set(
    Object.values(Resources)
      .filter(
        ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.['Namespace'] === metricNamespace,
      )
      .map(({ Properties }) => Properties?.['MetricName']),
  ).size;

/** What a month takes before the first event. */
export function standing(
  template: Template,
  idleHour: Usage,
): { readonly usage: Usage; readonly more: Partial<Quantities> } {
  const polls = countOf(template, 'AWS::Lambda::EventSourceMapping') * POLLS_AN_HOUR * HOURS;
  const month = times(idleHour, HOURS);
  return {
    // Rule sets and heads are kept, not added to each hour.
    usage: { ...month, queueRequests: month.queueRequests + polls, tableBytes: 0, bucketBytes: 0 },
    more: {
      alarms: countOf(template, 'AWS::CloudWatch::Alarm'),
      metrics: ownMetrics(template),
      kmsRequests: countOf(template, 'AWS::Lambda::Function') * KEYS_AN_HOUR * HOURS,
    },
  };
}

/** What a month with so many events takes. */
export function monthOf(
  events: number,
  each: EventKinds & { readonly contained: Usage },
  fixed: ReturnType<typeof standing>,
): Quantities {
  const kinds = Object.entries(MIX) as readonly [keyof typeof MIX, number][];
  const usage = kinds.reduce(
    (sum, [kind, share]) => plus(sum, times(each[kind], (events * share) / 1000)),
    fixed.usage,
  );
  return quantitiesOf(usage, fixed.more);
}
