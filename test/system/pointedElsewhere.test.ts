import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Credentials, credentialsFor, issuedSessions } from '../../sandbox/iam/credentials.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { fixFacts } from '../../shared/actions/facts.ts';
import { anyTarget } from '../../tools/anyTarget.ts';
import { actionCases, endsAs, rulesFor, waysOf } from '../actions/actionCase.ts';
import { patching } from './hosts/ground.ts';
import { clientsOn, find, pointedElsewhere, world } from './pointedElsewhere.ts';
import { openStage, type Stage } from './stage.ts';
import { containing } from './threats/shop.ts';

const responder = 'firebreak-dev-eu-central-1-responder';

/** The calls by which an action changes anything, on whatever kind of target. */
const changesOf = (action: Action): readonly string[] => [
  ...new Set(action.targets.flatMap((kind) => action.permissions(anyTarget(kind)).write.map((one) => one.action))),
];
const changing = catalogue.filter((action) => changesOf(action).length > 0);
const changes = new Set(changing.flatMap(changesOf));

interface Opened {
  readonly credentials: Credentials;
  /** What its policy lets it change. */
  readonly changes: ReadonlySet<string>;
}

let stage: Stage;
let opened: readonly Opened[];
let refused: readonly string[];
beforeAll(async () => {
  // It takes whatever is found on a host, so that the rules of the cases are asked before it.
  const patchingLast = `order: 200\n${patching()}`;
  stage = await openStage({ world, rules: { containing, patching: patchingLast, ...rulesFor(actionCases) } });
  find(stage);
  await stage.settle();
  // Sessions end after a quarter of an hour, and are used below.
  await stage.pass(300);
  refused = stage.account.trail.flatMap(({ action, result }) => (/^AccessDenied/.test(result) ? [action] : []));
  opened = issuedSessions(stage.account).flatMap(({ credentials, principal }) => {
    if (principal.kind !== 'role' || principal.roleName !== responder) return [];
    const allowed = principal.sessionPolicies.flatMap((text) =>
      (
        JSON.parse(text) as { readonly Statement: readonly { readonly Action: string | readonly string[] }[] }
      ).Statement.flatMap(({ Action }) => Action),
    );
    return [{ credentials: credentials as Credentials, changes: new Set(allowed.filter((one) => changes.has(one))) }];
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The changes of an action together; one by one as well, where it chooses between ways. */
const waysIn = (action: Action): readonly (readonly string[])[] => [
  changesOf(action),
  ...(waysOf(action.name).length === 1 ? [] : changesOf(action).map((change) => [change])),
];

/** The sessions that Act opened for an action: those that may make all of its changes, of one way, and no other. */
const sessionsOf = (action: Action): readonly Opened[] =>
  opened.filter((one) =>
    waysIn(action).some(
      (wanted) => one.changes.size === wanted.length && wanted.every((change) => one.changes.has(change)),
    ),
  );

it('every action that changes something is pointed elsewhere, with every change that it declares', () => {
  const declared = Object.fromEntries(changing.map((action) => [action.name, changesOf(action).toSorted()]));
  const tried = Object.fromEntries(
    Object.entries(pointedElsewhere).map(([name, calls]) => [name, Object.keys(calls).toSorted()]),
  );
  expect(tried).toEqual(declared);
});

it('all were contained, and nothing was refused to them', () => {
  // Whether the job's image is to blame waits for a person: that much is open. So many pages at once are told together, which is no incident.
  const outcomes = stage.heads().flatMap(({ incident, outcome }) => (incident.startsWith('storm/') ? [] : [outcome]));
  const ofCases = actionCases.map(({ action }) =>
    endsAs(catalogue.find(({ name }) => name === action)?.facts ?? fixFacts),
  );
  expect(outcomes.toSorted()).toEqual([...ofCases, 'contained', 'contained', 'degraded'].toSorted());
  expect(refused).toEqual([]);
});

it('a change that reaches further than its target says why', () => {
  const further = changing.flatMap((action) =>
    action.targets.flatMap((kind) =>
      action.permissions(anyTarget(kind)).write.filter(({ resource }) => /\/(\*|any-name\/\*)$/.test(resource)),
    ),
  );
  // A role that is passed on is named as soon as the step has chosen.
  const silent = further.filter(({ action, why = '' }) => action !== 'iam:PassRole' && why === '');
  expect(silent).toEqual([]);
  expect(further.length).toBeGreaterThan(2);
});

describe.each(changing)('a step of $name', (action) => {
  it('is denied by its session policy whatever is not its target', async () => {
    const sessions = sessionsOf(action);
    expect(sessions.length).toBeGreaterThan(0);
    for (const { credentials, changes: may } of sessions) {
      const clients = clientsOn(stage, credentials);
      for (const [change, calls] of Object.entries(pointedElsewhere[action.name] ?? {})) {
        for (const { call, refusal, unscoped } of calls) {
          if (unscoped === true && may.has(change)) continue;
          const message =
            refusal ?? new RegExp(`not authorized to perform: ${change} .* because no session policy allows`);
          await expect(call(clients), change).rejects.toThrow(message);
        }
      }
    }
  });

  it('is what its role may do: it is the session that refuses', async () => {
    const whole = clientsOn(stage, credentialsFor(stage.account, responder, 'without-a-session-policy'));
    for (const [change, calls] of Object.entries(pointedElsewhere[action.name] ?? {})) {
      for (const { call, roleMayNot } of calls) {
        if (roleMayNot !== undefined) continue;
        // Refused or not for other reasons: IAM lets it through.
        const refusal = await call(whole).then(
          () => '',
          (error: unknown) => String(error),
        );
        expect(refusal, change).not.toMatch(/not authorized|missing the following permissions/);
      }
    }
  });
});
