import { indented, safe } from '../incidents/lines.ts';
import type { Explained, ExplainedFinding, ExplainedStep } from './explained.ts';

/** One event for a person to read, a line each. */
export function explainedBlock(event: Explained): readonly string[] {
  const { id, source, detailType, intake, decision, reason, incident, rule, cause, page } = event;
  return [
    `${safe(source ?? 'no source', 100)} "${safe(detailType ?? 'no detail-type', 100)}" ${safe(id ?? 'no id', 100)}`,
    ...indented([
      `${decision.toUpperCase()}: ${safe(reason, 1000)}`,
      `received by ${intake ?? 'nobody'}`,
      ...(incident === null ? [] : [`incident ${safe(incident)}`]),
      ...(rule === null ? [] : [`rule ${safe(rule.name)} (${rule.mode}), cause ${cause ?? 'unknown'}`]),
      ...event.findings.map(findingLine),
      ...event.considered.map(
        ({ rule: name, matched, because }) =>
          `${matched ? 'matches' : 'does not match'} ${safe(name)}: ${safe(because)}`,
      ),
      ...event.plan.flatMap(stepLines),
      ...event.notDone.map((sentence) => `not done: ${safe(sentence)}`),
      ...event.seen.map((line) => `seen: ${safe(line, 300)}`),
      page.tier === 'none' ? 'nobody is told' : `${page.tier}: ${safe(page.subject)}`,
    ]),
  ];
}

const findingLine = ({ title, label, severity, status, decision }: ExplainedFinding): string =>
  `finding ${safe(title)} (${severity === null ? label : `${label} ${severity}`}, ${status}): ${decision}`;

function stepLines(step: ExplainedStep, index: number): readonly string[] {
  const { action, sentence, runs, needs, permissions, undo } = step;
  return [
    `${runs ? 'step' : 'would do'} ${index + 1}. ${action}: ${safe(sentence)}`,
    ...indented([
      ...(needs.length === 0 ? [] : [`only after ${needs.map((one) => safe(one)).join(', ')}`]),
      `calls ${permissions.join(', ')}`,
      safe(undo),
    ]),
  ];
}
