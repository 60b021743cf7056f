import { AwsError } from '../../../sandbox/account.ts';
import { faults } from '../../../sandbox/faults/faults.ts';
import { expectPull, section, shown, tierOf } from '../looks.ts';
import { enforcingRule } from '../rule.ts';
import { expectThat, type Scenario } from '../scenario.ts';

const repository = 'payments/checkout-api';
const tag = '1.42.0';

export const refusedByAws: Scenario = {
  name: 'refused-by-aws',
  title: 'AWS refuses the change: on-call is woken, and told what was and was not done',
  world: 'payments.account.yaml',
  steps: [
    {
      title: "The organisation's policy lets nobody archive an image; the scan comes",
      happen: async (theatre) => {
        theatre.editRule('demo-critical-images', enforcingRule);
        await theatre.pass(61);
        faults(theatre.sandbox.account).push(({ operation }) =>
          operation === 'UpdateImageStorageClass'
            ? new AwsError('AccessDeniedException', 'with an explicit deny in a service control policy')
            : undefined,
        );
        theatre.scanned(await theatre.image(repository, tag), { CRITICAL: 12 });
        await theatre.settle();
        return [`${repository}:${tag}, 12 critical`];
      },
    },
    {
      title: 'One page. Evidence was kept; nothing claims to be contained',
      happen: async (theatre) => {
        const image = await theatre.image(repository, tag);
        const pulled = expectPull(image, await theatre.pull(image), 'ok');
        const messages = theatre.heard();
        expectThat(messages.map(tierOf).join() === 'page', `messages: ${messages.map(tierOf).join() || 'none'}`);
        return [
          ...pulled,
          ...messages.flatMap((one) => [
            shown(one),
            ...section(one, 'What was done'),
            ...section(one, 'What was not done, and why'),
          ]),
        ];
      },
    },
  ],
};
