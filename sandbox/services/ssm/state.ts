import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import { type Account, AwsError, slice } from '../../account.ts';
import { nameIn } from './names.ts';

export interface Version {
  readonly number: number;
  readonly value: string;
  /** Milliseconds since the epoch, virtual. */
  readonly changedAt: number;
  readonly changedBy: string;
  readonly labels: Set<string>;
}

export interface StoredParameter {
  readonly name: string;
  readonly arn: string;
  readonly type: ParameterType;
  readonly dataType: string;
  readonly tier: ParameterTier;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly tags?: { readonly [key: string]: string };
  /** Oldest first; at most 100. */
  readonly versions: Version[];
}

export interface SsmState {
  readonly parameters: Map<string, StoredParameter>;
  /** How often GetParametersByPath answers with an empty page and a token, as AWS says it may; 0 to 1. */
  emptyPageChance: number;
}

export const ssmState = slice('ssm', (): SsmState => ({ parameters: new Map(), emptyPageChance: 0.1 }));

export function latest(parameter: StoredParameter): Version {
  const version = parameter.versions.at(-1);
  if (!version) throw new Error(`parameter ${parameter.name} has no version`);
  return version;
}

/** By name or ARN, without a selector. */
export const existingParameter = (account: Account, nameOrArn: string): StoredParameter | undefined =>
  nameIn(nameOrArn)
    .map((name) => ssmState(account).parameters.get(name))
    .find((parameter) => parameter !== undefined);

/** The same, or throws `ParameterNotFound`, to which AWS gives no message. */
export function parameterByName(account: Account, nameOrArn: string): StoredParameter {
  const found = existingParameter(account, nameOrArn);
  if (!found) throw new AwsError('ParameterNotFound', '');
  return found;
}
