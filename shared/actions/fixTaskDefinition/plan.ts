import { shortArn } from '../../account/sightings.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import type { ServiceTarget } from '../targets/serviceTarget.ts';
import { type Fix, inWords, mended, sameHardening } from './hardening.ts';
import { type Move, type References, secretPart } from './references.ts';
import type { Chosen, Made, Observed, Params } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo points the service at the revision that it ran before, and starts its tasks anew; the copy stays registered, and costs nothing.',
};

/** Why a fix is left to a person; null where it can be done. */
function notOurs(fix: Fix, observed: Observed, { user, logGroup, references }: Params): string | null {
  const { networkMode, canLog, routing, moves } = observed;
  switch (fix) {
    case 'user':
      return user === undefined ? 'it runs as root, and the rule names no user instead (user)' : null;
    case 'logs':
      if (logGroup === undefined) return 'it writes no log, and the rule names no group for one (logGroup)';
      return canLog ? routing : 'it has no execution role, which may write a log for it';
    case 'network-mode':
      return networkMode === 'host'
        ? 'it is in the network of its host: what can reach it, on which port, and its groups would change, so that its team moves it'
        : null;
    case 'secrets':
      if (references === undefined) {
        return 'it has values in plain text, and the rule names no secrets that its owner has put new ones into (references)';
      }
      if (moves.length === 0) return `it has in plain text none of ${namesIn(references)}, which the rule names`;
      return moves.some(({ why }) => why === null) ? null : refusals(moves);
    default:
      return null;
  }
}

const namesIn = (references: References): string => [...new Set(references.map(({ variable }) => variable))].join(', ');

/** Why variables stay in plain text. */
const refusals = (moves: Observed['moves']): string =>
  moves
    .flatMap(({ container, variable, why }) =>
      why === null ? [] : [`${variable} of ${container} stays in plain text: ${why}`],
    )
    .join('; ');

/** Why the service is not deployed by us; null when it can be. */
function held(observed: Observed): string | null {
  const { controller, scheduling, deploying, desired, against } = observed;
  if (controller === 'CODE_DEPLOY') return 'CodeDeploy deploys it: deploy the change there';
  if (controller !== 'ECS')
    return `an external controller deploys it (${controller}): only that can change its revision`;
  if (scheduling === 'DAEMON') return 'it is a daemon: each host is without it while its task is replaced';
  if (deploying) return 'somebody is deploying it: that ends first';
  if (desired === 0) return 'it wants no tasks, so that nobody could see whether the copy comes up';
  return against.length === 0 ? null : against.join('; ');
}

/** What a copy is to be made with; why the rest of what is asked for stays; and whether that is more than a copy has that stands. */
function wantedOf(observed: Observed) {
  const { asked, more, stood, given, runs } = observed;
  const stands = (fix: Fix): boolean => stood?.fixes.includes(fix) === true;
  const refusal = (fix: Fix): string | null => (stands(fix) ? null : notOurs(fix, observed, given));
  const fixes = asked.filter((fix) => refusal(fix) === null);
  const isMoved = fixes.includes('secrets');
  // What was moved stays so, whatever has become of its secret since: that the copy runs says that it could be read.
  const all = observed.moves.map((one) => (has(stood?.moves, one) ? { ...one, why: null } : one));
  const moves = all.flatMap(({ why, ...move }) => (isMoved && why === null ? [move] : []));
  const movesMore = moves.some((move) => !has(stood?.moves, move));
  const refused = isMoved ? refusals(all) : '';
  const left = [
    ...asked.flatMap((fix) => refusal(fix) ?? []),
    ...(refused === '' ? [] : [refused]),
    ...more.flatMap((fix) => (stands(fix) && !(fix === 'secrets' && movesMore) ? [foundAgain(fix)] : [])),
  ];
  const isNew = stood === null || movesMore || !fixes.every(stands);
  // What stands, planned again, was put in the place of what ran then.
  return { fixes, moves, left, isNew, from: isNew ? runs : stood.from };
}

/** Pure: what to do about the definition of one service. */
export function planFix(target: ServiceTarget, observed: Observed): Planned {
  const { id } = target;
  const { definition, hardening, asked, given, seen, desired, running, minimumHealthyPercent, roles } = observed;
  if (asked.length === 0) {
    return {
      kind: 'skip',
      reason: `${id} runs ${shortArn(definition)}, and no finding asks for a fix of that revision`,
    };
  }
  const { fixes, moves, left, isNew, from } = wantedOf(observed);
  const put = { ...given, moves };
  const to = mended(hardening, fixes, put);
  const hold = (reason: string): Planned => ({ kind: 'hold', reason: `${id}: ${reason}`, seen });
  if (sameHardening(hardening, to)) {
    if (left.length > 0) return hold(left.join('; '));
    return { kind: 'skip', reason: `${id} runs ${shortArn(definition)}, which has what the findings ask for already` };
  }
  const why = !isNew && observed.more.length > 0 ? left.join('; ') : held(observed);
  if (why !== null) return hold(why);
  const words = inWords(hardening, to, put).join(', ');
  const least = Math.ceil((desired * minimumHealthyPercent) / 100);
  return {
    kind: 'step',
    sentence: `Register a copy of ${shortArn(definition)} (${words}), and deploy service ${id} with it: its ${desired} task${desired === 1 ? '' : 's'} are replaced.`,
    afterwards: {
      settle: `Put service ${id} back onto ${shortArn(from)} unless the copy has come up.`,
    },
    undo: reversal,
    chosen: {
      ...{ fixes: [...fixes], given, definition, from, roles: [...roles] },
      ...(observed.moves.length === 0 ? {} : { moves, secrets: secretsIn(observed.moves) }),
    } satisfies Chosen,
    leavesHealthy: { count: Math.min(running, least), of: desired },
    ...remainsOf(
      ...(left.length === 0 ? [] : [`What stays as it is in ${id}: ${left.join('; ')}.`]),
      ...(moves.length === 0 ? [] : [leakedText(definition)]),
    ),
  };
}

const has = (moves: Made['moves'] = [], { container, variable, secret }: Move): boolean =>
  moves.some((one) => one.container === container && one.variable === variable && one.secret === secret);

/** What a fix that stands did not put an end to. */
const foundAgain = (fix: Fix): string =>
  fix === 'secrets'
    ? 'the copy has values in plain text that the rule names no secret for'
    : `the copy was mended (${fix}), and AWS Config finds that in it all the same`;

/** ARNs, each once. */
const secretsIn = (moves: Observed['moves']): string[] => [
  ...new Set(moves.flatMap(({ secret }) => secretPart(secret)?.arn ?? [])),
];

/** What moving a value does not do. */
const leakedText = (definition: string): string =>
  `${shortArn(definition)} still holds the value, and whoever may describe it reads it: see that it opens nothing any more. An undo deploys it again.`;

const remainsOf = (...texts: readonly string[]): { readonly remains?: string } =>
  texts.length === 0 ? {} : { remains: texts.join(' ') };
