import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { userName } from '../finding/accessKey.ts';
import { failureOf } from './awsFailure.ts';
import { ownershipFrom, ownerText } from './owner.ts';
import type { Reads } from './reads.ts';
import { describes, type ReadPermission } from './workloadPermissions.ts';

/** What stands in plain text in a revision of a task definition: names, and ids of access keys. Never a value. */
export interface PlainSecrets {
  /** `checkout-api: AWS_SECRET_ACCESS_KEY`, by container and name, sorted. */
  readonly variables: readonly string[];
  /** Long-term access keys whose ids are in there, each with its user; null where IAM names none of this account. */
  readonly keys: readonly { readonly id: string; readonly user: string | null }[];
  /** There is an id of temporary credentials (`ASIA…`), which end by themselves. */
  readonly temporary: boolean;
  /** As the tags of the definition say it. */
  readonly owner: string;
}

/**
 * Names that tell of a secret. The rule of AWS Config looks for AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and ECS_ENGINE_AUTH_DATA unless its
 * parameter `secretKeys` says more ("ecs-no-environment-secrets"), which its event does not tell.
 */
export const tellsOfSecret =
  /access_?key|secret|passw|pwd|passphrase|token|api_?key|private_?key|credential|auth_?data|connection_?string/i;

/** An id of a key that is no part of a longer word (IAM user guide, "Unique identifiers": AKIA long-term, ASIA temporary). */
const keyIds = /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])/g;

/** Names are shown as they are; what is in an unusual one, nobody knows. */
const usualName = /^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/;

/** More of them in one definition are no leak but a list. */
const mostKeys = 10;

interface Found {
  readonly variable: string;
  readonly ids: readonly string[];
}

/** Looks at the values, and leaves them here: of a value nothing but the ids of keys in it goes on. */
function foundIn({ name: container = '', environment = [] }: ContainerDefinition): readonly Found[] {
  return environment.flatMap(({ name = '', value = '' }) => {
    const ids = value.match(keyIds) ?? [];
    if (ids.length === 0 && (value === '' || !tellsOfSecret.test(name))) return [];
    return [{ variable: `${container}: ${usualName.test(name) ? name : '(a name that is not shown)'}`, ids }];
  });
}

/** Reads a revision, and whose the keys are that stand in it. @throws the SDK's own error */
export async function readPlainSecrets(read: Reads, taskDefinition: string): Promise<PlainSecrets> {
  const { client, DescribeTaskDefinitionCommand } = await read.aws.ecs();
  const asked = new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] });
  const { taskDefinition: definition, tags = [] } = await client.send(asked, read.call);
  const found = (definition?.containerDefinitions ?? []).flatMap(foundIn);
  const ids = [...new Set(found.flatMap((one) => one.ids))].sort();
  const keys: { readonly id: string; readonly user: string | null }[] = [];
  for (const id of ids.filter((one) => one.startsWith('AKIA')).slice(0, mostKeys)) {
    keys.push({ id, user: await readUserOf(read, id) });
  }
  return {
    variables: [...new Set(found.map(({ variable }) => variable))].sort(),
    keys,
    temporary: ids.some((id) => id.startsWith('ASIA')),
    owner: ownerText(ownershipFrom(tags.map(({ key, value }) => ({ Key: key, Value: value })))),
  };
}

/**
 * The user of a key; null where IAM names none: a key of another account, of the root user, or one that was deleted. Of such a key IAM
 * answers AccessDenied, as for a call that is not allowed.
 */
async function readUserOf(read: Reads, AccessKeyId: string): Promise<string | null> {
  const { client, GetAccessKeyLastUsedCommand } = await read.aws.iam();
  try {
    const { UserName = '' } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }), read.call);
    return userName.test(UserName) ? UserName : null;
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === 'denied' || kind === 'gone') return null;
    throw error;
  }
}

/** What that needs. Whose a key is, is only known once it was asked. */
export const plainSecretsPermissions = ({
  partition,
  account,
}: {
  readonly partition: string;
  readonly account: string;
}): readonly ReadPermission[] => [
  describes('ecs:DescribeTaskDefinition'),
  { action: 'iam:GetAccessKeyLastUsed', resource: `arn:${partition}:iam::${account}:user/*` },
];
