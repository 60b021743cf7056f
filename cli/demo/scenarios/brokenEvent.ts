import { shown, tierOf } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';

export const brokenEvent: Scenario = {
  name: 'broken-event',
  title: 'An event that can never be handled is not lost, and its batch goes on',
  world: 'payments.account.yaml',
  steps: [
    {
      title: 'A malformed scan event arrives together with a good one',
      happen: async (theatre) => {
        await theatre.pass(61);
        const { account } = theatre.sandbox;
        const image = await theatre.image('payments/checkout-api', '1.42.0');
        theatre.deliver({
          version: '0',
          id: account.random.uuid(),
          'detail-type': 'ECR Image Scan',
          source: 'aws.ecr',
          account: account.id,
          time: theatre.now().toISOString(),
          region: account.region,
          resources: [],
          detail: { 'scan-status': 'COMPLETE', 'finding-severity-counts': { CRITICAL: 3 } },
        });
        theatre.scanned(image, { CRITICAL: 12 });
        await theatre.settle();
        await theatre.pass(120);
        const letters = await theatre.deadLetters();
        expectThat(letters.length === 1, `${letters.length} dead letters, not one`);
        const named = letters.every((letter) => letter.startsWith('detail.repository-name: '));
        expectThat(named, `the dead letter does not say what is wrong, and where: ${letters.join()}`);
        return letters.map((letter) => `dead letter: ${letter}`);
      },
    },
    {
      title: 'The dead letter pages; the good event was decided by the shipped pack, which observes',
      happen: async (theatre) => {
        const messages = theatre.heard();
        const tiers = messages.map(tierOf).sort();
        expectThat(tiers.join() === 'digest,page', `messages: ${tiers.join()}`);
        return messages.map(shown);
      },
    },
  ],
};
