export { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
