import { type Account, AwsError, slice } from '../../account.ts';

export type Dimensions = { readonly [name: string]: string };

interface Sample {
  readonly at: number;
  readonly value: number;
}

/** An alarm may look back over a day at most (EvaluationPeriods × Period). */
export const LONGEST_LOOK_BACK_MS = 86_400_000;

const samplesOf = slice('cloudwatch.metrics', () => new Map<string, Sample[]>());

const keyOf = (namespace: string, name: string, dimensions: Dimensions): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/**
 * The metrics that this account's services feed, by namespace: an alarm on any other of AWS's would stay silent for ever, and
 * is refused. Namespaces of one's own are open.
 */
const FED: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS/SQS', ['ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible']],
  [
    'AWS/States',
    ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'],
  ],
  ['AWS/Lambda', ['Invocations', 'Errors', 'Throttles', 'UrlRequestCount', 'Url4xxCount', 'Url5xxCount']],
]);

/** Throws AwsError InvalidParameterValue for a metric of AWS's that nobody feeds here. */
export function checkFed(namespace: string, name: string): void {
  if (!namespace.startsWith('AWS/') || FED.get(namespace)?.includes(name)) return;
  throw new AwsError('InvalidParameterValue', `Nothing in this account feeds the metric ${namespace} ${name}`);
}

/** Adds one data point, now unless `at` says when. Throws AwsError InvalidParameterValue as `checkFed` does. */
export function recordMetric(
  account: Account,
  namespace: string,
  name: string,
  dimensions: Dimensions,
  value: number,
  at = account.clock.now(),
): void {
  checkFed(namespace, name);
  const samples = samplesOf(account);
  const key = keyOf(namespace, name, dimensions);
  const kept = (samples.get(key) ?? []).filter((sample) => sample.at >= at - LONGEST_LOOK_BACK_MS);
  kept.push({ at, value });
  samples.set(key, kept);
}

export type Statistic = 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'SampleCount';

/**
 * The statistic over the data points from `from` up to but not including `to`: what is recorded on the full minute, before or
 * after its evaluation, belongs to the minute that begins. Undefined when there are none.
 */
export function statisticOf(
  account: Account,
  metric: { readonly namespace: string; readonly metricName: string; readonly dimensions: Dimensions },
  statistic: Statistic,
  from: number,
  to: number,
): number | undefined {
  const samples = samplesOf(account).get(keyOf(metric.namespace, metric.metricName, metric.dimensions)) ?? [];
  const values = samples.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  return {
    Sum: sum,
    Maximum: Math.max(...values),
    Minimum: Math.min(...values),
    Average: sum / values.length,
    SampleCount: values.length,
  }[statistic];
}
