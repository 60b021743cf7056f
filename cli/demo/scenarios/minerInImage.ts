import { undo } from '../../../shared/respond/undo.ts';
import { expectPull, section, short, shown, tierOf } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import { serviceLine, serviceNow } from '../service.ts';
import type { Theatre } from '../theatre.ts';
import { threatEvent } from '../threat.ts';
import { threatRule } from '../threatRule.ts';

const repository = 'payments/checkout-api';
const clean = '1.41.0';
const accused = '1.42.0';
const service = 'checkout';

/** GuardDuty names one task of the service, five minutes after it saw it first. */
async function minerFound(theatre: Theatre): Promise<void> {
  const { account } = theatre.sandbox;
  const [task] = (await serviceNow(theatre, 'prod', service)).tasks;
  expectThat(task !== undefined, 'no task of checkout runs');
  if (task === undefined) return;
  const now = theatre.now();
  const event = threatEvent(account, now, {
    id: account.random.hex(32),
    type: 'Impact:Runtime/CryptoMinerExecuted',
    severity: 8,
    title: 'A container is executing a binary file associated with cryptocurrency mining activity.',
    cluster: 'prod',
    service,
    task: task.arn,
    taskDefinition: task.taskDefinition,
    container: task.container,
    process: { name: 'node-telemetry', path: '/app/node_modules/.bin/node-telemetry' },
    firstSeenAt: new Date(now.getTime() - 5 * 60_000),
    lastSeenAt: new Date(now.getTime() - 60_000),
    count: 1,
  });
  theatre.deliver(event);
  theatre.deliver(event);
}

const incidentOf = ({ sandbox: { account } }: Theatre): string =>
  `ecs-service/${account.id}/${account.region}/prod/${service}`;

export const minerInImage: Scenario = {
  name: 'miner-in-image',
  title: 'A miner that came with the image: found minutes after the deployment, never on the image before',
  world: 'checkout.account.yaml',
  steps: [
    {
      title:
        'A service on Fargate with autoscaling runs what was deployed half an hour ago; the rule for threats enforces',
      happen: async (theatre) => {
        theatre.editRule('demo-threats', threatRule);
        await theatre.pass(61);
        return [serviceLine(service, await serviceNow(theatre, 'prod', service))];
      },
    },
    {
      title: 'GuardDuty finds a miner in one of its tasks; EventBridge delivers the finding twice',
      happen: async (theatre) => {
        await minerFound(theatre);
        await theatre.settle();
        return ['Impact:Runtime/CryptoMinerExecuted, severity 8'];
      },
    },
    {
      title: 'The service runs its clean version, in full, and scales as before',
      happen: async (theatre) => {
        const seen = await serviceNow(theatre, 'prod', service);
        const { digest } = await theatre.image(repository, clean);
        expectThat(seen.tasks.length === 4, `${seen.tasks.length} tasks run, not 4`);
        expectThat(
          seen.tasks.every((task) => task.digest === digest),
          'a task runs another digest than the clean one',
        );
        expectThat(seen.scaling?.suspended === false, 'autoscaling is still suspended');
        return [serviceLine(service, seen)];
      },
    },
    {
      title: 'Its image is quarantined; the clean one is not',
      happen: async (theatre) => {
        const bad = await theatre.image(repository, accused);
        const good = await theatre.image(repository, clean);
        return [
          ...expectPull(bad, await theatre.pull(bad), 'ImageNotFound'),
          ...expectPull(good, await theatre.pull(good), 'ok'),
        ];
      },
    },
    {
      title: 'One page: it is contained, but whoever took the credentials of its role still has them',
      happen: async (theatre) => {
        const messages = theatre.heard();
        expectThat(messages.map(tierOf).join() === 'page', `messages: ${messages.map(tierOf).join() || 'none'}`);
        return messages.flatMap((one) => [
          shown(one),
          ...section(one, 'What happened'),
          ...section(one, 'What is still open'),
          ...section(one, 'What was done'),
        ]);
      },
    },
    {
      title: 'It was a false alarm: firebreak undo brings back the image, the version, the count and autoscaling',
      happen: async (theatre) => {
        const answer = await undo(theatre.stage.effects, {
          incident: incidentOf(theatre),
          by: 'demo',
          reason: 'the miner is our benchmark',
        });
        expectThat(answer.kind === 'opened', `undo answered ${JSON.stringify(answer)}`);
        await theatre.settle();
        const bad = await theatre.image(repository, accused);
        const seen = await serviceNow(theatre, 'prod', service);
        expectThat(seen.taskDefinition === 'checkout-api:87', `the service is at ${seen.taskDefinition}`);
        expectThat(seen.desired === 4 && seen.tasks.length === 4, `${seen.tasks.length} of ${seen.desired} tasks run`);
        expectThat(
          seen.tasks.every((task) => task.digest === bad.digest),
          `not all tasks run ${short(bad.digest)} again`,
        );
        return [
          ...expectPull(bad, await theatre.pull(bad), 'ok'),
          serviceLine(service, seen),
          ...theatre.heard().map(shown),
        ];
      },
    },
  ],
};
