import { type Account, AwsError, type Principal } from '../../account.ts';
import { authorise } from '../../iam/authorise.ts';
import { secrets } from '../secretsManager/state.ts';
import type { StoredTask } from './state.ts';

/**
 * Why a task cannot be given its secrets, as the agent says it (developer guide, "Troubleshooting: ResourceInitializationError"); undefined where it
 * can. Whoever reads them is the execution role. A secret that the account file does not have is taken to be readable.
 */
export function cannotBeGiven(account: Account, { id, definition }: StoredTask): string | undefined {
  const { executionRoleArn } = definition.settings;
  if (executionRoleArn === undefined) return undefined;
  const roleName = executionRoleArn.slice(executionRoleArn.lastIndexOf('/') + 1);
  const arn = `arn:aws:sts::${account.id}:assumed-role/${roleName}/${id}`;
  const reader: Principal = { kind: 'role', roleName, arn, sessionPolicies: [] };
  for (const { valueFrom = '' } of definition.containers.flatMap((container) => container.secrets ?? [])) {
    const secret = secrets(account).get(valueFrom.split(':').slice(0, 7).join(':'));
    if (secret === undefined) continue;
    const why = refusal(account, reader, secret.arn, secret.kmsKeyId);
    if (why !== undefined) {
      return `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secret.arn} from secrets manager: ${why}`;
    }
  }
  return undefined;
}

function refusal(account: Account, reader: Principal, secret: string, key: string | undefined): string | undefined {
  const viaService = { 'kms:ViaService': `secretsmanager.${account.region}.amazonaws.com` };
  const keyArn = key?.startsWith('arn:') === false ? `arn:aws:kms:${account.region}:${account.id}:key/${key}` : key;
  try {
    authorise(account, reader, [
      { action: 'secretsmanager:GetSecretValue', resource: secret },
      ...(keyArn === undefined ? [] : [{ action: 'kms:Decrypt', resource: keyArn, context: viaService }]),
    ]);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
