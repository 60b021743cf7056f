import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import * as z from 'zod';
import { namedFailure } from '../account/awsFailure.ts';
import { ownershipBy, ownerText, unlessItPasses } from '../account/owner.ts';
import { everyPage, type Reads, readsWith } from '../account/reads.ts';
import { TargetGone } from '../platform/errors.ts';
import { textAt } from './changingCall.ts';
import {
  type ActContext,
  defineAction,
  type Executed,
  type Planned,
  type ReadContext,
  type UndoPromise,
  type Verified,
} from './contract.ts';
import { fixFacts } from './facts.ts';
import { type KeyTarget, onUser, regionOfIam } from './targets/keyTarget.ts';

const params = z.strictObject({});
type Params = z.infer<typeof params>;

/** What `iam.deactivate-access-key` reads of its target. */
type Observed = {
  /** `Active`, `Inactive`, or `Expired`, which IAM alone sets. */
  readonly status: string;
  readonly protectedBy: string | null;
  /** When it signed last, and of which service in which Region, in words; null: never, since IAM keeps count. */
  readonly lastUsed: string | null;
  /** Whether the user has another key that is Active. */
  readonly another: boolean;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo sets the key Active again; what was refused meanwhile is not made up for. A key that somebody has deleted is gone.',
};

/** Sets a long-term access key of a user Inactive: whatever is signed with it is refused, and nothing is deleted. */
export const deactivateAccessKey = defineAction<Params, Observed, 'access-key'>({
  name: 'iam.deactivate-access-key',
  summary: 'Set a leaked access key of a user Inactive, so that nothing that is signed with it is taken',
  targets: ['access-key'],
  params,
  example: '- iam.deactivate-access-key',
  permissions: (target) => ({
    write: onUser(target, 'iam:UpdateAccessKey'),
    read: onUser(target, 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed', 'iam:GetUser'),
  }),
  // The value is out already: it is taken away with the secrets of a plan, and whoever uses it stands still until they have another.
  facts: { ...fixFacts, phase: 'secrets' },
  decisive: ['protectedBy'],
  restores: ['status'],
  volatile: ['lastUsed', 'another', 'owner', 'seen'],
  reversal,
  limits: [
    'Everything that signs with the key is refused from then on, wherever it runs. AWS tells its last use alone (service and Region), not who that was.',
    'A definition that has the key in it goes on having it: its owner deploys one without. That is not done here, because only the owner has a new value; nor is the execution role changed.',
    'Temporary credentials that were got with the key before (GetSessionToken, a role that was assumed) work until they end.',
    'IAM takes some seconds until a key is refused everywhere (eventual consistency); that it is shown Inactive does not say that it is.',
    'IAM scopes iam:UpdateAccessKey to the user, and not to the key or to the status: within the step the other key of that user could be changed, too.',
    'Keys of the root user and of other accounts, and temporary ones, are never touched: IAM names no user of the account for them.',
    'Users whose name holds firebreak or break-glass are never touched. Whoever deploys Firebreak under another name is known by nothing but a tag: give that user firebreak:protected.',
    'The secret of the key, and every other value of the definition, is neither stored nor logged. The id of the key is: it is no secret, and IAM names the key by it.',
  ],
  timeoutSeconds: 330,
  declines: {
    'ecs-task-definition': 'no access key of a user of this account is known to stand in it in plain text.',
  },
  observe: observeKey,
  plan: planDeactivate,
  changedBy: (target) => [
    {
      eventName: 'UpdateAccessKey',
      eventSource: 'iam.amazonaws.com',
      region: regionOfIam(target),
      isOn: (asked) => textAt(asked, 'accessKeyId') === target.id,
    },
  ],
  intended: () => ({ status: 'Inactive' }),
  execute: (target, _params, _before, context) => setStatus(target, 'Inactive', context),
  verify: (target, _params, _before, context) => readBack(target, 'Inactive', context),
  undo: (target, _params, { status }, context) => setStatus(target, status, context),
  verifyUndone: (target, _params, { status }, context) => readBack(target, status, context),
});

/** The keys of the user. @throws TargetGone when the user is not there */
async function readKeys(read: Reads, { id, user }: KeyTarget): Promise<readonly AccessKeyMetadata[]> {
  try {
    const { client, ListAccessKeysCommand } = await read.aws.iam();
    const pages = await everyPage(
      (Marker) => client.send(new ListAccessKeysCommand({ UserName: user, Marker }), read.call),
      (page) => page.Marker,
    );
    return pages.flatMap(({ AccessKeyMetadata = [] }) => AccessKeyMetadata);
  } catch (error) {
    throw namedFailure(error, `Reading access key ${id} of user ${user}`);
  }
}

/** @throws TargetGone when a person has deleted it */
function statusIn(keys: readonly AccessKeyMetadata[], { id, user }: KeyTarget): string {
  const key = keys.find(({ AccessKeyId }) => AccessKeyId === id);
  if (key?.Status === undefined) throw new TargetGone(`User ${user} has no access key ${id} any more`);
  return key.Status;
}

/** "N/A" stands for a service or Region where it was never used (API reference, "AccessKeyLastUsed"). */
async function readLastUse(read: Reads, { id }: KeyTarget): Promise<string | null> {
  try {
    const { client, GetAccessKeyLastUsedCommand } = await read.aws.iam();
    const { AccessKeyLastUsed } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }), read.call);
    const { LastUsedDate, ServiceName = 'N/A', Region = 'N/A' } = AccessKeyLastUsed ?? {};
    return LastUsedDate === undefined ? null : `${LastUsedDate.toISOString()} for ${ServiceName} in ${Region}`;
  } catch (error) {
    throw namedFailure(error, `Reading when access key ${id} was used last`);
  }
}

