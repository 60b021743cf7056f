import * as z from 'zod';
import { createAlarm } from '../../services/cloudwatch/alarms.ts';
import type { DeployContext } from '../deploy.ts';
import { withoutEffect } from './policyDocument.ts';

const properties = z.strictObject({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })),
  Statistic: z.enum(['Sum', 'Maximum']),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  ComparisonOperator: z.enum(['GreaterThanThreshold', 'LessThanThreshold']),
  TreatMissingData: z.enum(['notBreaching', 'breaching']),
  AlarmActions: z.array(z.string()).default([]),
  OKActions: withoutEffect,
});

export const alarm = {
  properties,
  create: (given: z.infer<typeof properties>, { account }: DeployContext) => {
    const arn = `arn:aws:cloudwatch:${account.region}:${account.id}:alarm:${given.AlarmName}`;
    createAlarm(account, {
      name: given.AlarmName,
      arn,
      description: given.AlarmDescription,
      namespace: given.Namespace,
      metricName: given.MetricName,
      dimensions: Object.fromEntries(given.Dimensions.map((one) => [one.Name, one.Value])),
      statistic: given.Statistic,
      periodSeconds: given.Period,
      evaluationPeriods: given.EvaluationPeriods,
      threshold: given.Threshold,
      comparisonOperator: given.ComparisonOperator,
      treatMissingData: given.TreatMissingData,
      alarmActions: given.AlarmActions,
    });
    return { ref: given.AlarmName, attributes: { Arn: arn } };
  },
};
