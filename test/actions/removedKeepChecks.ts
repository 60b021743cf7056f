import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/protectFromLifecycle/';
const policy = provenBy('test/actions/protectFromLifecyclePolicy.test.ts', folder);
const action = provenBy('test/actions/protectFromLifecycle.test.ts', folder);
const taken = provenBy('test/actions/protectFromLifecycleTaken.test.ts', folder);
const lost = provenBy('test/plan/loses.test.ts', 'shared/');

/** What keeps an image from being deleted or pulled by what is to keep it, and a policy from losing what others have written. */
export const keepChecks: readonly RemovedCheck[] = [
  action(
    'changes.ts',
    "if (status !== 'ACTIVE')",
    "if (status === 'ACTIVATING')",
    'where somebody has archived the image since',
    'a quarantined image is taken out of the archive by our push',
  ),
  action(
    'plan.ts',
    "if (storage === 'ARCHIVED') {",
    'if (storage === null) {',
    'which a push would take out',
    'an image in the archive is planned to be pushed',
  ),
  action(
    'changes.ts',
    '  if (why !== null) throw new ActionFailed(why);\n',
    '',
    'is not taken off, because ECR deletes',
    'the image is deleted with its last tag',
  ),
  action(
    'changes.ts',
    'return tags.length === 1 && tags[0] === tagOf(its, context)',
    'return tags.length === 0',
    'is not taken off, because ECR deletes',
    'an undo is planned that would delete the image',
  ),
  action(
    'changes.ts',
    'imageIds: [{ imageDigest: target.digest, imageTag }]',
    'imageIds: [{ imageTag }]',
    'where it has moved to another image',
    'a tag is taken off an image that somebody else has tagged',
  ),
  action(
    'changes.ts',
    'const now = others > 0 ? null : await policyNow(its, context);',
    'const now = await policyNow(its, context);',
    'have one rule, which goes with the last of them',
    'an image that another incident needs is deleted',
  ),
  taken(
    'observe.ts',
    'if (holder === null) return { tag, obstacle: null };',
    'if (holder !== undefined) return { tag, obstacle: null };',
    'is kept by another one',
    'the tag of another image is moved',
  ),
  taken(
    'chosen.ts',
    'chosenTag(chosen) ?? keepTags.of(target.digest)',
    'keepTags.of(target.digest)',
    'is undone by the tag of the record',
    'an undo takes a tag that is not ours, and leaves the one that is',
  ),
  taken(
    'observe.ts',
    'const candidates = chosen === undefined ? keepTags.all(target.digest) : [chosen];',
    'const candidates = keepTags.all(target.digest);',
    'is undone by the tag of the record',
    'what is kept by one tag counts as let go because of another',
  ),
  taken(
    'protectFromLifecycle.ts',
    "'storage', 'tag', 'referrerOf'",
    "'storage', 'referrerOf'",
    'is decided again where the tag',
    'a tag that another image got after the plan is moved',
  ),
  taken(
    'plan.ts',
    'due === null\n      ? {}',
    'due !== null\n      ? {}',
    'is held where all of them are taken',
    'nobody hears that the policy deletes what an incident needs',
  ),
  action(
    'observe.ts',
    'policy === undefined || othersIn(policy).length === 0',
    'policy === null',
    'without a policy, whoever has its tags',
    'whoever pushes has an image held in a repository where nothing deletes it',
  ),
  lost(
    'report/outcome.ts',
    'plan.loses === undefined && ',
    '',
    'is told as a notice, with what is lost',
    'evidence that a policy will delete is told as contained',
  ),
  lost(
    'report/tier.ts',
    '(keepsTurn || loses) && tier',
    'keepsTurn && tier',
    'is a notice at the least',
    'evidence that a policy will delete is told in the digest',
  ),
  lost(
    'report/body.ts',
    'const lost = [...kept, ...firstOf(loses, mostHeld, 1000)];',
    'const lost = kept;',
    'is a notice at the least',
    'a message does not say what is lost',
  ),
  action(
    'changes.ts',
    '  await wantedNow(its, context);\n  await putTag(its, context);\n  const [now, wanted] = await wantedNow(its, context);\n',
    '  const [now, wanted] = await wantedNow(its, context);\n  await putTag(its, context);\n',
    'between our tag and our rule',
    'what somebody writes into the policy meanwhile is lost',
  ),
  action(
    'protectFromLifecycle.ts',
    'turn: (target) => policyOf(target)',
    'turn: () => null',
    'take turns',
    'of two images that are kept at once, one loses its rule',
  ),
  policy(
    'policy.ts',
    'const selected = storageClasses.filter((one) => others.map(classOf).includes(one));',
    "const selected = storageClasses.filter((one) => one === 'standard');",
    'an image with our tag is neither deleted nor archived',
    'a quarantined image is deleted from the archive',
  ),
  policy(
    'policy.ts',
    'return first !== undefined && isOurs(first);',
    'return first !== undefined;',
    'after a rule of somebody that comes first',
    'a rule before ours deletes the image, and it counts as kept',
  ),
  policy(
    'policy.ts',
    'rule.selection.countNumber === countOf(rule)?.countNumber',
    'rule.selection.countNumber > 0',
    'is not taken for ours when it says something else',
    'a rule that deletes such images is taken for ours',
  ),
  policy(
    'policy.ts',
    'if (others.length + selected.length > mostRules)',
    'if (others.length > mostRules)',
    'with 50 rules',
    'it is tagged though the policy can take no rule',
  ),
  policy(
    'policy.ts',
    'return isSo && rises ? before : undefined;',
    'return before;',
    'leaves the numbers that somebody has given',
    'rules that somebody has renumbered come in another order',
  ),
  provenBy('test/actions/quarantineImageKept.test.ts')(
    'shared/actions/quarantineImage/plan.ts',
    '.filter((tag) => !isKeepTag(tag))',
    '',
    'is no tag of its own',
    'an image that is kept cannot be quarantined with its index any more',
  ),
];
