import { InvalidEvent } from '../platform/errors.ts';
import { isRegion } from './envelope.ts';
import { partitionOf } from './partition.ts';
import { type Fields, readOptional, readText } from './read.ts';
import type { Envelope } from './source.ts';

/** Where a resource lies. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export function readAccount(value: unknown, path: string): string {
  const text = readText(value, path);
  if (!/^\d{12}$/.test(text)) throw new InvalidEvent(path, `${path} must be 12 digits`);
  return text;
}

export function readRegion(value: unknown, path: string): string {
  const text = readText(value, path);
  if (!isRegion(text)) throw new InvalidEvent(path, `${path} must be a Region name such as us-east-1`);
  return text;
}

/** The finding's own account and Region: in an administrator's account the envelope names the administrator. */
export const readPlace = (detail: Fields, envelope: Envelope): Place => ({
  account: readOptional(detail, 'detail', 'accountId', readAccount) ?? envelope.account,
  region: readOptional(detail, 'detail', 'region', readRegion) ?? envelope.region,
});

export interface Arn extends Place {
  readonly service: string;
  /** What comes after the account: `task/prod/0f1e…`. */
  readonly name: string;
}

const shape = /^arn:aws(?:-[a-z]+)*:([a-z0-9-]+):([a-z0-9-]+):(\d{12}):(.+)$/;

/** An ARN with account and Region; null for anything else. */
export function arnOf(text: string): Arn | null {
  const [, service, region, account, name] = shape.exec(text) ?? [];
  if (service === undefined || region === undefined || account === undefined || name === undefined) return null;
  return isRegion(region) ? { service, region, account, name } : null;
}

/**
 * What the ARN of a service names, by the groups of `what`. Throws InvalidEvent for another form, and for an ARN of another account or
 * Region than the finding's: looked for there, the resource would seem to be gone.
 */
export function readArn(
  value: unknown,
  path: string,
  { account, region }: Place,
  [service, what]: readonly [service: string, what: RegExp],
): readonly string[] {
  const arn = arnOf(readText(value, path));
  const named = arn === null || arn.service !== service ? null : what.exec(arn.name);
  if (arn === null || named === null) throw new InvalidEvent(path, `${path} must be an ARN of ${service}, in full`);
  if (arn.account !== account || arn.region !== region) {
    throw new InvalidEvent(path, `${path} names ${arn.account} ${arn.region}, the finding ${account} ${region}`);
  }
  return named.slice(1);
}

export const composeArn = (service: string, { account, region }: Place, name: string): string =>
  `arn:${partitionOf(region)}:${service}:${service === 'iam' ? '' : region}:${account}:${name}`;

/** A name that AWS allows. It becomes part of an ARN: a `*` in it would widen a policy. Throws InvalidEvent. */
export function readName(value: unknown, path: string, allowed: RegExp): string {
  const text = readText(value, path);
  if (!allowed.test(text)) throw new InvalidEvent(path, `${path} holds characters that no such name has`);
  return text;
}
