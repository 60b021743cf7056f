import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../../shared/rules/compile.ts';

const rule = (when: string): string => `name: asked
when: ${when}
do: [evidence.capture]
mode: enforce
`;

const problemsOf = (when: string): readonly string[] =>
  compileRuleSet([{ path: 'rules/asked', text: rule(when) }], catalogue).problems.map(({ message }) => message);

describe('a rule for what comes through Security Hub', () => {
  it.each([
    '{ source: [securityhub], product: { id: [{ prefix: sysdig/ }] } }',
    '{ source: [guardduty], product: { action: [Firebreak contain] } }',
    '{ product: { workflow: [new, null], types: [{ prefix: TTPs/ }] } }',
    '{ source: [securityhub], threat: { count: [{ numeric: [">=", 1] }] } }',
  ])('%s: nothing is said of it', (when) => expect(problemsOf(when)).toEqual([]));

  it.each([
    ['{ source: [ecr], product: { id: [aws/guardduty] } }', /product/],
    ['{ source: [security-hub] }', /security-hub/],
    ['{ source: [securityhub], counts: { critical: [1] } }', /counts/],
    ['{ product: { workflow: [NEW] } }', /NEW/],
    ['{ product: { arn: [x] } }', /product\.arn/],
  ])('%s: it would never fit, and lint says so', (when, said) => {
    expect(problemsOf(when).join('\n')).toMatch(said);
  });
});
