import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const storm = provenBy('test/respond/storm.test.ts', 'shared/');
const release = provenBy('test/respond/release.test.ts', 'shared/');
const link = provenBy('test/respond/console/link.test.ts', 'shared/');

/** What comes at the same time as something else: a page, a finding, another page. */
export const meanwhileChecks: readonly RemovedCheck[] = [
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
