import { AwsError } from '../../account.ts';

/** How many are asked for, or the usual number. Throws AwsError InvalidParameterException outside 1 to `most`. */
export function limitOf(asked: number | undefined, usual: number, most: number): number {
  if (asked === undefined) return usual;
  if (Number.isInteger(asked) && asked >= 1 && asked <= most) return asked;
  throw new AwsError(
    'InvalidParameterException',
    `Value '${asked}' at 'limit' failed to satisfy constraint: Member must be between 1 and ${most}`,
  );
}

/** Where the page begins that a token names. Throws AwsError InvalidParameterException for any other text. */
export function positionOf(token: string | undefined): number {
  if (token === undefined) return 0;
  if (/^\d{1,9}$/.test(token)) return Number(token);
  throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}
