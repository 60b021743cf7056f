import type { RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs';
import { type Account, AwsError, slice } from '../../account.ts';

interface Asked {
  /** All that was asked for with it, as JSON text. */
  readonly input: string;
  readonly answer: RunTaskResponse;
}

/** By token. The SDK for JavaScript sends one with every RunTask, and the same one when it tries again. */
const runs = slice('ecs.runTokens', () => new Map<string, Asked>());

/**
 * Runs once for each token: asked again, it answers as it did, and nothing more is started. (RunTaskRequest.clientToken; how long a token is
 * kept is not documented: here, for good.) @throws AwsError ConflictException when something else is asked for with it
 */
export function oncePerToken(account: Account, input: RunTaskRequest, run: () => RunTaskResponse): RunTaskResponse {
  const { clientToken } = input;
  if (clientToken === undefined) return run();
  if (!/^[\x21-\x7e]{1,64}$/.test(clientToken)) {
    throw new AwsError('InvalidParameterException', 'clientToken must be up to 64 ASCII characters from 33 to 126.');
  }
  const known = runs(account).get(clientToken);
  const asked = JSON.stringify(input);
  if (known === undefined) {
    const answer = run();
    runs(account).set(clientToken, { input: asked, answer });
    return answer;
  }
  if (known.input === asked) return known.answer;
  throw new AwsError(
    'ConflictException',
    'The provided clientToken is already in use with a different RunTask request.',
  );
}
