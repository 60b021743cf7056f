import type { Concurrency, PutFunctionConcurrencyRequest } from '@aws-sdk/client-lambda';
import { AwsError, operation } from '../../../account.ts';
import { reserve } from '../concurrency.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf } from '../state.ts';
import { find } from './getFunction.ts';

function parse(body: Buffer): Partial<PutFunctionConcurrencyRequest> {
  try {
    return { ...JSON.parse(body.toString('utf8')) };
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${cause}`);
  }
}

/**
 * PUT /2017-10-31/functions/NAME/concurrency. What runs goes on; with 0, every later invocation is throttled until somebody deletes it or puts
 * another number.
 */
export const putFunctionConcurrency: LambdaOperation = {
  name: 'PutFunctionConcurrency',
  method: 'PUT',
  path: /^\/2017-10-31\/functions\/(?<FunctionName>[^/]+)\/concurrency$/,
  input: (path, { body }): PutFunctionConcurrencyRequest => ({
    FunctionName: path['FunctionName'],
    ReservedConcurrentExecutions: parse(body).ReservedConcurrentExecutions,
  }),
  operation: operation<PutFunctionConcurrencyRequest, Concurrency>(
    (input, account) => [
      { action: 'lambda:PutFunctionConcurrency', resource: arnOf(account, input.FunctionName ?? '') },
    ],
    ({ FunctionName, ReservedConcurrentExecutions: wanted }, { account }) => {
      const { name } = find(account, { FunctionName });
      reserve(account, name, wanted ?? Number.NaN);
      return { ReservedConcurrentExecutions: wanted };
    },
  ),
};
