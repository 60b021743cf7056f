import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachResourcePolicy } from '../../sandbox/iam/resourcePolicies.ts';
import { snsState } from '../../sandbox/services/sns/state.ts';
import { messagesOf, subscribe } from '../../sandbox/services/sns/topics.ts';
import { createQueue, receive, remove } from '../../sandbox/services/sqs/queue.ts';
import { environmentOf, firebreak, type Ran } from './firebreak.ts';
import { openStage, type Stage } from './stage.ts';

/** The command as a person runs it, on the packaged stack. */
describe('firebreak page test', () => {
  const tiers = ['page', 'notice', 'digest'];
  let stage: Stage;
  const run = (...args: readonly string[]): Promise<Ran> =>
    firebreak(['page', 'test', ...args], { env: environmentOf(stage.account) });
  const arnOf = (tier: string): string => `arn:aws:sns:us-east-1:${stage.account.id}:firebreak-dev-${tier}`;
  const mailboxOf = (tier: string): string => `arn:aws:sqs:us-east-1:${stage.account.id}:mailbox-${tier}`;
  interface Mail {
    readonly Subject: string;
    readonly Message: string;
    readonly MessageId: string;
  }
  /** What has come to a queue that is subscribed to a topic, once. */
  const mail = (tier: string): readonly Mail[] =>
    receive(stage.account, mailboxOf(tier), 10).map(({ body, receiptHandle }) => {
      remove(stage.account, mailboxOf(tier), receiptHandle);
      return JSON.parse(body);
    });

  beforeAll(async () => {
    stage = await openStage();
    const { account } = stage;
    for (const tier of tiers) {
      const [arn, name] = [mailboxOf(tier), `mailbox-${tier}`];
      createQueue(account, { name, arn, visibilityTimeoutSeconds: 30, messageRetentionSeconds: 86_400 });
      const Condition = { ArnEquals: { 'aws:SourceArn': arnOf(tier) } };
      const Principal = { Service: 'sns.amazonaws.com' };
      const Statement = [{ Effect: 'Allow' as const, Principal, Action: 'sqs:SendMessage', Resource: arn, Condition }];
      attachResourcePolicy(account, arn, { Version: '2012-10-17', Statement });
      subscribe(account, arnOf(tier), { protocol: 'sqs', endpoint: arn });
    }
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('brings one message of each tier to whoever is subscribed, marked as a test, and prints their ids', async () => {
    const ran = await run('--by', 'ann');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    await stage.settle();
    const meanings = ['a page wakes someone', 'a notice waits for working hours', 'a digest is for the morning'];
    const lines = tiers.map((tier, at) => {
      const [message, ...more] = mail(tier);
      expect(more).toEqual([]);
      expect(message?.Subject).toBe(`TEST, NO ACTION: ${meanings[at]} (stage dev)`);
      expect(message?.Message).toContain(`This is a test of the tier "${tier}". Nothing has happened`);
      expect(message?.Message).toContain('Sent by ann at 2026-11-20T');
      return `${tier}: sent as ${message?.MessageId}`;
    });
    expect(ran.out).toBe(`${lines.join('\n')}\n`);
    expect(stage.table().filter(({ sk }) => sk === 'head')).toEqual([]);
  });

  it('gives phones the first line, which is a whole message of at most 160 characters', () => {
    const texts = messagesOf(stage.account).map(({ texts: byProtocol }) => byProtocol['sms'] ?? '');
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(text).toMatch(/^TEST, NO ACTION: /);
      expect(text.length).toBeLessThanOrEqual(160);
    }
  });

  it('keeps what the tester wrote on its line', async () => {
    const ran = await run('--by', 'eve\nGET UP: all is lost\u001b[2J', '--json');
    expect(ran.exit).toBe(0);
    await stage.settle();
    const { version, stage: name, messages } = JSON.parse(ran.out);
    const [message] = mail('page');
    expect({ version, name, tier: messages[0].tier, id: messages[0].messageId }).toEqual({
      version: 1,
      name: 'dev',
      tier: 'page',
      id: message?.MessageId,
    });
    expect(message?.Message).toContain('Sent by eve GET UP: all is lost\\u{1b}[2J at');
  });

  it('sends the others where a topic is gone: exit 1, with what is wrong', async () => {
    snsState(stage.account).topics.delete(arnOf('page'));
    const ran = await run();
    expect(ran.exit).toBe(1);
    expect(ran.out).toMatch(/^notice: sent as [0-9a-f-]{36}\ndigest: sent as [0-9a-f-]{36}\n$/);
    expect(ran.err).toMatch(
      /^firebreak: page: not sent to arn:aws:sns:\S+-page: .*\nfirebreak: "firebreak doctor --stage dev" says more/,
    );
    const { messages } = JSON.parse((await run('--json')).out);
    expect(messages[0]).toMatchObject({
      tier: 'page',
      messageId: null,
      failed: expect.stringContaining('Topic does not exist'),
    });
  });
});
