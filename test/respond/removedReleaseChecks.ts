import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const release = provenBy('test/respond/release.test.ts');
const refused = provenBy('test/respond/refusedUndo.test.ts');
const version = provenBy('test/account/namedVersion.test.ts');

/** What keeps a release from bringing back what was accused, from letting go what others need, and from being told as something else. */
export const releaseChecks: readonly RemovedCheck[] = [
  release(
    'shared/respond/planRelease.ts',
    'if (accuser !== undefined)',
    'if (accuser === null)',
    'where an open incident accuses what would run',
    'a service is put on an image that another incident accuses',
  ),
  release(
    'shared/respond/planRelease.ts',
    'const ours = changed.filter((record) => others(record).length === 0)',
    'const ours = changed.filter((record) => others(record).length >= 0)',
    'is let go by the last incident that needs it',
    'what another incident needs contained is let go',
  ),
  release(
    'shared/respond/planRelease.ts',
    'const unnamed = isNamed ? []',
    "const unnamed = to !== '' ? []",
    'where a version is named, and nothing runs one',
    'a version that nobody runs is named, and all is let go as if it were on it',
  ),
  release(
    'shared/respond/standing.ts',
    'if (step.release !== true || action.release === undefined) return {};',
    'if (action.release !== undefined) return {};',
    'where what it leads to is so already',
    'what somebody has deployed by hand cannot be accepted by naming it',
  ),
  release(
    'shared/respond/release.ts',
    "  if (head.state === 'running')\n    return no(",
    "  if (head.run === '')\n    return no(",
    'while it is still being contained',
    'what is still being contained is let go half done',
  ),
  release(
    'shared/respond/settle.ts',
    'hand.step.release === true ? {} : ',
    '',
    'is left as the action leaves it',
    'what was released is held as if it had been a false alarm',
  ),
  release(
    'shared/respond/report.ts',
    '  if (stored.plan.release !== undefined) return null;\n',
    '',
    'is contained again by the next finding',
    'after a release nothing is contained for a day',
  ),
  refused(
    'shared/respond/report.ts',
    'if (stored.plan.release !== undefined) return null;',
    'if (stored.plan.release !== undefined) return head.heldUntil;',
    'ends what that is held to',
    'what an undo left keeps what was released from being contained again',
  ),
  refused(
    'shared/respond/report.ts',
    "  if (stored.plan.decision !== 'ignore' && !hasBegun(conclusion)) return head.heldUntil;\n",
    '',
    'holds nothing: what is found then',
    'an undo that was refused turns containment off for a day',
  ),
  refused(
    'shared/respond/report.ts',
    ' ||\n      receipts.some(({ key, startedAt }) => key === step.key && startedAt !== undefined)',
    '',
    'was begun and did not come to its end',
    'what an undo may have put back is contained again by the next finding',
  ),
  release(
    'shared/report/outcome.ts',
    "return plan.release === undefined ? 'undone' : 'released';",
    "return 'undone';",
    'is left as the action leaves it',
    'a release is told as an undo',
  ),
  release(
    'shared/respond/message.ts',
    '      ...(asked === undefined ? {} : { asked }),\n',
    '',
    'each time that it is asked for',
    'whoever asks again hears nothing',
  ),
  refused(
    'shared/respond/message.ts',
    '      ...(asked === undefined ? {} : { asked }),\n',
    '',
    'is told each time that somebody asks',
    'whoever asks for an undo again hears nothing',
  ),
  version(
    'shared/account/namedVersion.ts',
    "if (named.status !== 'ACTIVE')",
    "if (named.status === '')",
    'is INACTIVE',
    'a definition that was deregistered is deployed',
  ),
  version(
    'shared/account/namedVersion.ts',
    "if (status !== 'ACTIVE')",
    "if (status === 'ACTIVATING')",
    'is ARCHIVED',
    'a service is put on an image that cannot be pulled',
  ),
  version(
    'shared/account/namedVersion.ts',
    'if (same) continue;',
    "if (image !== '') continue;",
    'is not in ECR',
    'a service is put on an image of which nobody can say what it is',
  ),
  version(
    'shared/account/namedVersion.ts',
    'if (others.length > 0)',
    'if (others.length > 9)',
    'name a task definition',
    'of two containers of one repository one is changed at random',
  ),
];
