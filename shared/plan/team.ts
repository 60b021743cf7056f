import type { Target } from '../actions/contract.ts';
import { digestOf } from '../rules/digestTime.ts';
import { matches } from '../rules/pattern/match.ts';
import { compiledOf } from '../rules/patterns.ts';
import { type DigestTime, ownersOf, type Settings, type Team, type WorkingHours } from '../rules/rule.ts';
import { isKnownOwner, isOfTask, isOwnTag } from './owner.ts';
import type { Plan } from './plan.ts';

/** Whose an incident is, and when they are at work. */
export interface Responsible {
  /** Null: no team's. */
  readonly team: string | null;
  /** How that was found, for people: `its owner is payments`. */
  readonly how: string;
  /** Absent: at any time. */
  readonly workingHours?: WorkingHours;
  /** Absent: what is for the morning goes out at once. */
  readonly digest?: DigestTime;
}

/** As `ownerText` writes it: the name, and in brackets how it was found, in which there are none. */
const named = /^(.+) \([^()]*\)$/;

/**
 * The team that an owner tag names; where none says whose it is, the first that has a target of the plan in its patterns. So it is, too,
 * where what is around the target (its cluster, the image's repository) names an owner that no team knows. A task's own tag, which what runs
 * in it may have set, comes after the patterns.
 */
export function responsibleFor(
  plan: Pick<Plan, 'owner' | 'steps' | 'proposed'>,
  settings: Pick<Settings, 'teams' | 'workingHours' | 'digest'>,
): Responsible {
  const found = teamOf(plan, settings);
  const digest = digestOf(found.team, settings);
  return { ...found, ...(digest === undefined ? {} : { digest }) };
}

function teamOf(
  plan: Pick<Plan, 'owner' | 'steps' | 'proposed'>,
  { teams = [], workingHours }: Pick<Settings, 'teams' | 'workingHours'>,
): Responsible {
  const owner = named.exec(plan.owner)?.[1] ?? plan.owner;
  const isKnown = isKnownOwner(owner);
  const byTag = isKnown ? teams.find((team) => ownersOf(team).includes(owner.toLowerCase())) : undefined;
  const targets = [...plan.steps, ...plan.proposed].map(({ target }) => target);
  const isSettled = isKnown && (isOwnTag(plan.owner) || (byTag !== undefined && !isOfTask(plan.owner)));
  const byTarget = isSettled ? undefined : teams.find((team) => targets.some((target) => owns(team, target)));
  if (byTarget !== undefined) {
    return of(byTarget, `the settings say so, teams.${byTarget.name}.owns, and ${why(plan.owner)}`, workingHours);
  }
  if (byTag !== undefined) return of(byTag, `its owner is ${owner}`, workingHours);
  const how = isKnown ? `${owner} is in no team of the settings` : 'no tag says whose it is, nor do the settings';
  return { team: null, how, ...hours(workingHours) };
}

/** Why the patterns were asked. */
function why(owner: string): string {
  if (!isKnownOwner(owner)) return 'no tag says otherwise';
  return isOfTask(owner) ? 'come before what a task says of itself' : 'what a tag says is in no team';
}

const of = (team: Team, how: string, otherwise: WorkingHours | undefined): Responsible => ({
  team: team.name,
  how,
  ...hours(team.workingHours ?? otherwise),
});

const hours = (workingHours: WorkingHours | undefined): Pick<Responsible, 'workingHours'> =>
  workingHours === undefined ? {} : { workingHours };

const owns = ({ owns: patterns = [] }: Team, target: Target): boolean =>
  patterns.some((pattern) => matches(compiledOf(pattern), target));
