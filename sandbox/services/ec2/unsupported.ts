import { AwsError } from '../../account.ts';

/** Refuses by name what is not modelled. Throws AwsError UnsupportedOperation. */
export function refuseOthers(input: object, known: readonly string[]): void {
  const unknown = Object.entries(input).find(([key, value]) => value !== undefined && !known.includes(key));
  if (unknown === undefined) return;
  throw new AwsError('UnsupportedOperation', `The sandbox does not know ${unknown[0]} here.`);
}
