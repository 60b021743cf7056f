import { readdirSync } from 'node:fs';
import type { Account } from '../../sandbox/account.ts';
import { type World, worldSchema } from '../../sandbox/world/schema.ts';
import type { Accusation } from '../../shared/actions/accusation.ts';
import { type Action, type ActionFacts, type Target, targetKey } from '../../shared/actions/contract.ts';
import type { Place } from '../../shared/finding/place.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import type { Elsewhere } from '../system/elsewhere.ts';
import type { Stage } from '../system/stage.ts';

/** Tags of the target, by name. */
export type Tags = { readonly [name: string]: string };

/**
 * All that the tests of every action need to know of one: it is taken through its life on mocked permissions, through an incident on the packaged
 * stack, through the fault matrix, and pointed at something else. Its file in `cases/` is all that they need.
 */
export interface ActionCase {
  /** `ecr.set-tag-immutability`. */
  readonly action: string;
  /** What lies in the account, under names of its own: the target, with these tags, and something beside it that nobody accuses. */
  readonly world: (tags: Tags) => object;
  /** Where it chooses between two ways: an account in which it chooses the other one. */
  readonly otherWorld?: (tags: Tags) => object;
  readonly target: (place: Place) => Target;
  /** With which parameters it is taken through its life, where the usual ones leave something of it out; its rule has the usual ones. */
  readonly params?: (place: Place) => JsonObject;
  /** How its rule names it, where it is held with the usual ones: with parameters. */
  readonly does?: string;
  /** What the finding is about, where that is not the target: its incident. */
  readonly incident?: (place: Place) => string;
  /** What the finding accuses, where the action asks for that. */
  readonly accusation?: (place: Place) => Partial<Accusation>;
  /** What finds it, now. */
  readonly finding: (stage: Stage) => JsonObject;
  /** The pattern of a rule that takes that finding and no other, as it stands in YAML under `when:`. */
  readonly when: readonly string[];
  /** What the action changes as the account really has it, past every API: of the target, and of all that is like it. */
  readonly truth: (account: Account) => { readonly [of: string]: string };
  /** Which of these is the target's, and what it is before and once it is done. */
  readonly changes: { readonly of: string; readonly from: string; readonly to: string };
  /** Somebody puts it back, as the administrator. Absent, with `call`, where nobody can. */
  readonly byHand?: (stage: Stage) => Promise<unknown>;
  /** What CloudTrail calls that; absent where it does not have it. */
  readonly call?: string;
  /** For every change that it declares, the same of the nearest thing that is not its target. */
  readonly elsewhere: { readonly [change: string]: readonly Elsewhere[] };
  /** After how long an undo puts it back, in seconds; absent: at once. */
  readonly undoAfter?: number;
  /** Names of services that it deploys. */
  readonly services?: readonly string[];
  /** Ids of the instances that it drains as hosts of a cluster. */
  readonly hosts?: readonly string[];
  /** It takes nothing away that others do not answer for, so that it is done to what is protected, too. */
  readonly spares?: true;
  /** How many messages wake somebody when all goes well; none where nothing says so. */
  readonly pages?: number;
}

/** The ways in which an action does it, from 0. */
export const waysOf = (action: string): readonly number[] => (caseOf(action)?.otherWorld === undefined ? [0] : [0, 1]);

/** Where a case is tried by itself. */
export const casePlace: Place = { account: '123456789012', region: 'eu-central-1' };

const folder = new URL('./cases/', import.meta.url);

/** Every file of `cases/`, each of which has one `export const it`. */
export const actionCases: readonly ActionCase[] = await Promise.all(
  readdirSync(folder)
    .toSorted()
    .map(async (name) => ((await import(new URL(name, folder).href)) as { readonly it: ActionCase }).it),
);

/** The parameters with which an action is tried. */
export const paramsFor = (action: Action, place: Place): JsonObject =>
  action.params.parse(caseOf(action.name)?.params?.(place) ?? {});

export const caseOf = (action: string): ActionCase | undefined => actionCases.find((one) => one.action === action);

/** The accounts of these in one: what has a name of its own lies side by side. */
export function worldOfCases(cases: readonly ActionCase[], place?: Place, tags: Tags = {}): World {
  const worlds = cases.map(({ world }) => worldSchema.parse({ ...place, ...world(tags) }));
  const [first = worldSchema.parse({ ...place })] = worlds;
  return worlds.slice(1).reduce(besides, first);
}

/** Two accounts in one; that of the first counts where there can be only one. */
export function besides(one: World, other: World): World {
  const both = Object.entries(other).map(([name, value]) => {
    const own = one[name as keyof World];
    return [name, Array.isArray(value) && Array.isArray(own) ? [...own, ...value] : (own ?? value)];
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** The outcome of an incident in which it alone is done, and well: what only goes along with a containment leaves somebody at work. */
export function endsAs(facts: ActionFacts): 'contained' | 'observed' | 'not-contained' {
  if (facts.contains) return 'contained';
  return facts.phase === 'evidence' || facts.lends === true ? 'observed' : 'not-contained';
}

/** The key of the incident that its finding opens. */
export const incidentIn = ({ incident, target }: ActionCase, place: Place): string =>
  incident?.(place) ?? targetKey(target(place));

/** A rule that does it without asking. */
export const ruleFor = ({ action, when, does = action }: ActionCase): string =>
  [
    `name: ${action.replace('.', '-')}`,
    // Before a rule that would take it, too.
    'order: 50',
    'when:',
    ...when.map((line) => `  ${line}`),
    'do:',
    `  - ${does}`,
    'mode: enforce',
    '',
  ].join('\n');

export const rulesFor = (cases: readonly ActionCase[]): { readonly [name: string]: string } =>
  Object.fromEntries(cases.map((one) => [one.action.replace('.', '-'), ruleFor(one)]));
