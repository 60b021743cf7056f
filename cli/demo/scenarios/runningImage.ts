import { expectPull, section, short, shown, tierOf } from '../looks.ts';
import { enforcingRule } from '../rule.ts';
import { expectThat, type Scenario } from '../scenario.ts';

const repository = 'payments/ledger';
const tag = '2.7.1';

export const runningImage: Scenario = {
  name: 'running-image',
  title: 'The same finding on an image that a service runs',
  world: 'payments.account.yaml',
  steps: [
    {
      title: 'The same rule; the scan is delivered twice',
      happen: async (theatre) => {
        theatre.editRule('demo-critical-images', enforcingRule);
        await theatre.pass(61);
        const image = await theatre.image(repository, tag);
        theatre.scanned(image, { CRITICAL: 12 }, 2);
        await theatre.settle();
        return [`${repository}:${tag} sha256:${short(image.digest)}, 12 critical; service prod/ledger runs it`];
      },
    },
    {
      title: 'Held: archiving an image under a running service would take it down at its next restart',
      happen: async (theatre) => {
        const image = await theatre.image(repository, tag);
        const pulled = expectPull(image, await theatre.pull(image), 'ok');
        const messages = theatre.heard();
        expectThat(messages.length === 1, `${messages.length} messages were sent, not one`);
        const [message] = messages;
        expectThat(message !== undefined && tierOf(message) === 'notice', 'the message is not a notice');
        return [
          ...pulled,
          ...messages.flatMap((one) => [
            shown(one),
            ...section(one, 'What was not done, and why'),
            ...section(one, 'What was seen'),
          ]),
        ];
      },
    },
  ],
};
