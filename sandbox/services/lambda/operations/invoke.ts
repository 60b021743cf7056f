import type { Json } from '../../../../shared/platform/json.ts';
import { type Account, AwsError, operation, type RestOutput } from '../../../account.ts';
import { tooDeep } from '../../depth.ts';
import { reservedBy, throttled } from '../concurrency.ts';
import { failureBody, invokeFunction } from '../invoke.ts';
import { invokeAsync } from '../invokeAsync.ts';
import type { LambdaOperation } from '../route.ts';
import { arnOf, functionNamed, functionNameOf } from '../state.ts';

interface InvokeInput {
  readonly functionName: string;
  readonly type: string;
  readonly body: Buffer;
}

/** POST /2015-03-31/functions/NAME/invocations: RequestResponse, Event or DryRun. */
export const invoke: LambdaOperation = {
  name: 'Invoke',
  method: 'POST',
  path: /^\/2015-03-31\/functions\/(?<functionName>[^/]+)\/invocations$/,
  input: (path, request): InvokeInput => ({
    functionName: path['functionName'] ?? '',
    type: request.headers['x-amz-invocation-type'] ?? 'RequestResponse',
    body: request.body,
  }),
  operation: operation<InvokeInput, RestOutput>(
    (input, account) => [{ action: 'lambda:InvokeFunction', resource: arnOf(account, input.functionName) }],
    (input, { account }) => run(input, account),
  ),
};

async function run({ functionName, type, body }: InvokeInput, account: Account): Promise<RestOutput> {
  const payload = parse(body);
  // One of the workloads, which is never run, is throttled before that is said.
  const isStopped = reservedBy(account, functionNameOf(functionName)) === 0;
  if (type === 'RequestResponse' && isStopped) throw throttled();
  functionNamed(account, functionName);
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    invokeAsync(account, functionName, payload);
    return { status: 202 };
  }
  const result = await invokeFunction(account, functionName, payload);
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (result.ok) return { headers, body: JSON.stringify(result.payload) };
  return { headers: { ...headers, 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(failureBody(result)) };
}

function parse(body: Buffer): Json {
  if (body.length === 0) return {};
  let payload: Json;
  try {
    payload = JSON.parse(body.toString('utf8')) as Json;
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${cause}`);
  }
  if (!tooDeep(payload)) return payload;
  throw new AwsError(
    'InvalidRequestContentException',
    'Could not parse request body into json: it is nested too deeply',
  );
}
