import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { firstOf } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';
import { enable } from '../detector.ts';
import { allPages } from '../pages.ts';

const mostNamed = 5;

/** What runtime monitoring was to see and does not (GuardDuty API, ListCoverage). */
export const guardDutyCoverage: Check = {
  name: 'guardduty-coverage',
  look: async ({ stage: { region, config }, detector }) => {
    const found = await detector();
    if (found === undefined) return broken('There is no detector, so nothing is covered.', enable(region));
    if (!found.enabled || !found.runtimeMonitoring)
      return broken('Runtime monitoring does not run, so nothing is covered.', 'See guardduty and guardduty-runtime.');
    const { GuardDutyClient, ListCoverageCommand } = await import('@aws-sdk/client-guardduty');
    const client = new GuardDutyClient(clientConfig(config));
    const unhealthy = await asked('guardduty:ListCoverage', () =>
      allPages(async (NextToken) => {
        const command = new ListCoverageCommand({
          DetectorId: found.id,
          NextToken,
          FilterCriteria: {
            FilterCriterion: [{ CriterionKey: 'COVERAGE_STATUS', FilterCondition: { Equals: ['UNHEALTHY'] } }],
          },
        });
        const page = await client.send(command);
        return { items: page.Resources, next: page.NextToken };
      }),
    );
    if (unhealthy.length === 0) return ok('GuardDuty sees everything that it lists.');
    const names = unhealthy.map(
      ({ ResourceId = '', ResourceDetails, Issue = 'no reason is given' }) =>
        `${ResourceDetails?.ResourceType ?? ''} ${ResourceId} (${Issue})`,
    );
    return warning(
      `GuardDuty does not see ${unhealthy.length} of what it lists: ${firstOf(names, mostNamed).join('; ')}.`,
      `GuardDuty console in ${region}, Runtime Monitoring, "Runtime coverage": each issue there links to what mends it.`,
    );
  },
};
