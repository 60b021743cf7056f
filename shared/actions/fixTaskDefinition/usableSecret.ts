import type { DescribeSecretResponse, SecretVersionsListEntry } from '@aws-sdk/client-secrets-manager';
import { failureOf } from '../../account/awsFailure.ts';
import { everyPage, type Reads } from '../../account/reads.ts';
import { shortArn } from '../../account/sightings.ts';
import { type SecretPart, secretPart } from './references.ts';

/** For whom a secret is to be used, and where. */
export interface User {
  readonly account: string;
  readonly region: string;
  /** ARN of the execution role, which reads it as a task starts. */
  readonly executionRole: string | undefined;
  /** When the revision was registered in which the value stands in plain text. */
  readonly registeredAt: Date | undefined;
}

/**
 * Why a secret cannot take the place of a value in plain text, one clause; null where it can. Its value is not read: no role of Firebreak may. What
 * is known of it is when its version was made, and that is what must be later than the leak.
 * @throws the SDK's own error where something could not be read that may be there
 */
export async function againstSecret(read: Reads, valueFrom: string, user: User): Promise<string | null> {
  const part = secretPart(valueFrom);
  if (part === undefined) return 'its secret is no secret of Secrets Manager';
  const name = nameOf(part.arn);
  if (part.account !== user.account || part.region !== user.region) {
    return `secret ${name} is in ${part.account} ${part.region}, and the service is not: ECS would not find it`;
  }
  if (user.executionRole === undefined)
    return `it has no execution role, which would read secret ${name} as a task starts`;
  const found = await attempted(() => describe(read, part.arn));
  if (typeof found === 'string') return `secret ${name} ${found}`;
  if (found.DeletedDate !== undefined) return `secret ${name} is to be deleted`;
  const versions = await attempted(() => versionsOf(read, part.arn));
  if (typeof versions === 'string') return `secret ${name}: its versions cannot be listed: it ${versions}`;
  const old = againstVersion(part, versions, user);
  if (old !== null) return `secret ${name} ${old}`;
  return againstRole(read, part, found, user.executionRole);
}

const nameOf = (arn: string): string => arn.slice(arn.indexOf(':secret:') + ':secret:'.length);

/** What a call answered; what is not there, or may not be asked for, in words. */
async function attempted<T>(call: () => Promise<T>): Promise<T | string> {
  try {
    return await call();
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === 'gone') return 'is not there';
    if (kind === 'denied') return 'may not be looked at by Firebreak';
    throw error;
  }
}

async function describe(read: Reads, SecretId: string): Promise<DescribeSecretResponse> {
  const { client, DescribeSecretCommand } = await read.aws.secretsManager();
  return client.send(new DescribeSecretCommand({ SecretId }), read.call);
}

/**
 * Its versions with a label. DescribeSecret has no date of a version: its LastChangedDate is that of any change, a tag's too (Secrets Manager API
 * reference, "DescribeSecret", "ListSecretVersionIds").
 */
async function versionsOf(read: Reads, SecretId: string): Promise<readonly SecretVersionsListEntry[]> {
  const { client, ListSecretVersionIdsCommand } = await read.aws.secretsManager();
  const pages = await everyPage(
    (NextToken) => client.send(new ListSecretVersionIdsCommand({ SecretId, NextToken }), read.call),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Versions ?? []);
}

function againstVersion(
  { version, stage }: SecretPart,
  versions: readonly SecretVersionsListEntry[],
  { registeredAt }: User,
): string | null {
  const found = versions.find(({ VersionId, VersionStages = [] }) =>
    version === '' ? VersionStages.includes(stage) : VersionId === version,
  );
  if (found === undefined) return `has no version ${version === '' ? stage : version}`;
  const { CreatedDate: made } = found;
  if (made !== undefined && registeredAt !== undefined && made > registeredAt) return null;
  const [since, leaked] = [made, registeredAt].map((at) => at?.toISOString() ?? 'nobody knows when');
  return `has had its value since ${since}, and the revision was registered ${leaked}: it may be the value that is leaked, so that a new one belongs in there first`;
}

