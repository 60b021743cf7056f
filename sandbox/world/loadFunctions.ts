import type { Account } from '../account.ts';
import { reservations } from '../services/lambda/concurrency.ts';
import { logGroupName, logStreamName } from '../services/lambda/environment.ts';
import { accountFunctions } from '../services/lambda/operations/accountFunctions.ts';
import { arnOf } from '../services/lambda/state.ts';
import { appendLog } from '../services/logs/append.ts';
import { createLogGroup } from '../services/logs/groups.ts';
import { roleArn } from './loadRoles.ts';
import { referenceOf } from './reference.ts';
import type { World } from './schema.ts';

/** Lambda resolves a tag when the function is made, and keeps that digest. */
export function loadFunction(account: Account, world: World, given: World['functions'][number]): void {
  const { name, image, tags, timeoutSeconds, reservedConcurrency, role, environment, prints } = given;
  if (reservedConcurrency !== undefined) reservations(account).set(name, reservedConcurrency);
  const found = image === undefined ? undefined : referenceOf(world, image);
  accountFunctions(account).set(name, {
    name,
    arn: arnOf(account, name),
    imageUri: found?.uri,
    resolvedImageUri: found === undefined ? undefined : `${found.uri.replace(/(?:@|:[^/:]*$).*/, '')}@${found.digest}`,
    timeoutSeconds,
    roleArn: roleArn(account, role ?? `${name}-execution`),
    tags,
    ...(environment === undefined ? {} : { environment }),
  });
  if (prints === undefined) return;
  const group = createLogGroup(account, { name: logGroupName({ name }) });
  appendLog(account, group.name, logStreamName(account), prints);
}
