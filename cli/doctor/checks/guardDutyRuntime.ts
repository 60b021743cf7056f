import { broken, type Check, ok, warning } from '../check.ts';
import { agents, enable } from '../detector.ts';

/** What AWS takes as `--features`: runtime monitoring, with the agents that it puts there by itself. */
const features = JSON.stringify([
  {
    Name: 'RUNTIME_MONITORING',
    Status: 'ENABLED',
    AdditionalConfiguration: agents.map((Name) => ({ Name, Status: 'ENABLED' })),
  },
]);

/** Threats in containers come from runtime monitoring alone (GuardDuty user guide, Runtime Monitoring). */
export const guardDutyRuntime: Check = {
  name: 'guardduty-runtime',
  look: async ({ stage: { region }, detector }) => {
    const found = await detector();
    if (found === undefined) return broken('There is no detector, so nobody watches what runs.', enable(region));
    const { id, runtimeMonitoring } = found;
    const todo = `Turn it on: aws guardduty update-detector --detector-id ${id} --features '${features}' --region ${region}.`;
    if (!runtimeMonitoring) return broken('Runtime monitoring is off: nobody watches what runs in containers.', todo);
    const unmanaged = agents.filter((agent) => !found.agents[agent]);
    if (unmanaged.length === 0) return ok('Runtime monitoring is on, with agents that GuardDuty manages.');
    return warning(
      `Runtime monitoring is on, and GuardDuty does not put its agent there by itself: ${unmanaged.join(', ')} ${unmanaged.length === 1 ? 'is' : 'are'} off.`,
      todo,
    );
  },
};
