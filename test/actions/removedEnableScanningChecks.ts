import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/enableScanning.test.ts', 'shared/actions/');

/** What keeps the rules of a registry, which all its repositories share, from losing what is in them. */
export const enableScanningChecks: readonly RemovedCheck[] = [
  check(
    'enableScanning/registryScanning.ts',
    '? [...now.rules, { scanFrequency',
    '? [{ scanFrequency',
    'get a rule more',
    'the rules of everybody else are lost with the first repository that is fixed',
  ),
  check(
    'enableScanning/registryScanning.ts',
    '[...(rule.repositoryFilters ?? []), added]',
    '[added]',
    'get one filter more',
    'nobody scans any more what the other filters of the rule took',
  ),
  check(
    'enableScanning/registryScanning.ts',
    '  if (frequenciesOf(now, filter).includes(wanted)) return now;\n',
    '',
    'where the filter is there already',
    'a repeat after a crash writes the rules once more, with the filter twice',
  ),
  check(
    'enableScanning/registryScanning.ts',
    '  if (why !== undefined) throw',
    '  if (why === undefined) throw',
    'have filled up since',
    'a rule is made of what ECR refuses',
  ),
  check(
    'enableScanning/registryScanning.ts',
    'repositoryFilters.length === 0 && madeTheRule',
    'madeTheRule',
    'lose our filter and nothing else',
    'an undo takes out the filters that somebody has added to the rule since',
  ),
  check(
    'enableScanning/registryScanning.ts',
    'repositoryFilters.length === 0 && madeTheRule',
    'repositoryFilters.length === 0',
    'lose our filter and nothing else',
    'an undo takes out a rule that was there before',
  ),
  check(
    'enableScanning/registryScanning.ts',
    'if (rule.scanFrequency !== wanted) return [rule];',
    '',
    'lose our filter and nothing else',
    'an undo takes out what somebody else has put into another rule',
  ),
  check(
    'enableScanning/registryScanning.ts',
    '`${repository.slice(0, middle)}*${repository.slice(middle)}`',
    'repository',
    'takes none of the names',
    'repositories whose names hold this one are scanned, and billed, too',
  ),
  check(
    'enableScanning/registryScanning.ts',
    'filter.length <= longestFilter && ',
    '',
    'and takes it',
    'a filter that ECR refuses is planned',
  ),
  check(
    'enableScanning/registryScanning.ts',
    "name === 'BlockedByOrganizationPolicyException'",
    "name === ''",
    'a policy of the organization',
    'nobody is told that only the organization can change it',
  ),
  check(
    'enableScanning/enableScanning.ts',
    "return chosenShape.parse(chosen).at === 'repository' ? ofItself : [changesRegistry];",
    'return [...ofItself, changesRegistry];',
    'the one change that it chose',
    'a step that sets one repository may rewrite the rules of all',
  ),
  check(
    'enableScanning/enableScanning.ts',
    "  if (frequency !== 'MANUAL' || scannedBy.includes(own)) {",
    '  if (scannedBy.includes(own)) {',
    'is to do nothing where',
    'a repository that a wider filter takes is named once more',
  ),
  check(
    'enableScanning/enableScanning.ts',
    '  if (full !== undefined) return hold(full);\n',
    '',
    'is to ask a person where',
    'what ECR would refuse is planned, and fails',
  ),
  check(
    'enableScanning/enableScanning.ts',
    "  if (filter === null) return hold('its name is too long for a filter of its own');\n",
    "  if (filter === null) return step('', { at: 'repository' });\n",
    'where no filter fits',
    'a repository that the rules decide of is set by itself, to no effect',
  ),
  check(
    'enableScanning/enableScanning.ts',
    "frequency !== 'MANUAL' && frequenciesOf",
    'frequenciesOf',
    'while ECR scans it by hand alone',
    'it is told as scanned because the rules name it',
  ),
  check(
    'enableScanning/enableScanning.ts',
    "  const ofItself = at === undefined ? !byRegistry : at === 'repository';",
    '  const ofItself = !byRegistry;',
    'whatever the registry does since',
    'somebody who gives the registry rules is taken for one who undid the fix',
  ),
];
