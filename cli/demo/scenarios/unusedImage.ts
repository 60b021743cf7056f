import { undo } from '../../../shared/respond/undo.ts';
import { expectPull, section, short, shown, tierOf } from '../looks.ts';
import { enforcingRule } from '../rule.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import type { Theatre } from '../theatre.ts';

const repository = 'payments/checkout-api';
const tag = '1.42.0';

async function incidentOf(theatre: Theatre): Promise<string> {
  const { digest } = await theatre.image(repository, tag);
  const { account } = theatre.sandbox;
  return `image/${account.id}/${account.region}/${repository}@${digest}`;
}

export const unusedImage: Scenario = {
  name: 'unused-image',
  title: 'A pushed image with 12 critical vulnerabilities that nothing runs',
  world: 'payments.account.yaml',
  steps: [
    {
      title: 'An admin puts an enforcing rule into Parameter Store; the guard publishes it',
      happen: async (theatre) => {
        theatre.editRule('demo-critical-images', enforcingRule);
        await theatre.pass(61);
        const status = await theatre.status();
        expectThat(status.startsWith('Rule set 1 decides'), `the guard says: ${status}`);
        return [status];
      },
    },
    {
      title: 'An image that was just pushed is scanned; EventBridge delivers the scan twice',
      happen: async (theatre) => {
        const image = await theatre.image(repository, tag);
        theatre.scanned(image, { CRITICAL: 12, HIGH: 31 }, 2);
        await theatre.settle();
        return [`${repository}:${tag} sha256:${short(image.digest)}, 12 critical, 31 high`];
      },
    },
    {
      title: 'Evidence is kept before anything is changed',
      happen: async (theatre) => {
        const kept = theatre.evidence().map((key) => key.slice(key.lastIndexOf('/') + 1));
        for (const file of ['findings.json', 'graph.json', 'scan.json', 'manifest.json']) {
          expectThat(kept.includes(file), `${file} is not among the evidence: ${kept.join(', ') || 'there is none'}`);
        }
        return [kept.map((name) => name.replace(/[0-9a-f]{64}/, (digits) => digits.slice(0, 12))).join(', ')];
      },
    },
    {
      title: 'The image is quarantined: a pull is refused, by tag and by digest',
      happen: async (theatre) => {
        const image = await theatre.image(repository, tag);
        return expectPull(image, await theatre.pull(image), 'ImageNotFound');
      },
    },
    {
      title: 'On-call sleeps: one message for the morning, with proof',
      happen: async (theatre) => {
        const messages = theatre.heard();
        expectThat(messages.length === 1, `${messages.length} messages were sent, not one`);
        const [message] = messages;
        expectThat(message !== undefined && tierOf(message) === 'digest', 'the message is not for the morning digest');
        return messages.flatMap((one) => [shown(one), ...section(one, 'What was done')]);
      },
    },
    {
      title: 'It was a false alarm: firebreak undo',
      happen: async (theatre) => {
        const incident = await incidentOf(theatre);
        const before = theatre.now().getTime();
        const answer = await undo(theatre.stage.effects, { incident, by: 'demo', reason: 'false alarm' });
        expectThat(answer.kind === 'opened', `undo answered ${JSON.stringify(answer)}`);
        await theatre.settle();
        const minutes = Math.round((theatre.now().getTime() - before) / 60_000);
        return [`ECR takes its time to restore an archived image: ${minutes} minutes later it is read back`];
      },
    },
    {
      title: 'The pull works again',
      happen: async (theatre) => {
        const image = await theatre.image(repository, tag);
        const pulled = expectPull(image, await theatre.pull(image), 'ok');
        const messages = theatre.heard();
        expectThat(messages.length === 1, `${messages.length} messages were sent about the undo, not one`);
        return [...pulled, ...messages.map(shown)];
      },
    },
  ],
};