async function observeKey(target: KeyTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const { id, user } = target;
  const read = readsWith(context.aws);
  const keys = await readKeys(read, target);
  const status = statusIn(keys, target);
  const lastUsed = await readLastUse(read, target);
  const own = await ownershipBy(async () => {
    const { client, GetUserCommand } = await read.aws.iam();
    return (await client.send(new GetUserCommand({ UserName: user }), read.call)).User?.Tags ?? [];
  });
  const { protectedBy } = unlessItPasses(own, `Reading user ${user}`);
  const another = keys.some(({ AccessKeyId, Status }) => AccessKeyId !== id && Status === 'Active');
  return {
    status,
    protectedBy,
    lastUsed,
    another,
    owner: ownerText(own),
    seen: [
      `access key ${id} of user ${user} is ${status}, ${lastUsed === null ? 'and never used' : `last used ${lastUsed}`}`,
      `user ${user} has ${another ? 'another key that is Active' : 'no other Active key'}`,
    ],
  };
}

/** Users whose keys nobody may take away by a rule, by their names; the reason, or null. */
function neverTouched({ user }: KeyTarget): string | null {
  if (/firebreak/i.test(user)) return `${user} is a user of Firebreak itself by its name`;
  if (/break-?glass/i.test(user)) return `${user} is a break-glass user by its name: whoever needs it, needs it now`;
  return null;
}

function planDeactivate(target: KeyTarget, _params: Params, observed: Observed): Planned {
  const { id, user } = target;
  const { status, lastUsed, another, seen } = observed;
  const never = neverTouched(target);
  if (never !== null) return { kind: 'hold', reason: never, seen };
  if (status !== 'Active') return { kind: 'skip', reason: `access key ${id} of user ${user} is ${status} already` };
  const used =
    lastUsed === null ? 'IAM knows of no use of it' : `it was used last ${lastUsed}, and whatever does so is refused`;
  return {
    kind: 'step',
    sentence: `Set access key ${id} of user ${user} Inactive: ${used}.`,
    undo: reversal,
    remains: `Whatever signs with access key ${id} needs ${another ? `the other key of user ${user}` : 'another one'}, or better a role. Delete the key once nothing needs it.`,
  };
}

async function setStatus(target: KeyTarget, status: string, context: ActContext): Promise<Executed> {
  const { id, user } = target;
  const read = readsWith(context.aws);
  const Status = status === 'Active' ? 'Active' : 'Inactive';
  try {
    const { client, UpdateAccessKeyCommand } = await read.aws.iam();
    await client.send(new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: id, Status }), read.call);
  } catch (error) {
    throw namedFailure(error, `Setting access key ${id} of user ${user} ${Status}`);
  }
  return { kind: 'done', did: `access key ${id} of user ${user} is set ${Status}` };
}

/** IAM's reads may not show it for some seconds: another status is not there yet. */
async function readBack(target: KeyTarget, meant: string, context: ReadContext): Promise<Verified> {
  const status = statusIn(await readKeys(readsWith(context.aws), target), target);
  const seen = `access key ${target.id} of user ${target.user} is ${status}`;
  return { state: status === meant ? 'holds' : 'pending', seen, absence: false };
}
