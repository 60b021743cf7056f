import type { Json } from '../../../../shared/platform/json.ts';
import type { Resource } from '../definition/resources.ts';
import type { TaskState } from '../definition/types.ts';
import { payloadText } from '../engine/dataFlow.ts';
import { record, whole } from '../engine/history.ts';
import type { Visit } from '../engine/visit.ts';
import type { StateFailure } from '../failure.ts';

/** Seconds; undefined where the state sets none. */
export interface Limits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** The history of one attempt; AWS has other events for a function's own ARN than for a service integration. */
export interface TaskEvents {
  scheduled(args: string, limits: Limits): void;
  started(): void;
  submitted(result: Json): void;
  succeeded(output: string): void;
  failed(failure: StateFailure): void;
  timedOut(failure: StateFailure): void;
}

export const taskEvents = (visit: Visit<TaskState>, resource: Resource): TaskEvents =>
  resource.event ? serviceEvents(visit, resource.event) : lambdaEvents(visit);

const failureDetails = ({ error, detail }: StateFailure): { error?: string; cause?: string } => ({
  ...(error === undefined ? {} : { error }),
  ...(detail === undefined ? {} : { cause: detail }),
});

const timeoutDetails = ({ timeoutSeconds }: Limits): { timeoutInSeconds?: number } =>
  timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds };

function serviceEvents(visit: Visit<TaskState>, named: { resourceType: string; resource: string }): TaskEvents {
  const { line, account } = visit;
  return {
    scheduled: (parameters, limits) =>
      void record(visit, line, 'TaskScheduled', {
        taskScheduledEventDetails: {
          ...named,
          region: account.region,
          parameters,
          ...timeoutDetails(limits),
          ...(limits.heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: limits.heartbeatSeconds }),
        },
      }),
    started: () => void record(visit, line, 'TaskStarted', { taskStartedEventDetails: named }),
    submitted: (result) =>
      void record(visit, line, 'TaskSubmitted', {
        taskSubmittedEventDetails: {
          ...named,
          output: payloadText(visit, result, named.resourceType),
          outputDetails: whole,
        },
      }),
    succeeded: (output) =>
      void record(visit, line, 'TaskSucceeded', {
        taskSucceededEventDetails: { ...named, output, outputDetails: whole },
      }),
    failed: (failure) =>
      void record(visit, line, 'TaskFailed', { taskFailedEventDetails: { ...named, ...failureDetails(failure) } }),
    timedOut: (failure) =>
      void record(visit, line, 'TaskTimedOut', { taskTimedOutEventDetails: { ...named, ...failureDetails(failure) } }),
  };
}

function lambdaEvents(visit: Visit<TaskState>): TaskEvents {
  const { line, state } = visit;
  return {
    scheduled: (input, limits) =>
      void record(visit, line, 'LambdaFunctionScheduled', {
        lambdaFunctionScheduledEventDetails: {
          resource: state.Resource,
          input,
          inputDetails: whole,
          ...timeoutDetails(limits),
        },
      }),
    started: () => void record(visit, line, 'LambdaFunctionStarted'),
    submitted: () => {},
    succeeded: (output) =>
      void record(visit, line, 'LambdaFunctionSucceeded', {
        lambdaFunctionSucceededEventDetails: { output, outputDetails: whole },
      }),
    failed: (failure) =>
      void record(visit, line, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: failureDetails(failure) }),
    timedOut: (failure) =>
      void record(visit, line, 'LambdaFunctionTimedOut', {
        lambdaFunctionTimedOutEventDetails: failureDetails(failure),
      }),
  };
}
