import { describe, expect, it } from 'vitest';
import { postsTo } from '../../../sandbox/services/outside/state.ts';
import { signatureOf } from '../../../shared/report/channels/webhook.ts';
import { incidentOf, unused } from '../scan.ts';
import { openStage } from '../stage.ts';
import { arrived, hook, soc, webhookKey, withChannels } from './stage.ts';

describe('a webhook', () => {
  it('hears once of what the topic tells, signed, and with the incident that it is about', async () => {
    await using stage = await openStage();
    await withChannels(stage, soc);
    stage.scan(unused);
    await stage.settle();
    const [told] = stage.told();
    expect(arrived(stage, hook)).toEqual([
      {
        version: 1,
        id: expect.stringMatching(/^[0-9a-f]+\/.+\/contained-[0-9a-f]{12}$/),
        at: expect.any(String),
        stage: 'dev',
        tier: 'digest',
        headline: told?.body.split('\n')[0],
        text: told?.body,
        incident: incidentOf(unused),
        thread: expect.stringMatching(/^[0-9a-f]+$/),
        outcome: 'contained',
        class: 'C',
        escalation: 0,
      },
    ]);
    const [post] = postsTo(stage.account, hook);
    const { 'firebreak-timestamp': at = '', 'firebreak-signature': signature } = post?.headers ?? {};
    expect(signature).toBe(signatureOf(webhookKey, at, post?.body ?? ''));
  });
});
