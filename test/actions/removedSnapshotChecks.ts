import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/snapshotVolumes.test.ts', 'shared/actions/snapshotVolumes/');
const changes = 'changes.ts';
const permissions = 'permissions.ts';

/** What keeps evidence of a host from being made twice, from being told though it is not there, and from being somebody else's. */
export const snapshotChecks: readonly RemovedCheck[] = [
  check(
    changes,
    "if (made.length > 0) return { kind: 'done', did: `${idsOf(made)} had been made of ${id} already` };",
    '',
    'are found where the answer to the call was lost',
    'a call that was lost is made again, and a second set is paid for',
  ),
  check(
    changes,
    "await context.journal.once('CreateSnapshots', () => create(read, id, params, context));",
    'await create(read, id, params, context);',
    'though EC2 does not show them yet',
    'a repeat makes a second set because EC2 does not show the first one yet',
  ),
  check(
    changes,
    'await unrepeated.send(',
    'await (await read.aws.ec2()).client.send(',
    'does not repeat the call by itself',
    'the SDK makes a second set where an answer is lost',
  ),
  check(
    changes,
    'const made = await readOwnSnapshots(read, id, earlier);\n    if',
    'const made = await readOwnSnapshots(read, id);\n    if',
    'of an earlier incident',
    'snapshots of an earlier incident pass for those of this one, and none are made',
  ),
  check(
    changes,
    'readOwnSnapshots(readsWith(aws), id, earlier)',
    'readOwnSnapshots(readsWith(aws), id)',
    'of an earlier incident',
    'a step that made nothing is told as done by the snapshots of an earlier incident',
  ),
  check(
    changes,
    '!made.some(({ VolumeId }) => VolumeId === volume)',
    'made.length === 0 && volume.length > 0',
    'none of a volume',
    'a volume of which there is no snapshot is told as kept',
  ),
  check(
    changes,
    "State !== 'pending' && State !== 'completed'",
    "State === 'recoverable'",
    'one in error',
    'a snapshot that failed is told as evidence',
  ),
  check(
    changes,
    'throw tooSoon(error, doing) ?? namedFailure(error, doing);',
    'throw namedFailure(error, doing);',
    'are tried again where EC2 takes none yet',
    'a host is not kept because somebody had made a snapshot seconds before',
  ),
  check(
    changes,
    ".replaceAll(/[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]/gu, '_').slice(0, 255)",
    '',
    'no tag that EC2 would refuse',
    'the name of an incident makes EC2 refuse the snapshots',
  ),
  check(
    permissions,
    'if (shape.test(id)) return id;',
    'return id;',
    'none that is no volume',
    'what EC2 answers opens every volume to the step',
  ),
  check(
    permissions,
    '        condition: { [operator]: { [`aws:RequestTag/${tagNames.of}`]: tagged } },\n',
    '',
    'carry the id of its own host',
    'a step makes snapshots that pass for evidence of another host',
  ),
  check(
    permissions,
    "        condition: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },\n",
    '',
    'tags nothing that is there already',
    'a step passes off a snapshot that was there as evidence',
  ),
  check(
    'plan.ts',
    'if (volumes.length > maxVolumes) {',
    'if (volumes.length > 100) {',
    'more volumes than the rule allows',
    'more is copied, and paid for, than a rule allows',
  ),
  check(
    'reads.ts',
    '({ NextToken }) => NextToken,\n  );\n  return pages\n    .flatMap',
    '() => undefined,\n  );\n  return pages\n    .flatMap',
    'hold while they are copied',
    'what stands on a later page is missed',
  ),
  {
    file: 'shared/plan/propose.ts',
    text: "facts.phase === 'evidence' && !facts.changes",
    replacement: "facts.phase === 'evidence'",
    test: 'test/plan/propose.test.ts',
    name: 'may have been held',
    why: 'a host is cut off after a pause without its volumes having been kept',
  },
  {
    file: 'shared/rules/lint/ruleEffects.ts',
    text: "    if (step.facts.phase === 'evidence') continue;\n",
    replacement: '',
    test: 'test/rules/lint/together.test.ts',
    name: 'that is evidence takes nothing',
    why: 'whoever keeps the volumes of a host is told to ask a person first',
  },
];
