import { describe, expect, it } from 'vitest';
import { functionNamed } from '../../sandbox/services/lambda/state.ts';
import { sendToQueue } from '../../sandbox/services/sqs/send.ts';
import type { Template } from '../../sandbox/template/deploy.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import { plain, plainImages } from './plainImages.ts';
import { incidentOf, scanEvent } from './scan.ts';
import { openStage, packaged, type Stage } from './stage.ts';

const good = plain('a');
const malformed = sampleEvent('ecr-scan-malformed-digest');
const unread = { ...sampleEvent('ecr-image-push'), 'detail-type': 'ECR Referrer Action' } as unknown as JsonObject;

const lettersOf = (stage: Stage) =>
  [...stage.queue('ImageScanDeadLetters').messages.values()].map(({ body, messageAttributes }) => ({
    body,
    reason: messageAttributes['reason']?.StringValue,
    path: messageAttributes['path']?.StringValue,
  }));

describe('events that can never be handled, in one batch with a good one', () => {
  it('end in the dead letters with reason and path, page, and leave one record each; the batch goes on', async () => {
    await using stage = await openStage({ world: plainImages });
    const { account } = stage;
    // The packaged rule does not even let it in.
    stage.deliver(unread);
    await stage.settle();
    expect(stage.records()).toEqual([]);
    const scan = scanEvent({ image: good, id: 'good', time: new Date(account.clock.now()) });
    const bodies = [...Array(4).fill(malformed), unread, scan].map((event) => JSON.stringify(event));
    const queue = stage.queue('ImageScanQueue');
    for (const body of [...bodies, '{"not": JSON']) sendToQueue(account, queue.arn, body);
    await stage.settle();
    expect(functionNamed(account, 'firebreak-dev-imageScan').figures.invocations).toBe(1);
    expect(queue.messages.size).toBe(0);

    const reason = expect.stringMatching(/\w+ \w+/);
    const letter = { body: bodies[0], reason, path: expect.stringContaining('image-digest') };
    expect(lettersOf(stage)).toEqual([letter, letter, letter, letter, { body: '{"not": JSON', reason, path: '$' }]);
    expect(stage.records().toSorted((a, b) => a.result.localeCompare(b.result))).toMatchObject([
      { id: 'good', result: 'accepted', incident: incidentOf(good) },
      { id: unread['id'], result: 'ignored', reason: 'no source reads "ECR Referrer Action" events of aws.ecr' },
      { result: 'invalid', path: expect.any(String), reason },
      { result: 'invalid', path: expect.any(String), reason },
    ]);
    expect(stage.records().filter(({ id }) => id === malformed['id'])).toHaveLength(1);
    expect(stage.head(good)).toMatchObject({ state: 'resting', outcome: 'contained' });

    await stage.pass(10 * 60);
    expect(stage.told().map(({ tier }) => tier)).toEqual(['digest', 'page']);
    const alarm = stage.told()[1];
    expect(alarm?.subject).toContain('ALARM: "firebreak-dev-image-scan-dead-letters"');
    expect(alarm?.body).toContain('GET UP: an image scan event could not be handled.');
  });
});

describe('an event of a type that no source reads', () => {
  const { ImageScanRule: rule } = packaged.Resources;
  const wider: Template = {
    ...packaged,
    Resources: {
      ...packaged.Resources,
      ImageScanRule: {
        ...rule,
        Type: 'AWS::Events::Rule',
        Properties: { ...rule?.Properties, EventPattern: { source: ['aws.ecr'] } },
      },
    },
  };

  it('behind a wider rule is ignored with the reason, and neither pages nor opens anything', async () => {
    await using stage = await openStage({ template: wider });
    stage.deliver(unread, 3);
    await stage.pass(10 * 60);
    expect(stage.records().map(({ result }) => result)).toEqual(['ignored']);
    expect([stage.heads(), stage.told(), lettersOf(stage)]).toEqual([[], [], []]);
  });
});
