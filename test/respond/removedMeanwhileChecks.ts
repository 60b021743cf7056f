import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const storm = provenBy('test/respond/storm.test.ts', 'shared/');
const release = provenBy('test/respond/release.test.ts', 'shared/');
const told = provenBy('test/respond/tellMeanwhile.test.ts', 'shared/');
const link = provenBy('test/respond/console/link.test.ts', 'shared/');

/** A threat that comes while a run works which knows of none. */
const threats: readonly RemovedCheck[] = [
  told(
    'respond/tellMeanwhile.ts',
    '  if (now.getTime() - Date.parse(ref.at) < patienceMs) return head;\n',
    '',
    'wakes somebody when that has gone on for two minutes, once',
    'whoever is woken for what a run deals with within seconds is woken twice',
  ),
  told(
    'respond/tellMeanwhile.ts',
    '    ...(team === null ? {} : { team }),\n',
    '',
    'goes to the team whose the incident is',
    'whoever owns the host does not hear of the miner on it, because a patch runs',
  ),
  told(
    'respond/tellMeanwhile.ts',
    ' && page.acknowledged === undefined;',
    ';',
    'wakes whoever has it in hand',
    'a miner on a host is told an hour late because somebody has approved its patch',
  ),
  told(
    'respond/tellMeanwhile.ts',
    '  if ((await table.get(keys.message(incident, id))) !== undefined) return head;\n',
    '',
    'wakes whoever has it in hand',
    'whoever acknowledges it is woken again two minutes later',
  ),
  told(
    'respond/tellMeanwhile.ts',
    'planOfRun(effects.bodies, head, head.round)',
    'planOfRun(effects.bodies, { ...head, round: ref.round }, ref.round)',
    'before the run has gone on to decide it',
    'what is about to be contained wakes somebody as not contained',
  ),
  told(
    'respond/tellMeanwhile.ts',
    '    .filter(({ matched }) => isThreat(matched));\n',
    ';\n',
    'wakes nobody for what is no threat',
    'each vulnerability that comes during a patch wakes somebody',
  ),
  told(
    'respond/tellMeanwhile.ts',
    '  if (threats.some(({ seq }) => seq <= known)) return [];\n',
    '',
    'is told by the run itself where that knows of one',
    'a second signal of what is being contained wakes somebody',
  ),
  told(
    'respond/tellMeanwhile.ts',
    " || tierFor(threats, rules, now) !== 'page'",
    '',
    'wakes nobody where its rule would not',
    'what the rules want in the digest wakes somebody because a patch runs',
  ),
  told(
    'respond/tellMeanwhile.ts',
    'quiet === undefined ? {} : { quiet }',
    '{}',
    'wakes nobody where its paging is exempted',
    'an exempted test of the team wakes somebody while a patch runs',
  ),
  told(
    'incident/ends.ts',
    'ending.page === undefined && head.page !== null ? {} : pageExpected(head.page)',
    'ending.page === undefined ? {} : pageExpected(head.page)',
    'has no page that stays open because it came while the run told of its end',
    'a page goes on to the next though what it told of is contained',
  ),
  told(
    'incident/openPage.ts',
    "const expect = { state: 'running', run, round, ...pageExpected(head.page) };",
    "const expect = { state: 'running', run, round };",
    'wakes somebody when that has gone on for two minutes, once',
    'two sweeps at once write over who has the page',
  ),
];

/** What comes at the same time as something else: a page, a finding, another page. */
export const meanwhileChecks: readonly RemovedCheck[] = [
  ...threats,
  storm(
    'respond/tellGathered.ts',
    'folded.filter(({ message }) => message !== first);',
    'folded.slice();',
    'says so at once, and once',
    'the page of a storm comes twice for what it began with',
  ),
  storm(
    'respond/storm.ts',
    'told: 0, urgent: 0, toldAt: at, first',
    'told: 1, urgent: 1, toldAt: at, first',
    'where the page that began it went out by itself',
    'what is not contained is folded into a storm, and nobody gets up for it',
  ),
  storm(
    'respond/foldInto.ts',
    '  if (head.page?.id === id) await tighten(table, parent.incident, head.page);\n',
    '',
    'as the strictest of what it tells',
    'a page that was to go on after 15 minutes waits for an hour, because another tells it',
  ),
  storm(
    'respond/tellGathered.ts',
    'replaces: page === undefined ? [] : acknowledgements(head)',
    'replaces: []',
    'takes back who had its page',
    'an alert that nobody has is acknowledged',
  ),
  release(
    'incident/raise.ts',
    "if (news.after !== undefined && (state === 'running' || run !== news.after)) return head;",
    '',
    'turns round no run',
    'a release swallows what was found at the same moment',
  ),
  release(
    'respond/report.ts',
    "undone && (outcome === 'undone' || outcome === 'released') ? null",
    'undone ? null',
    'leaves known that it is contained',
    'after a release that was refused, a breach is no news any more',
  ),
  link(
    'respond/acknowledge.ts',
    'if (seen !== undefined && seen !== page.id)',
    "if (seen === '-')",
    'acknowledges the page that was seen',
    'a page that nobody has read is acknowledged by a form of an earlier one',
  ),
];
