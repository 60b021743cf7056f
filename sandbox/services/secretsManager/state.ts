import { type Account, AwsError, slice } from '../../account.ts';

/** A secret, without its value: nothing here needs one. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: { readonly [name: string]: string };
  readonly rotation:
    | { readonly functionArn: string; readonly takesSeconds: number; readonly fails: boolean }
    | undefined;
  rotatedAt: number | undefined;
  /** Milliseconds since the epoch; undefined where nobody asked for its deletion. */
  readonly deletedAt: number | undefined;
  /** Id, ARN or alias of the key that it is encrypted with; undefined for aws/secretsmanager. */
  readonly kmsKeyId: string | undefined;
  /** When each version was made, milliseconds since the epoch. */
  madeAt: { readonly [version: string]: number };
  /** Labels by the id of the version. */
  stages: { readonly [version: string]: readonly string[] };
}

/** What happens on the clock when the function of a rotation has ended. */
export const ENDED = 'secretsmanager: a rotation ends';

/** By ARN. */
export const secrets = slice('secretsmanager', (account): Map<string, Secret> => {
  const all = new Map<string, Secret>();
  account.clock.on(ENDED, (args) => {
    const { arn, version } = args as { readonly arn: string; readonly version: string };
    const secret = all.get(arn);
    // One whose function fails stays as it is, with AWSPENDING on what it has begun.
    if (secret?.rotation?.fails === false) takeOver(secret, version, account.clock.now());
  });
  return all;
});

export const versionAt = ({ stages }: Secret, label: string): string | undefined =>
  Object.entries(stages).find(([, labels]) => labels.includes(label))?.[0];

/** The new version takes over, the one before is kept, older ones lose their labels. */
function takeOver(secret: Secret, version: string, now: number): void {
  const before = versionAt(secret, 'AWSCURRENT');
  secret.stages = {
    ...(before === undefined ? {} : { [before]: ['AWSPREVIOUS'] }),
    [version]: ['AWSCURRENT', 'AWSPENDING'],
  };
  secret.rotatedAt = now;
}

/** Six characters that are the name's own, in the place of those that AWS draws. */
function suffixOf(name: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let state = 7;
  for (const one of name) state = (state * 31 + (one.codePointAt(0) ?? 0)) % 56_800_235_584;
  return Array.from({ length: 6 }, (_none, at) => letters[Math.floor(state / 62 ** at) % 62]).join('');
}

/** Secrets Manager User Guide, "ARN": the name, a hyphen and six characters. */
export const secretArn = (account: Pick<Account, 'id' | 'region'>, name: string): string =>
  `arn:aws:secretsmanager:${account.region}:${account.id}:secret:${name}-${suffixOf(name)}`;

/** By name or ARN, as AWS takes both. */
const found = (account: Account, id: string): Secret | undefined =>
  secrets(account).get(id.startsWith('arn:') ? id : secretArn(account, id));

/** What IAM is asked about a secret: its ARN; that of what is not there has six characters that nobody knows. */
export const arnAsked = (account: Account, id: string): string =>
  found(account, id)?.arn ?? (id.startsWith('arn:') ? id : secretArn(account, id));

/** Throws AwsError ResourceNotFoundException. */
export function secretNamed(account: Account, id: string): Secret {
  const secret = found(account, id);
  if (secret !== undefined) return secret;
  throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}
