import type { Json, JsonObject } from '../../../../shared/platform/json.ts';
import { failureBody, invokeFunction } from '../../lambda/invoke.ts';
import { arnOf } from '../../lambda/state.ts';
import { StateFailure } from '../failure.ts';
import type { Integration, TaskCall } from '../ports.ts';
import { calling } from './calling.ts';
import { sdkMetadata, serviceFailure, textArgument } from './responses.ts';

/** A refused permission comes as the SDK's base class: the Lambda API does not list it. */
const UNMODELLED: ReadonlyMap<string, string> = new Map([['AccessDeniedException', 'AWSLambdaException']]);

/** Resource is the function's own ARN: input and result are the function's. */
export const functionArn: Integration = async (args, call) => invoke(call, call.resource, args);

/** `arn:aws:states:::lambda:invoke`: the function's answer in an envelope. */
export const lambdaInvoke: Integration = async (args, call) => {
  const name = textArgument(args, 'FunctionName');
  if (name === undefined) throw new StateFailure('States.Runtime', 'FunctionName must be a string');
  const payload = (args as JsonObject)['Payload'];
  const answer = await invoke(call, name, payload === undefined ? {} : payload);
  return {
    ExecutedVersion: '$LATEST',
    Payload: answer,
    StatusCode: 200,
    ...sdkMetadata(call.account.random.uuid()),
  };
};

/** @throws StateFailure named by the function's error, or `Lambda.<class>` for a refused call */
async function invoke(call: TaskCall, nameOrArn: string, payload: Json): Promise<Json> {
  try {
    const { account } = call;
    const result = await calling(call, 'lambda:InvokeFunction', arnOf(account, nameOrArn), () =>
      invokeFunction(account, nameOrArn, payload),
    );
    if (result.ok) return result.payload as Json;
    throw new StateFailure(result.errorType, JSON.stringify(failureBody(result)));
  } catch (error) {
    throw serviceFailure(error, 'Lambda', UNMODELLED);
  }
}
