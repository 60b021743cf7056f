import { type Action, type Step, targetKey } from '../actions/contract.ts';
import { releaseOf } from '../actions/release.ts';
import { readHead } from '../incident/head.ts';
import type { StandingChange, TargetRecord } from '../incident/items.ts';
import type { PlanSettings } from '../incident/planSettings.ts';
import { targetsOf } from '../incident/targets.ts';
import { emptyPlan } from '../plan/emptyPlan.ts';
import { orderSteps } from '../plan/order.ts';
import { ownerAmong } from '../plan/owner.ts';
import type { Letting, Plan } from '../plan/plan.ts';
import { permissionNames } from '../plan/steps.ts';
import { accusesStill } from './accused.ts';
import { readContext } from './context.ts';
import type { Effects } from './effects.ts';
import { failureOfStep } from './failure.ts';
import type { RunInput } from './run.ts';

type ReleaseEffects = Pick<Effects, 'table' | 'catalogue' | 'sessions' | 'evidence' | 'clock'>;

interface Asked extends RunInput {
  /** The version that a person named; null where none was. */
  readonly to: string | null;
  /** When they said so, ISO. */
  readonly at: string;
  readonly settings: PlanSettings;
  readonly lastTry: boolean;
}

/** One change that stands, and what becomes of it. */
type Lifted =
  | { readonly step: Step; readonly named: boolean }
  | { readonly refused: string }
  | { readonly stays: string };

const why = 'This is itself a release: a new finding contains it again.';

/**
 * Plans to let go what stands for an incident because it is fixed. What another incident still needs stays, and is said. Where anything that was named
 * cannot be run, nothing is done at all. Throws Throttled.
 */
export async function planRelease(effects: ReleaseEffects, asked: Asked): Promise<Plan> {
  const { incident, to } = asked;
  const changed = (await targetsOf(effects.table, incident)).filter(({ changes }) => changes.length > 0);
  const others = ({ interested }: TargetRecord): readonly string[] => interested.filter((other) => other !== incident);
  const kept = changed
    .filter((record) => others(record).length > 0)
    .map((record) => `${record.target} stays contained: incident ${others(record).join(', ')} needs it.`);
  const lifted: Lifted[] = [];
  const ours = changed.filter((record) => others(record).length === 0).flatMap(({ changes }) => changes);
  for (const change of ours) lifted.push(await lift(effects, asked, change));
  // Each is let go by itself: what has not come up keeps nothing else contained.
  const steps = orderSteps(lifted.flatMap((one) => ('step' in one ? [one.step] : []))).map((step) => ({
    ...step,
    needs: [],
  }));
  const refused = lifted.flatMap((one) => ('refused' in one ? [one.refused] : []));
  const stays = lifted.flatMap((one) => ('stays' in one ? [one.stays] : []));
  const around = {
    ...emptyPlan,
    release: { to, at: asked.at, ...canBeAsked(effects, changed) },
    // It stays contained, and whoever asked waits for the answer.
    page: { held: 'notice' as const },
    owner: ownerAmong(ours.map(({ before }) => before)),
  };
  const isNamed = to === null || lifted.some((one) => 'step' in one && one.named);
  const unnamed = isNamed ? [] : [...stays, 'Nothing that stands runs a version that could be named: leave out --to.'];
  const [first] = [...refused, ...unnamed, ...(steps.length === 0 ? [...stays, ...kept] : [])];
  if (first !== undefined) {
    const notDone = [...new Set([...refused, ...stays, ...kept])].filter((line) => line !== first);
    return { ...around, decision: 'hold', reason: `Nothing was released. ${first}`, proposed: steps, notDone };
  }
  if (steps.length === 0) return { ...around, decision: 'ignore', reason: 'Nothing stands that could be released.' };
  const reason = 'A person said that it is fixed: what was contained is let go.';
  return { ...around, decision: 'contain', reason, steps, notDone: [...new Set([...stays, ...kept])] };
}

/** What can be asked of what stands: nobody is told to ask again for what is refused each time. */
function canBeAsked(
  { catalogue }: Pick<ReleaseEffects, 'catalogue'>,
  changed: readonly TargetRecord[],
): Pick<Letting, 'takesVersion' | 'byUndoAlone'> {
  const steps = changed.flatMap(({ changes }) => changes.map(({ step }) => step)).filter(({ undo }) => undo.possible);
  const lent = steps.filter(({ facts }) => facts.canWait !== true).map((step) => releaseOf(catalogue, step));
  return {
    ...(lent.some((release) => release?.takesVersion === true) ? { takesVersion: true } : {}),
    ...(steps.length > 0 && lent.every((release) => release === undefined) ? { byUndoAlone: true } : {}),
  };
}

async function lift(effects: ReleaseEffects, asked: Asked, { step, before }: StandingChange): Promise<Lifted> {
  const { id } = step.target;
  const action = effects.catalogue.find(({ name }) => name === step.action);
  if (!step.undo.possible) return { stays: `${step.action} on ${id}: there is nothing to release. ${step.undo.why}` };
  if (step.facts.canWait === true)
    return { stays: `${step.action} on ${id} is a fix, and stays: an undo takes it back.` };
  if (action?.release === undefined)
    return {
      stays: `${step.action} on ${id} stays: this version of Firebreak has no release for it, and an undo puts it back.`,
    };
  const { incident, run, to, settings, lastTry } = asked;
  const { target, params, chosen, accusation } = step;
  const doing = `Reading what ${id} would run`;
  try {
    const context = await readContext(effects, { incident, run, action, target, settings, accusation, chosen, before });
    const planned = await action.release.plan(target, params, before, to, context);
    if (planned.kind === 'elsewhere') return { stays: planned.reason };
    if (planned.kind === 'refused') return { refused: planned.reason };
    const accuser = await accuserOf(effects, planned.runs);
    if (accuser !== undefined)
      return { refused: `${id} stays contained: incident ${accuser} accuses what it would run.` };
    return { step: released(step, action, planned.sentence, planned.chosen), named: planned.named };
  } catch (error) {
    const failure = failureOfStep(error, doing, lastTry);
    return { refused: failure.kind === 'gone' ? `${id} is not there any more.` : `${failure.why}.` };
  }
}

/** Another open incident, or this one, that has contained one of these images or wants it contained. */
async function accuserOf({ table }: ReleaseEffects, images: readonly string[]): Promise<string | undefined> {
  for (const image of images) if (accusesStill(await readHead(table, image))) return image;
  return undefined;
}

/** A key of its own: where AWS is asked for a call by its key, the release must not find what the step did. */
function released(step: Step, action: Action, sentence: string, chosen: Step['chosen']): Step {
  const { afterwards: _then, remains: _said, ...rest } = step;
  return {
    ...rest,
    key: `release ${step.action} ${targetKey(step.target)}`,
    direction: 'undo',
    release: true,
    needs: [],
    sentence,
    undo: { possible: false, why },
    decisive: {},
    ...(chosen === undefined ? {} : { chosen }),
    permissions: permissionNames(action, step.target),
  };
}
