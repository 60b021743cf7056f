import { type Account, AwsError, type Principal, slice } from '../account.ts';
import { parsePolicy } from './policy.ts';
import { roleNamed } from './roles.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch, virtual. */
  readonly expiration: number;
}

export interface Session {
  readonly credentials: Credentials;
  readonly principal: Principal;
}

const sessionsOf = slice('iam.sessions', () => new Map<string, Session>());

/** The administrator's key. It opens nothing but a process on loopback, so it is the same in every account. */
export const rootCredentials = (_account: Account): Omit<Credentials, 'expiration' | 'sessionToken'> => ({
  accessKeyId: 'AKIASANDBOXADMIN0000',
  secretAccessKey: 'sandbox-admin-this-opens-only-a-loopback',
});

/**
 * Issues the credentials of a new session of a role. It asks nobody: `serviceCredentials` (a function's role) and STS
 * (AssumeRole) check the trust policy first.
 * @throws AwsError NoSuchEntity, MalformedPolicyDocument (a session policy)
 */
export function credentialsFor(
  account: Account,
  roleName: string,
  sessionName: string,
  sessionPolicies: readonly string[] = [],
  durationSeconds = 3600,
): Credentials {
  const role = roleNamed(account, roleName);
  if (!role) throw new AwsError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
  for (const policy of sessionPolicies) parsePolicy(policy, 'session', `session ${sessionName}, policy`);
  const { random, clock, id } = account;
  const credentials: Credentials = {
    accessKeyId: `ASIA${random.hex(16).toUpperCase()}`,
    secretAccessKey: random.hex(40),
    sessionToken: random.hex(64),
    expiration: clock.now() + durationSeconds * 1000,
  };
  const arn = `arn:aws:sts::${id}:assumed-role/${role.name}/${sessionName}`;
  const principal: Principal = { kind: 'role', roleName, arn, sessionPolicies, issuedAt: clock.now() };
  sessionsOf(account).set(credentials.accessKeyId, { credentials, principal });
  return credentials;
}

/**
 * Who signs with this key; `unknown` when nobody does, also when the session token is not the one that came with the key;
 * `expired` once the session has run out.
 */
export function principalOf(
  account: Account,
  accessKeyId: string,
  sessionToken?: string,
): Principal | 'unknown' | 'expired' {
  if (accessKeyId === rootCredentials(account).accessKeyId) {
    return { kind: 'root', arn: `arn:aws:iam::${account.id}:root` };
  }
  const session = sessionsOf(account).get(accessKeyId);
  if (!session || session.credentials.sessionToken !== sessionToken) return 'unknown';
  return session.credentials.expiration <= account.clock.now() ? 'expired' : session.principal;
}

/** The session of an access key, for `carrySession`. */
export const sessionWith = (account: Account, accessKeyId: string): Session | undefined =>
  sessionsOf(account).get(accessKeyId);

/** Takes a session over into an account that was put back to before it was issued: that of a worker which is still warm. */
export function carrySession(account: Account, session: Session | undefined): void {
  if (session) sessionsOf(account).set(session.credentials.accessKeyId, session);
}

/** Every session that was issued, in order: for tests, past IAM. */
export const issuedSessions = (account: Account): readonly Session[] => [...sessionsOf(account).values()];

/** The secret that a signature must have been made with. */
export function secretOf(account: Account, accessKeyId: string): string | undefined {
  const root = rootCredentials(account);
  if (accessKeyId === root.accessKeyId) return root.secretAccessKey;
  return sessionsOf(account).get(accessKeyId)?.credentials.secretAccessKey;
}
