import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { namedFailure } from '../account/awsFailure.ts';
import { ownershipFrom, ownerText } from '../account/owner.ts';
import { readsWith } from '../account/reads.ts';
import { readSecretReaders } from '../account/secretReaders.ts';
import { shortList } from '../account/shortList.ts';
import { describes } from '../account/workloadPermissions.ts';
import { ActionFailed } from '../platform/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import {
  type ActContext,
  defineAction,
  type Executed,
  type Planned,
  type ReadContext,
  type Target,
  type UndoPromise,
  type Verified,
} from './contract.ts';
import { fixFacts } from './facts.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;
type SecretTarget = Target<'secret'>;

/** What `secrets.rotate` reads of its target. Never its value. */
type Observed = {
  /** The function that makes a new value and sets it where it is used; null where there is none. */
  readonly by: string | null;
  /** When it is to be deleted, ISO; null where nobody asked for it. */
  readonly deletedAt: string | null;
  readonly protectedBy: string | null;
  /** The version that whoever asks is given. */
  readonly version: string | null;
  /** A version that a rotation has begun with and not brought to an end. */
  readonly begun: string | null;
  readonly rotatedAt: string | null;
  /** Services that were given it as they started. */
  readonly services: readonly string[];
  readonly unread: readonly string[];
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: false,
  why: 'A new value is not taken back: whoever has the one before could use it again.',
};

/** Has the rotation function of a secret make a new value, so that the one before opens nothing any more. */
export const rotateSecret = defineAction<Params, Observed, 'secret'>({
  name: 'secrets.rotate',
  summary: 'Have the rotation function of a secret replace its value',
  targets: ['secret'],
  params,
  example: '- secrets.rotate',
  permissions: (target) => ({
    write: [{ action: 'secretsmanager:RotateSecret', resource: arnOf(target) }],
    read: [
      { action: 'secretsmanager:DescribeSecret', resource: arnOf(target) },
      ...['ListClusters', 'ListServices', 'DescribeTaskDefinition'].map((call) => describes(`ecs:${call}`)),
      {
        action: 'ecs:DescribeServices',
        resource: arnOf(target).replace(/:secretsmanager:(.*):secret:.*$/, ':ecs:$1:service/*'),
      },
    ],
  }),
  // With somebody still inside, the new value would be read as the one before was.
  facts: { ...fixFacts, phase: 'secrets', needsWorkloadGone: true },
  decisive: ['by', 'deletedAt', 'protectedBy'],
  restores: [],
  volatile: ['version', 'begun', 'rotatedAt', 'services', 'unread', 'owner', 'seen'],
  reversal,
  limits: [
    'It does as much as the rotation function does: whether the value before is refused from then on is up to that function.',
    'A secret without a rotation function is held, and its owner told: nobody else can make a value that is taken.',
    'What was given the secret when it started keeps the value before until it is started anew. Services of ECS that are given it so are named; what reads it by itself is not found.',
    'Of a task that a threat was found in, the secrets are rotated that its definition gives it (`secrets`, of the same account and Region, with the whole ARN). What it could read by its role besides, and parameters of Parameter Store, are not; nor is the same secret a second time in one incident.',
    'The tasks that take the place of those that were stopped started with the value before: they are among the services that are named.',
    'A rotation that fails leaves the secret as it was; Secrets Manager tries it again by itself.',
    'The value is neither read, nor stored, nor written to any log, by whatever role.',
  ],
  timeoutSeconds: 330,
  observe: observeSecret,
  plan: planRotation,
  intended: () => ({}),
  execute: rotate,
  verify: readBack,
});

const shape =
  /^arn:aws(?:-[a-z]+)*:secretsmanager:([a-z]{2,}(?:-[a-z0-9]+)+):(\d{12}):secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$/;

/** A target comes from an event, and a `*` in it would widen the policy. Throws ActionFailed for what is no ARN of a secret here. */
function arnOf({ arn, account, region }: SecretTarget): string {
  const [, itsRegion, itsAccount] = shape.exec(arn) ?? [];
  if (itsRegion === region && itsAccount === account) return arn;
  throw new ActionFailed('There is no valid account, Region and secret, so no permission is given for it', {
    evidence: { arn, account, region },
  });
}

/** @throws TargetGone when it is not there */
async function described(target: SecretTarget, context: ReadContext): Promise<DescribeSecretResponse> {
  const read = readsWith(context.aws);
  try {
    const { client, DescribeSecretCommand } = await read.aws.secretsManager();
    return await client.send(new DescribeSecretCommand({ SecretId: arnOf(target) }), read.call);
  } catch (error) {
    throw namedFailure(error, `Reading secret ${target.id}`);
  }
}

/** The version with a stage, by the labels that Secrets Manager moves as it rotates (User Guide, "Secret versions"). */
const versionAt = ({ VersionIdsToStages = {} }: DescribeSecretResponse, stage: string): string | null =>
  Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(stage))?.[0] ?? null;

