import type { Check, Reason } from '../../shared/plan/gate/verdict.ts';
import { htmlText } from '../../shared/report/text.ts';
import type { Gated } from './gate.ts';

/** The five characters that XML knows, and none that it forbids: what cannot be printed is written out. */
const xml = (text: string, max = 2000): string => htmlText(text, max);

const said = ({ message, place, mend }: Reason): string =>
  [message, `at ${place}`, mend]
    .filter((line) => line !== '')
    .map((line) => xml(line))
    .join('\n');

const element = (name: string, reasons: readonly Reason[]): readonly string[] => {
  const [first] = reasons;
  if (first === undefined) return [];
  return [
    `      <${name} type="${xml(first.code)}" message="${xml(first.message)}">${reasons.map(said).join('\n')}</${name}>`,
  ];
};

function testcase({ check, state, said: sentence, reasons }: Check): readonly string[] {
  const of = (...levels: readonly Reason['level'][]): readonly Reason[] =>
    reasons.filter(({ level }) => levels.includes(level));
  // One of the two: a test that failed has not erred as well.
  const failed = of('block').length > 0 ? element('failure', of('block', 'unknown')) : element('error', of('unknown'));
  const told = of('warn', 'note').map(said);
  return [
    `    <testcase classname="firebreak.gate" name="${xml(check)}" time="0">`,
    ...(state === 'skipped' ? [`      <skipped message="${xml(sentence)}"/>`] : []),
    ...failed,
    ...(told.length === 0 ? [] : [`      <system-out>${told.join('\n')}</system-out>`]),
    '    </testcase>',
  ];
}

/** JUnit's XML, as CI systems read it: a test for each check, `failure` where it blocks, `error` where it cannot be told. */
export function junitOf({ given, verdict: { checks }, at }: Gated): string {
  const count = (state: Check['state']): number => checks.filter((one) => one.state === state).length;
  const counts = `tests="${checks.length}" failures="${count('blocked')}" errors="${count('unknown')}" skipped="${count('skipped')}" time="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="firebreak gate" ${counts}>`,
    `  <testsuite name="${xml(given)}" ${counts} timestamp="${at.toISOString().slice(0, 19)}">`,
    ...checks.flatMap(testcase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}
