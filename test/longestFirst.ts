import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes minutes, the longest first. Vitest begins with the largest file, and what takes longest here are files of a few lines: left to
 * the end, one core would wait for them.
 */
const longest = [
  'templateRemovals',
  'twoEvents',
  'containment/intrusion',
  'containment/image',
  'containment/odd',
  'threatCrashes',
  'faults.test',
  'templateProofs',
  'faultRemovals',
  'crashes.test',
  'leastPrivilege',
  'rulesPage',
  'oneNight',
  'tarball',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const at = longest.findIndex((name) => moduleId.includes(`/full/${name}`));
  return at < 0 ? longest.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}
