import type { RemovedCheck } from '../removedCheck.ts';

const check = (file: string, text: string, replacement: string, name: string, why: string): RemovedCheck => ({
  file: `shared/${file}`,
  text,
  replacement,
  test: 'test/respond/drill.test.ts',
  name,
  why,
});

/** A drill changes nothing, and takes nothing real for itself. */
export const drillChecks: readonly RemovedCheck[] = [
  check(
    'respond/drill.ts',
    'findings.length === 0 || !findings.every(({ finding }) => finding.sample)',
    'findings.length === 0',
    'is what was really found',
    'what is really found while somebody drills is taken for the drill, and nothing is done',
  ),
  check(
    'respond/drill.ts',
    '!findings.every(({ finding }) => finding.sample)',
    '!findings.some(({ finding }) => finding.sample)',
    'of which one finding is real',
    'a sample beside it keeps a real threat from being contained',
  ),
  check(
    'respond/drill.ts',
    'drill !== undefined && drill.until > clock.now().toISOString() ? drill : undefined',
    'drill',
    'comes when it is over',
    'samples that somebody else makes up are told as drills for ever',
  ),
  check(
    'respond/decide.ts',
    'const set = drill === undefined ? rules.set : observing(rules.set);',
    'const set = rules.set;',
    'changes nothing',
    'what was made up is decided as if it were to be contained',
  ),
  check(
    'respond/message.ts',
    '      ...(plan.drill === undefined ? {} : { drill: plan.drill.id }),\n',
    '',
    'when it is held again',
    'the second drill is told to nobody',
  ),
];
