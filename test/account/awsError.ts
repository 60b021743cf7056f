/** An error as the SDK throws it for an answer of AWS. */
export function awsError(name: string, httpStatusCode = 400): Error {
  const $fault = httpStatusCode >= 500 ? 'server' : 'client';
  return Object.assign(new Error(`${name} of the test`), { name, $fault, $metadata: { httpStatusCode } });
}
