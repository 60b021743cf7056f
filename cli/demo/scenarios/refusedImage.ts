import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import type { IncidentRecord } from '../../../shared/incident/incidentRecord.ts';
import { clientOf } from '../client.ts';
import { incidentNow } from '../layers/layer.ts';
import { expectHeard, shown } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';

const wanted = `images:
  registries: ["123456789012.dkr.ecr.*.amazonaws.com"]
`;
const daySeconds = 24 * 3600;

const statuses = ({ findings }: IncidentRecord): string => findings.map(({ status }) => status).join();

export const refusedImage: Scenario = {
  name: 'refused-image',
  title: 'A service runs an image of a registry that nobody approved: found by the clock, and told once',
  world: 'layers.account.yaml',
  ofDays: true,
  steps: [
    {
      title: 'An admin writes into the settings where images may come from; the guard publishes it',
      happen: async (theatre) => {
        await theatre.pass(3601);
        putParameter(theatre.sandbox.account, { name: '/firebreak/dev/settings', value: wanted });
        await theatre.pass(61);
        const status = await theatre.status();
        expectThat(status.startsWith('Rule set 2 decides'), `the guard says: ${status}`);
        return [...wanted.trim().split('\n'), ...theatre.heard().map(shown)];
      },
    },
    {
      title: 'Within the hour every image that runs is held against that: one is refused, and a notice says so',
      happen: async (theatre) => {
        await theatre.pass(3601);
        await theatre.settle();
        const { findings, outcome, rule } = await incidentNow(theatre);
        expectThat(rule?.name === 'image-refused' && outcome === 'observed', `rule ${rule?.name}, ${outcome}`);
        return [
          ...findings.map(({ title, type }) => `${title} (${type})`),
          ...expectHeard(theatre, 'notice', ['What happened']),
        ];
      },
    },
    {
      title: 'The next day it runs still, and is not told again',
      happen: async (theatre) => {
        await theatre.pass(daySeconds);
        const record = await incidentNow(theatre);
        expectThat(statuses(record) === 'open', `the finding is ${statuses(record)}`);
        return ['the finding is open', ...expectHeard(theatre, '')];
      },
    },
    {
      title: 'Nothing runs it any more: two looks later the finding is resolved',
      happen: async (theatre) => {
        const stop = new UpdateServiceCommand({ cluster: 'prod', service: 'docs', desiredCount: 0 });
        await new ECSClient(clientOf(theatre)).send(stop);
        await theatre.pass(2 * daySeconds);
        const record = await incidentNow(theatre);
        expectThat(statuses(record) === 'resolved', `the finding is ${statuses(record)}`);
        return ['the finding is resolved', ...expectHeard(theatre, '')];
      },
    },
  ],
};
