import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { noAccusation } from '../../shared/actions/accusation.ts';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { noAnswers } from '../../shared/plan/approval.ts';
import { assemble } from '../../shared/plan/assemble.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import { propose } from '../../shared/plan/propose.ts';
import { plannedUnread } from '../../shared/plan/steps.ts';
import { composeMessage } from '../../shared/report/compose.ts';
import { outcomeOf } from '../../shared/report/outcome.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';
import type { RuleSet } from '../../shared/rules/rule.ts';
import { invalidPath, parsed, sampleEvent } from '../finding/sampleEvent.ts';
import { now } from '../plan/fakes.ts';

interface Expected {
  readonly event: string;
  readonly decision: string;
  readonly rule: string | null;
  readonly tier: string;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const expected = read('events/expected.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Expected);

function shippedRules(): RuleSet {
  const files = readdirSync(new URL('../../rules/', import.meta.url)).filter((name) => name.endsWith('.yaml'));
  const sources = files.map((name) => ({
    path: name === 'settings.yaml' ? 'settings' : `rules/${name.replace('.yaml', '')}`,
    text: read(`rules/${name}`),
  }));
  const { set, problems } = compileRuleSet(sources, catalogue);
  if (set === null) throw new Error(JSON.stringify(problems));
  return set;
}

/** What the shipped rules make of one event, with an account that nobody has read. */
function outcomeOfEvent(name: string, set: RuleSet): Omit<Expected, 'event'> {
  const result = parsed(sampleEvent(name));
  if (result.kind === 'ignored') return { decision: 'ignore', rule: null, tier: 'none' };
  const [first] = result.findings;
  if (first === undefined) throw new Error('a finding was expected');
  // Nothing is contained: intake asks, and lets none through that only says how its resource is.
  if (first.says !== undefined) return { decision: 'ignore', rule: null, tier: 'none' };
  const matched = [decideFinding(first, set, now)];
  const { proposals, notDone } = propose(matched, set, catalogue, now);
  const unread = proposals.map((proposal) => ({
    proposal,
    planned: plannedUnread(proposal.action, proposal.target),
    observed: null,
    accusation: noAccusation,
    unobserved: 'no account file was given',
  }));
  const around = { heldReason: null, cause: null, roles: [], answers: noAnswers(now) };
  const plan = assemble({ matched, set, notDone, proposals: unread, ...around });
  const outcome = outcomeOf(plan, [], { direction: 'do' });
  const { tier } = composeMessage({
    incident: incidentKey(first),
    run: 'run1',
    direction: 'do',
    outcome,
    plan,
    receipts: [],
    heldUntil: null,
    now,
    stage: 'test',
  });
  return { decision: plan.decision, rule: plan.rule?.name ?? null, tier };
}

describe('the sample events under the shipped rules', () => {
  const set = shippedRules();

  test.each(expected.filter(({ decision }) => decision !== 'invalid'))(
    '$event: $decision, rule $rule, $tier',
    ({ event, decision, rule, tier }) => {
      expect(outcomeOfEvent(event.replace('.json', ''), set)).toEqual({ decision, rule, tier });
    },
  );

  test.each(expected.filter(({ decision }) => decision === 'invalid'))('$event: invalid', ({ event, rule, tier }) => {
    expect(invalidPath(() => parsed(sampleEvent(event.replace('.json', ''))))).toMatch(/^detail\./);
    expect([rule, tier]).toEqual([null, 'none']);
  });
});
