import type { Message } from '../incident/items.ts';
import type { Escalates, Matched, Plan } from '../plan/plan.ts';
import { aboutPlan } from './about.ts';
import { findingLine } from './body.ts';
import { commandFor } from './command.ts';
import { goesOnLines } from './escalation.ts';
import { smsText, subjectFor } from './subject.ts';
import { firstOf, plain } from './text.ts';

const mostFindings = 5;
const mostSteps = 5;

/** What was found while a run works, which knows nothing of it. */
export interface Meanwhile {
  readonly incident: string;
  readonly threats: readonly Matched[];
  /** What the run does, and since when, ISO. */
  readonly plan: Plan;
  readonly since: string;
  readonly escalates: Escalates | null;
  readonly now: Date;
  readonly stage: string;
}

/** A page about threats that nothing is done about before a run has ended which was decided without them. */
export function composeMeanwhile(said: Meanwhile): Pick<Message, 'subject' | 'body'> {
  const { incident, threats, plan, since, escalates, now, stage } = said;
  const about = aboutPlan({ ...plan, findings: threats }, incident);
  const words = 'a threat, NOT contained yet';
  const doing = firstOf(
    plan.steps.map(({ sentence }) => sentence),
    mostSteps,
    300,
  );
  return {
    subject: subjectFor('page', about, words),
    body: [
      smsText('page', about, words),
      '',
      'What happened',
      ...firstOf(threats.map(findingLine), mostFindings, 1000),
      '',
      'What is being done',
      `Since ${since} a run works here that was decided before this was found. Nothing is done about it until that run has ended; then it is decided, and you are told what became of it.`,
      ...doing,
      '',
      'Where',
      ...about.lines,
      `Look: ${commandFor('incidents show', incident, stage)}`,
      ...goesOnLines(escalates, incident, stage),
      '',
      `Incident ${plain(incident, 600)}\n${now.toISOString()}, Firebreak ${plain(stage, 50)}`,
    ].join('\n'),
  };
}
