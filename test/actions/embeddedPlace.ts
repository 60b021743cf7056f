import { credentialsFor } from '../../sandbox/iam/credentials.ts';
import { createRole } from '../../sandbox/iam/roles.ts';
import { type EmbeddedAccount, openAccount } from '../../sandbox/sandbox.ts';
import { noAccusation } from '../../shared/actions/accusation.ts';
import type { Permission } from '../../shared/actions/contract.ts';
import { sessionPolicy } from '../../shared/actions/sessionPolicy.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import { awsFor } from '../../shared/platform/sdk/aws.ts';
import { actContext } from './actContext.ts';
import { caseOf, casePlace, worldOfCases } from './actionCase.ts';
import { accusationOf, embeddedTarget, worldOf } from './embeddedWorlds.ts';
import type { SentPlace } from './life.ts';
import { sentByPhase } from './sentByPhase.ts';

export interface EmbeddedPlace extends SentPlace {
  /** The calls that IAM refused. */
  refused(): readonly string[];
}

/** The account may do everything: what is sent is looked at afterwards. */
export const everything: readonly Permission[] = [
  { action: '*', resource: '*', why: 'This is a test of what is sent' },
];

/** Longer than Act's own sessions: what is settled between two calls takes 20 minutes each time, and an undo may have to wait for half a day. */
const wholeLifeSeconds = 16 * 3600;

/** The same, for an action whose case says what lies there. */
export async function placeOf(
  action: string,
  kind: ResourceKind,
  permissions: readonly Permission[],
  way = 0,
): Promise<EmbeddedPlace> {
  const own = caseOf(action);
  const target = own?.target(casePlace);
  if (own === undefined || target?.kind !== kind) return embeddedPlace(kind, permissions);
  const world = way === 0 ? own.world : (own.otherWorld ?? own.world);
  const its = { ...noAccusation, ...own.accusation?.(casePlace) };
  const accusation = own.accusation === undefined ? undefined : its;
  return embeddedPlace(kind, permissions, worldOfCases([{ ...own, world }], casePlace), target, accusation);
}

/** The embedded account, called under a role that may do what these permissions say and nothing else. */
export async function embeddedPlace(
  kind: ResourceKind,
  permissions: readonly Permission[],
  world = worldOf(kind),
  target = embeddedTarget(kind),
  accusation = accusationOf(kind),
): Promise<EmbeddedPlace> {
  const { account, clock, door, close }: EmbeddedAccount = await openAccount({ world });
  const name = 'step';
  createRole(account, {
    name,
    arn: `arn:aws:iam::${account.id}:role/${name}`,
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: account.id }, Action: 'sts:AssumeRole' }],
    },
    policies: [{ name, document: JSON.parse(sessionPolicy(permissions)) }],
  });
  const { expiration: _virtual, ...credentials } = credentialsFor(account, name, 'test', [], wholeLifeSeconds);
  const aws = awsFor({ region: account.region, endpoint: door.endpoint, credentials });
  const refused = (): readonly string[] =>
    account.trail
      .filter(({ result }) => /^AccessDenied|^UnauthorizedOperation/.test(result))
      .map(({ action }) => action);
  const phases = sentByPhase(() => account.trail.map(({ action }) => action));
  return {
    target,
    context: {
      ...actContext(aws),
      clock: { now: () => new Date(clock.now()) },
      accusation,
    },
    enter: (phase) => {
      // What an action does after a refusal says nothing more about its permissions.
      if (refused().length > 0) throw new Error('IAM refused a call');
      phases.enter(phase);
    },
    // As long as ECR may take to restore an image.
    settle: () => clock.advance(20 * 60_000),
    sent: phases.sent,
    refused,
    [Symbol.asyncDispose]: close,
  };
}