/** A rotation that ended leaves AWSPENDING on the new version, or nowhere. */
function begunOf(secret: DescribeSecretResponse): string | null {
  const pending = versionAt(secret, 'AWSPENDING');
  return pending === versionAt(secret, 'AWSCURRENT') ? null : pending;
}

async function observeSecret(target: SecretTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const secret = await described(target, context);
  const { services, unread } = await readSecretReaders(readsWith(context.aws), target.arn);
  const own = ownershipFrom(secret.Tags ?? []);
  const by = secret.RotationEnabled === true ? (secret.RotationLambdaARN ?? null) : null;
  const rotatedAt = secret.LastRotatedDate?.toISOString() ?? null;
  return {
    by,
    deletedAt: secret.DeletedDate?.toISOString() ?? null,
    protectedBy: own.protectedBy,
    version: versionAt(secret, 'AWSCURRENT'),
    begun: begunOf(secret),
    rotatedAt,
    services,
    unread: unread.map(({ place, why }) => `${place}: not read, ${why}`),
    owner: ownerText(own),
    seen: [
      `secret ${target.id} was ${rotatedAt === null ? 'never rotated' : `rotated at ${rotatedAt}`}`,
      `rotated by ${by ?? 'nothing'}`,
      ...services.map((service) => `${service} was given it as it started`),
    ],
  };
}

function planRotation(target: SecretTarget, _params: Params, observed: Observed): Planned {
  const { by, deletedAt, begun, services, unread, seen } = observed;
  if (deletedAt !== null) {
    return { kind: 'skip', reason: `Secret ${target.id} is to be deleted: nobody is given it since ${deletedAt}` };
  }
  if (by === null) {
    const reason = `secret ${target.id} has no rotation function: only whoever owns it can make a value that is taken, and put it there`;
    return { kind: 'hold', reason, seen };
  }
  if (begun !== null) {
    const reason = `a rotation of secret ${target.id} was begun and has not ended: Secrets Manager refuses another one. See what its function says (${by})`;
    return { kind: 'hold', reason, seen };
  }
  const keep = keepsOld(services, unread);
  return {
    kind: 'step',
    sentence: `Rotate secret ${target.id}: its function ${by.slice(by.lastIndexOf(':') + 1)} makes a new value, and the one before opens nothing any more.`,
    undo: reversal,
    ...(keep === null ? {} : { remains: keep }),
  };
}

const shown = 10;

/** Who goes on with the value before, in a sentence. */
function keepsOld(services: readonly string[], unread: readonly string[]): string | null {
  const kept =
    services.length === 0
      ? ''
      : `${shortList(services, shown)} ${services.length === 1 ? 'keeps' : 'keep'} the value before until started anew (${startsAnew(services)}).`;
  const unknown =
    unread.length === 0 ? '' : `Not every service could be asked whether it is given this secret: ${unread[0]}.`;
  const all = [kept, unknown].filter((one) => one !== '').join(' ');
  return all === '' ? null : all;
}

/** How services are started anew: each by a command of its own, as long as they are few and the cluster of each is known. */
function startsAnew(services: readonly string[]): string {
  const known = services.map((service) => /^service\/([\w-]+)\/([\w-]+)$/.exec(service));
  const commands = known.flatMap((found) =>
    found === null ? [] : `aws ecs update-service --cluster ${found[1]} --service ${found[2]} --force-new-deployment`,
  );
  return commands.length === services.length && commands.length <= 3
    ? commands.join('; ')
    : 'each by a new deployment of the same version, in its cluster: aws ecs update-service with --cluster, --service and --force-new-deployment';
}

/**
 * The same for every attempt of one step: Secrets Manager makes one new version for a token, however often it is asked (API reference,
 * "RotateSecret"; 32 to 64 characters).
 */
const tokenOf = ({ run, key }: ActContext): string => sha256Hex(`${run} ${key}`).slice(0, 32);

async function rotate(
  target: SecretTarget,
  _params: Params,
  _before: Observed,
  context: ActContext,
): Promise<Executed> {
  const read = readsWith(context.aws);
  try {
    const { client, RotateSecretCommand } = await read.aws.secretsManager();
    const asked = { SecretId: arnOf(target), ClientRequestToken: tokenOf(context), RotateImmediately: true };
    await client.send(new RotateSecretCommand(asked), read.call);
  } catch (error) {
    throw namedFailure(error, `Rotating secret ${target.id}`);
  }
  return { kind: 'done', did: `the rotation function of ${target.id} is asked for a new value` };
}

/** Another version is the one that whoever asks is given: until then the function is at work, or has failed. */
async function readBack(
  target: SecretTarget,
  _params: Params,
  { version }: Observed,
  context: ReadContext,
): Promise<Verified> {
  const secret = await described(target, context);
  const now = versionAt(secret, 'AWSCURRENT');
  const holds = now !== null && now !== version;
  const begun = begunOf(secret) === null ? 'and no rotation is under way' : 'its function has not ended yet';
  return {
    state: holds ? 'holds' : 'pending',
    seen: holds
      ? `secret ${target.id} has a new version, ${now}`
      : `secret ${target.id} still has version ${version ?? 'none'}, ${begun}`,
    absence: false,
  };
}
