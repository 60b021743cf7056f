import * as z from 'zod';
import type { Account } from '../../account.ts';
import { recordMetric } from '../cloudwatch/metrics.ts';

/** What CloudWatch Logs reads of a line in the embedded metric format (CloudWatch user guide, "Specification: Embedded metric format"). */
const embedded = z.looseObject({
  _aws: z.looseObject({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

/** Records the metrics that a line of a log carries. A line that is not as the format says is a line of text, and no more, as on AWS. */
export function recordEmbedded(account: Account, message: string): void {
  if (!message.includes('"_aws"')) return;
  const read = embedded.safeParse(jsonIn(message));
  if (!read.success) return;
  const { _aws, ...members } = read.data;
  const values: Readonly<Record<string, unknown>> = members;
  for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
    for (const { Name } of Metrics) {
      const value = values[Name];
      if (typeof value !== 'number' || Namespace.startsWith('AWS/')) continue;
      for (const names of Dimensions) {
        const given = names.map((name) => [name, values[name]]);
        if (given.every(([, one]) => typeof one === 'string'))
          recordMetric(account, Namespace, Name, Object.fromEntries(given), value, _aws.Timestamp);
      }
    }
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
