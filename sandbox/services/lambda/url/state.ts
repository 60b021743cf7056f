import { createHash } from 'node:crypto';
import { type Account, AwsError, slice } from '../../../account.ts';
import { functionNamed } from '../state.ts';

/** A function's own address, which needs no key: `AuthType` NONE. */
export interface FunctionUrl {
  /** What its host begins with. */
  readonly id: string;
  readonly functionArn: string;
  /** `http://ID.lambda-url.localhost:PORT/`: browsers lead every name below `localhost` to this machine. */
  readonly url: string;
}

const urlsOf = slice('lambda.urls', () => new Map<string, FunctionUrl>());

const HOST = /^([^.:]+)\.lambda-url\.localhost(?::\d+)?$/i;

/** A host of this form belongs to functions, those that have no URL too. */
export const isUrlHost = (host: string): boolean => HOST.test(host);

/** The URL that a Host header names. */
export const urlOfHost = (account: Account, host: string): FunctionUrl | undefined =>
  urlsOf(account).get((HOST.exec(host)?.[1] ?? '').toLowerCase());

/**
 * Gives a function its URL. The id follows from the function's ARN and not from the account's random numbers: it is the same at every
 * start, so that another system can be told of it once.
 * Throws AwsError ResourceNotFoundException, or ResourceConflictException when it has one.
 */
export function createFunctionUrl(account: Account, nameOrArn: string): FunctionUrl {
  const { arn } = functionNamed(account, nameOrArn).settings;
  const id = createHash('sha256').update(`function URL of ${arn}`).digest('hex').slice(0, 32);
  if (urlsOf(account).has(id)) {
    const why = `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`;
    throw new AwsError('ResourceConflictException', why, 409);
  }
  const made = { id, functionArn: arn, url: `http://${id}.lambda-url.localhost:${new URL(account.endpoint).port}/` };
  urlsOf(account).set(id, made);
  return made;
}
