import type { Artifacts } from '../../sandbox/sandbox.ts';
import { type Done, doneOf } from './done.ts';
import { type Figures, figuresOf } from './figures.ts';
import { NotAsTold, type Scenario, type Step } from './scenario.ts';
import { openTheatre } from './theatre.ts';

export interface PlayedStep {
  readonly title: string;
  /** Virtual time at the end of the step, ISO. */
  readonly at: string;
  readonly lines: readonly string[];
}

export interface Played {
  readonly name: string;
  readonly title: string;
  /** Why it did not end as it should; null when it did. */
  readonly failed: string | null;
  readonly steps: readonly PlayedStep[];
  readonly figures: Figures;
  /** What its actions did; null of a day with incidents by the dozen, and of what did not end as it should. */
  readonly done: readonly Done[] | null;
}

/** How a scenario is shown while it runs. */
export interface Audience {
  step<T>(step: Step, work: () => Promise<T>): Promise<T>;
  played(step: PlayedStep): void;
}

/** Runs a scenario on an account of its own, which is gone afterwards. */
export async function play(
  scenario: Scenario,
  options: { readonly artifacts: Artifacts; readonly seed: number },
  audience: Audience,
): Promise<Played> {
  const real = performance.now();
  const { world, startAt, ofDays = false } = scenario;
  const begin = startAt === undefined ? {} : { startAt: new Date(startAt) };
  const theatre = await openTheatre({ ...options, world, ofDays, ...begin });
  const { sandbox } = theatre;
  const startedAt = { virtual: sandbox.clock.now(), real };
  const steps: PlayedStep[] = [];
  let failed: string | null = null;
  let done: readonly Done[] | null = null;
  try {
    for (const step of scenario.steps) {
      const lines = await audience.step(step, () => step.happen(theatre));
      const played = { title: step.title, at: theatre.now().toISOString(), lines };
      steps.push(played);
      audience.played(played);
    }
    if (scenario.isWholeDay !== true) done = await doneOf(theatre);
  } catch (error) {
    if (!(error instanceof NotAsTold)) throw error;
    failed = error.message;
  } finally {
    await sandbox.close();
  }
  return { name: scenario.name, title: scenario.title, failed, steps, figures: figuresOf(sandbox, startedAt), done };
}
