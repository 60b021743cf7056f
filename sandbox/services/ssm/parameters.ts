import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';
import { type Account, AwsError } from '../../account.ts';
import { tellChange } from './changeEvent.ts';
import { arnOf, checkName, nameIn } from './names.ts';
import { existingParameter, latest, type StoredParameter, ssmState } from './state.ts';
import { checkValue, tierFor } from './values.ts';

/** How many versions are kept. */
const MOST_VERSIONS = 100;

export interface ParameterSettings {
  readonly name: string;
  readonly value: string;
  /** Default: as it is, for a new one String. */
  readonly type?: ParameterType | undefined;
  readonly tier?: ParameterTier | undefined;
  readonly dataType?: string | undefined;
  readonly description?: string | undefined;
  readonly allowedPattern?: string | undefined;
  /** Of a new one. */
  readonly tags?: StoredParameter['tags'];
  /** ARN of who did it; the account's root unless told. */
  readonly changedBy?: string;
}

/**
 * Creates a parameter or writes its next version, and tells EventBridge: what PutParameter, the template loader and an
 * admin's edit come down to. Throws AwsError as PutParameter does; nothing is changed then.
 */
export function putParameter(
  account: Account,
  settings: ParameterSettings,
): { readonly version: number; readonly tier: ParameterTier } {
  const existing = existingParameter(account, settings.name);
  const name = existing?.name ?? nameIn(settings.name)[0] ?? '';
  if (!existing) checkName(name);
  const tier = tierFor(settings.value, settings.tier ?? existing?.tier ?? 'Standard', existing?.tier);
  const dataType = settings.dataType ?? existing?.dataType ?? 'text';
  const type = settings.type ?? existing?.type ?? 'String';
  checkValue(settings.value, tier, dataType, settings.allowedPattern);
  if (existing) makeRoom(existing);
  const description = settings.description ?? existing?.description;
  const tags = existing?.tags ?? settings.tags;
  const number = existing ? latest(existing).number + 1 : 1;
  const version = {
    number,
    value: settings.value,
    changedAt: account.clock.now(),
    changedBy: settings.changedBy ?? `arn:aws:iam::${account.id}:root`,
    labels: new Set<string>(),
  };
  const parameter: StoredParameter = {
    name,
    arn: arnOf(account, name),
    type,
    dataType,
    tier,
    ...(description === undefined ? {} : { description }),
    ...(settings.allowedPattern === undefined ? {} : { allowedPattern: settings.allowedPattern }),
    ...(tags === undefined ? {} : { tags }),
    versions: [...(existing?.versions ?? []), version],
  };
  ssmState(account).parameters.set(name, parameter);
  tellChange(account, parameter, existing ? 'Update' : 'Create');
  return { version: number, tier };
}

/** The oldest version goes when there are 100, unless a label holds it. */
function makeRoom({ name, versions }: StoredParameter): void {
  const [oldest] = versions;
  if (!oldest || versions.length < MOST_VERSIONS) return;
  if (oldest.labels.size > 0) {
    throw new AwsError(
      'ParameterMaxVersionLimitExceeded',
      `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. ` +
        `Version ${oldest.number}, the oldest version, can't be deleted because it has a label associated with it.`,
    );
  }
  versions.shift();
}
