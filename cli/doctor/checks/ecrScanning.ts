import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { firstOf } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';
import { allPages } from '../pages.ts';

const mostNamed = 5;

/** Whether images are scanned: by the rules of the registry, or as each repository says (ECR user guide, Image scanning). */
export const ecrScanning: Check = {
  name: 'ecr-scanning',
  look: async ({ stage: { region, config } }) => {
    const { DescribeRepositoriesCommand, ECRClient, GetRegistryScanningConfigurationCommand } = await import(
      '@aws-sdk/client-ecr'
    );
    const client = new ECRClient(clientConfig(config));
    const { scanningConfiguration: { scanType = 'BASIC', rules = [] } = {} } = await asked(
      'ecr:GetRegistryScanningConfiguration',
      () => client.send(new GetRegistryScanningConfigurationCommand({})),
    );
    const filters = rules
      .filter(({ scanFrequency }) => scanFrequency !== 'MANUAL')
      .flatMap(({ scanFrequency, repositoryFilters = [] }) =>
        repositoryFilters.map(({ filter }) => `${scanFrequency} of ${filter}`),
      );
    if (filters.length > 0) return ok(`${scanType} scanning: ${firstOf(filters, mostNamed).join(', ')}.`);
    const todo = `Have all scanned: aws ecr put-registry-scanning-configuration --scan-type ${scanType} --rules '[{"scanFrequency":"SCAN_ON_PUSH","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]' --region ${region}.`;
    const unruled = `${scanType} scanning without a rule of the registry`;
    if (scanType === 'ENHANCED') return broken(`${unruled}: no image is scanned.`, todo);
    const repositories = await asked('ecr:DescribeRepositories', () =>
      allPages(async (nextToken) => {
        const page = await client.send(new DescribeRepositoriesCommand({ nextToken }));
        return { items: page.repositories, next: page.nextToken };
      }),
    );
    const unscanned = repositories
      .filter(({ imageScanningConfiguration }) => imageScanningConfiguration?.scanOnPush !== true)
      .map(({ repositoryName = '' }) => repositoryName);
    if (unscanned.length === 0 && repositories.length > 0) return ok(`${unruled}; each repository scans on push.`);
    if (unscanned.length === repositories.length)
      return broken(`${unruled}, and no repository scans on push: no image is scanned.`, todo);
    return warning(
      `${unruled}; not scanned on push: ${firstOf(unscanned, mostNamed).join(', ')} (${unscanned.length} of ${repositories.length}).`,
      todo,
    );
  },
};
