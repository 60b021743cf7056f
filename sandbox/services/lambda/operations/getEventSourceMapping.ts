import type { EventSourceMappingConfiguration, GetEventSourceMappingRequest } from '@aws-sdk/client-lambda';
import { AwsError, operation } from '../../../account.ts';
import { eventSourceMappings } from '../eventSourceMapping.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';

/** GET /2015-03-31/event-source-mappings/UUID */
export const getEventSourceMapping: LambdaOperation = {
  name: 'GetEventSourceMapping',
  method: 'GET',
  path: /^\/2015-03-31\/event-source-mappings\/(?<UUID>[^/]+)$/,
  input: (path): GetEventSourceMappingRequest => ({ UUID: path['UUID'] }),
  operation: operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration>(
    ({ UUID }, account) => [
      {
        action: 'lambda:GetEventSourceMapping',
        resource: `arn:aws:lambda:${account.region}:${account.id}:event-source-mapping:${UUID}`,
      },
    ],
    ({ UUID }, { account }) => {
      const found = eventSourceMappings(account).find(({ uuid }) => uuid === UUID);
      if (found === undefined) {
        throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
      }
      const { settings, enabled, lastProcessingResult } = found;
      return {
        UUID: found.uuid,
        EventSourceArn: settings.queueArn,
        FunctionArn: arnOf(account, settings.functionName),
        BatchSize: settings.batchSize,
        MaximumBatchingWindowInSeconds: settings.windowSeconds ?? 0,
        State: enabled ? 'Enabled' : 'Disabled',
        StateTransitionReason: 'USER_INITIATED',
        LastProcessingResult: lastProcessingResult,
        FunctionResponseTypes: settings.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
        ...(settings.maximumConcurrency === undefined
          ? {}
          : { ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency } }),
      };
    },
  ),
};
