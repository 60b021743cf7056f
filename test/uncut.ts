/**
 * Tests of `test/full` that are not cut into cells, and take most of a minute or longer. Where a share is asked for, a third of them is run
 * (`thirdOf`); they stand in the order in which the three thirds take about as long as each other.
 */
export const uncut = [
  ...['leastPrivilege', 'rulesPage', 'tarball'],
  ...['cost', 'deploy', 'oneNight'],
  ...['awsCli', 'addingAnAction', 'signals'],
  ...['throttledWrites', 'pasted', 'deadFunctions'],
  ...['terminal', 'consoleBrowser', 'threatHold'],
].map((name) => `test/full/${name}.test.ts`);
