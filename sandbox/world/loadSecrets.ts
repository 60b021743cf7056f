import type { Account } from '../account.ts';
import { arnOf } from '../services/lambda/state.ts';
import { secretArn, secrets } from '../services/secretsManager/state.ts';
import type { World } from './schema.ts';

/** The first version has an id that is its name's own. */
export function loadSecrets(account: Account, { secrets: given }: World): void {
  for (const { name, tags, lastRotatedAt, changedAt, kmsKeyId, deletedAt, rotation } of given) {
    const arn = secretArn(account, name);
    const at = (when: string | undefined): number | undefined => (when === undefined ? undefined : Date.parse(when));
    const made = at(changedAt) ?? at(lastRotatedAt) ?? account.clock.now();
    const version = `${arn.slice(-6)}-first-version-of-this-secret`;
    secrets(account).set(arn, {
      name,
      arn,
      createdAt: made,
      kmsKeyId,
      tags,
      rotation:
        rotation === undefined
          ? undefined
          : {
              functionArn: arnOf(account, rotation.function),
              takesSeconds: rotation.takesSeconds,
              fails: rotation.fails,
            },
      rotatedAt: at(lastRotatedAt),
      deletedAt: at(deletedAt),
      madeAt: { [version]: made },
      stages: { [version]: ['AWSCURRENT'] },
    });
  }
}