/** A key that a secret names by its id is one of its own account and Region; null for an alias, which may stand for another key tomorrow. */
function keyArn({ KmsKeyId: key = '' }: DescribeSecretResponse, { arn }: SecretPart): string | null {
  if (key.includes(':key/')) return key;
  if (key.includes('alias/')) return null;
  const [, partition, , region, account] = arn.split(':');
  return `arn:${partition}:kms:${region}:${account}:key/${key}`;
}

/** Whether the policies of the role let it read the secret, and decrypt it where the key is no key of AWS's own. */
async function againstRole(
  read: Reads,
  part: SecretPart,
  secret: DescribeSecretResponse,
  role: string,
): Promise<string | null> {
  const name = nameOf(part.arn);
  const may = async (what: string, action: string, resource: string, context: Context): Promise<string | null> => {
    const decided = await attempted(() => simulated(read, role, action, resource, context));
    if (typeof decided === 'string')
      return `execution role ${shortArn(role)} ${decided}, so that nobody knows whether it may ${what} secret ${name}`;
    if (decided.allowed) return null;
    // IAM names what any of the policies depends on, whether or not it is about this.
    const unless =
      decided.unknown.length === 0
        ? ''
        : `, unless what it says of ${decided.unknown.join(', ')} lets it, which nobody can know before it is called`;
    return `execution role ${shortArn(role)} may not ${what} secret ${name}: add ${action} on ${resource} to it${unless}`;
  };
  const tags = (secret.Tags ?? []).flatMap(({ Key = '', Value = '' }) =>
    ['aws', 'secretsmanager'].map((service): [string, string] => [`${service}:ResourceTag/${Key}`, Value]),
  );
  const reads = await may('read', 'secretsmanager:GetSecretValue', part.arn, [
    ['secretsmanager:SecretId', part.arn],
    ...tags,
  ]);
  if (reads !== null) return reads;
  // Left out where it is aws/secretsmanager, which whoever may read the secret may use (Secrets Manager User Guide, "Secret encryption").
  if (secret.KmsKeyId === undefined) return null;
  const key = keyArn(secret, part);
  if (key === null)
    return `secret ${name} names its key by an alias (${secret.KmsKeyId}): nobody knows whether execution role ${shortArn(role)} may decrypt with it`;
  // What Secrets Manager tells the key when it has a value decrypted (Secrets Manager User Guide, "Encryption context").
  return may('decrypt', 'kms:Decrypt', key, [
    ['kms:ViaService', `secretsmanager.${part.region}.amazonaws.com`],
    ['kms:EncryptionContext:SecretARN', part.arn],
  ]);
}

/** Condition keys with their values. */
type Context = readonly (readonly [key: string, value: string])[];

/**
 * What IAM says of the role's own policies and its boundary; and on what else their conditions depend, which is not known here: values of
 * condition keys are given with the question (IAM API reference, "SimulatePrincipalPolicy").
 */
async function simulated(read: Reads, role: string, action: string, resource: string, context: Context) {
  const { client, SimulatePrincipalPolicyCommand } = await read.aws.iam();
  const { EvaluationResults: results = [] } = await client.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: role,
      ActionNames: [action],
      ResourceArns: [resource],
      ContextEntries: context.map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyType: 'string' as const,
        ContextKeyValues: [value],
      })),
    }),
    read.call,
  );
  const missing = results.flatMap(({ MissingContextValues = [], ResourceSpecificResults = [] }) => [
    ...MissingContextValues,
    ...ResourceSpecificResults.flatMap((one) => one.MissingContextValues ?? []),
  ]);
  return {
    allowed: results.length > 0 && results.every(({ EvalDecision }) => EvalDecision === 'allowed'),
    // All tags of the secret were given: one that is not among them is not there.
    unknown: [...new Set(missing)].filter((key) => !/:resourcetag\//i.test(key)).sort(),
  };
}
