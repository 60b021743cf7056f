import * as z from 'zod';
import type { JsonObject } from '../../../shared/platform/json.ts';
import { AwsError } from '../../account.ts';
import { attachResourcePolicy } from '../../iam/resourcePolicies.ts';
import { createEventSourceMapping } from '../../services/lambda/eventSourceMapping.ts';
import { createFunction } from '../../services/lambda/functions.ts';
import { arnOf, functionNameOf } from '../../services/lambda/state.ts';
import { createFunctionUrl } from '../../services/lambda/url/state.ts';
import { createLogGroup } from '../../services/logs/groups.ts';
import type { DeployContext } from '../deploy.ts';
import { withoutEffect } from './policyDocument.ts';

const functionProperties = z.strictObject({
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.literal('nodejs24.x'),
  FunctionName: z.string().max(64),
  MemorySize: z.number(),
  Timeout: z.number().max(900),
  Architectures: withoutEffect,
  Description: withoutEffect,
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
  ReservedConcurrentExecutions: z.number().optional(),
  Role: z.string(),
});

export const lambdaFunction = {
  properties: functionProperties,
  create: (given: z.infer<typeof functionProperties>, { account, codeFolder }: DeployContext) => {
    const arn = arnOf(account, given.FunctionName);
    createFunction(account, {
      name: given.FunctionName,
      arn,
      codeDir: codeFolder(given.Code.S3Key),
      handler: given.Handler,
      timeoutSeconds: given.Timeout,
      memoryMb: given.MemorySize,
      environment: given.Environment.Variables,
      roleName: given.Role.slice(given.Role.lastIndexOf('/') + 1),
      ...(given.ReservedConcurrentExecutions === undefined
        ? {}
        : { reservedConcurrency: given.ReservedConcurrentExecutions }),
    });
    return { ref: given.FunctionName, attributes: { Arn: arn } };
  },
};

const principal = z.union([z.literal('*'), z.string().regex(/^[a-z0-9.-]+\.amazonaws\.com$/)]);

const permissionProperties = z.strictObject({
  FunctionName: z.string(),
  Action: z.enum(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl']),
  Principal: principal,
  SourceArn: z.string().optional(),
  FunctionUrlAuthType: z.literal('NONE').optional(),
  InvokedViaFunctionUrl: z.boolean().optional(),
});

export const lambdaPermission = {
  properties: permissionProperties,
  create: (given: z.infer<typeof permissionProperties>, { account, logicalId }: DeployContext) => {
    const functionArn = arnOf(account, given.FunctionName);
    attachResourcePolicy(account, functionArn, {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: logicalId,
          Effect: 'Allow',
          Principal: given.Principal === '*' ? '*' : { Service: given.Principal },
          Action: given.Action,
          Resource: functionArn,
          Condition: permissionCondition(given),
        },
      ],
    });
    return { ref: logicalId, attributes: {} };
  },
};

/** Nobody is let in without a condition: a service for one source, anybody through the function's URL. */
function permissionCondition(given: z.infer<typeof permissionProperties>): JsonObject {
  const { Action, Principal, SourceArn, FunctionUrlAuthType, InvokedViaFunctionUrl } = given;
  const refuse = (why: string): never => {
    throw new AwsError('InvalidParameterValueException', why);
  };
  if (FunctionUrlAuthType !== undefined && Action !== 'lambda:InvokeFunctionUrl')
    refuse('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  if (FunctionUrlAuthType === undefined && Action === 'lambda:InvokeFunctionUrl')
    refuse('lambda:InvokeFunctionUrl action requires FunctionUrlAuthType');
  if (InvokedViaFunctionUrl !== undefined && Action !== 'lambda:InvokeFunction')
    refuse('InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action');
  if (Principal !== '*' && SourceArn === undefined) refuse(`the sandbox lets ${Principal} in for a SourceArn only`);
  if (Principal === '*' && FunctionUrlAuthType === undefined && InvokedViaFunctionUrl !== true)
    refuse('the sandbox lets everybody in through a function URL only');
  return {
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(FunctionUrlAuthType === undefined
      ? {}
      : { StringEquals: { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } }),
    ...(InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) } }),
  };
}

const urlProperties = z.strictObject({
  TargetFunctionArn: z.string(),
  // With AWS_IAM every request is signed, which no browser does: not known here.
  AuthType: z.literal('NONE'),
  InvokeMode: z.literal('BUFFERED').default('BUFFERED'),
});

export const functionUrl = {
  properties: urlProperties,
  create: ({ TargetFunctionArn }: z.infer<typeof urlProperties>, { account }: DeployContext) => {
    const { functionArn, url } = createFunctionUrl(account, TargetFunctionArn);
    return { ref: functionArn, attributes: { FunctionArn: functionArn, FunctionUrl: url } };
  },
};

const mappingProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().int().min(1).max(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number().int().min(2) }).optional(),
});

export const eventSourceMapping = {
  properties: mappingProperties,
  create: (given: z.infer<typeof mappingProperties>, { account }: DeployContext) => {
    const { uuid } = createEventSourceMapping(account, {
      queueArn: given.EventSourceArn,
      functionName: functionNameOf(given.FunctionName),
      batchSize: given.BatchSize,
      reportBatchItemFailures: given.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      ...(given.ScalingConfig === undefined ? {} : { maximumConcurrency: given.ScalingConfig.MaximumConcurrency }),
    });
    return { ref: uuid, attributes: { Id: uuid } };
  },
};

const logGroupProperties = z.strictObject({ LogGroupName: z.string(), RetentionInDays: z.number() });

export const logGroup = {
  properties: logGroupProperties,
  create: (given: z.infer<typeof logGroupProperties>, { account }: DeployContext) => {
    const { arn } = createLogGroup(account, { name: given.LogGroupName, retentionDays: given.RetentionInDays });
    return { ref: given.LogGroupName, attributes: { Arn: `${arn}:*` } };
  },
};
