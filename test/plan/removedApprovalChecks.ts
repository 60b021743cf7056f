import type { RemovedCheck } from '../removedCheck.ts';

const approval = (text: string, replacement: string, name: string, why: string): RemovedCheck => ({
  file: 'shared/plan/approval.ts',
  text,
  replacement,
  test: 'test/plan/approval.test.ts',
  name,
  why,
});
const asks = (text: string, replacement: string, name: string, why: string): RemovedCheck => ({
  ...approval(text, replacement, name, why),
  file: 'shared/plan/asks.ts',
});

/** What keeps an answer to what was asked, and nothing from being done without one. */
export const approvalChecks: readonly RemovedCheck[] = [
  approval(
    "given.find(({ kind }) => kind === 'reject') ?? given[0]",
    'given[0]',
    'says no',
    'a yes that came in beside a no lets it be done',
  ),
  approval(
    '({ steps }) => steps.includes(step)',
    '({ steps }) => steps.length > 0',
    'would come out otherwise',
    'what was approved is done though it is something else by now',
  ),
  approval('    decisive,\n', '', 'would come out otherwise', 'what was approved in one state is done in another'),
  approval(
    '    { ...terms },\n',
    '',
    'with another end',
    'a rule that is edited while somebody is asked decides that it is done',
  ),
  approval(
    'until !== null && until <= now ?',
    'until !== null ?',
    'is over',
    'it is done without an answer before its time is over',
  ),
  approval(
    "if (onTimeout === 'proceed') return",
    "if (onTimeout !== 'minimum') return",
    'is over: hold',
    'what is to be held without an answer is done',
  ),
  approval(
    '(sparing && planned.sparing !== true)',
    'sparing !== sparing',
    'would have to ask',
    'the least of it takes down what is protected',
  ),
  approval(
    'observation.kept === true',
    'false',
    'what stands is not asked about',
    'whoever approved it is woken again for what was done',
  ),
  asks(
    'canonicalJson([since, steps,',
    'canonicalJson([steps,',
    'before an undo',
    'what was approved before it was undone cannot be approved again',
  ),
  asks(
    'asked?.hash === hash ? asked.until : until(questions, now)',
    'until(questions, now)',
    'does not begin again',
    'each finding begins the time to answer anew, so that it is never over',
  ),
  asks(
    'if (needs.some((one) => waiting.has(one))) waiting.add(key);',
    '',
    'waits with it',
    'an image is archived under what nobody has approved to be stopped',
  ),
  {
    file: 'shared/plan/steps.ts',
    text: "approved?.how === 'person' ? undefined : leastHealthyOf(limited)",
    replacement: 'leastHealthyOf(limited)',
    test: 'test/plan/budget.test.ts',
    name: 'a reason to ask',
    why: 'what a person approved, who saw how little it leaves, is refused for that',
  },
  {
    file: 'shared/plan/plan.ts',
    text: " || decision === 'approve'",
    replacement: '',
    test: 'test/plan/approval.test.ts',
    name: 'no matter for the morning',
    why: 'an intruder about whom somebody is asked counts as harmless',
  },
  {
    file: 'shared/report/body.ts',
    text: '!isMeant(decision)',
    replacement: "!(isMeant(decision) && decision !== 'approve')",
    test: 'test/report/asks.test.ts',
    name: 'whose credentials are open',
    why: 'whoever is asked is not told that credentials are in somebody’s hands',
  },
];
