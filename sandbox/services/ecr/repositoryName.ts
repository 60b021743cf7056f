import { invalid } from './invalid.ts';

const PATTERN = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*';

/** Lower-case letters and digits, with `.`, `_`, `__` or hyphens between them, in parts between slashes; 2 to 256 characters. */
export const repositoryNamePattern = new RegExp(`^(?=.{2,256}$)${PATTERN}$`);

/** Throws AwsError InvalidParameterException for what is no name of a repository. */
export function checkRepositoryName(name: string | undefined): void {
  if (name === undefined || name.length < 2) {
    throw invalid('repositoryName', 'Member must have length greater than or equal to 2');
  }
  if (name.length > 256) throw invalid('repositoryName', 'Member must have length less than or equal to 256');
  if (!repositoryNamePattern.test(name)) {
    throw invalid('repositoryName', `must satisfy regular expression '${PATTERN}'`);
  }
}
