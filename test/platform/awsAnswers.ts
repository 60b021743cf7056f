/** An error as the SDK throws it for an answer of AWS. The message never decides: here it lies. */
export function awsError(name: string, httpStatusCode = 400): Error {
  const $fault = httpStatusCode >= 500 ? 'server' : 'client';
  return Object.assign(new Error('Throttling: Rate exceeded'), { name, $fault, $metadata: { httpStatusCode } });
}

/** What a mocked client answers to a command that a test did not mock. */
export const notMocked = new Error('not mocked');
