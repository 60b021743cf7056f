import type { Clock } from './clock.ts';

/** One data point of now. */
export type Metric = (name: string, value: number) => void;

/** Of every metric of ours. */
export const metricNamespace = 'Firebreak';

/**
 * A line in CloudWatch's embedded metric format on standard output, of which CloudWatch Logs makes a data point: no call that could fail, and
 * no permission but that to log.
 * @param write one line, without its end
 */
export const embeddedMetrics =
  (
    { clock, stage }: { readonly clock: Clock; readonly stage: string },
    write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
  ): Metric =>
  (name, value) => {
    const Metrics = [{ Name: name, Unit: 'Count' }];
    const CloudWatchMetrics = [{ Namespace: metricNamespace, Dimensions: [['Stage']], Metrics }];
    write(
      JSON.stringify({ _aws: { Timestamp: clock.now().getTime(), CloudWatchMetrics }, Stage: stage, [name]: value }),
    );
  };
