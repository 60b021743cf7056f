import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const lease = provenBy('test/respond/lease.test.ts');
const after = provenBy('test/respond/leaseAfter.test.ts');

/** What keeps a containment from being forgotten, from being let go by nobody, and a person's word about it from being lost. */
export const leaseChecks: readonly RemovedCheck[] = [
  after(
    'shared/plan/lease.ts',
    'facts.contains && facts.canWait !== true',
    'facts.contains',
    'that was fixed',
    'a notice a week asks whether a repository may stay as safe as it is',
  ),
  after(
    'shared/plan/lease.ts',
    'facts.contains && facts.canWait !== true',
    'facts.canWait !== true',
    'that goes along',
    'people are asked about a host that was patched and takes tasks again',
  ),
  after(
    'shared/plan/lease.ts',
    'facts.lends === true || ',
    '',
    'that is lent',
    'an address is refused for years, and nobody is asked whether it still has to be',
  ),
  lease(
    'shared/respond/leaseAfter.ts',
    'if (head.lease !== null || leaseDays === undefined) return undefined;',
    'if (leaseDays === undefined) return undefined;',
    'has the lease that it began with',
    'whoever keeps an incident changing keeps people from being asked about it',
  ),
  lease(
    'shared/respond/leaseAfter.ts',
    " && resultOf(step, receipts) === 'ok'",
    '',
    'has none while nothing of it was read back',
    'people are asked to let go what was never contained',
  ),
  lease(
    'shared/respond/leaseAfter.ts',
    'return isOver && head.lease !== null ? null : undefined;',
    'return undefined;',
    'has none any more once it was undone',
    'what is contained again has the end of what was undone',
  ),
  lease(
    'shared/incident/leases.ts',
    'const weeks = Math.max(0, Math.floor((now.getTime() - end) / againMs) + 1);',
    'const weeks = now.getTime() < end ? 0 : 99_999;',
    'which is told then and once a week',
    'a lease that nobody answered is forgotten',
  ),
  lease(
    'shared/incident/leases.ts',
    'Math.min(longestNoticeMs, Math.floor((expiresAt - since) / 3))',
    'longestNoticeMs',
    'of one that is short, when two thirds of it are over',
    'a lease of a day is asked about the moment that it begins',
  ),
  lease(
    'shared/incident/leases.ts',
    '{ state, run, direction, ...leaseExpected(head.lease) }',
    '{ state, run, direction }',
    'who was overtaken between deciding and writing takes nothing back',
    'of two decisions at the same moment one is lost',
  ),
  lease(
    'shared/respond/tellLease.ts',
    'if (await finishLease(effects, head)) return undefined;',
    '',
    'finishes by a repeat, or by the sweep, what a crash left half done',
    'a decision that was recorded is asked for again',
  ),
  lease(
    'shared/respond/tellLease.ts',
    'if (standing.length === 0) return',
    'if (standing.length < 0) return',
    'nothing is asked about what does not stand any more',
    'people are asked to let go what nobody holds',
  ),
  lease(
    'shared/respond/decideLease.ts',
    'mine.term !== leaseTerm(head) && ',
    'mine.term === leaseTerm(head) && ',
    'who was overtaken between deciding and writing takes nothing back',
    'a decision that was overtaken is made once more, against the one that came after it',
  ),
  lease(
    'shared/respond/decideLease.ts',
    'if (until !== null && until.getTime() - at.getTime() > longestLeaseDays * dayMs)',
    'if (until === undefined)',
    'is refused in one sentence where there is nothing to keep, and for longer than a lease may be',
    'a lease without an end is one that is forgotten',
  ),
  lease(
    'shared/respond/decideLease.ts',
    "if (head.state === 'running' && head.direction === 'undo')",
    'if (head.run === undefined)',
    'is refused in one sentence where there is nothing to keep, and for longer than a lease may be',
    'what is being let go is said to be kept',
  ),
  lease(
    'shared/respond/decideLease.ts',
    'if (changes.some(({ step }) => isLent(step))) return undefined;',
    'if (incident !== undefined) return undefined;',
    'is refused in one sentence where there is nothing to keep, and for longer than a lease may be',
    'nothing is said to be contained any longer',
  ),
];
