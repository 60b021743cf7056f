import { shortList } from '../../account/shortList.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import { sparedFor } from '../targets/roleSpared.ts';
import type { RoleTarget } from '../targets/roleTarget.ts';
import { policyName } from './deny.ts';
import type { Observed } from './observe.ts';

/** Of all inline policies of a role together, white space not counted (IAM quotas). */
const mostCharacters = 10_240;

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo brings no session back: whoever had one has to get new credentials. It takes the policy away again, 12 hours after the cut-off at the earliest; before that, what was stolen would work again.',
};

/** Pure: what to do about one role. Held where somebody else would lose more than the rule allows, or it would achieve nothing. */
export function planRevoke(target: RoleTarget, maxOtherUsers: number, observed: Observed): Planned {
  const { id } = target;
  const { policy, runOn, size, seen } = observed;
  const hold = (reason: string): Planned => ({ kind: 'hold', reason, seen });
  const spared = sparedFor(target, observed, maxOtherUsers, 'lose their credentials');
  if (spared !== null) return hold(spared);
  if (policy === 'other')
    return hold(`role ${id} has a policy ${policyName} that Firebreak has not written: it is not overwritten`);
  if (runOn.length > 0) {
    const which = runOn.length === 1 ? `${runOn[0]} runs` : `${shortList(runOn)} run`;
    return hold(`the accused ${which} on, and would get new credentials of role ${id} at once: stop that first`);
  }
  if (size > mostCharacters) {
    return hold(
      `role ${id} is full: with one more, its inline policies would have ${size} characters, and IAM takes ${mostCharacters}; take one away, or move it into a managed policy`,
    );
  }
  const remains = remainsOf(target, observed);
  return {
    kind: 'step',
    sentence: `Revoke the sessions of role ${id}: deny everything (policy ${policyName}) to credentials that were issued before the cut-off, once what is accused has stopped; ${usersText(observed)}.`,
    undo: reversal,
    ...(remains.length === 0 ? {} : { remains: remains.join(' ') }),
    ...(observed.byToken.length === 0 ? {} : { reopens: true }),
  };
}

function usersText({ others, services }: Observed): string {
  const own = services.length === 0 ? '' : ` besides service ${shortList(services)}`;
  return others.length === 0
    ? `nothing else is seen to use it${own}`
    : `it is also used by ${shortList(others)}, which lose the credentials that they have now`;
}

function remainsOf({ id }: RoleTarget, { others, services, siblings, holder, byToken }: Observed): readonly string[] {
  const lose = [
    ...siblings.map((task) => `task ${task}`),
    ...others,
    ...services.map((service) => `any task that service ${service} has started while the accused ones stopped`),
  ];
  return [
    // STS asks nothing of whoever shows a token but that it is signed and not expired ("AssumeRoleWithWebIdentity", STS API reference).
    ...(byToken.length === 0
      ? []
      : [
          `Whoever took the web identity token of service account ${shortList(byToken)} gets new sessions of role ${id} with it until it expires, a day after it was issued where nothing else is set (eks.amazonaws.com/token-expiration): take that service account out of the role's trust policy until then.`,
        ]),
    ...(lose.length === 0
      ? []
      : [
          `Restart what was started under role ${id} before the cut-off (${shortList(lose)}): it is refused everything until it asks for new credentials, which may take hours.`,
        ]),
    ...(holder === null
      ? []
      : [
          `The credentials were given to ${holder}, which gets new ones of role ${id}: if they were taken out of it, contain that, too.`,
        ]),
  ];
}
