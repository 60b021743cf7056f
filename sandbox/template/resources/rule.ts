import * as z from 'zod';
import { createRule } from '../../services/eventbridge/rules.ts';
import type { DeployContext } from '../deploy.ts';
import { withoutEffect } from './policyDocument.ts';

const target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() })
    .optional(),
});

const properties = z
  .strictObject({
    Description: withoutEffect,
    EventPattern: z.record(z.string(), z.unknown()).optional(),
    ScheduleExpression: z.string().optional(),
    Targets: z.array(target).max(5).default([]),
  })
  .refine((given) => given.EventPattern !== undefined || given.ScheduleExpression !== undefined, {
    message: 'needs EventPattern or ScheduleExpression, or both',
  });

export const rule = {
  properties,
  create: (given: z.infer<typeof properties>, { account, generatedName }: DeployContext) => {
    const name = generatedName(64);
    const arn = `arn:aws:events:${account.region}:${account.id}:rule/${name}`;
    createRule(account, {
      name,
      arn,
      state: 'ENABLED',
      ...(given.EventPattern === undefined ? {} : { eventPattern: given.EventPattern }),
      ...(given.ScheduleExpression === undefined ? {} : { scheduleExpression: given.ScheduleExpression }),
      targets: given.Targets.map((one) => ({
        id: one.Id,
        arn: one.Arn,
        ...(one.DeadLetterConfig === undefined ? {} : { deadLetterArn: one.DeadLetterConfig.Arn }),
        ...(one.InputTransformer === undefined
          ? {}
          : {
              inputTransformer: {
                inputPathsMap: one.InputTransformer.InputPathsMap,
                inputTemplate: one.InputTransformer.InputTemplate,
              },
            }),
      })),
    });
    return { ref: name, attributes: { Arn: arn } };
  },
};
