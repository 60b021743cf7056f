import type { Plan } from '../plan/plan.ts';
import { aboutPlan } from './about.ts';
import { smsText, subjectFor } from './subject.ts';
import { firstOf, plain } from './text.ts';

const mostSteps = 20;

/** Whoever reads it must not take it for a message: what is a test says so first. */
const asTest = (line: string): string => line.replace(/^NO ACTION: /, 'TEST, NO ACTION: ');

const longestSubject = 99;
const onePart = 140;

/** The one message of a drill: what would have been decided about a finding that GuardDuty was asked to make up. */
export function composeDrill(
  plan: Plan & Required<Pick<Plan, 'drill'>>,
  {
    incident,
    run,
    now,
    stage,
  }: { readonly incident: string; readonly run: string; readonly now: Date; readonly stage: string },
): { readonly tier: 'notice'; readonly subject: string; readonly body: string } {
  const about = aboutPlan(plan, incident);
  const would = [...plan.steps, ...plan.proposed].map(({ action, sentence }) => `${action}: ${plain(sentence, 600)}`);
  const rule = plan.rule === null ? 'no rule takes it' : `rule ${plan.rule.name} takes it`;
  const lines = [
    asTest(smsText('notice', about, 'drill')).slice(0, onePart),
    '',
    'A drill',
    `${plain(plan.drill.by, 200)} had GuardDuty make up a finding, with "firebreak drill", to see whether it goes the whole way. Nothing has happened, and nothing was done.`,
    'It came from GuardDuty through EventBridge, its queue, intake and the state machine, was decided by the rules that decide now, and was told like this.',
    '',
    'What would have been',
    `If it were real, ${rule}: ${plain(plan.reason, 1000)}`,
    ...(would.length === 0 ? ['Nothing would be done.'] : firstOf(would, mostSteps, 600)),
    '',
    `Incident ${plain(incident, 600)}\nRun ${plain(run, 100)}, ${now.toISOString()}, Firebreak ${plain(stage, 50)}`,
  ];
  return {
    tier: 'notice',
    subject: asTest(subjectFor('notice', about, 'drill')).slice(0, longestSubject),
    body: lines.join('\n'),
  };
}
