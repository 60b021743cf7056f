import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/fixTaskDefinition/';
const moved = provenBy('test/actions/fixTaskDefinitionReferences.test.ts', folder);
const planned = provenBy('test/actions/fixTaskDefinition.test.ts', folder);

/** What moving a value rests on: it goes nowhere, a new one takes its place, and the task comes up with that. */
export const referenceChecks: readonly RemovedCheck[] = [
  moved(
    'usableSecret.ts',
    'if (made !== undefined && registeredAt !== undefined && made > registeredAt) return null;',
    'if (made !== undefined && registeredAt !== undefined) return null;',
    'it may be the value that is leaked',
    'The value that is leaked is told as moved, and opens what it opened.',
  ),
  moved(
    'usableSecret.ts',
    'if (part.account !== user.account || part.region !== user.region) {',
    'if (part.account !== user.account && part.region !== user.region) {',
    'from another Region or account',
    'No task of the copy can start.',
  ),
  moved(
    'usableSecret.ts',
    '  if (found.DeletedDate !== undefined) return `secret ${name} is to be deleted`;\n',
    '',
    'cannot be used that is to be deleted',
    'The service stops starting tasks on the day on which the secret goes.',
  ),
  moved(
    'usableSecret.ts',
    'results.length > 0 && results.every(',
    'results.length > 0 || results.every(',
    'add secretsmanager:GetSecretValue on',
    'A deployment is begun whose tasks cannot be given their secret.',
  ),
  moved(
    'usableSecret.ts',
    "return may('decrypt', 'kms:Decrypt', key, [",
    "return key !== '' ? null : may('decrypt', 'kms:Decrypt', key, [",
    'add kms:Decrypt on',
    'A deployment is begun whose tasks cannot decrypt their secret.',
  ),
  moved(
    'usableSecret.ts',
    "if (key.includes('alias/')) return null;",
    '',
    'names its key by an alias',
    'Another key is asked about than the one that it is encrypted with.',
  ),
  moved(
    'usableSecret.ts',
    "version === '' ? VersionStages.includes(stage) : VersionId === version,",
    'VersionStages.includes(stage) || VersionId === version,',
    'is looked at by the version that is named',
    'The date is that of another value than the one that is given.',
  ),
  moved(
    'references.ts',
    "environment: environment.filter(({ name = '' }) => !names.has(name)),\n    secrets: [...secrets, ...added],",
    'environment,\n    secrets: [...secrets, ...added],',
    'the value no more',
    'The value stands in the copy as well.',
  ),
  moved(
    'references.ts',
    "...environment.map(({ name = '' }) => [name, null]),",
    "...environment.map(({ name = '', value = null }) => [name, value]),",
    'is said, and kept, by names alone',
    'The value lies in the table, in the plan and in every message.',
  ),
  moved(
    'hardening.ts',
    "asks('secrets') && one.variables !== undefined ?",
    'one.variables !== undefined ?',
    'moves nothing that no finding asks for',
    'What nobody has found is changed.',
  ),
  moved(
    'permissions.ts',
    'secrets.filter((arn) => arn.startsWith(',
    'secrets.filter((arn) => !arn.endsWith(',
    'are those to look at the secrets that it has chosen',
    'A session may look at secrets of other Regions.',
  ),
  planned(
    'plan.ts',
    '(isMoved && why === null ? [move] : [])',
    '(isMoved ? [move] : [])',
    'moves what can be moved',
    'A secret takes the place of a value though it was refused.',
  ),
  planned(
    'plan.ts',
    '      if (moves.length === 0) return `it has in plain text none of ${namesIn(references)}, which the rule names`;\n',
    '      if (moves.length === 0) return null;\n',
    'says what it cannot move',
    'It is told that all is well while another value stands in plain text.',
  ),
  planned(
    'plan.ts',
    '(stands(fix) ? null : notOurs(fix, observed, given))',
    '(notOurs(fix, observed, given))',
    'asks for more',
    'Another rule takes out again what the first has fixed.',
  ),
  planned(
    'plan.ts',
    '(has(stood?.moves, one) ? { ...one, why: null } : one)',
    '(one)',
    'asks for more',
    'A value is put back into plain text because its secret cannot be looked at by now.',
  ),
  planned(
    'plan.ts',
    "const why = !isNew && observed.more.length > 0 ? left.join('; ') : held(observed);",
    'const why = held(observed);',
    'asks for more',
    'What a copy still has is told as fixed.',
  ),
  planned(
    'types.ts',
    '{ given = rule, moves = [] }: Chosen)',
    '{ given: _made, moves = [] }: Chosen, given = rule)',
    'by what it was made with',
    'A copy is told as changed back by somebody, because another rule reads it.',
  ),
  planned(
    'types.ts',
    'const { user = rule.user, logGroup, firelens, references = [] } = stands;',
    'const { user, logGroup, firelens, references = [] } = rule;',
    'by what it was made with',
    'A copy is made anew as another rule says, and stops what came up as the first one said.',
  ),
];
