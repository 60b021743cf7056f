import type { Datapoint, GetMetricStatisticsInput, GetMetricStatisticsOutput } from '@aws-sdk/client-cloudwatch';
import { type Account, AwsError, operation } from '../../account.ts';
import { withoutToken } from '../ec2/metadataFigures.ts';
import { type Dimensions, type Statistic, statisticOf } from './metrics.ts';

const STATISTICS: readonly Statistic[] = ['Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount'];
/** "A single call returns at most 1,440 data points" (CloudWatch API, GetMetricStatistics). */
const MOST_POINTS = 1440;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** Times come as seconds since 1970, in JSON and in CBOR. */
type Sent = Omit<GetMetricStatisticsInput, 'StartTime' | 'EndTime'> & {
  readonly StartTime?: number;
  readonly EndTime?: number;
};

interface Asked {
  readonly metric: { readonly namespace: string; readonly metricName: string; readonly dimensions: Dimensions };
  readonly from: number;
  readonly to: number;
  readonly periodMs: number;
  readonly statistics: readonly Statistic[];
}

function asked({
  Namespace,
  MetricName,
  Dimensions = [],
  StartTime,
  EndTime,
  Period = 0,
  Statistics = [],
}: Sent): Asked {
  if (!Namespace || !MetricName)
    throw new AwsError('MissingRequiredParameterException', 'A metric has a namespace and a name.');
  const [from, to] = [StartTime, EndTime].map((time) => (time ?? Number.NaN) * 1000) as [number, number];
  if (!(from < to)) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  if (Period < 60 || Period % 60 !== 0) throw invalid('The parameter Period must be a multiple of 60.');
  if ((to - from) / (Period * 1000) > MOST_POINTS) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      `You have requested up to more than ${MOST_POINTS} data points.`,
    );
  }
  const statistics = STATISTICS.filter((one) => Statistics.includes(one));
  if (statistics.length === 0 || statistics.length < new Set(Statistics).size)
    throw invalid('The parameter Statistics is not known.');
  const dimensions = Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
  return {
    metric: { namespace: Namespace, metricName: MetricName, dimensions },
    from,
    to,
    periodMs: Period * 1000,
    statistics,
  };
}

/** EC2's own figures are made up from what is known of a host; all others were recorded. */
function figure(
  account: Account,
  { metric }: Asked,
  statistic: Statistic,
  from: number,
  to: number,
): number | undefined {
  if (metric.namespace !== 'AWS/EC2') return statisticOf(account, metric, statistic, from, to);
  return statistic === 'Sum' && metric.metricName === 'MetadataNoToken'
    ? withoutToken(account, metric.dimensions['InstanceId'] ?? '', from, to)
    : undefined;
}

/** Data points of one metric, one for each period that has any; in no order, as on AWS. IAM does not scope it. */
export const getMetricStatistics = operation<Sent, GetMetricStatisticsOutput>(
  () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
  (input, { account }) => {
    const wanted = asked(input);
    const { from, to, periodMs, statistics, metric } = wanted;
    const starts = Array.from({ length: Math.ceil((to - from) / periodMs) }, (_, at) => from + at * periodMs);
    const Datapoints = starts.flatMap((start): Datapoint[] => {
      const values = statistics.flatMap((one) => {
        const value = figure(account, wanted, one, start, Math.min(start + periodMs, to));
        return value === undefined ? [] : [[one, value] as const];
      });
      return values.length === 0 ? [] : [{ Timestamp: new Date(start), ...Object.fromEntries(values), Unit: 'Count' }];
    });
    return { Label: metric.metricName, Datapoints };
  },
);
