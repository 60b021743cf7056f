/**
 * Test files that are not cut into cells, and take most of a minute or longer. Where a share is asked for, a third of them is run (`thirdOf`);
 * they stand in the order in which the three thirds take about as long as each other.
 */
export const uncut = [
  ...['full/leastPrivilege', 'full/rulesPage', 'full/tarball'],
  ...['full/cost', 'full/deploy', 'full/oneNight'],
  ...['full/awsCli', 'full/addingAnAction', 'full/signals'],
  ...['full/throttledWrites', 'full/pasted', 'full/deadFunctions'],
  ...['full/terminal', 'full/consoleBrowser', 'full/threatHold'],
  ...['system/securityHub', 'system/threats/hold', 'system/inventory/inventory'],
  ...['system/hosts/patched', 'system/rulesCommands', 'system/escalation'],
  ...['system/deniedAddresses', 'system/threats/approval', 'system/hosts'],
  ...['system/scanningFixes', 'system/hold', 'system/hosts/notPatched'],
  ...['system/threats/release', 'system/replay', 'system/channels/deadChannel'],
  ...['system/hosts/keptVolumes', 'system/approvals', 'system/taskDefinitions'],
  ...['system/events', 'system/imageActivity', 'system/pointedElsewhere'],
  ...['system/digest', 'system/drainedNodes', 'system/threats/severalIncidents'],
].map((name) => `test/${name}.test.ts`);
