import { type Account, AwsError, type Principal } from '../../../account.ts';
import type { Answer } from '../../../door/protocols/protocol.ts';
import { hostOf, type SentRequest } from '../../../door/sent.ts';
import { authorise } from '../../../iam/authorise.ts';
import { recordMetric } from '../../cloudwatch/metrics.ts';
import { invokeFunction } from '../invoke.ts';
import { urlEvent } from './event.ts';
import { urlAnswer } from './response.ts';
import { type FunctionUrl, urlOfHost } from './state.ts';

/** Request and response of a synchronous invocation, each (Lambda quotas). */
const LARGEST_PAYLOAD = 6 * 1024 * 1024;

/**
 * Both are needed since October 2025, and each is asked with both keys (Lambda developer guide, "Control access to Lambda function
 * URLs"): a policy that lets anybody in must say that it is through the URL.
 */
const NEEDED = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];
const THROUGH_URL = { 'lambda:FunctionUrlAuthType': 'NONE', 'lambda:InvokedViaFunctionUrl': 'true' };

const ANYBODY = { kind: 'anonymous', arn: 'anonymous' } as const satisfies Principal;

/**
 * Hands a request to the function whose URL its Host header names, and answers as Lambda does; never with an error. In a program,
 * no socket is needed for it.
 */
export async function askFunctionUrl(account: Account, sent: SentRequest): Promise<Answer> {
  const requestId = account.random.uuid();
  const url = urlOfHost(account, hostOf(sent));
  const answer = url !== undefined && allowed(account, url) ? await invoked(account, url, sent, requestId) : forbidden;
  if (url !== undefined) measure(account, url, answer.status);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-requestid': requestId } };
}

/** What Lambda counts of a URL (Lambda developer guide, "Monitoring Lambda function URLs"); its latency nobody asks for here. */
function measure(account: Account, { functionArn }: FunctionUrl, status: number): void {
  const dimensions = { FunctionName: functionArn.split(':')[6] ?? '' };
  const kind = status >= 500 ? ['Url5xxCount'] : status >= 400 ? ['Url4xxCount'] : [];
  for (const name of ['UrlRequestCount', ...kind]) recordMetric(account, 'AWS/Lambda', name, dimensions, 1);
}

async function invoked(account: Account, url: FunctionUrl, sent: SentRequest, requestId: string): Promise<Answer> {
  const event = urlEvent(account, url, sent, requestId);
  if (Buffer.byteLength(JSON.stringify(event)) > LARGEST_PAYLOAD) return tooLarge;
  try {
    const result = await invokeFunction(account, url.functionArn, event, requestId);
    if (!result.ok || Buffer.byteLength(JSON.stringify(result.payload) ?? '') > LARGEST_PAYLOAD) return failed;
    return urlAnswer(result.payload) ?? failed;
  } catch (error) {
    if (error instanceof AwsError) return inJson(error.status, { message: error.message });
    throw error;
  }
}

function allowed(account: Account, { functionArn }: FunctionUrl): boolean {
  const enter = (result: string): void => {
    account.trail.push({
      at: account.clock.now(),
      principal: ANYBODY.arn,
      action: 'lambda:InvokeFunctionUrl',
      resource: functionArn,
      result,
    });
  };
  try {
    authorise(
      account,
      ANYBODY,
      NEEDED.map((action) => ({ action, resource: functionArn, context: THROUGH_URL })),
    );
    enter('ok');
    return true;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    enter(error.code);
    return false;
  }
}

const inJson = (status: number, said: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(said),
});

/** For a host that belongs to no function, too. */
const forbidden = inJson(403, {
  Message:
    'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
});
const tooLarge = inJson(413, {
  Message: `Request must be smaller than ${LARGEST_PAYLOAD} bytes for the InvokeFunction operation`,
});
const failed = inJson(502, { message: 'Internal Server Error' });
